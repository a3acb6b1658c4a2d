"""Lines over twelve months as SVG in per cent of the frame: as wide as the page, its words as large as the page's.

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
LEFT, RIGHT, TOP, BOTTOM = 5.0, 97.0, 9.0, 86.0  # per cent of the frame between which points lie
STEPS: Final = (1, 2, 2.5, 5, 10)  # tops of the scale, times a power of ten
GRID: Final = 4  # lines above the ground


@dataclass(frozen=True)
class Mark:
    """A point, in per cent of the frame; ``said`` is its amount in triệu đồng; ``is_part``: some had not reported."""

    x: str
    y: str
    month: int
    said: str
    is_part: bool = False


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
    """What the template draws. ``grid``: height and amount of each line; ``gaps``: months that nobody spoke of."""

    plan: Series
    spent: Series
    before: Series
    grid: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, int], ...]
    gaps: tuple[tuple[str, int], ...]


def chart(
    plan: Sequence[int | None],
    spent: Sequence[int | None],
    before: Sequence[int | None],
    parts: Sequence[bool],
) -> Chart | None:
    """Series in whole đồng by month, from January on, all as long as the year has gone; None where nothing is known."""
    known = [one for one in (*plan, *spent, *before) if one is not None]
    if not known:
        return None
    top = scale_top(max(*known, 1))
    return Chart(
        plan=_series(plan, top, ()),
        spent=_series(spent, top, parts),
        before=_series(before, top, ()),
        grid=tuple((_y(top * step // GRID, top), amount(top * step // GRID, MILLION_DONG)) for step in range(GRID + 1)),
        months=tuple((_x(month), month) for month in range(1, MONTHS + 1)),
        gaps=tuple((_x(month), month) for month, dong in enumerate(spent, start=1) if dong is None),
    )


def scale_top(most: int) -> int:
    """The smallest round amount that is no less and has round fourths: 269.541,8 triệu → 400.000 triệu."""
    power = 4 * MILLION_DONG // 10
    while power * 10 < most:
        power *= 10
    return int(next(power * step for step in STEPS if power * step >= most))


def _series(dong: Sequence[int | None], top: int, parts: Sequence[bool]) -> Series:
    marks = tuple(
        Mark(_x(month), _y(one, top), month, amount(one, MILLION_DONG), bool(parts) and parts[month - 1])
        for month, one in enumerate(dong, start=1)
        if one is not None
    )
    strokes = tuple(
        Stroke(one.x, one.y, after.x, after.y) for one, after in pairwise(marks) if after.month == one.month + 1
    )
    return Series(marks, strokes)


def _x(month: int) -> str:
    return _percent(LEFT + (RIGHT - LEFT) * (month - 0.5) / MONTHS)


def _y(dong: int, top: int) -> str:
    return _percent(BOTTOM - (BOTTOM - TOP) * min(max(dong, 0), top) / top)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
