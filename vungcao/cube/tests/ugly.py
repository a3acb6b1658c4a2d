"""A small ugly world, played by chance from a seed: odd amounts, corrections, returned batches, divided communes,
handovers, papers that come late, the last day of the year.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction
from random import Random
from typing import Final

from tests.cast import MERGED, Cast
from vungcao.bodies import actions as bodies
from vungcao.bodies.models import STATE_LINE, Batch
from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.cube.figures import FigureQuery
from vungcao.cube.question import DENOMINATORS
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell, Refusal
from vungcao.ledger.actions import OpeningDraft, order_reporters, record_openings, reverse
from vungcao.ledger.models import Basis, Voucher, VoucherKind
from vungcao.programme.models import Component
from vungcao.territory import actions as territory
from vungcao.territory.actions import NewPlace, Part
from vungcao.territory.models import Place, PlaceKind

SPLIT: Final = date(2025, 12, 31)
DAYS: Final = (
    *(date(2024, 1, 31), date(2024, 6, 30), date(2024, 12, 31), date(2025, 1, 31)),
    *(date(2025, 6, 30), MERGED, date(2025, 12, 30), SPLIT),
)
SHARES: Final = (Fraction(3333, 10000), Fraction(3333, 10000), Fraction(3334, 10000))
READINGS: Final = ("then", "today", date(2024, 6, 30), SPLIT, date(2025, 7, 1))
LEVELS: Final = (
    *((), ("programme",), ("component",), ("place",), ("district",), ("province",), ("body",), ("source",)),
    *(("year",), ("year_use",), ("field",), ("place", "component"), ("body", "source"), ("district", "year")),
)


def divide(cast: Cast) -> None:
    """Xã Ba is divided in three on the last day of 2025, by shares that no amount fits."""
    parent = Place.objects.get(pk=cast.places["vd"])
    parts = [
        Part(NewPlace(f"x3{n}", f"Ba {n}", PlaceKind.COMMUNE, parent), share) for n, share in enumerate(SHARES, start=1)
    ]
    place = Place.objects.get(pk=cast.places["x3"])
    made = territory.split_place(place=place, into=parts, effective=SPLIT, cites="01/VÍ-DỤ", by=SYSTEM)
    cast.places |= {one.key: one.pk for one in made}


def play(cast: Cast, rnd: Random, steps: int) -> None:
    """So many things happen, one act after another; what the books refuse does not."""
    for _ in range(steps):
        with suppress(Refusal):
            rnd.choice((_voucher, _voucher, _statement, _statement, _statement, _step, _reverse, _opening, _order))(
                cast, rnd
            )


def _region(cast: Cast, rnd: Random, place: str = "", body: str = ""):
    if not place:
        seats = (("UBND", "vd"), ("UBND-h1", "h1"), ("UBND-h2", "h2"), ("UBND-x1", "x1"), ("UBND-h2", "x3"))
        body, place = rnd.choice(seats)
    year = rnd.choice(("2024", "2025"))
    return cast.region(
        rnd.choice(("CT", "CT.DA1", "CT.DA1.TDA1", "CT.DA2")),
        place,
        body or "*",
        rnd.choice(("dau_tu:*", "dau_tu:NSTW", "dau_tu:NSDP_TINH", "su_nghiep:NSTW")),
        year,
        rnd.choice((year, year, "2024", "*")),
        rnd.choice(("*", "*", "280")),
    )


def _voucher(cast: Cast, rnd: Random) -> None:
    kind = rnd.choice((VoucherKind.ASSIGNMENT, VoucherKind.ASSIGNMENT, VoucherKind.ALLOCATION))
    taker = _region(cast, rnd)
    giver = _region(cast, rnd) if kind == VoucherKind.ALLOCATION else None
    cast.post(
        kind,
        [(giver, taker, rnd.choice((1, 2, 3, 7, 10**9 + 1, rnd.randrange(1, 10**12))))],
        dated=rnd.choice(DAYS),
        by=rnd.choice(("TTG", "HDND", "UBND")),
        number=f"{rnd.randrange(10**6)}/QĐ",
        state=rnd.choice(("draft", "received", "received", "reconciled")),
    )


def _reverse(cast: Cast, rnd: Random) -> None:
    open_ones = list(Voucher.objects.filter(reversed_by=None).exclude(kind=VoucherKind.REVERSAL).order_by("pk"))
    if open_ones:
        one = rnd.choice(open_ones)
        reverse(one, dated=max(one.dated, rnd.choice(DAYS)), by=SYSTEM, reason="ví dụ")


def _statement(cast: Cast, rnd: Random) -> None:
    place, reporter, below = rnd.choice(
        (
            ("h1", "UBND-h1", ("x1", "x2")),
            ("h1", "KB", ("x1",)),
            ("h2", "UBND-h2", ("x3",)),
            ("vd", "STC", ("h1", "h2", "x3")),
            ("x12", "UBND-x12", ()),
        )
    )
    year = rnd.choice(("2024", "2025"))
    coverage = cast.region(place=place, source="*:*", year=year, origin="*")
    lines = [(coverage, rnd.randrange(10**9))]
    for one in below:
        region = cast.region("CT", one, source="*:*", year=year, origin="*")
        lines.append((region, rnd.choice((0, rnd.randrange(10**9)))))
        finer = cast.region(rnd.choice(("CT.DA1", "CT.DA2")), one, source="dau_tu:*", year=year, origin="*")
        lines.append((finer, rnd.randrange(10**9)))
    state = rnd.choice(("draft", "received", "received", "received", "closed"))
    as_of = rnd.choice(DAYS)
    about = {"reporter": reporter, "corrects": rnd.random() < 0.5, "state": state}
    basis = rnd.choice((*[Basis.YEAR] * 5, Basis.ESTIMATE, Basis.PHASE))
    cast.state(lines, coverage=coverage, as_of=as_of, basis=basis, **about)


def _step(cast: Cast, rnd: Random) -> None:
    batch = rnd.choice(list(Batch.objects.order_by("pk")) or [cast.batch()])
    to = rnd.choice(("returned", "superseded", *(state.value for state in STATE_LINE)))
    bodies.reach(batch, to, reason="ví dụ", by=SYSTEM)


def _opening(cast: Cast, rnd: Random) -> None:
    year = rnd.choice(("2024", "2025"))
    giver = cast.region("CT", "x1", "UBND-x1", "*:*", year, "*")
    taker = cast.region("CT", "x12", "UBND-x12", "*:*", year, "*")
    rows = [OpeningDraft(giver, taker, rnd.randrange(1, 10**6), Cell("ví dụ.xlsx", "Trang1", "C8"))]
    record_openings(batch=cast.batch(), dated=MERGED, rows=rows, number=f"{rnd.randrange(10**6)}/BB", by=SYSTEM)


def _order(cast: Cast, rnd: Random) -> None:
    kinds = ["district", "finance", "treasury", "commune"]
    rnd.shuffle(kinds)
    programme = Component.objects.get(pk=cast.components["CT"])
    order_reporters(programme, {kind: n for n, kind in enumerate(kinds)}, since=rnd.choice((None, SPLIT)), by=SYSTEM)


def question(rnd: Random, known: int | None) -> FigureQuery:
    """Something that could be asked of this world."""
    name = rnd.choice(("disbursement", "disbursement", "given", "flow", "estimate"))
    return FigureQuery(
        name,
        rnd.choice((*DAYS, date(2024, 9, 15), date(2026, 2, 1))),
        known=known,
        year=rnd.choice((None, 2024, 2025)),
        year_origin=rnd.choice((None, None, None, "2024")),
        programme=rnd.choice((None, "CT")),
        component=rnd.choice((None, None, "CT.DA1")),
        place=rnd.choice((None, None, "vd", "h1", "h2")),
        body=rnd.choice((None, None, None, "UBND-h1", "own:UBND-h2")),
        source=rnd.choice((None, None, "dau_tu")),
        field=rnd.choice((None, None, None, "280")),
        state=rnd.choice(("received", *(["received"] * 5 if name != "given" else []), *STATE_LINE)),
        basis=Basis.PHASE if name == "disbursement" and rnd.random() < 0.2 else Basis.YEAR,
        denominator=None if name == "flow" else rnd.choice((None, None, *DENOMINATORS)),
        boundaries=rnd.choice(READINGS),
        by=rnd.choice(LEVELS),
    )


def reaches(cast: Cast, on: date) -> list[Reach]:
    """Everybody's: the operator's, the province's, a district's, nobody's, and two posts of one person."""
    officials = [reach_for(one, "figures.see", on) for one in cast.officials.values()]
    two = Reach(places=officials[0].places, bodies=officials[0].bodies, also=(officials[1],))
    return [Reach.all_for_operator(), *officials, two]
