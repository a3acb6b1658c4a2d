"""Nested places spoken of side by side: a district's total and its communes' figures are one thing said twice.

Containment is that of the day the narrower figure stands at, or of the day whose units are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from vungcao.monitoring.models import Observation
from vungcao.territory import queries as territory
from vungcao.territory.queries import PlaceTree


class OfPlace(Protocol):
    """A figure of a place on a day."""

    @property
    def place_id(self) -> int: ...

    @property
    def as_of(self) -> date: ...


T = TypeVar("T", bound=OfPlace)


def widest(rows: Iterable[T], known: int | None = None, units: date | None = None) -> list[T]:
    """Of nested places the wider one's figure, unless narrower ones of a later day leave nothing of it out."""
    nest = _Nest(list(rows), known, units)
    kept: set[int] = set()
    for row in nest.from_the_widest():
        if not kept & nest.above[row.place_id] and not nest.is_tiled(row, is_later=True):
            kept.add(row.place_id)
    return [row for row in nest.rows if row.place_id in kept]


def finest(rows: Iterable[Observation], boundaries: date, known: int | None = None) -> list[Observation]:
    """Figures ready to be recast to the units of a day: of a place that is gone, what its parts do not say themselves.

    Figures inside it are taken off where they are of its day; of other days they replace it where they leave nothing of
    it out, else it stands and they are left aside. What is returned may be a copy with the rest as its amount. A place
    that still stands keeps its own figure (``widest`` counts it once).
    """
    there = territory.tree(boundaries, known)
    nest = _Nest(list(rows), known, None)
    aside: set[int] = set()
    found: list[Observation] = []
    for row in nest.from_the_widest():
        if row.place_id in there:
            found.append(row)
        elif row.place_id not in aside and not nest.is_tiled(row, is_later=False):
            inside = nest.inside.get(row.place_id, [])
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


class _Nest(Generic[T]):
    """Rows of different places, and which lies in which. ``above``: places over each; ``inside``: rows under each."""

    def __init__(self, rows: list[T], known: int | None, units: date | None) -> None:
        self.rows, self.known, self.units = rows, known, units
        self.above = {row.place_id: set(self._tree(row).up(row.place_id)) - {row.place_id} for row in rows}
        self.inside: dict[int, list[T]] = {}
        spoken = set(self.above)
        for row in rows:
            for place in self.above[row.place_id] & spoken:
                self.inside.setdefault(place, []).append(row)

    def _tree(self, row: T) -> PlaceTree:
        return territory.tree(self.units or row.as_of, self.known)

    def from_the_widest(self) -> list[T]:
        return sorted(self.rows, key=lambda row: len(self.above[row.place_id]))

    def is_tiled(self, row: T, *, is_later: bool) -> bool:
        """Do figures of the places inside, of that day (or later), leave nothing of the place out?"""
        under = self.inside.get(row.place_id, [])
        fresh = {one.place_id for one in under if (one.as_of > row.as_of if is_later else one.as_of >= row.as_of)}
        if not fresh:
            return False
        tree = territory.tree(self.units or max(one.as_of for one in under), self.known)
        return row.place_id in tree and _covered(row.place_id, tree.children, fresh)


def _covered(node: int, children: Mapping[int | None, Sequence[int]], said: set[int]) -> bool:
    inside = children.get(node, ())
    return bool(inside) and all(child in said or _covered(child, children, said) for child in inside)
