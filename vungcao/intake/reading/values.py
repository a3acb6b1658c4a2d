"""The values of a row, read from its cells when asked: a long table holds millions of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vungcao.intake.reading.document import ColumnKind, Value
from vungcao.intake.reading.grid import Cell, NumberCell
from vungcao.intake.reading.numbers import Style, day_of_serial, read_cell, read_day

EMPTY = Value("", None, "empty")
_NO_CELLS: list[Cell | None] = []


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column's cells stand on the sheet and how they are read."""

    col: int
    kind: ColumnKind
    style: Style
    month_first: bool = False  # days are written ``07/19/2024``


class RowValues(Mapping[str, Value]):
    """Values of one row by column letter; ``places`` is shared by all rows of the table."""

    __slots__ = ("line", "places")

    def __init__(self, line: list[Cell | None] | None, places: dict[str, Place]) -> None:
        self.line, self.places = line if line is not None else _NO_CELLS, places

    def __getitem__(self, col: str) -> Value:
        place = self.places[col]
        cell = self.line[place.col] if place.col < len(self.line) else None
        return EMPTY if cell is None else read_as(cell, place.kind, place.style, month_first=place.month_first)

    def __contains__(self, col: object) -> bool:
        return col in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return repr(dict(self))


def read_as(cell: Cell, kind: ColumnKind, style: Style, *, month_first: bool = False) -> Value:
    """What a cell says in a column of that kind."""
    if month_first and cell.is_text and (day := read_day(cell.said, month_first=True)) is not None:
        return Value(cell.said, day, "date")
    if kind in ("text", "date"):
        if kind == "date" and cell.number is not None and (day := day_of_serial(cell.number)):
            return Value(cell, day, "date")
        if cell.error or cell.day is not None or kind == "date":
            return read_cell(cell, style)
        return Value(cell, cell.number, "number") if cell.is_number else Value(cell.said, None, "text")
    return read_cell(cell, style)


def places_printed(cell: Cell | None) -> int:
    """Decimals of a number cell; 0 for any other (more than six, left by a computation, count as two)."""
    if not isinstance(cell, NumberCell) or (type(cell.raw) is int and not cell.form.thousands):
        return 0
    return decimals(cell.number)


def decimals(value: Decimal) -> int:
    """Decimals printed in a figure, without trailing zeros (more than six count as two)."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    places = len(text.partition(".")[2].rstrip("0"))
    return places if places <= 6 else 2
