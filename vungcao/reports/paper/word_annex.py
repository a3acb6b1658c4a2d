"""Annexes as sections of their own: own sheet (A4 or A3, either way up), own page numbers from 1."""

from __future__ import annotations

import copy
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from vungcao.kernel.vietnamese import day_in_words

from .parts import Annex, Paper
from .word_body import Setter

BLANK: Final = "\u00a0"  # room left for the clerk's pen; ordinary blanks would be swallowed
SHEETS: Final = {"A4": (210, 297), "A3": (297, 420)}
_MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 15}


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
    issuer = paper.issuer_name or issuer
    return f"(Kèm theo {paper.kind.capitalize()} số{BLANK * 8}{paper.number_sign} {day_line(paper)} của {issuer})"


def add_annexes(document: Any, paper: Paper, setter: Setter) -> None:
    """Append each annex behind the paper, as a section of its own."""
    body = document.element.body
    main = body.find(qn("w:sectPr"))
    standing = main
    for annex in paper.annexes:
        _end_section(body, standing)
        standing = _section_of(annex, main)
        for element in _annex(paper, annex, setter):
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
    short, long = SHEETS[annex.paper]
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


def _annex(paper: Paper, annex: Annex, setter: Setter) -> list[Any]:
    short, long = SHEETS[annex.paper]
    wide = long if annex.orientation == "landscape" else short
    width = Mm(wide - _MARGINS["left"] - _MARGINS["right"]).twips
    elements = [
        setter.line("PhuLuc", annex.name),
        setter.line("TenPhuLuc", annex.title),
        setter.line("KemTheo", reference_line(paper, annex)),
        *setter.table(annex.table, width, annex.notes),
    ]
    for chart in annex.charts:
        elements += setter.chart(chart)
    return elements
