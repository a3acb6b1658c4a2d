"""The figures of a table column by column: what the checks add up, made once for each column."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from vungcao.intake.reading.document import Row, Value, ValueKind
from vungcao.intake.reading.grid import NumberCell
from vungcao.intake.reading.units import is_percent
from vungcao.intake.reading.values import RowValues, decimals
from vungcao.intake.reading.words import NOT_ADDED_LINE, fold

_FEW_ROWS: Final = 10_000
_KEPT_OF_LONG_TABLES: Final = 8


@dataclass(slots=True)
class Figures:
    """One column: a figure or None for each row, and the kind of every value that is not a plain figure."""

    numbers: list[Decimal | None]
    odd: dict[int, ValueKind] = field(default_factory=dict)
    places: int = 0  # most decimals printed

    def kind(self, index: int) -> ValueKind:
        """The kind of the value at a row: ``number`` for every plain figure."""
        return self.odd.get(index) or ("empty" if self.numbers[index] is None else "number")


class TableFigures:
    """Columns of figures of one table; of a long one only those used last are kept."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.index = {row.row: index for index, row in enumerate(rows)}
        self.made: OrderedDict[str, Figures] = OrderedDict()

    def column(self, col: str) -> Figures:
        found = self.made.get(col)
        if found is None:
            found = self.made[col] = _figures(self.rows, col)
            if len(self.rows) > _FEW_ROWS and len(self.made) > _KEPT_OF_LONG_TABLES:
                self.made.popitem(last=False)
        else:
            self.made.move_to_end(col)
        return found


def _figures(rows: Sequence[Row], col: str) -> Figures:
    found = Figures([])
    add, odd, most = found.numbers.append, found.odd, 0
    for index, row in enumerate(rows):
        values = row.values
        if isinstance(values, RowValues) and col in values.places:
            at = values.places[col].col
            cell = values.line[at] if at < len(values.line) else None
            if cell is None:
                add(None)
                continue
            if type(cell) is NumberCell:
                number = cell.number
                add(number)
                if type(cell.raw) is not int or cell.form.thousands:
                    most = max(most, decimals(number))
                continue
        value: Value | None = values.get(col)
        if value is None or value.kind == "empty":
            add(None)
            continue
        figure = value.number
        add(figure)
        if figure is not None:
            most = max(most, decimals(figure))
        if figure is None or value.kind == "approximate":
            odd[index] = value.kind
    found.places = most
    return found


class CellRun(Sequence[str]):
    """Cells of one column, named only when asked: a total over 100,000 rows has as many terms."""

    __slots__ = ("col", "rows")

    def __init__(self, col: str, rows: Sequence[int]) -> None:
        self.col, self.rows = col, rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # int or slice, as of any sequence
        if isinstance(index, slice):
            return tuple(f"{self.col}{row}" for row in self.rows[index])
        return f"{self.col}{self.rows[index]}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self.col, tuple(self.rows)))


def is_rate(row: Row) -> bool:
    """Whether a line holds rates or averages, which add up neither down nor across: “Tỷ lệ hộ nghèo”, a unit of %."""
    return is_percent(row.unit) or NOT_ADDED_LINE.fullmatch(fold(row.label)) is not None
