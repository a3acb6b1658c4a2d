"""Compares a reading with the truth: precision and recall by kind of thing, faults found, false alarms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from bench.tables.making import same_text
from bench.tables.truth import Figure, Made, Place, TrueRow, TrueTable
from vungcao.intake.reading import Check, Reading, Row, Table, Value

KINDS = ("tables", "heads", "columns", "column kinds", "units", "rows", "row kinds", "parents", "labels", "marks",
         "row units", "values", "overtyped")  # fmt: skip


@dataclass(slots=True)
class Score:
    """Counts over tables; ``wrong`` says in words what was missed."""

    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)  # how many the reading has
    true: Counter[str] = field(default_factory=Counter)  # how many there are
    found: Counter[str] = field(default_factory=Counter)  # faults found, by kind; "* " before the kind: not stated
    put: Counter[str] = field(default_factory=Counter)
    claims_found: int = 0
    claims: int = 0
    tables: int = 0
    false_alarms: int = 0
    alarmed_tables: int = 0
    double_counts: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("right", "said", "true", "found", "put"):
            getattr(self, name).update(getattr(other, name))
        for name in ("claims_found", "claims", "tables", "false_alarms", "alarmed_tables", "double_counts"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.said[kind] if self.said[kind] else 1.0

    def recall(self, kind: str) -> float:
        return self.right[kind] / self.true[kind] if self.true[kind] else 1.0

    def found_share(self, kind: str) -> float:
        return self.found[kind] / self.put[kind] if self.put[kind] else 1.0

    def note(self, kind: str, right: bool, what: str) -> None:
        """One thing that both the truth and the reading have."""
        self.said[kind] += 1
        self.true[kind] += 1
        self.right[kind] += right
        if not right:
            self.wrong.append(f"{kind}: {what}")


def score(made: Made, reading: Reading) -> Score:
    """What a reading of a made workbook is worth."""
    total = Score()
    for true_sheet in made.truth.sheets:
        sheet = next((one for one in reading.sheets if one.name == true_sheet.name), None)
        tables = list(sheet.tables) if sheet else []
        overtyped = {warned.cell for warned in sheet.warnings if warned.code == "formula.overtyped"} if sheet else set()
        total.said["tables"] += len(tables)
        for true in true_sheet.tables:
            total.tables += 1
            total.true["tables"] += 1
            found = next((one for one in tables if _overlap(one, true)), None)
            if found is None:
                total.wrong.append(f"tables: {true_sheet.name}!{true.range} not found")
                _count_missed(total, true)
                continue
            tables.remove(found)
            total.right["tables"] += 1
            _Comparison(total, true, found, overtyped).compare()
        total.wrong += [f"tables: {true_sheet.name}!{one.range} is no table" for one in tables]
    return total


def nothing_read(made: Made, said: str) -> Score:
    """What a refusal is worth: everything missed."""
    total = Score(wrong=[f"tables: cannot be read: {said}"])
    for table in made.truth.tables:
        total.tables += 1
        total.true["tables"] += 1
        _count_missed(total, table)
    return total


def _overlap(table: Table, true: TrueTable) -> bool:
    rows = {row.row for row in table.rows}
    if not {column.col for column in table.columns} & {column.col for column in true.columns}:
        return False  # it stands beside
    return 2 * len(rows & {row.row for row in true.rows}) > len(rows)


def _count_missed(total: Score, true: TrueTable) -> None:
    for kind in ("rows", "row kinds", "parents", "labels"):
        total.true[kind] += len(true.rows)
    total.true["values"] += sum(len(row.values) for row in true.rows)
    total.true["columns"] += len(true.columns)
    total.claims += len(true.must_fail)
    total.put.update(fault.kind for fault in true.faults if fault.stated)


@dataclass(slots=True)
class _Comparison:
    """One table against its truth."""

    total: Score
    true: TrueTable
    table: Table
    overtyped: set[str]

    def compare(self) -> None:
        head = (self.table.header.first, self.table.header.last)
        self.total.note("heads", head == self.true.head, f"{head} should be {self.true.head}")
        self._columns()
        self._rows()
        self._checks()

    def _columns(self) -> None:
        total = self.total
        columns = {column.col: column for column in self.table.columns if column.kind not in ("mark", "label")}
        total.said["columns"] += len(columns)
        for true in self.true.columns:
            column = columns.get(true.col)
            if column is None:
                total.true["columns"] += 1
                total.wrong.append(f"columns: {true.col} {true.path} not found")
                continue
            total.true["columns"] += 1
            same = len(column.path) == len(true.path) and all(map(same_text, column.path, true.path))
            total.right["columns"] += same and column.hidden == true.hidden
            if not same or column.hidden != true.hidden:
                hidden = f"hidden {column.hidden}, should be {true.hidden}"
                total.wrong.append(f"columns: {true.col} {column.path} should be {true.path}; {hidden}")
            filled = any(row.values[true.col].kinds != ("empty",) for row in self.true.rows)
            if filled:
                total.note("column kinds", column.kind in true.kinds, f"{true.col} {true.path} is {column.kind}")
            if "money" in true.kinds:
                unit = column.unit or self.table.unit
                total.note("units", unit.dong == true.dong, f"{true.col} {unit} should be {true.dong}")

    def _rows(self) -> None:
        total = self.total
        rows = {row.row: row for row in self.table.rows}
        total.said["rows"] += len(rows)
        total.true["rows"] += len(self.true.rows)
        outside = rows.keys() - {row.row for row in self.true.rows}
        total.wrong += [f"rows: {row} “{rows[row].label}” is no row" for row in sorted(outside)]
        for true in self.true.rows:
            row = rows.get(true.row)
            if row is None:
                total.wrong.append(f"rows: {true.row} “{true.label}” not found")
                for kind in ("row kinds", "parents", "labels", "marks"):
                    total.true[kind] += 1
                total.true["values"] += len(true.values)
                continue
            total.right["rows"] += 1
            self._row(true, row)
        top = [row for row in self.table.rows if row.parent is None and row.kind in ("item", "section")]
        aside = {true.row for true in self.true.rows if true.kind in ("total", "of_which") or true.above}
        for row in top:  # who adds up the lines at the top would count these twice
            if row.row in aside and not row.hidden:
                total.double_counts += 1
                total.wrong.append(f"double count: row {row.row} “{row.label}” stands at the top as {row.kind}")

    def _row(self, true: TrueRow, row: Row) -> None:
        where = f"row {row.row} “{row.label}”"
        self.total.note("row kinds", row.kind == true.kind, f"{where} is {row.kind}, should be {true.kind}")
        right = row.parent in true.parents
        self.total.note("parents", right, f"{where} is under {row.parent}, should be under {true.parents}")
        self.total.note("labels", same_text(row.label, true.label), f"{where} should be “{true.label}”")
        mark = (row.mark or "").rstrip(".)")
        self.total.note("marks", mark == (true.mark or "").rstrip(".)"), f"{where}: {row.mark} should be {true.mark}")
        if true.unit is not None:
            said = row.unit.said if row.unit and row.unit.said else ""
            self.total.note("row units", same_text(said, true.unit), f"{where}: {said} should be {true.unit}")
        for col, figure in true.values.items():
            value = row.values.get(col)
            if figure.kinds == ("empty",) and (value is None or value.kind == "empty"):
                continue  # a blank read as blank proves little
            right = value is not None and same_value(value, figure)
            self.total.note("values", right, f"{col}{row.row} {value} should be {figure}")

    # claims

    def _checks(self) -> None:
        total = self.total
        failed = {_place(check) for check in self.table.checks if check.verdict == "fails"}
        alarms = 0
        for check in self.table.checks:
            if check.rule == "sum_of_rows" and self._adds_twice(check):
                total.double_counts += 1
                total.wrong.append(f"double count: {check.cell} adds {check.terms}")
            if check.verdict == "fails" and not self._explained(check):
                alarms += 1
                total.wrong.append(
                    f"false alarm: {check.rule} {check.cell} {check.printed} ≠ {check.computed} {check.terms}"
                )
        total.false_alarms += alarms
        total.alarmed_tables += bool(alarms)
        for place in sorted(self.true.must_fail - failed):
            said = {check.verdict for check in self.table.checks if _place(check) == place}
            total.wrong.append(f"not found: {place} fails (said {said or 'nothing'})")
        total.claims += len(self.true.must_fail)
        total.claims_found += len(self.true.must_fail & failed)
        for fault in self.true.faults:
            if fault.stated or fault.unstated:
                name = fault.kind if fault.stated else f"* {fault.kind}"
                total.put[name] += 1
                total.found[name] += bool((fault.stated or fault.unstated) & failed)
        for cell in self.true.overtyped:
            total.note("overtyped", cell in self.overtyped, f"{cell} not named")

    def _explained(self, check: Check) -> bool:
        """A failed check is no false alarm where one of its cells was put wrong."""
        known = self.true.must_fail | self.true.may_fail
        return _place(check) in known or not self.true.corrupted.isdisjoint({check.cell, *check.terms})

    def _adds_twice(self, check: Check) -> bool:
        """Whether a sum adds a line beside one that contains it, a total, or a “Trong đó”."""
        rows = {true.row: true for true in self.true.rows}
        terms = {number for cell in check.terms if (number := int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) in rows}
        if len(terms) < len(check.terms):
            return False
        return any(terms.intersection(rows[term].above) or rows[term].kind in ("total", "of_which") for term in terms)


def _place(check: Check) -> Place:
    """A sum of rows has its terms in its own column."""
    letters = {cell.rstrip("0123456789") for cell in check.terms[:1]}
    if (
        check.rule == "balance"
        and check.terms
        and check.terms[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != _row_of(check.cell)
    ):
        return "rows", check.cell
    return ("rows" if letters == {check.cell.rstrip("0123456789")} else "columns"), check.cell


def _row_of(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def same_value(value: Value, figure: Figure) -> bool:
    """Whether a value means what the cell means: its kind, its figure, and what it says where that is text."""
    if value.kind not in figure.kinds:
        return False
    if figure.said is not None and not same_text(value.said, figure.said):
        return False
    return any(_same_number(value.value, one) for one in figure.values)


def _same_number(read: object, true: object) -> bool:
    if isinstance(read, Decimal) and isinstance(true, Decimal):
        return read == true or abs(read - true) <= abs(true) * Decimal("1e-14")
    return read == true
