"""Answers about dated rows kept in memory while nothing newer is known.

A question asked inside a transaction that has itself written such rows is answered from the database and never kept:
that transaction may still be rolled back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from django.db import connection
from django.db.models import Q

from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import ActNumber

Answer = TypeVar("Answer")
_KEPT: Final = 64


class Remembered(Generic[Answer]):
    """Answers made from the rows of ``model``, by day and act number; the least used of 64 goes first."""

    def __init__(self, model: type[Dated]) -> None:
        self._model = model
        self._answers: OrderedDict[tuple[object, ...], Answer] = OrderedDict()

    def get(self, on: date | None, known: int | None, make: Callable[[], Answer]) -> Answer:
        """``make()``, or what it made before for the same day and the same state of knowledge."""
        stamp = self._stamp(known)
        if stamp is None:
            return make()
        key = (stamp, on, known)
        if key not in self._answers:
            self._answers[key] = make()
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return self._answers[key]

    def _stamp(self, known: int | None) -> tuple[int, datetime] | None:
        """The last act that the answer may depend on; ``None`` when this transaction has written rows of its own.

        The act's time goes with its number: a number may be given again after a rollback, a moment is not.
        """
        if known is None and connection.in_atomic_block:
            ended = Q(ended_by__isnull=False) & Q(ended_by__numbered=None)
            if self._model.objects.filter(Q(act__numbered=None) | ended).exists():
                return None
        numbers = ActNumber.objects.order_by("-no").values_list("no", "recorded_at")
        return (numbers if known is None else numbers.filter(no__lte=known)).first() or (0, datetime.min)
