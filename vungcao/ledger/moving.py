"""Acts that may move what counts as spent: between two of them every cover stays what it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import models
from django.db.models import Max, Q

from vungcao.bodies.models import BatchEvent, BodyVersion
from vungcao.evidence.queries import stamp
from vungcao.ledger.models import Opening, ReporterOrder, Statement
from vungcao.programme.models import ComponentVersion
from vungcao.territory.models import PlaceVersion, Succession

Stamp = tuple[int, datetime | None]
DATED: Final = (PlaceVersion, Succession, BodyVersion, ComponentVersion, ReporterOrder)
_WRITTEN: Final[list[tuple[type[models.Model], str]]] = [
    *((model, "act") for model in (Statement, Opening, BatchEvent, *DATED)),
    *((model, "ended_by") for model in DATED),
]


def moved(after: int = 0) -> list[int]:
    """Numbers of the acts after ``after`` that could change a cover, rising."""
    found: set[int] = set()
    for model, name in _WRITTEN:
        column = f"{name}__numbered__no"
        later = model._default_manager.filter(**{f"{column}__gt": after})
        found |= set(later.values_list(column, flat=True).distinct())
    return sorted(found)


def last_moved(known: int | None = None) -> Stamp:
    """The last such act up to ``known`` (``None``: now), with its time: what a cover kept in memory is valid for."""
    key = (known, stamp())
    if key not in _last:
        if len(_last) >= _ROOM:
            _last.clear()
        _last[key] = _sought(known)
    return _last[key]


_ROOM: Final = 64
_last: dict[tuple[int | None, Stamp], Stamp] = {}


def _sought(known: int | None) -> Stamp:
    last: Stamp = (0, None)
    for model, name in _WRITTEN:
        found: dict[str, Any] = model._default_manager.filter(
            Q() if known is None else Q(**{f"{name}__numbered__no__lte": known})
        ).aggregate(no=Max(f"{name}__numbered__no"), at=Max(f"{name}__numbered__recorded_at"))
        if found["no"] is not None and found["no"] > last[0]:
            last = (found["no"], found["at"])
    return last
