"""Where a place may stand: what a paper says of a new one, and the refusals of a seat that cannot be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, fold
from vungcao.territory import queries, telling
from vungcao.territory.models import Place, PlaceKind, PlaceVersion
from vungcao.territory.queries import COMMUNES, DISTRICTS, PROVINCES

_FLOORS: Final = ({PlaceKind.NATION}, PROVINCES, DISTRICTS, COMMUNES, {PlaceKind.VILLAGE})  # from the top down


class NotInForce(Refusal):
    """The place is not in force on the day of the event."""

    code = "place.not_in_force"


class Overlap(Refusal):
    """Something is already said for those days: a later version, a key, a code."""

    code = "place.overlap"


class BadShares(Refusal):
    """Shares that don't add up to 1, or that leave somebody out."""

    code = "place.bad_shares"


class Unplaced(Refusal):
    """Places below would be left without a parent."""

    code = "place.unplaced"


@dataclass(frozen=True)
class NewPlace:
    """A place that an event begins: our key, its name and kind, its parent, its codes by scheme (``GSO``)."""

    key: str
    name: str
    kind: PlaceKind
    parent: Place
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """As papers will write it."""
        return PlaceVersion(name=self.name, kind=self.kind).full_name


@dataclass(frozen=True)
class Part:
    """One part of a divided place, with its share of the totals where the paper gives one."""

    into: NewPlace
    share: Fraction | None = None


def new_key(name: str, parent: Place, on: date, code: str = "") -> str:
    """A key that nobody has: the code it bears, else its parent's key and a mark of its name; with the day where that
    one is taken (codes pass on, names come again).
    """
    said = code or f"{parent.key.split('@')[0]}.{hashlib.sha256(fold(name).encode()).hexdigest()[:8]}"
    return f"{said}@{on}" if Place.objects.filter(key=said).exists() else said


def refuse_seat(new: NewPlace, on: date, leaving: Sequence[Place]) -> None:
    """The parent stands on that day, above the new place by kind, and is not of what goes; nobody else bears that name
    there. Raises ``NotInForce``, ``Unplaced``, ``Overlap``.
    """
    parent = queries.version(new.parent.pk, on)
    if parent is None or new.parent in leaving:
        raise NotInForce(
            _("Ngày %(day)s nơi quản lý của %(name)s không còn.") % {"day": day(on), "name": new.name}, field="parent"
        )
    refuse_below(new.parent, leaving, on, new.name)
    if _floor(parent.kind) >= _floor(new.kind):
        raise Unplaced(
            _("%(kind)s không thể thuộc %(parent)s.")
            % {"kind": _(f"{PlaceKind(new.kind).label}"), "parent": parent.full_name},
            field="parent",
        )
    named = PlaceVersion.objects.standing().filter(parent=new.parent, folded=fold(new.name), kind=new.kind)
    for other in named.exclude(place__in=leaving).exclude(valid_to__lte=on):
        raise Overlap(
            _("%(name)s thuộc %(parent)s đã có.") % {"name": other.full_name, "parent": parent.full_name}, field="name"
        )


def seats(parent: Place, on: date) -> Iterator[tuple[Place, date, date | None]]:
    """Under whom a place stands from a day on: its parent, and where that one ended by a merger who took it over.

    Raises ``NotInForce`` where nobody says who did.
    """
    here, since = parent, on
    while True:
        last = queries.lives()[here.pk][-1]
        yield here, since, last.valid_to
        if last.valid_to is None:
            return
        after = [row for row in queries.successions_from(here.pk) if row.event.effective == last.valid_to]
        if len(after) != 1 or after[0].successor is None:
            raise NotInForce(
                _("%(ended)s: ghi từ ngày ấy trở đi, dưới nơi kế thừa.") % {"ended": telling.ending_as_read(last)},
                field="parent",
            )
        here, since = after[0].successor, last.valid_to


def refuse_below(heir: Place, leaving: Sequence[Place], on: date, name: str) -> None:
    """Who takes over may not lie below what goes: it would come to stand under itself."""
    here, grown = heir.pk, queries.tree(on)
    going = {one.pk for one in leaving}
    if here in grown and (met := going & set(grown.up(here))):
        above = telling.name(next(iter(met)), on)
        raise Unplaced(
            _("%(heir)s nằm dưới %(above)s: %(name)s sẽ thuộc chính mình.")
            % {"heir": telling.name(here, on), "above": above, "name": name},
            field="parent",
        )


def _floor(kind: str) -> int:
    return next(place for place, kinds in enumerate(_FLOORS) if kind in kinds)
