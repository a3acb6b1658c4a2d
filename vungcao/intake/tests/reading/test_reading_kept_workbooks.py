"""Each kept workbook, named for its difficulty, reads as the expectation written beside it says."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from vungcao.intake.reading import read_workbook

FOLDER = Path(__file__).parents[1] / "workbooks" / "reading" / "kept"
EXPECTED = sorted(FOLDER.glob("*.expected.json"))


def workbook_of(expected):
    (path,) = (path for path in FOLDER.glob(f"{expected.name.removesuffix('.expected.json')}.*") if path != expected)
    return path


def as_said(row):
    return f"{row.kind} {(row.mark or '-').rstrip('.')} {row.parent or '-'} {row.label}"


def worth(value):
    if isinstance(value.value, Decimal):
        return format(value.value.normalize(), "f")
    return value.value.isoformat() if isinstance(value.value, date) else f"!{value.kind}"


def test_there_are_at_least_thirty_and_some_saved_by_another_program():
    kept = [workbook_of(expected) for expected in EXPECTED]
    assert len(kept) >= 30
    assert {path.suffix for path in kept} == {".xlsx", ".xls", ".ods"}


@pytest.mark.parametrize("path", EXPECTED, ids=[path.name.removesuffix(".expected.json") for path in EXPECTED])
def test_a_kept_workbook_reads_as_written_down(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    (sheet,) = read_workbook(workbook_of(path)).sheets
    table = sheet.tables[0]
    assert (len(sheet.tables), table.range) == (truth["tables"], truth["range"])
    assert ([table.header.first, table.header.last], table.unit.dong) == (truth["head"], truth["dong"])
    assert {str(row.row): as_said(row) for row in table.rows} == truth["lines"]
    values = {f"{col}{row.row}": worth(value) for row in table.rows for col, value in row.values.items()}
    wanted = {cell: said for cell, said in truth["values"].items() if said is not None}
    assert {cell: values.get(cell) for cell in wanted} == wanted
    checks = [check for one in sheet.tables for check in one.checks]
    assert sorted({check.cell for check in checks if check.verdict == "fails"}) == truth["fails"]
    held = {check.cell for check in checks} - {c.cell for c in checks if c.verdict not in ("holds", "rounding")}
    assert set(truth["hold"]) <= held
    assert sorted(f"{warned.code} {warned.cell}".strip() for warned in sheet.warnings) == truth["warned"]
