"""Assignment and disbursement workbooks as an office makes them, right and with faults put in one at a time."""

import json
from datetime import date
from decimal import Decimal

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


@pytest.mark.parametrize("col", ["C", "G"])
def test_numbers_typed_as_text_are_the_same_numbers(file, col):
    plain = only_table(read(file, layouts.plan_by_component()))
    typed = only_table(read(file, layouts.plan_by_component().as_text_numbers(col, 10)))
    for one, other in zip(plain.rows, typed.rows, strict=True):
        assert one.values[col].value == other.values[col].value
        assert other.values[col].kind == "text_number"
    assert failing(typed) == set()


def test_a_column_in_the_other_style_is_known_by_its_neighbours(file):
    page = layouts.disbursement().as_text_numbers("E", 11, say=lambda value: f"{value:,}.0")
    page = page.put("E14", "400").put("E11", "900.0")
    table = only_table(read(file, page))
    assert [row.values["E"].value for row in table.rows] == [900, 200, 300, 400]
    english = layouts.plan_by_component().as_text_numbers("C", 10, say=lambda value: f"{value:,}")
    english = english.put("C10", "7,920.0")
    assert [row.values["C"].value for row in only_table(read(file, english)).rows][:2] == [7920, 3850]


def test_nothing_missing_and_nil_are_kept_apart(file):
    page = layouts.disbursement().put("C12", "-").put("D13", "không phát sinh").put("C14", None).put("D11", 20)
    row = {number: only_table(read(file, page)).row(number) for number in (12, 13, 14)}
    assert row[12].values["C"].kind == "not_applicable"
    assert row[13].values["D"].kind == "nil"
    assert row[14].values["C"].kind == "empty"
    assert row[14].values["C"].value is None
    assert row[12].values["D"].value == 5


def test_errors_and_words_among_figures_are_said_with_their_cells(file):
    page = layouts.disbursement().put("E12", "#REF!").put("E13", "chưa có số liệu")
    sheet = only_sheet(read(file, page))
    table = sheet.tables[0]
    assert table.row(12).values["E"].kind == "error"
    assert table.row(13).values["E"].kind == "text"
    assert {(w.code, w.cell) for w in sheet.warnings} == {("number.error", "E12"), ("number.not_read", "E13")}
    assert verdicts(table, "E11", "sum_of_rows") == ["cannot_tell"]
    assert verdicts(table, "G12", "sum_of_columns") == ["cannot_tell"]


def test_percentages_are_taken_as_printed(file):
    page = layouts.disbursement()
    for number in range(11, 15):
        page = page.put(f"L{number}", page.rows[number - 1][11] / 100)
    page.formats["L"] = "0.0%"
    table = only_table(read(file, page))
    assert table.row(11).values["L"].as_json() == {"said": "62,5%", "value": "62.5", "kind": "percent"}
    assert failing(table) == set()


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


def test_approximate_figures_keep_their_word_and_are_not_judged(file):
    page = layouts.disbursement().put("C12", "gần 12").put("C11", 31)
    table = only_table(read(file, page))
    value = table.row(12).values["C"]
    assert (value.said, value.value, value.kind) == ("gần 12", Decimal(12), "approximate")
    assert verdicts(table, "C11", "sum_of_rows") in (["cannot_tell"], ["rounding"])


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
