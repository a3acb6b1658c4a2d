"""A sum whose known parts happen to come out is not proved while another part is a range, an error or not read."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, only_table, read, the_check, verdicts

HEAD = [["BIỂU VÍ DỤ"], [None, None, "Đơn vị tính: triệu đồng"], ["STT", "Nội dung", "Kế hoạch", "Giải ngân"]]
UNKNOWN = ["100-120", "#REF!", "chưa có số liệu", "1OO"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


@pytest.mark.parametrize("said", UNKNOWN)
def test_a_total_that_equals_its_known_parts_is_not_proved_beside_an_unknown_one(file, said):
    lines = [[None, "Tổng cộng", 300, 30], [1, "Xã A", 100, 10], [2, "Xã B", 200, 20], [3, "Xã C", said, 0]]
    table = only_table(read(file, Page([*HEAD, *lines])))
    assert verdicts(table, "C4", "sum_of_rows") == ["cannot_tell"]
    assert verdicts(table, "D4", "sum_of_rows") == ["holds"]


@pytest.mark.parametrize("said", UNKNOWN)
def test_parts_below_their_whole_prove_nothing_beside_an_unknown_one(file, said):
    lines = [[1, "Xã A", 100, 10], [None, "Trong đó:"], ["-", "NSTW", 60, 5], ["-", "NSĐP", said, 5],
             [2, "Xã B", 50, 5], [3, "Xã C", 50, 5]]  # fmt: skip
    table = only_table(read(file, Page([*HEAD, *lines])))
    assert verdicts(table, "C4", "of_which") == ["cannot_tell"]
    assert verdicts(table, "D4", "of_which") == ["holds"]


def test_one_part_above_its_whole_fails_whatever_the_other_is(file):
    lines = [[1, "Xã A", 100, 10], [None, "Trong đó:"], ["-", "NSTW", 160, 5], ["-", "NSĐP", "10-20", 5],
             [2, "Xã B", 50, 5]]  # fmt: skip
    table = only_table(read(file, Page([*HEAD, *lines])))
    assert verdicts(table, "C4", "of_which") == ["fails"]


@pytest.mark.parametrize("said", UNKNOWN)
def test_a_column_formula_is_not_proved_where_a_term_is_unknown(file, said):
    head = [["STT", "Nội dung", "Tổng", "ĐT", "SN", "Tỷ lệ"], ["A", "B", "1=2+3", 2, 3, "4=3/2"]]
    lines = [[1, "Xã A", 100, 100, said, 0], [2, "Xã B", 30, 10, 20, 200], [3, "Xã C", 40, 20, 20, 100]]
    table = only_table(read(file, Page([*HEAD[:2], *head, *lines])))
    assert verdicts(table, "C5", "sum_of_columns") == ["cannot_tell"]
    assert verdicts(table, "F5", "rate") == ["cannot_tell"]
    assert verdicts(table, "C6", "sum_of_columns") == ["holds"]


def test_a_balance_of_approximate_blocks_is_left_open(file):
    rows = [["BIỂU ĐIỀU CHỈNH VÍ DỤ"], [None, None, "ĐVT: triệu đồng"], ["STT", "Nội dung", "Số điều chỉnh"],
            ["A", "GIẢM", "ước 100"], [1, "Dự án 1", 100], ["B", "TĂNG", 110], [1, "Dự án 2", 110]]  # fmt: skip
    assert the_check(only_table(read(file, Page(rows))), "C4", "balance").verdict == "cannot_tell"
