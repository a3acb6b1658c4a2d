"""More said to be spent than was given: compared where the ledger holds money exactly inside what a line speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import Sum

from vungcao.kernel.years import Years
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models.accounts import REGION
from vungcao.ledger.regions import Region, space


class Line(Protocol):
    """A line read or recorded."""

    @property
    def disbursed_dong(self) -> int: ...


Said = TypeVar("Said", bound=Line)


def overspent(
    lines: Iterable[tuple[Region, Said]], coverage: Region, on: date, *, state: str = "received"
) -> Iterator[tuple[Said, int]]:
    """(line, đồng given) of each line that says more than its region was given by the end of ``on``.

    Not compared, because it can't be told: a region in which the ledger holds no account (money is given at a higher
    node), more years than one, and a day on which a holder or its place has ended without a handover.
    """
    here = space(on)
    inside = _given(coverage, on, state) if Years.parse(coverage.year_use).depth == 2 else []
    for region, line in lines:
        given = [dong for account, dong in inside if here.covers(region, account)]
        if given and line.disbursed_dong > sum(given):
            yield line, sum(given)


def _given(coverage: Region, on: date, state: str) -> list[tuple[Region, int]]:
    """What each account inside a coverage was given and did not pass on, up to ``on``."""
    here = space(on)
    wanted = {
        "account__is_contra": False,
        "account__component__in": list(here.components.below(coverage.component)),
        "account__year_use": coverage.year_use,
    }
    columns = [f"account__{name}" for name in REGION]
    rows = entries_on(on, state=state).filter(**wanted).values_list(*columns).annotate(dong=Sum("dong")).order_by()
    accounts = [(Region(*node), dong) for *node, dong in rows]
    if any(dong and (region.place not in here.places or region.body not in here.bodies) for region, dong in accounts):
        return []
    return [(region, dong) for region, dong in accounts if here.covers(coverage, region)]
