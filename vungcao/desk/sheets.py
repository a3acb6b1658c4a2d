"""A window on a sheet of a kept workbook: the grid around one cell, as the file says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from vungcao.evidence.actions import file_folder
from vungcao.evidence.models import Source
from vungcao.intake.reading.grid import Cell, Grid, Merge, column_number, letters
from vungcao.intake.reading.opening import open_grids
from vungcao.kernel.refusal import Problem

MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 40
TONES: Final = {"unusable": "fails", "contradicting": "warns", "notice": "quiet"}
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True)
class Square:
    """What is drawn at one place: the text as said, and how many rows and columns it covers."""

    at: str
    said: str
    rows: int = 1
    columns: int = 1
    is_number: bool = False
    is_asked: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def tone(self) -> str:
        """Of the gravest problem here: ``fails``, ``warns``, ``quiet``; empty where there is none."""
        weights = {problem.weight for problem in self.problems}
        return next((tone for weight, tone in TONES.items() if weight in weights), "")


@dataclass(frozen=True)
class Window:
    """At most 200 × 40 cells of a sheet. ``cut`` when the sheet goes on beyond it."""

    sheet: str
    is_hidden: bool
    columns: list[str]
    rows: list[tuple[int, list[Square]]]
    asked: str
    asked_row: int
    asked_column: str
    cut: bool


def kept_path(source: Source) -> Path:
    """Where the bytes of a source stand."""
    return file_folder() / f"{source.sha256}{Path(source.name).suffix.lower()}"


@lru_cache(maxsize=8)
def grids(path: Path) -> tuple[Grid, ...]:
    """Every sheet of a kept file; its name is its hash, so what was read once stays true."""
    return tuple(open_grids(path)[1])


def window(grid: Grid, asked: str = "", problems: Mapping[str, Sequence[Problem]] | None = None) -> Window:
    """The part of a sheet around the cell ``asked`` (``B7``); from the top left without one. ``problems`` by cell."""
    found = _ADDRESS.fullmatch(asked.upper())
    at = (int(found[2]), column_number(found[1])) if found else (0, 0)
    last_row = max([row for row, _ in grid.cells] + [merge.bottom for merge in grid.merges] + [1])
    last_column = max([column for _, column in grid.cells] + [merge.right for merge in grid.merges] + [1])
    rows, columns = _around(at[0], last_row, MOST_ROWS), _around(at[1], last_column, MOST_COLUMNS)
    here = problems or {}
    drawn = [
        (row, [square for column in columns if (square := _square(grid, row, column, rows, columns, at, here))])
        for row in rows
    ]
    return Window(
        sheet=grid.name,
        is_hidden=grid.hidden,
        columns=[letters(column) for column in columns],
        rows=drawn,
        asked=asked.upper() if found else "",
        asked_row=at[0],
        asked_column=letters(at[1]) if found else "",
        cut=len(rows) < last_row or len(columns) < last_column,
    )


def _around(asked: int, last: int, most: int) -> range:
    """At most ``most`` places out of 1…last that hold ``asked``, kept from running off either end."""
    last = max(last, asked)
    start = max(1, min(asked - most // 2, last - most + 1))
    return range(start, min(last, start + most - 1) + 1)


def _square(
    grid: Grid, row: int, column: int, rows: range, columns: range, asked: tuple[int, int],
    problems: Mapping[str, Sequence[Problem]],
) -> Square | None:  # fmt: skip
    """The square that begins at a place; ``None`` where a merged range already covers it."""
    merge = grid.merge_at(row, column) or Merge(row, column, row, column)
    top, left = max(merge.top, rows.start), max(merge.left, columns.start)
    if (row, column) != (top, left):
        return None
    bottom, right = min(merge.bottom, rows.stop - 1), min(merge.right, columns.stop - 1)
    cell: Cell | None = grid.shown_at(row, column)
    return Square(
        at=f"{letters(column)}{row}",
        said=cell.said if cell else "",
        rows=bottom - top + 1,
        columns=right - left + 1,
        is_number=bool(cell and cell.number is not None),
        is_asked=top <= asked[0] <= bottom and left <= asked[1] <= right,
        problems=tuple(problems.get(f"{letters(column)}{row}", ())),
    )
