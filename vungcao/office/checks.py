"""Truths of the registers over live data: numbers run without gap or double, and a document has one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import Lag

from vungcao.bodies.queries import naming
from vungcao.kernel.refusal import Finding
from vungcao.office.models import Document, Incoming, Line, Outgoing
from vungcao.office.queries import gap

REGISTERS: tuple[type[Line], ...] = (Outgoing, Incoming)
_SERIES = ("body__key", "body_id", "series", "year")


def findings() -> Iterator[Finding]:
    """Gaps, doubles and inserted numbers of each run of numbers; answers to documents nobody recorded; lines that stand
    under another body or in the other register than their document.
    """
    for model in REGISTERS:
        yield from _gaps(model)
        yield from _doubles(model)
        yield from _inserted(model)
    for line in Outgoing.objects.standing().exclude(answers_said="").filter(answers=None).select_related("body"):
        sentence = (
            f"{_register(Outgoing)} {line.said_no}/{line.year} ghi trả lời văn bản đến “{line.answers_said}”: "
            "không tìm thấy, hoặc có hơn một."
        )
        yield Finding("office", "answer.unknown", f"{line.body.key}|out|{line.year}|{line.said_no}", sentence)
    yield from _misplaced()


def _gaps(model: type[Line]) -> Iterator[Finding]:
    """Between the lowest and the highest number recorded; an inserted number fills no gap."""
    before = Window(Lag("no"), partition_by=[F("body"), F("series"), F("year")], order_by=F("no").asc())
    rows = model._default_manager.filter(ended_by=None, suffix="").annotate(before_no=before)
    for row in rows.filter(before_no__lt=F("no") - 1).values(*_SERIES, "no", "before_no"):
        missing = gap(row["before_no"], row["no"])
        yield Finding(
            "office", "number.gap", _key(model, row, missing), f"{_run(model, row)}: không thấy số {missing}."
        )


def _doubles(model: type[Line]) -> Iterator[Finding]:
    rows = model._default_manager.filter(ended_by=None).values(*_SERIES, "no", "suffix").order_by()
    for row in rows.annotate(times=Count("pk")).filter(times__gt=1):
        said = f"{row['no']}{row['suffix']}"
        sentence = f"{_run(model, row)}: số {said} có ở {row['times']} văn bản."
        yield Finding("office", "number.double", _key(model, row, said), sentence)


def _inserted(model: type[Line]) -> Iterator[Finding]:
    rows = model._default_manager.filter(ended_by=None).exclude(suffix="")
    for row in rows.values(*_SERIES, "no", "suffix", "reason"):
        said = f"{row['no']}{row['suffix']}"
        sentence = f"{_run(model, row)}: số {said} là số chèn ({row['reason']})."
        yield Finding("office", "number.inserted", _key(model, row, said), sentence)


def _misplaced() -> Iterator[Finding]:
    for model in REGISTERS:
        lines = model._default_manager.select_related("document", "body")
        wrong = lines.exclude(body=F("document__body")) | lines.exclude(document__direction=model.DIRECTION)
        for line in wrong:
            sentence = f"Dòng số {line.pk} của {_register(model)} không đứng ở sổ của văn bản {line.document_id}."
            yield Finding("office", "line.elsewhere", f"{model.DIRECTION}|{line.pk}", sentence)
    stands = [Exists(model._default_manager.filter(ended_by=None, document=OuterRef("pk"))) for model in REGISTERS]
    for document in Document.objects.exclude(stands[0] | stands[1]):
        sentence = f"Văn bản {document.pk} không có dòng nào trong sổ."
        yield Finding("office", "document.without_line", f"{document.pk}", sentence)


def _register(model: type[Line]) -> str:
    return "Sổ văn bản đi" if model is Outgoing else "Sổ văn bản đến"


def _run(model: type[Line], row: dict[str, Any]) -> str:
    series = f", dãy {row['series']}" if row["series"] else ""
    return f"{_register(model)} năm {row['year']}{series}, {naming(row['body_id'])[0]}"


def _key(model: type[Line], row: dict[str, Any], said: str) -> str:
    return "|".join((row["body__key"], model.DIRECTION, f"{row['year']}", row["series"], said))
