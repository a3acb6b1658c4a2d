"""Who had not reported in which months: one line a body and programme, with the money it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vungcao.desk.course_year import Year
from vungcao.desk.gaps import not_reported_id
from vungcao.kernel.vietnamese import sort_key


@dataclass(frozen=True)
class Silent:
    """A body that holds money of a programme. ``months``, ``before``: in which months of this year and of the last it
    had not reported (``1–3, 5``); ``given_dong`` what it held at the end of the latest of them, ``id`` its way back.
    """

    name: str
    programme: str
    months: str
    before: str
    given_dong: int
    id: str


def silent(now: Year, before: Year | None) -> list[Silent]:
    """Every body that had not reported in some month of either year, by name."""
    months = {year: _months(year) for year in (now, before) if year is not None}
    found = []
    for key in dict.fromkeys(key for of_year in months.values() for key in of_year):
        year = next(
            year for year in months if key in months[year]
        )  # this year's word on what is held, where it has one
        code = max(months[year][key])
        gap = months[year][key][code]
        found.append(
            Silent(
                name=gap["name"] or gap["body"],
                programme=gap["programme"],
                months=now.in_runs(months[now].get(key, ())),
                before=before.in_runs(months[before].get(key, ())) if before else "",
                given_dong=gap["given_dong"],
                id=not_reported_id(year.asked(code), gap),
            )
        )
    return sorted(found, key=lambda one: (sort_key(one.name), one.programme))


def _months(year: Year) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """(body, programme) → month → the gap."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for gap in year.said.not_reported:
        found.setdefault((gap["body"], gap["programme"]), {})[gap["month"]] = gap
    return found
