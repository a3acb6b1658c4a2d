"""Verbs of territory: what a paper does to places. Each ends rows and writes their replacements under one act.

Nothing is edited: a merger ends the identities it merges and begins a new one. Every verb wants the paper (``cites``)
and who signs (``by``), refuses in Vietnamese, and does all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, record
from vungcao.evidence.rewriting import again, close
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc
from vungcao.territory import telling
from vungcao.territory.models import (
    Place,
    PlaceKind,
    PlaceVersion,
    Reorganisation,
    ReorganisationKind,
    Succession,
)
from vungcao.territory.passing import (
    Passage,
    begin,
    children_of,
    end_of,
    going_on,
    happen,
    in_force,
    move_children,
    pass_on,
    refuse_bad_shares,
    refuse_unchanged,
    said_of,
    say_again,
    succeed,
    verb,
)
from vungcao.territory.placing import BadShares, NewPlace, NotInForce, Overlap, Part, Unplaced, refuse_below

__all__ = [
    "BadShares",
    "NewPlace",
    "NotInForce",
    "Overlap",
    "Part",
    "Passage",
    "Unplaced",
    "abolish_place",
    "correct_share",
    "merge_places",
    "open_place",
    "rearrange_places",
    "rename_place",
    "split_place",
]


def open_place(*, new: NewPlace, effective: date, cites: str, by: Signer) -> Place:
    """A place that was made of no other: a village that is set up, a unit that the lists have left out."""
    with verb("territory.opened", by, cites) as act:
        made = begin(new, effective, act, leaving=())
        record(act, made, after={"key": new.key, "name": new.name, "under": new.parent.key, "cites": cites})
    return made


def merge_places(
    *, places: Sequence[Place], into: NewPlace, effective: date, cites: str, by: Signer, clause: str = ""
) -> Place:
    """Whole places become one new place; what stood below them stands below it from that day."""
    if not places:
        raise Refusal(_("Chưa chọn địa bàn để nhập."))
    with verb("territory.merged", by, cites) as act:
        event = happen(ReorganisationKind.MERGE, effective, cites, clause, act)
        (new,) = pass_on(event, [Passage(place, 0) for place in places], [into], {})
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
    if len(into) < 2:
        raise BadShares(_("Chia một địa bàn thì phải có ít nhất hai phần."))
    with verb("territory.split", by, cites) as act:
        event = happen(ReorganisationKind.SPLIT, effective, cites, clause, act)
        passages = [Passage(place, no, part.share) for no, part in enumerate(into)]
        made = pass_on(event, passages, [part.into for part in into], children or {})
        record(act, place, before={"key": place.key}, after={"into": [new.key for new in made], "cites": cites})
    return made


def rearrange_places(
    *,
    passages: Sequence[Passage],
    heirs: Sequence[NewPlace | Place],
    effective: date,
    cites: str,
    by: Signer,
    clause: str = "",
    children: Mapping[int, int] | None = None,
) -> list[Place]:
    """Several places, whole or in parts, become several: one clause of one paper, on one day. Returns the heirs.

    An old place with one passage goes whole; shares of one with several are all given (adding up to 1) or none. An heir
    that is a ``Place`` goes on under its name, seat, codes and classes, as another identity; where no passage says what
    it gives, it goes on whole. ``children`` says for each place below an old place with several heirs, by its database
    key, to which heir (counted from 0) it goes. Raises ``NotInForce``, ``Overlap``, ``BadShares``, ``Unplaced``.
    """
    if not passages:
        raise Refusal(_("Chưa nói nơi cũ nào về đâu."))
    with verb("territory.rearranged", by, cites) as act:
        staying = {no: in_force(heir, effective) for no, heir in enumerate(heirs) if isinstance(heir, Place)}
        giving = {one.old for one in passages}
        said = [*passages, *(Passage(row.place, no) for no, row in staying.items() if row.place not in giving)]
        refuse_unchanged(said, staying)
        news = [going_on(staying[no], effective) if isinstance(one, Place) else one for no, one in enumerate(heirs)]
        told = {no: said_of(row.place, effective) for no, row in staying.items()}
        event = happen(ReorganisationKind.REARRANGE, effective, cites, clause, act)
        made = pass_on(event, said, news, children or {})
        for no, rows in told.items():
            say_again(rows, made[no], effective, act)
        before = {"places": sorted({one.old.key for one in said})}
        record(act, event, before=before, after={"into": [new.key for new in made], "cites": cites})
    return made


def abolish_place(
    *, place: Place, effective: date, cites: str, by: Signer, clause: str = "", children_to: Place | None = None
) -> Reorganisation:
    """A place ends and nobody takes it over: its own totals are "not apportioned" until a handover.

    What stood below it passes to ``children_to``, or to its own parent.
    """
    with verb("territory.abolished", by, cites) as act:
        end = in_force(place, effective)
        heir = children_to or end.parent
        below = children_of(place, effective)
        if below and heir is None:
            raise Unplaced(_("Bỏ %(name)s thì các địa bàn bên dưới thuộc đâu?") % {"name": end.full_name})
        event = happen(ReorganisationKind.ABOLISH, effective, cites, clause, act)
        succeed(event, place, None, None)
        if heir is not None:
            in_force(heir, effective, ends=False)
            refuse_below(heir, [place], effective, telling.name(heir.pk, effective))
            move_children(place, dict.fromkeys(below, heir), effective, act)
        end_of(end, effective, act)
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
    with verb("territory.renamed", by, cites) as act:
        old = in_force(place, effective)
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
    whose = predecessor or successor
    if whose is None or (predecessor and successor):
        raise Refusal(_("Nói tỷ phần của một địa bàn cũ, hoặc phần gốc của một địa bàn mới."))
    with verb("territory.share_corrected", by, cites) as act:
        one_end = {"predecessor": predecessor} if predecessor else {"successor": successor}
        rows = list(Succession.objects.standing().filter(event=event, **one_end).order_by("pk"))
        ends = [row.successor_id if predecessor else row.predecessor_id for row in rows]
        if not rows or set(ends) != set(shares):
            raise BadShares(_("Tỷ phần phải nêu đủ và đúng các địa bàn của lần sắp xếp này."))
        refuse_bad_shares(list(shares.values()), of=len(rows), name=telling.name(whose.pk, event.effective))
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
