"""What is known of a workbook we made: tables, rows, figures, the sums that must not come out, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Axis = Literal["rows", "columns"]
Place = tuple[Axis, str]  # which way a sum runs, and the cell that claims it


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell means; several meanings where a careful reader may say either (a displayed or a stored rate)."""

    values: tuple[Decimal | date | None, ...]
    kinds: tuple[str, ...]
    said: str | None = None  # None: not compared (what a numeric cell prints depends on the program)


@dataclass(slots=True)
class TrueRow:
    """A row of the body; ``parents`` are the row numbers it may be said to belong under."""

    row: int
    mark: str | None
    label: str
    kind: str
    parents: tuple[int | None, ...]
    values: dict[str, Figure] = field(default_factory=dict)
    hidden: bool = False
    unit: str | None = None  # where the table has a column of units
    above: tuple[int, ...] = ()  # every line this one is contained in: none of them may be added beside it


@dataclass(slots=True)
class TrueColumn:
    """A column of figures or texts; ``dong`` is the worth of its unit, None where none is said."""

    col: str
    path: tuple[str, ...]
    kinds: tuple[str, ...]
    dong: int | None
    hidden: bool = False


@dataclass(slots=True)
class Fault:
    """One thing put wrong: its kind, its cell, and the stated claims that no longer come out because of it."""

    kind: str
    cell: str
    stated: set[Place] = field(default_factory=set)
    unstated: set[Place] = field(default_factory=set)


@dataclass(slots=True)
class TrueTable:
    """One table: ``must_fail`` are stated claims that do not come out, ``may_fail`` those only its shape suggests."""

    first: int
    last: int
    left: str
    right: str
    head: tuple[int, int]
    columns: list[TrueColumn]
    rows: list[TrueRow]
    must_fail: set[Place] = field(default_factory=set)
    may_fail: set[Place] = field(default_factory=set)
    corrupted: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    overtyped: set[str] = field(default_factory=set)

    @property
    def range(self) -> str:
        return f"{self.left}{self.first}:{self.right}{self.last}"


@dataclass(slots=True)
class TrueSheet:
    name: str
    hidden: bool
    tables: list[TrueTable]
    outside: list[int]  # rows with something in them that belong to no table


@dataclass(slots=True)
class Truth:
    """All sheets of a workbook, the layout it follows and the difficulties it has."""

    layout: str
    features: set[str]
    sheets: list[TrueSheet]

    @property
    def tables(self) -> list[TrueTable]:
        return [table for sheet in self.sheets for table in sheet.tables]


@dataclass(slots=True)
class Made:
    """A workbook and what is true of it."""

    seed: int
    content: bytes
    truth: Truth
