"""The register of components: programmes, projects, contents through time; a province adds its own by paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers import standing
from vungcao.desk.registers.declaring import AskedForm, Column, Doing, FormProfile, Part, Register, RegisterForm
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.reference import (
    RECORDS,
    SEES,
    a_day,
    aliases,
    aliasing,
    bears,
    cited,
    coded,
    coding,
    flags,
    is_there,
    lines_said,
    record,
    refuse,
    today_or_last,
)
from vungcao.desk.registers.sources import KINDS
from vungcao.desk.registers.staff import span
from vungcao.intake.models import MappingKind
from vungcao.kernel.validity import after_last_day, last_day
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.codes import Scheme
from vungcao.programme.keeping import (
    NewComponent,
    correct_component,
    end_component,
    open_component,
    rename_component,
)
from vungcao.programme.models import Component, ComponentCode, ComponentSuccession, ComponentVersion, Level


class ComponentFilters(RegisterFilters):
    """Words of code, name and other names; level; the day on which it is there."""

    level = Choice(_("Cấp"), [one for one in Level.choices if one[0] != Level.ALL])
    on = filters.DateFilter(label=_("Có vào ngày"), method="there")

    def there(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Components in force on a day."""
        return rows.filter(component__in=ComponentVersion.objects.on(value).values("component"))

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """There are a few hundred: they are folded here."""
        words = fold(value).split()
        texts = rows.order_by().values_list("pk", "component__code", "name", "short_name", "also")
        found = [pk for pk, *said in texts if all(word in fold(" ".join(map(str, said))) for word in words)]
        return rows.filter(pk__in=found)


def rows(reach: Reach, today: date) -> QuerySet[Any]:
    """Each component by its version of today, or its last one, with the Treasury's code of today."""
    now = ComponentCode.objects.on(today).filter(identity=OuterRef("component"), scheme=Scheme.PROGRAMME)
    found = today_or_last(ComponentVersion, "component", today).exclude(component__code=NOT_DIVIDED)
    return found.annotate(treasury=Coalesce(Subquery(now.order_by("-pk").values("code")[:1]), Value("")))


def _parts(row: Any, reach: Reach) -> Iterator[Part]:
    heads = [gettext("Tên"), gettext("Từ ngày"), gettext("Đến hết ngày"), gettext("Căn cứ")]
    versions = ComponentVersion.objects.standing().filter(component=row.component_id).order_by("valid_from", "pk")
    yield Part("versions", gettext("Tên qua thời gian"), heads, [[one.name, *span(one), one.cites] for one in versions])
    heads = [gettext("Mã"), gettext("Tên"), gettext("Từ ngày"), gettext("Đến hết ngày")]
    below = ComponentVersion.objects.standing().filter(parent=row.component_id).select_related("component")
    lines = [[one.component.code, one.name, *span(one)] for one in below.order_by("order", "component__code")]
    yield Part("below", gettext("Bên dưới"), heads, lines, gettext("Không có nội dung nào bên dưới."))
    bound = ComponentSuccession.objects.standing().select_related("component", "successor").order_by("year", "pk")
    met = bound.filter(component=row.component_id) | bound.filter(successor=row.component_id)
    heads = [gettext("Trước"), gettext("Sau"), gettext("Từ năm"), gettext("Không so sánh được vì")]
    lines = [[one.component.code, one.successor.code, f"{one.year}", one.not_comparable] for one in met]
    yield Part("series", gettext("Nối tiếp"), heads, lines, gettext("Chưa ghi cấu phần nào đứng trước hay đứng sau."))
    yield coded(Scheme.PROGRAMME, row.component_id)
    yield aliases(MappingKind.COMPONENT, row.component_id)


