"""What an account was given, passed on and has left, always derived from entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Model, Q, QuerySet, Sum, Value

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import known_at
from vungcao.evidence.remembering import Remembered
from vungcao.ledger.models import Account, Entry, Statement, StatementLine
from vungcao.programme.models import PlanLine


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
    return years_on_file()[Account]


def years_on_file() -> Mapping[type[Model], frozenset[str]]:
    """Years of use, as codes, that accounts, statements, their lines and plan lines name; in one question. Kept in
    memory outside acts: lines come with their statement.
    """
    return _years.get("years on file", None, _years_on_file) if under_way.get() is None else _years_on_file()


_years: Final[Remembered[Mapping[type[Model], frozenset[str]]]] = Remembered(Account, Statement, PlanLine, room=4)
_NAME_YEARS: Final = (Account, Statement, StatementLine, PlanLine)


def _years_on_file() -> Mapping[type[Model], frozenset[str]]:
    asked = [
        table._default_manager.order_by().annotate(table=Value(number)).values_list("table", "year_use").distinct()
        for number, table in enumerate(_NAME_YEARS)
    ]
    found: dict[type[Model], set[str]] = {table: set() for table in _NAME_YEARS}
    for number, year in asked[0].union(*asked[1:], all=True):
        found[_NAME_YEARS[number]].add(year)
    return {table: frozenset(years) for table, years in found.items()}


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
