"""One definition of "in force": from ``valid_from``, up to but not including ``valid_to``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q


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


def in_force(on: date, prefix: str = "") -> Q:
    """Rows in force on ``on``; ``prefix`` reaches through a key (``"place__"``)."""
    start = Q(**{f"{prefix}valid_from__lte": on}) | Q(**{f"{prefix}valid_from": None})
    end = Q(**{f"{prefix}valid_to__gt": on}) | Q(**{f"{prefix}valid_to": None})
    return start & end


class Edges:
    """The days on which some of many things begins, or no longer holds: between two of them all days are alike."""

    def __init__(self, spans: Iterable[tuple[date | None, date | None]]) -> None:
        self._days = sorted({day for span in spans for day in span if day is not None})

    def since(self, on: date) -> date:
        """The first of the days that are as ``on`` is."""
        place = bisect_right(self._days, on)
        return self._days[place - 1] if place else date.min


def overlap(spans: Iterable[tuple[date | None, date | None]]) -> bool:
    """Do any two of the half-open spans share a day?"""
    ordered = sorted(spans, key=lambda span: span[0] or date.min)
    return any(before[1] is None or (after[0] or date.min) < before[1] for before, after in pairwise(ordered))
