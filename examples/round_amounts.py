"""Amounts of the yearly round 2022-2025 of Programme 1719 in the example province, in tenths of a triệu đồng.

Published, and met exactly: 2024 with carried-over money 2.240.116 triệu đồng, 1.349.142 disbursed by 31/12/2024 (báo
Dân tộc, 01/2025); 1.526.790 given in 2024 (S12). Published as "trên 814 tỷ": central money of 2022 (báo Dân tộc,
23/02/2023). Every split, and the totals of 2023 and 2025, are invented for the example.

A *purse* is (unit, project, kind of capital, year of origin): what a unit holds in one year of use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from examples import cao_bang_amounts as papers
from examples.cao_bang_amounts import CITY, DISTRICTS, PROJECTS
from examples.round_merger import successors
from vungcao.kernel.splitting import split

TENTHS = 10
KINDS = ("dau_tu", "su_nghiep")
DEPARTMENTS = tuple(papers.DEPARTMENTS)
UNITS = (*DEPARTMENTS, *DISTRICTS)

CENTRAL_2022 = 814_000 * TENTHS  # published as "trên 814 tỷ"
COUNTERPART_2022 = 2_200 * TENTHS  # published as "trên 2,2 tỷ" for houses
CENTRAL_2023 = 1_111_110 * TENTHS  # invented
CENTRAL_2025 = 888_880 * TENTHS  # invented
WITH_CARRIED_2024 = 2_240_116 * TENTHS
CARRIED_INTO_2024 = WITH_CARRIED_2024 - papers.PUBLISHED_1719_2024 * TENTHS
DISBURSED_2024 = 1_349_142 * TENTHS


class Purse(NamedTuple):
    """What is held where; ``unit`` is a district, a department, or after 1/7/2025 a commune's code."""

    unit: str
    project: str
    kind: str
    origin: int


Purses = dict[Purse, int]


class Shift(NamedTuple):
    """One line of an adjustment: less here, more there, of one kind of capital and one year."""

    giver: Purse
    taker: Purse
    amount: int


def shares(amounts: Mapping[Purse, int]) -> list[Fraction]:
    total = sum(amounts.values())
    return [Fraction(amount, total) for amount in amounts.values()]


