"""What one table became: a draft of a statement or of a voucher, and every problem found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from vungcao.intake.heading import Heading
from vungcao.kernel.refusal import Cell, Problem
from vungcao.ledger.actions import Move
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.models import VoucherKind


@dataclass(frozen=True)
class VoucherDraft:
    """A decision before it is recorded."""

    kind: VoucherKind
    decided_by: str
    number: str
    moves: tuple[Move, ...]
    where: Cell


@dataclass
class Drafted:
    """What one table of one sheet became. ``sha256`` is that of the file's bytes, ``digest`` that of what is said."""

    file: str
    sheet: str
    profile: str
    heading: Heading
    sha256: str = ""
    digest: str = ""
    statement: StatementDraft | None = None
    voucher: VoucherDraft | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return not any(problem.weight == "unusable" for problem in self.problems)
