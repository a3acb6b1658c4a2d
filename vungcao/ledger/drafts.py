"""A statement as read, before it is judged and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from vungcao.kernel.refusal import Cell, Problem
from vungcao.ledger.models import Basis, Measure, OpeningSaid
from vungcao.ledger.regions import Region

DETAILS: Final = ("completed_dong", "advance_dong", "cleared_dong", "open_advance_dong", "restored_dong")


@dataclass(frozen=True)
class LineDraft:
    """One line as read: cumulative đồng over a region, and the cell that said so. Details not said are ``None``."""

    region: Region
    disbursed_dong: int
    where: Cell
    label: str = ""
    plan_dong: int | None = None
    rate_said: str = ""
    qualifier: str = ""
    completed_dong: int | None = None
    advance_dong: int | None = None
    cleared_dong: int | None = None
    open_advance_dong: int | None = None
    restored_dong: int | None = None
    codes: dict[str, Any] = field(default_factory=dict, hash=False)

    def problem(self, code: str, sentence: str, *, contradicting: bool = False) -> Problem:
        """A problem at this line's cell: unusable, unless it only contradicts."""
        return Problem(self.where, code, self.label, sentence, "contradicting" if contradicting else "unusable")


@dataclass(frozen=True)
class StatementDraft:
    """A statement before it is recorded. ``corrects``: the paper says that it replaces an earlier edition;
    ``as_of_where``: the cell that says the day.
    """

    reporter: int
    coverage: Region
    basis: Basis
    as_of: date
    lines: Sequence[LineDraft]
    where: Cell
    dated: date | None = None
    number: str = ""
    corrects: bool = False
    measure: Measure = Measure.DISBURSED
    opening: OpeningSaid = OpeningSaid.NOT_SAID
    as_of_where: Cell | None = None
