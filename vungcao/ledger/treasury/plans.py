"""Plans: what the Treasury says it has entered for a unit, against what decisions on file gave that unit.

Compared by unit, project and kind of capital, on the day of the export, money carried over included: an export's row
may hold money of several years of origin in one plan column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming
from vungcao.bodies.reach import Reach
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import Statement
from vungcao.ledger.regions import Region
from vungcao.ledger.treasury.cases import Cited
from vungcao.ledger.treasury.gathering import Gathering


@dataclass(frozen=True)
class PlanCompared:
    """Whole đồng of one unit, project and kind of capital; ``None``: that side says nothing of it."""

    body: str
    name: str
    component: str
    component_name: str
    kind: str
    on: date
    treasury_dong: int | None
    given_dong: int | None
    cells: tuple[Cited, ...] = ()

    @property
    def difference(self) -> int | None:
        """Treasury − given; ``None`` where one side is silent."""
        silent = self.treasury_dong is None or self.given_dong is None
        return None if silent else (self.treasury_dong or 0) - (self.given_dong or 0)

    @property
    def agrees(self) -> bool:
        return self.difference == 0

    @property
    def verdict(self) -> str:
        if self.given_dong is None:
            return _("sổ chưa có quyết định giao: nộp quyết định còn thiếu, hoặc Kho bạc nhập sai mã")
        if self.treasury_dong is None:
            return _("Kho bạc chưa nhập")
        if self.agrees:
            return _("khớp")
        return _("Kho bạc nhập thiếu") if (self.difference or 0) < 0 else _("Kho bạc nhập nhiều hơn quyết định")

    @property
    def sign(self) -> str:
        return "holds" if self.agrees else "warns" if self.treasury_dong is None else "fails"

    def as_json(self) -> dict[str, Any]:
        return {
            "body": self.body,
            "name": self.name,
            "component": self.component,
            "component_name": self.component_name,
            "source_kind": self.kind,
            "on": f"{self.on}",
            "treasury_dong": self.treasury_dong,
            "given_dong": self.given_dong,
            "difference_dong": self.difference,
            "verdict": self.verdict,
            "treasury_cells": [
                {"file": one.file, "sha256": one.sha256, "sheet": one.sheet, "cell": one.cell, "dong": one.dong}
                for one in self.cells
            ],
        }


Key = tuple[int, str, str]  # holding body, component's code, kind of capital


def plans(
    on: date,
    reach: Reach,
    *,
    programme: str | None = None,
    body: str | None = None,
    known: int | None = None,
    state: str = "received",
) -> list[PlanCompared]:
    """Every plan that an export standing on ``on`` says, and what was given to its units and is not in it. Nothing is
    said of an export that prints no plans.
    """
    gathering = Gathering.of(on, known, state)
    found = [one for statement in gathering.treasury for one in _of(statement, gathering, reach)]
    chosen = [one for one in found if programme in (None, one.component.split(".")[0]) and body in (None, one.body)]
    return sorted(chosen, key=lambda one: (one.name, one.body, one.component, one.kind))


def _of(statement: Statement, gathering: Gathering, reach: Reach) -> Iterator[PlanCompared]:
    here = gathering.spaces(statement.as_of)
    entered: dict[Key, int] = {}
    cells: dict[Key, list[Cited]] = {}
    rows = [(Region.of(line), line) for line in gathering.lines(statement) if line.plan_dong is not None]
    whole = {
        (region.body, here.sources[region.source][0]) for region, _line in rows if _is_programme(region, gathering)
    }
    for region, line in rows:
        key = _key(region, here.sources[region.source][0], gathering, whole)
        entered[key] = entered.get(key, 0) + (line.plan_dong or 0)
        cited = Cited(statement, line.pk, line.label, line.sheet, line.cell, line.plan_dong or 0)
        cells.setdefault(key, []).append(cited)
    given = _given(statement, gathering, whole, {region.body for region, _line in rows})
    for key in dict.fromkeys([*entered, *(one for one, dong in given.items() if dong)]):
        holder, component, kind = key
        place = here.bodies.places.get(holder)
        if place is None or not reach.sees(place, holder, here.places):
            continue
        yield PlanCompared(
            here.bodies.keys.get(holder, ""),
            naming(holder, statement.as_of, gathering.known)[0],
            component,
            here.components.names.get(here.components.ids.get(component, 0), ""),
            kind,
            statement.as_of,
            entered.get(key),
            given.get(key),
            tuple(cells.get(key, ())),
        )


def _given(
    statement: Statement, gathering: Gathering, whole: set[tuple[int, str]], holders: set[int]
) -> dict[Key, int]:
    """Đồng that the units of an export hold of its programme, kinds and year of use, on its day."""
    here = gathering.spaces(statement.as_of)
    wanted, _level = here.sources[statement.source_id]
    rows = entries_on(statement.as_of, known=gathering.known, state=gathering.state).filter(
        account__is_contra=False,
        account__body__in=holders,
        account__year_use=statement.year_use,
        account__component__in=list(here.components.below(statement.component_id)),
    )
    sums: dict[Key, int] = {}
    columns = ("account__body", "account__component", "account__source")
    for holder, component, source, dong in rows.values_list(*columns).annotate(dong=Sum("dong")).order_by(*columns):
        kind = here.sources[source][0]
        if wanted in (kind, NOT_DIVIDED):
            key = (holder, _cut(gathering.components[component], (holder, kind) in whole), kind)
            sums[key] = sums.get(key, 0) + dong
    return sums


def _key(region: Region, kind: str, gathering: Gathering, whole: set[tuple[int, str]]) -> Key:
    return region.body, _cut(gathering.components[region.component], (region.body, kind) in whole), kind


def _cut(code: str, is_whole: bool) -> str:
    """The programme, where the Treasury says a plan for all of it; else the project."""
    return ".".join(code.split(".")[: 1 if is_whole else 2])


def _is_programme(region: Region, gathering: Gathering) -> bool:
    return "." not in gathering.components[region.component]
