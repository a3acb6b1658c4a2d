"""A table printed on several pages: its head comes again on each, and “mang sang” lines carry its sums over."""

from __future__ import annotations

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.grid import Grid
from vungcao.intake.reading.words import fold


def joined(grid: Grid, regions: list[Region]) -> list[Region]:
    """The tables, each with the pages that follow it: the same head again, nothing over it, a carried sum or marks
    that go on.
    """
    found: list[Region] = []
    for region in regions:
        before = found[-1] if found else None
        if before is not None and _goes_on(grid, before, region):
            before.body += region.body
        else:
            found.append(region)
    return found


def written_on_beside(grid: Grid, region: Region, regions: list[Region]) -> bool:
    """Whether a table goes on at its right, or is itself what goes on: the same head again, marks that count on."""

    def goes_on(left: Region, right: Region) -> bool:
        level = left.right < right.left and left.head_first == right.head_first
        return level and _head(grid, left) == _head(grid, right) and _counts_on(grid, left, right)

    return any(goes_on(region, other) or goes_on(other, region) for other in regions if other is not region)


def _goes_on(grid: Grid, before: Region, region: Region) -> bool:
    if (before.left, before.right, before.label_col, before.mark_col) != (
        region.left, region.right, region.label_col, region.mark_col,
    ) or _head(grid, before) != _head(grid, region):  # fmt: skip
        return False
    between = any(
        cell is not None
        for row in range(before.last + 1, region.head_first)
        for cell in grid.lines.get(row, ())[region.left : region.right + 1]
    )
    ends = [*before.body[-1:], *region.body[:1]]
    return not between and (any(_is_carried(grid, region, row) for row in ends) or _counts_on(grid, before, region))


def _counts_on(grid: Grid, before: Region, region: Region) -> bool:
    """Whether the marks of a page go on where those of the page before it ended: 14 | 15."""
    if before.mark_col is None or not before.body or not region.body:
        return False
    last, first = grid.at(before.body[-1], before.mark_col), grid.at(region.body[0], region.mark_col or 0)
    marks = [cell.mark_text for cell in (last, first) if cell is not None]
    return len(marks) == 2 and all(mark.isdecimal() for mark in marks) and int(marks[1]) == int(marks[0]) + 1


def _head(grid: Grid, region: Region) -> list[list[str]]:
    rows = range(region.head_first, region.head_last + 1)
    return [[cell.said for cell in grid.lines.get(row, ())[region.left : region.right + 1] if cell] for row in rows]


def _is_carried(grid: Grid, region: Region, row: int) -> bool:
    cells = [grid.at(row, col) for col in (region.mark_col or 0, region.label_col)]
    return any(cell is not None and words.CARRIED.fullmatch(fold(cell.said).strip(" :.")) for cell in cells)
