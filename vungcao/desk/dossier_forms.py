"""Forms of a dossier: opening it, a line, money held, opinions, the signed paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.law.carrying import every_ground, told
from vungcao.law.queries import rulebook
from vungcao.ledger.dossiers.ways import way_of
from vungcao.ledger.models import Dossier, DossierKind, OpinionAsked, PlanAdjusted, Side, Taken, Verdict
from vungcao.programme.queries import FundingSources
from vungcao.ui.forms import PlainForm

MILLION = 1_000_000


class OpeningForm(PlainForm):
    """A new dossier: what it is about, when a decision is expected, the circumstances that rules turn on."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại hồ sơ"), choices=DossierKind.choices, required=False)
    title = forms.CharField(label=gettext_lazy("Tên hồ sơ"), max_length=300)
    planned_for = forms.DateField(label=gettext_lazy("Ngày dự kiến quyết định"))
    plan = forms.ChoiceField(label=gettext_lazy("Kế hoạch"), choices=PlanAdjusted.choices)
    field_changes = forms.BooleanField(label=gettext_lazy("Lĩnh vực chi thay đổi"), required=False)
    between_sessions = forms.BooleanField(label=gettext_lazy("Giữa hai kỳ họp HĐND"), required=False)
    pilot_district = forms.BooleanField(label=gettext_lazy("Huyện thí điểm"), required=False)
    devolved = forms.BooleanField(label=gettext_lazy("HĐND tỉnh đã phân cấp"), required=False)


class MoneyForm(PlainForm):
    """Money of one account, how much of it, and why something is wanted of it."""

    component = forms.CharField(label=gettext_lazy("Dự án, nội dung"), help_text=gettext_lazy("mã, ví dụ 1719.DA1"))
    body = forms.CharField(label=gettext_lazy("Đơn vị giữ vốn"), help_text=gettext_lazy("mã hoặc tên"))
    source = forms.ChoiceField(label=gettext_lazy("Nguồn vốn"))
    year = forms.IntegerField(label=gettext_lazy("Năm nguồn"), min_value=2000, max_value=2100)
    use_year = forms.IntegerField(
        label=gettext_lazy("Năm sử dụng"), min_value=2000, max_value=2100, required=False,
        help_text=gettext_lazy("để trống: năm nguồn"),
    )  # fmt: skip
    million = forms.DecimalField(
        label=gettext_lazy("Số tiền (triệu đồng)"), localize=True, max_digits=15, decimal_places=6
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.choose("source", FundingSources.all().divided)


class LineForm(MoneyForm):
    """One line of a dossier; its kind says which blocks there are, and whether a line has a ground. ``replaces`` is the
    number of the line it stands in for.
    """

    side = forms.ChoiceField(label=gettext_lazy("Khối"), choices=Side.choices)
    field = forms.CharField(
        label=gettext_lazy("Lĩnh vực chi"), required=False, help_text=gettext_lazy("để trống: không chia")
    )
    basis = forms.ChoiceField(label=gettext_lazy("Căn cứ được chuyển"), required=False)
    targets = forms.CharField(label=gettext_lazy("Chỉ tiêu bị ảnh hưởng"), max_length=500, required=False)
    paper = forms.CharField(label=gettext_lazy("Văn bản đề nghị"), max_length=60, required=False)
    paper_dated = forms.DateField(label=gettext_lazy("Ngày văn bản"), required=False)
    replaces = forms.IntegerField(
        label=gettext_lazy("Thay cho dòng số"), required=False, help_text=gettext_lazy("để trống: dòng mới")
    )

    field_order = ("side", "component", "body", "source", "year", "use_year", "field", "million", "basis", "reason")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.choose("basis", [("", "–")])

    def of(self, dossier: Dossier) -> LineForm:
        """The same form for a dossier: the blocks of its kind; grounds where money is carried over."""
        self.choose("side", [(side.value, side.label) for side in way_of(dossier.kind).sides])
        if dossier.kind == DossierKind.CARRY_OVER:
            self.choose("basis", [("", "–"), *((one.code, told(one)) for one in every_ground(rulebook()))])
        else:
            del self.fields["basis"]
        return self

    def clean_million(self) -> int:
        """Whole đồng above 0."""
        dong = Decimal(self.cleaned_data["million"]) * MILLION
        if dong <= 0:
            raise forms.ValidationError(_("Số tiền phải lớn hơn 0."))
        return int(dong)


class TakeBackForm(PlainForm):
    """A line that is taken back, and why."""

    line = forms.IntegerField(label=gettext_lazy("Rút dòng số"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)


class StepForm(PlainForm):
    """A step with a reason where it needs one, and the last day money is held."""

    until = forms.DateField(label=gettext_lazy("Giữ chỗ đến hết ngày"), required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, required=False)


class AskForm(PlainForm):
    """A body asked for its opinion."""

    body = forms.CharField(label=gettext_lazy("Cơ quan được hỏi"), help_text=gettext_lazy("mã hoặc tên"))
    asked_on = forms.DateField(label=gettext_lazy("Ngày xin ý kiến"))
    number = forms.CharField(label=gettext_lazy("Số công văn"), max_length=60, required=False)
    reply_by = forms.DateField(label=gettext_lazy("Hạn trả lời"), required=False)


class AnswerForm(PlainForm):
    """An answer, and whether it was taken up."""

    asked = forms.ModelChoiceField(label=gettext_lazy("Lần xin ý kiến"), queryset=OpinionAsked.objects.none())
    answered_on = forms.DateField(label=gettext_lazy("Ngày trả lời"))
    number = forms.CharField(label=gettext_lazy("Số công văn"), max_length=60, required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("Ý kiến"), choices=Verdict.choices)
    said = forms.CharField(label=gettext_lazy("Nội dung"), max_length=1000, required=False)
    taken = forms.ChoiceField(label=gettext_lazy("Tiếp thu"), choices=Taken.choices, required=False)
    how = forms.CharField(label=gettext_lazy("Giải trình"), max_length=1000, required=False)


class RecordForm(PlainForm):
    """The signed paper."""

    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60)
    dated = forms.DateField(label=gettext_lazy("Ngày ký"))
    decided_by = forms.CharField(label=gettext_lazy("Cơ quan quyết định"), help_text=gettext_lazy("mã hoặc tên"))
