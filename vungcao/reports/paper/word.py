"""A paper as a Word file: the frame filled, the body and the annexes set in it.

The same `Paper` gives the same bytes, so that a frozen report prints again as it was. Each figure in text or table is
wrapped in a bookmark (`bookmark_name`), so that a number on paper can be found from the figure's id.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from vungcao.kernel.vietnamese import day_in_words

from .example_mark import mark_example
from .frame import BODY_MARK, RULE_STYLES, STYLES, TEXT_WIDTH, build_frame, set_rule
from .parts import EXAMPLE_NAME, Annex, Paper, Run, Section, Table
from .printing import ROUNDED_NOTE, clean, is_rounded, unit_line
from .template import fill
from .typeset import text_width
from .word_table import table_xml

BLANK: Final = "\u00a0"  # room left for the clerk's pen; ordinary blanks would be swallowed
_BODY_TOKEN: Final = "\u2060vungcao-noi-dung\u2060"
_SHEETS: Final = {"A4": (210, 297), "A3": (297, 420)}
_MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 15}
EVEN: Final = 1.12  # how much longer than its even share a line of a wrapped title may be
_YEAR: Final = re.compile(r"\b(năm|tháng|quý|ngày|số) (\d)")  # a title does not break between "năm" and "2021"
_STILL: Final = (1980, 1, 1, 0, 0, 0)


def bookmark_name(figure: str, nth: int = 1) -> str:
    """Name of the bookmark around the n-th print of a figure: a letter first, 40 characters at most, as Word wants."""
    key = "so_" + hashlib.sha256(figure.encode()).hexdigest()[:12]
    return key if nth == 1 else f"{key}_{nth}"


def write_docx(paper: Paper, path: Path | BinaryIO, template: Path | None = None) -> None:
    """Write the paper as docx to a path or an open binary file.

    `template` is a Word file with the placeholders of `frame.PLACEHOLDERS` (default: the frame we ship). Raises
    `TemplateIsBroken` for an unknown, half-written or missing placeholder.
    """
    source, name = (template.read_bytes(), template.name) if template else (_shipped_frame(), "mẫu có sẵn")
    filled = fill(source, frame_context(paper), name=name, needs=BODY_MARK)
    document = Document(BytesIO(filled))
    _lend_styles(document)
    _fit_rules(document)
    marks = _Bookmarks()
    _set_body(document, paper, marks)
    if paper.example:
        mark_example(document)
    _add_annexes(document, paper, marks)
    _set_properties(document, paper)
    stream = BytesIO()
    document.save(stream)
    stilled = without_clock(stream.getvalue())
    if isinstance(path, Path):
        path.write_bytes(stilled)
    else:
        path.write(stilled)


@cache
def _shipped_frame() -> bytes:
    return build_frame()


def number_line(paper: Paper) -> str:
    """``Số:        /BC-BDT``: the number is the clerk's to give."""
    return f"Số:{BLANK * 8}{paper.number_sign}"


def day_line(paper: Paper) -> str:
    """``ngày 05 tháng 02 năm 2024``, or day and month open for the clerk."""
    if paper.dated:
        return day_in_words(paper.dated)
    return f"ngày{BLANK * 6}tháng{BLANK * 6}năm {paper.year or BLANK * 8}".rstrip()


def reference_line(paper: Paper, annex: Annex) -> str:
    """``(Kèm theo Báo cáo số        /BC-BDT ngày … của Ban Dân tộc)`` unless the annex brings its own."""
    if annex.reference:
        return annex.reference
    issuer = paper.issuer.capitalize() if paper.issuer.isupper() else paper.issuer
    issuer = {"Ban dân tộc": "Ban Dân tộc", "Sở dân tộc và tôn giáo": "Sở Dân tộc và Tôn giáo"}.get(issuer, issuer)
    return f"(Kèm theo {paper.kind.capitalize()} số{BLANK * 8}{paper.number_sign} {day_line(paper)} của {issuer})"


