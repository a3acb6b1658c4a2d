"""Acts that may move what counts as spent: between two of them every cover stays what it was."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from vungcao.bodies.models import BatchEvent, BodyVersion
from vungcao.evidence.models import ActNumber
from vungcao.evidence.moment import held
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


def _wrote() -> Q:
    """Wrote or ended such a row; whichever table it is in, one question."""
    wrote = Q()
    for model, name in _WRITTEN:
        wrote |= Q(Exists(model._default_manager.filter(**{name: OuterRef("act")})))
    return wrote


def _moving() -> QuerySet[ActNumber]:
    return ActNumber.objects.filter(_wrote())


def moved_since(at: Stamp) -> list[Stamp] | None:
    """Those after an act, up to the last, rising; ``None`` where that act is no longer in this book: a rollback, or
    another database, took it away.
    """
    return [] if at == stamp() else held(("moved since", at), lambda: _moved_since(at))


def _moved_since(at: Stamp) -> list[Stamp] | None:
    no, recorded_at = at
    itself = Q() if recorded_at is None else Q(no=no)
    found = ActNumber.objects.filter(itself | _wrote(), no__gte=no, no__lte=stamp()[0]).order_by("no")
    rows: list[Stamp] = [(one, then) for one, then in found.values_list("no", "recorded_at")]
    if recorded_at is None:
        return rows
    return rows[1:] if rows[:1] == [at] else None


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
        _last[key] = _of_now(key[1]) if known == key[1][0] else _sought(known)
    return _last[key]


_ROOM: Final = 64
_last: dict[tuple[int | None, Stamp], Stamp] = {}


_newest: Final[dict[str, tuple[Stamp, Stamp]]] = {}  # the last act when it was last asked for now, and what was said


def _of_now(at: Stamp) -> Stamp:
    """Only the acts since it was last asked are looked at."""
    before, said = _newest.get("", (None, (0, None)))
    since = moved_since(before) if before else None
    found = _sought(at[0]) if since is None else [said, *since][-1]
    _newest[""] = (at, found)
    return found


def _sought(known: int | None) -> Stamp:
    until = _moving() if known is None else _moving().filter(no__lte=known)
    return until.order_by("-no").values_list("no", "recorded_at").first() or (0, None)
