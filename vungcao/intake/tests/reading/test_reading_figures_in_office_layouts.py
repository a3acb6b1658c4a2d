"""Figures of an office's tables: typed as text, in the other style, missing, in error, approximate."""

from decimal import Decimal

import pytest

from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import failing, only_sheet, only_table, read, verdicts


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


def test_approximate_figures_keep_their_word_and_are_not_judged(file):
    page = layouts.disbursement().put("C12", "gần 12").put("C11", 31)
    table = only_table(read(file, page))
    value = table.row(12).values["C"]
    assert (value.said, value.value, value.kind) == ("gần 12", Decimal(12), "approximate")
    assert verdicts(table, "C11", "sum_of_rows") in (["cannot_tell"], ["rounding"])
