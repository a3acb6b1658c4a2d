"""Money that is lost if it is not spent: what is left of each source and year, until when it may be spent, by which
article, and how sure that is.

Amounts come from the figure *disbursement*, days from the rules on closing. Where spending is not divided as finely as
the rules, money of several sources stands on one line with the readings of all; nothing is divided by guess. What an
extension was granted for stands on a line of its own, with its new day (`extended`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.extended import divided, extensions_of, years_extended
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.given_sums import given_by
from vungcao.cube.kept import Answers
from vungcao.cube.rows import Answer, Row
from vungcao.evidence.queries import last_number
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.law.deadlines import CARRIED, CLOSED, DEPENDS, OPEN, UNKNOWN_DAY, Deadline, deadline, together
from vungcao.law.queries import rulebook
from vungcao.law.rulebook import Rulebook
from vungcao.ledger.balances import years_of_use
from vungcao.ledger.extensions import Extension
from vungcao.ledger.regions import space

YEAR_BEFORE_UNTIL: Final = (3, 31)  # in the first quarter the year before is still in hand, or has just been lost
NEAR: Final = timedelta(days=100)  # from 23/10 a closing day of 31/01 is near
LATE: Final = (9, 30)  # money added after this day may close later


@dataclass(frozen=True)
class Added:
    """Money assigned late in its year, for which the rules name another day; how much of it is left is not known."""

    dong: int
    deadline: Deadline


@dataclass(frozen=True)
class Expiring:
    """What is left of money of one source and year. ``unspent_dong`` None: nobody has said what was spent of it."""

    source: str
    name: str
    levels: tuple[str, ...]
    origin: str
    used: int
    given_dong: int
    disbursed_dong: int | None
    unspent_dong: int | None
    id: str
    deadline: Deadline
    state: str
    days_left: int | None
    added: tuple[Added, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def is_near(self) -> bool:
        return self.state in (OPEN, DEPENDS) and self.days_left is not None and self.days_left <= NEAR.days

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "levels": list(self.levels),
            "year_origin": self.origin,
            "year_use": self.used,
            "given_dong": self.given_dong,
            "disbursed_dong": self.disbursed_dong,
            "unspent_dong": self.unspent_dong,
            "id": self.id,
            "state": self.state,
            "days_left": self.days_left,
            **self.deadline.as_json(),
            "extensions": [one.as_json() for one in self.extensions],
            "added": [{"dong": one.dong, **one.deadline.as_json()} for one in self.added],
        }


@dataclass(frozen=True)
class Expiry:
    """All lines, and the spending that is not divided by source and year: each line may be less by as much."""

    on: date
    known_on: int
    lines: list[Expiring]
    not_split_dong: int

    @property
    def lost_dong(self) -> int:
        """Left of money whose last day has passed by every reading, and that no resolution on file carries on."""
        return self.sum_of(CLOSED)

    @property
    def carried_dong(self) -> int:
        """Left of money whose last day has passed, where a resolution may carry it into the year of the day."""
        return self.sum_of(CARRIED)

    @property
    def at_risk_dong(self) -> int:
        """Left of money that may still be spent, by one reading at least."""
        return self.sum_of(OPEN, DEPENDS)

    @property
    def unknown_dong(self) -> int:
        """Left of money for which no rule on file names a day."""
        return self.sum_of(UNKNOWN_DAY)

    def sum_of(self, *states: str) -> int:
        return sum(one.unspent_dong or 0 for one in self.lines if one.state in states)

    def as_json(self) -> dict[str, Any]:
        return {
            "figure": "expiring",
            "on": f"{self.on}",
            "known_on": self.known_on,
            "lost_dong": self.lost_dong,
            "carried_over_dong": self.carried_dong,
            "at_risk_dong": self.at_risk_dong,
            "unknown_dong": self.unknown_dong,
            "not_split_dong": self.not_split_dong,
            "rows": [one.as_json() for one in self.lines],
        }


def expiring(query: FigureQuery, reach: Reach) -> Expiry:
    """What of the money in question is left, and its last day; the first to close comes first.

    Without a year of use in the question: that of its day, and in the first quarter the year before as well.
    """
    return _kept.get(query, reach, lambda: _sought(query, reach))


_kept: Final = Answers[Expiry](room=64)


def _sought(query: FigureQuery, reach: Reach) -> Expiry:
    asked = replace(query, name="disbursement", by=("source", "year"), denominator="with_carry_over", source=None)
    extended = extensions_of(query, reach)
    years = [query.year] if query.year else sorted({*_years(query.on), *years_extended(extended, query.on)})
    held = years_of_use()
    answers = [(year, answer(replace(asked, year=year), reach)) for year in years if f"{year}" in held]
    book = rulebook()
    lines = [one for year, found in answers for one in _lines(replace(asked, year=year), found, reach, book, extended)]
    lines.sort(key=lambda one: (one.deadline.first or date.max, one.origin, one.source))
    unsaid = sum(gap["dong"] for _, found in answers for gap in found.not_split if _is_of_source(gap))
    known = answers[-1][1].known_on if answers else query.known or last_number()
    return Expiry(query.on, known, lines, unsaid)


def _years(on: date) -> list[int]:
    return [on.year - 1, on.year] if (on.month, on.day) <= YEAR_BEFORE_UNTIL else [on.year]


def _is_of_source(gap: dict[str, Any]) -> bool:
    return gap["dim"] in ("source", "year") and gap.get("measure") == "disbursed_dong"


def _lines(
    asked: FigureQuery, found: Answer, reach: Reach, book: Rulebook, extended: list[Extension]
) -> list[Expiring]:
    levels = _levels(asked)
    lines: list[Expiring] = []

    def add(row: Row, there: tuple[str, ...]) -> None:
        one = _line(asked, row, there, book)
        if one and one.unspent_dong != 0:
            lines.extend(divided(one, extended, there, asked.on))

    for row in found.rows:
        kind = row.dims["source"].split(":")[0]
        there = levels.get((kind, row.dims["year"]), ())
        if len(there) > 1 and (finer := _by_level(asked, row, reach)):
            for one in finer:
                add(one, (one.dims["source"].split(":")[1],))
        else:
            add(row, there)
    return lines


def _by_level(asked: FigureQuery, row: Row, reach: Reach) -> list[Row]:
    """The row by budget level, where what was spent of it is divided so; else nothing."""
    kind = row.dims["source"].split(":")[0]
    found = answer(replace(asked, source=kind, year_origin=row.dims["year"], by=("source",)), reach)
    spent = sum(int(one.measures["disbursed_dong"] or 0) for one in found.rows)
    if spent != (row.measures["disbursed_dong"] or 0):
        return []
    return [replace(one, dims={**row.dims, **one.dims}) for one in found.rows]


def _levels(asked: FigureQuery) -> dict[tuple[str, str], tuple[str, ...]]:
    """Budget levels that ever held money of (kind, year of origin) in the year of use."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, level, origin, _ in _given(asked):
        found.setdefault((kind, origin), set()).add(level)
    return {key: tuple(sorted(levels - {NOT_DIVIDED})) for key, levels in found.items()}


