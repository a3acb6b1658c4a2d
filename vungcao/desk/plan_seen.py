"""What somebody sees of plans: those of his places and of what stands above them; a version as a tree of nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from vungcao.bodies.reach import Reach
from vungcao.desk.dossier_lost import SURE, TONES
from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.programme.models import PlanLine, PlanTarget, PlanVersion
from vungcao.programme.queries import FundingSources, naming, outermost, plan_versions, targets
from vungcao.programme.versions import lines_of, total, tree_of
from vungcao.territory import queries as territory
from vungcao.territory.queries import PlaceTree

WIDE: Final = 2  # levels of the tree that stand open


def sees_place(reach: Reach) -> Callable[[int], bool]:
    """A plan of a place is for whoever reaches into it or under it: what the nation plans is no secret below."""
    heads = _heads(reach)
    return lambda place: reach.everything or any(_tree_of(place).meets(head, place) for head in heads)


def writes_place(reach: Reach) -> Callable[[int], bool]:
    """Plans of a place are written by whoever reaches all of it."""
    heads = _heads(reach)
    return lambda place: reach.everything or any(_tree_of(place).covers(head, place) for head in heads)


def _tree_of(place: int) -> PlaceTree:
    """Today's places; of one that has ended or is to begin, those of a day on which it stood."""
    today = timezone.localdate()
    row = territory.naming(place, today)
    if row is None or holds(row.valid_from, row.valid_to, today):
        return territory.tree(today)
    return territory.tree(last_day(row.valid_to) or row.valid_from or today)


def _heads(reach: Reach) -> frozenset[int]:
    return reach.places.union(*(_heads(one) for one in reach.also))


def seen(reach: Reach) -> list[PlanVersion]:
    """Every version within reach."""
    may_see = sees_place(reach)
    return [one for one in plan_versions() if may_see(one.place_id)]


@dataclass
class Node:
    """One component of a version: its own lines and targets, what it and its parts add up to, its parts."""

    code: str
    name: str
    short_name: str
    lines: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    low_dong: int | None
    high_dong: int | None
    is_open: bool
    children: list[Node] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Targets at it and below."""
        return len(self.targets) + sum(one.count for one in self.children)


def tree(plan: PlanVersion, reach: Reach) -> tuple[list[Node], tuple[int, int] | None]:
    """The nodes that have something, in the tree's order; and the total, ``None`` without lines."""
    may_see = sees_place(reach)
    lines = [one for one in lines_of(plan) if may_see(one.place_id)]
    said = [one for one in targets(plan) if may_see(one.place_id)]
    made = _Tree(plan, lines, said)
    return made.nodes(), total(made.kept)


class _Tree:
    def __init__(self, plan: PlanVersion, lines: list[PlanLine], said: list[PlanTarget]) -> None:
        self.plan, self.lines, self.said = plan, lines, said
        self.here, self.sources = tree_of(plan), FundingSources.all()
        self.kept = outermost(lines, self.here, self.sources)
        self.names: dict[int, str] = {}

    def nodes(self) -> list[Node]:
        wanted = {one.component_id for one in self.lines} | {one.component_id for one in self.said}
        shown = {above for node in wanted for above in self.here.up(node) if above != self._root}
        tops = [node for node in shown if self.here.parents.get(node) not in shown]
        return [self._node(node, shown, 0) for node in self._sorted(tops)]

    @property
    def _root(self) -> int | None:
        return self.here.ids.get(NOT_DIVIDED)

    def _sorted(self, nodes: list[int]) -> list[int]:
        return sorted(nodes, key=lambda node: self.here.order.get(node, 10**6))

    def _node(self, node: int, shown: set[int], depth: int) -> Node:
        inside = [one for one in self.lines if self.here.covers(node, one.component_id)]
        ends = total(outermost(inside, self.here, self.sources))
        called = naming(node) if node not in self.here else None
        return Node(
            code=called.code if called else self.here.codes[node],
            name=called.name if called else self.here.names[node],
            short_name=called.short_name if called else self.here.short_names[node],
            lines=[self._line(one) for one in self.lines if one.component_id == node],
            targets=[self._target(one) for one in self.said if one.component_id == node],
            low_dong=ends[0] if ends else None,
            high_dong=ends[1] if ends else None,
            is_open=depth < WIDE,
            children=[
                self._node(one, shown, depth + 1)
                for one in self._sorted(self.here.children.get(node, []))
                if one in shown
            ],
        )

    def _line(self, one: PlanLine) -> dict[str, Any]:
        return {
            "line": one,
            "place": self._place(one.place_id),
            "inside": one not in self.kept,
            **_sure(one.confidence),
        }

    def _target(self, one: PlanTarget) -> dict[str, Any]:
        return {"target": one, **_sure(one.confidence)}

    def _place(self, place: int) -> str:
        if place not in self.names:
            self.names[place] = place_name(place)
        return self.names[place]


def place_name(place: int) -> str:
    """A place as it is called today, or was called last."""
    found = territory.naming(place, timezone.localdate())
    return found.name if found else f"{place}"


def _sure(confidence: str) -> dict[str, Any]:
    return {"sure": SURE[confidence], "tone": TONES[confidence]}
