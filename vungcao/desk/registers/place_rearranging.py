"""The form of a paper by which several places, whole or in parts, become several; and how its lines are understood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.desk.registers.declaring import AskedForm, Doing
from vungcao.desk.registers.place_forms import KINDS
from vungcao.desk.registers.place_said import as_seen, below, goes_to, within_reach
from vungcao.desk.registers.place_shares import share_said
from vungcao.desk.registers.reference import a_day, cited, lines_said, refuse
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import fold, nfc
from vungcao.territory import actions, queries
from vungcao.territory.actions import NewPlace, Passage
from vungcao.territory.models import Place, PlaceKind
from vungcao.territory.placing import new_key
from vungcao.territory.province import split_kind
from vungcao.territory.telling import listing
from vungcao.territory.telling import name as called

GOES_ON: Final = "tiep tuc"  # in the place of a code: one that is there and stays what it is
UNKNOWN: Final = ("", "mot phan")
WHOLE: Final = "toan bo"
REST: Final = "con lai"
_BETWEEN: Final = re.compile(r"[|\t]")  # a tab: lines of a table that were copied


class RearrangeForm(AskedForm):
    """Who takes over, and what each old place gives to whom: a part a line."""

    heirs = forms.CharField(
        label=_("Các nơi nhận"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "mỗi dòng một nơi: tên | mã; nơi đang có mà vẫn giữ tên, mã: tên | tiếp tục. Ví dụ:\n"
            "Xã Thượng Ví Dụ | 99991\nXã Hạ Ví Dụ | tiếp tục"
        ),
    )  # fmt: skip
    passages = forms.CharField(
        label=_("Nơi cũ về đâu"), widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "mỗi dòng một phần: nơi cũ | nơi nhận | tỷ phần | các xóm của phần ấy. Tỷ phần như 2/5, 40%, còn lại; để "
            "trống nếu là toàn bộ hay văn bản không nêu. Nhập toàn bộ thì xóm tự theo sang. Ví dụ:\n"
            "Xã Một | Xã Thượng Ví Dụ\nXã Hai | Xã Thượng Ví Dụ | 2/5 | Xóm Trên, Xóm Giữa\n"
            "Xã Hai | Xã Hạ Ví Dụ | còn lại | Xóm Dưới"
        ),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS, help_text=_("của nơi nhận mới, khi tên không ghi loại"))
    parent = forms.CharField(label=_("Thuộc"), max_length=120, help_text=_("mã hoặc tên"))
    since = a_day(_("Có hiệu lực từ ngày"))
    cites = cited()
    clause = forms.CharField(label=_("Khoản"), max_length=20, required=False)


@dataclass(frozen=True)
class _Line:
    """One part, as it was typed and understood; ``rest``: what the other parts of the place leave."""

    old: Place
    heir: int
    share: Fraction | None
    rest: bool
    below: tuple[int, ...]


def as_it_is(row: Any) -> dict[str, Any]:
    """What the form begins with: the place it was opened at with what lies below it, and whom its heirs belong to."""
    about = {"kind": row.kind, "parent": row.parent.key if row.parent else ""}
    grown = queries.tree(timezone.localdate())
    names = [grown.names[one] for one in sorted(grown.children.get(row.place_id, ()), key=grown.sorting.__getitem__)]
    return about | {"passages": f"{row.full_name} | | | {', '.join(names)}" if names else f"{row.full_name} | "}


def rearranged(doing: Doing) -> int:
    """Write it. Returns the place it was opened at, whose page now tells what became of it."""
    said = doing.said
    as_seen(doing)
    heirs = [_heir(line, doing) for line in lines_said(said["heirs"])]
    lines = [_line(line, heirs, doing) for line in lines_said(said["passages"])]
    parts, mine = [(child, line.heir) for line in lines for child in line.below], doing.row.place
    if mine not in [*(one.old for one in lines), *heirs]:
        told = gettext("Chưa nêu %(name)s: ghi nơi ấy về đâu, hoặc mở mẫu này ở trang của một nơi cũ.")
        raise refuse(told % {"name": doing.row.full_name}, "passages")
    try:
        made = actions.rearrange_places(
            passages=_passages(lines, said["since"]), heirs=heirs, effective=said["since"], cites=said["cites"],
            clause=said["clause"], children=goes_to(parts, said["since"], "passages"), by=doing.by,
        )  # fmt: skip
    except Refusal as refusal:
        field = f"{refusal.facts.get('field') or 'passages'}"
        raise refuse(f"{refusal}", "heirs" if field in ("name", "code") else field) from refusal
    for heir, new in zip(heirs, made, strict=True):
        if isinstance(heir, Place):
            _called_as_before(heir, new, said["since"], doing)
    return int(mine.pk)


def _called_as_before(old: Place, new: Place, on: date, doing: Doing) -> None:
    """Other names that workbooks use for a place mean, from the day, the one it goes on as."""
    rows = NameMapping.objects.standing().filter(kind=MappingKind.PLACE, place=old).exclude(valid_to__lte=on)
    for row in rows.select_related("reporter").order_by("pk"):
        since = max(on, row.valid_from or on)
        mapping.remember(
            row.said, new, kind=MappingKind.PLACE, reporter=row.reporter, since=since, until=row.valid_to, by=doing.by
        )


def _heir(line: str, doing: Doing) -> NewPlace | Place:
    """Who a line of ``heirs`` names: one that goes on, or a new one. Raises ``Refusal`` at the field."""
    said, on = doing.said, doing.said["since"]
    name, code = [nfc(part) for part in _BETWEEN.split(f"{line}|")][:2]
    if not name:
        raise refuse(gettext("Mỗi nơi nhận phải có tên."), "heirs")
    if fold(code) == GOES_ON:
        return _there(name, doing, "heirs")
    if code and not (code.isascii() and code.isdigit()):
        raise refuse(gettext("“%(code)s”: mã chỉ gồm chữ số, hoặc ghi “tiếp tục”.") % {"code": code}, "heirs")
    parent = within_reach(said["parent"], on, doing, "parent")
    parted = split_kind(name)
    kind, bare = parted if parted and parted[0] != PlaceKind.VILLAGE else (PlaceKind(said["kind"]), name)
    new = NewPlace(new_key(bare, parent, on, code), bare, kind, parent, {queries.GSO: code} if code else {})
    grown = queries.tree(on - timedelta(days=1))
    if not code and fold(new.full_name) in [fold(grown.names[one]) for one in grown.children.get(parent.pk, ())]:
        told = gettext("%(name)s đang có: ghi “%(name)s | tiếp tục”, hoặc ghi mã nếu là nơi mới cùng tên.")
        raise refuse(told % {"name": new.full_name}, "heirs")
    return new


def _line(line: str, heirs: Sequence[NewPlace | Place], doing: Doing) -> _Line:
    """What a line of ``passages`` says. Raises ``Refusal`` at the field."""
    on = doing.said["since"]
    old_said, heir_said, share, villages = [nfc(part) for part in _BETWEEN.split(f"{line}|||")][:4]
    if not old_said or not heir_said:
        raise refuse(gettext("“%(line)s”: ghi cả nơi cũ và nơi nhận.") % {"line": line}, "passages")
    old = _there(old_said, doing, "passages")
    heir = _which(heir_said, heirs, on)
    words = fold(share)
    known = None if words in UNKNOWN or words == REST else Fraction(1)
    if known and words != WHOLE:
        known = share_said(share, "passages")
    down = [below(old, one.strip(), on, doing, "passages") for one in villages.split(",") if one.strip()]
    return _Line(old, heir, known, words == REST, tuple(down))


def _there(said: str, doing: Doing, field: str) -> Place:
    """A place of the eve: the one that the form was opened at by its name, others as everywhere."""
    if fold(said) == fold(doing.row.full_name):
        mine: Place = doing.row.place
        return mine
    return within_reach(said, doing.said["since"] - timedelta(days=1), doing, field)


def _which(said: str, heirs: Sequence[NewPlace | Place], on: date) -> int:
    """The heir (counted from 0) of a full name, a bare name or a code that mean no other."""
    names = [one.full_name if isinstance(one, NewPlace) else called(one.pk, on) for one in heirs]
    codes = [one.codes.get(queries.GSO) if isinstance(one, NewPlace) else queries.tree(on).codes.get(one.pk)
             for one in heirs]  # fmt: skip
    for words in (names, codes, [(split_kind(name) or ("", name))[1] for name in names]):
        found = [no for no, word in enumerate(words) if word and fold(word) == fold(said)]
        if len(found) == 1:
            return found[0]
    told = gettext("“%(name)s” không phải một nơi nhận đã ghi; có: %(names)s.")
    raise refuse(told % {"name": said, "names": listing(names)}, "passages")


def _passages(lines: Sequence[_Line], on: date) -> list[Passage]:
    """The parts, with what is left of a place worked out where its other shares are known."""
    of: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        of[line.old.pk].append(line)
    return [Passage(line.old, line.heir, _left(line, of[line.old.pk], on) if line.rest else line.share)
            for line in lines]  # fmt: skip


def _left(line: _Line, among: Sequence[_Line], on: date) -> Fraction | None:
    others = [one.share for one in among if one is not line]
    known = [share for share in others if share is not None]
    if len(known) < len(others):
        return None
    if (left := Fraction(1) - sum(known)) <= 0:
        name = called(line.old.pk, on)
        raise refuse(gettext("%(name)s không còn phần nào: xem lại tỷ phần.") % {"name": name}, "passages")
    return left
