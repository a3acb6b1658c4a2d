"""What is hidden, part of something or a breakdown is read, and added to nothing."""

import pytest

from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import Page, failing, only_sheet, only_table, read, the_check, verdicts


@pytest.fixture
def file(tmp_path):
    return tmp_path / "vi-du.xlsx"


ALL = {
    "plan by component, total first": layouts.plan_by_component(),
    "plan by component, total last": layouts.plan_by_component(total_first=False),
    "plan by unit": layouts.plan_by_unit(),
    "disbursement by component": layouts.disbursement(),
    "disbursement by unit": layouts.disbursement(by_unit=True),
}


def test_hidden_rows_are_read_but_not_added(file):
    page = layouts.plan_by_unit()
    page.hidden_rows = [14]
    sheet = only_sheet(read(file, page))
    table = sheet.tables[0]
    assert table.row(14).hidden
    assert table.row(14).values["H"].value == 100
    assert ("hidden.rows", "14:14") in {(w.code, w.cell) for w in sheet.warnings}
    assert the_check(table, "H12", "sum_of_rows").terms == ("H13",)
    assert verdicts(table, "H12", "sum_of_rows") == ["cannot_tell"]
    assert ("hidden.counted_in_total", "H12") in {(w.code, w.cell) for w in sheet.warnings}


def test_hidden_columns_and_sheets_are_said_to_be_hidden(file):
    page = layouts.disbursement()
    page.hidden_cols = ["D"]
    old = layouts.plan_by_unit()
    old.name, old.hidden = "cũ", True
    reading = read(file, page, old)
    assert [sheet.hidden for sheet in reading.sheets] == [False, True]
    assert reading.sheets[0].tables[0].column("D").hidden
    assert ("hidden.columns", "D:D") in {(w.code, w.cell) for w in reading.sheets[0].warnings}
    assert "hidden.sheet" in {w.code for w in reading.sheets[1].warnings}
    assert not any(check.cell.startswith("D") for check in reading.sheets[0].tables[0].checks)


def of_which_page() -> Page:
    return Page(
        [
            ["TÌNH HÌNH THỰC HIỆN VỐN (VÍ DỤ)"],
            ["ĐVT: triệu đồng"],
            ["TT", "Nội dung", "Kế hoạch", "Giải ngân"],
            [None, "Tổng cộng", 300, 120],
            [None, "Trong đó:"],
            [None, "- NSTW", 250, 100],
            [None, "- NSĐP", 50, 20],
            [1, "Dự án 1", 100, 50],
            [None, "Tr.đó: NSTW", 80, 40],
            [2, "Dự án 2", 200, 70],
            ["-", "Vốn đầu tư", 150, 50],
            ["-", "Vốn sự nghiệp", 50, 20],
        ]
    )


def test_parts_named_trong_do_are_never_added_to_the_total(file):
    table = only_table(read(file, of_which_page()))
    assert [(row.row, row.kind, row.parent) for row in table.rows] == [
        (4, "total", None),
        (5, "of_which", 4),
        (6, "of_which", 4),
        (7, "of_which", 4),
        (8, "item", None),
        (9, "of_which", 8),
        (10, "section", None),
        (11, "item", 10),
        (12, "item", 10),
    ]
    assert the_check(table, "C4", "sum_of_rows").terms == ("C8", "C10")
    assert the_check(table, "C4", "of_which").terms == ("C6", "C7")
    assert failing(table) == set()


def test_a_breakdown_by_source_before_the_numbered_lines_is_not_added_twice(file):
    page = Page(
        [
            ["ĐVT: triệu đồng"],
            ["STT", "Nội dung", "Kế hoạch"],
            [None, "TỔNG SỐ", 600],
            [None, "Vốn ĐTPT", 400],
            [None, "Vốn SN", 200],
            ["I", "Dự án 1", 300],
            [None, "Vốn ĐTPT", 200],
            [None, "Vốn SN", 100],
            [1, "Tiểu dự án 1", 300],
            [None, "Vốn ĐTPT", 200],
            [None, "Vốn SN", 100],
            ["II", "Dự án 2", 300],
            ["-", "NSTW", 200],
            ["-", "NSĐP", 100],
            [1, "Tiểu dự án 1", 300],
        ]
    )
    table = only_table(read(file, page))
    assert [(row.row, row.parent) for row in table.rows if row.kind == "of_which"] == [
        (4, 3), (5, 3), (7, 6), (8, 6), (13, 12), (14, 12),
    ]  # fmt: skip
    assert the_check(table, "C3", "sum_of_rows").terms == ("C6", "C12")
    assert {check.verdict for check in table.checks} == {"holds"}
    outside = page.put("B4", "Cấp tỉnh (ví dụ)").put("B5", "Dự phòng (ví dụ)").put("C3", 1200)
    assert verdicts(only_table(read(file, outside)), "C3", "sum_of_rows") == ["holds"]


def test_a_part_larger_than_its_whole_is_found(file):
    table = only_table(read(file, of_which_page().put("C9", 180)))
    assert failing(table) == {("of_which", "C8")}


TWO_PARTS = [["STT", "Nội dung", "Kế hoạch"], ["A", "Vốn kéo dài ví dụ", 60], ["I", "Dự án 1", 60]]
TWO_PARTS += [["B", "Vốn trong năm ví dụ", 100], ["I", "Dự án 1", 70], ["II", "Dự án 2", 30]]


@pytest.mark.parametrize("said", ["Cộng A+B", "Tổng A + B", "Cộng (A+B)"])
def test_a_total_that_names_its_sections_is_no_item_of_the_last_one(file, said):
    table = only_table(read(file, Page([*TWO_PARTS, [None, said, 161]])))
    assert (table.row(7).kind, table.row(7).parent) == ("total", None)
    assert the_check(table, "C7", "sum_of_rows").terms == ("C2", "C4")


def test_a_total_of_some_sections_is_neither_the_whole_nor_one_section(file):
    rows = [*TWO_PARTS, [None, "Cộng A+B", 160], ["C", "Vốn khác ví dụ", 40], [None, "Tổng cộng", 200]]
    table = only_table(read(file, Page(rows)))
    assert (table.row(7).kind, table.row(7).parent) == ("total", None)
    assert the_check(table, "C9", "sum_of_rows").terms == ("C2", "C4", "C8")
    assert failing(table) == set()


def test_a_hidden_line_that_a_total_counts_is_known_where_lines_have_units_of_their_own(file):
    rows = [["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch"], ["I", "Gieo trồng", "ha", 60], [1, "Lúa", "ha", 10],
            [2, "Ngô", "ha", 20], [3, "Sắn", "ha", 30], ["II", "Số hộ", "hộ", 7]]  # fmt: skip
    table = only_table(read(file, Page(rows, hidden_rows=[4])))
    assert failing(table) == set()
    assert "hidden.counted_in_total" in {
        one.code for one in only_sheet(read(file, Page(rows, hidden_rows=[4]))).warnings
    }
