"""Verbs of the office: record a document as the clerk numbered it, correct what was recorded."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.evidence.actions import Signer, acting, record
from vungcao.evidence.seen import end_as_seen
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, fold, nfc
from vungcao.office import numbers
from vungcao.office.models import Document, Incoming, Line, NumberState, Outgoing
from vungcao.office.queries import documents_in_called
from vungcao.office.secret import refuse_secret

L = TypeVar("L", Outgoing, Incoming)
PERSONAL: Final = frozenset({"signer", "officer", "instructed_by"})  # never in an audit row


class NeedsReason(Refusal):
    """A number that is inserted, reserved or cancelled without saying why."""

    code = "document.needs_reason"


class NothingChanged(Refusal):
    """A correction that says what stands already."""

    code = "document.nothing_changed"


def record_document(line: L, *, body: Body, by: Signer) -> L:
    """Write a line, given unsaved, as a new document of the body's register.

    A number that another document bears, that leaves a gap or is inserted is recorded as given; lists and checks flag
    it. Raises ``Secret``, ``NotANumber``, ``NeedsReason``, ``Refusal`` for days the wrong way round.
    """
    prepare(line)
    with acting(f"document.{line.DIRECTION}_recorded", by=by) as act:
        line.document = Document.objects.create(act=act, body=body, direction=line.DIRECTION)
        _write(line, body, act)
        record(act, line.document, after=_open(line.said()))
    return line


def correct_document(line: L, *, standing: L, seen: int, by: Signer, reason: str = "") -> L:
    """Write a line that takes the place of the one that was ``seen`` (its key); ``standing`` says of which document.

    Raises as ``record_document``; ``Overtaken`` where another stands meanwhile; ``NothingChanged``.
    """
    prepare(line)
    document = standing.document
    with acting(f"document.{line.DIRECTION}_corrected", by=by, reason=reason) as act:
        before = end_as_seen(type(line), seen, act)
        if before.document_id != document.pk:
            raise ValueError(f"line {seen} is not of document {document.pk}")
        line.document = document
        _write(line, document.body, act)
        changed = {name for name, value in line.said().items() if value != getattr(before, name)}
        if not changed and _answered(line) == _answered(before):
            raise NothingChanged(_("Không có gì khác với bản đang có, nên không ghi lần sửa nào."))
        old = {name: getattr(before, name) for name in changed}
        new = {name: getattr(line, name) for name in changed}
        record(act, document, before=_open(old), after=_open(new))
    return line


def prepare(line: Line) -> None:
    """Read the number, tidy the words, find what is answered; nothing is written. Raises the refusals of a line."""
    for field in line._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and isinstance(getattr(line, field.name), str):
            setattr(line, field.name, nfc(getattr(line, field.name)))
    refuse_secret(value for value in line.said().values() if isinstance(value, str))
    number = numbers.read(line.said_no)
    if isinstance(line, Outgoing):
        line.symbol = line.symbol or number.symbol
        counted = line.dated
    else:
        assert isinstance(line, Incoming)
        counted = line.arrived
        if line.due is not None and line.due < line.arrived:
            raise Refusal(
                _("Hạn %(due)s đứng trước ngày đến %(arrived)s.")
                % {"due": day(line.due), "arrived": day(line.arrived)},
                field="due",
            )
    if (number.suffix or line.state != NumberState.USED) and not line.reason:
        raise NeedsReason(_("Số chèn, số lấy trước, số đã hủy phải ghi lý do."), field="reason")
    line.said_no = line.said_no.partition("/")[0].strip()
    line.year, line.no, line.suffix = counted.year, number.no, number.suffix
    line.number_key = numbers.key(line.year, line.series, number)
    words = (value for value in line.said().values() if isinstance(value, str))
    line.folded = fold(" ".join((f"{line.said_no}/{line.year}", *words)))


def _write(line: Line, body: Body, act: Any) -> None:
    line.act, line.body = act, body
    if isinstance(line, Outgoing) and line.answers_said:
        found = documents_in_called(line.answers_said, body.pk, line.year)
        line.answers_id = found[0] if len(found) == 1 else None
    line.save()


def _answered(line: Line) -> int | None:
    return line.answers_id if isinstance(line, Outgoing) else None


def _open(said: dict[str, Any]) -> dict[str, Any]:
    """What an audit row may say: days as text, names of persons left out, though not that they changed."""
    return {
        name: ("…" if value else "") if name in PERSONAL else f"{value}" if isinstance(value, date) else value
        for name, value in said.items()
    }
