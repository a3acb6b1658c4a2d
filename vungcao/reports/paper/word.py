"""A paper as a Word file: the frame of its kind filled, the body and the annexes set in it.

The same `Paper` gives the same bytes, so that a frozen report prints again as it was.
"""

from __future__ import annotations

import copy
import re
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph as WordParagraph

from .frame import BODY_MARK, RULE_STYLES, TEXT_WIDTH, build_frame
from .header_marks import mark_draft, mark_example
from .kinds import Form, kind_named
from .packing import packed
from .parts import EXAMPLE_NAME, Paper
from .printing import clean
from .styles import STYLES, set_rule
from .template import fill
from .typeset import text_width
from .word_annex import BLANK, add_annexes, day_line
from .word_body import Setter

_BODY_TOKEN: Final = "\u2060vungcao-noi-dung\u2060"
EVEN: Final = 1.12  # how much longer than its even share a line of a wrapped title may be
_YEAR: Final = re.compile(r"\b(năm|tháng|quý|ngày|số) (\d)")  # a title does not break between "năm" and "2021"


def write_docx(paper: Paper, path: Path | BinaryIO, template: Path | bytes | None = None, *, name: str = "") -> None:
    """Write the paper as docx to a path or an open binary file.

    `template` is a Word file with the placeholders of `frame.PLACEHOLDERS`, or its bytes (default: the frame we ship
    for the paper's kind); `name` is how it is called in messages. Raises `TemplateIsBroken` for an unknown,
    half-written or missing placeholder.
    """
    called = name or (template.name if isinstance(template, Path) else "mẫu có sẵn")
    source = template.read_bytes() if isinstance(template, Path) else template or shipped_frame(paper.kind)
    filled = fill(source, frame_context(paper), name=called, needs=BODY_MARK, is_ours=template is None)
    document = Document(BytesIO(filled))
    _lend_styles(document)
    _fit_rules(document)
    setter = Setter(document)
    _set_body(document, paper, setter)
    if paper.example:
        mark_example(document)
    if paper.draft:
        mark_draft(document)
    add_annexes(document, paper, setter)
    _set_properties(document, paper)
    made = packed(document, tables=setter.tables)
    if isinstance(path, Path):
        path.write_bytes(made)
    else:
        path.write(made)


def shipped_frame(kind: str) -> bytes:
    """The frame that we ship for a kind of paper (``"báo cáo"``)."""
    return _frame_of(kind_named(kind).form)


@cache
def _frame_of(form: Form) -> bytes:
    return build_frame(form)


def number_line(paper: Paper) -> str:
    """``Số:        /BC-BDT``: the number is the clerk's to give."""
    return f"Số:{BLANK * 8}{paper.number_sign}"


def frame_context(paper: Paper) -> dict[str, Any]:
    """What each placeholder of the frame prints."""
    signer = paper.signature.name or (EXAMPLE_NAME if paper.example else "")
    lead = kind_named(paper.kind).subject_lead
    subject = paper.subject if paper.subject.startswith(lead) else lead + paper.subject
    return {
        "co_quan_chu_quan": clean(paper.superior),
        "co_quan_ban_hanh": clean(paper.issuer),
        "so_ky_hieu": number_line(paper),
        "dia_danh_ngay": f"{clean(paper.place)}, {day_line(paper)}",
        "ten_loai": clean(paper.type_name),
        "trich_yeu": _YEAR.sub(rf"\1{BLANK}\2", clean(subject)),
        "tham_quyen": clean(paper.authority),
        "kinh_gui": [clean(name).rstrip(" ;.") for name in paper.addressees],
        BODY_MARK: _BODY_TOKEN,
        "noi_nhan": [clean(line) for line in paper.recipients],
        "quyen_han": [clean(line) for line in paper.signature.lines],
        "nguoi_ky": clean(signer),
        "ghi_chu_chan": clean(paper.footer_note),
    }


def _lend_styles(document: Any) -> None:
    """Give a template that an officer made from nothing the styles which body and annexes use."""
    there = {style.style_id for style in document.styles}
    missing = (set(STYLES) | set(RULE_STYLES)) - there
    if not missing:
        return
    for style in Document(BytesIO(_frame_of("titled"))).styles:
        if style.style_id in missing:
            document.styles.element.append(copy.deepcopy(style.element))


def _fit_rules(document: Any) -> None:
    """Wrap titles evenly and make each rule between a third and a half of the text above it."""
    for element in list(document.element.body.iter(qn("w:p"))):
        if element.style == "VeViec":
            _wrap_evenly(WordParagraph(element, document), "VeViec")
        elif element.style in RULE_STYLES and element.getprevious() is not None:
            above = WordParagraph(element.getprevious(), document)
            line = _wrap_evenly(above, "CoQuanDam" if element.style == "KeCoQuan" else "TrichYeu")
            set_rule(WordParagraph(element, document), _room(element), line * 2 // 5)


def _room(element: Any) -> int:
    """Twips between the edges of the page's text or of the cell that an element stands in."""
    cell = next(element.iterancestors(qn("w:tc")), None)
    return TEXT_WIDTH if cell is None else int(cell.tcPr.width.twips)


def _wrap_evenly(paragraph: WordParagraph, style: str) -> int:
    """Give a centred text of several lines side indents, so that its lines are alike; returns a line's length."""
    width = _room(paragraph._p)
    whole = max(text_width(line, STYLES[style][1]) for line in paragraph.text.split("\n"))
    lines = -(-whole // width)
    if lines <= 1:
        return whole
    line = min(width, round(whole / lines * EVEN))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Twips((width - line) // 2)
    return line


def _set_body(document: Any, paper: Paper, setter: Setter) -> None:
    places = [p for p in document.element.body.iter(qn("w:p")) if _BODY_TOKEN in "".join(p.itertext())]
    place = places[0]
    elements = setter.body(paper)
    for element in elements:
        place.addprevious(element)
    if elements and elements[-1].tag == qn("w:p"):
        # the signature never stands alone on a page
        elements[-1].get_or_add_pPr().get_or_add_keepNext()
    place.getparent().remove(place)


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    moment = datetime(*(paper.dated.timetuple()[:3] if paper.dated else (paper.year or 2000, 1, 1)))
    issuer = clean(" ".join(paper.issuer.split("\n")))[:255]
    properties.created = properties.modified = moment
    properties.title, properties.author = clean(paper.subject)[:255], issuer
    properties.last_modified_by, properties.revision, properties.language = issuer, 1, "vi-VN"
    properties.category = clean(paper.kind)
