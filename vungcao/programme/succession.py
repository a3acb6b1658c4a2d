"""What goes on from what: programmes as one series with its breaks, and what plans say of each year of it.

A break is told and never smoothed: years before and after are rows of their own programme, nothing is added across.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vungcao.evidence.keeping import standing_at
from vungcao.kernel.years import Years
from vungcao.programme.component_trees import ComponentTree, budget_years, naming, programme_key
from vungcao.programme.models import Component, ComponentSuccession, PlanKind, PlanLine
from vungcao.programme.plans import plan_lines, planned
from vungcao.programme.versions import outermost
from vungcao.programme.vocabularies import FundingSources


@dataclass(frozen=True)
class Break:
    """From ``year`` on the series is another component's, and what that makes incomparable."""

    year: int
    before: Component
    after: Component
    why: str
    confidence: str
    cites: str

    def as_json(self) -> dict[str, Any]:
        return {
            "year": self.year, "from": self.before.code, "to": self.after.code, "why": self.why,
            "confidence": self.confidence, "cites": self.cites,
        }  # fmt: skip


@dataclass(frozen=True)
class Chain:
    """The components of one series, the oldest first, and the breaks between them."""

    members: tuple[Component, ...]
    breaks: tuple[Break, ...]

    def years_of(self, member: Component, known: int | None = None) -> Years | None:
        """Budget years of a member's programme, from its first in the series on; ``None`` where nothing bounds them."""
        programme = programme_key(member, known)
        found = budget_years(programme, known)
        entered = [one.year for one in self.breaks if one.after.pk == member.pk]
        if found is None or not entered:
            return found
        return Years(max(found.first, min(entered)), found.last)


def chain(component: Component, known: int | None = None) -> Chain:
    """All that the component goes on from and all that goes on from it, on any day, as known at an act number."""
    rows = list(ComponentSuccession.objects.filter(standing_at(known)).select_related("component", "successor"))
    before, after = (_walk(component.pk, rows, up=up) for up in (True, False))
    wanted = before | after | {component.pk}
    breaks = sorted(
        (
            Break(row.year, row.component, row.successor, row.not_comparable, row.confidence, row.cites)
            for row in rows
            if {row.component_id, row.successor_id} <= wanted
        ),
        key=lambda one: (one.year, one.before.code),
    )
    there = {component.pk: component} | {one.pk: one for row in rows for one in (row.component, row.successor)}
    steps = dict.fromkeys(wanted, 0)
    for _ in steps:  # as many rounds as there are members: the longest way decides the place
        for one in breaks:
            steps[one.after.pk] = max(steps[one.after.pk], min(steps[one.before.pk] + 1, len(steps)))
    members = sorted((there[one] for one in wanted), key=lambda one: (steps[one.pk], one.code))
    return Chain(tuple(members), tuple(breaks))


def _walk(start: int, rows: Iterable[ComponentSuccession], *, up: bool) -> set[int]:
    ways: dict[int, set[int]] = {}
    for row in rows:
        here, there = (row.successor_id, row.component_id) if up else (row.component_id, row.successor_id)
        ways.setdefault(here, set()).add(there)
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for there in ways.get(waiting.pop(), set()) - found - {start}:
            found.add(there)
            waiting.append(there)
    return found


@dataclass(frozen=True)
class PlannedYear:
    """What plans say of one component: for one year, or for a span that no paper divides into years."""

    component: Component
    years: Years
    kind: str
    low_dong: int
    high_dong: int
    lines: tuple[PlanLine, ...]

    @property
    def paper(self) -> str:
        return f"{self.lines[0].plan}"

    def as_json(self) -> dict[str, Any]:
        return {
            "component": self.component.code, "years": f"{self.years}", "kind": self.kind,
            "planned_low_dong": self.low_dong, "planned_high_dong": self.high_dong, "paper": self.paper,
            "plan_lines": [one.pk for one in self.lines],
        }  # fmt: skip


def planned_years(
    of: Chain, trees: Mapping[int, ComponentTree], *, place: int, known: int | None = None
) -> list[PlannedYear]:
    """Amounts that plan versions give each member for exactly this place: annual, medium-term and implied, each for the
    years it names. ``trees``: member → the components of a day on which it stood. A span is one amount: it is not
    spread over its years; amounts of two papers stay two.
    """
    found, sources = [], FundingSources.all()
    kinds = (PlanKind.ANNUAL, PlanKind.FIVE_YEAR, PlanKind.IMPLIED)
    read = list(plan_lines(kind=kinds, places=[place], known=known))
    for kind in kinds:
        rows = [one for one in read if one.plan.kind == kind]
        for member in of.members:
            nodes = trees[member.pk]
            for plan_id, year_use in dict.fromkeys((one.plan_id, one.year_use) for one in rows):
                mine = [one for one in rows if (one.plan_id, one.year_use) == (plan_id, year_use)]
                amount = planned(mine, member.pk, nodes)
                if amount is not None:
                    lines = outermost(amount.lines, nodes, sources)
                    low, high = (sum(getattr(one, end) for one in lines) for end in ("low_dong", "high_dong"))
                    found.append(PlannedYear(member, Years.parse(year_use), kind, low, high, tuple(lines)))
    return found


def called(component: Component, known: int | None = None) -> str:
    """Short name of a member, ended or not."""
    return naming(component.pk, known).short_name
