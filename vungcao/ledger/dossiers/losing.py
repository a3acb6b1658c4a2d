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
from typing import Any, Literal

from django.db.models import Sum

from vungcao.evidence.keeping import known_at
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.standing import own_vouchers
from vungcao.ledger.models import DossierLine, Entry, Side
from vungcao.programme.models import PlanLine, PlanTarget, PlanVersion
from vungcao.programme.queries import FundingSources, Nearest, in_force, nearest, outermost
from vungcao.programme.versions import lines_of

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

    def all(self) -> list[Loss]:
        groups: dict[Key, list[DossierLine]] = defaultdict(list)
        for line in self.draft.lines:
            if Side.DOWN in [side for side, _ in self.draft.way.effects(line)]:
                groups[_key(line)].append(line)
        return [self._loss(lines) for lines in groups.values()]

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
                nearest(plans, one.component_id, self.here.components, year_use=one.year_use, known=self.draft.known)
            ),
        )

    def _plans(self, line: DossierLine) -> list[PlanVersion]:
        return in_force(
            self.draft.on,
            programme=self.here.components.programme_of(line.component_id),
            places=list(self.here.places.up(line.place_id)),
            year_use=line.year_use,
            known=self.draft.known,
        )

    def _planned(self, line: DossierLine, plans: list[PlanVersion]) -> tuple[int, str] | None:
        """What the nearest plan gives the node and its parts, of the line's source for the line's year alone. The
        nation's plan is no measure of what one province moves.
        """
        nation = [place for place, above in self.here.places.parents.items() if above is None]
        for plan in plans:
            if plan.place_id in nation:
                continue
            rows = [row for row in lines_of(plan, self.draft.known) if row.year_use == line.year_use]
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
        rows = Entry.objects.filter(
            known_at(self.draft.known),
            account__is_contra=False,
            account__source=line.source_id,
            account__year_origin=line.year_origin,
            account__year_use=line.year_use,
            account__component__in=list(self.here.components.below(line.component_id)),
            voucher__dated__lte=self.draft.on,
        )
        found: int | None = rows.exclude(voucher__in=own_vouchers(self.draft.dossier)).aggregate(Sum("dong"))[
            "dong__sum"
        ]
        return found

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
