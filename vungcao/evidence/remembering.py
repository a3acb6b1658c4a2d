"""Answers about kept rows, dated or not, kept in memory while nothing newer is known.

What a transaction has written itself is part of the state of knowledge, with the moment its act began: after a rollback
that does not come again, though numbers and keys may be given a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Final, Generic, TypeVar

from django.db import connection

from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Dated, Kept
from vungcao.evidence.models import Act, ActNumber
from vungcao.evidence.moment import held
from vungcao.evidence.queries import stamp

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers made from the rows of some models, by what was asked and the state of knowledge; of more than ``room``
    the least used goes.
    """

    def __init__(self, *models: type[Kept], room: int = 64) -> None:
        self._models, self._room = models, room
        self._answers: OrderedDict[tuple[Hashable, ...], Answer] = OrderedDict()

    def get(self, what: Hashable, known: int | None, make: Callable[[], Answer]) -> Answer:
        """``make()``, or what it made before for the same question in the same state of knowledge."""
        key = (what, *self._state(known))
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
        for now what stands in the tables themselves, and so for the last act where nothing came after it: an act that
        wrote other tables leaves what was made of these as it is.
        """
        if known is None:
            return standing_in(*self._models)
        last = stamp()
        if known < last[0]:
            return known, held(("act known", known), lambda: _act_known(known))
        if under_way.get() is None and (there := _tables.at_head(self._models)) is not None:
            return "head", there
        return known, last


class _Tables:
    """What stood in each table at the last act: looked at again only after another act, once for all who remember it.

    Most acts write other tables, and what was made of these stays.
    """

    def __init__(self) -> None:
        self._ever: dict[type[Kept], None] = {}  # tables that were asked about: they are looked at together
        self.forget()

    def forget(self) -> None:
        self._at: tuple[Hashable, dict[type[Kept], tuple[int, Hashable]]] = (None, {})

    def now(self, models: Collection[type[Kept]]) -> tuple[Hashable, ...]:
        return tuple(there for _, there in self._looked_at(models))

    def at_head(self, models: Collection[type[Kept]]) -> tuple[Hashable, ...] | None:
        """As ``now``, where the look that saw a table saw no act after the last one; ``None`` where it did."""
        last, seen = stamp()[0], self._looked_at(models)
        return tuple(there for _, there in seen) if all(number == last for number, _ in seen) else None

    def _looked_at(self, models: Collection[type[Kept]]) -> list[tuple[int, Hashable]]:
        """Of each table the last act seen in one look with it, and what stood in it."""
        at, (last, there) = stamp(), self._at
        if at != last:
            self._at = (at, there := {})
        self._ever |= dict.fromkeys(models)
        if any(model not in there for model in models):
            number, found = _of_tables([one for one in list(self._ever) if one not in there])
            there.update({model: (number, said) for model, said in found.items()})
        return [there[model] for model in models]


_tables: Final = _Tables()


def _act_known(no: int) -> tuple[Hashable, ...]:
    numbers = ActNumber.objects.filter(no__lte=no).order_by("-no")
    return tuple(numbers.values_list("no", "recorded_at").first() or ())


def standing_in(*models: type[Kept]) -> tuple[Hashable, ...]:
    """What stands in tables now, as a value that is another as soon as a row is written or ended there."""
    if under_way.get() is not None:  # it may be writing them
        return tuple(_of_tables(models)[1].values())
    return _tables.now(models)


def _of_tables(models: Collection[type[Kept]]) -> tuple[int, dict[type[Kept], Hashable]]:
    """The last act, and of each table how many rows, how many ended, the newest of both and when their acts began; in
    one trip, so as they stood at one moment. Who commits out of turn changes the count, not the newest. Rows
    written once are never ended.
    """
    asked = {model: list(_asked_of(model)) for model in models}
    every = [f"SELECT COALESCE(MAX(no), 0) FROM {ActNumber._meta.db_table}", *chain(*asked.values())]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({one})' for one in every)}")
        number, *told = cursor.fetchone()
    said = iter(told)
    return number, {model: tuple(islice(said, len(about))) for model, about in asked.items()}


def _asked_of(model: type[Kept]) -> Iterator[str]:
    table, dated = model._meta.db_table, issubclass(model, Dated)
    for word in ("COUNT(*)", "COUNT(ended_by_id)", "MAX(id)") if dated else ("COUNT(*)", "MAX(id)"):
        yield f"SELECT {word} FROM {table}"
    for act in ("act_id", "ended_by_id") if dated else ("act_id",):
        yield f"SELECT opened_at FROM {Act._meta.db_table} WHERE id = (SELECT MAX({act}) FROM {table})"
