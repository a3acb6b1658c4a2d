"""What an event does to places, step by step: how one begins, passes on to its heirs what it was, and ends.

The verbs (``actions``) are made of these steps; each writes under the verb's act and refuses in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock
from vungcao.evidence.models import Act
from vungcao.evidence.rewriting import again, close
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, nfc
from vungcao.territory import queries, telling
from vungcao.territory.models import (
    Place,
    PlaceClass,
    PlaceCode,
    PlaceKind,
    PlaceVersion,
    Reorganisation,
    ReorganisationKind,
    Succession,
)
from vungcao.territory.placing import (
    BadShares,
    NewPlace,
    NotInForce,
    Overlap,
    Unplaced,
    new_key,
    refuse_seat,
    seats,
)
from vungcao.territory.province import SPELLING


@dataclass(frozen=True)
class Passage:
    """What an old place gives to one heir (counted from 0), with its share of the totals where the paper says it."""

    old: Place
    heir: int
    share: Fraction | None = None


@contextmanager
def verb(name: str, by: Signer, cites: str) -> Iterator[Act]:
    """One act, or inside another act one savepoint: a refusal leaves nothing half-written in either."""
    if not nfc(cites):
        raise Refusal(_("Thiếu căn cứ: ghi số, ký hiệu văn bản."))
    with acting(name, by=by, reason=nfc(cites)) as act, transaction.atomic():
        lock("territory.places")  # who comes second reads what the first has written
        yield act


def happen(kind: ReorganisationKind, effective: date, cites: str, clause: str, act: Act) -> Reorganisation:
    """The event: one clause of a paper, from a day."""
    return Reorganisation.objects.create(act=act, kind=kind, effective=effective, cites=nfc(cites), clause=clause)


def pass_on(
    event: Reorganisation, passages: Sequence[Passage], heirs: Sequence[NewPlace], children: Mapping[int, int]
) -> list[Place]:
    """Old places end on the day of the event, their heirs begin; what stood below an old place goes on below its heir.

    ``children`` says it (place below → heir, counted from 0) of an old place that has several. Returns the heirs.
    """
    on, act = event.effective, event.act
    refuse_passages(passages, [one.full_name for one in heirs], on)
    olds = list(dict.fromkeys(one.old for one in passages))
    ends = [in_force(old, on) for old in olds]
    _refuse_nested(ends, on)
    goes = _below(passages, children, on)
    made = [begin(new, on, act, leaving=olds) for new in heirs]
    for one in passages:
        succeed(event, one.old, made[one.heir], one.share)
    for end in ends:
        move_children(end.place, {child: made[heir] for child, heir in goes[end.place_id].items()}, on, act)
        end_of(end, on, act)
    return made


def refuse_passages(passages: Sequence[Passage], heirs: Sequence[str], on: date) -> None:
    """Each old place passes on once to an heir, in shares that make a whole or that nobody knows; no heir gets nothing.

    Raises ``BadShares``.
    """
    parts: dict[Place, list[Passage]] = {}
    for one in passages:
        parts.setdefault(one.old, []).append(one)
    for old, rows in parts.items():
        told = {"old": telling.name(old.pk, on)}
        if twice := next((row for no, row in enumerate(rows) if row.heir in [one.heir for one in rows[:no]]), None):
            raise BadShares(_("%(old)s vào %(heir)s được nêu hai lần.") % {**told, "heir": heirs[twice.heir]})
        known = [row.share for row in rows if row.share is not None]
        if known:
            refuse_bad_shares(known, of=len(rows), name=told["old"])
    if idle := [name for no, name in enumerate(heirs) if no not in {one.heir for one in passages}]:
        raise BadShares(_("Chưa nói %(names)s nhận phần nào.") % {"names": telling.listing(idle)})


def refuse_unchanged(passages: Sequence[Passage], staying: Mapping[int, PlaceVersion]) -> None:
    """Who goes on (heir, counted from 0 → its version) gives or gets something. Raises ``BadShares``."""
    for no, row in staying.items():
        if all(one.old == row.place and one.heir == no for one in passages if row.place == one.old or one.heir == no):
            told = _("%(name)s không nhận thêm, không bớt đi phần nào: bỏ khỏi lần sắp xếp này.")
            raise BadShares(told % {"name": row.full_name})


def refuse_bad_shares(shares: Sequence[Fraction], *, of: int, name: str) -> None:
    """Shares of one place are all there, not below nothing, and a whole together. Raises ``BadShares``."""
    if len(shares) < of or sum(shares) != 1 or any(share < 0 for share in shares):
        raise BadShares(_("Tỷ phần của %(name)s phải nêu đủ, không âm và cộng thành 1.") % {"name": name})


def _refuse_nested(ends: Iterable[PlaceVersion], on: date) -> None:
    """Of two places of which one lies in the other, only one passes on: the lower one goes with what it lies in."""
    grown, going = queries.tree(on), {end.place_id for end in ends}
    for here in going:
        if met := going & (set(grown.up(here)) - {here}):
            names = {"name": telling.name(here, on), "above": telling.name(met.pop(), on)}
            raise Unplaced(_("%(name)s nằm dưới %(above)s: không nêu cả hai trong một lần sắp xếp.") % names)


def _below(passages: Sequence[Passage], children: Mapping[int, int], on: date) -> dict[int, dict[int, int]]:
    """Old place → what stands below it → the heir it goes to: its one heir, or the one that is told."""
    goes: dict[int, dict[int, int]] = {}
    heirs: dict[Place, list[int]] = {}
    for one in passages:
        heirs.setdefault(one.old, []).append(one.heir)
    for old, there in heirs.items():
        only = there[0] if len(there) == 1 else -1
        goes[old.pk] = {child: children.get(child, only) for child in children_of(old, on)}
        if lost := [child for child, heir in goes[old.pk].items() if heir not in there]:
            names = telling.listing(telling.name(child, on) for child in lost)
            raise Unplaced(_("Chưa nói %(names)s thuộc phần nào sau khi chia.") % {"names": names})
    if strange := [child for child in children if not any(child in below for below in goes.values())]:
        names = telling.listing(telling.name(child, on) for child in strange)
        raise Unplaced(_("%(names)s không nằm ngay dưới nơi nào được sắp xếp.") % {"names": names})
    return goes


def going_on(version: PlaceVersion, on: date) -> NewPlace:
    """The same place after the day, for whom it goes on: another identity of the same name, kind, seat and codes."""
    if version.parent is None:
        raise Unplaced(_("%(name)s không thuộc nơi nào: không sắp xếp được.") % {"name": version.full_name})
    borne = PlaceCode.objects.on(on).filter(identity=version.place).exclude(scheme=SPELLING)
    codes = {row.scheme: row.code for row in borne.order_by("pk")}
    key = new_key(version.name, version.parent, on, codes.get(queries.GSO, ""))
    return NewPlace(key, version.name, PlaceKind(version.kind), version.parent, codes)


def said_of(place: Place, on: date) -> list[PlaceCode | PlaceClass]:
    """Other spellings of a place's name, and the classes that decisions give it, on a day and later."""
    spelled = PlaceCode.objects.standing().filter(identity=place, scheme=SPELLING)
    rows = [spelled, PlaceClass.objects.standing().filter(place=place)]
    return [row for found in rows for row in found.exclude(valid_to__lte=on).order_by("pk")]


