"""The register of documents out (practice §4.8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.reach import Reach
from vungcao.desk.registers import documents as both
from vungcao.desk.registers.declaring import Column, Part, Register
from vungcao.desk.registers.filtering import FromDay, ToDay
from vungcao.kernel.vietnamese import day
from vungcao.office.models import Incoming, Outgoing
from vungcao.office.queries import flags, outgoing


class Filters(both.DocumentFilters):
    since = FromDay("dated", _("Từ ngày"))
    until = ToDay("dated", _("Đến ngày"))
    flag = both.flag_of("answer_unknown")


def _read(said: dict[str, Any]) -> None:
    """The workbook's column "trực tiếp hay phối hợp"."""
    if "is_joint" in said:
        said["is_joint"] = said["is_joint"] == "Phối hợp"


def _issued(row: Any) -> str:
    return gettext("phối hợp") if row.is_joint else gettext("trực tiếp")


LINES = both.lines_of(Outgoing, read=_read)


def _answered(row: Any, reach: Reach) -> Iterator[Part]:
    """The document in that this one answers, where it is known."""
    if row.answers_id is None:
        return
    lines = Incoming.objects.standing().filter(document=row.answers_id, body__in=reach.all_bodies())
    yield Part(
        "answers",
        gettext("Trả lời văn bản đến"),
        [gettext("Số đến"), gettext("Ngày đến"), gettext("Cơ quan gửi"), gettext("Trích yếu")],
        [[line.said_no, day(line.arrived), line.sender, line.summary] for line in lines],
    )


REGISTER = Register(
    key="van-ban-di",
    name=_("Sổ văn bản đi"),
    about=_("Số ghi như văn thư đã cấp trên phần mềm của tỉnh; đây là bản đối chiếu. Số thiếu, số trùng chỉ đánh dấu."),
    sees=both.SEES,
    records=both.RECORDS,
    rows=lambda reach, today: outgoing(reach.all_bodies()),
    columns=(
        Column("number", _("Số"), value="said_no", sort="number_key", width=8),
        Column("symbol", _("Ký hiệu"), width=14),
        Column("dated", _("Ngày văn bản"), "date", sort="dated"),
        Column("kind", _("Loại"), sort="kind"),
        Column("summary", _("Trích yếu"), width=50),
        Column("recipients", _("Nơi nhận"), width=30),
        Column("signer", _("Người ký"), sort="signer"),
        Column("unit", _("Phòng soạn"), is_wide=True),
        Column("officer", _("Chuyên viên"), is_wide=True),
        Column("urgency", _("Độ khẩn"), is_wide=True),
        Column("answers", _("Trả lời văn bản đến số"), value="answers_said", is_wide=True),
        Column("task", _("Nhiệm vụ"), is_wide=True),
        Column("is_joint", _("Ban hành"), value=_issued, is_wide=True),
        *both.NUMBER_AND_BODY,
    ),
    filters=Filters,
    order="-number",
    identity="document_id",
    forms=LINES.forms(_("Ghi văn bản đi"), "document.out"),
    flags=flags,
    parts=_answered,
    kept=lambda key, reach: Outgoing.objects.filter(document=key, body__in=reach.all_bodies()),
    profile=LINES.profile("so_van_ban_di", "document.out"),
)
