"""Assignment and disbursement workbooks as an office makes them, right and with faults put in one at a time."""

import json
from datetime import date

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


@pytest.mark.parametrize("name", ALL)
def test_a_right_workbook_raises_no_alarm(file, name):
    reading = read(file, ALL[name])
    table = only_table(reading)
    assert {check.verdict for check in table.checks} == {"holds"}
    assert len(table.checks) > 15
    assert only_sheet(reading).warnings == ()
    assert table.unit.dong == 1_000_000
    assert {left.why for left in only_sheet(reading).left_out} >= {
        "title",
        "unit",
        "column_numbers",
        "note",
        "signature",
    }


def test_lines_stand_under_their_sections_wherever_the_total_is(file):
    first = only_table(read(file, layouts.plan_by_component()))
    assert [(row.mark, row.kind, row.parent) for row in first.rows] == [
        (None, "total", None),
        ("I", "section", None),
        ("1", "item", 11),
        ("2", "item", 11),
        ("II", "section", None),
        ("1", "item", 14),
    ]
    last = only_table(read(file, layouts.plan_by_component(total_first=False)))
    assert [(row.kind, row.parent) for row in last.rows][-1] == ("total", None)
    assert the_check(first, "C10", "sum_of_rows").terms == ("C11", "C14")
    assert the_check(last, "C15", "sum_of_rows").terms == ("C10", "C13")


def test_heads_units_kinds_and_codes(file):
    table = only_table(read(file, layouts.plan_by_component()))
    assert (table.header.first, table.header.last, table.range) == (7, 9, "A7:L15")
    assert table.title == "GIAO KẾ HOẠCH VỐN NĂM 2022 THEO DỰ ÁN (VÍ DỤ)"
    assert table.column("F").path == ("Vốn đầu tư", "NSĐP đối ứng")
    assert [column.kind for column in table.columns] == ["mark", "label", *["money"] * 7, *["text"] * 3]
    assert table.row(12).values["J"].said == "0511"
    assert table.row(12).values["J"].kind == "text"
    assert table.row(12).values["C"].as_json() == {"said": "1.650", "value": "1650", "kind": "number"}


def test_text_outside_the_table_is_kept_for_profiles(file):
    sheet = only_sheet(read(file, layouts.disbursement()))
    said = {one.cell: one.text for one in sheet.said}
    assert said["A2"] == "BAN DÂN TỘC (VÍ DỤ)"
    assert said["A4"] == "(Số liệu đến ngày 15/11/2021)"
    assert "Ghi chú: số liệu ví dụ, không phải số thật." in said.values()
    assert not any(cell.startswith("B11") for cell in said)


def test_a_wrong_total_is_found_with_its_difference_and_terms(file):
    table = only_table(read(file, layouts.plan_by_component().put("E10", 6100)))
    check = the_check(table, "E10", "sum_of_rows")
    assert (check.verdict, check.printed, check.computed, check.difference) == ("fails", 6100, 6000, 100)
    assert check.terms == ("E11", "E14")
    assert failing(table) == {("sum_of_rows", "E10"), ("sum_of_columns", "D10")}


def test_a_wrong_section_sum_is_found_and_the_total_is_not_blamed_for_lines_below(file):
    table = only_table(read(file, layouts.plan_by_unit().put("E12", 190)))
    assert ("sum_of_rows", "E12") in failing(table)
    assert the_check(table, "E12", "sum_of_rows").terms == ("E13", "E14")
    assert the_check(table, "E15", "sum_of_rows").terms == ("E10", "E12")


def test_a_wrong_rate_and_a_wrong_remainder_are_found(file):
    table = only_table(read(file, layouts.disbursement().put("L12", 51.4).put("K13", 210)))
    assert failing(table) == {("rate", "L12"), ("difference", "K13"), ("sum_of_rows", "K11")}
    assert the_check(table, "L12", "rate").computed == 50


def test_a_claim_of_the_number_row_that_holds_nowhere_is_said(file):
    page = layouts.plan_by_component().put("C9", "3=4+8")
    sheet = only_sheet(read(file, page))
    assert {check.verdict for check in sheet.tables[0].checks if check.cell.startswith("C") and
            check.rule == "sum_of_columns"} == {"fails", "holds"}  # fmt: skip
    page = layouts.disbursement().put("G10", "7=3+4")
    sheet = only_sheet(read(file, page))
    assert ("claim.holds_nowhere", "G10") in {(w.code, w.cell) for w in sheet.warnings}


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("7=3+4+…+6", "CDEF"),
        ("7=3+...+6", "CDEF"),
        ("7=3+5+…+9", "CEGI"),
        ("(7)=(3)+(4)+(5)+(6)", "CDEF"),
    ],
)
def test_a_run_of_columns_in_the_number_row_is_written_out(file, said, terms):
    table = only_table(read(file, layouts.disbursement().put("G10", said)))
    assert the_check(table, "G12", "sum_of_columns").terms == tuple(f"{col}12" for col in terms)


def test_without_a_number_row_rates_remainders_and_totals_are_still_tried(file):
    page = layouts.disbursement()
    del page.rows[9]
    sheet = only_sheet(read(file, page.put("L11", 51.5).put("K12", 190)))
    assert failing(sheet.tables[0]) == {("rate", "L11"), ("difference", "K12"), ("sum_of_rows", "K10")}
    plan = layouts.plan_by_component()
    del plan.rows[8]
    table = only_table(read(file, plan.put("C9", 8000)))
    assert ("sum_of_columns", "C9") in failing(table)
    assert the_check(table, "C9", "sum_of_columns").terms == ("D9", "G9")


