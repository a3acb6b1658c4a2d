"""Who takes part with this house's own environment. ``python -m bench.intake.contestants NAME FILE`` measures one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bench.intake.making import CLASSES, CODES, COMMUNES, GROUPS, SOURCES
from bench.intake.measuring import measure

RULES = Path(__file__).with_name("ho_vi_du.yaml")
TABLE = (
    "CREATE TABLE ho_vi_du (stt int, code text UNIQUE, name text, id text, born date, sex text, people text, "
    "province text, commune text, hamlet text, size int, class text, component text, source text, plan numeric(18), "
    "paid numeric(18), paid_on date, decision text, note text, phone text)"
)
CODE, ID, COMPONENT = re.compile(r"VD\d{8}"), re.compile(r"\d{12}"), re.compile(r"DA\d+\.TDA\d+")
Result = dict[str, int]


def calamine(path: str) -> Result:
    """The floor: cells as Python objects, nothing else."""
    from python_calamine import CalamineWorkbook

    return {"rows": len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1}


def openpyxl(path: str) -> Result:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return {"rows": sum(1 for _ in book.active.iter_rows(values_only=True)) - 1}


def our_reader(path: str) -> Result:
    """``vungcao read``: heads, kinds, figures as printed, claims."""
    from vungcao.intake.reading import read_workbook

    return {"rows": sum(len(table.rows) for table in read_workbook(path).sheets[0].tables)}


def our_lines(path: str) -> Result:
    """The cells of the list, exact, as our registers take them; nothing tried."""
    from vungcao.intake.registers.lines import open_lines

    (sheet,) = open_lines(Path(path))
    return {"rows": sum(len(block.rows) for block in sheet.blocks(20)) - 1}


def our_rules(path: str) -> Result:
    """Thirteen rules as data, and a report of (row, column, rule)."""
    from vungcao.intake.registers import check, load

    checked = check(path, load(RULES))
    report = [(fault.row, fault.column, fault.rule) for fault in checked.faults]
    return {"rows": checked.lines, "bad": checked.bad_lines, "report": len(report)}


def our_whole(path: str) -> Result:
    """Read, tried, reported and stored, in one transaction."""
    import psycopg

    from vungcao.intake.registers import check, load
    from vungcao.intake.registers.copying import into

    with psycopg.connect(os.environ["VUNGCAO_DATABASE_URL"]) as connection:
        cursor = _emptied(connection)
        with into(cursor, "ho_vi_du", {code: code for code in CODES}) as take:
            checked = check(path, load(RULES), take=take)
    report = [(fault.row, fault.column, fault.rule) for fault in checked.faults]
    return {"rows": checked.lines, "bad": checked.bad_lines, "report": len(report), "stored": _stored()}


def by_hand(path: str) -> Result:
    """calamine and a loop, as a good programmer writes it for this one list."""
    from python_calamine import CalamineWorkbook

    lines = iter(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    next(lines)
    good, report = tried_by_hand(lines)
    bad = len({row for row, _, _ in report})
    return {"rows": len(good) + bad, "bad": bad, "report": len(report)}


def by_hand_whole(path: str) -> Result:
    """The same, and COPY row by row."""
    import psycopg
    from python_calamine import CalamineWorkbook

    lines = iter(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    next(lines)
    good, report = tried_by_hand(lines)
    with psycopg.connect(os.environ["VUNGCAO_DATABASE_URL"]) as connection:
        cursor = _emptied(connection)
        with cursor.copy(f"COPY ho_vi_du ({', '.join(CODES)}) FROM STDIN") as copy:
            for row in good:
                copy.write_row([int(cell) if isinstance(cell, float) else cell for cell in row])
    bad = len({row for row, _, _ in report})
    return {"rows": len(good) + bad, "bad": bad, "report": len(report), "stored": _stored()}


def tried_by_hand(lines: Iterable[list[Any]]) -> tuple[list[list[Any]], list[tuple[int, str, str]]]:
    """The thirteen rules written out: good rows, and the report."""
    seen: set[str] = set()
    good, report = [], []
    groups, communes, classes, sources = set(GROUPS), set(COMMUNES), set(CLASSES), set(SOURCES)
    for number, row in enumerate(lines, start=2):
        _, code, name, person, born, _, people, _, commune, _, size, kind, component, source, plan, paid, paid_on = row[
            :17
        ]
        faults = []
        if not name:
            faults.append((number, "name", "required"))
        if not CODE.fullmatch(code or ""):
            faults.append((number, "code", "pattern"))
        elif code in seen:
            faults.append((number, "code", "duplicate"))
        else:
            seen.add(code)
        if not ID.fullmatch(person or ""):
            faults.append((number, "id", "pattern"))
        if not isinstance(born, date):
            faults.append((number, "born", "date"))
        for column, said, allowed in (
            ("people", people, groups), ("commune", commune, communes), ("class", kind, classes),
            ("source", source, sources),
        ):  # fmt: skip
            if said not in allowed:
                faults.append((number, column, "list"))
        if not COMPONENT.fullmatch(component or ""):
            faults.append((number, "component", "pattern"))
        if not isinstance(size, (int, float)) or not 1 <= size <= 30:
            faults.append((number, "size", "range"))
        if not isinstance(plan, (int, float)):
            faults.append((number, "plan", "number"))
        elif not isinstance(paid, (int, float)):
            faults.append((number, "paid", "number"))
        elif paid > plan:
            faults.append((number, "paid", "over_plan"))
        if not isinstance(paid_on, date):
            faults.append((number, "paid_on", "date"))
        if faults:
            report += faults
        else:
            good.append(row)
    return good, report


def _emptied(connection: Any) -> Any:
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS ho_vi_du")
    cursor.execute(TABLE)
    cursor.execute("CREATE INDEX ON ho_vi_du (commune)")
    return cursor


def _stored() -> int:
    """What another connection sees: committed rows."""
    import psycopg

    with psycopg.connect(os.environ["VUNGCAO_DATABASE_URL"]) as connection:
        return int(connection.execute("SELECT count(*) FROM ho_vi_du").fetchone()[0])


CONTESTANTS: dict[str, Callable[[str], Result]] = {
    one.__name__: one
    for one in (calamine, openpyxl, our_reader, our_lines, our_rules, our_whole, by_hand, by_hand_whole)
}
NEEDS = {
    "calamine": ["python_calamine"], "by_hand": ["python_calamine"], "by_hand_whole": ["python_calamine", "psycopg"],
    "openpyxl": ["openpyxl"], "our_reader": ["vungcao.intake.reading"],
    "our_whole": ["vungcao.intake.registers.copying", "vungcao.intake.registers.quick", "psycopg"],
}  # fmt: skip

if __name__ == "__main__":
    measure(CONTESTANTS[sys.argv[1]], sys.argv[2], NEEDS.get(sys.argv[1], ["vungcao.intake.registers.quick"]))
