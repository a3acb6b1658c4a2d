"""Two plan versions set beside each other, node by node: money per source and year, and targets.

A node is itself under whatever name: identities are compared, and where its name differs on the days of the two plans
both names are told. Totals count a line only once (``versions.outermost``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from vungcao.kernel.trees import Tree
from vungcao.programme.component_trees import ComponentTree, naming
from vungcao.programme.models import PlanLine, PlanTarget, PlanVersion
from vungcao.programme.targets import targets
from vungcao.programme.versions import lines_of, outermost, total, tree_of
from vungcao.programme.vocabularies import FundingSources

Ends = tuple[int, int]
Row = TypeVar("Row", PlanLine, PlanTarget)


class Change(StrEnum):
    ADDED = "added"
    DROPPED = "dropped"
    RAISED = "raised"
    LOWERED = "lowered"
    UNCHANGED = "unchanged"
    REWORDED = "reworded"  # a target: another wording, unit or way of binding; no difference can be told
    OPEN = "cannot_tell"  # an implied amount: its interval leaves it open


@dataclass(frozen=True)
class Node:
    """A component in both plans; ``called`` and ``was`` are its names on the days of the second and the first."""

    pk: int
    code: str
    called: str
    was: str
    short_name: str
    depth: int

    @property
    def is_renamed(self) -> bool:
        return self.called != self.was


@dataclass(frozen=True)
class LineChange:
    """One node × source × year × place: (low, high) whole đồng in each plan, ``None`` where it has no such line."""

    node: Node
    source: str
    source_name: str
    year_use: str
    place: str
    a: Ends | None
    b: Ends | None

    @property
    def change(self) -> Change:
        return changed(self.a, self.b)

    @property
    def difference(self) -> Ends | None:
        return difference(self.a, self.b)

    def as_json(self) -> dict[str, Any]:
        low, high = self.difference or (None, None)
        return {
            "component": self.node.code, "name": self.node.called, "was_named": self.node.was, "source": self.source,
            "year_use": self.year_use, "place": self.place, "a_dong": ends_json(self.a), "b_dong": ends_json(self.b),
            "change": self.change.value, "difference_low_dong": low, "difference_high_dong": high,
        }  # fmt: skip


@dataclass(frozen=True)
class TargetChange:
    """One target (its code at a node, for a year and place) in each plan."""

    node: Node
    a: PlanTarget | None
    b: PlanTarget | None

    @property
    def one(self) -> PlanTarget:
        found = self.b or self.a
        assert found is not None
        return found

    @property
    def change(self) -> Change:
        if self.a is None or self.b is None:
            return Change.ADDED if self.a is None else Change.DROPPED
        if _reads(self.a) == _reads(self.b):
            return Change.UNCHANGED
        gap = self.difference
        if gap:
            return Change.RAISED if gap > 0 else Change.LOWERED
        return Change.REWORDED

    @property
    def difference(self) -> Decimal | None:
        """In the target's unit; ``None`` where a figure is missing, a range, or in another unit."""
        if self.a is None or self.b is None or self.a.unit != self.b.unit or self.a.value_to or self.b.value_to:
            return None
        if self.a.value is None or self.b.value is None:
            return None
        return Decimal(self.b.value - self.a.value)

    def as_json(self) -> dict[str, Any]:
        gap = self.difference
        return {
            "code": self.one.code, "component": self.node.code, "name": self.node.called, "was_named": self.node.was,
            "indicator": self.one.indicator, "year_use": self.one.year_use, "place": self.one.place.key,
            "a": self.a.value_said if self.a else None, "b": self.b.value_said if self.b else None,
            "unit": self.one.unit, "change": self.change.value,
            "difference": f"{gap.normalize():f}" if gap is not None else None,
            "confidence": self.one.confidence,
        }  # fmt: skip


def changed(a: Ends | None, b: Ends | None) -> Change:
    """What became of an amount; exact ends tell, an interval only where it leaves no doubt."""
    gap = difference(a, b)
    if gap is None:
        return Change.ADDED if a is None else Change.DROPPED
    low, high = gap
    if low > 0:
        return Change.RAISED
    if high < 0:
        return Change.LOWERED
    return Change.UNCHANGED if low == high == 0 or a == b else Change.OPEN


def difference(a: Ends | None, b: Ends | None) -> Ends | None:
    """Second less first, low and high; ``None`` where one of them is missing: that is not zero."""
    return None if a is None or b is None else (b[0] - a[1], b[1] - a[0])


def ends_json(ends: Ends | None) -> dict[str, int] | None:
    return None if ends is None else {"low": ends[0], "high": ends[1]}


