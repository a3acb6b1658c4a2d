"""Labels that stand for several lines: merged downwards, or said once and left blank below (“Dự án 1 | Xã 1, Xã 2”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.grid import Cell, Grid
from vungcao.intake.reading.numbers import looks_numeric
from vungcao.intake.reading.words import fold

if TYPE_CHECKING:
    from vungcao.intake.reading.lines import Line


def shared_labels(grid: Grid, region: Region) -> dict[int, int]:
    """Rows without mark and label of their own → the row above whose mark and label stand for them too.

    That is where the label's cell is merged over them, or where a second column of labels says what each line is of.
    """
    found: dict[int, int] = {}
    before: int | None = None
    second: int | None = None
    looked = False
    for row in region.body:
        own = grid.at(row, region.label_col)
        if own is not None or (region.mark_col is not None and grid.at(row, region.mark_col) is not None):
            before = row if own is not None else None
            continue
        merge = grid.merge_at(row, region.label_col)
        if merge is not None and merge.top < row and merge.top in region.body:
            found[row] = merge.top
            continue
        if not looked:
            second, looked = _second_labels(grid, region), True
        if before is None or second is None or _is_total(grid.at(before, region.label_col)):
            continue
        if all(_is_said(grid.at(one, second)) for one in (before, row)):
            found[row] = before
    return found


def _is_total(cell: Cell | None) -> bool:
    return cell is not None and words.TOTAL.fullmatch(fold(cell.said)) is not None


def _second_labels(grid: Grid, region: Region) -> int | None:
    """The column directly behind the labels, where it holds a text in most lines."""
    col = max(region.mark_col or 0, region.label_col) + 1
    said = sum(_is_said(grid.at(row, col)) for row in region.body)
    return col if said * 3 >= len(region.body) * 2 else None


def _is_said(cell: Cell | None) -> bool:
    return cell is not None and cell.is_text and not looks_numeric(cell)


def settle_groups(grid: Grid, region: Region, lines: Sequence[Line], shared: Mapping[int, int]) -> None:
    """Where one line of a group says “Cộng” in the second column, it is the group's sum and the others its parts."""
    col = max(region.mark_col or 0, region.label_col) + 1
    groups: dict[int, list[Line]] = {}
    for line in lines:
        if (top := shared.get(line.row, line.row)) in shared.values():
            groups.setdefault(top, []).append(line)
    for group in groups.values():
        sums = [line for line in group if _is_total(grid.at(line.row, col))]
        if len(sums) == 1 and len(group) > 1:
            for line in group:
                line.kind, line.parent = ("section", line.parent) if line is sums[0] else ("item", sums[0].row)
                line.under = line is not sums[0]
    _name_by_second(grid, region, lines, shared)


def _name_by_second(grid: Grid, region: Region, lines: Sequence[Line], shared: Mapping[int, int]) -> None:
    """“Huyện A | – | 30”, then “– | Xã 1 | 10”: lines named in the second column only are those of the label above."""
    col = max(region.mark_col or 0, region.label_col) + 1
    for line in lines:
        if not line.label and line.mark is None and line.row not in shared and line.parent is not None:
            cell = grid.at(line.row, col)
            if cell is not None and _is_said(cell):
                line.label, line.under = cell.said, True
