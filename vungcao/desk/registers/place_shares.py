"""Shares of a reorganisation, given or set right: of a place that was split, of one that was merged of several.

Without them a total said before a split does not go on, nor one said after a merger back (``territory/readings.py``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.desk.registers.declaring import AskedForm, Doing
from vungcao.desk.registers.reference import cited, lines_said, refuse
from vungcao.evidence.seen import still_stands
from vungcao.kernel.vietnamese import day, fold
from vungcao.territory import actions, queries
from vungcao.territory.models import PlaceCode, Succession
from vungcao.territory.placing import BadShares
from vungcao.territory.telling import listing
from vungcao.territory.telling import name as called

AFTER: Final = "after"  # what the place became; else of what it was made
_SHARE: Final = re.compile(r"\d{1,9}(/\d{1,9}|([.,]\d{1,6})?%?)")
_WHICH: Final = re.compile(r"(after|before)-(\d{1,18})")


class ShareForm(AskedForm):
    """Of which reorganisation, and each place with its share."""

    which = forms.CharField(label=_("Lần sắp xếp"), widget=forms.Select)
    shares = forms.CharField(
        label=_("Tỷ phần"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("mỗi dòng một nơi: tên hoặc mã | tỷ phần (2/5; 0,4; 40%), cộng lại bằng 1"),
    )  # fmt: skip
    cites = cited()

    def prepare(self) -> None:
        found = passages(self.row.place_id) if self.row is not None else {}
        widget = self.fields["which"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [(key, _told(key, rows[0])) for key, rows in found.items()]
        if not found:
            self.fields["which"].help_text = _("chưa có lần nhập, chia nào của địa bàn này để ghi tỷ phần")


def passages(place: int) -> dict[str, list[Succession]]:
    """Reorganisations in which the place was divided into several, or made of several, by the word a form chooses them
    with: the side and the first row seen, so that who comes second is told.
    """
    ends = Succession.objects.standing().filter(Q(predecessor=place) | Q(successor=place), successor__isnull=False)
    found: dict[tuple[str, int], list[Succession]] = defaultdict(list)
    for row in ends.select_related("event").order_by("event__effective", "pk"):
        found[AFTER if row.predecessor_id == place else "before", row.event_id].append(row)
    return {f"{side}-{rows[0].pk}": rows for (side, _event), rows in found.items() if len(rows) > 1}


def has_shares(row: Any) -> bool:
    """Is there a reorganisation of the place that shares can be said of?"""
    return bool(passages(row.place_id))


def as_they_are(row: Any) -> dict[str, Any]:
    """The first reorganisation that lacks shares, else the first; its places, each with its share."""
    found = passages(row.place_id)
    key = next((key for key, rows in found.items() if _shares(key, rows)[1]), next(iter(found), ""))
    rows = found.get(key, [])
    lines = [
        f"{called(there, rows[0].event.effective)} | {'' if share is None else share}"
        for there, share in _shares(key, rows)[0].items()
    ]
    return {"which": key, "shares": "\n".join(lines)}


def shared(doing: Doing) -> int:
    """Behind the lock of whoever writes places. Raises ``Refusal``, ``Overtaken``."""
    place, which = doing.row.place, doing.said["which"]
    _refuse_overtaken(which, place.pk)
    rows = passages(place.pk).get(which)
    if rows is None:
        raise refuse(gettext("Địa bàn này không có lần nhập, chia nào như thế để ghi tỷ phần."), "which")
    held, lacks = _shares(which, rows)
    shares = _said(doing.said["shares"], [*held], rows[0].event.effective)
    if not lacks and shares == held:
        raise refuse(gettext("Không có gì khác để ghi."), "shares")
    end = {"predecessor" if which.startswith(AFTER) else "successor": place}
    try:
        actions.correct_share(event=rows[0].event, shares=shares, cites=doing.said["cites"], by=doing.by, **end)
    except BadShares as refusal:
        raise refuse(f"{refusal}", "shares") from refusal
    return int(place.pk)


def _refuse_overtaken(which: str, place: int) -> None:
    """The row that was seen of this place, if it still stands."""
    found = _WHICH.fullmatch(which)
    seen = Succession.objects.filter(Q(predecessor=place) | Q(successor=place), pk=int(found[2])) if found else None
    if seen is not None and seen.exists():
        still_stands(Succession, int(which.partition("-")[2]))


def _shares(which: str, rows: list[Succession]) -> tuple[dict[int, Fraction | None], bool]:
    """Place at the other end → its share; whether one is lacking."""
    if which.startswith(AFTER):
        held = {row.successor_id: row.share for row in rows if row.successor_id is not None}
    else:
        held = {row.predecessor_id: row.origin for row in rows}
    return held, None in held.values()


def _said(text: str, there: list[int], on: date) -> dict[int, Fraction]:
    """Place → share, of what was typed: every place once, and no other. Raises ``Refusal`` at the field."""
    words = _words(there, on)
    shares: dict[int, Fraction] = {}
    for line in lines_said(text):
        name, _bar, share = (part.strip() for part in line.partition("|"))
        place = words.get(fold(name))
        if place is None:
            names = listing(called(one, on) for one in there)
            told = gettext("“%(name)s” không phải một nơi của lần sắp xếp này; có: %(names)s.")
            raise refuse(told % {"name": name, "names": names}, "shares")
        if place in shares:
            raise refuse(gettext("%(name)s được nêu hai lần.") % {"name": called(place, on)}, "shares")
        shares[place] = share_said(share, "shares")
    if lost := [one for one in there if one not in shares]:
        names = listing(called(one, on) for one in lost)
        raise refuse(gettext("Chưa nêu tỷ phần của %(names)s.") % {"names": names}, "shares")
    return shares


def _words(there: list[int], on: date) -> dict[str, int]:
    """Folded full names, bare names and codes that mean one of the places and no other."""
    found: list[tuple[str, int]] = []
    for place in there:
        naming = queries.naming(place, on)
        found += [(fold(said), place) for said in {naming.full_name, naming.name}] if naming else []
    codes = PlaceCode.objects.standing().filter(identity__in=there, scheme=queries.GSO)
    found += sorted({(fold(code), place) for code, place in codes.values_list("code", "identity")})
    borne = Counter(said for said, _place in dict.fromkeys(found))
    return {said: place for said, place in found if borne[said] == 1}


def share_said(said: str, field: str) -> Fraction:
    """``2/5``, ``0,4``, ``40%`` as a fraction. Raises ``Refusal`` at the field."""
    text = said.replace(" ", "")
    try:
        if not _SHARE.fullmatch(text):
            raise ValueError(said)
        share = Fraction(text.rstrip("%").replace(",", "."))
    except (ValueError, ZeroDivisionError) as wrong:
        raise refuse(gettext("Tỷ phần viết như 2/5; 0,4 hoặc 40%."), field) from wrong
    return share / 100 if text.endswith("%") else share


def _told(which: str, row: Succession) -> str:
    event = row.event
    told = gettext("Kế thừa: %(kind)s từ %(day)s theo %(cites)s")
    if not which.startswith(AFTER):
        told = gettext("Hình thành từ: %(kind)s từ %(day)s theo %(cites)s")
    return told % {"kind": gettext(event.get_kind_display()), "day": day(event.effective), "cites": event.cites}
