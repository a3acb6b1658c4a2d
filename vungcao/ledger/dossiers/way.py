"""What each kind of dossier does in its own way: ``adjusting``, ``carrying``, ``cancelling`` say it, ``ways`` finds it.

Everything else, lines, holds, opinions, steps, papers on the way, the signed paper, is one for all kinds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from vungcao.ledger.dossiers.fault import Fault
from vungcao.ledger.dossiers.moving import Left, Moved
from vungcao.ledger.models import DossierKind, DossierLine, Side, VoucherKind
from vungcao.ledger.regions import Region, Space

if TYPE_CHECKING:
    from vungcao.ledger.dossiers.draft import Draft

Posted = tuple[VoucherKind, list[tuple[Region | None, Region | None, int]]]


class Way(ABC):
    """One kind. ``giving``: the block whose money leaves its accounts, and is held; ``verb``: what is done to it."""

    kind: ClassVar[DossierKind]
    prefix: ClassVar[str]
    sides: ClassVar[tuple[Side, ...]]
    giving: ClassVar[Side]
    verb: ClassVar[str]

    def matched(self, draft: Draft) -> tuple[list[Moved], list[Left]]:
        """What moves from where to where, and what has no other side; here each line is a move of its own."""
        return [Moved(line, line, line.dong) for line in draft.lines], []

    @abstractmethod
    def scope(self, here: Space, one: Moved) -> str:
        """The scope of a move as ``law`` names it."""

    def use_year(self, line: DossierLine) -> int:
        """The year in which the money is used once it is decided."""
        return int(line.year_use)

    def claimed(self, line: DossierLine) -> str:
        """Id of the rule by which the line says that it may be done; empty: the rules are asked without one."""
        return ""

    def settled(self, draft: Draft, line: DossierLine) -> str:
        """The law or resolution by which it is so without another decision; the province then signs only the list."""
        return ""

    def article(self, draft: Draft, line: DossierLine) -> str:
        """The article on which a line rests, where it is another than that of who decides."""
        return ""

    def as_of(self, draft: Draft, line: DossierLine) -> date:
        """The day up to which what was spent of a line's money counts."""
        return draft.on

    @abstractmethod
    def faults(self, draft: Draft) -> Iterator[Fault]:
        """What is wrong in this kind alone."""

    def cautions(self, draft: Draft) -> Iterator[str]:
        """What is said and not refused in this kind alone."""
        yield from ()

    @abstractmethod
    def posted(self, draft: Draft) -> list[Posted]:
        """What a signed paper becomes in the ledger: kinds of voucher with (giver, taker, đồng); ``None``: outside."""

    def effects(self, line: DossierLine) -> list[tuple[Side, str]]:
        """(down or up, year of use) of what a line does to what is there before."""
        return [(Side.UP if line.side == Side.UP else Side.DOWN, line.year_use)]
