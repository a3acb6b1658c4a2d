"""Pages of a long list by its keys: what comes after (or before) the last row seen, whatever the list's length."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

SIZE: Final = 50
MOST_COUNTED: Final = 10_000


@dataclass(frozen=True)
class Page:
    """``rows`` of one page in the list's order; ``before`` and ``after`` are tokens of its neighbours, if any."""

    rows: Sequence[Any]
    before: str
    after: str


def page_of(rows: QuerySet[Any], sort: str, *, after: str = "", before: str = "", size: int = SIZE) -> Page:
    """The rows after (before) the one a token names; the first page without one, or with one that says nothing.

    ``sort`` is an expression that is never null, with ``-`` in front for falling; equals stand by their keys.
    """
    falls, name = sort.startswith("-"), sort.removeprefix("-")
    backwards = not after and _read(before) is not None
    at = _read(before if backwards else after)
    down = falls != backwards
    asked = rows.annotate(sort_value=F(name)).order_by(*(("-sort_value", "-pk") if down else ("sort_value", "pk")))
    if at is not None:
        sign = "lt" if down else "gt"
        beyond = Q(**{f"sort_value__{sign}": at[0]}) | Q(sort_value=at[0], **{f"pk__{sign}": at[1]})
        try:
            found = list(asked.filter(Q(**{f"sort_value__{sign}e": at[0]}) & beyond)[: size + 1])
        except (ValueError, TypeError, OverflowError, ValidationError):  # a token of another column, or by another hand
            return page_of(rows, sort, size=size)
    else:
        found = list(asked[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_before = more if backwards else at is not None
    has_after = bool(found) if backwards else more
    return Page(
        found,
        _token(found[0]) if found and has_before else "",
        _token(found[-1]) if found and has_after else "",
    )


def counted(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows there are, and whether that is all: counting stops at ten thousand.

    Keys alone are counted: what else is asked of each row (names, flags) would be looked up ten thousand times.
    """
    found = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return min(found, MOST_COUNTED), found <= MOST_COUNTED


def _token(row: Any) -> str:
    value = row.sort_value
    said = [f"{value}" if isinstance(value, date) else value, row.pk]
    return base64.urlsafe_b64encode(json.dumps(said, ensure_ascii=False).encode()).decode().rstrip("=")


def _read(token: str) -> tuple[str | int, int] | None:
    """What a token says; None for one that we did not write. It filters within reach, so a forged one opens nothing."""
    try:
        said = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        value, pk = said
    except (ValueError, TypeError, binascii.Error):
        return None
    whole = isinstance(pk, int) and not isinstance(pk, bool) and 0 <= pk < 2**63
    return (value, pk) if whole and isinstance(value, str | int) and "\0" not in f"{value}" else None
