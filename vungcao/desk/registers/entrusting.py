"""Posts that others act in for some days, on an official's page: what stands, and the forms that give and take back."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies import delegating
from vungcao.bodies.models import Delegation, DelegationKind, Official, Posting
from vungcao.bodies.queries import tree
from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import AskedForm, Doing, Part, RegisterForm
from vungcao.desk.registers.staff import span
from vungcao.kernel.refusal import Refusal


def _ahead(reach: Reach) -> QuerySet[Posting]:
    """Posts in bodies within reach that are held today or later."""
    ends = Q(valid_to=None) | Q(valid_to__gt=timezone.localdate())
    return Posting.objects.standing().filter(ends, body__in=reach.all_bodies()).order_by("pk")


def _standing(reach: Reach) -> QuerySet[Delegation]:
    """Delegations of such posts that are not over."""
    mine = Delegation.objects.standing().filter(posting__in=_ahead(reach), valid_to__gt=timezone.localdate())
    return mine.select_related("posting__official", "deputy").order_by("valid_from", "pk")


def _post(posting: Posting) -> str:
    return f"{posting.post}, {tree(timezone.localdate()).names.get(posting.body_id, '')}".strip(", ")


class DelegateForm(AskedForm):
    """Which post, who acts in it, from when until when, by which paper."""

    posting = forms.ChoiceField(label=_("Vị trí công tác"))
    deputy = forms.CharField(label=_("Người làm thay"), max_length=150, help_text=_("tên đăng nhập"))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=[(one.value, _(one.label)) for one in DelegationKind])
    first = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    last = forms.DateField(label=_("Đến hết ngày"))
    cites = forms.CharField(label=_("Theo văn bản"), max_length=300)

    def prepare(self) -> None:
        held = _ahead(self.reach).filter(official=self.row.pk)
        self.choose("posting", [(one.pk, _post(one)) for one in held])


class TakeBackForm(AskedForm):
    """Which one, and the last day on which the deputy acts."""

    delegation = forms.ChoiceField(label=_("Ủy quyền"))
    last = forms.DateField(label=_("Ngày làm thay cuối cùng"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Lý do"), max_length=200)

    def prepare(self) -> None:
        held = _standing(self.reach).filter(posting__official=self.row.pk)
        said = [(one.pk, f"{one.deputy.name}: {_post(one.posting)}, {' – '.join(span(one))}") for one in held]
        self.choose("delegation", said)


def _give(doing: Doing) -> int:
    said = doing.said
    deputy = Official.objects.filter(user__username=said["deputy"], postings__in=_ahead(doing.reach)).first()
    if deputy is None:
        raise Refusal(gettext("Không có cán bộ nào trong phạm vi của bạn với tên đăng nhập này."), field="deputy")
    delegating.delegate(
        Posting.objects.get(pk=said["posting"]), to=deputy, kind=said["kind"], first=said["first"],
        last=said["last"], cites=said["cites"], by=doing.by,
    )  # fmt: skip
    key: int = doing.row.pk
    return key


def _take_back(doing: Doing) -> int:
    held = _standing(doing.reach).filter(pk=doing.said["delegation"]).first()
    if held is None:
        raise delegating.NotDelegated(gettext("Ủy quyền này vừa được người khác lấy lại hoặc ghi lại."))
    delegating.take_back(held, last=doing.said["last"], by=doing.by)
    key: int = doing.row.pk
    return key


def entrusted(row: Any, reach: Reach) -> Part:
    """Who acts in his posts, and in whose posts he acts, within the asker's reach."""
    found = _standing(reach).filter(Q(posting__official=row.pk) | Q(deputy=row.pk))
    heads = [
        gettext("Vị trí công tác"),
        gettext("Người giữ"),
        gettext("Người làm thay"),
        gettext("Hình thức"),
        gettext("Từ ngày"),
        gettext("Đến hết ngày"),
        gettext("Theo văn bản"),
    ]
    lines = [
        [
            _post(one.posting),
            one.posting.official.name,
            one.deputy.name,
            gettext(one.get_kind_display()),
            *span(one),
            one.cites,
        ]
        for one in found
    ]
    return Part("entrusted", gettext("Ủy quyền, giao phụ trách"), heads, lines, empty=gettext("Không có ai làm thay."))


FORMS: Final = (
    RegisterForm("uy-quyen", _("Ủy quyền, giao phụ trách"), "post.delegated", DelegateForm, _give, is_on_row=True,
                 offers=lambda row: bool(row.post)),
    RegisterForm("lay-lai", _("Lấy lại ủy quyền"), "post.taken_back", TakeBackForm, _take_back, is_on_row=True,
                 offers=lambda row: row.entrusted),
)  # fmt: skip
