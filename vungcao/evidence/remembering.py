"""Answers about dated rows kept in memory while nothing newer is known.

What a transaction has written itself is part of the state of knowledge, with the moment its act began: after a rollback
that does not come again, though numbers and keys may be given a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import Act, ActNumber
from vungcao.evidence.moment import held

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers made from the rows of some models, by what was asked and the state of knowledge; of more than ``room``
    the least used goes.
    """

    def __init__(self, *models: type[Dated], room: int = 64) -> None:
        self._models, self._room = models, room
        self._answers: OrderedDict[tuple[Hashable, ...], Answer] = OrderedDict()
        self._last: tuple[tuple[Hashable, ...], tuple[Hashable, ...]] | None = None

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
        for now what stands in the tables themselves, looked at again only after another act.
        """
        if known is not None:
            numbers = ActNumber.objects.filter(no__lte=known).order_by("-no")
            return tuple(numbers.values_list("no", "recorded_at").first() or ())
        if under_way.get() is not None:  # it may be writing them
            return self._rows()
        table = ActNumber._meta.db_table
        asked = [f"SELECT {word} FROM {table} ORDER BY no DESC LIMIT 1" for word in ("no", "recorded_at")]
        for model in self._models:
            asked += [f"SELECT MAX({word}) FROM {model._meta.db_table}" for word in ("id", "ended_by_id")]
        now = _one_row(asked)
        if self._last is None or self._last[0] != now:
            self._last = (now, self._rows())
        return self._last[1]

    def _rows(self) -> tuple[Hashable, ...]:
        """Of each table how many rows, how many ended, the newest of both and when their acts began: most acts write
        other tables, and what was made of these stays. Who commits out of turn changes the count, not the newest.
        """
        asked, acts = [], Act._meta.db_table
        for model in self._models:
            table = model._meta.db_table
            asked += [f"SELECT {word} FROM {table}" for word in ("COUNT(*)", "COUNT(ended_by_id)", "MAX(id)")]
            for act in ("act_id", "ended_by_id"):
                asked.append(f"SELECT opened_at FROM {acts} WHERE id = (SELECT MAX({act}) FROM {table})")
        return _one_row(asked)


def _one_row(asked: list[str]) -> tuple[Hashable, ...]:
    """One trip: every reading of the day asks this."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({one})' for one in asked)}")
        return tuple(cursor.fetchone())
