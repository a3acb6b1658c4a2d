"""Atoms: whole đồng that stand in one region as of one day. Every figure is a sum of atoms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, Sum

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.ledger import spending
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import VoucherKind
from vungcao.ledger.regions import Region
from vungcao.territory.readings import recast

INCOMING = Q(dong__gt=0)
OUTGOING = Q(dong__lt=0)


@dataclass(frozen=True)
class Atom:
    """``said_on``: the day in whose units it was said. ``refs``: keys of the lines or accounts behind it."""

    region: Region
    dong: int
    said_on: date
    kind: str
    ref: int


@dataclass(frozen=True)
class Unplaced:
    """Money that has no unit in the reading asked for."""

    place: int
    dong: int
    why: str


def spent(on: date, *, known: int | None, state: str, basis: str) -> list[Atom]:
    """What each admitted region accounts for by itself; zero parts are kept (they say "0", not nothing)."""
    found = spending.spending_on(on, known=known, state=state, basis=basis)
    return [Atom(one.said.region, one.own_dong, one.said.as_of, "line", one.said.line) for one in found.admitted]


def given(on: date, *, known: int | None, state: str, only: Q | None = None) -> list[Atom]:
    """Net authority per account on ``on``; ``only`` narrows the entries to those of a denominator."""
    entries = entries_on(on, known=known, state=state).filter(account__is_contra=False)
    if only is not None:
        entries = entries.filter(only)
    names = ("component", "field", "source", "year_origin", "year_use", "body", "place", "spending_object")
    rows = entries.values("account", *[f"account__{name}" for name in names]).annotate(dong=Sum("dong"))
    return [
        Atom(Region(*[row[f"account__{name}"] for name in names]), row["dong"], on, "account", row["account"])
        for row in rows.order_by("account")
    ]


def given_as(what: str) -> Q:
    """Which entries make a denominator of vouchers; see the table of denominators in the room's README."""
    return {
        "ttg": Q(voucher__kind=VoucherKind.ASSIGNMENT)
        | Q(voucher__kind=VoucherKind.REVERSAL, voucher__reverses__kind=VoucherKind.ASSIGNMENT),
        "council": _allocated_by(BodyKind.COUNCIL),
        "assigned": _allocated_by(BodyKind.PROVINCE),
        "adjusted": Q(),
        "with_carry_over": Q(),
    }[what]


def _allocated_by(kind: str) -> Q:
    bodies = BodyVersion.objects.standing().filter(kind=kind).values("body")
    return Q(voucher__kind=VoucherKind.ALLOCATION, dong__gt=0, voucher__decided_by__in=bodies)


def in_units(atoms: Iterable[Atom], *, to: date | None, known: int | None) -> tuple[list[Atom], list[Unplaced]]:
    """The reading: ``None`` as reported then; else each atom recast, one by one, to the units of that day."""
    if to is None:
        return list(atoms), []
    placed: list[Atom] = []
    unplaced: list[Unplaced] = []
    for atom in atoms:
        moved = recast({atom.region.place: atom.dong}, said_on=atom.said_on, to=to, known=known)
        placed += [
            replace(atom, region=replace(atom.region, place=place), dong=dong, said_on=to)
            for place, dong in moved.placed.items()
        ]
        unplaced += [Unplaced(place, dong, why) for place, dong, why in moved.not_apportioned]
        unplaced += [Unplaced(place, dong, "cần tỷ phần để chia") for place, dong in moved.needs_share]
    return placed, unplaced
