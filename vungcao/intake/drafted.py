"""What one table became: a draft of a statement or of a voucher, and every problem found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vungcao.intake.heading import Heading
from vungcao.kernel.refusal import Cell, Problem
from vungcao.ledger.actions import Move
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.models import VoucherKind
from vungcao.monitoring.actions import Said


@dataclass(frozen=True)
class VoucherDraft:
    """A decision before it is recorded."""

    kind: VoucherKind
    decided_by: str
    number: str
    moves: tuple[Move, ...]
    where: Cell


@dataclass(frozen=True)
class ObservationDraft:
    """What one reporter says of places for a period, before it is recorded; each row knows its cell."""

    reporter: int
    period: str
    as_of: date
    rows: tuple[Said, ...]
    where: Cell
    corrects: bool = False


@dataclass
class Drafted:
    """What one table of one sheet became. ``sha256`` is that of the file's bytes, ``digest`` that of what is said.

    ``relied`` are the name mappings without which it would not have been understood.
    """

    file: str
    sheet: str
    profile: str
    heading: Heading
    sha256: str = ""
    digest: str = ""
    statement: StatementDraft | None = None
    voucher: VoucherDraft | None = None
    observations: ObservationDraft | None = None
    relied: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def made(self) -> StatementDraft | VoucherDraft | ObservationDraft | None:
        """What the table became, if anything."""
        return self.statement or self.voucher or self.observations

    @property
    def is_usable(self) -> bool:
        return not any(problem.weight == "unusable" for problem in self.problems)
