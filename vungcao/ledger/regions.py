"""Regions: one node per dimension of an account. What covers what, and what meets what, on a day.

Source: the design, "Regions and cover". The funding source counts as two dimensions (kind and budget level), so
"vốn đầu tư, mọi cấp" and "ngân sách trung ương, mọi loại" are both regions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from django.db.models import BigIntegerField, F, Subquery, Value
from django.db.models.functions import Cast

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Body
from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Kept
from vungcao.evidence.queries import stamp
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.trees import Tree
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.ledger.models import SpendingObject
from vungcao.ledger.models.accounts import REGION
from vungcao.programme import queries as programmes
from vungcao.programme.models import Component, FundingSource, SpendingField
from vungcao.programme.vocabularies import FundingSources
from vungcao.territory import queries as territory
from vungcao.territory.models import Place

Stamp = tuple[int, datetime | None]
REGION_COLUMNS: Final = tuple(name if name.startswith("year") else f"{name}_id" for name in REGION)
_reserved: dict[str, Any] = {}  # of the act under way: which, and what it found
_stars: Remembered[dict[str, int]] = Remembered(Component, Body, SpendingField, FundingSource, SpendingObject, room=2)


@dataclass(frozen=True)
class Region:
    """Database keys of the nodes, and the two budget years as codes (``2021``, ``2021-2025``, ``*``)."""

    component: int
    field: int
    source: int
    year_origin: str
    year_use: str
    body: int
    place: int
    spending_object: int

    @classmethod
    def of(cls, row: Any) -> Region:
        """The region of an account, a statement's coverage or a statement line."""
        return cls(
            row.component_id,
            row.field_id,
            row.source_id,
            row.year_origin,
            row.year_use,
            row.body_id,
            row.place_id,
            row.spending_object_id,
        )

    def columns(self) -> dict[str, Any]:
        """Keyword arguments for a row with region columns."""
        keys = {"year_origin", "year_use"}
        return {name if name in keys else f"{name}_id": getattr(self, name) for name in REGION}


@lru_cache(maxsize=4096)
def _years(code: str) -> Years:
    return Years.parse(code)


class Space:
    """The trees and vocabularies of one day, in which regions are compared."""

    def __init__(self, on: date, known: int | None = None) -> None:
        self.on, self.known = on, known
        self.components = programmes.tree(on, known)
        self.bodies = bodies.tree(on, known)
        self.places = territory.tree(on, known)

    @cached_property
    def objects(self) -> Tree:
        """Spending objects: a contract stands under its work."""
        return _nodes.get("all", None, _read_nodes)[1]

    @cached_property
    def sources(self) -> Mapping[int, tuple[str, str]]:
        return FundingSources.all()

    @cached_property
    def not_divided(self) -> Mapping[str, int]:
        """Keys of the reserved members of the flat dimensions and of the roots of trees; asked once in an act."""
        act = under_way.get()
        if act is None:
            return reserved_members()
        key = (act.pk, act.opened_at)
        if _reserved.get("key") != key:
            _reserved.update(key=key, members=reserved_members())
        members: Mapping[str, int] = _reserved["members"]
        return members

    def covers(self, wide: Region, narrow: Region) -> bool:
        """Does ``wide`` hold all of ``narrow`` (itself included)?"""
        if wide == narrow:
            return True
        wide_kind, wide_level = self.sources[wide.source]
        kind, level = self.sources[narrow.source]
        return (
            wide.field in (narrow.field, self.not_divided["field"])
            and wide_kind in (kind, NOT_DIVIDED)
            and wide_level in (level, NOT_DIVIDED)
            and self._object_covers(wide.spending_object, narrow.spending_object)
            and _years(wide.year_use).covers(_years(narrow.year_use))
            and _years(wide.year_origin).covers(_years(narrow.year_origin))
            and self.components.covers(wide.component, narrow.component)
            and self.places.covers(wide.place, narrow.place)
            and self._body_covers(wide.body, narrow.body)
        )

    def meets(self, one: Region, other: Region) -> bool:
        """Do the two share anything?"""
        kind, level = self.sources[one.source]
        other_kind, other_level = self.sources[other.source]
        return (
            _flat(one.field, other.field, self.not_divided["field"])
            and _flat(kind, other_kind, NOT_DIVIDED)
            and _flat(level, other_level, NOT_DIVIDED)
            and (
                self._object_covers(one.spending_object, other.spending_object)
                or self._object_covers(other.spending_object, one.spending_object)
            )
            and _years(one.year_use).meets(_years(other.year_use))
            and _years(one.year_origin).meets(_years(other.year_origin))
            and _tree(self.components, one.component, other.component)
            and _tree(self.places, one.place, other.place)
            and (self._body_covers(one.body, other.body) or self._body_covers(other.body, one.body))
        )

    def crosses(self, one: Region, other: Region) -> bool:
        """Meet, but neither holds the other: two lines of one statement may not."""
        return self.meets(one, other) and not self.covers(one, other) and not self.covers(other, one)

    def outermost(self, regions: Iterable[Region]) -> set[Region]:
        """The regions that lie in no other of them; only what stands at a place above or at the same is looked at."""
        at: dict[int, list[Region]] = defaultdict(list)
        for region in regions:
            at[region.place].append(region)
        return {
            region
            for group in at.values()
            for region in group
            if not any(
                other != region and self.covers(other, region)
                for place in self.places.up(region.place)
                for other in at.get(place, ())
            )
        }

    def depth(self, region: Region) -> int:
        """Sum of node depths: the finer a region is cut, the greater."""
        kind, level = self.sources[region.source]
        return (
            self.components.depth(region.component)
            + self.places.depth(region.place)
            + (0 if region.body == self.not_divided["body"] else max(1, self.bodies.depth(region.body)))
            + (region.field != self.not_divided["field"])
            + (kind != NOT_DIVIDED)
            + (level != NOT_DIVIDED)
            + self._object_depth(region.spending_object)
            + _years(region.year_origin).depth
            + _years(region.year_use).depth
        )

    def _body_covers(self, wide: int, narrow: int) -> bool:
        return wide == self.not_divided["body"] or self.bodies.covers(wide, narrow)

    def _object_covers(self, wide: int, narrow: int) -> bool:
        return wide in (narrow, self.not_divided["spending_object"]) or self.objects.covers(wide, narrow)

    def _object_depth(self, node: int) -> int:
        return 0 if node == self.not_divided["spending_object"] else 1 + self.objects.depth(node)


