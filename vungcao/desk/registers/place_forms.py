"""Forms of the register of places: what a paper does to a place, and how what was typed is understood."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.desk.registers.declaring import AskedForm, Doing
from vungcao.desk.registers.place_said import as_seen, below, goes_to, refuse_out_of_reach, within_reach
from vungcao.desk.registers.place_shares import share_said, shared
from vungcao.desk.registers.reference import a_day, cited, lines_said, refuse
from vungcao.evidence.actions import lock
from vungcao.kernel.vietnamese import nfc
from vungcao.territory import actions, queries
from vungcao.territory.actions import NewPlace, Part
from vungcao.territory.keeping import correct_name
from vungcao.territory.models import PlaceKind
from vungcao.territory.placing import new_key

KINDS = [one for one in PlaceKind.choices if one[0] != PlaceKind.NATION]


class NewForm(AskedForm):
    """A place that was made of no other."""

    name = forms.CharField(label=_("Tên"), max_length=120, help_text=_("không ghi loại, ví dụ Bảo Lạc"))
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    parent = forms.CharField(label=_("Thuộc"), max_length=120, help_text=_("mã hoặc tên"))
    code = forms.CharField(
        label=_("Mã Tổng cục Thống kê"), max_length=10, required=False, help_text=_("xóm, tổ dân phố có thể không có")
    )
    since = a_day(_("Có hiệu lực từ ngày"))
    cites = cited()

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"].strip()
        if said and not (said.isascii() and said.isdigit()):
            raise forms.ValidationError(_("Mã chỉ gồm chữ số."))
        return said


class MergeForm(NewForm):
    """With which others it becomes one new place."""

    others = forms.CharField(
        label=_("Nhập cùng"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("mỗi dòng một mã hoặc tên")
    )
    clause = forms.CharField(label=_("Khoản"), max_length=20, required=False)
    field_order = ("others",)


class SplitForm(AskedForm):
    """What becomes of it: a part a line."""

    parts = forms.CharField(
        label=_("Các phần"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("mỗi dòng một phần: tên | mã | tỷ phần, nếu văn bản nêu (2/5) | các xóm, cách nhau dấu phẩy"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    since = a_day(_("Có hiệu lực từ ngày"))
    cites = cited()
    clause = forms.CharField(label=_("Khoản"), max_length=20, required=False)


class AbolishForm(AskedForm):
    """From which day it is no more, and to whom what stood below it passes."""

    since = a_day(_("Không còn từ ngày"))
    children_to = forms.CharField(
        label=_("Các nơi bên dưới chuyển về"), max_length=120, required=False, help_text=_("để trống: về cấp trên")
    )
    cites = cited()
    clause = forms.CharField(label=_("Khoản"), max_length=20, required=False)


class RenameForm(AskedForm):
    """Another name or kind from a day on."""

    name = forms.CharField(label=_("Tên"), max_length=120)
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    since = a_day(_("Có hiệu lực từ ngày"))
    cites = cited()


class CorrectForm(AskedForm):
    """A name that was written wrong."""

    name = forms.CharField(label=_("Tên đúng"), max_length=120)
    reason = forms.CharField(label=_("Lý do đính chính"), max_length=200)


def as_it_is(row: Any) -> dict[str, Any]:
    """What a form about a row begins with."""
    return {"name": row.name, "kind": row.kind, "parent": row.parent.key if row.parent else ""}


def opened(doing: Doing) -> int:
    lock("territory.places")  # before its key is chosen: one that nobody has
    said = doing.said
    return actions.open_place(new=_new(doing), effective=said["since"], cites=said["cites"], by=doing.by).pk


def merged(doing: Doing) -> int:
    said, eve = doing.said, doing.said["since"] - timedelta(days=1)
    as_seen(doing)
    others = [within_reach(one, eve, doing, "others") for one in lines_said(said["others"])]
    places = list(dict.fromkeys([doing.row.place, *others]))
    if len(places) < 2:
        raise refuse(gettext("Ghi ít nhất một nơi khác để nhập cùng."), "others")
    made = actions.merge_places(
        places=places,
        into=_new(doing),
        effective=said["since"],
        cites=said["cites"],
        clause=said["clause"],
        by=doing.by,
    )
    return made.pk


def split(doing: Doing) -> int:
    said, on = doing.said, doing.said["since"]
    as_seen(doing)
    parts: list[Part] = []
    goes: list[tuple[int, int]] = []
    for no, line in enumerate(lines_said(said["parts"])):
        name, code, share, down = [nfc(part) for part in f"{line}|||".split("|")][:4]
        if not name:
            raise refuse(gettext("Mỗi phần phải có tên."), "parts")
        new = NewPlace(
            new_key(name, doing.row.parent, on, code), name, PlaceKind(said["kind"]), doing.row.parent,
            {queries.GSO: code} if code else {},
        )  # fmt: skip
        parts.append(Part(new, share_said(share, "parts") if share else None))
        villages = [one.strip() for one in down.split(",") if one.strip()]
        goes += [(below(doing.row.place, one, on, doing, "parts"), no) for one in villages]
    try:
        made = actions.split_place(
            place=doing.row.place, into=parts, effective=on, cites=said["cites"], clause=said["clause"],
            children=goes_to(goes, on, "parts"), by=doing.by,
        )  # fmt: skip
    except (actions.BadShares, actions.Unplaced) as refusal:
        raise refuse(str(refusal), "parts") from refusal
    return made[0].pk


def abolished(doing: Doing) -> int:
    said = doing.said
    as_seen(doing)
    heir = within_reach(said["children_to"], said["since"], doing, "children_to") if said["children_to"] else None
    actions.abolish_place(
        place=doing.row.place, effective=said["since"], cites=said["cites"], clause=said["clause"], children_to=heir,
        by=doing.by,
    )  # fmt: skip
    return int(doing.row.place_id)


def renamed(doing: Doing) -> int:
    said = doing.said
    as_seen(doing)
    actions.rename_place(
        place=doing.row.place, effective=said["since"], cites=said["cites"], name=said["name"],
        kind=PlaceKind(said["kind"]), by=doing.by,
    )  # fmt: skip
    return int(doing.row.place_id)


def shares_given(doing: Doing) -> int:
    as_seen(doing)
    return shared(doing)


def corrected(doing: Doing) -> int:
    refuse_out_of_reach(doing.row.place, timezone.localdate(), doing, None)
    return correct_name(seen=doing.seen, name=doing.said["name"], reason=doing.said["reason"], by=doing.by).place_id


def _new(doing: Doing) -> NewPlace:
    said, on = doing.said, doing.said["since"]
    parent = within_reach(said["parent"], on, doing, "parent")
    codes = {queries.GSO: said["code"]} if said["code"] else {}
    name = nfc(said["name"])
    return NewPlace(new_key(name, parent, on, said["code"]), name, PlaceKind(said["kind"]), parent, codes)
