"""One series over programmes that go on from each other: planned and disbursed, a row a year, breaks marked.

A break is never smoothed: two programmes of one year are two rows, an amount of several years stands beside the rows
and is not spread over them, and a year of which nobody has said anything is missing, not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import BodyKind
from vungcao.bodies.reach import Reach
from vungcao.cube.denominators import WORDS, Denominator, rate_of
from vungcao.cube.figures import answer
from vungcao.cube.question import FigureQuery, NotAQuestion
from vungcao.cube.rows import Row
from vungcao.evidence.queries import last_number
from vungcao.kernel.years import Years
from vungcao.ledger.balances import years_on_file
from vungcao.ledger.models import Account, Basis, StatementLine
from vungcao.programme.models import Component, Level, PlanKind
from vungcao.programme.queries import (
    Break,
    Chain,
    ComponentTree,
    PlannedYear,
    chain,
    component,
    lives,
    naming,
    planned_years,
)
from vungcao.programme.queries import tree as components_on
from vungcao.territory import queries as territory
from vungcao.territory.models import Place, PlaceKind

ANNUAL: Final = "annual"
PLAN_WORDS: Final[Mapping[str, str]] = {**WORDS, ANNUAL: "kế hoạch năm"}


@dataclass(frozen=True)
class SeriesRow:
    """One budget year of one component. ``planned`` names what it is; ``id`` asks for the disbursed figure again."""

    year: int
    component: Component
    name: str
    planned: Denominator | None
    disbursed_dong: int | None
    rate: Decimal | None
    as_of: date | None
    id: str | None

    def as_json(self) -> dict[str, Any]:
        plan = self.planned
        return {
            "year": self.year, "component": self.component.code, "name": self.name,
            "planned_low_dong": plan.low_dong if plan else None,
            "planned_high_dong": plan.high_dong if plan else None,
            "planned_as": plan.what if plan else None,
            "paper": (plan.voucher or plan.version or None) if plan else None,
            "disbursed_dong": self.disbursed_dong, "rate": f"{self.rate}" if self.rate is not None else None,
            "as_of": f"{self.as_of}" if self.as_of else None, "id": self.id,
        }  # fmt: skip


@dataclass(frozen=True)
class Series:
    """Rows by year; ``spans``: plans for several years at once; ``breaks``: where one component becomes another."""

    asked: Component
    place: Place | None
    on: date
    known_on: int
    chain: Chain
    rows: tuple[SeriesRow, ...]
    spans: tuple[PlannedYear, ...]
    notes: tuple[str, ...]

    @property
    def breaks(self) -> tuple[Break, ...]:
        return self.chain.breaks

    def as_json(self) -> dict[str, Any]:
        """The shape of ``vungcao plan series --json``."""
        return {
            "component": self.asked.code,
            "place": self.place.key if self.place else None,
            "on": f"{self.on}",
            "known_on": self.known_on,
            "members": [one.code for one in self.chain.members],
            "rows": [one.as_json() for one in self.rows],
            "spans": [one.as_json() for one in self.spans],
            "breaks": [one.as_json() for one in self.breaks],
            "notes": list(self.notes),
        }


def series(code: str, reach: Reach, *, on: date, place: str | None = None, known: int | None = None) -> Series:
    """The series that a component belongs to, up to the year of ``on``. Without a place, the province's.

    Raises ``NotAQuestion`` for a component or place that is not there.
    """
    asked = component(code)
    if asked is None:
        raise NotAQuestion(_("Không có chương trình, dự án nào mang mã “%(code)s”.") % {"code": code})
    return _Reading(asked, reach, on, place, known).series()


class _Reading:
    def __init__(self, asked: Component, reach: Reach, on: date, place: str | None, known: int | None) -> None:
        self.asked, self.reach, self.on = asked, reach, on
        self.known = last_number() if known is None else known
        self.chain = chain(asked, self.known)
        self.said_place = place
        self.place = self._place(place)

    def series(self) -> Series:
        rows = [
            self._row(member, year)
            for member in self.chain.members
            for year in self._years(member)
        ]  # fmt: skip
        return Series(
            self.asked, self.place, self.on, self.known, self.chain,
            tuple(sorted(rows, key=lambda row: (row.year, self.chain.members.index(row.component)))),
            tuple(one for one in self._planned if one.years.first != one.years.last),
            tuple(self._notes()),
        )  # fmt: skip

    def _place(self, said: str | None) -> Place | None:
        if said is not None:
            found = territory.place(said, self.on, self.known)
            if found is None:
                raise NotAQuestion(_("Không có địa bàn nào mang mã “%(code)s”.") % {"code": said})
            return found
        boards = [row for life in bodies.lives(self.known).values() for row in life if row.kind == BodyKind.BOARD]
        boards.sort(key=lambda row: row.body.key)
        dated = [(row.valid_from or date.min, row.place_id) for row in boards if row.place_id is not None]
        return Place.objects.get(pk=max(dated, key=lambda one: one[0])[1]) if dated else None

    @cached_property
    def _is_nation(self) -> bool:
        version = territory.naming(self.place.pk, self.on, self.known) if self.place else None
        return version is not None and version.kind == PlaceKind.NATION

    @cached_property
    def _trees(self) -> dict[int, ComponentTree]:
        """Member → the components of its last day, or of the day asked about."""
        found = {}
        for member in self.chain.members:
            last = naming(member.pk, self.known).last_day
            life = lives(self.known).get(member.pk, [])
            day = min(last or self.on, self.on)
            begins = (life[0].valid_from if life else None) or day
            found[member.pk] = components_on(max(day, begins), self.known)
        return found

    @cached_property
    def _planned(self) -> list[PlannedYear]:
        if self.place is None:
            return []
        return planned_years(self.chain, self._trees, place=self.place.pk, known=self.known)

    def _years(self, member: Component) -> list[int]:
        """Its budget years so far, and any year later or earlier that a plan names."""
        span = self.chain.years_of(member, self.known)
        named = {one.years.first for one in self._planned if one.component == member and self._is_one(one)}
        own = set(range(span.first, min(span.last, self.on.year) + 1)) if span else set()
        return sorted(own | named)

    @staticmethod
    def _is_one(one: PlannedYear) -> bool:
        return one.years.first == one.years.last

    def _row(self, member: Component, year: int) -> SeriesRow:
        found = self._asked(member, year)
        base = found.denominator if found else None
        plans = [
            one for one in self._planned
            if one.component == member and one.kind == PlanKind.ANNUAL and one.years == Years(year, year)
        ]  # fmt: skip
        if plans and (base is None or base.what == "implied"):
            papers = "; ".join(one.paper for one in plans)
            low, high = (sum(getattr(one, end) for one in plans) for end in ("low_dong", "high_dong"))
            base = Denominator(ANNUAL, low, high, version=papers)
        spent = found.measures["disbursed_dong"] if found else None
        disbursed = int(spent) if spent is not None else None
        rate = found.measures["rate"] if found and base is found.denominator else rate_of(disbursed, base)
        name = naming(member.pk, self.known).short_name
        return SeriesRow(
            year, member, name, base, disbursed, Decimal(rate) if rate is not None else None,
            self._as_of(member, year) if disbursed is not None else None,
            found.id if found and disbursed is not None else None,
        )  # fmt: skip

    def _asked(self, member: Component, year: int) -> Row | None:
        """The year's figure at its end, its closing month included; nothing where the books hold no such year."""
        if self._is_nation or year not in self._held:
            return None
        programme = member.code.partition(".")[0]
        query = FigureQuery(
            "disbursement", self._end(year), known=self.known, year=year, programme=programme,
            component=None if member.code == programme else member.code, place=self.said_place,
        )  # fmt: skip
        rows = answer(query, self.reach).rows
        return rows[0] if rows else None

    def _end(self, year: int) -> date:
        return min(self.on, date(year + 1, 1, 31))

    @cached_property
    def _held(self) -> set[int]:
        """Years of use of which the books hold money, a plan worked back from a rate, or a statement."""
        on_file = years_on_file()
        spans = [Years.parse(one) for one in on_file[Account] | on_file[StatementLine]]
        return {one.first for one in spans if one.first == one.last} | {
            one.years.first for one in self._planned if self._is_one(one)
        }

    def _as_of(self, member: Component, year: int) -> date | None:
        """Cut-off day of the latest statement that speaks of the component and year; others may be older."""
        said = (self._last_said.get((node, f"{year}")) for node in self._trees[member.pk].below(member.pk))
        return max((day for day in said if day is not None), default=None)

    @cached_property
    def _last_said(self) -> dict[tuple[int, str], date]:
        """(component, year of use) → the cut-off day of the latest statement that speaks of it up to the year's end; in
        one question, of every member and year.
        """
        nodes = {node for member, tree in self._trees.items() for node in tree.below(member)}
        years = {year for member in self.chain.members for year in self._years(member)}
        until = reduce(or_, (Q(year_use=f"{one}", statement__as_of__lte=self._end(one)) for one in years), Q(pk=None))
        rows = StatementLine.objects.known(self.known).filter(
            until, component__in=nodes, statement__basis=Basis.YEAR
        )  # fmt: skip
        last = rows.order_by().values_list("component", "year_use").annotate(last=Max("statement__as_of"))
        return {(component, year): day for component, year, day in last}

    def _notes(self) -> list[str]:
        found = []
        if self._is_nation:
            found.append(_("Sổ chỉ giữ giải ngân của tỉnh nên không có số giải ngân của cả nước."))
        levels = {self._trees[one.pk].levels.get(one.pk) for one in self.chain.members}
        if len(levels) > 1 and Level.PROGRAMME in levels:
            found.append(_("Chuỗi nối cấu phần khác cấp với nhau: chỉ đọc từng đoạn."))
        return found