def _given(asked: FigureQuery, assigned_after: date | None = None) -> Iterator[tuple[str, str, str, int]]:
    """(kind, budget level, year of origin, đồng) of the money of the question's component in its year of use."""
    code = asked.component or asked.programme
    codes, sources = Codes.of(asked.on).components, space(asked.on, asked.known).sources
    columns = ("component", "source", "year_origin", "year_use")
    found = given_by(columns, asked.on, known=asked.known, state=asked.state, assigned_after=assigned_after)
    for component, source, origin, used, dong in found:
        if used == f"{asked.year_use}" and (not code or f"{codes[component]}.".startswith(f"{code}.")):
            yield (*sources[source], origin, dong)


def _line(asked: FigureQuery, row: Row, levels: tuple[str, ...], book: Rulebook) -> Expiring | None:
    given = row.measures["given_dong"]
    origin = Years.parse(row.dims["year"])
    if not isinstance(given, int) or not given or origin.depth != 2:
        return None
    kind = row.dims["source"].split(":")[0]
    day = together([deadline(kind, level, origin.first, asked.year_use, book, on=asked.on) for level in levels])
    spent = row.measures["disbursed_dong"]
    spent = int(spent) if spent is not None else None
    return Expiring(
        source=row.dims["source"],
        name=row.names["source"],
        levels=tuple(book.words.levels.get(level, level) for level in levels),
        origin=f"{origin}",
        used=asked.year_use,
        given_dong=given,
        disbursed_dong=spent,
        unspent_dong=given - spent if spent is not None else None,
        id=row.id,
        deadline=day,
        state=day.state(asked.on),
        days_left=(day.first - asked.on).days if day.first else None,
        added=tuple(_added(asked, kind, levels, origin.first, book)),
    )


def _added(asked: FigureQuery, kind: str, levels: tuple[str, ...], origin: int, book: Rulebook) -> list[Added]:
    """Money assigned after 30/9 of its own year, where the rules then name another last day."""
    since = date(origin, *LATE)
    if origin != asked.year_use or asked.on <= since or asked.place or asked.body:
        return []
    dong = sum(dong for of, _, year, dong in _given(asked, since) if (of, year) == (kind, f"{origin}"))
    usual, late = (
        together([deadline(kind, level, origin, origin, book, added_on=added, on=asked.on) for level in levels])
        for added in (None, since + timedelta(days=1))
    )
    differs = {one.until for one in usual.readings} != {one.until for one in late.readings}
    return [Added(dong, late)] if dong > 0 and differs else []
