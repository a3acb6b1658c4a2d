"""Totals in words of their own, told by where they stand: “Tổng kế hoạch vốn” last, “Cộng khối xã” after its lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.grid import Grid
from vungcao.intake.reading.numbers import read_cell
from vungcao.intake.reading.words import fold

if TYPE_CHECKING:
    from vungcao.intake.reading.lines import Line

Scope = Literal["table", "section"]
_UNNUMBERED = ("dash", "plus", "star")


def closing_totals(grid: Grid, region: Region, lines: Sequence[Line]) -> dict[int, Scope]:
    """Rows of unmarked lines that are totals though no usual word says so, and what each is the total of.

    Where lines bear marks, an unmarked one that opens with “Tổng” or “Cộng” is no item: first or last it is the
    table's total, between them its section's. Without marks, the last line is a total where its figures come out.
    Lines of a table with units of their own are indicators, of which some begin with “Tổng”.
    """
    own = [line for line in lines if line.valued and not line.hidden and not words.OF_WHICH.match(line.plain)]
    opening = [line for line in own if line.mark is None and words.TOTAL_OPENING.match(line.plain)]
    if not opening or len(own) < 3 or _says_units(grid, region):
        return {}
    marked = [line for line in own if line.mark is not None and line.mark.scheme not in _UNNUMBERED]
    if not marked:
        last = own[-1]
        others = [line for line in own[:-1] if line not in opening and line.mark is None]
        return {last.row: "table"} if last in opening and _comes_out(grid, region, last, others) else {}
    headed = [line for line in lines if line.mark is not None]
    found: dict[int, Scope] = {}
    for at, line in enumerate(own):
        if line not in opening or words.TOTAL.fullmatch(line.plain) or words.SUBTOTAL.fullmatch(line.plain):
            continue
        names_section = len(said := named_in(line)) > 2 and any(one.plain.startswith(said) for one in headed)
        if names_section or (line.plain.startswith("cong") and 0 < at < len(own) - 1 and own[at - 1] in marked):
            found[line.row] = "section"
        elif line in (own[0], own[-1]):
            found[line.row] = "table"
    return found


def named_in(line: Line) -> str:
    """What a total says it is the total of: “Cộng khối xã” → ``"khoi xa"``."""
    return words.TOTAL_OPENING.sub("", line.plain).strip(" :.")


def _says_units(grid: Grid, region: Region) -> bool:
    return any(
        (head := grid.shown_at(region.head_first, col)) is not None and words.UNIT_HEAD.fullmatch(fold(head.said))
        for col in range(region.left, region.right + 1)
    )


def _comes_out(grid: Grid, region: Region, total: Line, others: Sequence[Line]) -> bool:
    """Whether the lines add up to the total in more columns than they do not."""
    good = bad = 0
    for col in range(region.label_col + 1, region.right + 1):
        printed = read_cell(grid.at(total.row, col)).number
        if not printed:
            continue
        added = sum((read_cell(grid.at(line.row, col)).number or Decimal(0) for line in others), Decimal(0))
        good, bad = good + (added == printed), bad + (added != printed)
    return good > bad
