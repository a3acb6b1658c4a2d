"""Money given summed by columns of its accounts: from the sealed facts, and from the ledger where they do not serve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from vungcao.evidence.current import under_way
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import VoucherKind


def given_by(
    columns: Sequence[str], on: date, *, known: int | None, state: str, assigned_after: date | None = None
) -> Iterator[tuple[Any, ...]]:
    """(column …, đồng) of all money given up to a day, each row made of at least one entry; columns are those of a
    region. ``assigned_after``: only what assignments dated later gave.
    """
    from vungcao.cube.sealed import answering  # which asks for figures, and these for their gaps

    here = answering.held() if under_way.get() is None else None
    if here is not None:
        with here.lock:
            yield from here.given_by(columns, on, known, state, assigned_after)
        return
    rows = entries_on(on, known=known, state=state).filter(account__is_contra=False)
    if assigned_after is not None:
        rows = rows.filter(Q(voucher__kind=VoucherKind.ASSIGNMENT, voucher__dated__gt=assigned_after))
    names = [f"account__{name}" for name in columns]
    summed = rows.order_by().values_list(*names).annotate(dong=Sum("dong"), n=Count("pk"))
    yield from ((*keys, dong) for *keys, dong, _ in summed)
