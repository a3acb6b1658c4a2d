"""Pages of a long list by its keys: what comes after (or before) the last row seen, whatever the list's length."""

from __future__ import annotations

import base64
import binascii
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, F, Q, QuerySet

from vungcao.kernel.put_once import PutOnce, Word

SIZE: Final = 50
MOST_COUNTED: Final = 10_000
MOST_KEPT: Final = 256
_kept: Final[OrderedDict[Hashable, PutOnce[Any]]] = OrderedDict()


@dataclass(frozen=True)
class Page:
    """``rows`` of one page in the list's order; ``before`` and ``after`` are tokens of its neighbours, if any."""

    rows: Sequence[Any]
    before: str
    after: str


def page_of(
    rows: Callable[[], QuerySet[Any]],
    sort: str,
    *,
    after: str = "",
    before: str = "",
    size: int = SIZE,
    kept_as: Hashable = None,
) -> Page:
    """The rows after (before) the one a token names; the first page without one, or with one that says nothing.

    ``sort`` is an expression that is never null, with ``-`` in front for falling; equals stand by their keys. ``rows``
    that are the same question under the same ``kept_as`` are put together once.
    """
    falls = sort.startswith("-")
    backwards = not after and _read(before) is not None
    at = _read(before if backwards else after)
    way = sort.removeprefix("-"), falls != backwards, size
    if at is not None:
        try:
            found = _question(rows, *way, True, kept_as).ask(value=at[0], pk=at[1])
        except (ValueError, TypeError, OverflowError, ValidationError):  # a token of another column, or by another hand
            return page_of(rows, sort, size=size, kept_as=kept_as)
    else:
        found = _question(rows, *way, False, kept_as).ask()
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


def _question(
    rows: Callable[[], QuerySet[Any]], name: str, is_down: bool, size: int, is_beyond: bool, kept_as: Hashable
) -> PutOnce[Any]:
    """The rows of a page and one more, all of them or those beyond a row (its ``value`` and ``pk`` are said later)."""
    if kept_as is None:
        return _put(rows(), name, is_down, size, is_beyond)
    key = kept_as, name, is_down, size, is_beyond
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _put(rows(), name, is_down, size, is_beyond)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _put(rows: QuerySet[Any], name: str, is_down: bool, size: int, is_beyond: bool) -> PutOnce[Any]:
    asked = rows.annotate(sort_value=F(name))
    if is_beyond:
        sign = "lt" if is_down else "gt"
        value, pk = Word("value", asked.query.annotations["sort_value"].output_field), Word("pk", BigIntegerField())
        beyond = Q(**{f"sort_value__{sign}": value}) | Q(sort_value=value, **{f"pk__{sign}": pk})
        asked = asked.filter(Q(**{f"sort_value__{sign}e": value}) & beyond)
    return PutOnce(asked.order_by(*(("-sort_value", "-pk") if is_down else ("sort_value", "pk")))[: size + 1])


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