def _flat(one: object, other: object, star: object) -> bool:
    return one == other or star in (one, other)


def _tree(tree: Tree, one: int, other: int) -> bool:
    return one == other or tree.meets(one, other)


_CODES: Final[dict[str, tuple[type[Kept], str]]] = {
    "component": (Component, "code"),
    "place": (Place, "key"),
    "body": (Body, "key"),
    "source": (FundingSource, "code"),
    "field": (SpendingField, "code"),
    "object": (SpendingObject, "code"),
}


_Codes = dict[str, dict[int, str]]
_nodes: Remembered[tuple[_Codes, Tree]] = Remembered(*[model for model, _ in _CODES.values()], room=2)


def node_codes() -> dict[str, dict[int, str]]:
    """Dimension → database key → code, of every node, ended or not; in one question, once while none is added."""
    return _nodes.get("all", None, _read_nodes)[0]


def _read_nodes() -> tuple[_Codes, Tree]:
    """Codes of all nodes; and the tree of spending objects, which is of no day."""
    nobody = Cast(Value(None), BigIntegerField())
    asked = [
        model._default_manager.order_by()
        .annotate(dim=Value(dim), above=F("parent") if model is SpendingObject else nobody)
        .values_list("dim", "pk", code, "above")
        for dim, (model, code) in _CODES.items()
    ]
    codes: _Codes = {dim: {} for dim in _CODES}
    objects: dict[int, int | None] = {}
    for dim, node, code, above in asked[0].union(*asked[1:], all=True):
        codes[dim][node] = code
        if dim == "object":
            objects[node] = above
    return codes, Tree(objects)


def reserved_members() -> dict[str, int]:
    """Keys of the members that mean "not divided along this dimension"; they never change once made. One question."""
    return _stars.get("all", None, _reserved_members)


def _reserved_members() -> dict[str, int]:
    star = SpendingObject.objects.filter(code=NOT_DIVIDED).annotate(
        component=Subquery(Component.objects.filter(code=NOT_DIVIDED).values("pk")[:1]),
        body=Subquery(Body.objects.filter(key=NOT_DIVIDED).values("pk")[:1]),
        field=Subquery(SpendingField.objects.filter(code=NOT_DIVIDED).values("pk")[:1]),
        source=Subquery(FundingSource.objects.filter(code="*:*").values("pk")[:1]),
    )
    found: Any = star.values("component", "body", "field", "source", spending_object=F("pk")).get()
    if found["field"] is None or found["source"] is None:
        raise SpendingField.DoesNotExist
    return {name: key or 0 for name, key in found.items()}


Spaces = Callable[[date], Space]
_kept: dict[tuple[date, int | None, Stamp], Space] = {}


def space(on: date, known: int | None = None, *, at: Stamp | None = None) -> Space:
    """The space of a day, kept in memory while nothing newer is known (at most 64 of them). Under an act it is made
    anew and not kept: what the act has written may yet go.
    """
    if under_way.get() is not None:
        return Space(on, known)
    key = (on, known, at or stamp())
    if key not in _kept:
        if len(_kept) >= 64:
            _kept.clear()
        _kept[key] = Space(on, known)
    return _kept[key]


def spaces_known_at(known: int | None) -> Spaces:
    """The space of any day as known at ``known``; looks at the order of knowledge once."""
    at = stamp()
    mine: dict[date, Space] = {}

    def of(on: date) -> Space:
        if on not in mine:
            mine[on] = space(on, known, at=at)
        return mine[on]

    return of
