"""The months of one year of use: what was planned and spent to the end of each, who was silent, what stands beside.

A month in which nobody in reach made a statement has no spending to show: what older statements said goes on counting
in the figures, but as a point of that month it would be invented. Such a month is a gap: never 0, never a level line.
A year is one question of the cube (``by=("month",)``), the same that ``vungcao figures --by month`` asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.months import month_ends
from vungcao.desk.gaps import in_words, not_apportioned_id, not_split_id
from vungcao.desk.overview import Line, line_of


@dataclass(frozen=True)
class Point:
    """The end of one month (or the day asked about). ``spent`` None: nobody made a statement in the month.

    ``silent``: how many bodies that hold money had not; the figure is then of the others, and of what these said once.
    ``year``: the year of use, where it is another than that of the day.
    """

    line: Line
    spent: int | None
    silent: int
    on: date
    year: str | None

    @property
    def plan(self) -> int | None:
        """The plan where it is one number; an interval is no point."""
        return None if self.line.is_interval else self.line.low


class Year:
    """The months of one year of use, as the cube answered them."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        self.query = query
        self.said = answer(replace(query, by=("month",)), reach)
        self.days = dict(month_ends(query))

    @cached_property
    def points(self) -> list[Point]:
        """From January on. A body's first word is a word of the month too, though it tells of no month alone."""
        bodies: dict[str, set[str]] = {}
        for gap in self.said.not_reported:
            bodies.setdefault(gap["month"], set()).add(gap["body"])
        first_words = {gap["month"] for gap in self.said.not_split if gap["dim"] == "month"}
        found: list[Point] = []
        last = None
        for row in self.said.rows:
            code, line = row.dims["month"], line_of(row, kind="item", label="")
            is_first = code in first_words or (last is None and line.spent is not None)
            spent = line.spent if is_first or row.measures.get("flow_dong") is not None else None
            on, used = self.days[code], self.query.year_use
            found.append(Point(line, spent, len(bodies.get(code, ())), on, f"{used}" if used != on.year else None))
            last = line.spent
        return found

    @property
    def is_bare(self) -> bool:
        """Nobody held money and nobody said anything: nobody owed a report either."""
        return not any(point.line.low or point.line.spent is not None or point.silent for point in self.points)

    def label(self, code: str) -> str:
        """``2021-11`` → ``11``; of the year after ``1/2022``."""
        year, month = int(code[:4]), int(code[-2:])
        return f"{month}" if year == self.query.year_use else f"{month}/{year}"

    @property
    def labels(self) -> list[str]:
        return [self.label(code) for code in self.days]

    def in_runs(self, codes: Iterable[str]) -> str:
        """Months in words, those that follow each other within a year as a run: ``1–3, 5``; ``11–12, 1/2022``."""
        runs: list[list[str]] = []
        wanted, before = set(codes), ""
        for code in self.days:
            if code in wanted and before in wanted and before[:4] == code[:4]:
                runs[-1][-1] = code
            elif code in wanted:
                runs.append([code, code])
            before = code
        ends = ((self.label(first), self.label(last)) for first, last in runs)
        return ", ".join(first if first == last else f"{first}–{last}" for first, last in ends)

    @property
    def gaps_of_months(self) -> str:
        """Months that nobody spoke of: ``1–3, 5``."""
        return self.in_runs(code for code, point in zip(self.days, self.points, strict=True) if point.spent is None)

    def asked(self, code: str) -> FigureQuery:
        """The question at the end of one month, at the act number it was answered at."""
        return replace(self.query, on=self.days[code], year=self.query.year_use, known=self.said.known_on)

    def beside(self, *measures: str) -> list[dict[str, Any]]:
        """Money of these measures that stands beside the months: said above what is asked, or of a place that is gone.
        What is the same in several months is one line, with its months, its words and the way back of the latest.
        """
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for gap in (*self.said.not_split, *self.said.not_apportioned):
            if gap.get("dim") != "month" and gap["measure"] in measures:
                key = tuple(sorted((name, f"{value}") for name, value in gap.items() if name != "month"))
                found.setdefault(key, []).append(gap)
        return [self._beside(gaps) for gaps in found.values()]

    def _beside(self, same: Sequence[dict[str, Any]]) -> dict[str, Any]:
        last = same[-1]
        id_of = not_split_id if "dim" in last else not_apportioned_id
        more = {"year": f"{self.query.year_use}", "months": self.in_runs(gap["month"] for gap in same)}
        return {**in_words(last), **more, "id": id_of(self.asked(last["month"]), last)}
