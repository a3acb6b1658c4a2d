"""Forms of plans: two versions to compare, a series, a plan as signed, a target of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.desk.questions import programmes
from vungcao.programme.models import PlanKind, PlanVersion, Qualifier
from vungcao.ui.forms import PageQuestion, PlainForm

KINDS = [(one.value, one.label) for one in (PlanKind.ANNUAL, PlanKind.FIVE_YEAR)]


def label(plan: PlanVersion) -> str:
    """``1719 · Kế hoạch năm 2024 · 12/QĐ-UBND (bản 2)``, and where the paper has no number, its kind alone."""
    number = f" · {plan.number}" if plan.number else ""
    edition = f"({_('bản')} {plan.version})"
    return f"{plan.programme.code} · {_(plan.get_kind_display())} {plan.span} · {plan.place.key}{number} {edition}"


class CompareForm(PageQuestion):
    """Two versions, the earlier first; whether rows that did not change are shown."""

    a = forms.ChoiceField(label=gettext_lazy("Bản A (trước)"))
    b = forms.ChoiceField(label=gettext_lazy("Bản B (sau)"))
    changed = forms.BooleanField(label=gettext_lazy("Chỉ hiện chỗ thay đổi"), required=False)

    def __init__(self, plans: Iterable[PlanVersion], data: Any) -> None:
        super().__init__(data)
        choices = [("", _("chọn một bản")), *((f"{one.pk}", label(one)) for one in plans)]
        self.choose("a", choices)
        self.choose("b", choices)


class SeriesForm(PageQuestion):
    """Which programme's series, for which place."""

    ma = forms.ChoiceField(label=gettext_lazy("Chương trình"))
    place = forms.CharField(label=gettext_lazy("Địa bàn"), required=False, help_text=gettext_lazy("mã; để trống: tỉnh"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.choose("ma", [one for one in programmes() if one[0]])


class PlanForm(PlainForm):
    """A plan version as its paper prints it."""

    programme = forms.ChoiceField(label=gettext_lazy("Chương trình"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=KINDS)
    first_year = forms.IntegerField(label=gettext_lazy("Từ năm"), min_value=2000, max_value=2100, localize=False)
    last_year = forms.IntegerField(label=gettext_lazy("Đến năm"), min_value=2000, max_value=2100, localize=False)
    place = forms.CharField(label=gettext_lazy("Địa bàn"), help_text=gettext_lazy("mã hoặc tên"))
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60)
    dated = forms.DateField(label=gettext_lazy("Ngày ký"))
    signer = forms.CharField(label=gettext_lazy("Người ký (chức vụ)"), max_length=120, required=False)
    supersedes = forms.ChoiceField(label=gettext_lazy("Thay cho"), required=False)
    lines = forms.CharField(
        label=gettext_lazy("Dòng vốn"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("mỗi dòng: mã; nguồn vốn; năm; triệu đồng. Ví dụ 1719.DA1; dau_tu:NSTW; 2024; 12.000"),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=500, required=False)

    def __init__(self, plans: Iterable[PlanVersion], data: Any = None) -> None:
        super().__init__(data)
        self.choose("programme", [one for one in programmes() if one[0]])
        self.choose("supersedes", [("", _("không thay bản nào")), *((f"{one.pk}", label(one)) for one in plans)])


class TargetForm(PlainForm):
    """A target of the plan shown; ``replaces`` is the number of the one it stands in for."""

    code = forms.CharField(
        label=gettext_lazy("Mã chỉ tiêu"), max_length=20,
        help_text=gettext_lazy("ví dụ T02; cùng mã ở hai bản là cùng một chỉ tiêu"),
    )  # fmt: skip
    component = forms.CharField(label=gettext_lazy("Dự án, nội dung"), help_text=gettext_lazy("mã, ví dụ 1719.DA1"))
    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=500)
    said = forms.CharField(
        label=gettext_lazy("Mức như văn bản ghi"), max_length=80,
        help_text=gettext_lazy("ví dụ trên 3 điểm phần trăm một năm"),
    )  # fmt: skip
    qualifier = forms.ChoiceField(label=gettext_lazy("Mức độ"), choices=Qualifier.choices, required=False)
    value = forms.CharField(
        label=gettext_lazy("Con số"), max_length=20, required=False, help_text=gettext_lazy("để trống nếu mức bằng lời")
    )
    value_to = forms.CharField(label=gettext_lazy("Đến con số"), max_length=20, required=False)
    unit = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=40, required=False)
    year = forms.CharField(
        label=gettext_lazy("Năm, giai đoạn"), max_length=9, required=False,
        help_text=gettext_lazy("để trống: của kế hoạch"),
    )  # fmt: skip
    numerator = forms.CharField(label=gettext_lazy("Tử số"), max_length=300, required=False)
    denominator = forms.CharField(label=gettext_lazy("Mẫu số"), max_length=300, required=False)
    cites = forms.CharField(label=gettext_lazy("Mục, biểu trong văn bản"), max_length=300, required=False)
    replaces = forms.IntegerField(
        label=gettext_lazy("Thay cho chỉ tiêu số"), required=False, help_text=gettext_lazy("để trống: chỉ tiêu mới")
    )


class TargetBackForm(PlainForm):
    """A target taken back, and why."""

    target = forms.IntegerField(label=gettext_lazy("Rút chỉ tiêu số"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)
