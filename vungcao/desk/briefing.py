"""The leader's page: one side of A4, what a leader asks first; each figure with its thread, what is not known said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.reach import Reach
from vungcao.cube.comparing import then
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.reconciling import BASES
from vungcao.cube.rows import Answer, Row
from vungcao.desk import questions
from vungcao.desk.expiring import Group, groups, notes
from vungcao.desk.kept_pages import kept
from vungcao.desk.overview import Overview
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day
from vungcao.ledger.ahead import read_ahead

LOWEST: Final = 5
MOST_POINTS: Final = 3  # differences told in full; the others are counted
MOST_NAMES: Final = 6  # silent bodies named; the others are counted
MOST_LINES: Final = 7  # lines of money with a last day


@dataclass(frozen=True)
class Beside:
    """One figure set beside the rate. ``rate`` None: nobody has said; ``points``: how much higher the rate is."""

    word: str
    rate: Decimal | None
    points: Decimal | None
    id: str
    note: str = ""

    @property
    def sign(self) -> str:
        return "" if self.points is None else "up" if self.points > 0 else "down" if self.points < 0 else "dash"


@dataclass(frozen=True)
class Ranked:
    """One unit of the lowest. ``rank`` of ``among``: 1 is the highest."""

    name: str
    rank: int
    among: int
    rate: Decimal | None
    left: int | None
    id: str


class Briefing:
    """What the page and the paper say, asked once."""

    def __init__(self, query: FigureQuery, reach: Reach) -> None:
        self.query, self.reach = query, reach
        read_ahead([query.on, *(then(query, what).on for what in ("last_period", "last_year"))], query.basis)
        read_ahead([query.on], *BASES)
        self.there = Overview(query, reach)

    @cached_property
    def compared(self) -> Answer:
        return answer(replace(self.query, compare=("last_period", "last_year", "national")), self.reach)

    @cached_property
    def ranked(self) -> Answer:
        return answer(replace(self.query, by=("body",), rank="rate"), self.reach)

    @cached_property
    def beside(self) -> list[Beside]:
        """The rate of the last period, of the same day last year, and of the country where it was entered."""
        if not self.compared.rows:
            return []
        row, then = self.compared.rows[0], self.compared.beside
        return [
            _beside(row, "last_period", _("Kỳ trước"), _on(then, "last_period")),
            _beside(row, "last_year", _("Cùng kỳ năm trước"), _on(then, "last_year")),
            _beside(row, "national", _("Bình quân cả nước"), ""),
        ]

    @cached_property
    def lowest(self) -> list[Ranked]:
        """At most five units, the lowest first; those that tie with the fifth are counted in ``tied``."""
        return [_ranked(row) for row in self._worst[:LOWEST]]

    @property
    def tied(self) -> int:
        """Units below the line that stand no higher than the fifth."""
        worst = self._worst
        if len(worst) <= LOWEST:
            return 0
        edge = worst[LOWEST - 1].measures["rank"]
        return sum(row.measures["rank"] == edge for row in worst[LOWEST:])

    @cached_property
    def _worst(self) -> list[Row]:
        held = [row for row in self.ranked.rows if row.measures.get("rank") is not None]
        return sorted(held, key=lambda row: row.measures["rank"] or 0, reverse=True)

    @property
    def among(self) -> int:
        return len(self._worst)

    @property
    def unranked(self) -> list[str]:
        """Units without a rate: not reported, or without a plan."""
        return [row.names["body"] for row in self.ranked.rows if row.measures.get("rank") is None]

    @cached_property
    def fates(self) -> list[Group]:
        """Money by what becomes of it, at most seven lines in all; sums are of all."""
        room, found = MOST_LINES, []
        for group in groups(self.there.expiry):
            found.append(replace(group, most=room))
            room -= len(found[-1].told)
        return found

    @property
    def notes(self) -> list[str]:
        return notes(self.there.expiry)

    @property
    def points(self) -> list[Any]:
        return self.there.open_points[:MOST_POINTS]

    @property
    def more_points(self) -> int:
        return max(0, len(self.there.open_points) - MOST_POINTS)

    @property
    def silent(self) -> list[dict[str, Any]]:
        return self.there.not_reported[:MOST_NAMES]

    @property
    def more_silent(self) -> int:
        return max(0, len(self.there.not_reported) - MOST_NAMES)

    @property
    def silent_dong(self) -> int:
        return sum(gap["given_dong"] for gap in self.there.not_reported)

    @property
    def address(self) -> str:
        """The rest of an address that asks the same elsewhere: ``programme=1719&on=31/12/2024``."""
        asked = {"programme": self.query.programme or "", "on": day(self.query.on)}
        return "&".join(f"{name}={value}" for name, value in asked.items())


def _beside(row: Row, what: str, word: str, note: str) -> Beside:
    rate, points = row.measures.get(f"{what}_rate"), row.measures.get(f"{what}_points")
    id = row.ids.get(what, "") if rate is not None else ""
    return Beside(word, _decimal(rate), _decimal(points), id, note)


def _on(then: dict[str, Any], what: str) -> str:
    """The day of a figure set beside, and how many had not reported by then: ``30/11/2024, 13 đơn vị chưa báo cáo``."""
    found = then.get(what, {})
    said = "/".join(reversed(found.get("on", "").split("-")))
    silent = sum("given_dong" in gap for gap in found.get("not_reported", ()))
    return _("%(day)s, %(n)s đơn vị chưa báo cáo") % {"day": said, "n": silent} if silent else said


def _ranked(row: Row) -> Ranked:
    said = row.measures
    left = said.get("remainder_dong")
    return Ranked(
        name=row.names["body"],
        rank=int(said["rank"] or 0),
        among=int(said["among"] or 0),
        rate=_decimal(said.get("rate")),
        left=int(left) if left is not None else None,
        id=row.ids.get("now", row.id),
    )


def _decimal(said: int | Decimal | None) -> Decimal | None:
    return None if said is None else Decimal(said)


@require_safe
@needs("figures.see")
@kept
def briefing(request: OfficialRequest) -> HttpResponse:
    """One side of A4, on screen and printed."""
    form = questions.QuestionForm(request.GET, request.reach)
    context = {"form": form, "refused": "", "brief": None}
    if not form.days and not form.chosen:
        return page(request, "desk/nothing_yet.html", {**context, "is_elsewhere": questions.is_anything_said()})
    if not form.is_valid():
        return page(request, "desk/briefing.html", context)
    try:
        brief = Briefing(form.query(), request.reach)
        body = _body(request, brief)
    except Refusal as refusal:
        return page(request, "desk/briefing.html", {**context, "refused": str(refusal)})
    said = {"brief": brief, "there": brief.there, "body": body}
    words = questions.state_words(brief.query.state)
    return page(request, "desk/briefing.html", {**context, **said, "state_words": words})


def _body(request: OfficialRequest, brief: Briefing) -> SafeString:
    """The page without its form, as it is drawn: the same for everybody of one reach, until something is written."""
    return render_to_string("desk/parts/briefing.html", {"brief": brief, "there": brief.there}, request)
