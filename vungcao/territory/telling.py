"""What became of a place, in sentences for officers: as a page's reader reads it, and in Vietnamese as it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from vungcao.kernel.vietnamese import day
from vungcao.territory import queries
from vungcao.territory.models import PlaceVersion, ReorganisationKind


def name(place_id: int, on: date, known: int | None = None) -> str:
    """The full name nearest to the day; a number for a place that we don't hold."""
    found = queries.naming(place_id, on, known)
    return found.full_name if found else f"địa bàn số {place_id}"


def listing(names: Iterable[str]) -> str:
    """``A``, ``A và B``, ``A, B và C``, in the reader's language."""
    words = list(names)
    return (
        _("%(one)s và %(other)s") % {"one": ", ".join(words[:-1]), "other": words[-1]} if words[1:] else "".join(words)
    )


def ending(last: PlaceVersion, known: int | None = None) -> str:
    """As ``ending_as_read``, in Vietnamese whoever asks: what is kept is translated by its pattern when it is read."""
    with override("vi"):
        return ending_as_read(last, known)


def ending_as_read(last: PlaceVersion, known: int | None = None) -> str:
    """How the place of a closed version ended: merged into what, divided into what, abolished; from when, by what."""
    if last.valid_to is None:
        return _("%(name)s vẫn còn") % {"name": last.full_name}
    said = {"name": last.full_name, "day": day(last.valid_to)}
    rows = [row for row in queries.successions_from(last.place_id, known) if row.event.effective == last.valid_to]
    if not rows:
        return _("%(name)s không còn từ %(day)s") % said
    event = rows[0].event
    said["cites"] = event.cites
    if event.kind == ReorganisationKind.ABOLISH:
        return _("%(name)s đã bỏ từ %(day)s theo %(cites)s") % said
    names = [name(row.successor_id, event.effective, known) for row in rows if row.successor_id]
    said["into"] = listing(_("%(name)s (mới)") % {"name": one} if one == last.full_name else one for one in names)
    if event.kind == ReorganisationKind.SPLIT or len(names) > 1:
        return _("%(name)s đã chia vào %(into)s từ %(day)s theo %(cites)s") % said
    return _("%(name)s đã nhập vào %(into)s từ %(day)s theo %(cites)s") % said


def beginning(first: PlaceVersion, known: int | None = None) -> str:
    """From when the place of a version has been, and out of what, where that is known; in Vietnamese, to be kept."""
    with override("vi"):
        said = {"name": first.full_name, "day": day(first.valid_from) if first.valid_from else ""}
        if first.valid_from is None:
            return _("%(name)s có từ trước, không rõ ngày") % said
        rows = [
            row for row in queries.successions_into(first.place_id, known) if row.event.effective == first.valid_from
        ]
        if not rows:
            return _("%(name)s có từ %(day)s") % said
        said["cites"] = rows[0].event.cites
        said["before"] = listing(name(row.predecessor_id, first.valid_from, known) for row in rows)
        return _("%(name)s có từ %(day)s theo %(cites)s, trước là %(before)s") % said
