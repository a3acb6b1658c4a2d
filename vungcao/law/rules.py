"""A rule of the decision table as a value: who decides, over which money, on which days, by which article.

Pure: no database, no clock. Days are half-open, as everywhere; the file's last days are converted by ``rulebook``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vungcao.kernel.validity import holds

UNKNOWN: Final = "UNKNOWN"
ANY_KIND: Final = "any"
KINDS_OF_ANY: Final = frozenset({"dau_tu", "su_nghiep"})
FLAGS: Final = ("field_changes", "across_units", "between_sessions", "pilot_district", "devolved")
PLANS: Final = ("annual", "medium")


@dataclass(frozen=True)
class Move:
    """A move of money that somebody thinks of making on a day; ``use_year`` unsaid: see ``used_in``."""

    on: date
    year: int
    kind: str
    level: str
    scope: str
    use_year: int | None = None
    field_changes: bool = False
    across_units: bool = False
    between_sessions: bool = False
    pilot_district: bool = False
    devolved: bool = False
    plan: str = ""

    @property
    def used_in(self) -> int:
        """Year in which the money is spent: as said; else its own year, or the year of the day once that is over."""
        return self.use_year if self.use_year is not None else max(self.year, self.on.year)

    def says(self, circumstance: str) -> bool:
        """Does the move state this circumstance? A kind of plan counts as one."""
        return self.plan == circumstance if circumstance in PLANS else bool(getattr(self, circumstance))

    @property
    def circumstances(self) -> list[str]:
        return [name for name in (*FLAGS, *PLANS) if self.says(name)]


@dataclass(frozen=True)
class Branch:
    """Another decider of the same rule: on a circumstance, or (``on`` empty) only named as possible."""

    decider: str
    when: str
    on: str = ""


@dataclass(frozen=True)
class Money:
    """Which money a rule is about: budget years of origin, both inside (``first`` None: any earlier), and of use."""

    first: int | None
    last: int
    used: int

    def covers(self, year: int, used: int) -> bool:
        return used == self.used and year <= self.last and (self.first is None or self.first <= year)

    def meets(self, other: Money) -> bool:
        return self.used == other.used and (self.first or 0) <= other.last and (other.first or 0) <= self.last


@dataclass(frozen=True)
class Extension:
    """Who may extend (the rule's decider), to which month-day of the next year where the text says so."""

    until: tuple[int, int] | None
    when: str
    confidence: str


@dataclass(frozen=True)
class ClosingDay:
    """Month-days of the year after the budget year; ``added_after`` is a month-day of the budget year itself."""

    day: tuple[int, int]
    then: str
    added_after: tuple[int, int] | None = None
    added_closes: tuple[int, int] | None = None
    phase_end: bool = False
    extension: Extension | None = None

    def until(self, year: int, added_on: date | None) -> date:
        """Last day on which money of ``year`` may be spent."""
        late = self.added_after and added_on and added_on > date(year, *self.added_after)
        month_day = self.added_closes if late and self.added_closes else self.day
        return date(year + 1, *month_day)


@dataclass(frozen=True)
class Spared:
    """Money that a rule of cancelling leaves standing; its code is the rule's with this one behind a dot."""

    code: str
    said: str
    confidence: str


@dataclass(frozen=True)
class Deadline:
    """As said, and the last month-day of the year of use."""

    said: str
    last: tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """One row. ``decider`` empty: the row decides nothing by itself, it adds conditions to what decides."""

    id: str
    valid_from: date | None
    valid_to: date | None
    kind: str
    level: str
    scope: str
    cites: str
    confidence: str
    decider: str = ""
    allowed: bool | None = None
    regime: str = ""
    when: str = ""
    otherwise: tuple[Branch, ...] = ()
    only_if: str = ""
    plan: str = ""
    money: tuple[Money, ...] = ()
    money_said: str = ""
    conditions: tuple[str, ...] = ()
    proposer: str = ""
    consult: tuple[str, ...] = ()
    deadline: Deadline | None = None
    expected: str = ""
    instead_of: str = ""
    adds_conditions: bool = False
    prevails_over: tuple[str, ...] = ()
    read_beside: tuple[str, ...] = ()
    speaks_of_scopes: tuple[str, ...] = ()
    speaks_of_levels: tuple[str, ...] = ()
    closing: ClosingDay | None = None
    carried_until: date | None = None
    spares: tuple[Spared, ...] = ()
    low: bool = False
    seen_in: str = ""
    caveat: str = ""
    note: str = ""
    local: bool = False
    confirmed: str = field(default="", compare=False)

    @property
    def kinds(self) -> frozenset[str]:
        return KINDS_OF_ANY if self.kind == ANY_KIND else frozenset({self.kind})

    @property
    def names_a_decider(self) -> bool:
        """Does the row compete with others over who decides?"""
        return bool(self.decider) and not self.adds_conditions

    def is_about(self, year: int, used: int) -> bool:
        """Is the rule about money of this year of origin, spent in that year?"""
        return not self.money or any(one.covers(year, used) for one in self.money)

    def is_met_by(self, move: Move) -> bool:
        """Valid on the day of the decision, and about this money, this scope and these circumstances."""
        return (
            self.scope == move.scope
            and self.level == move.level
            and move.kind in self.kinds
            and holds(self.valid_from, self.valid_to, move.on)
            and self.is_about(move.year, move.used_in)
            and (not self.only_if or move.says(self.only_if))
            and (not self.plan or not move.plan or self.plan == move.plan)
        )

    def decider_for(self, move: Move) -> tuple[str, str]:
        """Decider under the move's circumstances, and when it is that one."""
        for branch in self.otherwise:
            if branch.on and move.says(branch.on):
                return branch.decider, branch.when
        return self.decider, self.when

    def turns_on(self, circumstance: str) -> bool:
        """Would the rule answer otherwise, or not at all, without this circumstance?"""
        return circumstance in (self.only_if, self.plan) or any(branch.on == circumstance for branch in self.otherwise)
