"""Why the Treasury and a unit differ: the fewest causes whose amounts add up to the difference, to the đồng.

Pure: groups in, explanations out. A candidate is shown with its arithmetic and never applied. Where several sets of
causes come out, the one with fewer causes and stronger evidence stands first and the others are named beside it; where
none does, the answer is "chưa rõ nguyên nhân".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from vungcao.ledger.treasury.candidates import Candidate, agrees, candidates
from vungcao.ledger.treasury.facts import CauseKind, Group

MOST_CAUSES: Final = 3
MOST_SETS: Final = 8
MOST_CANDIDATES: Final = 90
MOST_STEPS: Final = 20_000
ONCE: Final = frozenset({CauseKind.CUT_OFF, CauseKind.ADVANCE, CauseKind.RESTORED, CauseKind.OLD_CODES})

Set = tuple[Candidate, ...]


@dataclass(frozen=True)
class Explained:
    """A group with its likely causes. ``is_exact``: their amounts add up to the difference; otherwise something stays
    unexplained (``rest_dong``). No cause: not known. ``others``: other sets that come out as well.
    """

    group: Group
    causes: Set = ()
    is_exact: bool = True
    others: tuple[Set, ...] = field(default=())

    @property
    def rest_dong(self) -> int:
        """What the causes leave unexplained."""
        left = self.group.difference - sum(cause.effect for cause in self.causes)
        return left if abs(left) > self.group.tolerance else 0

    @property
    def kinds(self) -> tuple[CauseKind, ...]:
        return tuple(dict.fromkeys(cause.kind for cause in self.causes))


def explain(groups: Sequence[Group]) -> list[Explained]:
    """Each group of one unit with its likely causes, in the order given. Groups that agree have none."""
    possible = candidates(groups)
    sets = [_sets(group, possible[at]) for at, group in enumerate(groups)]
    chosen = _together(groups, sets)
    return [_explained(at, group, chosen[at], sets[at]) for at, group in enumerate(groups)]


def _explained(at: int, group: Group, chosen: Set | None, sets: list[Set]) -> Explained:
    if group.difference == 0:
        return Explained(group)
    if abs(group.difference) <= group.tolerance:
        mark = (CauseKind.ROUNDING, at)
        return Explained(group, (Candidate(CauseKind.ROUNDING, at, group.difference, mark, 1),))
    if chosen:
        others = [one for one in sets if one != chosen and _kinds(one) != _kinds(chosen) and len(one) == len(chosen)]
        return Explained(group, chosen, others=tuple(others[:2]))
    later_is_higher = (group.treasury_day > group.unit_day) == (group.difference > 0)
    is_open = group.unit_day != group.treasury_day and not _both_days_known(group)
    if is_open and later_is_higher and group.unit and group.treasury:
        mark = (CauseKind.CUT_OFF, at)
        return Explained(group, (Candidate(CauseKind.CUT_OFF, at, group.difference, mark, 0),), is_exact=False)
    return Explained(group, _misplaced(at, group), is_exact=False)


def _both_days_known(group: Group) -> bool:
    """Is a figure of both days on file? Then what lies between them is known, and does not explain the rest."""
    return any(rows and all(row.other_day is not None for row in rows) for rows in (group.treasury, group.unit))


def _misplaced(at: int, group: Group) -> Set:
    """Rows whose project is registered elsewhere: that much is sure, though the rest is not explained."""
    rows = tuple(row for row in group.treasury if row.belongs is not None and not agrees(row.belongs, group.node))
    if not rows:
        return ()
    dong = sum(row.dong for row in rows)
    return (Candidate(CauseKind.WRONG_CODE, at, dong, (CauseKind.WRONG_CODE, at, "registered"), 4, rows),)


def _kinds(one: Set) -> set[CauseKind]:
    return {cause.kind for cause in one}


def _sets(group: Group, possible: list[Candidate]) -> list[Set]:
    """Sets of at most three causes that add up to the difference, the likeliest first."""
    if abs(group.difference) <= group.tolerance:
        return []
    strongest = sorted(possible, key=lambda one: -one.weight)[:MOST_CANDIDATES]
    found: list[Set] = []
    for size in range(1, MOST_CAUSES + 1):
        tried = combinations(strongest, size) if size < MOST_CAUSES else _triples(strongest, group)
        found += [one for one in tried if _comes_out(one, group) and _may_stand(one)]
    found.sort(key=lambda one: (len(one), -sum(cause.weight for cause in one)))
    return found[:MOST_SETS]


def _comes_out(one: Set, group: Group) -> bool:
    return abs(sum(cause.effect for cause in one) - group.difference) <= group.tolerance


def _triples(strongest: list[Candidate], group: Group) -> Iterable[Set]:
    """Triples that can come out: the third is looked up by the amount still missing."""
    if group.tolerance:
        near = strongest[:30]
        return list(combinations(near, 3))
    by_effect: dict[int, list[int]] = {}
    for at, one in enumerate(strongest):
        by_effect.setdefault(one.effect, []).append(at)
    return [
        (one, two, strongest[c])
        for (a, one), (b, two) in combinations(enumerate(strongest), 2)
        for c in by_effect.get(group.difference - one.effect - two.effect, ())
        if c > b > a
    ]


def _may_stand(one: Set) -> bool:
    """No cause that can work but once stands twice, no row is moved twice, no move is undone by its own opposite."""
    singles = [cause.kind for cause in one if cause.kind in ONCE]
    moved = [row.key for cause in one if cause.partner is not None for row in cause.rows]
    partners = [cause.partner for cause in one if cause.partner is not None]
    return len(singles) == len(set(singles)) and len(moved) == len(set(moved)) and len(partners) == len(set(partners))


def _together(groups: Sequence[Group], sets: list[list[Set]]) -> list[Set | None]:
    """One set for each group so that a move is named on both its sides: as many groups explained as can be, with the
    fewest causes and the strongest evidence. Groups that no move joins are chosen apart.
    """
    chosen: dict[int, Set | None] = {}
    for joined in _joined(sets):
        chosen |= _Walk(sets, sorted(joined, key=lambda at: len(sets[at]))).best
    return [chosen.get(at) for at in range(len(groups))]


def _joined(sets: list[list[Set]]) -> list[set[int]]:
    """Groups linked by moves that some set names."""
    parts: list[set[int]] = []
    for at, found in enumerate(sets):
        linked = {at} | {cause.partner for one in found for cause in one if cause.partner is not None}
        for part in [part for part in parts if part & linked]:
            linked |= part
            parts.remove(part)
        parts.append(linked)
    return parts


class _Walk:
    """Depth first over the sets of linked groups, the likeliest first; after so many steps the best so far stands."""

    def __init__(self, sets: list[list[Set]], order: list[int]) -> None:
        self.sets, self.order, self.steps = sets, order, 0
        self.score: tuple[int, int, int] = (-1, 0, 0)
        self.best: dict[int, Set | None] = {}
        self._walk(0, {})

    def _walk(self, place: int, chosen: dict[int, Set | None]) -> None:
        self.steps += 1
        if place == len(self.order):
            score = _score(chosen)
            if score > self.score:
                self.score, self.best = score, chosen
            return
        at = self.order[place]
        for one in [*self.sets[at], None]:
            if self.steps < MOST_STEPS and _fits(at, one, chosen):
                self._walk(place + 1, {**chosen, at: one})


def _score(chosen: dict[int, Set | None]) -> tuple[int, int, int]:
    marks = {cause.mark for one in chosen.values() if one for cause in one}
    weight = sum(cause.weight for one in chosen.values() if one for cause in one)
    whole = [one for one in chosen.values() if one and all(c.partner is None or _mirrored(c, chosen) for c in one)]
    return len(whole), -len(marks), weight


def _mirrored(cause: Candidate, chosen: dict[int, Set | None]) -> bool:
    other = chosen.get(cause.partner) if cause.partner is not None else None
    return other is not None and any(one.mark == cause.mark for one in other)


def _fits(at: int, one: Set | None, chosen: dict[int, Set | None]) -> bool:
    """Does the choice agree with those made: each move named in both groups or in none?"""
    mine = {cause.mark: cause.partner for cause in one or () if cause.partner is not None}
    for mark, partner in mine.items():
        if partner in chosen and not any(cause.mark == mark for cause in chosen[partner] or ()):
            return False
    for other in chosen.values():
        for cause in other or ():
            if cause.partner == at and cause.mark not in mine:
                return False
    return True


__all__ = ["Explained", "explain"]
