"""Totals that no usual word names are known by where they stand, and are no child of the section above them."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, only_table, read, verdicts

HEAD = [["BIỂU VÍ DỤ"], [None, None, "Đơn vị tính: triệu đồng"], ["STT", "Nội dung", "Kế hoạch"]]
SECTIONS = [["I", "Khối sở", 100], [1, "Sở A", 40], [2, "Sở B", 60], ["II", "Khối xã", 200], [1, "Xã A", 200]]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def kinds(table):
    return {row.row: (row.kind, row.parent) for row in table.rows}


@pytest.mark.parametrize(
    "said", ["Tổng kế hoạch vốn", "Tổng hợp chung", "TỔNG VỐN GIAO", "Cộng các khối", "Tổng toàn tỉnh"]
)
def test_an_unmarked_grand_total_at_the_foot_is_a_total(file, said):
    table = only_table(read(file, Page([*HEAD, *SECTIONS, [None, said, 310]])))
    assert kinds(table)[9] == ("total", None) and kinds(table)[8] == ("item", 7)
    assert verdicts(table, "C9", "sum_of_rows") == ["fails"] and verdicts(table, "C7", "sum_of_rows") == ["holds"]


def test_an_unmarked_grand_total_at_the_head_is_a_total(file):
    table = only_table(read(file, Page([*HEAD, [None, "Tổng kế hoạch vốn", 300], *SECTIONS])))
    assert kinds(table)[4] == ("total", None) and kinds(table)[5] == ("section", None)
    assert verdicts(table, "C4", "sum_of_rows") == ["holds"]


def test_an_office_whose_name_begins_with_tong_is_no_total(file):
    table = only_table(read(file, Page([*HEAD, *SECTIONS, [None, "Tổng đội thanh niên xung phong", 30]])))
    assert kinds(table)[9][0] == "item"


def test_a_section_closed_in_words_of_its_own_is_not_counted_twice(file):
    lines = [["I", "Khối sở", None], [1, "Sở A", 40], [2, "Sở B", 60], [None, "Cộng khối sở", 100],
             ["II", "Khối xã", None], [1, "Xã A", 200], [None, "Cộng khối xã", 200],
             [None, "Tổng kế hoạch vốn", 300]]  # fmt: skip
    table = only_table(read(file, Page([*HEAD, *lines])))
    assert [kinds(table)[row] for row in (7, 10, 11)] == [("total", 4), ("total", 8), ("total", None)]
    assert [verdicts(table, f"C{row}", "sum_of_rows") for row in (7, 10, 11)] == [["holds"]] * 3


def test_without_marks_the_last_line_is_a_total_only_where_its_figures_come_out(file):
    head = [["Xã", "Kế hoạch"], ["Xã A", 1], ["Xã B", 2]]
    right = only_table(read(file, Page([*head, ["Tổng kế hoạch vốn", 3]])))
    assert kinds(right)[4] == ("total", None)
    indicators = only_table(
        read(file, Page([["Chỉ tiêu", "Năm nay"], ["Diện tích", 1], ["Số xã", 2], ["Tổng dân số", 9]]))
    )
    assert kinds(indicators)[4] == ("item", None)


@pytest.mark.parametrize("word", ["Chia ra:", "Bao gồm:", "Gồm:", "Chia ra theo nguồn:"])
def test_parts_said_to_be_all_there_is_add_up_to_their_whole(file, word):
    lines = [[1, "Dự án 1", 100], [None, word], ["-", "NSTW", 60], ["-", "NSĐP", 30], [2, "Dự án 2", 50]]
    table = only_table(read(file, Page([*HEAD, *lines])))
    assert [(row.kind, row.parent) for row in table.rows[1:4]] == [("of_which", 4)] * 3
    assert verdicts(table, "C4", "of_which") == ["fails"]
    some = only_table(read(file, Page([*HEAD, lines[0], [None, "Trong đó:"], *lines[2:]])))
    assert verdicts(some, "C4", "of_which") == ["holds"]  # “trong đó” names some of it


def test_an_item_whose_name_begins_with_gom_is_an_item(file):
    table = only_table(read(file, Page([*HEAD, [1, "Gốm sứ", 5], [2, "Bao gồm cả vốn vay", 6]])))
    assert [row.kind for row in table.rows] == ["item", "item"]


def test_years_of_birth_are_not_added_up_by_the_total_that_counts_them(file):
    rows = [["STT", "Họ và tên", "Năm sinh", None], [None, None, "Nam", "Nữ"], [1, "Ví Dụ A", 1950],
            [2, "Ví Dụ B", None, 1960], [None, "Tổng cộng", 1, 1]]  # fmt: skip
    table = only_table(read(file, Page(rows, merges=["C1:D1"])))
    assert table.checks == ()
