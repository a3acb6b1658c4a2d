"""Caps, floors and proposal days that bear on moving money: dated rows, each with its article and how sure it is.

Source: ``reference/limits.yaml``. Pure: what is moved, a day and the rulebook in; rows and verdicts out. A limit stands
as long as one of the rules that say it does, and is sure once an administrator has confirmed one of them. No row for
some money is an answer too: nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.evidence.reference_rows import read_yaml
from vungcao.kernel.validity import after_last_day, holds
from vungcao.law.rulebook import Rulebook

LIMITS: Final = Path(__file__).parent / "reference" / "limits.yaml"
PILOT, SHIFT, PROGRAMME, PROVINCE = (
    "pilot_districts",
    "shift_between_kinds",
    "over_programme_total",
    "over_province_total",
)
HOUSEHOLD, PROPOSAL = "dong_per_household", "proposal_day"
MEASURES: Final = (PILOT, SHIFT, PROGRAMME, PROVINCE, HOUSEHOLD, PROPOSAL)


@dataclass(frozen=True)
class Limit:
    """One row. ``most`` and ``least`` bound a figure (both inside); ``last`` is a month-day of the year of use."""

    id: str
    rules: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    kinds: frozenset[str]
    levels: frozenset[str]
    measure: str
    said: str
    cites: str
    confidence: str
    most: int | None = None
    least: int | None = None
    last: tuple[int, int] | None = None
    components: tuple[str, ...] = ()
    deciders: frozenset[str] = frozenset()
    only_if: str = ""

    @property
    def is_sure(self) -> bool:
        """Seen in a text, or confirmed here by an administrator with his paper."""
        return self.confidence == "sourced"

    @property
    def article(self) -> str:
        """Its id, what is cited and how sure that is."""
        sure = _("có nguồn") if self.is_sure else _("theo trí nhớ, cần kiểm chứng")
        return f"{self.id}: {self.cites} ({sure})"

    def is_broken_by(self, figure: int) -> bool:
        """Is a figure of the limit's measure beyond what it allows?"""
        return (self.most is not None and figure > self.most) or (self.least is not None and figure < self.least)

    def last_in(self, year: int) -> date | None:
        """The last day of a year of use on which a proposal is in time; ``None`` for a limit that names no day."""
        return date(year, *self.last) if self.last else None


def standing(measure: str, *, on: date, kind: str, level: str, book: Rulebook) -> list[Limit]:
    """Limits of a measure for money of a source (kind and budget level), decided on a day; the surest first."""
    found = [
        _as_the_book_says(one, book)
        for one in shipped()
        if one.measure == measure
        and kind in one.kinds
        and level in one.levels
        and holds(one.valid_from, one.valid_to, on)
        and any(rule in book.by_id and holds(book.by_id[rule].valid_from, book.by_id[rule].valid_to, on)
                for rule in one.rules)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_sure, one.id))


def _as_the_book_says(one: Limit, book: Rulebook) -> Limit:
    confirmed = any(rule in book.by_id and book.by_id[rule].confirmed for rule in one.rules)
    return replace(one, confidence="sourced") if confirmed else one


@cache
def shipped() -> tuple[Limit, ...]:
    """The rows of the file, in its order; a row that is not one raises ``KeyError`` or ``ValueError``."""
    return tuple(_limit(row) for row in read_yaml(LIMITS))


def _limit(row: Mapping[str, Any]) -> Limit:
    if row["measure"] not in MEASURES:
        raise ValueError(f"{row['id']}: {row['measure']}")
    month, _dash, day = str(row.get("last") or "").partition("-")
    return Limit(
        id=row["id"],
        rules=tuple(row["rules"]),
        valid_from=row["from"],
        valid_to=after_last_day(row.get("last_day")),
        kinds=frozenset(row["kinds"]),
        levels=frozenset(row["levels"]),
        measure=row["measure"],
        said=row["said"],
        cites=row["cites"],
        confidence=row["confidence"],
        most=row.get("most"),
        least=row.get("least"),
        last=(int(month), int(day)) if day else None,
        components=tuple(row.get("components", ())),
        deciders=frozenset(row.get("deciders", ())),
        only_if=row.get("only_if", ""),
    )
