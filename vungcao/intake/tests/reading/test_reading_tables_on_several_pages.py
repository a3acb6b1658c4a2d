"""A table printed page by page is one table: its head again is no new table, sums carried over are nobody's part."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, only_sheet, read, verdicts

TITLE = [["BIỂU VÍ DỤ"], [None, None, "ĐVT: triệu đồng"]]
HEAD = ["STT", "Xã", "Vốn"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        ("Cộng mang sang", "Mang sang"),
        ("Cộng chuyển sang trang sau", "Trang trước chuyển sang"),
        ("Cộng trang", "Cộng trang trước"),
    ],
)
def test_sums_carried_to_the_next_page_are_not_added_again(file, foot, head):
    lines = [HEAD, [1, "A", 10], [2, "B", 20], [None, foot, 30], HEAD, [None, head, 30], [3, "C", 30], [4, "D", 40],
             [None, "Tổng cộng", 100]]  # fmt: skip
    (table,) = only_sheet(read(file, Page([*TITLE, *lines]))).tables
    assert {row.row: row.kind for row in table.rows} == {
        4: "item", 5: "item", 6: "total", 8: "total", 9: "item", 10: "item", 11: "total",
    }  # fmt: skip
    assert verdicts(table, "C11", "sum_of_rows") == ["holds"]
    assert table.unit.dong == 1_000_000


def test_a_head_that_comes_again_over_marks_that_go_on_is_the_same_table(file):
    lines = [HEAD, [1, "A", 10], [2, "B", 20], HEAD, [3, "C", 30], [None, "Tổng cộng", 60]]
    (table,) = only_sheet(read(file, Page([*TITLE, *lines]))).tables
    assert verdicts(table, "C8", "sum_of_rows") == ["holds"]


def test_the_same_form_filled_again_is_a_table_of_its_own(file):
    lines = [HEAD, [1, "A", 10], [2, "B", 20], HEAD, [1, "C", 30], [2, "D", 40]]
    assert len(only_sheet(read(file, Page([*TITLE, *lines]))).tables) == 2
