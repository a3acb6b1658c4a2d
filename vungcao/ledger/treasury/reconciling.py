"""The Treasury against the units on a day: each group of rows with both sides, the difference and its likely causes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.queries import naming as body_naming
from vungcao.bodies.reach import Reach
from vungcao.ledger.models import Statement
from vungcao.ledger.regions import Region, space
from vungcao.ledger.treasury.cases import Case, Cited
from vungcao.ledger.treasury.causes import Explained, explain
from vungcao.ledger.treasury.facts import CauseKind
from vungcao.ledger.treasury.gathering import Gathering
from vungcao.ledger.treasury.telling import names_of, say, sum_said, verdict


@dataclass(frozen=True)
class Compared:
    """One group as it is shown. ``sentences``: one a cause. ``is_silent``: the unit has made no statement."""

    explained: Explained
    component: str
    component_name: str
    unit_cells: tuple[Cited, ...]
    treasury_cells: tuple[Cited, ...]
    sentences: tuple[str, ...]
    is_silent: bool = False

    @property
    def difference(self) -> int:
        return self.explained.group.difference

    @property
    def verdict(self) -> str:
        if self.is_silent:
            return _("đơn vị chưa báo cáo")
        group = self.explained.group
        if group.unit and not group.treasury and all(row.is_rest for row in group.unit):
            return _("dòng tổng của đơn vị khác các dòng chi tiết")
        return verdict(self.explained)

    @property
    def arithmetic(self) -> str:
        return "" if self.is_silent else sum_said(self.explained)

    @property
    def sign(self) -> str:
        """Which mark the verdict wears: agrees, is explained, is not."""
        if self.is_silent:
            return "quiet"
        return "holds" if not self.difference or self.is_rounding else "warns" if self.explained.causes else "fails"

    @property
    def is_rounding(self) -> bool:
        return self.explained.kinds == (CauseKind.ROUNDING,)

    def as_json(self) -> dict[str, Any]:
        one, group = self.explained, self.explained.group
        node = group.node
        return {
            "component": node.component,
            "component_name": self.component_name,
            "field": node.field,
            "source_kind": node.kind,
            "year_origin": node.origin,
            "object": node.spending_object,
            "unit_dong": group.unit_dong if self.unit_cells else None,
            "treasury_dong": group.treasury_dong if self.treasury_cells else None,
            "difference_dong": None if self.is_silent else self.difference,
            "unit_on": None if self.is_silent else f"{group.unit_day}",
            "treasury_on": f"{group.treasury_day}",
            "verdict": self.verdict,
            "causes": [
                {"cause": str(cause.kind), "dong": cause.effect, "sentence": said}
                for cause, said in zip(one.causes, self.sentences, strict=True)
            ],
            "exact": one.is_exact and not one.rest_dong,
            "unexplained_dong": None if self.is_silent else one.rest_dong,
            "arithmetic": self.arithmetic,
            "also": [[str(cause.kind) for cause in other] for other in one.others],
            "unit_cells": [_cell(cited) for cited in self.unit_cells],
            "treasury_cells": [_cell(cited) for cited in self.treasury_cells],
        }


@dataclass(frozen=True)
class Reconciled:
    """One unit on a day."""

    body: str
    name: str
    statement: Statement | None
    rows: tuple[Compared, ...]

    @cached_property
    def differing(self) -> tuple[Compared, ...]:
        return tuple(row for row in self.rows if row.sign not in ("holds", "quiet"))

    @property
    def agreeing(self) -> int:
        return sum(row.sign == "holds" for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        return {"body": self.body, "name": self.name, "rows": [row.as_json() for row in self.rows]}


def reconcile(
    on: date,
    reach: Reach,
    *,
    programme: str | None = None,
    body: str | None = None,
    known: int | None = None,
    state: str = "received",
) -> list[Reconciled]:
    """Every unit within reach that the Treasury speaks of as of ``on``, in the order of names.

    ``programme`` and ``body`` are codes. Nothing is written and no figure changes.
    """
    gathering = Gathering.of(on, known, state)
    here = space(on, known)
    names = {code: here.components.names[node] for node, code in here.components.codes.items()}
    short = {code: here.components.short_names[node] for node, code in here.components.codes.items()}
    found = []
    for case in gathering.cases():
        if not _seen(case, reach, known):
            continue
        one = _compared(case, names, short, programme)
        if one.rows and body in (None, one.body):
            found.append(one)
    return sorted(found, key=lambda one: (one.name, one.body))


def days_of_treasury(reach: Reach) -> list[date]:
    """Days as of which the Treasury spoke, the latest first; none for whoever sees nothing."""
    if not reach:
        return []
    treasuries = BodyVersion.objects.standing().filter(kind=BodyKind.TREASURY).values("body")
    days = Statement.objects.filter(reporter__in=treasuries).values_list("as_of", flat=True)
    return sorted(set(days), reverse=True)


def _seen(case: Case, reach: Reach, known: int | None) -> bool:
    """Within reach: the unit's own place and body, as its statement or the Treasury's row says."""
    if case.unit is not None:
        region, on = Region.of(case.unit), case.unit.as_of
        return reach.sees(region.place, case.body, space(on, known).places)
    first = next(iter(case.cited.values())).statement
    places = space(first.as_of, known)
    place = places.bodies.places.get(case.body)
    return place is not None and reach.sees(place, case.body, places.places)


def _compared(case: Case, names: Mapping[str, str], short: Mapping[str, str], programme: str | None) -> Reconciled:
    silent = case.unit is None
    explained = [Explained(group) for group in case.groups] if silent else explain(case.groups)
    said = names_of(case.groups, short)
    rows = []
    for one in explained:
        component = one.group.node.component
        if programme not in (None, component.split(".")[0]) and component != "*":
            continue
        rows.append(
            Compared(
                one,
                component,
                names.get(component, ""),
                _cells([row.key for row in one.group.unit], case.cited),
                _cells([row.key for row in one.group.treasury], case.cited),
                tuple(say(one, cause, said) for cause in one.causes),
                silent,
            )
        )
    any_day = case.unit.as_of if case.unit else case.groups[0].treasury_day
    key = space(any_day).bodies.keys.get(case.body, "")
    return Reconciled(key, body_naming(case.body, any_day)[0], case.unit, tuple(rows))


def _cells(keys: list[Hashable], cited: Mapping[Hashable, Cited]) -> tuple[Cited, ...]:
    return tuple(cited[key] for key in keys)


def _cell(one: Cited) -> dict[str, Any]:
    return {
        "file": one.file,
        "sha256": one.sha256,
        "sheet": one.sheet,
        "cell": one.cell,
        "label": one.label,
        "dong": one.dong,
        "codes": dict(one.codes),
    }
