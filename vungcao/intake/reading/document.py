"""What a reading is: sheets, tables, rows, values and checks, frozen, and their JSON (DESIGN §4)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

ValueKind = Literal[
    "number", "text_number", "percent", "formula", "approximate", "range", "empty", "not_applicable", "nil", "error",
    "text", "date",
]  # fmt: skip
ColumnKind = Literal["money", "count", "percent", "text", "date", "mark", "label"]
RowKind = Literal["total", "section", "item", "of_which"]
Rule = Literal["sum_of_rows", "sum_of_columns", "of_which", "difference", "rate", "balance"]
Verdict = Literal["holds", "rounding", "fails", "cannot_tell"]
Slip = Literal["digits_swapped", "sign", "unit", "counted_twice", "missing_row"]
Why = Literal["title", "unit", "column_numbers", "empty", "note", "signature", "other"]


class CannotRead(Exception):
    """The file is not a workbook we can read; ``said`` is a sentence in Vietnamese for the officer."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code
        self.said = said


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure as printed; ``dong`` is its worth in đồng (1, 1_000, 1_000_000, 1_000_000_000) or None."""

    said: str | None = None
    dong: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"said": self.said, "dong": self.dong}


class Sayer(Protocol):
    """Something that can tell what it says: a cell of a long table works that out only when asked."""

    @property
    def said(self) -> str: ...


class Value:
    """One cell: what it says and what that means, in the printed unit (a percentage of 16,61% is ``16.61``).

    ``value`` is None for empty, not_applicable, nil, range, error and text.
    """

    __slots__ = ("_said", "kind", "value")

    def __init__(self, said: str | Sayer, value: Decimal | date | None, kind: ValueKind) -> None:
        self._said, self.value, self.kind = said, value, kind

    @property
    def said(self) -> str:
        return self._said if isinstance(self._said, str) else self._said.said

    @property
    def number(self) -> Decimal | None:
        """The figure, where the cell holds one."""
        return self.value if isinstance(self.value, Decimal) else None

    def as_json(self) -> dict[str, Any]:
        return {"said": self.said, "value": plain(self.value), "kind": self.kind}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Value{self._told()}"

    def _told(self) -> tuple[str, Decimal | date | None, ValueKind]:
        return self.said, self.value, self.kind


@dataclass(frozen=True, slots=True)
class Header:
    """First and last row of the head; the row of column numbers is inside it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its letter, the head texts above it from top to bottom, its own unit (None: the table's) and kind."""

    col: str
    path: tuple[str, ...]
    unit: Unit | None
    kind: ColumnKind
    hidden: bool = False
    number: str | None = None  # what the row of column numbers says: "3=4+5"

    def as_json(self) -> dict[str, Any]:
        return {
            "col": self.col,
            "path": list(self.path),
            "unit": self.unit.as_json() if self.unit else None,
            "kind": self.kind,
            "hidden": self.hidden,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the body; ``parent`` is the row number of the line it belongs under (None: top level)."""

    row: int
    mark: str | None
    label: str
    kind: RowKind
    parent: int | None
    values: Mapping[str, Value]
    hidden: bool = False
    unit: Unit | None = None  # where the table has a column of units

    def as_json(self) -> dict[str, Any]:
        own = {"unit": self.unit.as_json()} if self.unit is not None else {}
        return {
            "row": self.row,
            "mark": self.mark,
            "label": self.label,
            "kind": self.kind,
            "parent": self.parent,
            "hidden": self.hidden,
            **own,
            "values": {col: value.as_json() for col, value in self.values.items()},
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a failing check's figures point at, for a person to judge: ``cell`` would say ``value`` (never applied)."""

    what: Slip
    cell: str
    value: Decimal | None

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "cell": self.cell, "value": plain(self.value)}


@dataclass(frozen=True, slots=True)
class Check:
    """A claim the table makes about itself, tried: ``difference = printed − computed``; ``terms`` are cells."""

    rule: Rule
    cell: str
    printed: Decimal | None
    computed: Decimal | None
    verdict: Verdict
    terms: Sequence[str]
    candidates: tuple[Candidate, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        if self.printed is None or self.computed is None:
            return None
        return self.printed - self.computed

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "cell": self.cell,
            "printed": plain(self.printed),
            "computed": plain(self.computed),
            "difference": plain(self.difference),
            "verdict": self.verdict,
            "terms": list(self.terms),
            "candidates": [candidate.as_json() for candidate in self.candidates],
        }


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet, rebuilt."""

    range: str
    title: str | None
    unit: Unit
    header: Header
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    checks: tuple[Check, ...]

    def column(self, col: str) -> Column:
        """The column of that letter; KeyError if the table has none."""
        for column in self.columns:
            if column.col == col:
                return column
        raise KeyError(col)

    def row(self, number: int) -> Row:
        """The row of that number; KeyError if it is not in the body."""
        for row in self.rows:
            if row.row == number:
                return row
        raise KeyError(number)

    def as_json(self) -> dict[str, Any]:
        return {
            "range": self.range,
            "title": self.title,
            "unit": self.unit.as_json(),
            "header": {"first": self.header.first, "last": self.header.last},
            "columns": [column.as_json() for column in self.columns],
            "rows": [row.as_json() for row in self.rows],
            "checks": [check.as_json() for check in self.checks],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    row: int
    why: Why


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the officer should know: a code (``words.WARNINGS`` has its sentence), the cells, what they say."""

    code: str
    cell: str
    said: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text outside every table: titles, issuing body, number and date, notes, signatures."""

    row: int
    col: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    hidden: bool
    tables: tuple[Table, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Warned, ...] = ()
    said: tuple[Said, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "hidden": self.hidden,
            "tables": [table.as_json() for table in self.tables],
            "left_out": [{"row": left.row, "why": left.why} for left in self.left_out],
            "warnings": [{"code": w.code, "cell": w.cell, "said": w.said} for w in self.warnings],
            "said": [{"row": s.row, "col": s.col, "cell": s.cell, "text": s.text} for s in self.said],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook, read. ``file`` is its name, ``sha256`` that of its bytes."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {"file": self.file, "sha256": self.sha256, "sheets": [sheet.as_json() for sheet in self.sheets]}

    def json_pieces(self) -> Iterator[str]:
        """The same JSON as text, piece by piece: a long table is never held as JSON whole."""
        yield f'{{"file": {_json(self.file)}, "sha256": {_json(self.sha256)}, "sheets": ['
        for number, sheet in enumerate(self.sheets):
            about = replace(sheet, tables=()).as_json()
            del about["tables"]
            yield f'{", " * bool(number)}\n{_json(about)[:-1]}, "tables": ['
            for place, table in enumerate(sheet.tables):
                plain_table = replace(table, rows=(), checks=()).as_json()
                del plain_table["rows"], plain_table["checks"]
                yield f'{", " * bool(place)}\n{_json(plain_table)[:-1]}, "rows": ['
                yield from _listed(table.rows)
                yield '], "checks": ['
                yield from _listed(table.checks)
                yield "]}"
            yield "]}"
        yield "]}\n"


def _listed(things: Sequence[Row | Check]) -> Iterator[str]:
    for number, thing in enumerate(things):
        yield f"{',' * bool(number)}\n{_json(thing.as_json())}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def plain(value: Decimal | date | None) -> str | None:
    """A decimal string without exponent or trailing zeros; a day as ``2021-11-15``."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        text = str(value)
        if "E" in text:
            text = format(value, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return value.isoformat()
