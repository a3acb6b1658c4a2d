"""The short text of a reminder for a phone: at most 160 signs, the same with and without marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount, percent, unaccented
from vungcao.reports.figuring import Ledgered
from vungcao.reports.reminders.behind import Behind, Line

if TYPE_CHECKING:
    from vungcao.reports.reminders.letter import Sender

LONGEST: Final = 160
_SHORTER: Final = (
    ("Ủy ban nhân dân", "UBND"),
    ("Sở Giáo dục và Đào tạo", "Sở GDĐT"),
    ("thành phố", "TP"),
    ("Chương trình ", "CT "),
    (" tỉnh Cao Bằng", ""),
)


class TooLong(Refusal):
    """Names so long that nothing fits in one text."""

    code = "reminder.text_too_long"


def short_text(one: Behind, money: str, on: date, line: Line, sender: Sender, asked: Ledgered) -> str:
    """The text with marks; ``unaccented`` of it is as long. Its numbers are noted as the letter's are."""
    row = one.row
    who = "UBND tỉnh" if sender.by_committee else "BDT"
    until = f" trước {sender.reply_by:%d/%m}" if sender.reply_by else ""
    given = row.measures.get("given_dong")
    if one.why == "not_reported":
        must = [f"{who}: chưa nhận BC giải ngân {_short(money)} đến {on:%d/%m/%Y} của {_short(one.name)}."]
        may = [f" Vốn giao {_amount(given)}."] if isinstance(given, int) else []
        end = f" Đề nghị gửi{until}."
        measures = ["given_dong"] if may else []
    else:
        rate = percent(row.measures.get("rate"))  # type: ignore[arg-type]  # who is slow has a rate
        must = [f"{who}: {_short(one.name)} giải ngân {_short(money)} đến {on:%d/%m/%Y} đạt {rate},"]
        may = [f" dưới {_line(line)}."]
        end = f" Đề nghị đẩy nhanh, báo cáo{until}."
        measures = ["rate"]
    return _noted(_fitting(must, may, end), one, measures, given, line, asked)


def _fitting(must: Sequence[str], may: Sequence[str], end: str) -> str:
    """All that fits: what may be left out goes first."""
    for kept in range(len(may), -1, -1):
        for chosen in combinations(may, kept):
            text = "".join([*must, *chosen, end]).replace(",.", ".").replace(", Đề", ". Đề")
            if len(text) <= LONGEST:
                return text
    raise TooLong(
        _("Không rút được lời nhắn còn %(longest)s ký tự: “%(said)s”. Dùng tên gọi ngắn hơn của đơn vị.")
        % {"longest": LONGEST, "said": "".join(must)}
    )


def _noted(text: str, one: Behind, measures: list[str], given: object, line: Line, asked: Ledgered) -> str:
    """Note each number that the text really prints."""
    for measure in measures:
        printed = _amount(given) if measure == "given_dong" and isinstance(given, int) else ""
        printed = printed or percent(one.row.measures.get("rate"))  # type: ignore[arg-type]  # a rate is a Decimal
        if printed in text:
            asked.run(one.row, measure, printed)
    if line.row and one.why == "slow" and _line(line) in text:
        asked.run(line.row, "rate", _line(line))
    return text


def _line(line: Line) -> str:
    return f"bình quân tỉnh {percent(line.rate)}" if line.row else f"mức {percent(line.rate)}"


def _amount(dong: int) -> str:
    return f"{amount(dong)} trđ"


def _short(name: str) -> str:
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return name.strip()


def both(text: str) -> tuple[str, str]:
    """(with marks, without marks): what a phone that takes Vietnamese shows, and what fits one message of 160 signs."""
    return text, unaccented(text)
