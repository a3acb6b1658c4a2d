"""Cells are put in where they belong, whatever the sheet's XML looks like."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vungcao.intake.marking.package import CannotMark
from vungcao.intake.marking.splice import Sheet, address, anchors, place, utf8

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Place = tuple[int, int]


@dataclass
class Drawn:
    """A sheet and what is known of it: the style of each cell there, of rows and of columns."""

    xml: str
    cells: dict[Place, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)

    def style(self, at: Place) -> int:
        return self.cells.get(at, self.rows.get(at[0], self.columns.get(at[1], 0)))


@st.composite
def sheets(draw: st.DrawFn) -> Drawn:
    prefix = draw(st.sampled_from(["", "x:"]))
    numbered, remark = draw(st.booleans()), draw(st.booleans())
    drawn = Drawn("")
    body = ""
    for number in (
        sorted(draw(st.sets(st.integers(1, 12), max_size=6))) if numbered else range(1, draw(st.integers(1, 7)))
    ):
        about = f' r="{number}"' if numbered else ""
        if draw(st.booleans()):
            drawn.rows[number] = draw(st.integers(1, 9))
            about += f' s="{drawn.rows[number]}" customFormat="1"'
        elif draw(st.booleans()):
            about += ' s="7"'  # not applied without customFormat
        cells = ""
        cols = sorted(draw(st.sets(st.integers(1, 30), max_size=5))) if numbered else range(1, draw(st.integers(1, 5)))
        for col in cols:
            style = draw(st.integers(0, 9))
            drawn.cells[number, col] = style
            named = f' r="{address(number, col)}"' if numbered else ""
            named += f" s='{style}'" if style or draw(st.booleans()) else ""
            content = draw(st.sampled_from(["", f"<{prefix}v>3</{prefix}v>", f"<{prefix}f>A1&gt;2</{prefix}f>"]))
            cells += f"<{prefix}c{named}>{content}</{prefix}c>" if content else f"<{prefix}c{named} />"
        if cols:
            about += f' spans="{cols[0]}:{cols[-1]}"'
        body += (
            f"<{prefix}row{about}>{cells}</{prefix}row>" if cells or draw(st.booleans()) else f"<{prefix}row{about}/>"
        )
        if remark and draw(st.booleans()):
            body += '<!-- <row r="3"><c r="A3"/></row> -->'
    if draw(st.booleans()):
        first, last = sorted([draw(st.integers(1, 20)), draw(st.integers(1, 20))])
        drawn.columns = dict.fromkeys(range(first, last + 1), 5)
        columns = f'<{prefix}cols><{prefix}col min="{first}" max="{last}" style="5" width="9"/></{prefix}cols>'
    else:
        columns = ""
    data = f"<{prefix}sheetData>{body}</{prefix}sheetData>" if body else f"<{prefix}sheetData/>"
    bound = f'xmlns:x="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    tail = draw(st.sampled_from(["", f'<{prefix}pageMargins left="1"/>', f"<{prefix}tableParts/>"]))
    drawn.xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}worksheet {bound}>{columns}{data}{tail}</{prefix}worksheet>'
    )
    return drawn


def cells_of(xml: bytes) -> dict[Place, tuple[int, bytes]]:
    """Style and inner words of each cell, read as the standard says; rows and cells must be in order."""
    found: dict[Place, tuple[int, bytes]] = {}
    row = 0
    for line in etree.fromstring(xml).iter(f"{{{MAIN}}}row"):
        number = int(line.get("r", row + 1))
        assert number > row
        row, col = number, 0
        for cell in line:
            at = place(cell.get("r", address(row, col + 1)))
            assert at and at[0] == row and at[1] > col
            col = at[1]
            found[at] = int(cell.get("s", "0")), b"".join(etree.tostring(one) for one in cell)
    return found


wishes = st.sets(st.tuples(st.integers(1, 14), st.integers(1, 32)), max_size=8)


@given(sheets(), wishes)
def test_cells_wanted_get_their_style_and_no_other_cell_changes(drawn: Drawn, wanted: set[Place]) -> None:
    before = cells_of(drawn.xml.encode())
    result = Sheet(drawn.xml.encode(), wanted, lambda row, col, style: style + 1000).run().result()
    after = cells_of(result)
    assert after.keys() == before.keys() | wanted
    for at, (style, inside) in after.items():
        assert style == drawn.style(at) + (1000 if at in wanted else 0)
        assert inside == before.get(at, (0, b""))[1]


@given(sheets(), wishes)
def test_rows_left_unread_make_no_difference(drawn: Drawn, wanted: set[Place]) -> None:
    """A remark makes the whole sheet be parsed: the outcome is the same."""
    plain = drawn.xml.encode()
    remarked = plain.replace(b"</worksheet>", b"<!-- x --></worksheet>").replace(
        b"</x:worksheet>", b"<!-- x --></x:worksheet>"
    )
    results = [Sheet(one, wanted, lambda row, col, style: style + 1).run().result() for one in (plain, remarked)]
    assert results[0] == results[1].replace(b"<!-- x -->", b"")


@given(sheets())
def test_a_sheet_of_which_nothing_is_wanted_stays_byte_for_byte(drawn: Drawn) -> None:
    assert Sheet(drawn.xml.encode(), (), lambda row, col, style: 1 / 0).run().result() == drawn.xml.encode()


@given(sheets(), st.sets(st.integers(1, 9), max_size=3))  # style 0 is the workbook's own
def test_every_cell_that_bears_an_old_mark_is_asked_about(drawn: Drawn, ours: set[int]) -> None:
    result = Sheet(drawn.xml.encode(), (), lambda row, col, style: style + 500, ours).run().result()
    for at, (style, _) in cells_of(result).items():
        there = drawn.cells[at]
        assert style == there + (500 if there in ours else 0)


@given(sheets(), wishes)
def test_the_drawing_of_notes_stands_where_the_schema_wants_it(drawn: Drawn, wanted: set[Place]) -> None:
    sheet = Sheet(drawn.xml.encode(), wanted, lambda row, col, style: style).run()
    sheet.hang("rId9", REL)
    names = [etree.QName(one).localname for one in etree.fromstring(sheet.result()) if isinstance(one.tag, str)]
    assert names[-1] == "legacyDrawing" or names[-2:] == ["legacyDrawing", "tableParts"]
    assert Sheet(sheet.result(), (), lambda row, col, style: style).run().legacy == "rId9"


def test_controls_inside_alternate_content_come_after_the_drawing() -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}" xmlns:mc="m"><sheetData/><mc:AlternateContent><mc:Choice><controls/></mc:Choice>'
        "</mc:AlternateContent></worksheet>"
    )
    sheet = Sheet(xml.encode(), (), lambda row, col, style: style).run()
    sheet.hang("rId1", REL)
    names = [etree.QName(one).localname for one in etree.fromstring(sheet.result())]
    assert names == ["sheetData", "legacyDrawing", "AlternateContent"]


def test_the_dimension_and_the_spans_reach_a_new_cell() -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="B2:C3"/><sheetData><row r="2" spans="2:3"/></sheetData></worksheet>'
    )
    result = Sheet(xml.encode(), {(2, 5), (9, 1)}, lambda row, col, style: 1).run().result().decode()
    assert '<dimension ref="A2:E9"/>' in result
    assert '<row r="2" spans="2:5"><c r="E2" s="1"/></row><row r="9">' in result


def test_a_sheet_in_utf_16_is_read() -> None:
    xml = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    data = utf8(xml.encode("utf-16"))
    assert list(cells_of(Sheet(data, {(3, 3)}, lambda row, col, style: 4).run().result())) == [(3, 3)]


def test_a_byte_order_mark_moves_nothing() -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>'.encode()
    result = Sheet(b"\xef\xbb\xbf" + xml, {(1, 1)}, lambda row, col, style: 4).run().result()
    assert result == b"\xef\xbb\xbf" + xml.replace(b'r="A1"', b'r="A1" s="4"')


def test_a_document_type_is_refused() -> None:
    bomb = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(CannotMark):
        Sheet(bomb.encode(), {(1, 1)}, lambda row, col, style: 1).run()


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_an_address_says_its_place(row: int, col: int) -> None:
    assert place(address(row, col)) == (row, col)


@pytest.mark.parametrize("said", ["", "B", "7", "ô B7", "XFE1", "A1048577", "A0", "AAAA1"])
def test_what_is_no_address_has_no_place(said: str) -> None:
    assert place(said) is None


def test_a_place_in_a_merged_range_is_seen_at_its_first_cell() -> None:
    data = b'<mergeCells count="2"><mergeCell ref="B2:D4"/><mergeCell ref="F1:F9"/></mergeCells>'
    wanted = {(2, 2), (3, 4), (4, 5), (5, 6), (9, 6), (10, 6)}
    assert anchors(data, wanted) == {(2, 2): (2, 2), (3, 4): (2, 2), (5, 6): (1, 6), (9, 6): (1, 6)}
