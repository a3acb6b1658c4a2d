"""What the cells of one row count: plain values between a table and the observations made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from vungcao.monitoring.queries import WHOLE


@dataclass(frozen=True)
class Counted:
    """One cell. ``value`` is ``None`` where nothing is counted; ``kind`` is what the reader made of the cell.

    ``worth``: what one printed unit is worth in the unit kept (1.000.000 in a column of million đồng).
    """

    indicator: str
    group: str
    kind: str
    cell: str
    value: Decimal | None
    name: str
    said: str
    qualifier: str = ""
    worth: Decimal = Decimal(1)

    @property
    def is_silent(self) -> bool:
        """Is the cell blank or unreadable, so that nobody knows? ("x" and "-" say that nothing applies.)"""
        return self.value is None and self.kind != "not_applicable"


@dataclass(frozen=True)
class CountedRow:
    """One row of one place; ``group`` is that of the row, ``*`` where rows are places."""

    row: int
    label: str
    kind: str
    place: int
    group: str
    figures: Mapping[tuple[str, str], Counted]

    def at(self, said: str) -> Counted | None:
        """The cell of ``indicator`` or ``indicator/group``."""
        indicator, _, group = said.partition("/")
        return self.figures.get((indicator, group or self.group))

    def parts(self, indicator: str) -> list[Counted]:
        """The cells of the groups of an indicator."""
        return [one for (code, group), one in self.figures.items() if code == indicator and group != WHOLE]

    def term(self, said: str) -> list[Counted]:
        """The cells that together make a term: the whole where it is a column, else its groups; none: no column."""
        whole = self.at(said)
        return [whole] if whole is not None else self.parts(said.partition("/")[0])
