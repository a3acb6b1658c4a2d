"""“Cuối năm = đầu năm − giảm + tăng” is tried though no row of column numbers says so (practice §4.5)."""

from decimal import Decimal

import pytest

from vungcao.intake.tests.reading.layouts import Page, failing, only_table, read, the_check, verdicts

HEAD = ["STT", "Xã", "Hộ nghèo đầu năm", "Thoát nghèo", "Giảm khác", "Tái nghèo", "Phát sinh", "Hộ nghèo cuối năm"]
ROWS = [
    [1, "Ví dụ A", 120, 30, 2, 1, 4, 93],
    [2, "Ví dụ B", 210, 44, 1, 0, 6, 171],
    [3, "Ví dụ C", 99, 12, 0, 2, 1, 90],
    [4, "Ví dụ D", 150, 20, 3, 0, 2, 129],
]
GROUPED = [
    ["STT", "Xã", "Hộ nghèo đầu năm", "Giảm", None, None, "Tăng", None, None, "Hộ nghèo cuối năm"],
    [None, None, None, "Tổng số", "Thoát nghèo", "Giảm khác", "Tổng số", "Tái nghèo", "Phát sinh", None],
    *([*row[:3], row[3] + row[4], *row[3:5], row[5] + row[6], *row[5:]] for row in ROWS),
]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def test_an_end_that_does_not_follow_from_its_movements_fails_alone(file):
    right = only_table(read(file, Page([HEAD, *ROWS])))
    assert [verdicts(right, f"H{row}", "difference") for row in (2, 3, 4, 5)] == [["holds"]] * 4
    wrong = only_table(read(file, Page([HEAD, *ROWS]).put("H3", 181)))
    assert failing(wrong) == {("difference", "H3")}
    assert the_check(wrong, "H3", "difference").computed == Decimal(171)


def test_a_groups_own_total_and_its_parts_are_not_both_taken(file):
    table = only_table(read(file, Page(GROUPED, merges=["D1:F1", "G1:I1"])))
    assert the_check(table, "J4", "difference").terms == ("C4", "D4", "G4")
    assert failing(table) == set()


def test_a_movement_not_reported_leaves_the_balance_open(file):
    table = only_table(read(file, Page([HEAD, *ROWS]).put("D3", None)))
    assert verdicts(table, "H3", "difference") == ["cannot_tell"]


def test_figures_that_come_out_in_no_other_row_claim_nothing(file):
    rows = [[*row[:7], row[7] + step] for step, row in enumerate(ROWS, start=11)]
    assert failing(only_table(read(file, Page([HEAD, *rows])))) == set()
