"""The course over the months of a year: plan and spending cumulated to the end of each, beside the year before.

A month in which nobody in reach made a statement has no spending to show: what older statements said goes on counting
in the figures, but as a point of that month it would be invented. Such a month is a gap: never 0, never a level line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.reach import Reach
from vungcao.cube.comparing import then
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.months import month_ends
from vungcao.cube.rows import Answer
from vungcao.desk import questions
from vungcao.desk.course_chart import Chart, chart
from vungcao.desk.kept_pages import kept
from vungcao.desk.overview import Line, Overview, line_of
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import number
from vungcao.ledger.models import Statement


@dataclass(frozen=True)
class Point:
    """The end of one month (or the day asked about). ``spent`` None: nobody made a statement in the month.

    ``silent``: how many bodies that hold money had not; the figure is then of the others, and of what these said once.
    """

    on: date
    line: Line
    spent: int | None
    silent: int

    @property
    def plan(self) -> int | None:
        """The plan where it is one number; an interval is no point."""
        return None if self.line.is_interval else self.line.low

    @property
    def rate(self) -> Decimal | None:
        return None if self.spent is None else self.line.rate


@dataclass(frozen=True)
class Month:
    """A line of the table: this year's point and the same month's of the year before."""

    number: int
    now: Point
    before: Point | None


class Course:
    """What the page shows, asked once."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        self.reach, self.there = reach, Overview(query, reach)
        self.query = self.there.asked

    @cached_property
    def months(self) -> list[Month]:
        before = {point.on.month: point for point in self._past()}
        return [Month(one.on.month, one, before.get(one.on.month)) for one in self._points(self.query)]

    @property
    def year_before(self) -> int:
        return self.query.year_use - 1

    @property
    def chart(self) -> Chart | None:
        """Drawn where at least one month was spoken of, or a plan is known."""
        now, before = [one.now for one in self.months], [one.before for one in self.months]
        return chart(
            [point.plan for point in now],
            [point.spent for point in now],
            [point.spent if point else None for point in before],
            [point.silent > 0 for point in now],
        )

    @cached_property
    def silent_months(self) -> list[int]:
        return [month.number for month in self.months if month.now.spent is None]

    @property
    def silent_words(self) -> str:
        """``1, 2, 3``"""
        return ", ".join(number(one) for one in self.silent_months)

    def _points(self, query: FigureQuery) -> list[Point]:
        return [self._point(replace(query, on=on, year=query.year_use)) for _code, on in month_ends(query)]

    def _past(self) -> Iterator[Point]:
        """Last year's points where anybody spoke; a year of which the books hold nothing has none."""
        query = replace(then(self.query, "last_year"), denominator=None)
        for _code, on in month_ends(query):
            if (on.year, on.month) in self._said:
                try:
                    yield self._point(replace(query, on=on, year=query.year_use))
                except Refusal:
                    return

    def _point(self, query: FigureQuery) -> Point:
        is_said = (query.on.year, query.on.month) in self._said
        found = answer(query if is_said else replace(query, name="given"), self.reach)
        line = line_of(found.rows[0], kind="item", label="") if found.rows else Line("item", "")
        silent = len({gap["body"] for gap in found.not_reported if "since" in gap})
        return Point(query.on, line, line.spent if is_said and self._is_spoken_of(query) else None, silent)

    def _is_spoken_of(self, query: FigureQuery) -> bool:
        """Did anybody say anything in the month? A body's first word counts too, though it tells of no month alone."""
        month: Answer = answer(replace(query, name="flow", denominator=None), self.reach)
        told = any(row.measures.get("flow_dong") is not None for row in month.rows)
        return told or any(gap["dim"] == "month" for gap in month.not_split)

    @cached_property
    def _said(self) -> set[tuple[int, int]]:
        """Months for which there is any statement at all: the others need not be asked about."""
        days = Statement.objects.order_by().values_list("as_of", flat=True).distinct()
        return {(day.year, day.month) for day in days}


@require_safe
@needs("figures.see")
@kept
def course(request: OfficialRequest) -> HttpResponse:
    """Diễn biến theo tháng: a chart, and the same figures as a table with the way back of each."""
    form = questions.QuestionForm(request.GET, request.reach)
    context: dict[str, Any] = {"form": form, "refused": "", "course": None}
    if not form.days and not form.chosen:
        return page(request, "desk/nothing_yet.html", {**context, "is_elsewhere": questions.is_anything_said()})
    if not form.is_valid():
        return page(request, "desk/course.html", context)
    try:
        found = Course(form.query(), request.reach)
        months = found.months
        if not months:
            raise Refusal(_("Ngày này trước năm ngân sách đã chọn: chưa có tháng nào."))
    except Refusal as refusal:
        return page(request, "desk/course.html", {**context, "refused": str(refusal)})
    words = questions.state_words(found.query.state)
    return page(request, "desk/course.html", {**context, "course": found, "there": found.there, "state_words": words})
