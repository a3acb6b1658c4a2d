"""The lines of a register's sheet, in blocks of columns: through the reader's grids, or quickly where that is possible.

Hidden lines and columns are said and left out, as everywhere in the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from vungcao.intake.reading.formulas import fill_uncached
from vungcao.intake.reading.grid import Cell, Grid, letters
from vungcao.intake.reading.opening import open_grids

# What a cell holds: text (one line of NFC, "" where it is blank), an exact number, a day.
Said = str | int | Decimal | date
Row = tuple[int, Sequence[Any]]  # its number, its cells from the sheet's first column on
BLOCK: Final = 8_192


@dataclass(slots=True)
class Block:
    """Lines that stand under each other: numbers of their rows, and a list of cells for each column, from the left."""

    rows: Sequence[int]
    columns: list[list[Any]]


@dataclass(slots=True)
class LinesOfSheet:
    """One sheet: ``top`` are rows still to be looked at one by one, ``rest`` says what follows as blocks of a width.

    ``left`` is the number of its first column (A is 1); ``unseen`` are hidden rows, known when all blocks are taken.
    """

    name: str
    left: int
    top: Iterator[Row]
    rest: Callable[[int], Iterator[Block]] | None = None
    unseen: list[int] = field(default_factory=list)

    @property
    def is_quick(self) -> bool:
        return self.rest is not None

    def blocks(self, width: int) -> Iterator[Block]:
        """What was not yet taken from ``top``, then the rest; each column is filled up with blanks."""
        while rows := list(islice(self.top, BLOCK)):
            filled = [[*cells[:width], *[""] * (width - len(cells))] for _, cells in rows]
            yield Block([row for row, _ in rows], [list(column) for column in zip(*filled, strict=True)])
        if self.rest is not None:
            yield from self.rest(width)

    def letter(self, index: int) -> str:
        return letters(self.left + index)


def open_lines(path: Path, *, quickly: bool = True) -> list[LinesOfSheet]:
    """The visible sheets of a file, in order; raises ``CannotRead``. What is not plain is read thoroughly anyway."""
    from vungcao.intake.registers.quick import open_quickly  # it needs the classes above

    sheets = open_quickly(path) if quickly else None
    if sheets is not None:
        return sheets
    return [_of_grid(grid) for grid in open_grids(path)[1] if not grid.hidden]


def _of_grid(grid: Grid) -> LinesOfSheet:
    fill_uncached(grid)
    columns = sorted({cell.col for cell in grid} - grid.hidden_cols)
    left, right = (columns[0], columns[-1]) if columns else (1, 1)
    unseen = sorted(grid.hidden_rows & grid.lines.keys())
    return LinesOfSheet(grid.name, left, rows_of(grid, left, right), unseen=unseen)


def rows_of(grid: Grid, left: int, right: int) -> Iterator[Row]:
    """The rows in sight that hold something, their cells from ``left`` to ``right``."""
    for row in sorted(grid.lines.keys() - grid.hidden_rows):
        cells = grid.lines[row][left : right + 1]
        said = ["" if cell is None or cell.col in grid.hidden_cols else said_in(cell) for cell in cells]
        yield row, [*said, *[""] * (right + 1 - left - len(said))]


def said_in(cell: Cell) -> Said:
    """What a cell holds; a code kept as a number that prints its leading zeros is what it prints."""
    if cell.day is not None:
        return cell.day
    if not cell.is_number or cell.percent or cell.number is None:
        return cell.said
    printed = cell.said
    if printed.isdigit() and printed.startswith("0") and len(printed) > 1:
        return printed
    return int(cell.number) if cell.number == cell.number.to_integral_value() else cell.number
