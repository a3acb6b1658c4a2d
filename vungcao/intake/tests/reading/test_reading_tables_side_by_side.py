"""Two tables beside each other are two, whatever tells them apart; spacer columns do not split one."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, only_sheet, read, verdicts

LEFT = [["Xã", "Kế hoạch", "Giải ngân"], ["Ví Dụ Một", 100, 50], ["Ví Dụ Hai", 200, 60], ["Tổng cộng", 300, 110]]
RIGHT = [["Đơn vị", "Kế hoạch", "Giải ngân"], ["Sở Ví dụ A", 10, 5], ["Sở Ví dụ B", 20, 7], ["Tổng cộng", 45, 12]]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def beside(left, right, *, lower=0, gap=1):
    """Two blocks of rows beside each other, the right one so many rows lower."""
    width = max(len(row) for row in left)
    rows = []
    for at in range(max(len(left), len(right) + lower)):
        own = left[at] if at < len(left) else []
        other = right[at - lower] if 0 <= at - lower < len(right) else []
        rows.append([*own, *[None] * (width - len(own) + gap), *other])
    return rows


def test_without_stt_a_blank_column_and_labels_behind_it_make_a_second_table(file):
    sheet = only_sheet(read(file, Page(beside(LEFT, RIGHT))))
    one, other = sheet.tables
    assert (one.range, other.range) == ("A1:C4", "E1:G4")
    assert [row.label for row in other.rows] == ["Sở Ví dụ A", "Sở Ví dụ B", "Tổng cộng"]
    assert {column.col: column.kind for column in other.columns} == {"E": "label", "F": "money", "G": "money"}
    assert verdicts(one, "B4", "sum_of_rows") == ["holds"] and verdicts(other, "F4", "sum_of_rows") == ["fails"]
    assert sheet.said == () and sheet.left_out == ()


def test_each_table_keeps_its_own_title_and_unit(file):
    left = [["KẾ HOẠCH CỦA XÃ"], ["ĐVT: triệu đồng"], *LEFT]
    right = [["KẾ HOẠCH CỦA SỞ"], ["ĐVT: nghìn đồng"], *RIGHT]
    sheet = only_sheet(read(file, Page(beside(left, right))))
    assert [(one.title, one.unit.dong) for one in sheet.tables] == [
        ("KẾ HOẠCH CỦA XÃ", 1_000_000), ("KẾ HOẠCH CỦA SỞ", 1_000),
    ]  # fmt: skip
    assert [warned.code for warned in sheet.warnings] == []


def test_a_title_and_unit_over_both_are_those_of_both(file):
    rows = [["BIỂU CHUNG (VÍ DỤ)"], [None, None, None, None, None, "ĐVT: triệu đồng"], *beside(LEFT, RIGHT)]
    sheet = only_sheet(read(file, Page(rows)))
    assert [one.title for one in sheet.tables] == ["BIỂU CHUNG (VÍ DỤ)"] * 2
    assert [one.unit.dong for one in sheet.tables] == [1_000_000] * 2


@pytest.mark.parametrize("lower", [1, 2, 3])
def test_a_table_that_begins_lower_beside_another_is_found(file, lower):
    sheet = only_sheet(read(file, Page(beside(LEFT, RIGHT, lower=lower))))
    assert [one.range for one in sheet.tables] == ["A1:C4", f"E{1 + lower}:G{4 + lower}"]


def test_a_table_with_stt_beside_one_without_is_found(file):
    right = [["STT", *RIGHT[0]], *[[at + 1, *row] for at, row in enumerate(RIGHT[1:3])], [None, "Tổng cộng", 30, 12]]
    sheet = only_sheet(read(file, Page(beside(LEFT, right))))
    assert [one.range for one in sheet.tables] == ["A1:C4", "E1:H4"]


def test_a_list_printed_in_two_blocks_without_a_blank_column_is_two_tables(file):
    right = [[LEFT[0][0], *RIGHT[0][1:]], *RIGHT[1:]]
    sheet = only_sheet(read(file, Page(beside(LEFT, right, gap=0))))
    assert [one.range for one in sheet.tables] == ["A1:C4", "D1:F4"]


def test_a_spacer_column_before_texts_and_figures_splits_nothing(file):
    rows = [["STT", "Xã", "Số hộ", None, "Địa điểm", "Vốn"], [1, "Ví Dụ Một", 10, None, "Xóm A", 50],
            [2, "Ví Dụ Hai", 20, None, "Xóm B", 60]]  # fmt: skip
    (table,) = only_sheet(read(file, Page(rows))).tables
    assert [column.col for column in table.columns] == ["A", "B", "C", "E", "F"]


def test_husband_and_wife_under_groups_of_their_own_are_one_table(file):
    rows = [["Chồng", None, "Vợ", None], ["Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh"],
            ["Ví Dụ A", 2001, "Ví Dụ B", 2003], ["Ví Dụ C", 2002, "Ví Dụ D", 2004]]  # fmt: skip
    assert len(only_sheet(read(file, Page(rows, merges=["A1:B1", "C1:D1"]))).tables) == 1


def test_three_tables_beside_each_other_with_heads_of_unlike_depth_are_three(file):
    deep = [
        ["STT", "Nội dung", "Vốn", None],
        [None, None, "ĐT", "SN"],
        [1, "Dự án Ví Dụ", 7, 8],
        [2, "Dự án khác", 9, 1],
    ]
    merges = ["I1:J1", "G1:G2", "H1:H2"]
    far = [["Xã", "Số hộ"], ["Ví Dụ Ba", 4], ["Ví Dụ Bốn", 5]]
    rows = beside(beside(beside(LEFT, [], gap=0), deep, gap=3), far)
    sheet = only_sheet(read(file, Page(rows, merges=merges)))
    assert [one.range for one in sheet.tables] == ["A1:C4", "G1:J4", "L1:M3"]


def test_very_many_blank_columns_end_soon(file):
    head = ["Xã", *[text for at in range(120) for text in (None, f"Cột {at}")]]
    lines = [[f"Xã {row}", *[one for at in range(120) for one in (None, at)]] for row in range(30)]
    (table,) = only_sheet(read(file, Page([head, *lines]))).tables
    assert len(table.rows) == 30


def test_a_unit_over_the_left_table_is_not_taken_for_the_right_one(file):
    left = [["KẾ HOẠCH CỦA XÃ"], ["ĐVT: triệu đồng"], *LEFT]
    sheet = only_sheet(read(file, Page(beside(left, [["KẾ HOẠCH CỦA SỞ"], [], *RIGHT]))))
    assert [one.unit.dong for one in sheet.tables] == [1_000_000, None]
    assert ("unit.missing", "E3") in {(one.code, one.cell) for one in sheet.warnings}


def test_a_unit_over_the_right_table_under_its_own_title_is_not_the_left_ones(file):
    left = [["KẾ HOẠCH CỦA XÃ"], [], *LEFT]
    right = [["KẾ HOẠCH CỦA SỞ"], [None, "ĐVT: đồng"], *RIGHT]
    sheet = only_sheet(read(file, Page(beside(left, right, lower=1), merges=["A1:C1", "E2:G2"])))
    assert [(one.title, one.unit.dong) for one in sheet.tables] == [
        ("KẾ HOẠCH CỦA XÃ", None), ("KẾ HOẠCH CỦA SỞ", 1),
    ]  # fmt: skip
