"""Ranks of the rows of an answer, by exact values: a printed rate of one decimal makes no tie.

The highest is 1; equal values share a rank and the next rank skips as many (1, 2, 2, 4); a row whose value nobody
gave, or whose plan is only an interval, has no rank and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext

from vungcao.cube.question import NotAQuestion
from vungcao.cube.rows import Row

RULE = (
    "Xếp hạng: hạng 1 là cao nhất; bằng nhau thì cùng hạng và hạng sau bỏ số đã dùng (1, 2, 2, 4); "
    "so bằng trị số đúng, không so số đã làm tròn; dòng chưa có số thì không xếp hạng."
)


def exact(row: Row, measure: str) -> Fraction | None:
    """The value of a measure as a fraction; of a rate, numerator over denominator before any rounding."""
    if measure != "rate":
        said = row.measures.get(measure)
        return None if said is None else Fraction(said)
    base = row.denominator
    if base is None:
        above, below = row.measures.get("value"), row.measures.get("denominator")
        return Fraction(above) / Fraction(below) if above is not None and below else None
    spent = next((row.measures[name] for name in ("disbursed_dong", "estimated_dong") if name in row.measures), None)
    if spent is None or base.low_dong <= 0 or base.low_dong != base.high_dong:
        return None
    return Fraction(Fraction(spent) - Fraction(row.measures.get("carried_over_dong") or 0), base.low_dong)


def ranks(rows: Iterable[Row], measure: str) -> dict[str, tuple[int, int]]:
    """Row id → (rank, among how many). Raises ``NotAQuestion`` for a measure that no row has."""
    listed = list(rows)
    names = dict.fromkeys(name for row in listed for name in row.measures)
    if listed and measure not in names:
        raise NotAQuestion(
            gettext("Không có đại lượng %(measure)r để xếp hạng; có: %(names)s.")
            % {"measure": measure, "names": ", ".join(names)}
        )
    values = {row.id: value for row in listed if (value := exact(row, measure)) is not None}
    order = sorted(values.values(), reverse=True)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(order, start=1):
        first.setdefault(value, place)
    return {id: (first[value], len(order)) for id, value in values.items()}


def picked(rows: Iterable[Row], pick: str) -> list[Row]:
    """The ``lowest-5`` or ``highest-3`` of ranked rows, the extreme one first; all that tie with the last are there."""
    end, _, count = pick.partition("-")
    held = sorted((row for row in rows if row.measures.get("rank") is not None), key=_rank, reverse=end == "lowest")
    if len(held) <= int(count):
        return held
    edge = held[int(count) - 1].measures["rank"]
    return [row for index, row in enumerate(held) if index < int(count) or row.measures["rank"] == edge]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """By rank, what has none last, otherwise as they stood."""
    return sorted(rows, key=lambda row: (row.measures.get("rank") is None, _rank(row)))


def _rank(row: Row) -> int:
    return int(row.measures.get("rank") or 0)
