"""What is set beside each row of an answer: the same day last year, the last period, averages, the rank.

Every row of such an answer has an id that asks for it alone, comparison and all, and ``ids`` of the plain figures it
was made from. Differences of rates are of the rates as printed (one decimal), so that a reader finds them again;
ranks are by exact values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.cube.national import NOWHERE, national
from vungcao.cube.question import ADJUSTED, SPOKEN, FigureQuery, NotAQuestion
from vungcao.cube.ranking import RULE, in_order, picked, ranks
from vungcao.cube.rows import Answer, Row, plain_gap
from vungcao.evidence.queries import last_number
from vungcao.kernel.vietnamese import day, number
from vungcao.kernel.years import Years
from vungcao.ledger.models import Basis

Ask = Callable[[FigureQuery], Answer]
Measures = dict[str, int | Decimal | None]
RATED: Final = ("disbursement", "estimate")  # figures with a rate over money given
NAMES: Final = {"last_year": "cùng kỳ năm trước", "last_period": "kỳ trước"}
AVERAGE_RULE: Final = (
    "Bình quân chung: tổng giải ngân chia tổng kế hoạch của mọi đơn vị trong phạm vi được xem, "
    "không phải trung bình cộng các tỷ lệ."
)
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def beside(query: FigureQuery, ask: Ask) -> Answer:
    """The rows of a question with what it wants beside them; ``ask`` answers plain questions."""
    pinned = replace(query, known=query.known if query.known is not None else last_number())
    found = _Compared(pinned, ask)
    rows = [replace(row, id=_id(pinned, row), ids={"now": row.id, **row.ids}) for row in found.now.rows]
    for what in query.compare:
        rows = [replace(row, **found.beside(what, row)) for row in rows]
    notes = [*found.now.notes, *found.notes]
    if query.rank:
        given = ranks(rows, query.rank)
        rows = in_order(replace(row, measures=row.measures | _rank(given.get(row.id))) for row in rows)
        notes.append(_(RULE))
    if query.only:
        rows = [row for row in rows if tuple(row.dims.values()) == query.only]
    elif query.pick:
        rows = picked(rows, query.pick)
    return replace(found.now, rows=rows, notes=notes, beside=found.gaps)


def _id(query: FigureQuery, row: Row) -> str:
    return replace(query, pick=None, only=tuple(row.dims.values())).id


def _rank(found: tuple[int, int] | None) -> Measures:
    rank, among = found or (None, None)
    return {"rank": rank, "among": among}


def then(query: FigureQuery, what: str) -> FigureQuery:
    """The plain question about last year's same day, or about the end of the last period (same year of use)."""
    back = 1 if what == "last_year" or query.span == "year" else 0
    on = _year_before(query.on) if what == "last_year" else _period_before(query.on, _MONTHS[query.span])
    of_all_years = query.basis == Basis.PHASE and query.year is None
    year = None if of_all_years else query.year_use - back
    return replace(query.alone, on=on, year=year, year_origin=_shifted(query.year_origin, -back))


