"""Atoms: whole đồng that stand in one region as of one day. Every figure is a sum of atoms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Q, Sum

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.evidence.current import under_way
from vungcao.evidence.moment import held
from vungcao.evidence.queries import pinned, stamp
from vungcao.ledger import spending
from vungcao.ledger.ahead import days_with, walks_with
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import Basis, Measure, Voucher, VoucherKind
from vungcao.ledger.models.accounts import REGION
from vungcao.ledger.openings import Handed
from vungcao.ledger.regions import Region
from vungcao.territory import queries as territory
from vungcao.territory.readings import Units

_day_there: Final = territory.day_there


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
    """Money that has no unit in the reading asked for: the place where it is stuck, and the atom it comes from.

    ``above``: the same money at the nearest place of that reading that surely holds it, where there is one.
    """

    place: int
    dong: int
    why: str
    atom: Atom
    above: Atom | None = None


_kept: Final[OrderedDict[tuple[Hashable, ...], list[Atom]]] = OrderedDict()
_ROOM: Final = 24  # lists of atoms kept: a report asks the same few days over and over


def _keep(what: tuple[Hashable, ...], known: int | None, make: Callable[[], list[Atom]]) -> list[Atom]:
    """``make()``, or what it made before at the same act number; nothing is kept while an act is under way."""
    if under_way.get() is not None:
        return make()
    at = stamp()
    key = (*what, None if known is not None and known >= at[0] else known, at)
    if key not in _kept:
        _kept[key] = make()
        while len(_kept) > _ROOM:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def spent(on: date, *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED) -> list[Atom]:
    """What each admitted region accounts for by itself; zero parts are kept (they say "0", not nothing). What was
    handed over as spent leaves the former holder's line and stands with the new holder.
    """
    asked = ("spent", on, state, basis, measure)
    return _keep(asked, known, lambda: _spent(on, known, state, basis, measure))


def _spent(on: date, known: int | None, state: str, basis: str, measure: str) -> list[Atom]:
    walks = walks_with(on, basis)
    if len(walks) > 1 and measure == Measure.DISBURSED:
        asked = ("lines of walks", walks, pinned(known), state)
        held(asked, lambda: spending.read_ahead(walks, known=known, state=state))
    found = spending.spending_on(on, known=known, state=state, basis=basis, measure=measure)
    lives = territory.lives(known)
    said = [
        Atom(
            one.said.region,
            one.own_dong,
            _day_there(lives.get(one.said.region.place), one.said.as_of),
            "line",
            one.said.line,
        )
        for one in found.admitted
    ]
    if basis != Basis.YEAR or measure != Measure.DISBURSED:
        return said
    return [*said, *_handed_over(spending.handed_on(on, known=known, state=state), on, known)]


def _handed_over(found: list[Handed], on: date, known: int | None) -> Iterator[Atom]:
    lives = territory.lives(known) if found else {}
    for one in found:
        former, opening = one.giver.said, one.opening
        lost = _day_there(lives.get(former.region.place), former.as_of)
        yield Atom(former.region, -opening.dong, lost, "opening", opening.pk)
        if one.stands_alone:
            region = one.taker
            yield Atom(region, opening.dong, _day_there(lives.get(region.place), on), "opening", opening.pk)


def given(on: date, *, known: int | None, state: str, what: str = "with_carry_over") -> list[Atom]:
    """Net authority per account on ``on``, by the entries that make a denominator (see ``given_as``)."""

    if what == "adjusted":
        what = "with_carry_over"  # the same entries: which of their years are the year's own is the asker's matter

    def moved() -> list[Atom]:
        days = days_with(on)
        asked = ("money given", days, pinned(known), state, what)
        return held(asked, lambda: _given_on(days, known, state, given_as(what)))[on]

    return _keep(("given", on, state, what), known, moved)


def _given_on(days: Iterable[date], known: int | None, state: str, only: Q) -> dict[date, list[Atom]]:
    """Net authority per account on each of the days; an account without an entry by a day is not there on it."""
    entries = entries_on(max(days), known=known, state=state).filter(only, account__is_contra=False)
    lives, columns = territory.lives(known), [f"account__{name}" for name in REGION]
    found: dict[date, list[Atom]] = {day: [] for day in days}
    sums = [Sum("dong", filter=Q(voucher__dated__lte=day)) for day in found]
    rows = entries.values_list("account", *columns).order_by("account")
    for account, *said in rows.annotate(**{f"of_{number}": one for number, one in enumerate(sums)}):
        region = Region(*said[: len(columns)])
        for day, dong in zip(found, said[len(columns) :], strict=True):
            if dong is not None:
                found[day].append(Atom(region, dong, _day_there(lives.get(region.place), day), "account", account))
    return found


def movements(on: date, *, known: int | None, state: str) -> list[Atom]:
    """What each voucher moved into (+) or out of (−) each account; a reversal undoes, so its kind says so."""
    undone = set(Voucher.objects.exclude(reverses=None).values_list("pk", flat=True))
    return [
        Atom(region, dong, said_on, "reversal" if voucher in undone else "voucher", voucher)
        for region, dong, said_on, voucher in _moved(on, known, state)
    ]


def adjustments(on: date, *, known: int | None, state: str) -> list[Atom]:
    """What each line of a decision of adjustment moved into (+) or out of (−) its account, and of their reversals."""
    entries = entries_on(on, known=known, state=state).filter(_of_kind(VoucherKind.ADJUSTMENT))
    lives, columns = territory.lives(known), [f"account__{name}" for name in REGION]
    found = []
    for pk, dong, kind, *nodes in (
        entries.filter(account__is_contra=False).order_by("pk").values_list("pk", "dong", "voucher__kind", *columns)
    ):
        region = Region(*nodes)
        said_on = _day_there(lives.get(region.place), on)
        found.append(Atom(region, dong, said_on, "reversal" if kind == VoucherKind.REVERSAL else "entry", pk))
    return found


def _moved(on: date, known: int | None, state: str) -> Iterator[tuple[Region, int, date, int]]:
    """(region, đồng, day in whose units it stands, key of the voucher) of each account, by voucher."""
    entries = entries_on(on, known=known, state=state).filter(account__is_contra=False)
    lives, columns = territory.lives(known), [f"account__{name}" for name in REGION]
    rows = entries.values_list("account", "voucher", *columns).order_by("account", "voucher")
    for _, voucher, *said in rows.annotate(moved=Sum("dong")):
        region = Region(*said[:-1])
        yield region, said[-1], _day_there(lives.get(region.place), on), voucher


def given_as(what: str) -> Q:
    """Which entries make a denominator of vouchers; see the table of denominators in the room's README.

    A reversal takes back from the denominator what its voucher had given it.
    """
    return {
        "ttg": _of_kind(VoucherKind.ASSIGNMENT) & _decided_by(BodyKind.CENTRAL),
        "council": _of_kind(VoucherKind.ALLOCATION) & _received_from(BodyKind.COUNCIL),
        "assigned": _of_kind(VoucherKind.ALLOCATION) & _received_from(BodyKind.PROVINCE),
        "adjusted": Q(),
        "with_carry_over": Q(),
    }[what]


def _of_kind(kind: str) -> Q:
    return Q(voucher__kind=kind) | Q(voucher__kind=VoucherKind.REVERSAL, voucher__reverses__kind=kind)


def _received_from(kind: str) -> Q:
    received = Q(dong__gt=0) & ~Q(voucher__kind=VoucherKind.REVERSAL)
    taken_back = Q(dong__lt=0, voucher__kind=VoucherKind.REVERSAL)
    return _decided_by(kind) & (received | taken_back)


def _decided_by(kind: str) -> Q:
    return Q(voucher__decided_by__in=BodyVersion.objects.standing().filter(kind=kind).values("body"))


def in_units(atoms: Iterable[Atom], *, to: date | None, known: int | None) -> tuple[list[Atom], list[Unplaced]]:
    """The reading: ``None`` as reported then; else each atom recast, one by one, to the units of that day."""
    if to is None:
        return list(atoms), []
    placed: list[Atom] = []
    unplaced: list[Unplaced] = []
    units = Units(to, known)
    for atom in atoms:
        moved = units.recast({atom.region.place: atom.dong}, said_on=atom.said_on)
        placed += [
            replace(atom, region=replace(atom.region, place=place), dong=dong, said_on=to)
            for place, dong in moved.placed.items()
        ]
        stuck = [*moved.not_apportioned, *((place, dong, "cần tỷ phần để chia") for place, dong in moved.needs_share)]
        for place, dong, why in stuck:
            home = units.above(place)
            above = Atom(replace(atom.region, place=home), dong, to, atom.kind, atom.ref) if home is not None else None
            unplaced.append(Unplaced(place, dong, why, atom, above))
    return placed, unplaced