def say_again(rows: Iterable[PlaceCode | PlaceClass], heir: Place, on: date, act: Act) -> None:
    """What was said of a place holds of the one it goes on as, from the day."""
    for row in rows:
        whose = "identity_id" if isinstance(row, PlaceCode) else "place_id"
        again(row, act, valid_from=max(on, row.valid_from or on), **{whose: heir.pk}).save()


def in_force(place: Place, on: date, *, ends: bool = True) -> PlaceVersion:
    """The version in force on the day (and, where it is to end, already the day before, and the last one)."""
    found = queries.version(place.pk, on)
    if found is None:
        last = queries.naming(place.pk, on)
        why = f": {telling.ending_as_read(last)}" if last and last.valid_to and last.valid_to <= on else ""
        raise NotInForce(
            _("Ngày %(day)s không có %(name)s%(why)s.")
            % {"day": day(on), "name": last.full_name if last else place.key, "why": why}
        )
    if ends and found.valid_from == on:
        raise Overlap(_("%(name)s mới có từ chính ngày %(day)s.") % {"name": found.full_name, "day": day(on)})
    if ends and found.valid_to is not None:
        raise Overlap(
            _("Sau ngày %(day)s đã ghi việc khác cho %(name)s (từ %(later)s).")
            % {"day": day(on), "name": found.full_name, "later": day(found.valid_to)}
        )
    return found


