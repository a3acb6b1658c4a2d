"""Counts written under a batch, as lines of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.kernel.vietnamese import number
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import WHOLE
from vungcao.territory import telling


@dataclass(frozen=True)
class CountedLine:
    """One figure that is no money, with its cell."""

    name: str
    place: str
    group: str
    value: str
    unit: str
    as_of: date
    sheet: str
    cell: str


def counted(batch: Batch) -> list[CountedLine]:
    """Every observation of a batch, in the order of its cells as written."""
    rows = Observation.objects.filter(batch=batch).select_related("indicator").order_by("pk")
    return [
        CountedLine(
            name=row.indicator.name,
            place=telling.name(row.place_id, row.as_of),
            group="" if row.group == WHOLE else row.group,
            value=_value(row),
            unit=row.indicator.unit,
            as_of=row.as_of,
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows
    ]


def _value(row: Observation) -> str:
    said = number(row.numerator.normalize())
    return said if row.denominator is None else f"{said} / {number(row.denominator.normalize())}"
