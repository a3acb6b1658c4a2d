"""Which nodes are alike, so that one may stand in for the others in a roll-up. Whoever asks checks it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vungcao.cube.question import DAYS
from vungcao.cube.sealed.tables import number_of
from vungcao.programme import queries as programmes
from vungcao.programme.models import ComponentVersion
from vungcao.territory import queries as territory
from vungcao.territory.models import PlaceKind, PlaceVersion

Lives = Mapping[int, Sequence[PlaceVersion]]


def signatures(dim: str, nodes: Sequence[int]) -> dict[int, Any]:
    """What makes two nodes alike: of places the days they live and their provinces, of components the programme."""
    if dim == "body":
        return dict.fromkeys(nodes)
    if dim == "component":
        rows = ComponentVersion.objects.standing().filter(component__in=nodes)
        since = {node: first or DAYS[0] for node, first in rows.values_list("component", "valid_from")}
        return {node: programmes.tree(since.get(node, DAYS[1])).programme_of(node) for node in nodes}
    lives = territory.lives()
    return {node: (life_of(node, lives), _kinds_and_provinces(node, lives)) for node in nodes}


def _kinds_and_provinces(place: int, lives: Lives) -> frozenset[Any]:
    trees = [territory.tree(one.valid_from or DAYS[0]) for one in lives.get(place, [])]
    return frozenset((one.kinds.get(place), one.ancestor_of_kind(place, {PlaceKind.PROVINCE})) for one in trees)


def life_of(place: int, lives: Lives) -> tuple[int | None, int | None]:
    """First and last day of a place, as numbers; ``None`` where it has none."""
    life = lives.get(place)
    if not life:
        return None, None
    first, end = life[0].valid_from, life[-1].valid_to
    return number_of(first) if first else None, number_of(end) - 1 if end else None


def said_on(place: int, day: int, lives: Lives) -> int:
    """The day in whose units money of a place is said: the day asked about, or the nearest in the place's life."""
    begins, ends = life_of(place, lives)
    return begins if begins is not None and begins > day else min(day, day if ends is None else ends)
