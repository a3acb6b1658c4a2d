"""A figure is what its format prints; a formula takes what the file keeps; a star behind a figure is a footnote."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vungcao.intake.reading.grid import form_of
from vungcao.intake.reading.numbers import read_text
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
