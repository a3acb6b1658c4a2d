"""Columns of a table: the head texts above each, its unit, what the row of column numbers says of it, its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.document import ColumnKind, Unit
from vungcao.intake.reading.grid import Cell, Grid
from vungcao.intake.reading.numbers import day_of_serial, is_like_a_day, looks_numeric, read_day
from vungcao.intake.reading.units import is_percent, unit_in_head
from vungcao.intake.reading.words import fold

_SAMPLE = 2_000


@dataclass(slots=True)
class Head:
    """A column as its head tells it; ``kind`` and ``style`` are settled from the body."""

    col: int
    path: tuple[str, ...]
    unit: Unit | None
    number: str | None = None
    kind: ColumnKind = "text"
    hidden: bool = False

    @property
    def leaf(self) -> str:
        return self.path[-1] if self.path else ""


def read_heads(grid: Grid, region: Region) -> list[Head]:
    """The columns of a region from left to right; a column merged away under its neighbour is not repeated."""
    last = region.head_last - 1 if region.number_row == region.head_last else region.head_last
    used = _used(grid, region)
    heads: list[Head] = []
    for col in range(region.left, region.right + 1):
        path, anchors = _path(grid, region, col, last)
        if heads and col not in used and anchors and anchors == _path(grid, region, col - 1, last)[1]:
            continue
        if not path and col not in used:
            continue
        number = grid.at(region.number_row, col) if region.number_row else None
        unit = next((unit for text in reversed(path) if (unit := unit_in_head(text))), None)
        said = number.said if number else None
        heads.append(Head(col, path, unit, said, hidden=col in grid.hidden_cols))
    return heads


def _used(grid: Grid, region: Region) -> set[int]:
    """Columns that hold anything in the body."""
    used: set[int] = set()
    width = range(region.left, region.right + 1)
    for row in region.body:
        line = grid.lines.get(row, [])
        used.update(col for col in width if col not in used and col < len(line) and line[col] is not None)
        if len(used) == len(width):
            break
    return used


def _path(grid: Grid, region: Region, col: int, last: int) -> tuple[tuple[str, ...], list[str]]:
    """Head texts over a column, top to bottom, each cell once; and the cells they stand in."""
    texts: list[str] = []
    anchors: list[str] = []
    for row in range(region.head_first, last + 1):
        cell = grid.shown_at(row, col) or _spread(grid, region, row, col, last)
        if cell and cell.at not in anchors:
            anchors.append(cell.at)
            texts.append(cell.said)
    return tuple(texts), anchors


def _spread(grid: Grid, region: Region, row: int, col: int, last: int) -> Cell | None:
    """A group head that was not merged: it reaches right over blank cells that have sub-heads of their own."""
    if row >= last or grid.merge_at(row, col) or not any(grid.at(r, col) for r in range(row + 1, last + 1)):
        return None
    if any(grid.shown_at(r, col) for r in range(region.head_first, row)) and _above_ends(grid, region, row, col):
        return None
    for left in range(col - 1, region.left - 1, -1):
        cell = grid.shown_at(row, left)
        if cell is None:
            continue
        if grid.span(cell)[0] < grid.span(cell)[1] or left == region.mark_col or left == region.label_col:
            return None
        below = any((c := grid.at(r, left)) and c is not cell for r in range(row + 1, last + 1))
        return cell if below else None
    return None


def _above_ends(grid: Grid, region: Region, row: int, col: int) -> bool:
    """Whether the group above ends between the column and its left neighbour."""
    above = [grid.shown_at(r, col) for r in range(region.head_first, row)]
    beside = [grid.shown_at(r, col - 1) for r in range(region.head_first, row)]
    return above != beside


def settle_kinds(grid: Grid, region: Region, heads: list[Head], table_unit: Unit) -> None:
    """Give each column its kind: from its unit and head words, then from what its body holds."""
    body = region.body
    if len(body) > _SAMPLE * 2:  # a long table: rows spread evenly over it tell enough
        body = body[:: len(body) // _SAMPLE]
    of_money = table_unit.said is None and any(words.MONEY_HEAD.fullmatch(fold(" ".join(h.path))) for h in heads)
    for head in heads:
        cells = [cell for row in body if (cell := grid.at(row, head.col))]
        if head.col == region.mark_col:
            head.kind = "mark"
        elif head.col == region.label_col:
            head.kind = "label"
        else:
            head.kind = _kind(head, cells, table_unit)
            said = fold(" ".join(head.path))
            if of_money and head.kind == "count" and head.unit is None and words.PLAN_HEAD.fullmatch(said):
                head.kind = "money"  # a plan or its adjustment beside columns of money


def _kind(head: Head, cells: list[Cell], table_unit: Unit) -> ColumnKind:
    leaf = fold(head.leaf)
    figures = [cell for cell in cells if looks_numeric(cell)]
    if words.CODE_HEAD.fullmatch(leaf):
        return "text"
    if _are_codes(cells):
        return "text"
    if _are_days(head, cells):
        return "date"
    if head.unit is None and words.DAY_HEAD.match(leaf) and any(cell.is_text for cell in cells):
        return "text"  # “ngày 14”, “2022-2024”: times that are no days
    if is_percent(head.unit) or (figures and _share(figures, lambda cell: cell.percent or "%" in cell.said) > 0.5):
        return "percent"
    if cells and len(figures) * 2 < len(cells):
        return "text"
    if not cells and words.TEXT_HEAD.fullmatch(leaf):
        return "text"
    if re.match(r"(ghi chu|kho khan|nguyen nhan)", leaf) and not figures:
        return "text"
    if re.match(r"t[yi] le\b", leaf) and head.unit is None:
        return "percent"
    return "money" if _is_money(head, table_unit) else "count"


def _are_codes(cells: list[Cell]) -> bool:
    """Texts of digits only, all of one length, some led by a nought: no figures, whatever their head says."""
    said = [cell.said for cell in cells]
    return (
        len(said) > 1
        and all(cell.is_text and len(cell.said) == len(said[0]) and cell.said.isdecimal() for cell in cells)
        and any(text[0] == "0" and len(text) > 2 for text in said)
    )


def _are_days(head: Head, cells: list[Cell]) -> bool:
    """Most cells are written as days, and one at least is a day; or the head says so and all are serial numbers."""
    written = [cell for cell in cells if cell.day is not None or (cell.is_text and is_like_a_day(cell.said))]
    if len(written) * 2 > len(cells) and any(
        cell.day or read_day(cell.said) or read_day(cell.said, month_first=True) for cell in written
    ):
        return True
    return bool(cells) and bool(words.DAY_HEAD.match(fold(head.leaf))) and all(
        cell.number is not None and day_of_serial(cell.number) for cell in cells
    )  # fmt: skip


def _is_money(head: Head, table_unit: Unit) -> bool:
    if head.unit is not None:
        return head.unit.dong is not None
    said = fold(" ".join(head.path))
    if words.COUNT_HEAD.fullmatch(fold(head.leaf)) and fold(head.leaf) != "nam":
        return False
    if table_unit.dong is not None:
        return True
    return table_unit.said is None and bool(words.MONEY_HEAD.fullmatch(said))


def _share(cells: list[Cell], holds: Callable[[Cell], bool]) -> float:
    return sum(1 for cell in cells if holds(cell)) / len(cells)
