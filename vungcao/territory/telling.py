"""What became of a place, in Vietnamese sentences for officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vungcao.kernel.vietnamese import day
from vungcao.territory import queries
from vungcao.territory.models import PlaceVersion, ReorganisationKind


def name(place_id: int, on: date, known: int | None = None) -> str:
    """The full name nearest to the day; a number for a place that we don't hold."""
    found = queries.naming(place_id, on, known)
    return found.full_name if found else f"địa bàn số {place_id}"


def listing(names: Iterable[str]) -> str:
    """``A``, ``A và B``, ``A, B và C``."""
    words = list(names)
    return " và ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def ending(last: PlaceVersion, known: int | None = None) -> str:
    """How the place of a closed version ended: merged into what, divided into what, abolished; from when, by what."""
    if last.valid_to is None:
        return f"{last.full_name} vẫn còn"
    rows = [row for row in queries.successions_from(last.place_id, known) if row.event.effective == last.valid_to]
    if not rows:
        return f"{last.full_name} không còn từ {day(last.valid_to)}"
    event = rows[0].event
    since = f"từ {day(last.valid_to)} theo {event.cites}"
    if event.kind == ReorganisationKind.ABOLISH:
        return f"{last.full_name} đã bỏ {since}"
    names = [name(row.successor_id, event.effective, known) for row in rows if row.successor_id]
    into = listing(f"{one} (mới)" if one == last.full_name else one for one in names)
    return f"{last.full_name} đã {_VERBS[event.kind]} {into} {since}"


_VERBS = {ReorganisationKind.MERGE.value: "nhập vào", ReorganisationKind.SPLIT.value: "chia vào"}


def beginning(first: PlaceVersion, known: int | None = None) -> str:
    """From when the place of a version has been, and out of what, where that is known."""
    if first.valid_from is None:
        return f"{first.full_name} có từ trước, không rõ ngày"
    rows = [row for row in queries.successions_into(first.place_id, known) if row.event.effective == first.valid_from]
    said = f"{first.full_name} có từ {day(first.valid_from)}"
    if not rows:
        return said
    before = listing(name(row.predecessor_id, first.valid_from, known) for row in rows)
    return f"{said} theo {rows[0].event.cites}, trước là {before}"
