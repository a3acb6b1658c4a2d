"""Tables are set into the document as text, never made a tree: the file is the one that a serializer would write."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from vungcao.reports.paper import Annex, Cell, Paper, TableRow
from vungcao.reports.paper.samples import samples

from .cast import paper, printed, table


def document_xml(one: Paper) -> bytes:
    with ZipFile(BytesIO(printed(one))) as book:
        return book.read("word/document.xml")


@pytest.mark.parametrize("name", samples())
def test_the_document_is_spelt_as_a_serializer_spells_it(name: str) -> None:
    written = document_xml(samples()[name])
    assert b"<w:tbl><w:tblPr><w:tblW" in written and "\u2060".encode() not in written
    assert serialize_part_xml(parse_xml(written)) == written


def test_whatever_a_cell_says_the_document_stays_whole() -> None:
    said = '"Ẩm Ướt" <&> ]]>\n\n\t{{ x }} \ufffe\uffff\x07 &amp; 𠀋'
    row = TableRow("item", (Cell(said), Cell("'", figure='a"<b'), Cell(1, "money"), Cell(None, "money"), Cell("")))
    shown = document_xml(paper(annexes=(Annex("I", "Lời lạ", table(rows=(row,))),)))
    again = serialize_part_xml(parse_xml(shown))
    assert again == shown and '"Ẩm Ướt" &lt;&amp;&gt; ]]&gt;'.encode() in shown and "𠀋".encode() in shown
