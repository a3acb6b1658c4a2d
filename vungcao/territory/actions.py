"""Verbs of territory: what a paper does to places. Each ends rows and writes their replacements under one act.

Nothing is edited: a merger ends the identities it merges and begins a new one. Every verb wants the paper (``cites``)
and who signs (``by``), refuses in Vietnamese, and does all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
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
    Part,
    Unplaced,
    refuse_below,
    refuse_seat,
    seats,
)

__all__ = [
    "BadShares",
    "NewPlace",
    "NotInForce",
    "Overlap",
    "Part",
    "Unplaced",
    "abolish_place",
    "correct_share",
    "merge_places",
    "open_place",
    "rename_place",
    "split_place",
]


def open_place(*, new: NewPlace, effective: date, cites: str, by: Signer) -> Place:
    """A place that was made of no other: a village that is set up, a unit that the lists have left out."""
    with _verb("territory.opened", by, cites) as act:
        made = _begin(new, effective, act, leaving=())
        record(act, made, after={"key": new.key, "name": new.name, "under": new.parent.key, "cites": cites})
    return made


def merge_places(
    *, places: Sequence[Place], into: NewPlace, effective: date, cites: str, by: Signer, clause: str = ""
) -> Place:
    """Whole places become one new place; what stood below them stands below it from that day."""
    if not places:
        raise Refusal(_("Chưa chọn địa bàn để nhập."))
    with _verb("territory.merged", by, cites) as act:
        ends = [_in_force(place, effective) for place in places]
        new = _begin(into, effective, act, leaving=places)
        event = Reorganisation.objects.create(
            act=act, kind=ReorganisationKind.MERGE, effective=effective, cites=nfc(cites), clause=clause
        )
        for place in places:
            _succeed(event, place, new, None, act)
        for end in ends:
            _move_children(end.place, dict.fromkeys(_children(end.place, effective), new), effective, act)
            _end(end, effective, act)
        record(
            act, new, before={"places": sorted(place.key for place in places)}, after={"key": new.key, "cites": cites}
        )
    return new


def split_place(
    *,
    place: Place,
    into: Sequence[Part],
    effective: date,
    cites: str,
    by: Signer,
    clause: str = "",
    children: Mapping[int, int] | None = None,
) -> list[Place]:
    """One place becomes several new ones, in the order of ``into``.

    Shares are given for all parts (adding up to 1) or for none: then totals need a share. ``children`` says for each
    place below (by its database key) in which part, counted from 0, it goes on.
    """
    shares = [part.share for part in into]
    known = [share for share in shares if share is not None]
    if len(into) < 2:
        raise BadShares(_("Chia một địa bàn thì phải có ít nhất hai phần."))
    if known:
        _refuse_bad_shares(known, of=len(shares))
    goes = dict(children or {})
    with _verb("territory.split", by, cites) as act:
        end = _in_force(place, effective)
        below = _children(place, effective)
        if lost := [child for child in below if not 0 <= goes.get(child, -1) < len(into)]:
            names = telling.listing(telling.name(child, effective) for child in lost)
            raise Unplaced(_("Chưa nói %(names)s thuộc phần nào sau khi chia.") % {"names": names})
        event = Reorganisation.objects.create(
            act=act, kind=ReorganisationKind.SPLIT, effective=effective, cites=nfc(cites), clause=clause
        )
        made = [_begin(part.into, effective, act, leaving=[place]) for part in into]
        for new, part in zip(made, into, strict=True):
            _succeed(event, place, new, part.share, act)
        _move_children(place, {child: made[goes[child]] for child in below}, effective, act)
        _end(end, effective, act)
        record(act, place, before={"key": place.key}, after={"into": [new.key for new in made], "cites": cites})
    return made


def abolish_place(
    *, place: Place, effective: date, cites: str, by: Signer, clause: str = "", children_to: Place | None = None
) -> Reorganisation:
    """A place ends and nobody takes it over: its own totals are "not apportioned" until a handover.

    What stood below it passes to ``children_to``, or to its own parent.
    """
    with _verb("territory.abolished", by, cites) as act:
        end = _in_force(place, effective)
        heir = children_to or end.parent
        below = _children(place, effective)
        if below and heir is None:
            raise Unplaced(_("Bỏ %(name)s thì các địa bàn bên dưới thuộc đâu?") % {"name": end.full_name})
        event = Reorganisation.objects.create(
            act=act, kind=ReorganisationKind.ABOLISH, effective=effective, cites=nfc(cites), clause=clause
        )
        _succeed(event, place, None, None, act)
        if heir is not None:
            _in_force(heir, effective, ends=False)
            refuse_below(heir, [place], effective, telling.name(heir.pk, effective))
            _move_children(place, dict.fromkeys(below, heir), effective, act)
        _end(end, effective, act)
        record(act, place, before={"key": place.key}, after={"abolished": effective.isoformat(), "cites": cites})
    return event


def rename_place(
    *,
    place: Place,
    effective: date,
    cites: str,
    by: Signer,
    name: str | None = None,
    kind: PlaceKind | None = None,
) -> PlaceVersion:
    """A new name or kind from a day on (a township that becomes a ward); the identity stays."""
    with _verb("territory.renamed", by, cites) as act:
        old = _in_force(place, effective)
        new = again(old, act, name=nfc(name) if name else old.name, kind=kind or old.kind, note=f"Theo {nfc(cites)}")
        if (new.name, new.kind) == (old.name, old.kind):
            raise Refusal(_("%(name)s đã mang tên và loại ấy.") % {"name": old.full_name})
        close(PlaceVersion.objects.filter(pk=old.pk), effective, act)
        new.valid_from = effective
        new.save()
        record(act, place, before={"name": old.full_name}, after={"name": new.full_name, "cites": cites})
    return new


def correct_share(
    *,
    event: Reorganisation,
    shares: Mapping[int, Fraction],
    cites: str,
    by: Signer,
    predecessor: Place | None = None,
    successor: Place | None = None,
) -> list[Succession]:
    """Give or correct shares: of a ``predecessor`` among its successors, or of a ``successor`` among its origins.

    ``shares`` is by the database key of the place at the other end; all of them, adding up to 1.
    """
    if (predecessor is None) == (successor is None):
        raise Refusal(_("Nói tỷ phần của một địa bàn cũ, hoặc phần gốc của một địa bàn mới."))
    with _verb("territory.share_corrected", by, cites) as act:
        one_end = {"predecessor": predecessor} if predecessor else {"successor": successor}
        rows = list(Succession.objects.standing().filter(event=event, **one_end).order_by("pk"))
        ends = [row.successor_id if predecessor else row.predecessor_id for row in rows]
        if not rows or set(ends) != set(shares):
            raise BadShares(_("Tỷ phần phải nêu đủ và đúng các địa bàn của lần sắp xếp này."))
        _refuse_bad_shares(list(shares.values()), of=len(rows))
        made = []
        for row, there in zip(rows, ends, strict=True):
            share, word = shares[there], "share" if predecessor else "origin"
            new = {f"{word}_numerator": share.numerator, f"{word}_denominator": share.denominator}
            made.append(again(row, act, **new))
        Succession.objects.filter(pk__in=[row.pk for row in rows]).end(act)
        Succession.objects.bulk_create(made)
        told = {str(there): str(share) for there, share in shares.items()}
        record(
            act,
            event,
            before={str(row.pk): str(row.share or row.origin) for row in rows},
            after={**told, "cites": cites},
        )
    return made


@contextmanager
def _verb(name: str, by: Signer, cites: str) -> Iterator[Act]:
    """One act, or inside another act one savepoint: a refusal leaves nothing half-written in either."""
    if not nfc(cites):
        raise Refusal(_("Thiếu căn cứ: ghi số, ký hiệu văn bản."))
    with acting(name, by=by, reason=nfc(cites)) as act, transaction.atomic():
        lock("territory.places")  # who comes second reads what the first has written
        yield act


def _refuse_bad_shares(shares: Sequence[Fraction], *, of: int) -> None:
    if len(shares) < of or sum(shares) != 1 or any(share < 0 for share in shares):
        raise BadShares(_("Các tỷ phần phải nêu đủ, không âm và cộng thành 1."))


def _in_force(place: Place, on: date, *, ends: bool = True) -> PlaceVersion:
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


def _begin(new: NewPlace, effective: date, act: Act, *, leaving: Sequence[Place]) -> Place:
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


def _succeed(event: Reorganisation, old: Place, new: Place | None, share: Fraction | None, act: Act) -> None:
    Succession.objects.create(
        act=act,
        event=event,
        predecessor=old,
        successor=new,
        share_numerator=share.numerator if share is not None else None,
        share_denominator=share.denominator if share is not None else None,
        valid_from=event.effective,
    )


def _children(place: Place, on: date) -> list[int]:
    later = PlaceVersion.objects.standing().filter(parent=place, valid_from__gt=on).first()
    if later:
        raise Overlap(_("Sau ngày %(day)s đã ghi %(name)s thuộc nơi này.") % {"day": day(on), "name": later.full_name})
    rows = PlaceVersion.objects.on(on).filter(parent=place).order_by("place")
    return list(rows.values_list("place", flat=True))


def _move_children(place: Place, to: Mapping[int, Place], effective: date, act: Act) -> None:
    """Each child goes on under its new parent from the day on; its name and identity stay."""
    rows = list(PlaceVersion.objects.on(effective).filter(parent=place, place__in=list(to)))
    close(PlaceVersion.objects.filter(pk__in=[row.pk for row in rows]), effective, act)
    for row in rows:
        moved = again(row, act, parent_id=to[row.place_id].pk)
        moved.valid_from = max(effective, row.valid_from or effective)
        moved.save()


def _end(version: PlaceVersion, effective: date, act: Act) -> None:
    """The place's life, codes and classes end on the day."""
    close(PlaceVersion.objects.filter(pk=version.pk), effective, act)
    for model, word in ((PlaceCode, "identity"), (PlaceClass, "place")):
        close(
            model.objects.standing().filter(**{word: version.place_id}).exclude(valid_to__lte=effective), effective, act
        )
