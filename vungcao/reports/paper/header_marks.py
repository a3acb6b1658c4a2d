""" "VÍ DỤ" on every page of an example paper, "DỰ THẢO" on every page of a draft: set by the builder, so that no
template can lose it.
"""

from __future__ import annotations

from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from .parts import EXAMPLE_MARK

_SAYS: Final = f"{EXAMPLE_MARK} - không phải văn bản đã ban hành"
_VML: Final = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


DRAFT_MARK: Final = "DỰ THẢO"


def mark_example(document: Any) -> None:
    """Put "VÍ DỤ" into every header the sections use, in words and as a watermark."""
    for index, header in enumerate(_headers(document)):
        header._element.insert(0, _framed(EXAMPLE_MARK, side="right", colour="C00000"))
        header._element.findall(qn("w:p"))[-1].append(_watermark(index))


def mark_draft(document: Any) -> None:
    """Put "DỰ THẢO" at the left of every header's top margin."""
    for header in _headers(document):
        header._element.insert(0, _framed(DRAFT_MARK, side="left", colour="000000"))


def _headers(document: Any) -> list[Any]:
    """Headers of first page, other pages, and even pages where they differ."""
    section = document.sections[0]
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    for header in headers:
        header.is_linked_to_previous = False
    return headers


def _framed(words: str, *, side: str, colour: str) -> Any:
    """A mark in words, in a frame beside the top margin (it takes no room from the page)."""
    line = f'w:val="single" w:sz="12" w:space="2" w:color="{colour}"'
    borders = "".join(f"<w:{edge} {line}/>" for edge in ("top", "left", "bottom", "right"))
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:framePr w:w="2400" w:wrap="around" w:vAnchor="page" w:hAnchor="margin"'
        f' w:xAlign="{side}" w:y="340"/><w:pBdr>{borders}</w:pBdr><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:color w:val="{colour}"/><w:sz w:val="28"/></w:rPr><w:t>{words}</w:t></w:r></w:p>'
    )


def _watermark(index: int) -> Any:
    """Pale slanted letters behind the text, in the form Word itself writes for a watermark."""
    return parse_xml(
        f"<w:r {nsdecls('w')} {_VML}><w:pict>"
        f'<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        f' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        f'<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        f'<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        f'<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="VungCaoViDu{index}" type="#_x0000_t136" alt="{_SAYS}" style="position:absolute;margin-left:0;'
        f"margin-top:0;width:380pt;height:130pt;rotation:315;z-index:-251658752;"
        f"mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        f'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity="0.4"/>'
        f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string="{EXAMPLE_MARK}"/>'
        f"</v:shape></w:pict></w:r>"
    )
