from __future__ import annotations

import dataclasses
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from vungcao.reports.paper import Annex, Cell, SourceLine, TableRow, write_xlsx
from vungcao.reports.paper.excel import SOURCES_SHEET, sheet_names
from vungcao.reports.paper.live_sums import children_of, formulas

from .cast import MILLION, money, paper, sample, table

SOURCES = (
    SourceLine("spent", "Giải ngân", "1.200", "bieu_01 (ví dụ).xlsx", "BM01", "F8"),
    SourceLine("x9", "=1+1", "0", "không có ở biểu nào"),
)


def written(what: Any = None, sources: Any = SOURCES) -> tuple[Any, Any, list[Any]]:
    """(formulas, cached values, what did not hold)."""
    stream = BytesIO()
    unsummed = write_xlsx(what or paper(), stream, sources)
    return openpyxl.load_workbook(stream), openpyxl.load_workbook(stream, data_only=True), unsummed


def test_totals_and_rates_are_formulas_with_their_values_cached() -> None:
    live, cached, unsummed = written()
    sheet, values = live["Phụ lục I"], cached["Phụ lục I"]
    assert [sheet.cell(11, column).value for column in (2, 3, 4, 5)] == [
        "TỔNG CỘNG", "=SUM(C12)", "=SUM(D12)", "=ROUND(D11/C11*100,1)",
    ]  # fmt: skip
    assert sheet["C12"].value == "=SUM(C13:C15)"
    assert [values.cell(11, column).value for column in (3, 4, 5)] == [3000, 1200, 40]
    assert unsummed == []


def test_a_missing_value_is_an_empty_cell_not_zero() -> None:
    live, _, _ = written()
    assert live["Phụ lục I"]["D15"].value is None and live["Phụ lục I"]["E15"].value is None


def test_a_stated_total_that_does_not_sum_stays_as_stated_and_is_listed() -> None:
    total = TableRow("total", (Cell(""), Cell("TỔNG CỘNG"), money(3_000 * MILLION), money(1_300 * MILLION), Cell(None)))
    one = Annex("", "BIỂU", dataclasses.replace(table(), rows=(total, *table().rows[1:])))
    live, _, unsummed = written([one])
    assert live["Phụ lục"]["D8"].value == 1300
    assert [(u.cell, u.stated, u.computed, u.formula) for u in unsummed] == [("D8", "1300", "1200", "=SUM(D9)")]
    said = [cell.value for row in live[SOURCES_SHEET].iter_rows() for cell in row if cell.value]
    assert any("báo cáo 1300, tính lại 1200 (SUM(D9))" in str(text) for text in said)


def row(kind: Any, dong: int, level: int | None = None) -> TableRow:
    return TableRow(kind, (money(dong * MILLION),), level)


@pytest.mark.parametrize(
    ("rows", "index", "children"),
    [
        ([row("total", 3), row("item", 1), row("item", 2)], 0, [1, 2]),
        ([row("total", 3), row("section", 1), row("item", 1), row("section", 2), row("item", 2)], 0, [1, 3]),
        ([row("section", 3), row("item", 3), row("item", 1, 3), row("item", 2, 3)], 0, [1]),
        ([row("item", 1), row("item", 2), row("total", 3)], 2, [0, 1]),
        ([row("section", 0), row("section", 1), row("item", 1)], 0, []),
    ],
)
def test_each_row_is_summed_once(rows: list[TableRow], index: int, children: list[int]) -> None:
    assert children_of(rows, index) == children


def test_claims_of_the_number_row_become_formulas_of_the_row() -> None:
    annex = sample()[0].annexes[0]
    found = formulas(annex.table, 10)
    said = {annex.table.number_row[column]: one.text for (index, column), one in found.items() if index == 1}
    assert said == {
        "3=4+5": "=D12+E12",
        "6=7+8": "=G12+H12",
        "9=3-6": "=C12-F12",
        "10=6/3": "=ROUND(F12/C12*100,1)",
        "12=10-11": "=ROUND(J12-K12,1)",
    }
    assert all(one.holds for one in found.values())


def test_the_sheet_is_set_up_for_print_and_reading() -> None:
    live, _, _ = written()
    sheet = live["Phụ lục I"]
    assert sheet.freeze_panes == "C11"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$8:$10"
    assert live["Phụ lục II"].page_setup.paperSize == 8
    assert sheet["C12"].number_format == "[$-42A]#,##0" and sheet["E12"].number_format == "[$-42A]#,##0.0"


def test_the_top_names_issuer_paper_unit_and_example() -> None:
    sheet = written()[0]["Phụ lục I"]
    said = [str(cell.value) for line in sheet.iter_rows(max_row=7) for cell in line if cell.value]
    assert said[0] == "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG" and "BAN DÂN TỘC" in said and "VÍ DỤ" in said
    assert "Đơn vị tính: triệu đồng" in said and any(text.startswith("(Kèm theo Báo cáo số") for text in said)


def test_the_sheet_of_sources_links_each_figure_and_writes_text_as_text() -> None:
    sheet = written()[0][SOURCES_SHEET]
    assert [sheet.cell(4, column).value for column in range(1, 9)] == [
        1, "spent", "Giải ngân", "1.200", "Phụ lục I!D11", "bieu_01 (ví dụ).xlsx", "BM01", "F8",
    ]  # fmt: skip
    assert sheet["E4"].hyperlink.location == "'Phụ lục I'!D11"
    assert sheet["C5"].value == "=1+1" and sheet["C5"].data_type == "s"


def test_names_of_sheets_are_distinct_and_allowed() -> None:
    names = sheet_names([Annex("I/II", "A", table()), Annex("i:ii", "B", table()), Annex("x" * 40, "C", table())])
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_same_annexes_are_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    write_xlsx(paper(), first, SOURCES)
    write_xlsx(paper(), second, SOURCES)
    assert first.getvalue() == second.getvalue()
