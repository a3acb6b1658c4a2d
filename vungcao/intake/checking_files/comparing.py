"""Handed in again: which problems are gone, which stay, which are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vungcao.kernel.refusal import Problem


@dataclass(frozen=True)
class Compared:
    """Problems of a check beside those of the check it replaces."""

    new: list[Problem]
    still: list[Problem]
    gone: list[Problem]


def compared(before: Iterable[Problem], now: Iterable[Problem]) -> Compared:
    """A problem is the same where its sheet, code and words are, wherever its cell and whatever the file is called."""
    left = Counter(map(_key, before_ := list(before)))
    new: list[Problem] = []
    still: list[Problem] = []
    for problem in now:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
            still.append(problem)
        else:
            new.append(problem)
    gone = []
    for problem in before_:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
            gone.append(problem)
    return Compared(new, still, gone)


def _key(problem: Problem) -> tuple[str, str, str, str]:
    return (problem.where.sheet, problem.code, problem.said, problem.sentence)