def frame_context(paper: Paper) -> dict[str, Any]:
    """What each placeholder of the frame prints."""
    signer = paper.signature.name or (EXAMPLE_NAME if paper.example else "")
    return {
        "co_quan_chu_quan": clean(paper.superior),
        "co_quan_ban_hanh": clean(paper.issuer),
        "so_ky_hieu": number_line(paper),
        "dia_danh_ngay": f"{clean(paper.place)}, {day_line(paper)}",
        "ten_loai": clean(paper.title),
        "trich_yeu": _YEAR.sub(rf"\1{BLANK}\2", clean(paper.subject)),
        "kinh_gui": [clean(name).rstrip(" ;.") for name in paper.addressees],
        BODY_MARK: _BODY_TOKEN,
        "noi_nhan": [clean(line) for line in paper.recipients],
        "quyen_han": [clean(line) for line in paper.signature.lines],
        "nguoi_ky": clean(signer),
        "ghi_chu_chan": clean(paper.footer_note),
    }


class _Bookmarks:
    """Bookmarks in order of appearance: numbers and names are unique in the file."""

    def __init__(self) -> None:
        self._count = 0
        self._prints: dict[str, int] = {}

    def __call__(self, figure: str) -> tuple[str, str]:
        self._count += 1
        self._prints[figure] = nth = self._prints.get(figure, 0) + 1
        name = bookmark_name(figure, nth)
        start = f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{self._count}"/>'


def _paragraph(style: str, runs: Sequence[Run], marks: _Bookmarks, extra: str = "") -> Any:
    parts = []
    for run in runs:
        start, end = marks(run.figure) if run.figure else ("", "")
        parts.append(f'{start}<w:r><w:t xml:space="preserve">{escape(clean(run.text))}</w:t></w:r>{end}')
    head = f'<w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>'
    return parse_xml(f"<w:p {nsdecls('w')}>{head}{''.join(parts)}</w:p>")


def _lend_styles(document: Any) -> None:
    """Give a template that an officer made from nothing the styles which body and annexes use."""
    there = {style.style_id for style in document.styles}
    missing = (set(STYLES) | set(RULE_STYLES)) - there
    if not missing:
        return
    for style in Document(BytesIO(_shipped_frame())).styles:
        if style.style_id in missing:
            document.styles.element.append(copy.deepcopy(style.element))


