"""A figure is what its format prints; a formula takes what the file keeps; a star behind a figure is a footnote."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vungcao.intake.reading import read_workbook
from vungcao.intake.reading.formulas import stale
from vungcao.intake.reading.grid import Grid, NumberCell, form_of
from vungcao.intake.reading.numbers import read_text
from vungcao.intake.reading.ods import as_excel_says
from vungcao.intake.tests.reading.layouts import Page, only_sheet, read

HEAD = ["STT", "Nội dung", "Kế hoạch", "Tỷ lệ", "Giải ngân"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def test_a_format_that_divides_by_a_million_is_read_as_it_prints(file):
    page = Page([["BIỂU VÍ DỤ"], ["ĐVT: triệu đồng"], HEAD[:3], [1, "A", 1_234_567_890], [2, "B", 2_000_000_000]],
                formats={"C": "#,##0,,"})  # fmt: skip
    sheet = only_sheet(read(file, page))
    first, second = (row.values["C"] for row in sheet.tables[0].rows)
    assert (first.said, first.value) == ("1.235", Decimal("1234.56789"))
    assert (second.said, second.value) == ("2.000", Decimal(2000))
    assert [warned.code for warned in sheet.warnings] == ["number.scaled"]


@pytest.mark.parametrize(
    ("code", "grouped", "thousands"),
    [("#,##0", True, 0), ("#,##0,", True, 1), ("0.0,,", False, 2), ('_(* #,##0_);_(* (#,##0)', True, 0),
     ('0" hộ, người"', False, 0)],
)  # fmt: skip
def test_commas_behind_the_last_digit_divide_those_between_digits_group(code, grouped, thousands):
    assert (form_of(code).grouped, form_of(code).thousands) == (grouped, thousands)


def test_a_formula_takes_a_percentage_as_the_file_keeps_it(file):
    rows = [["BIỂU VÍ DỤ"], ["ĐVT: triệu đồng"], HEAD, [1, "A", 100, 0.5, "=C4*D4"], [2, "B", 200, 0.25, "=C5*D5"]]
    sheet = only_sheet(read(file, Page(rows, formats={"D": "0%"})))
    assert [row.values["E"].value for row in sheet.tables[0].rows] == [Decimal(50), Decimal(50)]


@pytest.mark.parametrize("said", ["1.234,5 (*)", "1.234,5*", "1.234,5 **", "1.234,5 (**)", "1.234,5¹"])
def test_a_footnotes_sign_is_no_part_of_a_figure(said):
    value = read_text(said)
    assert (value.kind, value.value) == ("text_number", Decimal("1234.5"))


@pytest.mark.parametrize("said", ["12 (3)", "12(1)", "12 (3 nữ)"])
def test_a_number_in_brackets_behind_a_figure_may_be_another_figure(said):
    assert read_text(said).kind == "text"


def test_the_noise_of_binary_arithmetic_is_no_part_of_a_formulas_figure_and_no_stale_result():
    grid = Grid("BM01")
    form = form_of("General")
    for col, raw, formula in ((1, "1000000.4", None), (2, "1000000.7", None), (3, "-0.299999999930151", "A1-B1")):
        grid.put(NumberCell(1, col, raw, form, formula))
    assert stale(grid) == []
    assert grid.cells[1, 3].number == Decimal("-0.3")
    grid.put(NumberCell(1, 3, "-0.31", form, "A1-B1"))
    assert [cell.at for cell, _ in stale(grid)] == ["C1"]
    assert grid.cells[1, 3].number == Decimal("-0.31")


@pytest.mark.parametrize(
    ("said", "plain"),
    [("of:=SUM([.C4:.C6];[.$D$4])", "SUM(C4:C6,$D$4)"), ('of:=IF([.A1]="a;b";1;2)', 'IF(A1="a;b",1,2)'),
     ("of:=[.C4]-[.D4]", "C4-D4"), ("of:=[$'Sheet 2'.A1]", "[$'Sheet 2'.A1]")],
)  # fmt: skip
def test_a_formula_of_an_open_document_is_said_as_a_spreadsheets(said, plain):
    assert as_excel_says(said) == plain


def test_a_csv_that_prints_as_many_decimals_as_there_are_may_print_three(tmp_path):
    path = tmp_path / "xuat.csv"
    path.write_text("BIỂU VÍ DỤ,,\nĐVT: tỷ đồng,,\nSTT,Nội dung,Vốn\n1,A,24.87\n2,B,12.435\n3,C,7.5\n,Cộng,44.805\n")
    table = read_workbook(path).sheets[0].tables[0]
    assert [str(row.values["C"].value) for row in table.rows] == ["24.87", "12.435", "7.5", "44.805"]
