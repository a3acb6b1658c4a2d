"""Random sequences of decisions over the small cast, played into the ledger and kept beside as a plain list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hypothesis import strategies as some

from tests.cast import Cast
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.actions import reverse
from vungcao.ledger.models import Voucher, VoucherKind
from vungcao.ledger.regions import Region

DAYS = (
    date(2024, 1, 31),
    date(2024, 6, 30),
    date(2024, 12, 31),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 31),
)
SEATS = (
    ("UBND", "vd"),
    ("UBND-h1", "h1"),
    ("UBND-h2", "h2"),
    ("UBND-x1", "x1"),
    ("UBND-x2", "x2"),
    ("UBND-x12", "x12"),
)
COMPONENTS = ("CT", "CT.DA1", "CT.DA1.TDA1", "CT.DA2")
OBJECTS = {VoucherKind.RESERVATION: "giu-cho", VoucherKind.COMMITMENT: "hop-dong"}
SOURCES = ("dau_tu:*", "dau_tu:NSTW", "dau_tu:NSDP_TINH", "su_nghiep:NSTW")


@dataclass
class Sequence:
    """What was decided: (day, region, đồng) of every account inside the books, and the vouchers."""

    moved: list[tuple[date, Region, int]] = field(default_factory=list)
    vouchers: list[Voucher] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)


@some.composite
def sequences(draw: Any, cast: Cast) -> Sequence:
    """Play up to eight decisions of every kind; they may overdraw, as decisions from outside may."""
    played, batch = Sequence(), cast.batch()
    for _ in range(draw(some.integers(1, 8))):
        kind = draw(some.sampled_from([VoucherKind.ASSIGNMENT, *VoucherKind]))
        dated, dong = draw(some.sampled_from(DAYS)), draw(some.integers(1, 10**12))
        if kind == VoucherKind.REVERSAL:
            _reverse(draw, played, dated)
            continue
        move = _move(draw, cast, kind, played.regions)
        if move is None:
            continue
        giver, taker = move
        voucher = cast.post(kind, [(giver, taker, dong)], dated=dated, by="UBND", batch=batch)
        played.vouchers.append(voucher)
        played.moved += [(dated, region, sign * dong) for region, sign in ((giver, -1), (taker, 1)) if region]
        played.regions += [region for region in (giver, taker) if region and region not in played.regions]
    return played


def _reverse(draw: Any, played: Sequence, dated: date) -> None:
    open_ones = [one for one in played.vouchers if not Voucher.objects.filter(reverses=one).exists()]
    if open_ones:
        voucher = draw(some.sampled_from(open_ones))
        dated = max(dated, voucher.dated)
        reverse(voucher, dated=dated, by=SYSTEM, reason="ví dụ")
        played.moved += [
            (dated, Region.of(entry.account), -entry.dong)
            for entry in voucher.entries.select_related("account")
            if not entry.account.is_contra
        ]


def _move(draw: Any, cast: Cast, kind: str, known: list[Region]) -> tuple[Region | None, Region | None] | None:
    """Giver and taker that the kind allows; ``None`` where nothing fits."""
    body, place = draw(some.sampled_from(SEATS))
    new = cast.region(
        draw(some.sampled_from(COMPONENTS)),
        place,
        body,
        draw(some.sampled_from(SOURCES)),
        draw(some.sampled_from(("2024", "2025"))),
    )
    if kind == VoucherKind.ASSIGNMENT:
        return None, new
    if not known:
        return None
    giver = draw(some.sampled_from(known))
    if kind == VoucherKind.CANCELLATION:
        return giver, None
    if kind == VoucherKind.CARRY_OVER:
        return (giver, replace(giver, year_use="2025")) if giver.year_use == "2024" else None
    if kind in OBJECTS:
        taker = replace(giver, spending_object=cast.objects[OBJECTS[kind]])
        return (giver, taker) if giver != taker else None
    taker = replace(giver, body=new.body, place=new.place)
    if kind != VoucherKind.HANDOVER:
        taker = replace(taker, component=new.component)
    return (giver, taker) if giver != taker else None