def shared(total: int, by: Mapping[Purse, int], *, step: int = 1) -> Purses:
    """``total`` over the purses of ``by`` in proportion; every part but the largest is a multiple of ``step``."""
    parts = dict(zip(by, (step * part for part in split(total // step, shares(by))), strict=True))
    parts[max(parts, key=lambda purse: parts[purse])] += total % step
    return parts


@cache
def given(year: int) -> Purses:
    """What the decision by unit gives in a year, of that year's own money."""
    if year == 2024:
        return {purse: amount for purse in _all(2024) if (amount := _as_in_2024(purse))}
    total = {2022: CENTRAL_2022, 2023: CENTRAL_2023, 2025: CENTRAL_2025}[year]
    like = {purse._replace(origin=year): amount for purse, amount in given(2024).items()}
    return {purse: amount for purse, amount in shared(total, like, step=10 * TENTHS).items() if amount}


def _all(year: int) -> Iterable[Purse]:
    return (Purse(unit, project, kind, year) for unit in UNITS for project in PROJECTS for kind in KINDS)


def _as_in_2024(purse: Purse) -> int:
    of = papers.given_to_district if purse.unit in DISTRICTS else papers.given_to_department
    both = of(purse.unit, purse.project)
    return int(both.investment if purse.kind == "dau_tu" else both.recurrent) * TENTHS


# adjustments, both sides of 18/1/2024 -------------------------------------------------------------------------
def shifts(year: int) -> list[Shift]:
    """2023: recurrent money of one project to another, which only the centre could decide then. 2024: the same decided
    by the province's council.
    """
    takers = {2023: (("Bảo Lạc", "DA6", "DA5"), ("Hà Quảng", "DA6", "DA5")), 2024: (("Thạch An", "DA3", "DA9"),)}
    found = []
    for unit, of, to in takers.get(year, ()):
        giver = Purse(unit, of, "su_nghiep", year)
        taker = giver._replace(project=to) if to != "DA9" else Purse("Bảo Lạc", to, "su_nghiep", year)
        found.append(Shift(giver, taker, 50 * TENTHS))
    return found


def shifted(purses: Purses, year: int) -> Purses:
    moved = dict(purses)
    for one in shifts(year):
        moved[one.giver] -= one.amount
        moved[one.taker] = moved.get(one.taker, 0) + one.amount
    return moved


# a year of use: given, carried, spent ---------------------------------------------------------------------------
@cache
def held(year: int) -> Purses:
    """Every purse of a year of use after adjustment, carried-over money with it."""
    return {**carried_into(year), **shifted(given(year), year)}


@cache
def carried_into(year: int) -> Purses:
    """What was left at the end of the year before and is carried over; the rest of it is cancelled."""
    if year == 2022:
        return {}
    left = unspent(year - 1)
    if year == 2024:
        return {purse: amount for purse, amount in shared(CARRIED_INTO_2024, left).items() if amount}
    if year == 2025:
        return {purse: amount for purse, amount in left.items() if purse.origin == 2024}
    return left


def cancelled(year: int) -> Purses:
    """What a year leaves and nobody carries over."""
    into = carried_into(year + 1)
    return {purse: rest for purse, left in unspent(year).items() if (rest := left - into.get(purse, 0))}


def unspent(year: int) -> Purses:
    done = spent(year)
    return {purse: left for purse, amount in held(year).items() if (left := amount - done[purse]) > 0}


@cache
def spent(year: int) -> Purses:
    """Disbursed by 31 December of the year of use, of every purse held."""
    if year == 2024:
        return _spent_2024()
    rate = {2022: lambda purse: 18 + _turn(purse), 2023: lambda purse: 38 + 3 * _turn(purse)}[year]
    return {purse: _per_cent(amount, rate(purse)) for purse, amount in held(year).items()}


def _spent_2024() -> Purses:
    """From what was reported as at 31/5/2024 up to the published total, in proportion to what was still there."""
    base = {purse: _may_2024(purse) for purse in held(2024)}
    room = {purse: max(0, amount - base[purse]) for purse, amount in held(2024).items()}
    more = shared(DISBURSED_2024 - sum(base.values()), room)
    return {purse: base[purse] + more[purse] for purse in base}


def _may_2024(purse: Purse) -> int:
    if purse.origin != 2024 or purse.unit not in papers.RATES:
        return 0
    of = papers.given_to_district if purse.unit in DISTRICTS else papers.given_to_department
    done = papers.disbursed(purse.unit, purse.project, of(purse.unit, purse.project))
    return int((done.investment if purse.kind == "dau_tu" else done.recurrent) * TENTHS)


def _turn(purse: Purse) -> int:
    return (3 * PROJECTS.index(purse.project) + UNITS.index(purse.unit)) % 7


def _per_cent(amount: int, rate: int) -> int:
    return amount * rate // 100


# 2025: to the last day of the districts, the handover, and after it ----------------------------------------------
@cache
def spent_by_june() -> Purses:
    """Disbursed from 1/1/2025 to 30/6/2025 by the units of then."""
    return {purse: _per_cent(amount, 24 + _turn(purse)) for purse, amount in held(2025).items()}


NOT_HANDED_OVER = {(CITY, "su_nghiep")}  # the city's recurrent money stays in sight: handed over by no minutes


def handed_over(purses: Purses, district: str) -> Purses:
    """What each commune (by its code) takes over of a district's purses: equal parts, by largest remainder."""
    found: Purses = {}
    codes = successors()[district]
    for purse, amount in purses.items():
        if purse.unit != district or (district, purse.kind) in NOT_HANDED_OVER:
            continue
        parts = split(amount, [Fraction(1, len(codes))] * len(codes))
        found |= {purse._replace(unit=code): part for code, part in zip(codes, parts, strict=True) if part}
    return found


@cache
def taken_over(spent_only: bool = False) -> Purses:
    """What communes took over from all districts: what had been given, or of it what had been spent."""
    found: Purses = {}
    for district in DISTRICTS:
        of = handed_over(spent_by_june() if spent_only else held(2025), district)
        for purse, amount in of.items():
            found[purse] = found.get(purse, 0) + amount
    return found


@cache
def spent_by_september() -> Purses:
    """Disbursed from 1/1/2025 to 30/9/2025 by communes (what they took over as spent included) and departments."""
    before = {**taken_over(spent_only=True), **{k: v for k, v in spent_by_june().items() if k.unit in DEPARTMENTS}}
    given = {**taken_over(), **{k: v for k, v in held(2025).items() if k.unit in DEPARTMENTS}}
    return {
        purse: (done := before.get(purse, 0)) + _per_cent(amount - done, 10 + sum(map(ord, purse.unit)) % 9)
        for purse, amount in given.items()
    }
