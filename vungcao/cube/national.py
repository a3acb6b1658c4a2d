"""The average of the whole country as somebody published it: an entered figure with its source, never worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from vungcao.cube.question import FigureQuery
from vungcao.monitoring.queries import WHOLE, observed

NAME: Final = "national_disbursement"  # the indicator; its group is the programme
NOWHERE: Final = "bình quân cả nước: chưa có số liệu được ghi vào hệ thống"


@dataclass(frozen=True)
class National:
    """Per cent as published, the day it stands at, the words of degree it came with, and the id that asks for it."""

    rate: Decimal
    as_of: date
    qualifier: str
    id: str


def national(query: FigureQuery) -> National | None:
    """The latest average of the country up to the day, of the same programme and year of use; ``None``: not entered."""
    group, year = query.programme or WHOLE, f"{query.year_use}"
    rows = observed(NAME, query.on, query.known, query.state, period=year).rows
    found = max((row for row in rows if row.group == group), key=lambda row: row.as_of, default=None)
    if found is None or found.rate is None:
        return None
    asked = FigureQuery(NAME, query.on, known=query.known, year=query.year_use, group=group, state=query.state)
    rate = found.rate.quantize(Decimal(1)) if found.rate == found.rate.to_integral_value() else found.rate.normalize()
    return National(rate, found.as_of, ", ".join(found.qualifiers), asked.id)
