"""What one table became: drafts of facts for the rooms, and every problem found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from vungcao.intake.heading import Heading
from vungcao.intake.objects import ObjectDraft
from vungcao.kernel.refusal import Cell, Problem
from vungcao.ledger.actions import Move
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.models import VoucherKind
from vungcao.monitoring.actions import Said


class Fact(Protocol):
    """Something that a table says and a room can record. ``registry.TAKERS`` names who takes each class of it in."""

    @property
    def where(self) -> Cell: ...


@dataclass(frozen=True)
class Counterpart:
    """What a row says is local money (đối ứng) within its sums: part of one of the moves at ``moves``."""

    dong: int
    moves: tuple[int, ...]
    where: Cell


@dataclass(frozen=True)
class VoucherDraft:
    """A decision before it is recorded. ``counterparts`` is ``None`` where the paper has no column for them.

    ``finds_accounts``: givers pass on what they hold; what the paper leaves unsaid of their accounts is looked up.
    """

    kind: VoucherKind
    decided_by: str
    number: str
    moves: tuple[Move, ...]
    where: Cell
    counterparts: tuple[Counterpart, ...] | None = None
    finds_accounts: bool = False


@dataclass(frozen=True)
class ObservationDraft:
    """What one reporter says of places for a period, before it is recorded; each row knows its cell."""

    reporter: int
    period: str
    as_of: date
    rows: tuple[Said, ...]
    where: Cell
    dated: date | None = None
    corrects: bool = False


@dataclass
class Drafted:
    """What one table of one sheet became: ``facts`` enter together or not at all.

    ``sha256`` is that of the file's bytes, ``digest`` that of what is said; ``objects`` are the works and contracts
    that it names, by their placeholders in regions; ``relied`` the name mappings without which it would not have been
    understood; ``unit_told`` the unit that the official who handed it in said it is in, where the table names none.
    """

    file: str
    sheet: str
    profile: str
    heading: Heading
    sha256: str = ""
    digest: str = ""
    facts: list[Fact] = field(default_factory=list)
    objects: dict[int, ObjectDraft] = field(default_factory=dict)
    relied: set[int] = field(default_factory=set)
    unit_told: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return not any(problem.weight == "unusable" for problem in self.problems)

    @property
    def statements(self) -> list[StatementDraft]:
        return [fact for fact in self.facts if isinstance(fact, StatementDraft)]

    @property
    def vouchers(self) -> list[VoucherDraft]:
        return [fact for fact in self.facts if isinstance(fact, VoucherDraft)]
