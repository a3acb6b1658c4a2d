"""What a form about places says: which place a name or code means, within whose reach, as it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from vungcao.desk.registers.declaring import Doing
from vungcao.desk.registers.reference import refuse
from vungcao.evidence.actions import lock
from vungcao.evidence.seen import still_stands
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.intake.sentences import in_language
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import fold
from vungcao.territory import matching, queries, telling
from vungcao.territory.models import VILLAGE_WORDS, Place, PlaceKind, PlaceVersion


def as_seen(doing: Doing) -> None:
    """One decides about places at a time, and about what he has seen."""
    if doing.row.kind == PlaceKind.NATION:
        raise Refusal(gettext("Quốc gia không đổi ở sổ này."))
    lock("territory.places")
    still_stands(PlaceVersion, doing.seen)
    refuse_out_of_reach(doing.row.place, timezone.localdate(), doing, None)


def meant(said: str, on: date, doing: Doing, field: str) -> Place:
    """The place of a code or name on a day, within reach or not. Raises ``Refusal`` at the field; one that has ended is
    told with what became of it.
    """
    if (said, on) in doing.found:
        return doing.found[said, on]
    try:
        _kind, found = mapping.meant(said, on, MappingKind.PLACE)
    except Refusal as refusal:
        match = matching.match(said, on=on)
        told = in_language(match.sentence) if match.code in ("ended", "not_yet", "ambiguous") else f"{refusal}"
        raise refuse(told, field) from refusal
    assert isinstance(found, Place)
    doing.found[said, on] = found
    return found


def within_reach(said: str, on: date, doing: Doing, field: str) -> Place:
    """The place of a code or name, within reach. Raises ``Refusal`` at the field."""
    found = meant(said, on, doing, field)
    if (found.pk, on) not in doing.found:
        refuse_out_of_reach(found, on, doing, field)
        doing.found[found.pk, on] = True
    return found


def below(place: Place, said: str, on: date, doing: Doing, field: str) -> int:
    """Database key of one right below a place, by its name there (villages of one name lie in many communes), its code
    or key. Raises ``Refusal`` at the field.
    """
    grown, name = queries.tree(on), fold(said)
    named = [
        child
        for child in grown.children.get(place.pk, ())
        if name in {fold(grown.names[child]), _bare(fold(grown.names[child]))}
    ]
    found = named[0] if len(named) == 1 else within_reach(said, on, doing, field).pk
    if grown.parents.get(found) != place.pk:
        told = gettext("%(name)s không nằm ngay dưới %(place)s.")
        raise refuse(told % {"name": grown.names[found], "place": grown.names[place.pk]}, field)
    return found


def goes_to(parts: Iterable[tuple[int, int]], on: date, field: str) -> dict[int, int]:
    """Place below → the heir (counted from 0) it goes to, each said once. Raises ``Refusal`` at the field."""
    goes: dict[int, int] = {}
    for child, heir in parts:
        if child in goes:
            raise refuse(gettext("%(name)s được nêu hai lần.") % {"name": telling.name(child, on)}, field)
        goes[child] = heir
    return goes


def _bare(name: str) -> str:
    """A village's folded name without the word of its kind."""
    word = next((word for word in VILLAGE_WORDS if name.startswith(word)), "")
    return name.removeprefix(word)


def refuse_out_of_reach(place: Place, on: date, doing: Doing, field: str | None) -> None:
    """Raises ``Refusal`` where the post of who writes doesn't reach the place."""
    there = queries.day_there(queries.lives().get(place.pk), on)
    if not doing.reach.covers(place.pk, queries.tree(there)):
        raise Refusal(gettext("Địa bàn nằm ngoài phạm vi của vị trí công tác này."), field=field or "")
