"""Answers about dated rows kept in memory while nothing newer is known.

What a transaction has written itself is part of the state of knowledge, together with its own act: after a rollback
neither comes again, though numbers and keys may be given a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import ActNumber
from vungcao.evidence.moment import held

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers made from the rows of some models, by what was asked and the state of knowledge; of more than ``room``
    the least used goes.
    """

    def __init__(self, *models: type[Dated], room: int = 64) -> None:
        self._models, self._room = models, room
        self._answers: OrderedDict[tuple[Hashable, ...], Answer] = OrderedDict()

    def get(self, what: Hashable, known: int | None, make: Callable[[], Answer]) -> Answer:
        """``make()``, or what it made before for the same question in the same state of knowledge."""
        key = (what, known, held((self._models, known), lambda: self._state(known)))
        if key not in self._answers:
            self._answers[key] = make()
            while len(self._answers) > self._room:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return self._answers[key]

    def _state(self, known: int | None) -> tuple[Hashable, ...]:
        """The last act known then, with its time (a number may be given again after a rollback, a moment is not);
        for now also the newest row, the newest end, and the act under way.
        """
        if known is not None:
            numbers = ActNumber.objects.filter(no__lte=known).order_by("-no")
            return tuple(numbers.values_list("no", "recorded_at").first() or ())
        table = ActNumber._meta.db_table
        asked = [f"SELECT {word} FROM {table} ORDER BY no DESC LIMIT 1" for word in ("no", "recorded_at")]
        for model in self._models:
            asked += [f"SELECT MAX({word}) FROM {model._meta.db_table}" for word in ("id", "ended_by_id")]
        with connection.cursor() as cursor:  # one trip: every reading of the day asks this
            cursor.execute(f"SELECT {', '.join(f'({one})' for one in asked)}")
            act = under_way.get()
            return (*cursor.fetchone(), act and (act.pk, act.opened_at))
