"""One day for money that stands in an account: its source, the year it comes from, the year it is used in.

Money of the year itself closes as ``closing`` says. Money carried over closes by the resolution that carried it: the
day that text names, or no day on file. Where readings differ there is no one day, and all of them are shown. A
resolution that may carry the money on, past its day, stands beside: which money it covers is for an officer to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.law.closing import THEN, CarriedOver, Closing, close
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import UNKNOWN, Rule
from vungcao.law.ruling import SURENESS

OPEN, CLOSED, CARRIED, DEPENDS, UNKNOWN_DAY = "open", "closed", "carried_over", "depends", "unknown"
LAPSES: Final = "hết hạn của nghị quyết cho chuyển nguồn; danh mục không ghi được kéo dài tiếp"


@dataclass(frozen=True)
class Reading:
    """One way to read the last day; ``until`` None: the text on file names none."""

    until: date | None
    then_said: str
    rules: tuple[str, ...]
    cites: str
    confidence: str


@dataclass(frozen=True)
class Onward:
    """A resolution that carries such money into a later year, from a body that is known."""

    used: int
    until: date | None
    money_said: str
    rule: str
    cites: str
    confidence: str

    def runs(self, on: date) -> bool:
        return date(self.used, 1, 1) <= on <= (self.until or date(self.used, 12, 31))


@dataclass(frozen=True)
class Deadline:
    """Every reading of the last day of some money, and whom to ask where that is not one sure day."""

    readings: tuple[Reading, ...]
    ask: str
    onward: tuple[Onward, ...] = ()

    @property
    def until(self) -> date | None:
        """The one last day; ``None`` where readings differ or no text names one."""
        days = {one.until for one in self.readings}
        return days.pop() if len(days) == 1 else None

    @property
    def first(self) -> date | None:
        """The earliest day that any reading names: the one to work towards."""
        return min((one.until for one in self.readings if one.until), default=None)

    @property
    def confidence(self) -> str:
        said = [one.confidence for one in self.readings if one.until] or ["unknown"]
        return max(said, key=lambda word: SURENESS[word])

    @property
    def cites(self) -> str:
        return "; ".join(dict.fromkeys(one.cites for one in self.readings if one.cites))

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(rule for one in self.readings for rule in one.rules))

    @property
    def then_said(self) -> str:
        return "; ".join(dict.fromkeys(one.then_said for one in self.readings if one.then_said))

    @property
    def then_told(self) -> str:
        """The same in the reader's language."""
        return "; ".join(dict.fromkeys(_(one.then_said) for one in self.readings if one.then_said))

    @property
    def is_sure(self) -> bool:
        """One day, from a text that was seen."""
        return self.until is not None and self.confidence == "sourced"

    def state(self, on: date) -> str:
        """On a day: open, closed, carried over perhaps, depends on the reading, or unknown."""
        days = [one.until for one in self.readings]
        known = [day for day in days if day]
        if not known or len(known) < len(days):
            return UNKNOWN_DAY
        if on <= max(known):
            return OPEN if on <= min(known) else DEPENDS
        return CARRIED if any(one.runs(on) for one in self.onward) else CLOSED

    def as_json(self) -> dict[str, Any]:
        return {
            "until": f"{self.until}" if self.until else None,
            "then_said": self.then_said,
            "rules": self.rules,
            "cites": self.cites,
            "confidence": self.confidence,
            "readings": [{**vars(one), "until": f"{one.until}" if one.until else None} for one in self.readings],
            "onward": [{**vars(one), "until": f"{one.until}" if one.until else None} for one in self.onward],
            "ask": self.ask,
        }


def deadline(
    kind: str,
    level: str,
    origin: int,
    used: int,
    book: Rulebook,
    *,
    added_on: date | None = None,
    on: date | None = None,
) -> Deadline:
    """Until when money of a source, from the budget of ``origin``, may be spent in ``used``; ``on``: asked that day."""
    found = close(kind, level, origin, book, added_on=added_on, on=on)
    carried = [one for one in found.carried if one.decider != UNKNOWN]
    onward = tuple(_onward(one) for one in carried if one.used > used)
    if used == origin:
        return Deadline(tuple(_of_the_year(found)), found.ask, onward)
    return Deadline(tuple(_of_carried(one) for one in carried if one.used == used), found.ask, onward)


def together(deadlines: list[Deadline]) -> Deadline:
    """The deadline of money that is not divided between sources: every reading of each of them, once."""
    readings = dict.fromkeys(reading for one in deadlines for reading in one.readings or (NO_RULE,))
    asks = dict.fromkeys(one.ask for one in deadlines if one.ask)
    return Deadline(tuple(readings), ", ".join(asks), tuple(dict.fromkeys(o for one in deadlines for o in one.onward)))


NO_RULE: Final = Reading(None, "", (), "", "unknown")


def _of_the_year(found: Closing) -> list[Reading]:
    return [
        Reading(one.until, THEN[one.then], _ids(one.rules), one.cites, one.rules[0].confidence)
        for one in found.readings
    ]


def _of_carried(one: CarriedOver) -> Reading:
    return Reading(one.until, LAPSES if one.until else "", (one.rule.id,), one.rule.cites, one.rule.confidence)


def _onward(one: CarriedOver) -> Onward:
    rule = one.rule
    return Onward(one.used, one.until, rule.money_said, rule.id, rule.cites, rule.confidence)


def _ids(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)
