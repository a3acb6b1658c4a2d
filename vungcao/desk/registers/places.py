"""The register of places: each with what it was called and belonged to, what it came of and went into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import django_filters as filters
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers import place_forms as forms
from vungcao.desk.registers import place_lines, standing
from vungcao.desk.registers.declaring import Column, FormProfile, Part, Register, RegisterForm
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.place_rearranging import RearrangeForm, rearranged
from vungcao.desk.registers.place_rearranging import as_it_is as rearranging
from vungcao.desk.registers.place_shares import ShareForm, as_they_are, has_shares
from vungcao.desk.registers.reference import RECORDS, SEES, aliases, aliasing, flags, today_or_last
from vungcao.desk.registers.staff import span
from vungcao.intake.models import MappingKind
from vungcao.kernel.vietnamese import day, fold
from vungcao.territory.models import PlaceCode, PlaceKind, PlaceVersion, Succession
from vungcao.territory.queries import GSO
from vungcao.territory.telling import name as called


class PlaceFilters(RegisterFilters):
    """Words of name and code; kind; the day on which it is there."""

    kind = Choice(_("Loại"), forms.KINDS)
    on = filters.DateFilter(label=_("Có vào ngày"), method="there")

    def there(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Places in force on a day."""
        return rows.filter(place__in=PlaceVersion.objects.on(value).values("place"))

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Each word in its name, or at the beginning of a code it bears or bore."""
        for word in fold(value).split()[:8]:
            borne = PlaceCode.objects.standing().filter(code__startswith=word).values("identity")
            rows = rows.filter(Q(folded__contains=word) | Q(place__in=borne) | Q(place__key__startswith=word))
        return rows


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the name and kind of what each belongs to."""
    above = PlaceVersion.objects.standing().filter(place=OuterRef("parent"))
    above = above.order_by(F("valid_from").desc(nulls_last=True), "-pk")
    names = {word: Subquery(above.values(column)[:1]) for word, column in (("above", "name"), ("above_kind", "kind"))}
    return rows.annotate(**names).select_related("place", "parent")


def rows(reach: Reach, today: date) -> QuerySet[Any]:
    """Every place by its version of today, or its last one: names of places are nobody's secret."""
    borne = PlaceCode.objects.standing().filter(identity=OuterRef("place"), scheme=GSO)
    borne = borne.order_by(F("valid_from").desc(nulls_last=True), "-pk")
    found = _named(today_or_last(PlaceVersion, "place", today))
    return found.annotate(code=Coalesce(Subquery(borne.values("code")[:1]), Value("")))


def _parent(row: Any) -> str:
    return PlaceVersion(name=row.above, kind=row.above_kind).full_name if row.above else ""


def _parts(row: Any, reach: Reach) -> Iterator[Part]:
    heads = [gettext("Tên"), gettext("Thuộc"), gettext("Từ ngày"), gettext("Đến hết ngày"), gettext("Ghi chú")]
    rows = _named(PlaceVersion.objects.standing().filter(place=row.place_id))
    versions = rows.order_by(F("valid_from").asc(nulls_first=True))
    lines = [[one.full_name, _parent(one), *span(one), one.note] for one in versions]
    yield Part("versions", gettext("Tên và cấp trên qua thời gian"), heads, lines)
    heads = [gettext("Địa bàn"), gettext("Sắp xếp"), gettext("Có hiệu lực từ"), gettext("Căn cứ")]
    passed = Succession.objects.standing().select_related("event").order_by("event__effective", "pk")
    share, origin = gettext("Tỷ phần"), gettext("Phần gốc")
    for key, title, end, other, shares in (
        ("before", gettext("Hình thành từ"), "successor", "predecessor_id", {"share": share, "origin": origin}),
        ("after", gettext("Kế thừa"), "predecessor", "successor_id", {"share": share}),
    ):
        rows = passed.filter(**{end: row.place_id})
        lines = [
            [*_passage(one, getattr(one, other)), *(_share(getattr(one, name)) for name in shares)] for one in rows
        ]
        yield Part(key, title, [*heads, *shares.values()], lines, gettext("Chưa ghi lần sắp xếp nào."))
    codes = PlaceCode.objects.standing().filter(identity=row.place_id, scheme=GSO).order_by("valid_from", "pk")
    heads = [gettext("Mã"), gettext("Từ ngày"), gettext("Đến hết ngày")]
    lines = [[one.code, *span(one)] for one in codes]
    yield Part("codes", gettext("Mã Tổng cục Thống kê"), heads, lines, gettext("Chưa ghi mã nào."))
    yield aliases(MappingKind.PLACE, row.place_id)


