"""Formulas without a kept result are worked out where they are plain; typed figures among formulas are found."""

from decimal import Decimal

import openpyxl
import pytest

from vungcao.intake.reading import read_workbook
from vungcao.intake.reading.formulas import CannotEvaluate, Evaluator
from vungcao.intake.reading.grid import Grid, TextCell, number_cell
from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import failing, only_sheet, read


def grid(**cells) -> Grid:
    from vungcao.intake.reading.grid import column_number

    made = Grid("S")
    for place, value in cells.items():
        col, row = column_number(place[0]), int(place[1:])
        if isinstance(value, str) and value.startswith("="):
            made.put(TextCell(row, col, value, value[1:]))
            made.uncached.add((row, col))
        elif isinstance(value, str):
            made.put(TextCell(row, col, value))
        else:
            made.put(number_cell(row, col, Decimal(value), format_code="General", formula=None))
    return made


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A1:A3)", 6),
        ("SUM(A1,A3)+1", 5),
        ("A1+A2*A3", 7),
        ("(A1+A2)*A3", 9),
        ("-A1+A2", 1),
        ("A3/A2", Decimal("1.5")),
        ("ROUND(A1/A3*100,1)", Decimal("33.3")),
        ("IF(A1=0,0,A3/A1)", 3),
        ("IF(B9=0,0,A3/B9)", 0),
        ("IFERROR(A1/B9,5)", 5),
        ("SUBTOTAL(9,A1:A3)", 6),
        ("A3*50%", Decimal("1.5")),
        ("SUM(A1:B3)", 6),
        ("B1+1", 7),
        ("MAX(A1:A3)-MIN(A1:A3)+ABS(-1)", 3),
    ],
)
def test_plain_formulas(formula, result):
    sheet = grid(A1=1, A2=2, A3=3, B1="=SUM(A1:A3)", B2="chữ")
    if formula == "SUM(A1:B3)":
        result = 12
    assert Evaluator(sheet).evaluate(formula) == result


@pytest.mark.parametrize("formula", ["VLOOKUP(A1,B:C,2,0)", "[1]Sheet1!A1", "A1/B9", "SUM(#REF!)", "C1", "Khác!A1"])
def test_what_is_not_plain_is_left_alone(formula):
    with pytest.raises((CannotEvaluate, ValueError)):
        Evaluator(grid(A1=1, C1="=C2", C2="=C1")).evaluate(formula)


def test_a_workbook_saved_without_results_is_read_by_its_formulas(tmp_path):
    path = tmp_path / "cong-thuc.xlsx"
    page = layouts.disbursement()
    for row in range(11, 15):
        page = page.put(f"G{row}", f"=SUM(C{row}:F{row})").put(f"K{row}", f"=G{row}-J{row}")
        page = page.put(f"L{row}", f"=IF(G{row}=0,0,J{row}/G{row})")
    page.formats["L"] = "0.0%"
    book = openpyxl.load_workbook(layouts.write(path, page))
    book.save(path)
    sheet = only_sheet(read_workbook(path))
    table = sheet.tables[0]
    assert [table.row(row).values["G"].value for row in range(11, 15)] == [1200, 300, 400, 500]
    assert table.row(11).values["G"].kind == "formula"
    assert table.row(11).values["L"].as_json() == {"said": "62,5%", "value": "62.5", "kind": "percent"}
    assert failing(table) == set()
    assert {w.code for w in sheet.warnings} == {"formula.evaluated"}


def test_a_figure_typed_over_a_formula_is_found(tmp_path):
    page = layouts.disbursement()
    for row in (11, 12, 14):
        page = page.put(f"K{row}", f"=G{row}-J{row}")
    page = page.put("K13", 230)
    sheet = only_sheet(read(tmp_path / "go-de.xlsx", page))
    assert ("formula.overtyped", "K13") in {(w.code, w.cell) for w in sheet.warnings}
    assert ("difference", "K13") in failing(sheet.tables[0])


def test_a_formula_beyond_us_has_no_value_and_is_said(tmp_path):
    page = layouts.disbursement().put("C12", "=VLOOKUP(B12,'[1]Nguồn'!A:B,2,0)")
    sheet = only_sheet(read(tmp_path / "lien-ket.xlsx", page))
    value = sheet.tables[0].row(12).values["C"]
    assert (value.kind, value.value) == ("formula", None)
    assert ("formula.no_value", "C12") in {(w.code, w.cell) for w in sheet.warnings}
