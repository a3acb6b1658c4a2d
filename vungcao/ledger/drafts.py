"""A statement as read, before it is judged and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vungcao.kernel.refusal import Cell
from vungcao.ledger.models import Basis
from vungcao.ledger.regions import Region


@dataclass(frozen=True)
class LineDraft:
    """One line as read: cumulative đồng over a region, and the cell that said so."""

    region: Region
    disbursed_dong: int
    where: Cell
    label: str = ""
    plan_dong: int | None = None
    rate_said: str = ""
    qualifier: str = ""


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
    as_of_where: Cell | None = None