def _share(known: Fraction | None) -> str:
    return "" if known is None else f"{known}"


def _passage(row: Succession, other: int | None) -> list[str]:
    event = row.event
    cites = event.cites
    if event.clause:
        cites = gettext("%(paper)s, khoản %(clause)s") % {"paper": event.cites, "clause": event.clause}
    name = called(other, event.effective) if other else gettext("không nơi nào kế thừa")
    return [name, gettext(event.get_kind_display()), day(event.effective), cites]


def _stands(row: Any) -> bool:
    """A place that is there, and of which nothing later is recorded yet."""
    return row.valid_to is None and row.kind != PlaceKind.NATION


_ON_ROW: Any = {"is_on_row": True, "offers": _stands, "initial": forms.as_it_is}
REGISTER = Register(
    key="dia-ban",
    name=_("Địa bàn"),
    about=_(
        "Địa bàn đang có và đã từng có, theo ngày. Đổi tên, lên cấp vẫn là một địa bàn; nhập, chia, bỏ thì kết thúc "
        "theo văn bản và nơi kế thừa nối tiếp. Không xóa, không sửa đè."
    ),
    sees=SEES,
    records=RECORDS,
    rows=rows,
    columns=(
        Column("name", _("Tên"), value="full_name", sort="sorting", width=30),
        Column("kind", _("Loại"), sort="kind", width=20),
        Column("parent", _("Thuộc"), value=_parent, width=30),
        Column("code", _("Mã"), sort="code", is_kept=False, width=10),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1], width=14),
        Column("key", _("Khóa"), value="place.key", is_wide=True),
        Column("note", _("Ghi chú"), is_wide=True, width=40),
    ),
    filters=PlaceFilters,
    order="name",
    identity="place_id",
    forms=(
        RegisterForm("ghi-moi", _("Ghi địa bàn mới"), "territory.opened", forms.NewForm, forms.opened),
        RegisterForm("doi-ten", _("Đổi tên, loại"), "territory.renamed", forms.RenameForm, forms.renamed, **_ON_ROW),
        RegisterForm("nhap", _("Nhập với nơi khác"), "territory.merged", forms.MergeForm, forms.merged, **_ON_ROW),
        RegisterForm("chia", _("Chia, tách"), "territory.split", forms.SplitForm, forms.split, **_ON_ROW),
        RegisterForm(
            "nhap-chia", _("Nhập và chia nhiều nơi"), "territory.rearranged", RearrangeForm, rearranged,
            **_ON_ROW | {"initial": rearranging},
        ),
        RegisterForm(
            "ty-phan", _("Ghi tỷ phần"), "territory.share_corrected", ShareForm, forms.shares_given,
            is_on_row=True, initial=as_they_are, offers=has_shares,
        ),
        RegisterForm("bo", _("Bỏ, giải thể"), "territory.abolished", forms.AbolishForm, forms.abolished, **_ON_ROW),
        RegisterForm(
            "dinh-chinh", _("Đính chính tên"), "territory.name_corrected", forms.CorrectForm, forms.corrected,
            is_on_row=True, initial=forms.as_it_is,
        ),
        aliasing(MappingKind.PLACE, lambda row: row.place),
    ),
    flags=flags,
    parts=_parts,
    standing=standing.of_place,
    kept=lambda key, reach: _named(PlaceVersion.objects.filter(place=key)),
    profile=FormProfile(
        "so_dia_ban", forms.NewForm, forms.opened, place_lines.held, "territory.imported", place_lines.typed
    ),
)  # fmt: skip
