"""The number styles of a table's columns together: what the other columns show, and what the sums prove.

A column of ``1.349.142`` and ``786,893`` may be read in two ways. Its neighbours speak first; where claims of the table
then fail, the other readings that the texts allow are tried, and one that makes them come out is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from vungcao.intake.reading import words
from vungcao.intake.reading.beside import Region
from vungcao.intake.reading.document import Check, Unit
from vungcao.intake.reading.grid import Grid
from vungcao.intake.reading.heads import Head
from vungcao.intake.reading.numbers import Style, evidence, style_of
from vungcao.intake.reading.styles import Settled, settle_style
from vungcao.intake.reading.values import places_printed

_THIRD = re.compile(r"\d{4}[.,]\d{3}$|\.\d{3},\d{3}$|,\d{3}\.\d{3}$")  # three decimals behind thousands


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How a column's texts are read, and the texts, each once."""

    settled: Settled
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many checks of a table fail, and how many come out."""

    failing: int
    good: int

    @classmethod
    def of(cls, checks: Iterable[Check]) -> Tally:
        verdicts = [check.verdict for check in checks]
        return cls(verdicts.count("fails"), verdicts.count("holds") + verdicts.count("rounding"))

    def is_better(self, other: Tally) -> bool:
        """At most half as many fail, and no claim was lost on the way."""
        return self.failing * 2 <= other.failing and self.failing < other.failing and self.good > other.good


def settle_columns(grid: Grid, region: Region, heads: list[Head], unit: Unit) -> dict[int, ColumnStyle]:
    """The number style of each column, from its own texts, else from what other columns of figures show."""
    texts = {h.col: _texts(grid, region, h.col) for h in heads if h.kind in ("money", "count", "percent")}
    grouped = [text for own in texts.values() for text in own if text.count(".") > 1 or text.count(",") > 1]
    divisible = {head.col for head in heads if head.kind == "money" or _may_have_decimals(head)}
    thirds = [text for col, own in texts.items() if col in divisible for text in own if _THIRD.search(text)]
    telling = [text for text in grouped or thirds if evidence(text)]
    usual, both = style_of(telling) if telling else (None, False)
    if both and not thirds:
        usual = "groups"  # a table that mixes both and never prints three decimals
    has_thirds = any(evidence(text) for text in thirds)
    columns: dict[int, ColumnStyle] = {}
    for head in heads:
        own = texts.get(head.col, [])
        dong = head.unit.dong if head.unit else unit.dong
        places: set[int] = set()
        if own:
            places = _places(grid, region, head.col) | ({3} if has_thirds and head.col in divisible else set())
        columns[head.col] = ColumnStyle(settle_style(own, head.kind, dong, usual, places, printed=grid.printed), own)
    return columns


def better_styles(settled: dict[int, Settled], tried: Callable[[dict[int, Style]], Tally]) -> dict[int, Style]:
    """The columns that are better read in another style, by what ``tried`` says of the table's checks."""
    styles = {col: one.style for col, one in settled.items()}
    best = tried(styles)
    if not best.failing:
        return {}
    found: dict[int, Style] = {}
    for other in _others(settled):
        tally = tried(styles | found | other)
        if tally.is_better(best):
            best, found = tally, found | other
        if not best.failing:
            break
    return found


def _others(settled: dict[int, Settled]) -> Iterator[dict[int, Style]]:
    """Every open column in one style, then one column after the other."""
    for style in ("dots", "commas", "groups"):
        together: dict[int, Style] = {col: style for col, one in settled.items() if style in one.or_else}
        if len(together) > 1:
            yield together
    for col, one in settled.items():
        for style in one.or_else:
            yield {col: style}


def _places(grid: Grid, region: Region, col: int) -> set[int]:
    """How many decimals the number cells of a column print."""
    cells = (grid.at(row, col) for row in region.body[:2_000])
    return {places_printed(cell) for cell in cells if cell is not None and cell.is_number}


def _texts(grid: Grid, region: Region, col: int) -> list[str]:
    """Texts of a column, each once."""
    found: dict[str, None] = {}
    lines = grid.lines
    for row in region.body:
        line = lines.get(row)
        cell = line[col] if line is not None and col < len(line) else None
        if cell is not None and cell.is_text:
            found[cell.said] = None
    return list(found)


def _may_have_decimals(head: Head) -> bool:
    """A column of figures of which neither unit nor head says that it counts whole things."""
    return head.kind == "count" and head.unit is None and not words.is_count(head.path[-1:])
