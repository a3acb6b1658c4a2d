"""The ledger as a beancount book, so that an independent judge can check it (``bean-check``).

Every account of ours is an account of the book; vouchers are transactions in đồng; ``balance`` lines for every account
stand on the day after each report day and after the last voucher.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from vungcao.ledger.models import Account, Entry, Statement, Voucher

CURRENCY = "VND"


def _name(account: Account) -> str:
    kind = "Equity:Ngoai-so" if account.is_contra else "Assets:Von"
    return f"{kind}:A{account.pk}"


def _text(said: str) -> str:
    return said.replace("\\", " ").replace('"', "'").replace("\n", " ")


def book() -> Iterator[str]:
    """Lines of the book, in order of days."""
    yield 'option "title" "Vùng Cao"'
    yield f'option "operating_currency" "{CURRENCY}"'
    vouchers = list(Voucher.objects.order_by("dated", "pk").prefetch_related("entries"))
    if not vouchers:
        return
    first, last = vouchers[0].dated, vouchers[-1].dated
    accounts = {
        account.pk: account for account in Account.objects.order_by("pk").select_related("component", "body", "source")
    }
    for account in accounts.values():
        yield f"{first} open {_name(account)} {CURRENCY}"
        years = f"{account.year_origin}/{account.year_use}"
        yield f'  noi-dung: "{_text(f"{account.component} {account.source} {years} {account.body}")}"'
    for voucher in vouchers:
        yield ""
        yield f'{voucher.dated} * "{_text(voucher.get_kind_display())}" "{_text(voucher.number)}"'
        for entry in sorted(voucher.entries.all(), key=lambda one: one.pk):
            yield f"  {_name(accounts[entry.account_id])}  {entry.dong} {CURRENCY}"
    yield from _balances(accounts, _report_days(first, last))


def _balances(accounts: dict[int, Account], days: list[date]) -> Iterator[str]:
    """What stands in every account at the end of each day; beancount asserts at the beginning of the next."""
    moved: dict[date, dict[int, int]] = {}
    for account, dated, dong in Entry.objects.values_list("account", "voucher__dated", "dong"):
        on = moved.setdefault(dated, {})
        on[account] = on.get(account, 0) + dong
    sums: dict[int, int] = dict.fromkeys(accounts, 0)
    waiting = sorted(moved)
    for day in days:
        while waiting and waiting[0] <= day:
            for account, dong in moved[waiting.pop(0)].items():
                sums[account] += dong
        yield ""
        for account, dong in sums.items():
            yield f"{day + timedelta(days=1)} balance {_name(accounts[account])}  {dong} {CURRENCY}"


def _report_days(first: date, last: date) -> list[date]:
    """The last day of the book, and before it every day as of which somebody reported."""
    said = Statement.objects.filter(as_of__gte=first, as_of__lt=last).values_list("as_of", flat=True).distinct()
    return [*sorted(said), last]
