"""Tables that stand side by side: told apart by a second STT, by a blank column with labels behind it, by a label's
head that comes again; and the strip of the sheet that belongs to each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vungcao.intake.reading import words
from vungcao.intake.reading.grid import Cell, Grid
from vungcao.intake.reading.headrows import LONGEST_SERIAL
from vungcao.intake.reading.numbers import looks_numeric
from vungcao.intake.reading.units import parse_unit
from vungcao.intake.reading.words import fold

_FEWEST_BETWEEN = 3  # columns from one STT to the next


@dataclass(slots=True)
class Region:
    """A table's place on its sheet; ``number_row`` is the row of column numbers, inside the head."""

    head_first: int
    head_last: int
    number_row: int | None
    left: int
    right: int
    mark_col: int | None
    label_col: int
    body: list[int]

    @property
    def last(self) -> int:
        return self.body[-1] if self.body else self.head_last

    def covers(self, row: int, col: int) -> bool:
        return self.head_first <= row <= self.last and self.left <= col <= self.right


Finder = Callable[[int, int | None], Region | None]  # the first table of a strip of columns (None: to the end)


def are_beside(grid: Grid, left: Sequence[Region], right: Sequence[Region], gutter: int) -> bool:
    """Whether tables on both sides of a blank column are tables of their own: labels and figures on either side, some
    on a level with others, no head that reaches over the blank column.
    """
    if not left or not right or not all(one.body and _has_labels(grid, one) for one in (*left, *right)):
        return False
    if any(
        grid.merge_at(row, gutter) for one in (*left, *right) for row in range(one.head_first, one.head_last + 1)
    ):  # fmt: skip
        return False
    return any(one.head_first <= other.last and other.head_first <= one.last for one in left for other in right)


def told_apart(grid: Grid, region: Region, first_of: Finder) -> list[Region]:
    """The tables that one stretch of rows holds beside each other; none where it is one table."""
    return _by_serials(grid, region, first_of) or _by_labels(grid, region, first_of)


def _by_serials(grid: Grid, region: Region, first_of: Finder) -> list[Region]:
    """The tables of a head that says STT more than once."""
    starts = sorted({cell.col for cell in _head_cells(grid, region) if _is_serial(cell)})
    if len(starts) < 2 or any(after - before < _FEWEST_BETWEEN for before, after in pairwise(starts)):
        return []
    strips = _strips([min(region.left, starts[0]), *starts[1:]], region.right)
    found = [first_of(left, right) for left, right in strips]
    whole = [one for one in found if one is not None and one.head_first <= region.head_last]
    return whole if len(whole) == len(strips) else []


def _by_labels(grid: Grid, region: Region, first_of: Finder) -> list[Region]:
    """The tables of a head without a second STT: behind a blank column, or where the label's head comes again."""
    starts = sorted({*_after_blank_columns(grid, region), *_where_label_comes_again(grid, region)})
    kept = [region.left]
    for start in starts:
        one = first_of(start, None)
        if one is not None and one.left == start and one.head_first <= region.last and _has_labels(grid, one):
            kept.append(start)
    if len(kept) < 2:
        return []
    found = [first_of(left, right) for left, right in _strips(kept, None)]
    whole = [one for one in found if one is not None and one.body and one.head_first <= region.last]
    return whole if len(whole) == len(kept) else []


def _strips(starts: list[int], last: int | None) -> list[tuple[int, int | None]]:
    ends: list[int | None] = [start - 1 for start in starts[1:]]
    return list(zip(starts, [*ends, last], strict=True))


def _after_blank_columns(grid: Grid, region: Region) -> list[int]:
    """Columns that stand directly behind one with nothing in it, from the head to the last line."""
    head, lines = range(region.head_first, region.head_last + 1), [grid.lines.get(row, []) for row in region.body]

    def is_blank(col: int) -> bool:
        return not any(grid.shown_at(row, col) for row in head) and not any(
            col < len(line) and line[col] is not None for line in lines
        )

    blank = {col for col in range(region.left + 1, region.right) if is_blank(col)}
    return [col + 1 for col in blank if col + 1 not in blank]


def _where_label_comes_again(grid: Grid, region: Region) -> list[int]:
    """Columns whose head, with no group above it, says what the label's head says, over texts that are no units."""
    own = grid.shown_at(region.head_first, region.label_col)
    if own is None or region.mark_col is not None:
        return []
    again = []
    for col in range(region.label_col + 2, region.right):
        head = grid.at(region.head_first, col)
        if head is None or not head.is_text or fold(head.said) != fold(own.said):
            continue
        texts = [cell for row in region.body if (cell := grid.at(row, col)) and cell.is_text]
        if len(texts) * 2 >= len(region.body) and not all(parse_unit(cell.said).said for cell in texts):
            again.append(col)
    return again


def _has_labels(grid: Grid, region: Region) -> bool:
    """Whether a table has a head that names labels, a label in most lines and figures beside them."""
    heads = [grid.shown_at(row, region.label_col) for row in range(region.head_first, region.head_last + 1)]
    if not any(head and words.LABEL_HEAD.match(fold(head.said)) for head in heads) and region.mark_col is None:
        return False
    labels = [cell for row in region.body if (cell := grid.at(row, region.label_col)) and cell.is_text]
    figures = any(
        (cell := grid.at(row, col)) and looks_numeric(cell)
        for row in region.body
        for col in range(region.label_col + 1, region.right + 1)
    )
    return figures and len(labels) * 2 >= len(region.body)


def _head_cells(grid: Grid, region: Region) -> list[Cell]:
    rows = range(region.head_first, region.head_last + 1)
    inside = slice(region.left, region.right + 1)
    return [cell for row in rows for cell in grid.lines.get(row, [])[inside] if cell is not None]


def _is_serial(cell: Cell) -> bool:
    return cell.is_text and len(cell.said) <= LONGEST_SERIAL and bool(words.SERIAL.fullmatch(fold(cell.said)))


def strip_of(region: Region, regions: Sequence[Region]) -> tuple[int, int | None]:
    """First and last column (None: to the end) in which a title or unit over a table is its own, not a neighbour's."""
    beside = [
        one for one in regions
        if one is not region and one.head_first <= region.last and region.head_first <= one.last
    ]  # fmt: skip
    left = max((one.right + 1 for one in beside if one.right < region.left), default=1)
    right = min((one.left - 1 for one in beside if one.left > region.right), default=None)
    return left, right
