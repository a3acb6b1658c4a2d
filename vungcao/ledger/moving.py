"""Acts that may move what counts as spent: between two of them every cover stays what it was."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from vungcao.bodies.models import BatchEvent, BodyVersion
from vungcao.evidence.models import ActNumber
from vungcao.evidence.queries import pinned, stamp
from vungcao.ledger.models import Opening, ReporterOrder, Statement
from vungcao.programme.models import ComponentVersion
from vungcao.territory.models import PlaceVersion, Succession

Stamp = tuple[int, datetime | None]
DATED: Final = (PlaceVersion, Succession, BodyVersion, ComponentVersion, ReporterOrder)
_WRITTEN: Final[list[tuple[type[models.Model], str]]] = [
    *((model, "act") for model in (Statement, Opening, BatchEvent, *DATED)),
    *((model, "ended_by") for model in DATED),
]


def _moving() -> QuerySet[ActNumber]:
    """The acts that wrote or ended such a row; whichever table it is in, one question."""
    wrote = Q()
    for model, name in _WRITTEN:
        wrote |= Q(Exists(model._default_manager.filter(**{name: OuterRef("act")})))
    return ActNumber.objects.filter(wrote)


def moved(after: int = 0) -> list[int]:
    """Numbers of the acts after ``after`` that could change a cover, rising."""
    if last_moved()[0] <= after:
        return []
    return list(_moving().filter(no__gt=after).order_by("no").values_list("no", flat=True))


def last_moved(known: int | None = None) -> Stamp:
    """The last such act up to ``known`` (``None``: now), with its time: what a cover kept in memory is valid for."""
    known = pinned(known)
    key = (known, stamp())
    if key not in _last:
        if len(_last) >= _ROOM:
            _last.clear()
        _last[key] = _sought(known)
    return _last[key]


_ROOM: Final = 64
_last: dict[tuple[int | None, Stamp], Stamp] = {}


def _sought(known: int | None) -> Stamp:
    until = _moving() if known is None else _moving().filter(no__lte=known)
    return until.order_by("-no").values_list("no", "recorded_at").first() or (0, None)
