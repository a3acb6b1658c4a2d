"""What is compared of one unit, and where each row of it stands."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from vungcao.ledger.models import Statement
from vungcao.ledger.treasury.facts import Group


@dataclass(frozen=True)
class Cited:
    """Where a row stands: the paper, its kept file, sheet and cell, what it calls itself, the codes it prints."""

    statement: Statement
    line: int
    label: str
    sheet: str
    cell: str
    dong: int
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def file(self) -> str:
        return self.statement.batch.source.name

    @property
    def sha256(self) -> str:
        return self.statement.batch.source.sha256


@dataclass(frozen=True)
class Case:
    """One unit: its statement (``None``: it has made none), the groups, and where every row stands."""

    body: int
    unit: Statement | None
    treasury: tuple[Statement, ...]
    groups: tuple[Group, ...]
    cited: Mapping[Hashable, Cited]
