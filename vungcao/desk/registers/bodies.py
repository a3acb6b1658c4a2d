"""The register of bodies: who is there on a day, its versions through time, who holds posts in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.models import Body, BodyKind, BodyVersion, Posting
from vungcao.bodies.opening import open_owner
from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import AskedForm, Column, Doing, Part, Register, RegisterForm
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.staff import RECORDS, SEES, body_said, span
from vungcao.kernel.validity import after_last_day, in_force


class BodyFilters(RegisterFilters):
    """Words, kind, and the day on which a body is there; without a day all that ever were, as they were last."""

    kind = Choice(_("Loại"), [one for one in BodyKind.choices if one[0] != BodyKind.NOT_DIVIDED])
    on = filters.DateFilter(label=_("Có vào ngày"), method="there")

    def there(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Bodies in force on a day."""
        return rows.filter(body__in=BodyVersion.objects.on(value).values("body"))


def rows(reach: Reach, today: date) -> QuerySet[Any]:
    """Each body within reach by its version of today, or its last one."""
    versions = BodyVersion.objects.standing().filter(body=OuterRef("body"))
    latest = versions.order_by(F("valid_from").desc(nulls_last=True), "-pk")
    above = (
        BodyVersion.objects.standing().filter(body=OuterRef("parent")).order_by(F("valid_from").desc(nulls_last=True))
    )
    chosen = Subquery(latest.values("pk")[:1])
    now = Subquery(versions.filter(in_force(today)).values("pk")[:1])
    found = BodyVersion.objects.standing().filter(body__in=reach.all_bodies()).exclude(kind=BodyKind.NOT_DIVIDED)
    found = found.annotate(now=now, last=chosen, parent_name=Subquery(above.values("name")[:1]))
    return found.filter(pk=F("now")) | found.filter(now=None, pk=F("last"))


def _parts(row: Any, reach: Reach) -> Iterator[Part]:
    heads = [gettext("Tên"), gettext("Loại"), gettext("Từ ngày"), gettext("Đến hết ngày"), gettext("Căn cứ")]
    versions = BodyVersion.objects.standing().filter(body=row.body_id).order_by(F("valid_from").asc(nulls_first=True))
    lines = [[one.name, one.get_kind_display(), *span(one), one.cites] for one in versions]
    yield Part("versions", gettext("Tên và loại qua thời gian"), heads, lines)
    held = Posting.objects.standing().filter(body=row.body_id).select_related("official").order_by("pk")
    heads = [gettext("Họ tên"), gettext("Chức vụ"), gettext("Vai trò"), gettext("Từ ngày"), gettext("Đến hết ngày")]
    lines = [[one.official.name, one.post, one.get_role_display(), *span(one)] for one in held]
    yield Part(
        "posts", gettext("Người giữ vị trí công tác"), heads, lines, gettext("Chưa ghi ai giữ vị trí công tác ở đây.")
    )


class OwnerForm(AskedForm):
    """An owner of works that no list has."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=200)
    under = forms.CharField(label=_("Thuộc"), max_length=120, help_text=_("mã hoặc tên ủy ban, sở giao vốn"))
    since = forms.DateField(label=_("Từ ngày"), required=False)
    until = forms.DateField(label=_("Đến hết ngày"), required=False)
    cites = forms.CharField(label=_("Quyết định thành lập"), max_length=120, required=False)


def _open(doing: Doing) -> int:
    under: Body = body_said(
        doing.said["under"], doing.said["since"] or timezone.localdate(), doing.reach, field="under"
    )
    made = open_owner(
        doing.said["name"], under=under, by=doing.by, since=doing.said["since"],
        until=after_last_day(doing.said["until"]), cites=doing.said["cites"],
    )  # fmt: skip
    return made.pk


REGISTER = Register(
    key="don-vi",
    name=_("Cơ quan, đơn vị"),
    about=_("Cơ quan đang có và đã từng có, theo ngày. Đổi tên vẫn là một cơ quan; sáp nhập, chia tách thì kết thúc."),
    sees=SEES,
    records=RECORDS,
    rows=lambda reach, today: rows(reach, today).select_related("body"),
    columns=(
        Column("name", _("Tên"), sort="folded", width=40),
        Column("kind", _("Loại"), sort="kind", width=24),
        Column("parent", _("Cấp trên"), value="parent_name", is_kept=False, width=36),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1]),
        Column("code", _("Mã"), value="body.key", sort="body__key", width=24),
        Column("cites", _("Căn cứ"), is_wide=True, width=40),
    ),
    filters=BodyFilters,
    order="name",
    identity="body_id",
    forms=(RegisterForm("ghi-moi", _("Ghi chủ đầu tư mới"), "body.opened", OwnerForm, _open),),
    parts=_parts,
    kept=lambda key, reach: BodyVersion.objects.filter(body=key).select_related("body"),
)
