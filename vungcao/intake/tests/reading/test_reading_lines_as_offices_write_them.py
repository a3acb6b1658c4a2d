"""Marks, labels and totals as officers put them: shared labels, parts in the midst of numbers, sums on the side."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.reading.layouts import Page, failing, only_sheet, only_table, read, verdicts

TITLE = [["BIỂU VÍ DỤ"], ["ĐVT: triệu đồng"]]
HEAD = ["STT", "Nội dung", "Kế hoạch"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


def table_of(file, *rows, merges=(), head=HEAD):
    return only_table(read(file, Page([*TITLE, head, *[list(row) for row in rows]], merges=list(merges))))


def lines(table):
    return {row.row: (row.kind, row.parent) for row in table.rows}


def test_numbered_lines_after_the_sources_of_a_section_are_its_children_and_no_parts_of_the_last_source(file):
    table = table_of(file, [None, "Tổng cộng", 60], ["I", "Dự án 1", 60], [None, "Trong đó:"], ["-", "NSTW", 55],
                     ["+", "Trong nước", 50], ["+", "Ngoài nước", 5], ["-", "NSĐP", 5], [1, "Tiểu dự án 1", 40],
                     [None, "Trong đó: NSTW", 38], [2, "Tiểu dự án 2", 20])  # fmt: skip
    assert lines(table) == {
        4: ("total", None), 5: ("section", None), 6: ("of_which", 5), 7: ("of_which", 5), 8: ("of_which", 7),
        9: ("of_which", 7), 10: ("of_which", 5), 11: ("item", 5), 12: ("of_which", 11), 13: ("item", 5),
    }  # fmt: skip
    assert failing(table) == set()
    assert verdicts(table, "C5", "sum_of_rows") == ["holds"]


HEAD_OF_TWO = ["STT", "Dự án", "Xã", "Vốn"]
GROUPED = [[None, "Tổng cộng", None, 150], [1, "Dự án 1", "Xã Một", 10], [None, None, "Xã Hai", 50],
           [2, "Dự án 2", "Xã Một", 40], [None, None, "Xã Hai", 50]]  # fmt: skip


@pytest.mark.parametrize("merges", [["A5:A6", "B5:B6", "A7:A8", "B7:B8"], []], ids=["merged", "left blank"])
def test_a_label_said_once_stands_for_the_lines_under_it(file, merges):
    table = table_of(file, *GROUPED, merges=merges, head=HEAD_OF_TWO)
    assert [(row.mark, row.label, row.parent) for row in table.rows[1:]] == [
        ("1", "Dự án 1", None), ("1", "Dự án 1", None), ("2", "Dự án 2", None), ("2", "Dự án 2", None),
    ]  # fmt: skip
    assert verdicts(table, "D4", "sum_of_rows") == ["holds"]


def test_a_sum_said_in_the_second_column_of_labels_is_not_added_beside_its_lines(file):
    rows = [[None, "Tổng cộng", None, 150], [1, "Dự án 1", "Cộng", 60], [None, None, "Xã Một", 10],
            [None, None, "Xã Hai", 51], [2, "Dự án 2", "Cộng", 90], [None, None, "Xã Một", 40],
            [None, None, "Xã Hai", 60]]  # fmt: skip
    table = table_of(file, *rows, merges=["A5:A7", "B5:B7", "A8:A10", "B8:B10"], head=HEAD_OF_TWO)
    assert verdicts(table, "D4", "sum_of_rows") == ["holds"]
    assert failing(table) == {("sum_of_rows", "D8")}


def test_a_heading_that_begins_as_the_one_before_opens_a_group_though_numbers_go_on(file):
    table = table_of(file, [None, "TỔNG SỐ", 100], [None, "Huyện A", 30], [1, "Xã Một", 10], [2, "Xã Hai", 20],
                     [None, "Huyện B", 70], [3, "Xã Ba", 30], [4, "Xã Bốn", 40])  # fmt: skip
    assert lines(table) == {
        4: ("total", None), 5: ("section", None), 6: ("item", 5), 7: ("item", 5), 8: ("section", None), 9: ("item", 8),
        10: ("item", 8),
    }  # fmt: skip
    assert [verdicts(table, cell, "sum_of_rows") for cell in ("C4", "C5", "C8")] == [["holds"]] * 3


def test_a_total_said_at_both_ends_is_tried_at_both(file):
    table = table_of(file, [None, "Tổng cộng", 300], [1, "Xã Một", 100], [2, "Xã Hai", 200], [None, "Cộng", 310])
    assert lines(table)[7] == ("total", None)
    assert failing(table) == {("sum_of_rows", "C7")}


def test_a_total_that_bears_the_mark_after_those_it_adds_is_no_section(file):
    table = table_of(file, ["A", "Trung ương", 100], ["I", "Dự án 1", 60], ["II", "Dự án 2", 40], ["B", "Tỉnh", 50],
                     ["C", "TỔNG CỘNG (A+B)", 160])  # fmt: skip
    assert lines(table)[8] == ("total", None)
    assert failing(table) == {("sum_of_rows", "C8")}


def test_codes_before_the_names_are_no_labels_and_the_total_under_them_is_one(file):
    table = table_of(file, ["1012345", "UBND xã Một", 100], ["1012346", "UBND xã Hai", 200], ["Tổng cộng", None, 300],
                     head=["Mã QHNS", "Tên đơn vị", "Dự toán"])  # fmt: skip
    assert [(column.col, column.kind) for column in table.columns] == [("A", "text"), ("B", "label"), ("C", "money")]
    assert [(row.kind, row.label) for row in table.rows][-1] == ("total", "Tổng cộng")
    assert verdicts(table, "C6", "sum_of_rows") == ["holds"]


@pytest.mark.parametrize("gap", [[[]], []], ids=["below a blank row", "directly below"])
def test_sums_somebody_made_below_the_total_are_not_lines_of_the_table(file, gap):
    rows = [[1, "Xã Một", 10], [2, "Xã Hai", 20], [None, "Cộng", 30], *gap, [None, None, 5], [None, None, 25]]
    page = Page([*TITLE, HEAD, *rows])
    table = only_table(read(file, page))
    assert table.range == "A3:C6"
    assert failing(table) == set()
    assert [left.why for left in only_sheet(read(file, page)).left_out][-2:] == ["other", "other"]


def test_a_unit_in_brackets_at_the_end_of_a_title_is_the_tables(file):
    rows = [["I. TÌNH HÌNH GIAO VỐN (triệu đồng)"], HEAD, [1, "Xã Một", 10], [2, "Xã Hai", 20]]
    table = only_table(read(file, Page(rows)))
    assert (table.unit.said, table.unit.dong) == ("triệu đồng", 1_000_000)


def test_a_title_that_names_the_unit_is_still_the_title_and_signatures_between_tables_are_signatures(file):
    first = [["BIỂU 1: GIẢI NGÂN (ĐVT: triệu đồng)"], HEAD, [1, "Xã Một", 10], [2, "Xã Hai", 20]]
    signed = [["NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"], ["(Ký, ghi rõ họ tên)"], []]
    second = [["BIỂU 2: HỘ NGHÈO (Đơn vị tính: hộ)"], [*HEAD[:2], "Số hộ"], [1, "Xã Một", 5], [2, "Xã Hai", 6]]
    sheet = only_sheet(read(file, Page([*first, *signed, *second])))
    assert [(table.title, table.unit.said) for table in sheet.tables] == [
        ("BIỂU 1: GIẢI NGÂN (ĐVT: triệu đồng)", "triệu đồng"), ("BIỂU 2: HỘ NGHÈO (Đơn vị tính: hộ)", "hộ"),
    ]  # fmt: skip
    assert [left.why for left in sheet.left_out if left.row in (5, 6)] == ["signature", "signature"]


HEAD_OF_DISTRICTS = ["STT", "Huyện", "Xã", "Số hộ"]


def test_communes_named_in_a_second_column_are_those_of_the_district_above_and_add_up_to_it(file):
    rows = [[None, "TỔNG SỐ", None, 101], [1, "Huyện A", None, 30], [None, None, "Xã Một", 10],
            [None, None, "Xã Hai", 20], [2, "Huyện B", None, 71], [None, None, "Xã Ba", 30],
            [None, None, "Xã Bốn", 40]]  # fmt: skip
    table = only_table(read(file, Page([["BIỂU VÍ DỤ"], ["ĐVT: hộ"], HEAD_OF_DISTRICTS, *rows])))
    assert [(row.label, row.parent) for row in table.rows[2:4]] == [("Xã Một", 5), ("Xã Hai", 5)]
    assert failing(table) == {("sum_of_rows", "D8")}


def test_a_sum_that_closes_a_district_in_the_second_column_is_tried(file):
    rows = [["Huyện A", "Xã Một", 10], [None, "Xã Hai", 20], [None, "Cộng", 30], ["Huyện B", "Xã Ba", 30],
            [None, "Xã Bốn", 40], [None, "Cộng", 77], ["Tổng cộng", None, 107]]  # fmt: skip
    table = only_table(read(file, Page([["BIỂU VÍ DỤ"], ["ĐVT: hộ"], HEAD_OF_DISTRICTS[1:], *rows])))
    assert failing(table) == {("sum_of_rows", "C9")}
    assert verdicts(table, "C10", "sum_of_rows") == ["holds"]


def test_a_table_written_on_at_its_right_is_told_and_its_total_is_left_open(file):
    rows = [[*HEAD, *HEAD], [1, "Xã Một", 10, 4, "Xã Bốn", 40], [2, "Xã Hai", 20, 5, "Xã Năm", 50],
            [3, "Xã Ba", 30, None, "Tổng cộng", 150]]  # fmt: skip
    sheet = only_sheet(read(file, Page([*TITLE, *rows])))
    left, right = sheet.tables
    assert verdicts(right, "F6", "sum_of_rows") == ["cannot_tell"]
    assert [warned.code for warned in sheet.warnings] == ["table.goes_on", "table.goes_on"]
    assert failing(left) == set()
