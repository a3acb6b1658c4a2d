"""The register of documents in (practice §4.8.2): when each is due, what answered it, how late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers import documents as both
from vungcao.desk.registers.declaring import Column, Part, Register
from vungcao.desk.registers.filtering import FromDay, ToDay
from vungcao.evidence.moment import today
from vungcao.kernel.vietnamese import day
from vungcao.office.models import Incoming, Outgoing
from vungcao.office.queries import delay, flags, incoming


class Filters(both.DocumentFilters):
    since = FromDay("arrived", _("Đến từ ngày"))
    to = ToDay("arrived", _("Đến hết ngày"))
    flag = both.flag_of("late")


LINES = both.lines_of(Incoming)


def _answers(row: Any, reach: Reach) -> Iterator[Part]:
    """The documents out that answer this one."""
    lines = Outgoing.objects.standing().filter(answers=row.document_id, body__in=reach.all_bodies()).order_by("dated")
    yield Part(
        "answers",
        gettext("Văn bản trả lời"),
        [gettext("Số"), gettext("Ngày văn bản"), gettext("Trích yếu")],
        [[f"{line.said_no}/{line.symbol}".rstrip("/"), day(line.dated), line.summary] for line in lines],
        gettext("Chưa có văn bản đi nào trong sổ ghi trả lời văn bản này."),
    )


def _result(row: Any) -> str:
    return (row.answered_by or "").rstrip("/")


REGISTER = Register(
    key="van-ban-den",
    name=_("Sổ văn bản đến"),
    about=_("Số đến ghi như văn thư đã cấp. Kết quả là văn bản đi ghi trả lời văn bản này; trễ tính theo ngày lịch."),
    sees=both.SEES,
    records=both.RECORDS,
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
        Column(
            "delay",
            _("Trễ (ngày)"),
            "number",
            value=lambda row: delay(row, today()) or None,
            is_kept=False,
        ),
        Column("dated", _("Ngày văn bản"), "date", is_wide=True),
        Column("instructed_by", _("Người bút phê"), is_wide=True),
        Column("instruction", _("Bút phê"), is_wide=True, width=40),
        *both.NUMBER_AND_BODY,
    ),
    filters=Filters,
    order="-number",
    identity="document_id",
    forms=LINES.forms(_("Ghi văn bản đến"), "document.in"),
    flags=flags,
    parts=_answers,
    kept=lambda key, reach: Incoming.objects.filter(document=key, body__in=reach.all_bodies()),
    profile=LINES.profile("so_van_ban_den", "document.in"),
)
