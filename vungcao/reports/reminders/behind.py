"""Who owes a figure, who is slow: asked of the cube, nothing guessed. A body without a figure is never slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.cube.figures import Answer, FigureQuery, Row
from vungcao.kernel.vietnamese import percent
from vungcao.ledger.spending import OWES_NOTHING
from vungcao.reports.figuring import Ledgered

Why = Literal["not_reported", "slow"]
NOT_REMINDED: Final = OWES_NOTHING | {BodyKind.BOARD, BodyKind.PRESS, BodyKind.TREASURY, BodyKind.FINANCE}


@dataclass(frozen=True)
class Line:
    """The rate below which a body is slow, and whose it is: the province's (``row`` its figure) or the officer's."""

    rate: Decimal | None
    row: Row | None = None

    @property
    def words(self) -> str:
        """``bình quân cả tỉnh (24,0%)``; nothing where no line can be drawn."""
        if self.rate is None:
            return ""
        return f"bình quân cả tỉnh ({percent(self.rate)})" if self.row else f"mức {percent(self.rate)}"


@dataclass(frozen=True)
class Behind:
    """A body to remind: why, its own row of figures, and since when nothing was heard."""

    body: str
    name: str
    why: Why
    row: Row
    since: date | None = None


@dataclass(frozen=True)
class Found:
    """Whom to remind, and the line that was drawn."""

    bodies: list[Behind]
    line: Line


def behind(query: FigureQuery, asked: Ledgered, below: Decimal | None = None) -> Found:
    """Bodies that hold money and have not reported, then slow ones, the slowest first.

    ``below``: a rate in percent; without it the province's own rate over the same denominator. Where the province has
    none, nobody is called slow.
    """
    whole = asked.ask(query).rows
    line = Line(below) if below is not None else _average(whole[0] if whole else None)
    units = asked.ask(FigureQuery(**{**query.__dict__, "by": ("body",)}))
    kinds = dict(BodyVersion.objects.on(query.on, asked.known).values_list("body__key", "kind"))
    rows = {row.dims["body"]: row for row in units.rows if kinds.get(row.dims["body"]) not in NOT_REMINDED}
    owing = list(_owing(units, rows, query.programme))
    silent = {one.body for one in owing}
    slow = [
        Behind(code, row.names["body"], "slow", row)
        for code, row in rows.items()
        if code not in silent and line.rate is not None and _is_below(row, line.rate)
    ]
    return Found([*owing, *sorted(slow, key=lambda one: (Decimal(one.row.measures["rate"] or 0), one.body))], line)


def _average(row: Row | None) -> Line:
    rate = row.measures.get("rate") if row else None
    return Line(None) if rate is None else Line(Decimal(rate), row)


def _owing(units: Answer, rows: dict[str, Row], programme: str | None) -> Iterator[Behind]:
    for gap in units.not_reported:
        row = rows.get(gap["body"])
        if row is not None and gap["programme"] == programme:
            yield Behind(gap["body"], gap["name"], "not_reported", row, gap["since"])


def _is_below(row: Row, line: Decimal) -> bool:
    rate = row.measures.get("rate")
    return rate is not None and Decimal(rate) < line