class Comparison:
    """Plan ``a`` (before) beside plan ``b`` (after), as known at an act number; ``seen``: places an asker may see."""

    def __init__(
        self,
        a: PlanVersion,
        b: PlanVersion,
        *,
        known: int | None = None,
        places: Tree | None = None,
        seen: Callable[[int], bool] = lambda place: True,
    ) -> None:
        self.a, self.b, self.known, self.places, self._seen = a, b, known, places, seen
        self.trees: tuple[ComponentTree, ComponentTree] = (tree_of(a, known), tree_of(b, known))

    def _kept(self, rows: Iterable[Row]) -> list[Row]:
        return [one for one in rows if self._seen(one.place_id)]

    @cached_property
    def _lines(self) -> tuple[list[PlanLine], list[PlanLine]]:
        return self._kept(lines_of(self.a, self.known)), self._kept(lines_of(self.b, self.known))

    @cached_property
    def lines(self) -> list[LineChange]:
        """Every node × source × year × place that either plan has a line for, in the order of the tree."""
        sides = [_added_up(lines) for lines in self._lines]
        found = []
        for key in {*sides[0], *sides[1]}:
            held = sides[1].get(key) or sides[0][key]
            one, (a, b) = held[0], (side[key][1] if key in side else None for side in sides)
            found.append(
                LineChange(
                    self.node(one.component_id), one.source.code, one.source.name, one.year_use, one.place.key, a, b
                )
            )
        return sorted(found, key=lambda row: (*self._order(row.node), row.year_use, row.place, row.source))

    @cached_property
    def targets(self) -> list[TargetChange]:
        """Every target of either plan; of a target with two values in one plan, each value is a row."""
        a, b = (_by_key(self._kept(targets(plan, known=self.known))) for plan in (self.a, self.b))
        found = []
        for key in {*a, *b}:
            for number in range(max(len(a.get(key, ())), len(b.get(key, ())))):
                was, now = (side.get(key, [])[number : number + 1] for side in (a, b))
                node = self.node((now or was)[0].component_id)
                found.append(TargetChange(node, was[0] if was else None, now[0] if now else None))
        return sorted(found, key=lambda row: (*self._order(row.node), row.one.code, row.one.year_use, row.one.pk))

    @property
    def totals(self) -> tuple[Ends | None, Ends | None]:
        """What each plan adds up to, a part never counted beside its whole; ``None``: it has no line."""
        sources = FundingSources.all()
        a, b = (
            total(outermost(lines, nodes, sources, self.places))
            for lines, nodes in zip(self._lines, self.trees, strict=True)
        )
        return a, b

    @property
    def warnings(self) -> list[str]:
        """What makes the two plans hard to compare."""
        a, b = self.a, self.b
        found = []
        if a.programme_id != b.programme_id:
            found.append(_("Hai bản là của hai chương trình khác nhau: chỉ nội dung trùng nhau mới so được."))
        if a.place_id != b.place_id:
            found.append(_("Hai bản là của hai địa bàn khác nhau."))
        if a.span != b.span:
            found.append(
                _("Hai bản khác năm (%(a)s và %(b)s): số của một năm không so với số của cả giai đoạn.")
                % {"a": a.span, "b": b.span}
            )
        return found

    def node(self, component: int) -> Node:
        """The component under its names on both days."""
        was, now = (nodes.names.get(component) for nodes in self.trees)
        known = naming(component, self.known)
        called = now or was or known.name
        line = list((self.trees[1] if component in self.trees[1] else self.trees[0]).up(component))
        short = self.trees[1].short_names.get(component) or known.short_name
        return Node(component, known.code, called, was or called, short, max(0, len(line) - 2))

    def _order(self, node: Node) -> tuple[int, str]:
        found = [nodes.order[node.pk] for nodes in reversed(self.trees) if node.pk in nodes.order]
        return (found[0] if found else 10**6, node.code)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``vungcao plan compare --json``."""
        a, b = self.totals
        return {
            "a": plan_json(self.a),
            "b": plan_json(self.b),
            "total": {
                "a_dong": ends_json(a),
                "b_dong": ends_json(b),
                "difference_dong": ends_json(difference(a, b)),
            },
            "warnings": self.warnings,
            "lines": [one.as_json() for one in self.lines],
            "targets": [one.as_json() for one in self.targets],
        }


def plan_json(plan: PlanVersion) -> dict[str, Any]:
    """A plan version's head; ``plan`` is the number by which it is asked for."""
    return {
        "plan": plan.pk, "programme": plan.programme.code, "kind": plan.kind, "place": plan.place.key,
        "first_year": plan.first_year, "last_year": plan.last_year, "version": plan.version, "number": plan.number,
        "dated": f"{plan.dated}" if plan.dated else None, "signer": plan.signer, "confidence": plan.confidence,
        "supersedes": plan.supersedes_id, "seen_in": plan.source.name, "note": plan.note,
    }  # fmt: skip


def _added_up(lines: Iterable[PlanLine]) -> dict[tuple[object, ...], tuple[PlanLine, Ends]]:
    """Lines of one key are amounts of one thing: added."""
    found: dict[tuple[object, ...], tuple[PlanLine, Ends]] = {}
    for one in lines:
        key = (one.component_id, one.source_id, one.year_use, one.place_id)
        first, (low, high) = found.get(key, (one, (0, 0)))
        found[key] = (first, (low + one.low_dong, high + one.high_dong))
    return found


def _by_key(rows: Iterable[PlanTarget]) -> dict[tuple[object, ...], list[PlanTarget]]:
    found: dict[tuple[object, ...], list[PlanTarget]] = {}
    for one in rows:
        found.setdefault((one.component_id, one.code, one.year_use, one.place_id), []).append(one)
    return found


def _reads(one: PlanTarget) -> tuple[object, ...]:
    return one.value_said if one.value is None else "", one.value, one.value_to, one.unit, one.qualifier