class NewForm(AskedForm):
    """A component that a paper sets up; its place in the tree follows from the code."""

    code = forms.CharField(label=_("Mã"), max_length=40, help_text=_("theo mã cấp trên, ví dụ 1719.DA5.TDA3.ND1"))
    name = forms.CharField(label=_("Tên"), max_length=500)
    also = forms.CharField(
        label=_("Tên gọi khác"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("mỗi dòng một tên"),
    )  # fmt: skip
    since = a_day(_("Từ ngày"))
    until = a_day(_("Đến hết ngày"), required=False, help_text=_("để trống: như cấp trên"))
    capital_kinds = forms.MultipleChoiceField(
        label=_("Loại vốn"), choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    lead_agency = forms.CharField(label=_("Cơ quan chủ trì"), max_length=200, required=False)
    years = forms.CharField(
        label=_("Năm ngân sách được dùng"), max_length=9, required=False, help_text=_("của chương trình: 2026-2030")
    )
    cites = cited()


class LineForm(NewForm):
    """A line of a workbook: a new component, or one that is there, with its code of the Treasury."""

    treasury = forms.CharField(label=_("Mã CTMT"), max_length=20, required=False)


class EndForm(AskedForm):
    """From which day it is no more, and whether all below goes with it."""

    since = a_day(_("Không còn từ ngày"))
    with_parts = forms.BooleanField(label=_("Kết thúc cả các nội dung bên dưới"), required=False)
    cites = cited()


class RenameForm(AskedForm):
    """Another name from a day on."""

    name = forms.CharField(label=_("Tên mới"), max_length=500)
    since = a_day(_("Từ ngày"))
    cites = cited()


class CorrectForm(AskedForm):
    """A name that was written wrong."""

    name = forms.CharField(label=_("Tên đúng"), max_length=500)
    also = NewForm.base_fields["also"]
    reason = forms.CharField(label=_("Lý do đính chính"), max_length=200)


def _open(doing: Doing) -> int:
    said = dict(doing.said)
    cites, until, also = said.pop("cites"), after_last_day(said.pop("until")), lines_said(said.pop("also"))
    return open_component(NewComponent(**said, until=until, also=also), cites=cites, by=doing.by).pk


def _held(doing: Doing) -> int | None:
    """The component of a line, where the register has it so. Raises ``Refusal`` for what only a form may change."""
    said = doing.said
    rows = ComponentVersion.objects.standing().filter(component__code=nfc(said["code"]).upper())
    life = list(rows.select_related("component").order_by("valid_from", "pk"))
    if not life:
        return None
    of, names = life[0].component, {fold(name) for one in life for name in (one.name, *one.also)}
    told = {"code": of.code, "name": life[-1].name, "day": day(life[0].valid_from) if life[0].valid_from else ""}
    if fold(said["name"]) not in names:
        sentence = gettext("Mã %(code)s đã có, tên là “%(name)s”: đổi tên, đính chính ghi ở trang của dòng ấy.")
        raise refuse(sentence % told, "name")
    if said.get("since") not in (None, *(one.valid_from for one in life)):
        raise refuse(gettext("%(code)s trong sổ có từ %(day)s: sửa ngày trong tệp.") % told, "since")
    _refuse_other_end(life, said.get("until"))
    lacks = said.get("treasury") and not bears(Scheme.PROGRAMME, of.pk, said["treasury"], None)
    return None if lacks else of.pk


def _refuse_other_end(life: list[ComponentVersion], until: date | None) -> None:
    """A line may leave out the last day of what lives as long as its parent; any other end it must say as it is."""
    row, ended = life[-1], last_day(life[-1].valid_to)
    above = ComponentVersion.objects.standing().filter(component=row.parent_id).order_by("valid_from").last()
    inherits = above is not None and above.valid_to == row.valid_to
    if until == ended or until in {last_day(one.valid_to) for one in life} - {None}:
        return
    if until is None and (inherits or ended is None or ended >= timezone.localdate()):
        return
    told = {"code": row.component.code, "day": day(ended) if ended else ""}
    if ended:
        raise refuse(gettext("%(code)s đã hết ngày %(day)s: ghi ngày cuối ấy, hoặc bỏ dòng này.") % told, "until")
    raise refuse(
        gettext("%(code)s chưa kết thúc: ngày cuối chỉ ghi theo văn bản, ở trang của dòng ấy.") % told, "until"
    )


def _bring(doing: Doing) -> int:
    said = dict(doing.said)
    code, of = said.pop("treasury"), Component.objects.filter(code=nfc(said["code"]).upper()).first()
    key = of.pk if of else _open(replace(doing, said=said))
    if code and not bears(Scheme.PROGRAMME, key, code, None):
        record(Scheme.PROGRAMME, key, replace(doing, said=said | {"code": code}))
    return key


def _end(doing: Doing) -> int:
    said = doing.said
    end_component(
        doing.row.component, seen=doing.seen, effective=said["since"], cites=said["cites"], by=doing.by,
        with_parts=said["with_parts"],
    )  # fmt: skip
    return int(doing.row.component_id)


def _rename(doing: Doing) -> int:
    said, of = doing.said, doing.row.component
    rename_component(
        of, seen=doing.seen, name=said["name"], effective=said["since"], cites=said["cites"], by=doing.by
    )  # fmt: skip
    return int(of.pk)


def _correct(doing: Doing) -> int:
    said, also = doing.said, lines_said(doing.said["also"])
    row = correct_component(seen=doing.seen, name=said["name"], also=also, reason=said["reason"], by=doing.by)
    return row.component_id


_ON_ROW: Any = {"is_on_row": True, "offers": is_there}
REGISTER = Register(
    key="cau-phan",
    name=_("Chương trình, dự án"),
    about=_(
        "Chương trình, dự án, tiểu dự án, nội dung theo ngày. Danh mục có sẵn giữ nguyên; tỉnh ghi thêm, đổi tên, "
        "kết thúc theo văn bản. Số vốn đã ghi không đổi theo."
    ),
    sees=SEES,
    records=RECORDS,
    rows=lambda reach, today: rows(reach, today).select_related("component"),
    columns=(
        Column("code", _("Mã"), value="component.code", sort="component__code", width=14),
        Column("name", _("Tên"), width=60),
        Column("level", _("Cấp"), sort="level", width=14),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1], width=14),
        Column("treasury", _("Mã CTMT"), sort="treasury", is_kept=False, width=14),
        Column("also", _("Tên gọi khác"), value=lambda row: "; ".join(row.also), is_wide=True, width=40),
        Column("lead", _("Cơ quan chủ trì"), value="lead_agency", is_wide=True, width=30),
        Column("years", _("Năm ngân sách được dùng"), is_wide=True),
        Column("sure", _("Độ chắc chắn"), value="confidence", is_wide=True),
        Column("cites", _("Căn cứ"), is_wide=True, width=40),
    ),
    filters=ComponentFilters,
    order="code",
    identity="component_id",
    forms=(
        RegisterForm("ghi-moi", _("Ghi dự án, nội dung mới"), "programme.opened", NewForm, _open),
        RegisterForm("doi-ten", _("Đổi tên theo văn bản"), "programme.renamed", RenameForm, _rename, **_ON_ROW),
        RegisterForm("ket-thuc", _("Kết thúc"), "programme.ended", EndForm, _end, **_ON_ROW),
        RegisterForm(
            "dinh-chinh", _("Đính chính tên"), "programme.corrected", CorrectForm, _correct, is_on_row=True,
            initial=lambda row: {"name": row.name, "also": "\n".join(row.also)},
        ),
        *coding(Scheme.PROGRAMME),
        aliasing(MappingKind.COMPONENT, lambda row: row.component),
    ),
    flags=flags,
    parts=_parts,
    standing=standing.of_component,
    kept=lambda key, reach: ComponentVersion.objects.filter(component=key).select_related("component"),
    profile=FormProfile("so_cau_phan", LineForm, _bring, _held, "programme.imported"),
)  # fmt: skip
