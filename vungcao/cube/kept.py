"""Answers kept in memory: the state of knowledge is part of the question, so an answer stays true for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.utils import timezone
from django.utils.translation import get_language

from vungcao.bodies.reach import Reach
from vungcao.evidence.current import under_way
from vungcao.evidence.queries import stamp

Kept = TypeVar("Kept")


def state() -> tuple[Hashable, ...]:
    """What an answer is valid for beside its question and reach: the last act, the day (for "today"), the language."""
    return stamp(), timezone.localdate(), get_language()


class Answers(Generic[Kept]):
    """Answers by what was asked, who asked (his reach), the last act, the day (for "today") and the language; of more
    than ``room`` the least used goes. While an act is under way nothing is kept: what it wrote may yet go.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._answers: OrderedDict[tuple[Hashable, ...], Kept] = OrderedDict()

    def get(self, asked: Hashable, reach: Reach, make: Callable[[], Kept]) -> Kept:
        """``make()``, or what it made before for the same question in the same state of knowledge."""
        if under_way.get() is not None:
            return make()
        key = (asked, reach, state())
        if key not in self._answers:
            self._answers[key] = make()
            while len(self._answers) > self._room:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return self._answers[key]
