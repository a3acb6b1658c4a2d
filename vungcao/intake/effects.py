"""What an import changes in figures: the sums of the programmes and days that it speaks of, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.db.models import Sum

from vungcao.intake.drafted import Drafted
from vungcao.intake.outcome import Effect
from vungcao.intake.treasury_rows import TreasuryDraft
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger import spending
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import Basis, Measure, VoucherKind
from vungcao.ledger.regions import space

_FROM_OUTSIDE: Final = {VoucherKind.ASSIGNMENT, VoucherKind.CANCELLATION}


@dataclass(frozen=True, order=True)
class _Figure:
    on: date
    basis: str  # of a statement; empty for money assigned
    programme: str
    year: str

    @property
    def figure(self) -> Literal["assigned", "disbursed"]:
        return "disbursed" if self.basis else "assigned"


Measured = dict[_Figure, int]


def spoken_of(drafts: Iterable[Drafted]) -> list[_Figure]:
    """The figures that drafts may change, each once, by day."""
    found: set[_Figure] = set()
    for one in drafts:
        for statement in one.statements:
            if statement.measure != Measure.DISBURSED or statement.basis == Basis.ESTIMATE:
                continue
            here, coverage = space(statement.as_of), statement.coverage
            programme = here.components.codes[here.components.programme_of(coverage.component)]
            if programme != NOT_DIVIDED:
                found.add(_Figure(statement.as_of, statement.basis, programme, coverage.year_use))
        found |= {
            _Figure(fact.as_of, Basis.YEAR, one.heading.programme, str(fact.year))
            for fact in one.facts
            if isinstance(fact, TreasuryDraft) and one.heading.programme
        }
        if any(voucher.kind in _FROM_OUTSIDE for voucher in one.vouchers):
            assert one.heading.dated and one.heading.programme  # without them there is no draft
            found.add(_Figure(one.heading.dated, "", one.heading.programme, str(one.heading.year)))
    return sorted(found)


def measured(figures: Iterable[_Figure]) -> Measured:
    """Each figure as this transaction sees it."""
    return {one: _disbursed(one) if one.basis else _assigned(one) for one in figures}


def between(before: Measured, after: Measured) -> list[Effect]:
    """Figures that differ."""
    return [
        Effect(one.figure, one.programme, one.year, one.on, one.basis, before[one], after[one])
        for one in sorted(after)
        if before[one] != after[one]
    ]


def _disbursed(figure: _Figure) -> int:
    """Sum of the roots of the day's cover, without what new holders' figures include of former holders'."""
    here = space(figure.on)
    wanted = here.components.ids[figure.programme]
    return sum(
        dong
        for region, dong in spending.counted_on(figure.on, basis=figure.basis)
        if region.year_use == figure.year and here.components.programme_of(region.component) == wanted
    )


def _assigned(figure: _Figure) -> int:
    """Money given from outside: what stands in all accounts together."""
    here = space(figure.on)
    nodes = list(here.components.below(here.components.ids[figure.programme]))
    rows = entries_on(figure.on).filter(
        account__is_contra=False, account__component__in=nodes, account__year_use=figure.year
    )
    total: int = rows.aggregate(total=Sum("dong", default=0))["total"]
    return total
