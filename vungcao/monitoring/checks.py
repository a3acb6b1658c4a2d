"""Truths of monitoring over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from vungcao.bodies.queries import LEFT_THE_LINE, batch_state
from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import day, number
from vungcao.monitoring.groups import WHOLE, indicators_with_wholes
from vungcao.monitoring.models import Observation
from vungcao.territory import queries as territory
from vungcao.territory import telling

STARTS: Final = {
    "poor_households": "poor_households_start",
    "near_poor_households": "near_poor_households_start",
}  # what a period ends with → what the next one begins with
Thing = tuple[str, int, int, str, str, date]  # indicator, reporter, place, group, period, as-of day


def findings() -> Iterator[Finding]:
    """Groups and places that make no whole, broken chains, years that do not join, absent places, rates over 100 %."""
    said = _said()
    yield from _wholes(said)
    yield from _places(said)
    yield from _chains()
    yield from _movements(said)
    yield from _not_standing(said)
    yield from _over_a_hundred(said)


def _said() -> dict[Thing, Observation]:
    """The last word in line of each reporter on each thing."""
    found: dict[Thing, Observation] = {}
    for row in Observation.objects.select_related("indicator", "batch__source").order_by("pk"):
        code = row.indicator.code
        found[code, row.batch.body_id, row.place_id, row.group, row.period, row.as_of] = row
    out = {pk for pk in {row.batch_id for row in found.values()} if batch_state(pk) in LEFT_THE_LINE}
    return {thing: row for thing, row in found.items() if row.batch_id not in out}


def _wholes(said: Mapping[Thing, Observation]) -> Iterator[Finding]:
    """Groups that should make the whole, where every one of them and the whole were said."""
    groups = indicators_with_wholes()
    parts: dict[tuple[str, int, int, str, date], dict[str, Observation]] = defaultdict(dict)
    for (code, reporter, place_id, group, period, as_of), row in said.items():
        if code in groups:
            parts[code, reporter, place_id, period, as_of][group] = row
    for (code, _, place_id, period, as_of), found in parts.items():
        if WHOLE not in found or not all(group in found for group in groups[code]):
            continue
        total = sum((found[group].numerator for group in groups[code]), Decimal(0))
        whole = found[WHOLE].numerator
        if total != whole:
            place = telling.name(place_id, as_of)
            sentence = (
                f"{found[WHOLE].indicator.name}, {place}, kỳ {period}: các nhóm cộng lại {number(total.normalize())}, "
                f"tổng số ghi {number(whole.normalize())}."
            )
            yield Finding("monitoring", "groups.sum", f"{code} {place_id} {period} {as_of:%Y-%m-%d}", sentence)


def _places(said: Mapping[Thing, Observation]) -> Iterator[Finding]:
    """A place's own figure and those of all places directly inside it, said by one reporter of one day."""
    tables: dict[tuple[str, int, str, str, date], dict[int, Observation]] = defaultdict(dict)
    for (code, reporter, place_id, group, period, as_of), row in said.items():
        if row.indicator.is_additive and row.denominator is None:
            tables[code, reporter, group, period, as_of][place_id] = row
    for (*_, as_of), rows in tables.items():
        children = territory.tree(as_of).children
        for place_id, row in rows.items():
            inside = [rows[child] for child in children.get(place_id, ()) if child in rows]
            total = sum((one.numerator for one in inside), Decimal(0))
            if not inside or len(inside) < len(children[place_id]) or total == row.numerator:
                continue
            where = telling.name(place_id, as_of)
            sentence = (
                f"{row.indicator.name}, {where}, kỳ {row.period}: các địa bàn bên trong cộng lại "
                f"{number(total.normalize())}, ghi {number(row.numerator.normalize())} ({_where(row)})."
            )
            yield Finding("monitoring", "places.sum", _key(row), sentence)


def _chains() -> Iterator[Finding]:
    for row in Observation.objects.exclude(supersedes=None).select_related("supersedes__batch", "batch"):
        before = row.supersedes
        if before is None:
            continue
        names = ("indicator_id", "place_id", "group", "period", "as_of")
        same = all(getattr(row, name) == getattr(before, name) for name in names)
        if not same or row.batch.body_id != before.batch.body_id:
            sentence = (
                f"Số liệu số {row.pk} thay cho số {before.pk} nhưng không cùng nội dung, địa bàn, kỳ hoặc nơi báo cáo."
            )
            yield Finding("monitoring", "supersedes.other", f"{row.pk}", sentence)


def _movements(said: Mapping[Thing, Observation]) -> Iterator[Finding]:
    """What a year of a place ended with is what the next begins with, whoever said either."""
    ends: dict[tuple[str, int, str], Observation] = {}
    starts: dict[tuple[str, int, str], Observation] = {}
    of_start = {start: end for end, start in STARTS.items()}
    for (code, _, place, group, period, _), row in said.items():
        if group == WHOLE and period.isdigit() and code in STARTS:
            ends[code, place, period] = row
        if group == WHOLE and period.isdigit() and code in of_start:
            starts[of_start[code], place, period] = row
    for (code, place, period), start in starts.items():
        before = ends.get((code, place, f"{int(period) - 1}"))
        if before is None or before.numerator == start.numerator:
            continue
        sentence = (
            f"{before.indicator.name}, {telling.name(place, start.as_of)}: cuối năm {before.period} là "
            f"{number(before.numerator.normalize())} ({_where(before)}), đầu năm {period} lại ghi "
            f"{number(start.numerator.normalize())} ({_where(start)})."
        )
        yield Finding("monitoring", "movement.breaks", _key(start), sentence)


def _not_standing(said: Mapping[Thing, Observation]) -> Iterator[Finding]:
    """Figures of places that were not there on the day the figures stand at."""
    for row in said.values():
        if row.place_id in territory.tree(row.as_of):
            continue
        name = telling.name(row.place_id, row.as_of)
        sentence = f"{row.indicator.name}: {name} không có vào ngày {day(row.as_of)} ({_where(row)})."
        yield Finding("monitoring", "place.not_standing", _key(row), sentence)


def _over_a_hundred(said: Mapping[Thing, Observation]) -> Iterator[Finding]:
    """Rates of a part in its whole that are above 100 %."""
    for row in said.values():
        if row.denominator is None or row.numerator <= row.denominator:
            continue
        above, below = number(row.numerator.normalize()), number(row.denominator.normalize())
        place = telling.name(row.place_id, row.as_of)
        sentence = f"{row.indicator.name}, {place}: {above} trên {below}, quá 100% ({_where(row)})."
        yield Finding("monitoring", "rate.over_100", _key(row), sentence)


def _key(row: Observation) -> str:
    """File, cell and day: what an official can look at."""
    return f"{row.batch.source.name}|{row.sheet}|{row.cell}|{row.as_of:%Y-%m-%d}"


def _where(row: Observation) -> str:
    return f"{row.batch.source.name}, ô {row.cell}" if row.cell else row.batch.source.name
