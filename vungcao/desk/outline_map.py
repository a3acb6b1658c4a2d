"""The map of real boundaries as it is drawn, where the province has loaded a file of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from vungcao.kernel.vietnamese import number, percent
from vungcao.territory.boundaries import Ring

WIDTH: Final = 1000  # of the drawing, in its own units


@dataclass(frozen=True)
class Outline:
    """One place: its path, where its rate is printed, its shade (0: no figure)."""

    path: str
    x: int
    y: int
    whole_name: str
    rate: Decimal | None
    shade: int

    @property
    def said(self) -> str:
        """For who points at it: ``Xã Bảo Lạc: 37,8%``."""
        return f"{self.whole_name}: {percent(self.rate) if self.rate is not None else _('chưa có số liệu')}"

    @property
    def text(self) -> str:
        return number(self.rate, 1) if self.rate is not None else "?"


def drawn(said: Sequence[tuple[tuple[Ring, ...], str, Decimal | None, int]]) -> tuple[list[Outline], int]:
    """(rings, name, rate, shade) → outlines on a field ``WIDTH`` wide, and its height."""
    points = [point for rings, *_rest in said for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 4) / max((east - west) * narrow, 1e-9)

    def at(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - west) * narrow * scale) + 2, round((north - point[1]) * scale) + 2

    made = []
    for rings, name, rate, shade in said:
        flat = [[at(point) for point in ring] for ring in rings]
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in _without_repeats(ring)) + "Z" for ring in flat)
        x, y = _middle(max(flat, key=lambda ring: abs(_area(ring))))
        made.append(Outline(path, x, y, name, rate, shade))
    return made, round((north - south) * scale) + 4


def _without_repeats(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for index, point in enumerate(ring) if index == 0 or point != ring[index - 1]]


def _area(ring: list[tuple[int, int]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of the area; of the corners where the area is nothing."""
    area = _area(ring)
    if abs(area) < 1:
        return round(sum(x for x, _y in ring) / len(ring)), round(sum(y for _x, y in ring) / len(ring))
    x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return round(x / (6 * area)), round(y / (6 * area))
