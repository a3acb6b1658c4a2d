"""Days that a page is about to ask of in one moment: what the register says of them is then read once for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from vungcao.evidence.moment import held

Walk = tuple[date, str]  # a day, and a basis by which is asked what was spent to it
_DAYS: Final = "days read ahead"
_WALKS: Final = "walks read ahead"


def read_ahead(days: Iterable[date], *bases: str) -> None:
    """Days that are about to be asked of in this moment, and by which bases what was spent; nothing is read before the
    first of them is asked of.
    """
    there = list(days)
    held(_DAYS, set[date]).update(there)
    held(_WALKS, set[Walk]).update((day, basis) for day in there for basis in bases)


def days_with(on: date) -> frozenset[date]:
    """A day that is asked of, with those that are about to be."""
    return frozenset({on} | held(_DAYS, set[date]))


def walks_with(on: date, basis: str) -> frozenset[Walk]:
    """What is asked of spending, with what is about to be asked."""
    return frozenset({(on, basis)} | held(_WALKS, set[Walk]))