def _year_before(on: date) -> date:
    """The same day a year earlier; 29/02 becomes 28/02."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def _period_before(on: date, months: int) -> date:
    """The last day before the period of so many months that ``on`` lies in."""
    first = (on.month - 1) // months * months + 1
    return date(on.year, first, 1) - timedelta(days=1)


def _shifted(origin: str | None, years: int) -> str | None:
    said = Years.parse(origin) if origin else None
    return f"{said.first + years}" if said and said.depth == 2 else origin


@dataclass
class _Compared:
    """The answers that a question is compared with, each asked once."""

    query: FigureQuery
    ask: Ask
    notes: list[str] = field(default_factory=list)
    gaps: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = self.ask(self.query.alone)
        self.main = _main(self.query, self.now)
        self.past: dict[str, dict[tuple[str, ...], Row]] = {}
        self.average: Row | None = None
        self.country = national(self.query) if "national" in self.query.compare else None
        for what in self.query.compare:
            if what in NAMES:
                self._ask_then(what)
        if "average" in self.query.compare:
            whole = self.ask(replace(self.query.alone, by=(), place=None, body=None)).rows
            self.average = whole[0] if whole else None
            self.notes.append(_(AVERAGE_RULE))
        if "national" in self.query.compare:
            self.notes.append(self._of_the_country())

    def _ask_then(self, what: str) -> None:
        asked = then(self.query, what)
        found = self.ask(asked)
        self.past[what] = {_moved(row, self.query, asked): row for row in found.rows}
        self.gaps[what] = {
            "on": f"{asked.on}",
            "year": asked.year,
            "not_reported": [plain_gap(gap) for gap in found.not_reported],
            "not_split": found.not_split,
            "not_apportioned": found.not_apportioned,
        }
        self.notes += self._about(what, asked, found)

    def _about(self, what: str, asked: FigureQuery, found: Answer) -> Iterator[str]:
        name = _(NAMES[what])
        of = _(", năm sử dụng vốn %(year)s") % {"year": asked.year} if asked.year else ""
        yield _("So với %(name)s: số liệu đến ngày %(day)s%(of)s.") % {"name": name, "day": day(asked.on), "of": of}
        if what == "last_period" and asked.year and asked.on.year < asked.year:
            yield _("Ngày %(day)s thuộc năm ngân sách trước: lũy kế trong năm chưa có kỳ trước để so.") % {
                "day": day(asked.on)
            }
        silent = [gap["name"] for gap in found.not_reported]
        if silent:
            who = ", ".join(dict.fromkeys(silent))
            yield _("Ở %(name)s chưa báo cáo: %(who)s.") % {"name": name, "who": who}
        here = {tuple(row.dims.values()) for row in self.now.rows}
        gone = [" · ".join(row.short_names.values()) for key, row in self.past[what].items() if key not in here]
        if gone:
            yield _("Có ở %(name)s, không có ở kỳ này: %(rows)s.") % {"name": name, "rows": ", ".join(gone)}

    def _of_the_country(self) -> str:
        if self.country is None:
            nowhere = _(NOWHERE)
            return f"{nowhere[:1].upper()}{nowhere[1:]}."
        words = f"{self.country.qualifier} " if self.country.qualifier else ""
        return _("Bình quân cả nước, như đã công bố: %(rate)s%%, đến ngày %(day)s.") % {
            "rate": f"{words}{number(self.country.rate)}", "day": day(self.country.as_of),
        }  # fmt: skip

    def beside(self, what: str, row: Row) -> dict[str, Any]:
        """What changes in a row: its measures and ids."""
        more: Measures
        if what in NAMES:
            before = self.past[what].get(tuple(row.dims.values()))
            more = self._change(what, row, before)
            id = before.id if before and before.measures.get(self.main) is not None else ""
        elif what == "average":
            more = _points("average", row, self.average.measures.get("rate") if self.average else None)
            id = self.average.id if self.average else ""
        else:
            more, id = _points("national", row, self.country.rate if self.country else None), ""
            id = self.country.id if self.country else ""
        return {"measures": row.measures | more, "ids": row.ids | ({what: id} if id else {})}

    def _change(self, what: str, row: Row, before: Row | None) -> Measures:
        old, new = (one.measures.get(self.main) if one else None for one in (before, row))
        more: Measures = {f"{what}_{self.main}": old}
        both = old is not None and new is not None
        percent = (Decimal(new) * 100 / Decimal(old)).quantize(Decimal("0.1"), ROUND_HALF_UP) if both and old else None  # type: ignore[arg-type]  # both are there
        more[f"{what}_percent"] = percent
        if "rate" in row.measures:
            more |= _points(what, row, before.measures.get("rate") if before else None)
        return more


def _points(what: str, row: Row, other: int | Decimal | None) -> Measures:
    """The other rate, and by how many points this row's is above it."""
    rate = row.measures.get("rate")
    points = Decimal(rate) - Decimal(other) if rate is not None and other is not None else None
    return {f"{what}_rate": other, f"{what}_points": points}


def _main(query: FigureQuery, now: Answer) -> str:
    if query.name in SPOKEN:
        return SPOKEN[query.name][0]
    return "given_dong" if query.name == "given" else "value"


def _moved(row: Row, query: FigureQuery, asked: FigureQuery) -> tuple[str, ...]:
    """A row's key as it is in the answer of now: months and years of a year ago stand beside this year's."""
    years = query.year_use - asked.year_use
    return tuple(_later(dim, code, years) for dim, code in row.dims.items())


def _later(dim: str, code: str, years: int) -> str:
    if dim == "month":
        return f"{int(code[:4]) + years}{code[4:]}"
    if dim in ("year", "year_use"):
        return _shifted(code, years) or code
    return code


def refuse_beside(query: FigureQuery) -> None:
    """Refuse comparisons that mean nothing for a figure."""
    if not query.is_beside:
        return
    if query.name in ("chain", "counterpart", "remainder", *ADJUSTED):
        raise NotAQuestion(
            _("Số liệu %(name)s chưa so sánh, xếp hạng được: hỏi disbursement hoặc given.") % {"name": query.name}
        )
    only_rated = {"average", "national"} & set(query.compare)
    if only_rated and query.name not in RATED:
        raise NotAQuestion(
            _("Bình quân tính trên tỷ lệ giải ngân: chỉ so được cho %(rated)s.") % {"rated": ", ".join(RATED)}
        )
    if "month" in query.by and (query.rank or only_rated or "last_period" in query.compare):
        raise NotAQuestion(_("Chia theo tháng thì chỉ so được với cùng kỳ năm trước (last_year), không xếp hạng."))
