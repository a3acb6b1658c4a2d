"""Which separator groups thousands: the column says so, then its neighbours, then the sums that come out."""

from decimal import Decimal

import pytest

from vungcao.intake.tests.reading.layouts import Page, failing, only_sheet, only_table, read

HEAD = ["STT", "Đơn vị", "Kế hoạch", "Giải ngân"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def page(unit: str, *lines: list[object]) -> Page:
    return Page([["BIỂU TỔNG HỢP (VÍ DỤ)"], [f"Đơn vị tính: {unit}"], HEAD, *lines])


def figures(table, col):
    return [row.values[col].value for row in table.rows]


def test_the_sums_decide_where_the_texts_do_not(file):
    """In triệu đồng ``22,500`` may be either; the numbers beside it say what it must be."""
    said = page(
        "triệu đồng", [None, "Tổng cộng", 46, 100], [1, "Xã Ví Dụ Một", "22,500", 40], [2, "Xã Ví Dụ Hai", "23,500", 60]
    )
    sheet = only_sheet(read(file, said))
    assert figures(sheet.tables[0], "C") == [46, Decimal("22.5"), Decimal("23.5")]
    assert failing(sheet.tables[0]) == set()
    assert [(w.code, w.cell) for w in sheet.warnings] == [("number.style_by_sums", "C4")]


def test_a_total_that_is_wrong_either_way_changes_no_style(file):
    said = page(
        "triệu đồng", [None, "Tổng cộng", 91, 100], [1, "Xã Ví Dụ Một", "22.500", 40], [2, "Xã Ví Dụ Hai", "23.500", 60]
    )
    table = only_table(read(file, said))
    assert figures(table, "C") == [91, 22_500, 23_500]
    assert failing(table) == {("sum_of_rows", "C4")}


def test_one_figure_a_thousand_times_too_large_is_a_slip_not_a_style(file):
    said = page("triệu đồng", [None, "Tổng cộng", 31, 100], [1, "Xã Ví Dụ Một", "8.000", 40], [2, "Xã Ví Dụ", 23, 60])
    table = only_table(read(file, said))
    assert figures(table, "C") == [31, 8_000, 23]
    assert failing(table) == {("sum_of_rows", "C4")}


def test_a_lone_comma_among_figures_grouped_by_dots_groups_too(file):
    said = page(
        "1.000 đồng",
        [None, "Tổng cộng", "10.759.617", 3],
        [1, "Xã Ví Dụ Một", "9.972.724", 1],
        [2, "Xã Ví Dụ Hai", "786,893", 2],
    )
    sheet = only_sheet(read(file, said))
    assert figures(sheet.tables[0], "C") == [10_759_617, 9_972_724, 786_893]
    assert [(w.code, w.cell) for w in sheet.warnings] == [("number.mixed_styles", "C4")]


def test_without_a_unit_three_decimals_in_one_column_speak_for_the_next(file):
    said = Page(
        [
            ["PHÂN BỔ (VÍ DỤ)"],
            ["STT", "Đơn vị", "Tổng số", "ĐT", "SN"],
            [1, "Xã Ví Dụ Một", "8.602,143", "7.616,163", "985,980"],
            [2, "Xã Ví Dụ Hai", "1.986,693", "1.758,228", "228,465"],
        ]
    )
    assert figures(only_table(read(file, said)), "E") == [Decimal("985.980"), Decimal("228.465")]


def test_a_sum_that_only_a_hidden_line_in_error_could_explain_cannot_be_judged(file):
    said = page(
        "đồng", [None, "Tổng cộng", 60, 6], [1, "Xã Một", 10, 1], [2, "Xã Hai", "#REF!", 2], [3, "Xã Ba", 20, 3]
    )
    said.hidden_rows = [6]
    table = only_table(read(file, said))
    assert [check.verdict for check in table.checks if check.cell == "C4"] == ["cannot_tell"]
