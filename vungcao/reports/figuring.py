"""Figures on their way into a paper: each printed number keeps its id, its measure and its value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.reach import Reach
from vungcao.cube.citing import Behind, Cited, behind_each
from vungcao.cube.codes import Codes
from vungcao.cube.comparing import NAMES, then
from vungcao.cube.figures import Answer, FigureQuery, Row, answer
from vungcao.cube.question import ADJUSTED, SPOKEN
from vungcao.cube.threads import in_words
from vungcao.cube.tracing import trace
from vungcao.kernel.vietnamese import money, number, percent
from vungcao.reports.paper import Cell, Run, SourceLine
from vungcao.reports.paper.parts import CellKind


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
    answers: dict[FigureQuery, Answer] = field(default_factory=dict)

    def ask(self, query: FigureQuery) -> Answer:
        """Ask at the pinned number; each question once, however often a paper needs its rows."""
        asked = replace(query, known=self.known)
        if asked not in self.answers:
            self.answers[asked] = answer(asked, self.reach)
        return self.answers[asked]

    def run(self, row: Row, measure: str, text: str) -> Run:
        """Text of prose that prints a measure of ``row``."""
        return Run(text, self._note(row, measure, text))

    def cell(self, row: Row | None, measure: str, kind: CellKind) -> Cell:
        """Table cell of a measure; empty when there is no figure."""
        value = row.measures.get(measure) if row else None
        if row is None or value is None:
            return Cell(None, kind)
        if kind == "count":
            return Cell(value, "count", self._note(row, measure, number(value)))
        if kind == "percent":
            rate = value if isinstance(value, Decimal) else Decimal(value)
            return Cell(rate, "percent", self._note(row, measure, percent(rate)))
        return Cell(int(value), "money", self._note(row, measure, money(int(value))))

    def _note(self, row: Row, measure: str, text: str) -> str:
        value = row.measures[measure]
        if value is None:
            raise ValueError(f"{row.id} has no {measure}")
        figure = f"{row.id_of(measure)}#{measure}"
        self.printed.append(Printed(figure, measure, value, text))
        return figure

    def sources(self) -> list[SourceLine]:
        """For the workbook's sheet of sources: each figure once. An amount lists the cells it counts; a rate, a rank or
        a difference says which amounts it is worked out from.
        """
        printed = {one.figure: one for one in self.printed}.values()
        cited = _Cited(self, printed)
        lines: list[SourceLine] = []
        for one in printed:
            what, found = cited.of(one)
            lines += [SourceLine(one.figure, what, one.text, cell.file, cell.sheet, cell.cell) for cell in found]
        return lines


class _Cited:
    """Cells behind printed figures: each question that was asked is gone through once, for all its rows; the cells of
    all of them are read together.
    """

    def __init__(self, figures: Ledgered, printed: Collection[Printed]) -> None:
        self._reach, self._codes = figures.reach, Codes.of(None)
        self._rows = {row.id: (asked, row) for asked, found in figures.answers.items() for row in found.rows}
        told = (_plain_of(self._rows[id][0], one.measure) for one in printed if (id := _id_of(one)) in self._rows)
        self._behind = behind_each(dict.fromkeys(plain for plain, what in told if what is not None), self._reach)

    def of(self, one: Printed) -> tuple[str, list[Cited]]:
        """What the figure asks, in words, and its cells; of what is worked out, one line that says from what."""
        id = _id_of(one)
        if id not in self._rows:  # a row that the paper was handed, not one of a question it asked
            return self._followed(id)
        asked, row = self._rows[id]
        plain, what = _plain_of(asked, one.measure)
        query = replace(FigureQuery.of_id(row.ids.get("now", id)), on=plain.on, year=plain.year, known=None)
        question = in_words(query, self._codes, short=True)
        if one.measure == "national_rate":
            return question, self._followed(row.ids["national"])[1]
        if what is None:
            return question, [Cited(_WORKED_OUT.get(one.measure.rpartition("_")[2], _WORKED_OUT["rate"]), "", "")]
        found = self._behind[plain].get(tuple(row.dims.values()), Behind())
        return question, found.said if what == "said" else found.given

    def _followed(self, id: str) -> tuple[str, list[Cited]]:
        found = trace(id, self._reach)
        lines = [line for line in found.rows if line.counted] or found.rows
        return found.question, [Cited(line.file, line.sheet, line.cell) for line in lines]


def _id_of(one: Printed) -> str:
    return one.figure.partition("#")[0]


_WORKED_OUT = {
    "rate": "tính từ giải ngân và kế hoạch nêu ở các dòng khác",
    "dong": "tính từ giải ngân và kế hoạch nêu ở các dòng khác",
    "points": "tính từ hai tỷ lệ đã in",
    "percent": "tính từ hai số giải ngân đã in",
    "rank": "so tỷ lệ của các dòng cùng bảng",
}


def _plain_of(asked: FigureQuery, measure: str) -> tuple[FigureQuery, str | None]:
    """The plain question in whose cells a measure stands, and on which side; ``None``: it is worked out."""
    plain = asked.alone
    if measure in ("given_dong", *(f"{name}_dong" for name in ADJUSTED)):
        return plain, "given"
    if measure in SPOKEN_MEASURES:
        return plain, "said"
    for what in NAMES:
        if measure.removeprefix(f"{what}_") in SPOKEN_MEASURES:
            return then(asked, what), "said"
    return plain, None


SPOKEN_MEASURES = frozenset(column for column, _ in SPOKEN.values())


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
