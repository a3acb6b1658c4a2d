"""The register of documents in (practice §4.8.2): when each is due, what answered it, how late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers.declaring import Column, Part, Register, RegisterForm
from vungcao.desk.registers.documents import (
    BODY,
    NUMBER,
    RECORDS,
    SEES,
    IncomingFilters,
    corrects,
    form_of,
    is_own,
    profile_of,
    records,
)
from vungcao.kernel.vietnamese import day
from vungcao.office.models import Incoming, Outgoing
from vungcao.office.queries import delay, flags, incoming

FORM = form_of(Incoming)


def _answers(row: Any, reach: Reach) -> Iterator[Part]:
    """The documents out that answer this one."""
    lines = Outgoing.objects.standing().filter(answers=row.document_id, body__in=reach.all_bodies()).order_by("dated")
    yield Part(
        "answers",
        said("Văn bản trả lời"),
        [said("Số"), said("Ngày văn bản"), said("Trích yếu")],
        [[f"{line.said_no}/{line.symbol}".rstrip("/"), day(line.dated), line.summary] for line in lines],
        said("Chưa có văn bản đi nào trong sổ ghi trả lời văn bản này."),
    )


def _result(row: Any) -> str:
    return f"{row.answered_no}/{row.answered_symbol}".rstrip("/") if row.answered_no else ""


REGISTER = Register(
    key="van-ban-den",
    name=_("Sổ văn bản đến"),
    about=_("Số đến ghi như văn thư đã cấp. Kết quả là văn bản đi trong sổ ghi trả lời văn bản này; trễ tính theo ngày lịch."),
    sees=SEES,
    records=RECORDS,
    rows=lambda reach, today: incoming(reach.all_bodies(), today),
    columns=(
        Column("number", _("Số đến"), value="said_no", sort="number_key", width=8),
        Column("arrived", _("Ngày đến"), "date", sort="arrived"),
        Column("sender", _("Cơ quan gửi"), sort="sender", width=30),
        Column("their_number", _("Số, ký hiệu")),
        Column("summary", _("Trích yếu"), width=50),
        Column("unit", _("Phòng xử lý"), sort="unit"),
        Column("due", _("Hạn"), "date"),
        Column("result", _("Kết quả"), value=_result, is_kept=False),
        Column("delay", _("Trễ (ngày)"), "number", value=lambda row: delay(row, timezone.localdate()) or None,
               is_kept=False),
        Column("dated", _("Ngày văn bản"), "date", is_wide=True),
        Column("instructed_by", _("Người bút phê"), is_wide=True),
        Column("instruction", _("Bút phê"), is_wide=True, width=40),
        *NUMBER,
        BODY,
    ),  # fmt: skip
    filters=IncomingFilters,
    order="-number",
    identity="document_id",
    forms=(
        RegisterForm("ghi-moi", _("Ghi văn bản đến"), "document.in_recorded", FORM, records(Incoming)),
        RegisterForm(
            "sua", _("Sửa dòng này"), "document.in_corrected", FORM, corrects(Incoming), is_on_row=True,
            initial=Incoming.said, fits=is_own,
        ),
    ),  # fmt: skip
    flags=flags,
    parts=_answers,
    kept=lambda key, reach: Incoming.objects.filter(document=key, body__in=reach.all_bodies()),
    profile=profile_of(Incoming, "so_van_ban_den"),
)
