"""Answers about dated rows kept in memory while nothing newer is known.

What a transaction has written itself is part of the state of knowledge, with the moment its act began: after a rollback
that does not come again, though numbers and keys may be given a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from contextlib import suppress
from typing import Final, Generic, TypeVar

from django.db import connection

from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import Act, ActNumber
from vungcao.evidence.moment import held
from vungcao.evidence.queries import stamp

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers made from the rows of some models, by what was asked and the state of knowledge; of more than ``room``
    the least used goes.
    """

    def __init__(self, *models: type[Dated], room: int = 64) -> None:
        self._models, self._room = models, room
        self._answers: OrderedDict[tuple[Hashable, ...], Answer] = OrderedDict()

    def get(self, what: Hashable, known: int | None, make: Callable[[], Answer]) -> Answer:
        """``make()``, or what it made before for the same question in the same state of knowledge. What is known at the
        last act is what is known now.
        """
        if known is not None and under_way.get() is None and known >= stamp()[0]:
            known = None
        key = (what, known, self._state(known))
        if key not in self._answers:
            self._answers[key] = answer = make()
            while len(self._answers) > self._room:
                self._answers.popitem(last=False)
            return answer
        with suppress(KeyError):  # another thread has just let go of it
            self._answers.move_to_end(key)
            return self._answers[key]
        return make()

    def _state(self, known: int | None) -> tuple[Hashable, ...]:
        """The last act known then, with its time (a number may be given again after a rollback, a moment is not);
        for now what stands in the tables themselves.
        """
        if known is not None:
            return held(("act known", known), lambda: _act_known(known))
        if under_way.get() is not None:  # it may be writing them
            return tuple(_of_tables(self._models).values())
        return _tables.now(self._models)


class _Tables:
    """What stood in each table at the last act: looked at again only after another act, once for all who remember it.

    Most acts write other tables, and what was made of these stays.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._at: tuple[Hashable, dict[type[Dated], Hashable]] = (None, {})

    def now(self, models: Collection[type[Dated]]) -> tuple[Hashable, ...]:
        at, (last, there) = stamp(), self._at
        if at != last:
            self._at = (at, there := {})
        if missing := [model for model in models if model not in there]:
            there.update(_of_tables(missing))
        return tuple(there[model] for model in models)


_tables: Final = _Tables()


def _act_known(no: int) -> tuple[Hashable, ...]:
    numbers = ActNumber.objects.filter(no__lte=no).order_by("-no")
    return tuple(numbers.values_list("no", "recorded_at").first() or ())


def _of_tables(models: Collection[type[Dated]]) -> dict[type[Dated], Hashable]:
    """Of each table how many rows, how many ended, the newest of both and when their acts began; in one trip. Who
    commits out of turn changes the count, not the newest.
    """
    asked, acts = [], Act._meta.db_table
    for model in models:
        table = model._meta.db_table
        asked += [f"SELECT {word} FROM {table}" for word in ("COUNT(*)", "COUNT(ended_by_id)", "MAX(id)")]
        for act in ("act_id", "ended_by_id"):
            asked.append(f"SELECT opened_at FROM {acts} WHERE id = (SELECT MAX({act}) FROM {table})")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({one})' for one in asked)}")
        told = tuple(cursor.fetchone())
    each = len(told) // len(models)
    return {model: told[place * each : (place + 1) * each] for place, model in enumerate(models)}