def _fit_rules(document: Any) -> None:
    """Wrap the title evenly and make each rule between a third and a half of the text above it."""
    for element in list(document.element.body.iter(qn("w:p"))):
        if element.style not in RULE_STYLES or element.getprevious() is None:
            continue
        rule, above = WordParagraph(element, document), WordParagraph(element.getprevious(), document)
        cell = next(element.iterancestors(qn("w:tc")), None)
        width = TEXT_WIDTH if cell is None else int(cell.tcPr.width.twips)
        whole = text_width(above.text, STYLES["CoQuanDam" if element.style == "KeCoQuan" else "TrichYeu"][1])
        lines = -(-whole // width)
        line = min(width, round(whole / lines * EVEN)) if lines > 1 else whole
        if lines > 1:
            above.paragraph_format.left_indent = above.paragraph_format.right_indent = Twips((width - line) // 2)
        set_rule(rule, width, line * 2 // 5)


def _set_body(document: Any, paper: Paper, marks: _Bookmarks) -> None:
    places = [p for p in document.element.body.iter(qn("w:p")) if _BODY_TOKEN in "".join(p.itertext())]
    place = places[0]
    elements = list(_body(paper, marks))
    for element in elements:
        place.addprevious(element)
    if elements and elements[-1].tag == qn("w:p"):
        # the signature never stands alone on a page
        elements[-1].get_or_add_pPr().get_or_add_keepNext()
    place.getparent().remove(place)


def _body(paper: Paper, marks: _Bookmarks) -> list[Any]:
    elements = []
    for index, ground in enumerate(paper.grounds, start=1):
        stop = "." if index == len(paper.grounds) else ";"
        elements.append(_paragraph("CanCu", [Run(ground.rstrip(" ;.") + stop)], marks))
    elements += [_paragraph("NoiDung", paragraph.runs, marks) for paragraph in paper.opening]
    for section in paper.sections:
        elements += _section(section, 1, marks)
    elements += [_paragraph("NoiDung", paragraph.runs, marks) for paragraph in paper.closing]
    return elements


def _section(section: Section, depth: int, marks: _Bookmarks) -> list[Any]:
    mark = section.mark if section.mark.endswith((")", ".", "-")) or not section.mark else f"{section.mark}."
    elements = [_paragraph(f"DeMuc{min(depth, 3)}", [Run(f"{mark} {section.title}".strip())], marks)]
    elements += [_paragraph("NoiDung", paragraph.runs, marks) for paragraph in section.paragraphs]
    for table in section.tables:
        if table.title:
            elements.append(_paragraph("TenBieu", [Run(table.title)], marks))
        elements += _table(table, TEXT_WIDTH, marks)
    for child in section.children:
        elements += _section(child, depth + 1, marks)
    return elements


def _table(table: Table, width: int, marks: _Bookmarks, notes: Sequence[str] = ()) -> list[Any]:
    elements = [_paragraph("DonViTinh", [Run(unit_line(table))], marks)] if table.unit else []
    elements.append(table_xml(table, width, marks))
    said = [*notes, *([ROUNDED_NOTE] if is_rounded(table) else [])]
    after = [
        _paragraph("GhiChuBieu", [Run(("Ghi chú: " if index == 0 else "") + note)], marks)
        for index, note in enumerate(said)
    ]
    return elements + (after or [_paragraph("GhiChuBieu", (), marks)])


def _add_annexes(document: Any, paper: Paper, marks: _Bookmarks) -> None:
    """Each annex is a section of its own: own sheet, own page numbers from 1."""
    body = document.element.body
    main = body.find(qn("w:sectPr"))
    standing = main
    for annex in paper.annexes:
        _end_section(body, standing)
        standing = _section_of(annex, main)
        for element in _annex(paper, annex, marks):
            body.append(element)
    if standing is not main:
        body.append(standing)


def _end_section(body: Any, standing: Any) -> None:
    """Move the section's properties into its last paragraph, which Word takes as the end of the section."""
    if standing.getparent() is body:
        body.remove(standing)
    last = body[-1]
    if last.tag != qn("w:p"):
        last = parse_xml(f"<w:p {nsdecls('w')}/>")
        body.append(last)
    last.get_or_add_pPr().append(standing)


def _section_of(annex: Annex, main: Any) -> Any:
    properties = copy.deepcopy(main)
    short, long = _SHEETS[annex.paper]
    wide, high = (long, short) if annex.orientation == "landscape" else (short, long)
    size = properties.find(qn("w:pgSz"))
    size.set(qn("w:w"), str(Mm(wide).twips))
    size.set(qn("w:h"), str(Mm(high).twips))
    size.attrib.pop(qn("w:orient"), None)
    if annex.orientation == "landscape":
        size.set(qn("w:orient"), "landscape")
    margins = properties.find(qn("w:pgMar"))
    for side, millimetres in _MARGINS.items():
        margins.set(qn(f"w:{side}"), str(Mm(millimetres).twips))
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    margins.addnext(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    return properties


def _annex(paper: Paper, annex: Annex, marks: _Bookmarks) -> list[Any]:
    short, long = _SHEETS[annex.paper]
    wide = long if annex.orientation == "landscape" else short
    width = Mm(wide - _MARGINS["left"] - _MARGINS["right"]).twips
    return [
        _paragraph("PhuLuc", [Run(annex.name)], marks),
        _paragraph("TenPhuLuc", [Run(annex.title)], marks),
        _paragraph("KemTheo", [Run(reference_line(paper, annex))], marks),
        *_table(annex.table, width, marks, annex.notes),
    ]


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    moment = datetime(*(paper.dated.timetuple()[:3] if paper.dated else (paper.year or 2000, 1, 1)))
    properties.created = properties.modified = moment
    properties.title, properties.author = clean(paper.subject)[:255], clean(paper.issuer)[:255]
    properties.last_modified_by, properties.revision, properties.language = clean(paper.issuer)[:255], 1, "vi-VN"
    properties.category = clean(paper.kind)


def without_clock(docx: bytes) -> bytes:
    """The same package with every entry at one fixed time: equal papers are equal bytes."""
    stream = BytesIO()
    with ZipFile(BytesIO(docx)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _STILL)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
