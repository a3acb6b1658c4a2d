"""Figures on their way into a paper: each printed number keeps its id, its measure and its value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import Answer, FigureQuery, Row, answer
from vungcao.cube.tracing import TraceLine, trace
from vungcao.kernel.vietnamese import money, percent
from vungcao.reports.paper import Cell, Run, SourceLine


@dataclass(frozen=True)
class Printed:
    """One number of a paper."""

    figure: str
    measure: str
    value: int | Decimal
    text: str


@dataclass
class Ledgered:
    """Collects every number a paper prints; ``known`` pins the order of knowledge for all of them."""

    known: int
    reach: Reach
    printed: list[Printed] = field(default_factory=list)

    def ask(self, query: FigureQuery) -> Answer:
        """Ask at the pinned number."""
        return answer(replace(query, known=self.known), self.reach)

    def run(self, row: Row, measure: str, text: str) -> Run:
        """Text of prose that prints a measure of ``row``."""
        return Run(text, self._note(row, measure, text))

    def cell(self, row: Row | None, measure: str, kind: str) -> Cell:
        """Table cell of a measure; empty when there is no figure."""
        value = row.measures.get(measure) if row else None
        if row is None or value is None:
            return Cell(None, "percent" if kind == "percent" else "money")
        if kind == "percent":
            rate = value if isinstance(value, Decimal) else Decimal(value)
            return Cell(rate, "percent", self._note(row, measure, percent(rate)))
        return Cell(int(value), "money", self._note(row, measure, money(int(value))))

    def _note(self, row: Row, measure: str, text: str) -> str:
        value = row.measures[measure]
        if value is None:
            raise ValueError(f"{row.id} has no {measure}")
        figure = f"{row.id}#{measure}"
        self.printed.append(Printed(figure, measure, value, text))
        return figure

    def sources(self) -> list[SourceLine]:
        """For the workbook's sheet of sources: each figure once, with the counted lines behind it."""
        lines: list[SourceLine] = []
        for one in {printed.figure: printed for printed in self.printed}.values():
            found = trace(one.figure.partition("#")[0], self.reach)
            behind = [row for row in found.rows if row.counted or row.kind in ("plan",)] or found.rows
            wanted = [row for row in behind if _serves(row, one.measure)] or behind
            lines += [SourceLine(one.figure, found.question, one.text, row.file, row.sheet, row.cell) for row in wanted]
        return lines


def _serves(row: TraceLine, measure: str) -> bool:
    return (row.kind == "statement") == (measure == "disbursed_dong") or measure == "rate"


def recomputed(figure: str, reach: Reach) -> int | Decimal | None:
    """Ask a printed figure again from its id (``…#measure``)."""
    question, _, measure = figure.partition("#")
    rows = answer(FigureQuery.of_id(question), reach).rows
    return rows[0].measures.get(measure) if rows else None


def last_spoken(programme: str, first: date, last: date) -> date | None:
    """The latest as-of day of a statement on ``programme`` within a period; what the press said makes a cut-off day
    only where nobody else said anything.
    """
    from vungcao.ledger.models import Statement

    press = BodyVersion.objects.standing().filter(kind=BodyKind.PRESS).values("body")
    found = Statement.objects.filter(component__code=programme, as_of__gte=first, as_of__lte=last)
    days = found.order_by("-as_of").values_list("as_of", flat=True)
    return days.exclude(reporter__in=press).first() or days.first()
