"""One definition of "in force": from ``valid_from``, up to but not including ``valid_to``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from django.db.models import Q


class Lasting(Protocol):
    """Whatever begins on a day."""

    valid_from: date | None


Row = TypeVar("Row", bound=Lasting)


def after_last_day(last: date | None) -> date | None:
    """First day on which a thing no longer holds, from the last day on which it does.

    Legal texts and the files in ``reference/`` name last days; this is the one place that converts them.
    """
    return None if last is None else last + timedelta(days=1)


def last_day(valid_to: date | None) -> date | None:
    """Last day in force, for showing to people; the reverse of ``after_last_day``."""
    return None if valid_to is None else valid_to - timedelta(days=1)


def holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Is ``on`` inside the validity? ``valid_from=None`` means that the start is not known."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on < valid_to)


def lives_of(rows: Iterable[Row], of: str) -> dict[int, list[Row]]:
    """Rows of what they are about (``of``: the attribute with its key), the earliest first; an unknown start comes
    first.
    """
    found: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from or date.min):
        found.setdefault(getattr(row, of), []).append(row)
    return found


def in_force(on: date, prefix: str = "") -> Q:
    """Rows in force on ``on``; ``prefix`` reaches through a key (``"place__"``)."""
    start = Q(**{f"{prefix}valid_from__lte": on}) | Q(**{f"{prefix}valid_from": None})
    end = Q(**{f"{prefix}valid_to__gt": on}) | Q(**{f"{prefix}valid_to": None})
    return start & end


def overlap(spans: Iterable[tuple[date | None, date | None]]) -> bool:
    """Do any two of the half-open spans share a day?"""
    ordered = sorted(spans, key=lambda span: span[0] or date.min)
    return any(before[1] is None or (after[0] or date.min) < before[1] for before, after in pairwise(ordered))
