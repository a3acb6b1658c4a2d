"""Where a text of a Word template stands, in words an officer can follow: paragraph, table cell, header, text box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate


@dataclass(frozen=True)
class Text:
    """A paragraph's text and its place: ``thân văn bản, bảng 1, dòng 2, ô 1``."""

    place: str
    said: str


def texts_of(template: DocxTemplate) -> list[Text]:
    """Every paragraph in body, headers and footers, in order."""
    found = list(_within(template.docx.element.body, gettext("thân văn bản")))
    for uri, where in ((template.HEADER_URI, gettext("đầu trang")), (template.FOOTER_URI, gettext("chân trang"))):
        for _, part in template.get_headers_footers(uri):
            found += _within(parse_xml(part.blob), where)
    return found


def _within(root: Any, where: str) -> Iterator[Text]:
    tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), start=1)}
    number = 0
    for paragraph in root.iter(qn("w:p")):
        said = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is not None:
            yield Text(f"{where}, {_cell(cell, tables)}", said)
            continue
        number += 1
        box = next(paragraph.iterancestors(qn("w:txbxContent")), None)
        place = gettext("hộp chữ, đoạn %(no)s") if box is not None else gettext("đoạn %(no)s")
        yield Text(f"{where}, {place % {'no': number}}", said)


def _cell(cell: Any, tables: dict[Any, int]) -> str:
    row = cell.getparent()
    table = next(row.iterancestors(qn("w:tbl")))
    rows, cells = list(table.iter(qn("w:tr"))), list(row.iterchildren(qn("w:tc")))
    return gettext("bảng %(table)s, dòng %(row)s, ô %(cell)s") % {
        "table": tables[table],
        "row": rows.index(row) + 1,
        "cell": cells.index(cell) + 1,
    }
