"""Figures typed with letters, full-width digits, one-sign Roman marks, days that never were: said at their cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.intake.reading.marks import parse_mark, split_label
from vungcao.intake.tests.reading.layouts import Page, only_sheet, read

HEAD = [["BIỂU VÍ DỤ"], [None, None, "Đơn vị tính: triệu đồng"], ["STT", "Nội dung", "Kế hoạch", "Ngày ký"]]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def warned(sheet):
    return {(one.code, one.cell) for one in sheet.warnings}


@pytest.mark.parametrize("said", ["З00", "1OO", "l00", "1.2OO", "I.000"])
def test_a_figure_typed_with_letters_is_warned_of_and_its_column_stays_one_of_figures(file, said):
    sheet = only_sheet(read(file, Page([*HEAD, [1, "Xã A", said], [2, "Xã B", said]])))
    (table,) = sheet.tables
    assert table.column("C").kind == "money"
    assert [row.values["C"].kind for row in table.rows] == ["text", "text"]
    assert {("number.look_alike", "C4"), ("number.look_alike", "C5")} <= warned(sheet)


@pytest.mark.parametrize(
    ("said", "value"), [("１００", "100"), ("２．０００", "2000"), ("－５", "-5"), ("１２，５", "12.5")]
)
def test_full_width_digits_are_digits(file, said, value):
    (table,) = only_sheet(read(file, Page([*HEAD, [1, "Xã A", said], [2, "Xã B", 7]]))).tables
    assert (table.rows[0].values["C"].said, table.rows[0].values["C"].value) == (said, Decimal(value))


def test_roman_numbers_set_as_one_sign_are_marks(file):
    lines = [["Ⅰ", "Khối sở", 100], [1, "Sở A", 100], ["Ⅱ", "Khối xã", 200], [1, "Xã A", 200]]
    (table,) = only_sheet(read(file, Page([*HEAD, *lines]))).tables
    assert [(row.mark, row.kind, row.parent) for row in table.rows] == [
        ("Ⅰ", "section", None), ("1", "item", 4), ("Ⅱ", "section", None), ("1", "item", 6),
    ]  # fmt: skip
    assert [parse_mark(sign).scheme for sign in "ⅣⅫ１"] == ["roman", "roman", "arabic"]
    mark, rest = split_label("Ⅲ. Khối đoàn thể")
    assert (mark.path, rest) == (("III",), "Khối đoàn thể")


def test_one_day_that_never_was_leaves_the_column_one_of_days(file):
    lines = [[1, "Xã A", 1, "31/02/2021"], [2, "Xã B", 2, "15/11/2021"], [3, "Xã C", 3, "ngày 15/11"],
             [4, "Xã D", 4, 44515]]  # fmt: skip
    sheet = only_sheet(read(file, Page([*HEAD, *lines])))
    (table,) = sheet.tables
    assert table.column("D").kind == "date"
    assert [row.values["D"].value for row in table.rows] == [None, date(2021, 11, 15), None, date(2021, 11, 15)]
    assert {("date.not_read", "D4"), ("date.not_read", "D6")} <= warned(sheet)


def test_a_column_of_days_kept_as_serial_numbers_is_read_as_days(file):
    (table,) = only_sheet(read(file, Page([*HEAD, [1, "Xã A", 1, 44515], [2, "Xã B", 2, 44516]]))).tables
    assert [row.values["D"].value for row in table.rows] == [date(2021, 11, 15), date(2021, 11, 16)]
    counted = Page([[*HEAD[2][:3], "Ngày công"], [1, "Xã A", 1, 44515], [2, "Xã B", 2, 44516]])
    assert only_sheet(read(file, counted)).tables[0].column("D").kind == "count"


def test_days_written_the_american_way_are_known_by_one_that_can_be_nothing_else(file):
    lines = [[1, "Xã A", 1, "07/19/2024"], [2, "Xã B", 2, "03/07/2024"], [3, "Xã C", 3, "12/07/2024"]]
    sheet = only_sheet(read(file, Page([*HEAD, *lines])))
    assert [row.values["D"].value for row in sheet.tables[0].rows] == [
        date(2024, 7, 19), date(2024, 3, 7), date(2024, 12, 7),
    ]  # fmt: skip
    assert ("date.month_first", "D4") in warned(sheet)
    mixed = only_sheet(read(file, Page([*HEAD, *lines, [4, "Xã D", 4, "25/12/2024"]])))
    assert [row.values["D"].value for row in mixed.tables[0].rows] == [
        None, date(2024, 7, 3), date(2024, 7, 12), date(2024, 12, 25),
    ]  # fmt: skip
    assert ("date.not_read", "D4") in warned(mixed)
