"""A reporting period as a value: ``2021``, ``2021-Q3``, ``2021-H1``, ``2021-11``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_SHAPE: Final = re.compile(
    r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?"
)


@dataclass(frozen=True, order=True)
class Period:
    """First and last day of a period, both inside it. Source of the codes: the commands' contract."""

    first: date
    last: date
    code: str

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a code; raises ``ValueError`` with a Vietnamese sentence for anything else."""
        found = _SHAPE.fullmatch(code.strip().upper())
        if not found:
            raise ValueError(f"Kỳ {code!r} không đọc được: viết 2021, 2021-Q3, 2021-H1 hoặc 2021-11.")
        year = int(found["year"])
        if found["quarter"]:
            start, end = 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"])
        elif found["half"]:
            start, end = 6 * int(found["half"]) - 5, 6 * int(found["half"])
        elif found["month"]:
            start = end = int(found["month"])
        else:
            start, end = 1, 12
        return cls(date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1]), code.strip().upper())

    def __str__(self) -> str:
        year = f"{self.first.year}"
        if "Q" in self.code:
            return f"quý {self.code[-1]} năm {year}"
        if "H" in self.code:
            return f"6 tháng {'đầu' if self.code[-1] == '1' else 'cuối'} năm {year}"
        return f"tháng {self.first.month} năm {year}" if "-" in self.code else f"năm {year}"


def month_end_before(day: date) -> date:
    """The last month-end at or before ``day``: 30/11 → 30/11, 15/11 → 31/10."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return day
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, calendar.monthrange(year, month)[1])
