"""A figure month by month: cumulative at the end of each month, and what was spent in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.cube import flow
from vungcao.cube.question import FigureQuery, NotAQuestion
from vungcao.cube.rows import Answer, Row
from vungcao.evidence.moment import one_moment
from vungcao.kernel.periods import Period
from vungcao.ledger import ahead

Ask = Callable[[FigureQuery], Answer]
BY_MONTH: Final = ("disbursement", "flow", "given", "entered", "recovered", "lent", "repaid", "outstanding")


def by_month(query: FigureQuery, ask: Ask) -> Answer:
    """One row a month (times the other dimensions), from January of the year of use up to the day asked about.

    The month of the day itself stands as of that day. Every month keeps the gaps of its own, which name it.
    """
    if query.name not in BY_MONTH:
        raise NotAQuestion(_("Số liệu %(name)s không chia được theo tháng (month).") % {"name": query.name})
    if query.basis == "month":
        raise NotAQuestion(_("Kỳ lũy kế “month” đã là của một tháng: chia theo tháng thì dùng kỳ “year”."))
    by, days = tuple(dim for dim in query.by if dim != "month"), list(month_ends(query))
    with one_moment():
        read_ahead(query)
        return _month_by_month(query, by, days, ask)


def read_ahead(*queries: FigureQuery) -> None:
    """Read once what several questions by month are about to ask of the register in this moment."""
    asked = [query for query in queries if query.name in ("disbursement", "flow")]
    bases = {query.basis for query in asked}
    ahead.read_ahead((day for query in queries for _, day in month_ends(query)), *bases)
    flow.read_ahead(day for query in asked for _, day in month_ends(query) if flow.before(day).year >= query.year_use)


def _month_by_month(query: FigureQuery, by: tuple[str, ...], days: list[tuple[str, date]], ask: Ask) -> Answer:
    rows: list[Row] = []
    gaps: dict[str, list[dict[str, Any]]] = {"not_reported": [], "not_split": [], "not_apportioned": []}
    found: Answer | None = None
    for code, day in days:
        one = replace(query, on=day, year=query.year_use, by=by)
        found = ask(one)
        month = ask(replace(one, name="flow", denominator=None)) if query.name == "disbursement" else None
        rows += _rows(query, code, found, month)
        for name, held in gaps.items():
            held += [{"month": code, **gap} for gap in getattr(found, name)]
        first_words = [gap for gap in month.not_split if gap["dim"] == "month"] if month else []
        gaps["not_split"] += [{"month": code, **gap} for gap in first_words]
    if found is None:
        raise NotAQuestion(
            _("Ngày %(day)s trước năm sử dụng vốn %(year)s: chưa có tháng nào.")
            % {"day": f"{query.on:%d/%m/%Y}", "year": query.year_use}
        )
    return replace(found, on=query.on, rows=rows, **gaps)  # type: ignore[arg-type]  # the three lists named above


def month_ends(query: FigureQuery) -> Iterator[tuple[str, date]]:
    """(``2024-05``, 31/05/2024) of each month of the year of use up to the day asked about, which ends the last one."""
    month = Period.parse(f"{query.year_use}-01")
    while month.first <= query.on:
        yield month.code, min(month.last, query.on)
        after = month.last + timedelta(days=1)
        month = Period.parse(f"{after:%Y-%m}")


def _rows(query: FigureQuery, code: str, found: Answer, month: Answer | None) -> Iterator[Row]:
    """Cumulative rows of one month with what was spent in it; a row of either alone stands too."""
    flows = {tuple(row.dims.values()): row for row in month.rows} if month else {}
    for row in found.rows:
        key = tuple(row.dims.values())
        own = flows.get(key)
        more = {"flow_dong": own.measures["flow_dong"]} if own else {"flow_dong": None} if month else {}
        yield replace(
            row,
            dims=_in_order(query, code, row.dims),
            names=_in_order(query, f"{Period.parse(code)}", row.names),
            short_names=_in_order(query, f"{int(code[-2:])}/{code[:4]}", row.short_names),
            measures=row.measures | more,
            ids=row.ids | ({"flow": own.id} if own else {}),
        )


def _in_order(query: FigureQuery, month: str, said: dict[str, str]) -> dict[str, str]:
    return {dim: month if dim == "month" else said[dim] for dim in query.by}
