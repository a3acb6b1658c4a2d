"""A failing sum names what its figures point at, and corrects nothing."""

from decimal import Decimal

import pytest

from vungcao.intake.tests.reading.layouts import Page, only_table, read

ROWS = [["STT", "Nội dung", "Kinh phí"], [None, "Tổng cộng", 1515], [1, "Xã Ví Dụ Một", 123], [2, "Xã Ví Dụ Hai", 456],
        [3, "Xã Ví Dụ Ba", 936]]  # fmt: skip
PAGE = Page([["BIỂU VÍ DỤ"], [None, None, "ĐVT: triệu đồng"], *ROWS])


@pytest.mark.parametrize(
    ("cell", "said", "what", "at", "value"),
    [
        ("C4", 1551, "digits_swapped", "C4", 1515),
        ("C6", 465, "digits_swapped", "C6", 456),
        ("C6", -456, "sign", "C6", 456),
        ("C7", 936_000, "unit", "C7", 936),
        ("C4", 1638, "counted_twice", "C5", 123),
        ("C4", 1059, "missing_row", "C6", 456),
    ],
)
def test_the_slip_is_named_and_the_figure_left_as_it_is(tmp_path, cell, said, what, at, value):
    table = only_table(read(tmp_path / "sai.xlsx", PAGE.put(cell, said)))
    (check,) = [check for check in table.checks if check.verdict == "fails"]
    assert (what, at, Decimal(value)) in [(one.what, one.cell, one.value) for one in check.candidates]
    assert table.row(int(cell[1:])).values["C"].value == said


def test_a_sum_that_is_simply_wrong_points_at_nothing(tmp_path):
    table = only_table(read(tmp_path / "sai.xlsx", PAGE.put("C4", 1590)))
    (check,) = [check for check in table.checks if check.verdict == "fails"]
    assert check.candidates == ()
    assert check.as_json()["candidates"] == []


def test_a_column_taken_away_with_the_wrong_sign_is_pointed_at(tmp_path):
    rows = [["STT", "Nội dung", "Kế hoạch", "Giải ngân", "Còn lại"], ["A", "B", 1, 2, "3=1-2"],
            [1, "Xã Ví Dụ Một", 100, 40, 60], [2, "Xã Ví Dụ Hai", 80, -30, 50]]  # fmt: skip
    table = only_table(read(tmp_path / "dau.xlsx", Page([["BIỂU VÍ DỤ"], [None, "ĐVT: triệu đồng"], *rows])))
    (check,) = [check for check in table.checks if check.verdict == "fails"]
    assert [(one.what, one.cell, one.value) for one in check.candidates] == [("sign", "D6", Decimal(30))]
