"""Which targets lose money by a dossier of any kind: of what goes down the targets at its node in the plans in force,
and how much of the node's money goes.

Lines of one node (with its parts), source and years are one loss. What the node gets back elsewhere in the dossier is
not lost: a move between units of one content takes nothing from its targets. The node's money is what the plan in force
gives it for the year, where that plan says so; else what was given there on the day, this dossier apart. A rate names
which.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal

from vungcao.ledger.dossiers.books import Held
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import DossierKind, DossierLine, Side
from vungcao.programme.models import PlanLine, PlanTarget, PlanVersion
from vungcao.programme.queries import (
    FundingSources,
    Nearest,
    in_force,
    lines_by_plan,
    nearest,
    outermost,
    plans_of,
    targets_by_plan,
)

Key = tuple[int, int, str, str]  # component, source, year of origin, year of use


@dataclass(frozen=True)
class Loss:
    """What a node loses in whole đồng. ``of``: ``plan`` or ``given``, what ``node_dong`` is; ``None``: nobody says."""

    line: DossierLine
    name: str
    down_dong: int
    back_dong: int
    node_dong: int | None
    of: Literal["plan", "given"] | None
    paper: str
    nearest: tuple[Nearest, ...]

    @property
    def lost_dong(self) -> int:
        """Never below zero: what comes back may be more."""
        return max(0, self.down_dong - self.back_dong)

    @property
    def rate(self) -> Decimal | None:
        """Per cent of the node's money, one decimal, half up; ``None`` where that is not known."""
        if not self.node_dong or self.node_dong < 0:
            return None
        return (Decimal(self.lost_dong) * 100 / self.node_dong).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def targets(self) -> list[tuple[str, PlanVersion, PlanTarget]]:
        """(where it stands, its plan, the target) of the plans in force; none where nothing is lost."""
        return [(one.where, one.plan, target) for one in self.nearest for target in one.targets if self.lost_dong]

    def as_json(self) -> dict[str, Any]:
        return {
            "component": self.line.component.code, "name": self.name, "source": self.line.source.code,
            "year_origin": self.line.year_origin, "year_use": self.line.year_use,
            "down_dong": self.down_dong, "back_dong": self.back_dong, "lost_dong": self.lost_dong,
            "of": self.of, "node_dong": self.node_dong, "paper": self.paper or None,
            "rate": f"{self.rate}" if self.rate is not None else None,
            "targets": [
                {
                    "where": where, "component": target.component.code, "code": target.code,
                    "indicator": target.indicator, "said": target.value_said, "unit": target.unit,
                    "year_use": target.year_use, "plan": f"{plan}", "plan_version": plan.pk,
                    "confidence": target.confidence,
                }
                for where, plan, target in self.targets
            ],
        }  # fmt: skip


def losses(draft: Draft) -> list[Loss]:
    """One for each node, source and years that a decrease names, in the order of the lines."""
    return _Losing(draft).all()


class _Losing:
    def __init__(self, draft: Draft) -> None:
        self.draft, self.here = draft, draft.here
        self.sources = FundingSources.all()
        self._held: dict[tuple[int, str, str], list[Held]] = defaultdict(list)
        for one in draft.books.held:
            self._held[one.region.source, one.region.year_origin, one.region.year_use].append(one)

    @cached_property
    def _of_programmes(self) -> dict[int, list[PlanVersion]]:
        """Programme → its plan versions, of every programme that the dossier touches."""
        programme_of = self.here.components.programme_of
        return plans_of({programme_of(line.component_id) for line in self.draft.lines}, known=self.draft.known)

    @cached_property
    def _targets(self) -> dict[int, list[PlanTarget]]:
        """Plan → its targets, of every plan that is in force for a line."""
        plans = {plan for line in self.draft.lines for plan in self._plans(line)}
        return targets_by_plan(plans, known=self.draft.known)

    @cached_property
    def _plan_lines(self) -> dict[int, list[PlanLine]]:
        """Plan → its lines, of every plan in force for a line but the nation's."""
        plans = {plan for line in self.draft.lines for plan in self._plans(line) if not self._is_the_nations(plan)}
        return lines_by_plan(plans, self.draft.known)

    def all(self) -> list[Loss]:
        groups: dict[Key, list[DossierLine]] = defaultdict(list)
        for line in self.draft.lines:
            if Side.DOWN in [side for side, _ in self.draft.way.effects(line)]:
                groups[_key(line)].append(line)
        found = [self._loss(lines) for lines in groups.values()]
        if self.draft.dossier.kind == DossierKind.CARRY_OVER:
            return [
                one for one in found if one.lost_dong
            ]  # that every node keeps its money is the kind itself, no news
        return found

    def _loss(self, lines: list[DossierLine]) -> Loss:
        one = lines[0]
        plans = self._plans(one)
        planned = self._planned(one, plans)
        given = self._given(one)
        node = planned[0] if planned else given
        return Loss(
            line=one,
            name=self.here.components.short_names.get(one.component_id, one.component.code),
            down_dong=self._moved(one, Side.DOWN),
            back_dong=self._moved(one, Side.UP),
            node_dong=node,
            of="plan" if planned else "given" if given is not None else None,
            paper=planned[1] if planned else "",
            nearest=tuple(
                nearest(plans, one.component_id, self.here.components, year_use=one.year_use, among=self._targets)
            ),
        )

    def _plans(self, line: DossierLine) -> list[PlanVersion]:
        return in_force(
            self.draft.on,
            programme=self.here.components.programme_of(line.component_id),
            places=list(self.here.places.up(line.place_id)),
            year_use=line.year_use,
            among=self._of_programmes,
        )

    def _is_the_nations(self, plan: PlanVersion) -> bool:
        parents = self.here.places.parents
        return plan.place_id in parents and parents[plan.place_id] is None

    def _planned(self, line: DossierLine, plans: list[PlanVersion]) -> tuple[int, str] | None:
        """What the nearest plan gives the node and its parts, of the line's source for the line's year alone. The
        nation's plan is no measure of what one province moves.
        """
        for plan in plans:
            if self._is_the_nations(plan):
                continue
            rows = [row for row in self._plan_lines[plan.pk] if row.year_use == line.year_use]
            mine = [row for row in rows if self._is_inside(row, line)]
            if mine:
                kept = outermost(mine, self.here.components, self.sources, self.here.places)
                return sum(row.low_dong for row in kept), f"{plan}"
        return None

    def _is_inside(self, row: PlanLine, line: DossierLine) -> bool:
        below = self.here.components.covers(line.component_id, row.component_id)
        return below and self.sources.covers(line.source_id, row.source_id)

    def _given(self, line: DossierLine) -> int | None:
        """What the books hold at the node and below, of the line's source and years, its own vouchers apart."""
        held = self._held.get((line.source_id, line.year_origin, line.year_use), [])
        below = set(self.here.components.below(line.component_id))
        found = [one.dong for one in held if one.region.component in below]
        return sum(found) if found else None

    def _moved(self, line: DossierLine, side: Side) -> int:
        """What the dossier takes from (or brings to) the node and its parts, of the line's source and year of origin:
        money that the node keeps for another year of use is not lost to it.
        """
        return sum(
            other.dong
            for other in self.draft.lines
            for effect, used in self.draft.way.effects(other)
            if effect == side and (side == Side.UP or used == line.year_use)
            if (other.source_id, other.year_origin) == (line.source_id, line.year_origin)
            if self.here.components.covers(line.component_id, other.component_id)
        )


def _key(line: DossierLine) -> Key:
    return line.component_id, line.source_id, line.year_origin, line.year_use
