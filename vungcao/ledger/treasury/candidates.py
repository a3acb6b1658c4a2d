"""Every amount that one cause could explain in one group. Facts in, candidates out; nothing is chosen here."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from vungcao.ledger.treasury.facts import Booked, CauseKind, Group, Node

ALL_ROWS: Final = "all"


@dataclass(frozen=True)
class Candidate:
    """``effect``: by how much the cause alone would take the Treasury above (+) or below (−) the unit in ``group``.

    ``partner``: the other group, for money that stands there instead; the two sides of one move share ``mark``.
    ``weight``: how strong the evidence is beside the amount.
    """

    kind: CauseKind
    group: int
    effect: int
    mark: Hashable
    weight: int
    rows: tuple[Booked, ...] = ()
    partner: int | None = None


def candidates(groups: Sequence[Group]) -> list[list[Candidate]]:
    """For each group, what could explain it."""
    found: list[list[Candidate]] = [list(_own(at, group)) for at, group in enumerate(groups)]
    own = [_sums_of(one) for one in found]
    open_ones = [at for at, group in enumerate(groups) if abs(group.difference) > group.tolerance]
    for source in open_ones:
        for target in open_ones:
            if source != target:
                for one in _moved(source, target, groups, own[source], own[target]):
                    found[one.group].append(one)
    return found


def _own(at: int, group: Group) -> Iterator[Candidate]:
    yield from _cut_off(at, group)
    advances = [(row, row.open_advance) for row in group.treasury if row.open_advance]
    yield from _sums(CauseKind.ADVANCE, at, [(row, dong) for row, dong in advances if dong], 3)
    restored = [(row, row.restored) for row in group.treasury if row.restored]
    yield from _sums(CauseKind.RESTORED, at, [(row, -dong) for row, dong in restored if dong], 3)
    old = [(row, row.dong) for row in group.treasury if row.is_old_code and row.dong]
    yield from _sums(CauseKind.OLD_CODES, at, old, 4)
    if not group.treasury:  # the Treasury has nothing of money that the unit says was carried over
        carried = [(row, -row.dong) for row in group.unit if row.is_carried and row.dong]
        yield from _sums(CauseKind.CARRY_OVER, at, carried, 2)


def _cut_off(at: int, group: Group) -> Iterator[Candidate]:
    """One side's own figure of the other's day is on file: the whole of what lies between the two days."""
    if group.unit_day == group.treasury_day:
        return
    for rows, sign in ((group.treasury, 1), (group.unit, -1)):
        if rows and all(row.other_day is not None for row in rows):
            between = sum(row.dong - (row.other_day or 0) for row in rows)
            if between:
                yield Candidate(CauseKind.CUT_OFF, at, sign * between, (CauseKind.CUT_OFF, at, sign), 5, rows)


def _sums(kind: CauseKind, at: int, amounts: list[tuple[Booked, int]], weight: int) -> Iterator[Candidate]:
    """All rows together, each alone, and all but one."""
    if not amounts:
        return
    rows = tuple(row for row, _ in amounts)
    total = sum(dong for _, dong in amounts)
    yield Candidate(kind, at, total, (kind, at, ALL_ROWS), weight, rows)
    if len(amounts) > 1:
        for row, dong in amounts:
            yield Candidate(kind, at, dong, (kind, at, row.key), weight - 1, (row,))
    if len(amounts) > 2:
        for row, dong in amounts:
            rest = tuple(one for one in rows if one != row)
            yield Candidate(kind, at, total - dong, (kind, at, "but", row.key), weight - 1, rest)


def _moved(
    source: int, target: int, groups: Sequence[Group], own: frozenset[int], others: frozenset[int]
) -> Iterator[Candidate]:
    """Money that the Treasury booked in ``source`` and the unit counts in ``target``: in whole rows, or exactly what
    the one has too much and the other too little.
    """
    here, there = groups[source], groups[target]
    kind = _way(here.node, there.node)
    if kind is None:
        return
    weight = 4 if kind == CauseKind.CARRY_OVER else 3
    amounts: dict[int, tuple[int, tuple[Booked, ...]]] = dict.fromkeys(_left_over(here, there, own, others), (1, ()))
    for row in here.treasury:
        named = 4 if row.belongs is not None and agrees(row.belongs, there.node) else 0
        # The unit counts it as of its own day: what the Treasury had paid by then.
        amounts |= {dong: (weight + named, (row,)) for dong in (row.dong, row.other_day or 0) if dong > 0}
    if kind == CauseKind.CARRY_OVER:
        for row in there.unit:
            if row.dong > 0:
                amounts.setdefault(row.dong, (weight, (row,)))
    for dong, (weight, rows) in amounts.items():
        mark = (kind, source, target, dong)
        yield Candidate(kind, source, dong, mark, weight, rows, partner=target)
        yield Candidate(kind, target, -dong, mark, weight, rows, partner=source)


def _sums_of(own: Sequence[Candidate]) -> frozenset[int]:
    """What a group's own causes can explain: none, one or two of them."""
    pairs = (one.effect + two.effect for one, two in combinations(own, 2) if one.kind != two.kind)
    return frozenset({0, *(one.effect for one in own), *pairs})


def _left_over(here: Group, there: Group, own: frozenset[int], others: frozenset[int]) -> Iterator[int]:
    """What is too much here, to the đồng too little there, beside what their own causes explain. Figures that were
    rounded agree by chance too easily: then only the whole differences are compared.
    """
    if here.tolerance or there.tolerance:
        if here.difference > 0 and abs(here.difference + there.difference) <= min(here.tolerance, there.tolerance):
            yield here.difference
        return
    lacking = {dong - there.difference for dong in others}
    yield from (left for dong in own if (left := here.difference - dong) > 0 and left in lacking)


def _way(here: Node, there: Node) -> CauseKind | None:
    """Which mistake would take money from one node to the other: another code, or another year of origin."""
    if here.body != there.body or not _same(here.kind, there.kind):
        return None
    if here.component == there.component and _same(here.field, there.field):
        return CauseKind.CARRY_OVER if not _same(here.origin, there.origin) else None
    return CauseKind.WRONG_CODE if _same(here.origin, there.origin) else None


def agrees(one: Node, other: Node) -> bool:
    """Could the two be of the same component and field? (``*`` with anything; a component with those inside it)"""
    first, second = sorted((one.component, other.component), key=len)
    inside = first in (second, "*") or second == "*" or second.startswith(f"{first}.")
    return inside and _same(one.field, other.field)


def _same(one: str, other: str) -> bool:
    return one == other or "*" in (one, other)
