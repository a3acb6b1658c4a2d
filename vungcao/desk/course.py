"""The course over the months of a year: plan and spending cumulated to the end of each, beside the year before.

A month in which nobody in reach made a statement has no spending to show: what older statements said goes on counting
in the figures, but as a point of that month it would be invented. Such a month is a gap: never 0, never a level line.
Each year is one question of the cube (``by=("month",)``), the same that ``vungcao figures --by month`` asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.reach import Reach
from vungcao.cube.comparing import then
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.desk import questions
from vungcao.desk.course_chart import Chart, chart
from vungcao.desk.gaps import in_words, not_apportioned_id
from vungcao.desk.kept_pages import kept
from vungcao.desk.overview import Line, Overview, line_of
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import number


@dataclass(frozen=True)
class Point:
    """The end of one month (or the day asked about). ``spent`` None: nobody made a statement in the month.

    ``silent``: how many bodies that hold money had not; the figure is then of the others, and of what these said once.
    """

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
    """What the page shows: two questions, this year's months and those of the year before."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        if query.on.year < query.year_use:
            raise Refusal(_("Ngày này trước năm ngân sách đã chọn: chưa có tháng nào."))
        self.reach, self.there = reach, Overview(query, reach)
        self.query = self.there.asked

    @cached_property
    def months(self) -> list[Month]:
        before = _points(self._past) if self._past else {}
        return [Month(one, point, before.get(one)) for one, point in _points(self._now).items()]

    @cached_property
    def _now(self) -> Answer:
        return answer(replace(self.query, by=("month",)), self.reach)

    @cached_property
    def _past(self) -> Answer | None:
        """Last year's months, over whatever plan it had; a year of which the books hold nothing has none."""
        query = replace(then(self.query, "last_year"), denominator=None, by=("month",))
        try:
            return answer(query, self.reach)
        except Refusal:
            return None

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
    def silent_words(self) -> str:
        """Months that nobody spoke of: ``1, 2, 3``."""
        return ", ".join(number(month.number) for month in self.months if month.now.spent is None)

    @cached_property
    def gaps(self) -> list[dict[str, Any]]:
        """What stands beside the figures of this year's months: said above what is asked, or of a place that is gone."""
        split = [gap for gap in self._now.not_split if gap["dim"] != "month" and not self._is_implied(gap)]
        gone = [{**gap, "id": not_apportioned_id(self.query, gap)} for gap in self._now.not_apportioned]
        return [{**in_words(gap), "number": _month(gap["month"])} for gap in (*split, *gone)]

    def _is_implied(self, gap: dict[str, Any]) -> bool:
        """A plan that is only implied is no money and stands in no gap."""
        base = self.there.headline.denominator
        return base is not None and base.what == "implied" and gap["measure"] == "given_dong"


def _month(code: str) -> int:
    return int(code[-2:])


def _points(said: Answer) -> dict[int, Point]:
    """Month → its point. A body's first word is a word of the month too, though it tells of no month alone."""
    silent: dict[str, set[str]] = {}
    for gap in said.not_reported:
        silent.setdefault(gap["month"], set()).add(gap["body"])
    first_words = {gap["month"] for gap in said.not_split if gap["dim"] == "month"}
    found, last = {}, None
    for row in said.rows:
        code, line = row.dims["month"], line_of(row, kind="item", label="")
        is_first = code in first_words or (last is None and line.spent is not None)
        spent = line.spent if is_first or row.measures.get("flow_dong") is not None else None
        found[_month(code)] = Point(line, spent, len(silent.get(code, ())))
        last = line.spent
    return found


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
        _drawn = found.months
    except Refusal as refusal:
        return page(request, "desk/course.html", {**context, "refused": str(refusal)})
    words = questions.state_words(found.query.state)
    return page(request, "desk/course.html", {**context, "course": found, "there": found.there, "state_words": words})