def begin(new: NewPlace, effective: date, act: Act, *, leaving: Sequence[Place]) -> Place:
    """A new identity under its parent, with codes that nobody bears but those who leave. Raises ``Overlap`` and what
    ``refuse_seat`` raises.
    """
    if Place.objects.filter(key=new.key).exists():
        raise Overlap(_("Khóa %(key)s đã có.") % {"key": new.key})
    refuse_seat(new, effective, leaving)
    for scheme, code in new.codes.items():
        later = PlaceCode.objects.standing().filter(scheme=scheme, code=code).exclude(valid_to__lte=effective)
        bearer = later.exclude(identity__in=leaving).first()
        if bearer:
            who = telling.name(bearer.identity_id, effective)
            raise Overlap(
                _("Mã %(code)s ngày %(day)s là của %(who)s.") % {"code": code, "day": day(effective), "who": who},
                field="code",
            )
    place = Place.objects.create(act=act, key=new.key)
    for parent, since, until in list(seats(new.parent, effective)):
        about: dict[str, Any] = {"act": act, "valid_from": since, "valid_to": until}
        PlaceVersion.objects.create(place=place, name=nfc(new.name), kind=new.kind, parent=parent, **about)
    for scheme, code in new.codes.items():
        PlaceCode.objects.create(identity=place, scheme=scheme, code=code, act=act, valid_from=effective)
    return place


def succeed(event: Reorganisation, old: Place, new: Place | None, share: Fraction | None) -> None:
    """What the old place was goes to the new one, whole or a share of it; ``None``: to nobody."""
    Succession.objects.create(
        act=event.act,
        event=event,
        predecessor=old,
        successor=new,
        share_numerator=share.numerator if share is not None else None,
        share_denominator=share.denominator if share is not None else None,
        valid_from=event.effective,
    )


def children_of(place: Place, on: date) -> list[int]:
    """Database keys of the places right below. Raises ``Overlap`` where one comes there later."""
    later = PlaceVersion.objects.standing().filter(parent=place, valid_from__gt=on).first()
    if later:
        raise Overlap(_("Sau ngày %(day)s đã ghi %(name)s thuộc nơi này.") % {"day": day(on), "name": later.full_name})
    rows = PlaceVersion.objects.on(on).filter(parent=place).order_by("place")
    return list(rows.values_list("place", flat=True))


def move_children(place: Place, to: Mapping[int, Place], effective: date, act: Act) -> None:
    """Each child goes on under its new parent from the day on; its name and identity stay."""
    rows = list(PlaceVersion.objects.on(effective).filter(parent=place, place__in=list(to)))
    close(PlaceVersion.objects.filter(pk__in=[row.pk for row in rows]), effective, act)
    for row in rows:
        moved = again(row, act, parent_id=to[row.place_id].pk)
        moved.valid_from = max(effective, row.valid_from or effective)
        moved.save()


def end_of(version: PlaceVersion, effective: date, act: Act) -> None:
    """The place's life, codes and classes end on the day."""
    close(PlaceVersion.objects.filter(pk=version.pk), effective, act)
    for model, word in ((PlaceCode, "identity"), (PlaceClass, "place")):
        close(
            model.objects.standing().filter(**{word: version.place_id}).exclude(valid_to__lte=effective), effective, act
        )
