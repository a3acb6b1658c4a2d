"""The register of officials: who holds which posts; an administrator records, appoints and releases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.actions import appoint, create_official, release
from vungcao.bodies.models import BodyVersion, Delegation, Official, Posting, Role
from vungcao.bodies.reach import Reach
from vungcao.desk.registers import entrusting, sign_ins
from vungcao.desk.registers.declaring import AskedForm, Column, Doing, Part, Register, RegisterForm
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.staff import RECORDS, SEES, seat_said, span
from vungcao.kernel.validity import in_force
from vungcao.kernel.vietnamese import fold
from vungcao.territory.queries import tree


class OfficialFilters(RegisterFilters):
    """Words of name, account, post and body; the part a post plays."""

    role = Choice(_("Vai trò"), Role.choices)

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Names are kept as they are written, so the few hundred are folded here."""
        words = fold(value).split()
        texts = rows.order_by().values_list("pk", "name", "user__username", "post", "body_name")
        found = [pk for pk, *said in texts if all(word in fold(" ".join(map(str, said))) for word in words)]
        return rows.filter(pk__in=found)


def _postings(reach: Reach) -> QuerySet[Any]:
    """Posts in bodies within reach, each with the name of its body."""
    named = BodyVersion.objects.standing().filter(body=OuterRef("body")).order_by(F("valid_from").desc(nulls_last=True))
    held = Posting.objects.filter(body__in=reach.all_bodies()).select_related("reach")
    return held.annotate(body_name=Subquery(named.values("name")[:1]))


def rows(reach: Reach, today: date) -> QuerySet[Any]:
    """Officials who hold or held a post within reach, with the post they hold today."""
    held = _postings(reach).filter(ended_by=None)
    now = held.filter(in_force(today), official=OuterRef("pk")).order_by("valid_from", "pk")
    names = ("post", "body_name", "role", "valid_from")
    found = Official.objects.filter(pk__in=held.values("official")).select_related("user")
    lent = Delegation.objects.standing().filter(posting__in=held, posting__official=OuterRef("pk"), valid_to__gt=today)
    return found.annotate(**{name: Subquery(now.values(name)[:1]) for name in names}, entrusted=Exists(lent))


def _area(posting: Posting) -> str:
    """The place it reaches, by name; one that has ended by its key."""
    return tree(timezone.localdate()).names.get(posting.reach_id, posting.reach.key)


def _posts(row: Any, reach: Reach) -> Iterator[Part]:
    held = _postings(reach).filter(ended_by=None, official=row.pk).order_by("pk")
    heads = [
        gettext("Chức vụ"),
        gettext("Đơn vị"),
        gettext("Vai trò"),
        gettext("Địa bàn"),
        gettext("Từ ngày"),
        gettext("Đến hết ngày"),
    ]
    lines = [[one.post, one.body_name, one.get_role_display(), _area(one), *span(one)] for one in held]
    yield Part("posts", gettext("Vị trí công tác"), heads, lines)
    yield entrusting.entrusted(row, reach)


class PostForm(AskedForm):
    """A post: where, as what, over which area, from when."""

    body = forms.CharField(label=_("Đơn vị"), max_length=120, help_text=_("mã hoặc tên"))
    post = forms.CharField(label=_("Chức vụ"), max_length=120)
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    place = forms.CharField(label=_("Địa bàn được xem"), max_length=120, help_text=_("mã hoặc tên"))
    since = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)


class NewForm(PostForm):
    """A sign-in and a first post."""

    name = forms.CharField(label=_("Họ tên"), max_length=120)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=150)
    password = forms.CharField(
        label=_("Mật khẩu lần đầu"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    field_order = ("name", "username", "password")


class ReleaseForm(AskedForm):
    """Which post ends, and its last day."""

    posting = forms.ChoiceField(label=_("Vị trí công tác"))
    last_day = forms.DateField(label=_("Ngày cuối giữ chức vụ"))

    def prepare(self) -> None:
        open_ = _postings(self.reach).filter(ended_by=None, valid_to=None, official=self.row.pk).order_by("pk")
        self.fields["posting"].choices = [(one.pk, f"{one.post}, {one.body_name}") for one in open_]  # type: ignore[attr-defined]  # a ChoiceField


def _post_said(doing: Doing) -> dict[str, Any]:
    body, place = seat_said(doing)
    said = doing.said
    return {
        "body": body,
        "post": said["post"],
        "role": said["role"],
        "reach": place,
        "on": said["since"],
        "by": doing.by,
    }


def _create(doing: Doing) -> int:
    names = {name: doing.said[name] for name in ("username", "name", "password")}
    return create_official(**names, **_post_said(doing)).pk


def _appoint(doing: Doing) -> int:
    return appoint(official=doing.row, **_post_said(doing)).official_id


def _release(doing: Doing) -> int:
    posting = _postings(doing.reach).get(pk=doing.said["posting"])
    return release(posting, last_day=doing.said["last_day"], by=doing.by).official_id


REGISTER = Register(
    key="can-bo",
    name=_("Cán bộ"),
    about=_("Cán bộ có tài khoản và vị trí công tác. Vị trí quyết định được xem và ghi gì; hết vị trí là hết quyền."),
    sees=SEES,
    records=RECORDS,
    rows=rows,
    columns=(
        Column("name", _("Họ tên"), sort="name", width=28),
        Column("account", _("Tài khoản"), value="user.username", sort="user__username"),
        Column("post", _("Chức vụ hiện nay"), value=lambda row: row.post or gettext("không giữ chức vụ"), width=28),
        Column("body", _("Đơn vị"), value="body_name", width=36),
        Column("role", _("Vai trò"), value=lambda row: dict(Role.choices).get(row.role, ""), width=24),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
    ),
    filters=OfficialFilters,
    order="name",
    forms=(
        RegisterForm("ghi-moi", _("Ghi cán bộ mới"), "official.created", NewForm, _create),
        RegisterForm("bo-nhiem", _("Giao vị trí công tác"), "official.appointed", PostForm, _appoint, is_on_row=True),
        RegisterForm("thoi-giu", _("Thôi giữ vị trí"), "official.released", ReleaseForm, _release, is_on_row=True),
        *entrusting.FORMS,
        sign_ins.HELPS,
    ),
    parts=_posts,
    standing=lambda row, reach_of: (sign_ins.sign_in(row),) if reach_of(RECORDS) else (),
    kept=lambda key, reach: _postings(reach).filter(official=key),
    kept_columns=(
        Column("post", _("Chức vụ")),
        Column("body", _("Đơn vị"), value="body_name"),
        Column("role", _("Vai trò")),
        Column("place", _("Địa bàn"), value=_area),
        Column("since", _("Từ ngày"), "date", value="valid_from"),
        Column("until", _("Đến hết ngày"), value=lambda row: span(row)[1]),
    ),
)
