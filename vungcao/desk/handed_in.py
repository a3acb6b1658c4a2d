"""A batch as a page: from whom, which file, which steps, and every line it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch, BatchEvent
from vungcao.bodies.queries import naming
from vungcao.cube.codes import Codes
from vungcao.desk.story import Story, story
from vungcao.ledger.models import Entry, Opening, Statement, StatementLine, Unspent, Voucher


@dataclass(frozen=True)
class Written:
    """A line of a statement or an entry of a voucher, with its cell."""

    label: str
    component: str
    source: str
    place: str
    dong: int
    as_of: date
    qualifier: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Record:
    """A voucher or statement that the batch wrote, with its page; ``note`` says what became of it."""

    word: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class HandedIn:
    """A batch and all that is said about it."""

    batch: Batch
    body: str
    events: list[BatchEvent]
    lines: list[Written]
    records: list[Record]
    story: Story


def said(batch: Batch) -> HandedIn:
    """Everything written under one batch, in the order of its cells as written."""
    codes = Codes(timezone.localdate())
    events = list(batch.events.select_related("act__numbered").order_by("pk"))
    lines = [written for told in (_lines, _entries, _openings, _unspent) for written in told(batch, codes)]
    told = story([(Batch._meta.label, batch.pk)], {batch.act_id, *(event.act_id for event in events)})
    return HandedIn(batch, naming(batch.body_id)[0], events, lines, _records(batch), told)


def _records(batch: Batch) -> list[Record]:
    """Vouchers, then statements, in the order of writing."""
    vouchers = Voucher.objects.filter(batch=batch).select_related("reversed_by").order_by("pk")
    statements = Statement.objects.filter(batch=batch).select_related("superseded_by").order_by("pk")
    told = [(f"{one}", "desk:voucher", one.pk, _("đã ghi đảo") if _has(one, "reversed_by") else "") for one in vouchers]
    told += [
        (f"{one}", "desk:statement", one.pk, _("đã có bản thay") if _has(one, "superseded_by") else "")
        for one in statements
    ]
    return [Record(word, reverse(name, args=[key]), note) for word, name, key, note in told]


def _has(row: Voucher | Statement, name: str) -> bool:
    return getattr(row, name, None) is not None


def _lines(batch: Batch, codes: Codes) -> list[Written]:
    rows = StatementLine.objects.filter(statement__batch=batch).select_related(
        "statement", "component", "source", "place"
    )
    return [
        Written(
            label=row.label,
            component=codes.short_name("component", row.component.code),
            source=codes.name("source", row.source.code),
            place=codes.name("place", row.place.key),
            dong=row.disbursed_dong,
            as_of=row.statement.as_of,
            qualifier=row.qualifier,
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.select_related("statement", "component", "source", "place").order_by("pk")
    ]


def _entries(batch: Batch, codes: Codes) -> list[Written]:
    rows = Entry.objects.filter(voucher__batch=batch, account__is_contra=False).order_by("pk")
    return [
        Written(
            label=f"{row.voucher}",
            component=codes.short_name("component", row.account.component.code),
            source=codes.name("source", row.account.source.code),
            place=codes.name("place", row.account.place.key),
            dong=row.dong,
            as_of=row.voucher.dated,
            qualifier="",
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.select_related("voucher", "account__component", "account__source", "account__place").order_by(
            "pk"
        )
    ]


def _openings(batch: Batch, codes: Codes) -> list[Written]:
    rows = Opening.objects.filter(batch=batch).select_related("component", "source", "place", "from_body")
    return [
        Written(
            label=_("Số đã chi nhận bàn giao từ %(body)s") % {"body": codes.name("body", row.from_body.key)},
            component=codes.short_name("component", row.component.code),
            source=codes.name("source", row.source.code),
            place=codes.name("place", row.place.key),
            dong=row.dong,
            as_of=row.dated,
            qualifier="",
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.order_by("pk")
    ]


def _unspent(batch: Batch, codes: Codes) -> list[Written]:
    rows = Unspent.objects.filter(batch=batch).select_related("component", "source", "place")
    return [
        Written(
            label=_("Chưa giải ngân: %(why)s") % {"why": in_words(row)},
            component=codes.short_name("component", row.component.code),
            source=codes.name("source", row.source.code),
            place=codes.name("place", row.place.key),
            dong=row.dong,
            as_of=row.as_of,
            qualifier="",
            sheet=row.sheet,
            cell=row.cell,
        )
        for row in rows.order_by("pk")
    ]


def in_words(row: Unspent) -> str:
    """Cause, what is proposed and who can resolve it, as far as they are said."""
    told = [row.get_cause_display()]
    told += [row.get_proposal_display()] if row.proposal else []
    told += [row.get_resolver_display()] if row.resolver else []
    return "; ".join(_(word) for word in told)
