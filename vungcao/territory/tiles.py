"""A tile map: each place a square of equal size, near where it lies; for provinces without a file of boundaries.

Centres come from the province's own reference files (columns ``lon``, ``lat`` of its units, ``centre_source`` says from
where). A place that has ended lies where what it became lies; a district where its communes lie.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from vungcao.territory import queries
from vungcao.territory.models import Succession
from vungcao.territory.province import REFERENCE

Point = tuple[float, float]
ROOM: Final = 1.35  # cells for each place: some stay empty, so that the outline shows
ROUNDS: Final = 6


@lru_cache(maxsize=1)
def centres() -> dict[str, Point]:
    """Place key → (longitude, latitude), for every unit whose file gives one.

    A file ``units_2025.csv`` is of the units in force from 01/7/2025 on; their keys are looked up on that day.
    """
    found: dict[str, Point] = {}
    for file in sorted(REFERENCE.glob("*/units_*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row.get("lon") and row.get("lat"):
                    found[row["code"]] = (float(row["lon"]), float(row["lat"]))
    return found


def points(on: date, known: int | None = None) -> dict[int, Point]:
    """Where each place of a day lies; places of which nobody knows are left out."""
    return queries.memory.get(("points", on), known, lambda: _points(on, known))


def _points(on: date, known: int | None) -> dict[int, Point]:
    _, into = queries.successions(known)
    days = sorted({row.event.effective for rows in into.values() for row in rows} | {on})
    there = queries.tree(days[-1], known)
    found = {place: centres()[code] for place, code in there.codes.items() if code in centres()}
    away, _ = queries.successions(known)
    for place, rows in sorted(away.items(), key=lambda item: item[1][-1].event.effective, reverse=True):
        said = [found[row.successor_id] for row in rows if row.successor_id in found]
        if said:
            found[place] = _middle(said)
    for place, rows in into.items():
        if place not in found and (near := _beside(rows, found, known)):
            found[place] = _middle(near)
    tree = queries.tree(on, known)
    for place in tree.parents:
        below = [found[child] for child in tree.children.get(place, ()) if child in found]
        if place not in found and below:
            found[place] = _middle(below)
    return found


def _beside(rows: list[Succession], found: dict[int, Point], known: int | None) -> list[Point]:
    """Where a unit without a centre lies: among those that came from the same district."""
    eve = queries.tree(rows[0].event.effective - timedelta(days=1), known)
    districts = {eve.parents.get(row.predecessor_id) for row in rows}
    return [found[place] for place, parent in eve.parents.items() if parent in districts and place in found]


def _middle(said: list[Point]) -> Point:
    return (sum(x for x, _ in said) / len(said), sum(y for _, y in said) / len(said))


def tiles(places: Iterable[int], where: dict[int, Point]) -> dict[int, tuple[int, int]]:
    """(column, row) of each place that lies somewhere, from the top left; no two share a cell. The same places lie the
    same way each time: each takes the free cell nearest to it, then pairs change places while that brings both nearer.
    """
    listed = sorted(place for place in places if place in where)
    return dict(zip(listed, _laid(tuple(where[place] for place in listed)), strict=True))


@lru_cache(maxsize=64)
def _laid(said: tuple[Point, ...]) -> list[tuple[int, int]]:
    if not said:
        return []
    flat = [(x * math.cos(math.radians(y)), -y) for x, y in said]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide = max(max(x for x, _ in flat) - left, 1e-6)
    high = max(max(y for _, y in flat) - top, 1e-6)
    cells = max(len(flat) * ROOM, 1)
    columns = max(1, round(math.sqrt(cells * wide / high)))
    rows = max(1, math.ceil(cells / columns))
    wanted = [((x - left) / wide * (columns - 1), (y - top) / high * (rows - 1)) for x, y in flat]
    free = {(column, row) for column in range(columns) for row in range(rows)}
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    order = sorted(range(len(flat)), key=lambda one: (-_far(wanted[one], middle), wanted[one]))
    laid: list[tuple[int, int]] = [(0, 0)] * len(flat)
    for one in order:
        cell = min(free, key=lambda cell: (_far(wanted[one], cell), cell))
        laid[one] = cell
        free.discard(cell)
    for _ in range(ROUNDS):
        _change(laid, wanted, free)
    least = min(column for column, _ in laid), min(row for _, row in laid)
    return [(column - least[0], row - least[1]) for column, row in laid]


def _change(laid: list[tuple[int, int]], wanted: list[Point], free: set[tuple[int, int]]) -> None:
    """One round of exchanges: with another place, or with an empty cell."""
    for one in range(len(laid)):
        for other in range(one + 1, len(laid)):
            now = _far(wanted[one], laid[one]) + _far(wanted[other], laid[other])
            if _far(wanted[one], laid[other]) + _far(wanted[other], laid[one]) < now - 1e-9:
                laid[one], laid[other] = laid[other], laid[one]
        nearer = min(free, key=lambda cell: (_far(wanted[one], cell), cell), default=None)
        if nearer is not None and _far(wanted[one], nearer) < _far(wanted[one], laid[one]) - 1e-9:
            free.discard(nearer)
            free.add(laid[one])
            laid[one] = nearer


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
