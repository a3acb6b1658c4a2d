"""Nested places spoken of side by side: a district's total and its communes' figures are one thing said twice.

Containment is that of the day the narrower figure stands at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from vungcao.monitoring.models import Observation
from vungcao.territory import queries as territory


class OfPlace(Protocol):
    """A figure of a place on a day."""

    @property
    def place_id(self) -> int: ...

    @property
    def as_of(self) -> date: ...


T = TypeVar("T", bound=OfPlace)


def widest(rows: Iterable[T], known: int | None = None) -> list[T]:
    """Of nested places the wider one's figure, unless narrower ones of a later day leave nothing of it out."""
    kept: dict[int, T] = {}
    every = sorted(rows, key=lambda row: territory.tree(row.as_of, known).depth(row.place_id))
    by_place = {row.place_id: row for row in every}
    for row in every:
        over = _over(row, kept, known)
        if over is None and not _tiled(row, by_place, known, is_later=True):
            kept[row.place_id] = row
    return [row for row in every if row.place_id in kept]


def finest(rows: Iterable[Observation], boundaries: date, known: int | None = None) -> list[Observation]:
    """Figures ready to be recast to the units of a day: of a place that is gone, what its parts do not say themselves.

    Figures inside it are taken off where they are of its day; of other days they replace it where they leave nothing of
    it out, else it stands and they are left aside. What is returned may be a copy with the rest as its amount. A place
    that still stands keeps its own figure (``widest`` counts it once).
    """
    there = territory.tree(boundaries, known)
    every = list(rows)
    by_place = {row.place_id: row for row in every}
    tiled = {row.place_id for row in every if _tiled(row, by_place, known, is_later=False)}
    aside: set[int] = set()
    found: list[Observation] = []
    for row in sorted(every, key=lambda row: territory.tree(row.as_of, known).depth(row.place_id)):
        if row.place_id in there:
            found.append(row)
            continue
        if row.place_id in aside or row.place_id in tiled:
            continue
        inside = [one for one in every if one is not row and row.place_id in _up(one, known)]
        aside |= {one.place_id for one in inside if one.as_of != row.as_of}
        same = widest([one for one in inside if one.as_of == row.as_of], known)
        found.append(_rest(row, same) if same else row)
    return found


def _rest(row: Observation, inside: Sequence[Observation]) -> Observation:
    """A copy, never saved, that says what the places inside leave of it."""
    rest = copy(row)
    rest.numerator = row.numerator - sum((one.numerator for one in inside), Decimal(0))
    if row.denominator is not None:
        rest.denominator = row.denominator - sum((one.denominator or Decimal(0) for one in inside), Decimal(0))
    return rest


def _up(row: OfPlace, known: int | None) -> set[int]:
    return set(territory.tree(row.as_of, known).up(row.place_id))


def _over(row: T, kept: Mapping[int, T], known: int | None) -> T | None:
    """The figure of a place above that is kept."""
    above = (node for node in territory.tree(row.as_of, known).up(row.place_id) if node != row.place_id)
    return next((kept[node] for node in above if node in kept), None)


def _tiled(row: T, by_place: Mapping[int, T], known: int | None, *, is_later: bool) -> bool:
    """Do figures of the places inside, of that day (or later), leave nothing of the place out?"""
    under = [one for one in by_place.values() if one.place_id != row.place_id and row.place_id in _up(one, known)]
    fresh = {one.place_id for one in under if (one.as_of > row.as_of if is_later else one.as_of >= row.as_of)}
    if not fresh:
        return False
    tree = territory.tree(max(one.as_of for one in under), known)
    return row.place_id in tree and _covered(row.place_id, tree.children, fresh)


def _covered(node: int, children: Mapping[int | None, Sequence[int]], said: set[int]) -> bool:
    inside = children.get(node, ())
    return bool(inside) and all(child in said or _covered(child, children, said) for child in inside)
