"""Lines over the months of a year as SVG, in per cent of the frame: as wide as the page, words as large as its own.

A template draws it: attributes and classes only, no script. Months without a figure are gaps with a sign, and no line
is drawn across them. Series differ by stroke and mark, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vungcao.kernel.vietnamese import MILLION_DONG, amount

MONTHS: Final = 12
LEFT, RIGHT, TOP, BOTTOM = 0.0, 100.0, 9.0, 84.0  # per cent of the frame between which points lie
STEPS: Final = (1, 2, 2.5, 5, 10)  # tops of the scale, times a power of ten
GRID: Final = 4  # lines above the ground


@dataclass(frozen=True)
class Mark:
    """A point, in per cent of the frame; ``said`` is its amount in triệu đồng; ``is_part``: some had not reported;
    ``is_far``: so near the right edge that its words go to the left.
    """

    x: str
    y: str
    month: int
    said: str
    is_part: bool = False
    is_far: bool = False


@dataclass(frozen=True)
class Stroke:
    """A straight piece of line, in per cent of the frame."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Series:
    """Marks of one series, and pieces of line between months that follow each other."""

    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Chart:
    """What the template draws. ``grid``: height and amount of each line; ``months``: place and number of each month of
    the frame; ``gaps``: those that nobody spoke of.
    """

    plan: Series
    spent: Series
    before: Series
    grid: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, int], ...]
    gaps: tuple[tuple[str, int], ...]

    @property
    def has_parts(self) -> bool:
        """Is some point one of which somebody had not reported?"""
        return any(mark.is_part for mark in (*self.spent.marks, *self.before.marks))


def chart(
    *,
    plan: Sequence[int | None],
    spent: Sequence[int | None],
    before: Sequence[int | None] = (),
    parts: Sequence[bool],
    parts_before: Sequence[bool] = (),
) -> Chart | None:
    """Series in whole đồng by month, from January on, all as long as the year has gone; None where nothing is known.

    ``parts``: of which months somebody had not reported. The frame holds a year, or as many months as there are.
    """
    known = [one for one in (*plan, *spent, *before) if one is not None]
    if not known:
        return None
    top, many = scale_top(max(*known, 1)), max(MONTHS, len(spent))
    return Chart(
        plan=_series(plan, [False] * len(plan), top, many),
        spent=_series(spent, parts, top, many),
        before=_series(before, parts_before, top, many),
        grid=tuple((_y(top * step // GRID, top), amount(top * step // GRID, MILLION_DONG)) for step in range(GRID + 1)),
        months=tuple((_x(at, many), _number(at)) for at in range(many)),
        gaps=tuple((_x(at, many), _number(at)) for at, dong in enumerate(spent) if dong is None),
    )


def scale_top(most: int) -> int:
    """The smallest round amount that is no less and has round fourths: 269.541,8 triệu → 400.000 triệu."""
    power = 4 * MILLION_DONG // 10
    while power * 10 < most:
        power *= 10
    return int(next(power * step for step in STEPS if power * step >= most))


def _series(dong: Sequence[int | None], parts: Sequence[bool], top: int, many: int) -> Series:
    there = [(at, one) for at, one in enumerate(dong) if one is not None]
    marks = tuple(
        Mark(_x(at, many), _y(one, top), _number(at), amount(one, MILLION_DONG), parts[at], is_far=at >= many - 2)
        for at, one in there
    )
    strokes = tuple(
        Stroke(one.x, one.y, after.x, after.y)
        for (one, after), ((at, _), (then, _)) in zip(pairwise(marks), pairwise(there), strict=True)
        if then == at + 1
    )
    return Series(marks, strokes)


def _number(at: int) -> int:
    """The number of a month by its place from January on: after December January comes again."""
    return at % MONTHS + 1


def _x(at: int, many: int) -> str:
    return _percent(LEFT + (RIGHT - LEFT) * (at + 0.5) / many)


def _y(dong: int, top: int) -> str:
    return _percent(BOTTOM - (BOTTOM - TOP) * min(max(dong, 0), top) / top)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
