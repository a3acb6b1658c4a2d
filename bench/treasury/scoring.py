"""Causes named against causes planted, per cause; and how often "not known" is the answer where it should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bench.treasury.making import PLANTED, Case
from vungcao.ledger.treasury.causes import explain
from vungcao.ledger.treasury.facts import CauseKind


@dataclass
class Score:
    """Counts over groups: a cause named in a group where it was planted is a hit."""

    cases: int = 0
    groups: int = 0
    differing: int = 0
    right: Counter[CauseKind] = field(default_factory=Counter)
    named: Counter[CauseKind] = field(default_factory=Counter)
    planted: Counter[CauseKind] = field(default_factory=Counter)
    whole: int = 0
    unknown_right: int = 0
    unknown_named: int = 0
    unknown_planted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("cases", "groups", "differing", "whole", "unknown_right", "unknown_named", "unknown_planted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("right", "named", "planted"):
            getattr(self, name).update(getattr(other, name))
        self.wrong += other.wrong

    def precision(self, kind: CauseKind) -> float:
        return self.right[kind] / self.named[kind] if self.named[kind] else 1.0

    def recall(self, kind: CauseKind) -> float:
        return self.right[kind] / self.planted[kind] if self.planted[kind] else 1.0

    @property
    def all_precision(self) -> float:
        return self.right.total() / max(1, self.named.total())

    @property
    def all_recall(self) -> float:
        return self.right.total() / max(1, self.planted.total())


def score(case: Case) -> Score:
    """Explain one case and compare. Rounding is neither planted nor counted as a claim."""
    found = Score(cases=1)
    for one in explain(case.groups):
        where = case.where(one.group)
        planted = set(case.truth.get(where, ()))
        named = {kind for kind in one.kinds if kind in PLANTED}
        found.right.update(planted & named)
        found.named.update(named)
        found.planted.update(planted)
        found.groups += 1
        is_differing = abs(one.group.difference) > one.group.tolerance
        found.differing += is_differing
        is_unknown = where in case.noise and is_differing
        says_unknown = not one.causes and is_differing
        found.unknown_planted += is_unknown
        found.unknown_named += says_unknown
        found.unknown_right += says_unknown and is_unknown
        if planted == named and (planted or is_unknown):
            found.whole += 1
        elif planted != named:
            said = f"{sorted(named)} for {sorted(planted)}{' + slip' if where in case.noise else ''}"
            found.wrong.append(f"{case.seed} {'|'.join(where)}: {said}, {one.group.difference}")
    return found
