"""What an account was given, passed on and has left, always derived from entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.keeping import known_at
from vungcao.evidence.moment import held
from vungcao.ledger.models import Account, Entry


@dataclass(frozen=True)
class Balance:
    """Whole đồng up to and including a day."""

    given: int
    passed_on: int

    @property
    def left(self) -> int:
        return self.given - self.passed_on


def years_of_use() -> frozenset[str]:
    """Years of use, as codes, of the accounts that were ever opened."""

    def asked() -> frozenset[str]:
        return frozenset(Account.objects.order_by().values_list("year_use", flat=True).distinct())

    return held("years of use", asked)


def entries_on(on: date, *, known: int | None = None, state: str = "received") -> QuerySet[Entry]:
    """Entries of vouchers dated up to ``on``, known at ``known``, whose batch has reached ``state``."""
    return Entry.objects.filter(
        known_at(known), voucher__dated__lte=on, voucher__batch__in=batches_reached(state, known)
    )


def balance(account: Account, *, on: date, known: int | None = None) -> Balance:
    """Balance of one account at the end of ``on``."""
    sums = (
        entries_on(on, known=known, state="draft")
        .filter(account=account)
        .aggregate(
            given=Sum("dong", filter=Q(dong__gt=0), default=0), passed=Sum("dong", filter=Q(dong__lt=0), default=0)
        )
    )
    return Balance(sums["given"], -sums["passed"])


def lowest_of(accounts: Iterable[Account], *, since: date) -> dict[int, int]:
    """Account (its key) → the least that is left on ``since`` or any later day on which something is recorded."""
    rows = Entry.objects.filter(account__in=accounts).values("account", "voucher__dated").annotate(s=Sum("dong"))
    running: dict[int, int] = {}
    lowest: dict[int, int] = {}
    for row in rows.order_by("voucher__dated"):
        key, dated = row["account"], row["voucher__dated"]
        running[key] = running.get(key, 0) + row["s"]
        lowest[key] = running[key] if dated <= since else min(lowest.get(key, 0), running[key])
    return lowest


def lowest_left(account: Account, *, since: date) -> int:
    """The least that is left on ``since`` or any later day on which something is recorded."""
    running = Entry.objects.filter(account=account, voucher__dated__lte=since).aggregate(s=Sum("dong", default=0))["s"]
    lowest: int = running
    later = (
        Entry.objects.filter(account=account, voucher__dated__gt=since).values("voucher__dated").annotate(s=Sum("dong"))
    )
    for day in later.order_by("voucher__dated"):
        running += day["s"]
        lowest = min(lowest, running)
    return lowest
