"""What the registers of documents out and in have in common: whose they are, how they are filtered and imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.models import Body, Official
from vungcao.desk.registers.declaring import AskedForm, Column, Doing, Profile
from vungcao.desk.registers.filtering import Choice, FromDay, RegisterFilters, ToDay
from vungcao.desk.registers.owning import own_bodies, own_body
from vungcao.evidence.actions import Signer
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import fold
from vungcao.office.actions import correct_document, prepare, record_document
from vungcao.office.models import Line
from vungcao.office.queries import FLAGGED
from vungcao.office.secret import refuse_secret

SEES, RECORDS = "documents.see", "documents.record"
JOINT: Final = "Phối hợp"  # of the workbook's column "trực tiếp hay phối hợp"
FLAGS: Final = {
    "gap": _("thiếu số"),
    "double": _("trùng số"),
    "inserted": _("số chèn"),
    "reserved": _("số lấy trước"),
    "cancelled": _("số đã hủy"),
    "answer_unknown": _("không rõ trả lời văn bản nào"),
    "late": _("trễ, quá hạn"),
}
BODY: Final = Column("body", _("Sổ của"), value="body_name", is_wide=True, is_kept=False, width=30)
NUMBER: Final = (
    Column("series", _("Dãy số"), is_wide=True),
    Column("state", _("Tình trạng số"), is_wide=True),
    Column("reason", _("Lý do"), is_wide=True, width=30),
)


class DocumentFilters(RegisterFilters):
    """Words, year, what is odd."""

    year = filters.NumberFilter(label=_("Năm"), min_value=1900, max_value=2200)

    def odd(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows with a flag."""
        return rows.filter(FLAGGED[value])


def _flags(*names: str) -> Choice:
    return Choice(_("Ghi chú"), [(name, FLAGS[name]) for name in names], method="odd")


class OutgoingFilters(DocumentFilters):
    since = FromDay("dated", _("Từ ngày"))
    until = ToDay("dated", _("Đến ngày"))
    flag = _flags("gap", "double", "inserted", "reserved", "cancelled", "answer_unknown")


class IncomingFilters(DocumentFilters):
    since = FromDay("arrived", _("Đến từ ngày"))
    until_day = ToDay("arrived", _("Đến hết ngày"))
    flag = _flags("late", "gap", "double", "inserted", "reserved", "cancelled")


class DocumentForm(AskedForm):
    """Fields of a line; ``body`` is the officer's own, and asked only of who has several. MẬT is there to be refused."""

    body = forms.ChoiceField(label=_("Sổ của"))
    secrecy = forms.ChoiceField(
        label=_("Độ mật"),
        choices=[("", _("Không")), ("Mật", "Mật"), ("Tối mật", "Tối mật"), ("Tuyệt mật", "Tuyệt mật")],
        required=False,
        help_text=_("Văn bản mật không ghi ở đây."),
    )

    def prepare(self) -> None:
        own = own_bodies(self.official, RECORDS)
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = list(own.items())
        if len(own) == 1 or self.row is not None:
            body.widget, body.required = forms.HiddenInput(), False

    @property
    def line(self) -> dict[str, Any]:
        """What a line says, without what only the form asks."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("body", "secrecy")}


def fields_of(model: type[Line], **more: forms.Field) -> dict[str, forms.Field]:
    """A form field for each thing a line says, labelled by its column."""
    found = {}
    for name in model.SAID:
        column: Any = model._meta.get_field(name)
        found[name] = more.get(name) or column.formfield(label=f"{column.verbose_name[0].upper()}{column.verbose_name[1:]}")
    return found


def form_of(model: type[Line]) -> type[DocumentForm]:
    """The form of a register's line, in the order in which its columns are said."""
    wide = forms.Textarea(attrs={"rows": 3})
    summary = forms.CharField(label=_("Trích yếu"), max_length=2_000, widget=wide)
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, required=False,
        help_text=_("bắt buộc với số chèn, số lấy trước, số đã hủy"),
    )  # fmt: skip
    number = forms.CharField(label=_("Số"), max_length=20, help_text=_("như văn thư cấp: 15, 15a"))
    made = fields_of(model, summary=summary, reason=reason, said_no=number)
    return type(f"{model.__name__}Form", (DocumentForm,), made)


def records(model: type[Any]) -> Callable[[Doing], int]:
    """Write a new line into the officer's own register."""

    def does(doing: Doing) -> int:
        body = own_body(doing.by, RECORDS, doing.said["body"])
        if body is None:
            raise Refusal(gettext("Chọn sổ của cơ quan mình."), field="body")
        return int(record_document(_line(model, doing.said), body=body, by=doing.by).document_id)

    return does


def corrects(model: type[Any]) -> Callable[[Doing], int]:
    """Write a line in the place of the one that was seen."""

    def does(doing: Doing) -> int:
        line = _line(model, doing.said)
        found = correct_document(line, document=doing.row.document, seen=doing.seen, by=doing.by)
        return int(found.document_id)

    return does


def _line(model: type[Any], said: Mapping[str, Any]) -> Any:
    refuse_secret([said.get("secrecy", "")])
    return model(**{name: said[name] for name in model.SAID})


def is_own(row: Any, official: Official) -> bool:
    """Is it a line of the officer's own register? Others he only sees."""
    return row.body_id in own_bodies(official, RECORDS)


def profile_of(model: type[Any], rules: str) -> Profile:
    """How lines of a clerk's workbook become lines of a register: one of the same number is the same document."""
    choices = {
        name: {f"{label}": value for value, label in model._meta.get_field(name).choices}
        for name in model.SAID
        if model._meta.get_field(name).choices
    }

    def line(values: Mapping[str, Any]) -> Any:
        said = {name: choices[name][value] if name in choices and value else value for name, value in values.items()}
        if said.get("is_joint"):
            said["is_joint"] = said["is_joint"] == JOINT
        return model(**{name: value for name, value in said.items() if value is not None})

    def write(row: Any, *, body: Body, by: Signer, standing: Any) -> Any:
        if standing is None:
            return record_document(row, body=body, by=by)
        return correct_document(row, document=standing.document, seen=standing.pk, by=by)

    return Profile(
        rules=rules,
        line=line,
        prepare=prepare,
        mark=lambda row: (fold(row.series), row.year, row.no, row.suffix),
        said=lambda row: row.said(),
        standing=lambda body: model.objects.standing().filter(body=body).select_related("document"),
        write=write,
        verb=f"document.{model.DIRECTION}_imported",
    )
