"""A batch as a page: from whom, which file, which steps, and every line it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from vungcao.bodies.models import Batch, BatchEvent, BodyVersion
from vungcao.cube.codes import Codes
from vungcao.ledger.models import Entry, StatementLine


@dataclass(frozen=True)
class Written:
    """A line of a statement or an entry of a voucher, with its cell."""

    label: str
    component: str
    place: str
    dong: int
    as_of: date
    qualifier: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class HandedIn:
    """A batch and all that is said about it."""

    batch: Batch
    body: str
    events: list[BatchEvent]
    lines: list[Written]


def said(batch: Batch) -> HandedIn:
    """Everything written under one batch, in the order of its cells as written."""
    codes = Codes(timezone.localdate())
    name = BodyVersion.objects.standing().filter(body=batch.body).order_by("-valid_from").values_list("name", flat=True)
    events = batch.events.select_related("act__numbered").order_by("pk")
    return HandedIn(
        batch, name.first() or batch.body.key, list(events), [*_lines(batch, codes), *_entries(batch, codes)]
    )


def _lines(batch: Batch, codes: Codes) -> list[Written]:
    rows = StatementLine.objects.filter(statement__batch=batch).select_related("statement", "component", "place")
    return [
        Written(
            label=row.label,
            component=codes.name("component", row.component.code),
            place=codes.name("place", row.place.key),
            dong=row.disbursed_dong,
            as_of=row.statement.as_of,
            qualifier=row.qualifier,
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.order_by("pk")
    ]


def _entries(batch: Batch, codes: Codes) -> list[Written]:
    rows = Entry.objects.filter(voucher__batch=batch, account__is_contra=False)
    return [
        Written(
            label=f"{row.voucher}",
            component=codes.name("component", row.account.component.code),
            place=codes.name("place", row.account.place.key),
            dong=row.dong,
            as_of=row.voucher.dated,
            qualifier="",
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.select_related("voucher", "account__component", "account__place").order_by("pk")
    ]
