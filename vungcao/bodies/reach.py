"""Reach: how far somebody who asks may see. Place × body, deny by default.

A post at the Board or the province's Committee sees everything of its province; another post sees the bodies under its
own, in the places under its reach. Bodies and places that have ended stay visible to whoever saw them: the edges of
the trees of every day count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vungcao.bodies.models import BodyKind, BodyVersion, Posting
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.trees import Tree
from vungcao.territory.models import PlaceVersion

SEE_THE_PROVINCE: Final = frozenset({BodyKind.BOARD, BodyKind.PROVINCE})
SEE_UNDIVIDED: Final = SEE_THE_PROVINCE | {BodyKind.DISTRICT, BodyKind.COMMUNE}


@dataclass(frozen=True)
class Reach:
    """``places`` are the heads of the subtrees seen, ``bodies`` every body seen; ``also`` further posts of one person.

    Two posts are never multiplied: the place of one with the body of the other is not seen.
    """

    everything: bool = False
    places: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    also: tuple[Reach, ...] = ()

    @classmethod
    def all_for_operator(cls) -> Reach:
        """Of the person at the machine, who can read the database anyway: commands on the server, never a page."""
        return cls(everything=True)

    @classmethod
    def of_posts(cls, postings: Iterable[Posting], on: date) -> Reach:
        """Of some posts on a day; without one, nothing. Which of his posts count is asked of ``rights``."""
        first, *more = [one for one in (_of_posting(posting, on) for posting in postings) if one] or [cls()]
        return cls(first.everything, first.places, first.bodies, tuple(more))

    def sees(self, place_id: int, body_id: int, place_tree: Tree) -> bool:
        """Is a figure of this place and body within reach? ``place_tree`` is the tree the place stands in."""
        if self.everything:
            return True
        if body_id in self.bodies and any(place_tree.covers(head, place_id) for head in self.places):
            return True
        return any(one.sees(place_id, body_id, place_tree) for one in self.also)

    def covers(self, place_id: int, place_tree: Tree) -> bool:
        """Does the place lie in what one post or another reaches, whatever body is asked about?"""
        if self.everything or any(place_tree.covers(head, place_id) for head in self.places):
            return True
        return any(one.covers(place_id, place_tree) for one in self.also)

    def all_bodies(self) -> frozenset[int]:
        """Every body seen by one post or another; for the operator, every body there is."""
        if self.everything:
            return frozenset(BodyVersion.objects.values_list("body", flat=True))
        return self.bodies.union(*(one.all_bodies() for one in self.also))

    def __bool__(self) -> bool:
        return self.everything or bool(self.places and self.bodies) or any(self.also)


def _of_posting(posting: Posting, on: date) -> Reach:
    """One post's reach. The kind of its body on the day decides how wide it is."""
    rows = bodies_of_every_day()
    kind = next((row["kind"] for row in rows if row["body_id"] == posting.body_id and _is_in_force(row, on)), None)
    if kind is None:
        return Reach()  # the body has ended: a post in it opens nothing
    if kind in SEE_THE_PROVINCE:
        places = _under([posting.reach_id], places_of_every_day())
        seen = {row["body_id"] for row in rows if row["place_id"] is None or row["place_id"] in places}
    else:
        seen = _under([posting.body_id], _edges(rows, "body_id"))
        if kind in SEE_UNDIVIDED:
            seen |= {row["body_id"] for row in rows if row["kind"] == BodyKind.NOT_DIVIDED}
    return Reach(places=frozenset({posting.reach_id}), bodies=frozenset(seen))


def bodies_of_every_day() -> list[dict[str, Any]]:
    """Every standing version of a body, of whatever day; read once while none is written."""
    names = ("body_id", "parent_id", "place_id", "kind", "valid_from", "valid_to")
    return _bodies.get("rows", None, lambda: list(BodyVersion.objects.standing().order_by("pk").values(*names)))


def places_of_every_day() -> dict[int, set[int]]:
    """Parent → children among places, over every day; read once while none is written."""
    edges = PlaceVersion.objects.standing().values("place_id", "parent_id")
    return _places.get("edges", None, lambda: _edges(edges, "place_id"))


def _is_in_force(row: Mapping[str, Any], on: date) -> bool:
    return (row["valid_from"] or date.min) <= on and (row["valid_to"] or date.max) > on


_bodies: Final[Remembered[list[dict[str, Any]]]] = Remembered(BodyVersion, room=2)
_places: Final[Remembered[dict[int, set[int]]]] = Remembered(PlaceVersion, room=2)


def _edges(rows: Iterable[Mapping[str, Any]], child: str) -> dict[int, set[int]]:
    """Parent → children, over the trees of every day."""
    found: dict[int, set[int]] = {}
    for row in rows:
        if row["parent_id"] is not None:
            found.setdefault(row["parent_id"], set()).add(row[child])
    return found


def _under(heads: Iterable[int], children: Mapping[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = list(heads)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(children.get(node, ()))
    return seen
