"""A province's ledger made large: lines by chance from a seed beside those of the example, in bulk. No real figures.

Only for a base made to be thrown away: rows go past the actions that officers use, yet through the same triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any, Final

LINES_OF_A_VOUCHER: Final = 2_000
YEARS: Final = (2021, 2022, 2023, 2024)
SOURCES: Final = ("dau_tu:NSTW", "su_nghiep:NSTW")
PROGRAMME: Final = "1719"


def fill(lines: int, seed: int = 7) -> int:
    """Add so many lines (with one line a voucher for the other side); how many accounts they stand in."""
    from vungcao.bodies import actions as bodies
    from vungcao.bodies.queries import body
    from vungcao.evidence.actions import SYSTEM, acting, cite

    chance = Random(seed)
    seat = body("BDT-04")
    assert seat is not None
    with acting("bench.filled", by=SYSTEM) as act:
        paper = cite(act=act, kind="workbook", name="ví dụ đo tải")
        about = {"kind": "bench", "period": "2024", "sheet": "Trang1"}
        batch = bodies.hand_in(body=seat, source=paper, act=act, **about)
        bodies.reach(batch, "received", by=SYSTEM)
        accounts = _accounts(act)
        for n in range(-(-lines // LINES_OF_A_VOUCHER)):
            year = YEARS[n % len(YEARS)]
            count = min(LINES_OF_A_VOUCHER, lines - n * LINES_OF_A_VOUCHER)
            _voucher(f"VD-{n + 1}/QĐ", date(year, 1, 2) + timedelta(chance.randrange(360)), batch, act, _moves(
                accounts[year], count, chance
            ))  # fmt: skip
    return sum(len(some) for some in accounts.values())


def _moves(accounts: list[int], count: int, chance: Random) -> Iterator[tuple[int, int]]:
    """(account, đồng) of each line, the other side last; one in twelve takes back."""
    *inside, outside = accounts
    total = 0
    for _ in range(count):
        dong = chance.randrange(1, 10**6) * (-1 if chance.randrange(12) == 0 else 1)
        total += dong
        yield chance.choice(inside), dong
    if total:
        yield outside, -total


def _voucher(number: str, dated: date, batch: Any, act: Any, moves: Iterator[tuple[int, int]]) -> None:
    from django.db import connection

    from vungcao.bodies.queries import body
    from vungcao.ledger.models import Entry, Voucher, VoucherKind

    about = {"kind": VoucherKind.ASSIGNMENT, "decided_by": body("TTG"), "batch": batch}
    voucher = Voucher.objects.create(act=act, number=number, dated=dated, **about)
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (act_id, voucher_id, account_id, dong, sheet, cell) VALUES (%s, %s, %s, %s, '', '')",
            [(act.pk, voucher.pk, account, dong) for account, dong in moves],
        )


def _accounts(act: Any) -> dict[int, list[int]]:
    """Year of use → an account of every commune, leaf of the programme and source, and last that of the outside."""
    from vungcao.bodies.models import BodyVersion
    from vungcao.ledger.models import Account
    from vungcao.ledger.models.accounts import REGION
    from vungcao.ledger.regions import Region, reserved_members
    from vungcao.programme import queries as programmes
    from vungcao.programme.models import FundingSource
    from vungcao.territory import queries as territory

    stars = reserved_members()
    sources = list(FundingSource.objects.filter(code__in=SOURCES).values_list("pk", flat=True))
    columns = [name if name.startswith("year") else f"{name}_id" for name in REGION]
    there = {Region(*row): pk for pk, *row in Account.objects.values_list("pk", *columns)}
    found: dict[int, list[int]] = {}
    for year in YEARS:
        on = date(year, 6, 30)
        tree, places = programmes.tree(on), territory.tree(on)
        top = programmes.component(PROGRAMME)
        assert top is not None
        leaves = [node for node in tree.below(top.pk) if not tree.children.get(node)]
        seats = BodyVersion.objects.on(on).filter(kind="commune").values_list("place", "body")
        seats = [(place, body) for place, body in seats if place in places] or [
            (place, body)
            for place, body in BodyVersion.objects.on(on).filter(kind="district").values_list("place", "body")
        ]
        wanted = [
            Region(leaf, stars["field"], source, f"{year}", f"{year}", body, place, stars["spending_object"])
            for (place, body), leaf, source in product(seats, leaves, sources)
        ]
        outside = Region(
            top.pk, stars["field"], sources[0], f"{year}", f"{year}", stars["body"], 1, stars["spending_object"]
        )
        missing = [one for one in (*wanted, outside) if one not in there]
        made = Account.objects.bulk_create(
            [Account(act=act, is_contra=one == outside, **one.columns()) for one in missing], batch_size=5_000
        )
        there |= {one: account.pk for one, account in zip(missing, made, strict=True)}
        found[year] = [there[one] for one in (*wanted, outside)]
    return found