def test_a_column_that_only_sometimes_comes_out_claims_nothing(file):
    page = layouts.disbursement()
    del page.rows[9]
    page = page.put("L11", 75).put("L12", 12)
    assert not [check for check in only_table(read(file, page)).checks if check.rule == "rate"]


def test_a_formula_of_the_number_row_that_cannot_be_read_is_said(file):
    sheet = only_sheet(read(file, layouts.disbursement().put("L10", "12=10/theo QĐ")))
    assert [(w.code, w.cell) for w in sheet.warnings] == [("claim.not_read", "L10")]
    assert not [check for check in sheet.tables[0].checks if check.rule == "rate"]


def test_two_tables_on_a_sheet_are_two(file):
    page = layouts.plan_by_unit()
    page.rows = [
        *page.rows[:15],
        [],
        ["BIỂU KÈM THEO (VÍ DỤ)"],
        [None, None, "ĐVT: người"],
        ["STT", "Huyện", "Số người", "Ghi chú"],
        [1, "Huyện Ví Dụ Bắc", 12],
        [2, "Huyện Ví Dụ Nam", 8],
        [None, "Cộng", 21],
    ]
    sheet = only_sheet(read(file, page))
    assert [table.range for table in sheet.tables] == ["A7:H15", "A19:D22"]
    second = sheet.tables[1]
    assert (second.title, second.unit.said, second.unit.dong) == ("BIỂU KÈM THEO (VÍ DỤ)", "người", None)
    assert failing(second) == {("sum_of_rows", "C22")}
    assert failing(sheet.tables[0]) == set()


def test_a_head_without_stt_or_merged_cells_is_still_a_head(file):
    page = Page(
        [
            ["TỔNG HỢP (VÍ DỤ)"],
            ["Xã", "Tổng số hộ", "Hộ nghèo", None, "Ngày rà soát"],
            [None, None, "Số hộ", "Tỷ lệ %"],
            ["Xã Ví Dụ Một", 200, 50, "25,0", date(2021, 11, 15)],
            ["Xã Ví Dụ Hai", 100, 10, "10,0", date(2021, 11, 16)],
            ["Tổng cộng", 300, 60, "20,0"],
        ],
        formats={"E": "dd/mm/yyyy"},
    )
    table = only_table(read(file, page))
    assert (table.header.first, table.header.last) == (2, 3)
    assert [column.path for column in table.columns][2:4] == [("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ %")]
    assert [row.label for row in table.rows] == ["Xã Ví Dụ Một", "Xã Ví Dụ Hai", "Tổng cộng"]
    assert table.row(4).values["E"].value == date(2021, 11, 15)
    assert table.row(5).values["D"].value == 10
    assert failing(table) == set()


def test_rounding_is_told_from_a_wrong_sum(file):
    page = Page(
        [
            ["Đơn vị tính: tỷ đồng"],
            ["STT", "Nội dung", "Kế hoạch"],
            [None, "TỔNG CỘNG", 20.9],
            [1, "Dự án 1 (ví dụ)", 10.44],
            [2, "Dự án 2 (ví dụ)", 10.44],
        ]
    )
    assert verdicts(only_table(read(file, page)), "C3", "sum_of_rows") == ["fails"]
    page = page.put("C4", 10.4).put("C5", 10.4)
    assert verdicts(only_table(read(file, page)), "C3", "sum_of_rows") == ["rounding"]
    assert verdicts(only_table(read(file, page.put("C3", 21.9))), "C3", "sum_of_rows") == ["fails"]


def test_an_extract_does_not_have_to_add_up(file):
    page = layouts.disbursement().put("A3", "BIỂU GIẢI NGÂN (TRÍCH, VÍ DỤ)").put("C11", 500)
    assert verdicts(only_table(read(file, page)), "C11", "sum_of_rows") == ["cannot_tell"]


def test_a_balance_of_reductions_and_increases_is_tried(file):
    page = Page(
        [
            ["ĐIỀU CHỈNH KẾ HOẠCH VỐN (VÍ DỤ)"],
            ["ĐVT: triệu đồng"],
            ["STT", "Nội dung", "Số vốn"],
            ["A", "GIẢM", 100],
            [1, "Công trình ví dụ một", 60],
            [2, "Công trình ví dụ hai", 40],
            ["B", "TĂNG", 90],
            [1, "Công trình ví dụ ba", 90],
        ]
    )
    table = only_table(read(file, page))
    assert failing(table) == {("balance", "C4")}
    assert the_check(table, "C4", "balance").difference == 10


def test_the_json_has_the_agreed_shape(file):
    said = json.loads(json.dumps(read(file, layouts.plan_by_component()).as_json()))
    assert set(said) == {"file", "sha256", "sheets"}
    assert len(said["sha256"]) == 64
    sheet = said["sheets"][0]
    assert set(sheet) >= {"name", "hidden", "tables", "left_out", "warnings"}
    table = sheet["tables"][0]
    assert set(table) == {"range", "title", "unit", "header", "columns", "rows", "checks"}
    assert set(table["columns"][0]) >= {"col", "path", "unit", "kind"}
    assert set(table["rows"][0]) >= {"row", "mark", "label", "kind", "parent", "values"}
    assert set(table["checks"][0]) >= {"rule", "cell", "printed", "computed", "difference", "verdict", "terms"}
    assert table["unit"] == {"said": "triệu đồng", "dong": 1_000_000}
    assert {"row": 9, "why": "column_numbers"} in sheet["left_out"]
