"""The ledger as a beancount book, so that an independent judge can check it (``bean-check``).

Every account of ours is an account of the book; vouchers are transactions in đồng; a ``balance`` line stands on the
day after the last voucher for every account.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from vungcao.ledger.models import Account, Entry, Voucher

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
    yield ""
    yield from _balances(accounts, last + timedelta(days=1))


def _balances(accounts: dict[int, Account], on: date) -> Iterator[str]:
    sums: dict[int, int] = dict.fromkeys(accounts, 0)
    for account, dong in Entry.objects.values_list("account", "dong"):
        sums[account] += dong
    for account_id, dong in sums.items():
        yield f"{on} balance {_name(accounts[account_id])}  {dong} {CURRENCY}"
