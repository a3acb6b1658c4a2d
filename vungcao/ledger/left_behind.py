"""What a decision leaves with its giver, against what was said to be spent there: no more can go than is unspent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from vungcao.ledger.cover import Admitted, Cover
from vungcao.ledger.models import Basis, Measure, Statement
from vungcao.ledger.overspending import overspent
from vungcao.ledger.regions import Region, space
from vungcao.ledger.spending import spending_on


@dataclass(frozen=True)
class Short:
    """A giver's account, the narrowest counted line over it, and what is left given there: less than the line says."""

    giver: Region
    line: Admitted
    given: int

    @property
    def disbursed_dong(self) -> int:
        return self.line.said.dong

    @property
    def gap(self) -> int:
        """Đồng that went and had been spent."""
        return self.disbursed_dong - self.given


@dataclass(frozen=True)
class _Over:
    line: Admitted

    @property
    def disbursed_dong(self) -> int:
        return self.line.said.dong


def below_spent(givers: Iterable[Region], dated: date) -> Iterator[Short]:
    """Givers that keep less than was said to be spent of their money, by the latest word on it; a line is named once.

    Asked once the decision is recorded. Nothing is said where nobody spoke of the money, or where it can't be compared.
    """
    told: set[int] = set()
    days: dict[str, date] = {}
    covers: dict[date, Cover] = {}
    for giver in givers:
        if giver.year_use not in days:
            days[giver.year_use] = max(dated, _last_word(giver.year_use) or dated)
        on = days[giver.year_use]
        if on not in covers:
            covers[on] = spending_on(on)
        here, cover = space(on), covers[on]
        over = [
            one
            for one in cover.admitted
            if one.said.region.year_use == giver.year_use and here.covers(one.said.region, giver)
        ]
        line = max(over, key=lambda one: here.depth(one.said.region), default=None)
        if line is None or line.said.line in told:
            continue
        told.add(line.said.line)
        for found, given in overspent([(line.said.region, _Over(line))], line.said.region, on):
            yield Short(giver, found.line, given)


def _last_word(year_use: str) -> date | None:
    """The latest day as of which anybody spoke of money of a year of use."""
    said = Statement.objects.filter(measure=Measure.DISBURSED, basis=Basis.YEAR, year_use=year_use)
    last: date | None = said.aggregate(last=Max("as_of"))["last"]
    return last
