"""What the registers of documents out and in have in common."""

from __future__ import annotations

from typing import Any, Final

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vungcao.desk.registers.declaring import Column
from vungcao.desk.registers.filtering import Choice, RegisterFilters
from vungcao.desk.registers.lines import LineForm, Lines
from vungcao.kernel.vietnamese import fold
from vungcao.office.actions import correct_document, prepare, record_document
from vungcao.office.queries import FLAG_WORDS, FLAGGED, ODD_NUMBERS, body_name
from vungcao.office.secret import refuse_secret

SEES, RECORDS = "documents.see", "documents.record"
NUMBER_AND_BODY: Final = (
    Column("series", _("Dãy số"), is_wide=True),
    Column("state", _("Tình trạng số"), is_wide=True),
    Column("reason", _("Lý do"), is_wide=True, width=30),
    Column("body", _("Sổ của"), value=body_name, is_wide=True, is_kept=False, width=30),
)


class DocumentFilters(RegisterFilters):
    """Words, year; what is odd is chosen with ``flag_of``."""

    year = filters.NumberFilter(label=_("Năm"), min_value=1900, max_value=2200)

    def odd(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows with a flag."""
        return rows.filter(FLAGGED[value])


def flag_of(special: str) -> Choice:
    """The filter by flag: those of every register, and the one of this."""
    return Choice(_("Ghi chú"), [(code, FLAG_WORDS[code]) for code in (special, *ODD_NUMBERS)], method="odd")


class DocumentForm(LineForm):
    """MẬT is there to be refused: whoever has such a paper is told at once that it is not for here."""

    secrecy = forms.ChoiceField(
        label=_("Độ mật"),
        choices=[("", _("Không")), ("Mật", "Mật"), ("Tối mật", "Tối mật"), ("Tuyệt mật", "Tuyệt mật")],
        required=False,
        help_text=_("Văn bản mật không ghi ở đây."),
    )


def lines_of(model: type[Any], **more: Any) -> Lines:
    """Lines of one of the registers; one of the same number is the same document."""
    return Lines(
        model=model,
        records=RECORDS,
        form=DocumentForm,
        fields={
            "said_no": forms.CharField(label=_("Số"), max_length=20, help_text=_("như văn thư cấp: 15, 15a")),
            "summary": forms.CharField(label=_("Trích yếu"), max_length=2_000, widget=forms.Textarea({"rows": 3})),
            "reason": forms.CharField(
                label=_("Lý do"), max_length=300, required=False, help_text=_("cho số chèn, lấy trước, hủy")
            ),
        },
        record=record_document,
        correct=correct_document,
        prepare=prepare,
        mark=lambda row: (fold(row.series), row.year, row.no, row.suffix),
        refuse=lambda said: refuse_secret([said["secrecy"]]),
        **more,
    )
