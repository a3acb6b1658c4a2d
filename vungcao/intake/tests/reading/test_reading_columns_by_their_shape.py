"""What columns claim by their heads and figures alone: sums at either end, differences, credit, parts that overlap."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, failing, only_table, read, the_check, verdicts


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def table_of(file, unit, head, *rows):
    return only_table(read(file, Page([["BIỂU VÍ DỤ"], [f"ĐVT: {unit}"], head, *[list(row) for row in rows]])))


@pytest.mark.parametrize("said", ["Cộng", "Tổng cộng", "Cộng quý I"])
def test_a_total_at_the_right_end_is_the_sum_of_the_columns_before_it(file, said):
    rows = [[1, "Một", 10, 20, 30, 60], [2, "Hai", 1, 2, 3, 6], [3, "Ba", 5, 5, 5, 16], [4, "Bốn", 1, 1, 1, 3],
            [5, "Năm", 2, 2, 2, 6]]  # fmt: skip
    table = table_of(file, "hộ", ["STT", "Xã", "Tày", "Nùng", "Mông", said], *rows)
    assert failing(table) == {("sum_of_columns", "F6")}
    assert the_check(table, "F6", "sum_of_columns").terms == ("C6", "D6", "E6")


def test_a_group_that_is_nought_nearly_everywhere_is_still_a_term(file):
    rows = [[place, f"Xã {place}", 30 + (place == 3) * 5, 10, 20, 0 if place != 3 else 5] for place in range(1, 7)]
    table = table_of(file, "hộ", ["STT", "Xã", "Tổng số", "Tày", "Nùng", "Lô Lô"], *rows)
    assert failing(table) == set()
    assert the_check(table, "C6", "sum_of_columns").terms == ("D6", "E6", "F6")


@pytest.mark.parametrize("said", ["Tăng (+), giảm (-)", "Tăng, giảm", "Tăng/giảm", "So sánh tăng (+), giảm (-)"])
def test_up_or_down_is_the_difference_of_two_years(file, said):
    rows = [[1, "Một", 100, 90, -10], [2, "Hai", 150, 130, "(20)"], [3, "Ba", 50, 30, -20], [4, "Bốn", 50, 40, 10]]
    table = table_of(file, "hộ", ["STT", "Xã", "Năm 2023", "Năm 2024", said], *rows)
    assert verdicts(table, "E5", "difference") == ["holds"]
    assert failing(table) == {("difference", "E7")}


def test_points_of_percent_are_a_difference_of_rates_and_are_not_added_up(file):
    rows = [[None, "Tổng", 300, 150, 50, 40, 10], [1, "Một", 100, 70, 70, 60, 10], [2, "Hai", 100, 50, 50, 40, 10],
            [3, "Ba", 100, 30, 30, 20, 20]]  # fmt: skip
    head = ["STT", "Xã", "Kế hoạch", "Giải ngân", "Tỷ lệ (%)", "Kỳ trước (%)", "Tăng, giảm (điểm %)"]
    table = table_of(file, "triệu đồng", head, *rows)
    assert table.column("G").kind == "percent"
    assert failing(table) == {("difference", "G7")}


def test_credit_outstanding_follows_from_lending_and_repayment(file):
    rows = [[1, "Hộ nghèo", 100, 20, 10, 110], [2, "Hộ cận nghèo", 100, 30, 10, 120], [3, "Nước sạch", 50, 10, 5, 55],
            [4, "Sản xuất", 50, 10, 5, 60]]  # fmt: skip
    head = ["STT", "Chương trình", "Dư nợ đầu năm", "Doanh số cho vay", "Doanh số thu nợ", "Dư nợ cuối kỳ"]
    assert failing(table_of(file, "triệu đồng", head, *rows)) == {("difference", "F7")}


def test_parts_of_people_overlap_so_each_is_held_against_the_whole_by_itself(file):
    head = ["STT", "Xã", "Tổng số người", "Trong đó: nữ", "Trong đó: DTTS"]
    right = [[1, "Một", 10, 5, 10], [2, "Hai", 20, 9, 20], [3, "Ba", 30, 10, 28]]
    assert failing(table_of(file, "người", head, *right)) == set()
    wrong = [right[0], [2, "Hai", 20, 25, 20], right[2]]
    assert failing(table_of(file, "người", head, *wrong)) == {("of_which", "C5")}


def test_rates_among_indicators_add_up_neither_across_nor_down(file):
    rows = [[1, "Số hộ", "hộ", 60, 10, 20, 30], [2, "Số khẩu", "người", 240, 40, 80, 120],
            [3, "Hộ nghèo", "hộ", 17, 5, 5, 6], [4, "Vốn giao", "triệu đồng", 600, 100, 200, 300],
            [5, "Tỷ lệ nghèo", "%", 28.3, 50, 25, 20]]  # fmt: skip
    page = Page([["BIỂU VÍ DỤ"], [], ["TT", "Chỉ tiêu", "ĐVT", "Tổng số", "Xã Một", "Xã Hai", "Xã Ba"], *rows])
    assert failing(only_table(read(file, page))) == {("sum_of_columns", "D6")}


def test_one_wrong_line_that_also_spoils_the_total_does_not_hide_the_claim(file):
    rows = [[1, "Một", 100, 5, 10, 95], [2, "Hai", 200, 0, 20, 180], [3, "Ba", 50, 1, 5, 46], [4, "Bốn", 70, 1, 1, 71],
            [None, "Cộng", 420, 7, 36, 392]]  # fmt: skip
    table = table_of(file, "hộ", ["STT", "Xã", "Đầu năm", "Tăng", "Giảm", "Cuối năm"], *rows)
    assert failing(table) == {("difference", "F7"), ("difference", "F8")}
