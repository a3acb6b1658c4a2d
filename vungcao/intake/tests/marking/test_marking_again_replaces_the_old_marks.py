"""An officer mends the marked copy and sends that: the next copy shows what stands now, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from copy import copy
from pathlib import Path

import openpyxl
import pytest

from vungcao.intake.marking import mark
from vungcao.intake.tests.marking.books import AT, LIST, TABLE, by_openpyxl, parts, problem, values, written


def test_the_list_is_replaced_not_stacked(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    once = mark(source, [problem("C6"), problem("D7")], tmp_path / "1.xlsx", at=AT).path
    twice = mark(once, [problem("E8")], tmp_path / "2.xlsx", at=AT).path
    thrice = mark(twice, [problem("E8")], tmp_path / "3.xlsx", at=AT).path
    for path in (once, twice, thrice):
        assert openpyxl.load_workbook(path).sheetnames == [LIST, TABLE, "Trang 2", "Cũ", "Biểu đồ"]
        assert values(path) == values(source)
    assert parts(once).keys() == parts(twice).keys() == parts(thrice).keys()
    assert parts(twice)["xl/workbook.xml"] == parts(thrice)["xl/workbook.xml"]
    assert parts(twice)["xl/styles.xml"] == parts(thrice)["xl/styles.xml"]


@pytest.mark.parametrize("make", [written, by_openpyxl], ids=["xlsxwriter", "openpyxl"])
def test_old_notes_and_colours_go_and_the_cells_look_as_before(tmp_path: Path, make: object) -> None:
    source = make(tmp_path / "a.xlsx")  # type: ignore[operator]  # one of two makers
    cells = ["D5", "B3", "D7", "F6", "K50"]
    once = mark(source, [problem(cell) for cell in cells], tmp_path / "1.xlsx", at=AT).path
    clean = mark(once, [], tmp_path / "2.xlsx", at=AT).path
    before, after = (openpyxl.load_workbook(one)[TABLE] for one in (source, clean))
    for cell in cells:
        assert copy(after[cell].fill) == copy(before[cell].fill)
        assert after[cell].number_format == before[cell].number_format
        assert (after[cell].comment and after[cell].comment.text) == (
            before[cell].comment and before[cell].comment.text
        )
    shapes = [parts(one)["xl/drawings/vmlDrawing1.vml"].count(b'ObjectType="Note"') for one in (source, clean)] if (
        make is written
    ) else [1, 1]  # fmt: skip
    assert shapes[0] == shapes[1]


def test_an_officers_note_is_not_added_to_twice(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    once = mark(source, [problem("D7")], tmp_path / "1.xlsx", at=AT).path
    twice = mark(once, [problem("D7")], tmp_path / "2.xlsx", at=AT).path
    texts = [openpyxl.load_workbook(path)[TABLE]["D7"].comment.text for path in (once, twice)]
    assert texts[0] == texts[1]
    assert parts(once)["xl/drawings/vmlDrawing1.vml"] == parts(twice)["xl/drawings/vmlDrawing1.vml"]


def test_a_list_of_the_officers_own_by_that_name_is_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = LIST
    book.active["A1"] = "của tôi"
    book.save(tmp_path / "a.xlsx")
    made = mark(tmp_path / "a.xlsx", [problem("A1", LIST)], tmp_path / "out.xlsx", at=AT)
    after = openpyxl.load_workbook(made.path)
    assert after.sheetnames == [f"{LIST} (2)", LIST]
    assert after[LIST]["A1"].value == "của tôi" and after[LIST]["A1"].comment


def test_the_old_list_is_found_where_the_officer_moved_it(tmp_path: Path) -> None:
    once = mark(written(tmp_path / "a.xlsx"), [problem("C6")], tmp_path / "1.xlsx", at=AT).path
    book = openpyxl.load_workbook(once)
    book.move_sheet(LIST, 2)
    book.save(tmp_path / "moved.xlsx")  # and another program wrote it
    again = mark(tmp_path / "moved.xlsx", [problem("C7")], tmp_path / "2.xlsx", at=AT).path
    after = openpyxl.load_workbook(again)
    assert after.sheetnames[0] == LIST and after.sheetnames.count(LIST) == 1
    assert after[TABLE]["C6"].fill.fill_type is None and not after[TABLE]["C6"].comment
    assert after[TABLE]["C7"].fill.fill_type == "solid"
    assert after["Trang 2"].print_area == "'Trang 2'!$A$1:$B$2"


def test_a_row_put_in_above_leaves_no_old_colour_behind(tmp_path: Path) -> None:
    once = mark(by_openpyxl(tmp_path / "a.xlsx"), [problem("C6")], tmp_path / "1.xlsx", at=AT).path
    book = openpyxl.load_workbook(once)
    book[TABLE].move_range("A6:G6", rows=60)
    book[TABLE]["C66"]._style = book[TABLE]["C6"]._style
    book.save(tmp_path / "moved.xlsx")
    after = openpyxl.load_workbook(mark(tmp_path / "moved.xlsx", [], tmp_path / "2.xlsx", at=AT).path)[TABLE]
    assert after["C66"].fill.fill_type is None


@pytest.mark.office
def test_marks_go_after_libreoffice_has_saved_the_copy(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    once = mark(source, [problem("C6"), problem("D7"), problem("F6")], tmp_path / "1.xlsx", at=AT).path
    (tmp_path / "saved").mkdir()
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(once)], check=True, timeout=180
    )
    again = mark(tmp_path / "saved" / "1.xlsx", [problem("E8")], tmp_path / "2.xlsx", at=AT).path
    after = openpyxl.load_workbook(again)
    assert after.sheetnames.count(LIST) == 1 and after.sheetnames[0] == LIST
    table = after[TABLE]
    assert table["C6"].fill.fill_type is None and not table["C6"].comment
    assert table["F6"].fill.fgColor.rgb == "FFFFFF00"
    assert table["D7"].comment.text.strip() == "Kế toán: đã đối chiếu"
    assert table["E8"].comment.text.startswith("—— Vùng Cao ——\nPhải sửa")
