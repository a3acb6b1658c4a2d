"""The course over the months of a year: plan and spending cumulated to the end of each, beside the year before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.reach import Reach
from vungcao.cube.comparing import then
from vungcao.cube.figures import FigureQuery
from vungcao.cube.months import read_ahead
from vungcao.desk import questions
from vungcao.desk.course_chart import Chart, chart
from vungcao.desk.course_silence import Silent, silent
from vungcao.desk.course_year import Point, Year
from vungcao.desk.kept_pages import kept
from vungcao.desk.overview import Overview, decimals_of, is_finer
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel.refusal import Refusal

MOST_MONTHS: Final = 18  # from January of the budget year: its money is spent and told of some months into the next


@dataclass(frozen=True)
class Month:
    """A line of the table: this year's point, and the same month's of the year before where that could be asked.

    ``label``: the month's number, with its year where it comes after the budget year: ``11``, ``1/2022``.
    """

    label: str
    now: Point
    before: Point | None


class Course:
    """What the page shows: two questions, this year's months and those of the year before."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        _refuse_far(query)
        read_ahead(query, _a_year_before(query))
        self.reach, self.there = reach, Overview(query, reach)
        self.query = replace(self.there.asked, known=query.known)  # now is now: trees and names are in memory already
        self.now = Year(self.query, reach)

    @cached_property
    def _past(self) -> Year | Refusal:
        """Last year's months, over whatever plan it had; or why they can't be asked about."""
        try:
            return Year(_a_year_before(self.query), self.reach)
        except Refusal as refusal:
            return refusal

    @cached_property
    def before(self) -> Year | None:
        """Last year's months, where somebody held money or spoke in them."""
        past = self._past
        return None if isinstance(past, Refusal) or past.is_bare else past

    @property
    def refused_before(self) -> str:
        """The sentence that refused the question about last year."""
        return str(self._past) if isinstance(self._past, Refusal) else ""

    @property
    def year_before(self) -> int:
        return self.query.year_use - 1

    @cached_property
    def months(self) -> list[Month]:
        before = self.before.points if self.before else [None] * len(self.now.points)
        return [Month(*one) for one in zip(self.now.labels, self.now.points, before, strict=True)]

    @property
    def is_bare(self) -> bool:
        return self.now.is_bare and self.before is None

    @property
    def chart(self) -> Chart | None:
        """Drawn where at least one month was spoken of, or a plan is known."""
        now, before = self.now.points, self.before.points if self.before else []
        return chart(
            plan=[point.plan for point in now],
            spent=[point.spent for point in now],
            before=[point.spent for point in before],
            parts=[point.silent > 0 for point in now],
            parts_before=[point.silent > 0 for point in before],
        )

    @cached_property
    def decimals(self) -> int:
        """Decimals of triệu đồng that print every amount of the table exactly, at most three."""
        return decimals_of(self._amounts)

    @property
    def is_rounded(self) -> bool:
        """Some amount of the table is finer than the decimals printed."""
        return is_finer(self._amounts, self.decimals)

    @property
    def _amounts(self) -> list[int]:
        points = [*self.now.points, *(self.before.points if self.before else [])]
        said = (amount for one in points for amount in (one.line.low, one.line.high, one.spent))
        return [amount for amount in said if amount is not None]

    @cached_property
    def silent(self) -> list[Silent]:
        """Bodies that hold money and had not reported, this year's months and last year's, by name."""
        return silent(self.now, self.before)

    @cached_property
    def beside(self) -> list[dict[str, Any]]:
        """What stands beside the figures of the table. A plan that is only implied is no money and stands in no gap."""
        base = self.there.headline.denominator
        is_implied = base is not None and base.what == "implied"
        now = self.now.beside("disbursed_dong", *([] if is_implied else ["given_dong"]))
        return [*now, *(self.before.beside("disbursed_dong") if self.before else [])]

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys([*self.now.said.notes, *(self.before.said.notes if self.before else [])]))


def _a_year_before(query: FigureQuery) -> FigureQuery:
    return replace(then(query, "last_year"), denominator=None)


def _refuse_far(query: FigureQuery) -> None:
    """Refuse a day before the year, and one so long after it that its course is another year's matter."""
    if query.on.year < query.year_use:
        raise Refusal(_("Ngày này trước năm ngân sách đã chọn: chưa có tháng nào."))
    if (query.on.year - query.year_use) * 12 + query.on.month > MOST_MONTHS:
        last = f"30/06/{query.year_use + 1}"
        raise Refusal(
            _("Diễn biến của năm ngân sách %(year)s xem được đến hết ngày %(last)s: chọn ngày sớm hơn, hoặc năm khác.")
            % {"year": query.year_use, "last": last}
        )


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
    except Refusal as refusal:
        return page(request, "desk/course.html", {**context, "refused": str(refusal)})
    words = questions.state_words(found.query.state)
    return page(request, "desk/course.html", {**context, "course": found, "there": found.there, "state_words": words})
