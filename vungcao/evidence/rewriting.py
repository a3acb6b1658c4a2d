"""Dated rows written anew: ended under an act, and what of them still holds written again under the same act."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from vungcao.evidence.keeping import Dated
from vungcao.evidence.models import Act

Row = TypeVar("Row", bound=Dated)


def again(row: Row, act: Act, **changes: Any) -> Row:
    """The same row to be written anew under ``act``, with changes; what is made from others (``editable=False``) is
    made again.
    """
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.editable and field.name not in ("id", "act", "ended_by")
    }
    return type(row)(act=act, **{**kept, **changes})


def close(rows: QuerySet[Any], effective: date, act: Act) -> None:
    """End the standing rows and write them again with the day as their end; one that would hold no day is not."""
    standing = list(rows.filter(ended_by=None))
    rows.model.objects.filter(pk__in=[row.pk for row in standing]).end(act)
    for row in standing:
        if row.valid_from is None or row.valid_from < effective:
            again(row, act, valid_to=effective).save()
