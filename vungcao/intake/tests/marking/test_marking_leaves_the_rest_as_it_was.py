"""All that is not a mark is byte for byte what the officer sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from vungcao.intake.marking import mark
from vungcao.intake.tests.marking.books import (
    AT,
    LIST,
    MACROS,
    TABLE,
    by_openpyxl,
    changed,
    parts,
    problem,
    rewritten,
    values,
    written,
)

ALWAYS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
Make = Callable[[Path], Path]


def test_only_the_parts_concerned_are_rewritten(tmp_path: Path) -> None:
    source = written(tmp_path / "bieu.xlsx", noted=False)
    made = mark(source, [problem("D7"), problem("J40")], tmp_path / "out" / "bieu.xlsx", at=AT)
    assert not made.converted
    # sheet2 was the sheet selected: the copy opens on the list instead
    expected = ALWAYS | {"xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/sheet2.xml"}
    assert changed(source, made.path) == expected
    assert parts(made.path).keys() - parts(source).keys() == {
        "xl/worksheets/sheet4.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    before, after = (parts(one)["xl/worksheets/sheet2.xml"] for one in (source, made.path))
    assert before.replace(b' tabSelected="1"', b"") == after


def test_in_the_sheet_itself_only_the_style_of_the_cells_changes(tmp_path: Path) -> None:
    source = written(tmp_path / "bieu.xlsx", noted=False)
    made = mark(source, [problem("D7")], tmp_path / "out.xlsx", at=AT)
    before, after = (parts(one)["xl/worksheets/sheet1.xml"].decode() for one in (source, made.path))
    cell = re.search(r'<c r="D7" s="(\d+)"', before)
    assert cell
    changed_back = re.sub(r'<c r="D7" s="\d+"', cell[0], after)
    assert re.sub(r"<legacyDrawing [^>]*/>", "", changed_back) == before


def test_notes_that_stand_are_kept_where_new_ones_are_added(tmp_path: Path) -> None:
    source = written(tmp_path / "bieu.xlsx")
    made = mark(source, [problem("D8")], tmp_path / "out.xlsx", at=AT)
    assert changed(source, made.path) == ALWAYS | {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    table = openpyxl.load_workbook(made.path)[TABLE]
    assert table["D7"].comment.text == "Kế toán: đã đối chiếu"
    assert table["D7"].comment.author == "Kế toán"


def test_macros_and_buttons_stay(tmp_path: Path) -> None:
    source = written(tmp_path / "bieu.xlsm", macros=True, noted=False)
    made = mark(source, [problem("C6")], tmp_path / "bieu-danh-dau.xlsx", at=AT)
    assert made.path.suffix == ".xlsm"  # Excel refuses a workbook with macros under another ending
    after = parts(made.path)
    assert after["xl/vbaProject.bin"] == MACROS
    drawing = after["xl/drawings/vmlDrawing1.vml"]
    assert parts(source)["xl/drawings/vmlDrawing1.vml"].rpartition(b"</xml>")[0] in drawing
    assert b'ObjectType="Button"' in drawing and b'ObjectType="Note"' in drawing
    ids = re.findall(rb'<v:shape id="(\w+)"', drawing)
    assert len(ids) == len(set(ids)) == 2
    assert after["xl/worksheets/sheet1.xml"].count(b"<legacyDrawing") == 1


@pytest.mark.parametrize("make", [written, by_openpyxl], ids=["xlsxwriter", "openpyxl"])
def test_no_value_of_any_sheet_changes(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path / "bieu.xlsx")
    wrong = [problem(cell) for cell in ("A1", "B3", "C5", "D5", "M7", "Z90", "E50")] + [problem("A1", "Cũ")]
    made = mark(source, wrong, tmp_path / "out.xlsx", at=AT)
    assert values(made.path) == values(source)
    assert len(values(source)[TABLE]) > 10


@pytest.mark.parametrize("make", [written, by_openpyxl], ids=["xlsxwriter", "openpyxl"])
def test_names_of_one_sheet_stay_with_that_sheet(tmp_path: Path, make: Make) -> None:
    source = make(tmp_path / "bieu.xlsx")
    made = mark(source, [problem("C6")], tmp_path / "out.xlsx", at=AT)
    before, after = openpyxl.load_workbook(source), openpyxl.load_workbook(made.path)
    assert after.sheetnames == [LIST, *before.sheetnames]
    for name in before.sheetnames:
        if name != "Biểu đồ":
            assert after[name].print_area == before[name].print_area
            assert after[name].print_title_rows == before[name].print_title_rows
            assert after[name].sheet_state == before[name].sheet_state
            assert after[name].defined_names.keys() == before[name].defined_names.keys()
    assert after.defined_names.keys() == before.defined_names.keys()
    assert before["Trang 2"].print_area


def test_the_copy_opens_on_the_list_and_no_two_sheets_are_selected(tmp_path: Path) -> None:
    made = mark(written(tmp_path / "bieu.xlsx"), [problem("C6")], tmp_path / "out.xlsx", at=AT)
    book = openpyxl.load_workbook(made.path)
    assert book.active is not None and book.active.title == LIST
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [LIST]


def test_shared_formulas_and_a_hidden_column_stay(tmp_path: Path) -> None:
    plain = by_openpyxl(tmp_path / "plain.xlsx")
    source = rewritten(
        plain,
        tmp_path / "bieu.xlsx",
        {
            "xl/worksheets/sheet1.xml": (
                b"<f>SUM(E1:E38)</f>",
                b'<f t="shared" ref="E39:F39" si="0">SUM(E1:E38)</f>',
            )
        },
    )
    made = mark(source, [problem("E39"), problem("F39")], tmp_path / "out.xlsx", at=AT)
    assert b'<f t="shared" ref="E39:F39" si="0">SUM(E1:E38)</f>' in parts(made.path)["xl/worksheets/sheet1.xml"]


def test_sheet_elements_with_a_prefix_get_marks_with_that_prefix(tmp_path: Path) -> None:
    plain = by_openpyxl(tmp_path / "plain.xlsx")
    content = parts(plain)["xl/worksheets/sheet1.xml"]
    prefixed = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content).replace(b"xmlns=", b"xmlns:x=")
    source = rewritten(plain, tmp_path / "bieu.xlsx", {"xl/worksheets/sheet1.xml": (content, prefixed)})
    made = mark(source, [problem("A1"), problem("J3"), problem("A99")], tmp_path / "out.xlsx", at=AT)
    table = openpyxl.load_workbook(made.path)[TABLE]
    assert all(table[cell].comment and table[cell].fill.fill_type == "solid" for cell in ("A1", "J3", "A99"))


def test_the_first_file_is_never_written(tmp_path: Path) -> None:
    source = written(tmp_path / "bieu.xlsx")
    before = source.read_bytes()
    mark(source, [problem("C6")], tmp_path / "out.xlsx", at=AT)
    assert source.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bieu.xlsx", "out.xlsx"]
