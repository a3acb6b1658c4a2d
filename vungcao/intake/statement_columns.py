"""The columns of a table of disbursement: what each counts, until when, of which money; and which only compare."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungcao.intake.facets import Facets, facets_of
from vungcao.intake.profile import Bound
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.models import Basis, Measure

_DAY: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\b")
_MONTH: Final = re.compile(r"thang (\d{1,2})\b")


@dataclass(frozen=True)
class Said:
    """A column of amounts: what it counts, its basis, the day it is about, and the money that its head names."""

    bound: Bound
    measure: Measure
    basis: Basis
    on: date
    facets: Facets

    @property
    def cut(self) -> tuple[str, str, str]:
        """How it cuts the money: kind, level, origin (with its years); ``*`` where it does not."""
        origin = self.facets.origin or NOT_DIVIDED
        return self.facets.kind, self.facets.level, f"{origin}{self.facets.years or ''}" if self.facets.origin else "*"

    @property
    def is_total(self) -> bool:
        return self.cut == (NOT_DIVIDED, NOT_DIVIDED, NOT_DIVIDED)


def facets_under(bound: Bound, head: str) -> Facets:
    """Facets of a column: its head's, and the kind that its rule fixes."""
    said = facets_of(head)
    kind = bound.rule.source.partition(":")[0]
    if kind in ("", NOT_DIVIDED):
        return said
    return Facets(kind, said.level, said.origin, said.years, said.is_range)


def estimated_until(head: str, as_of: date, year: int) -> date | None:
    """The day that an estimate's head is about; ``None`` where it says none that there is."""
    explicit = _DAY.search(head)
    if explicit:
        day, month = int(explicit[1]), int(explicit[2])
        said = int(explicit[3]) if explicit[3] else year + 1 if "nam sau" in head or month == 1 else year
        try:
            return date(said, month, day)
        except ValueError:
            return None
    if "thang sau" in head:
        return _end(as_of.year + as_of.month // 12, as_of.month % 12 + 1)
    named = _MONTH.search(head)
    if named and 1 <= int(named[1]) <= 12:
        return _end(as_of.year + (int(named[1]) < as_of.month), int(named[1]))
    if re.search(r"(?:het|ca) nam|nam 20\d\d", head):
        return date(year, 12, 31)
    return None


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def crossing(columns: Sequence[Said]) -> set[str]:
    """Letters of columns that cut the same money another way than the others ("kéo dài: tổng" beside "ĐT", "SN"):
    kept beside them they would cross; the kind of capital goes first, then the year of origin.
    """
    dropped: set[str] = set()
    for one, other in _pairs(columns):
        if _crosses(one.cut, other.cut):
            weaker = min((one, other), key=lambda said: tuple(said.cut[at] != NOT_DIVIDED for at in (0, 2, 1)))
            dropped.add(weaker.bound.col)
    return dropped


def _pairs(columns: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    for at, one in enumerate(columns):
        for other in columns[at + 1 :]:
            if (one.measure, one.basis, one.on) == (other.measure, other.basis, other.on):
                yield one, other


def _crosses(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    pairs = list(zip(one, other, strict=True))
    if any(a != b and NOT_DIVIDED not in (a, b) for a, b in pairs):
        return False
    wider = any(a == NOT_DIVIDED != b for a, b in pairs)
    return wider and any(b == NOT_DIVIDED != a for a, b in pairs)
