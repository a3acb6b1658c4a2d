"""Questions to monitoring: what was observed, in three readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from vungcao.bodies.models import BatchState
from vungcao.bodies.queries import LEFT_THE_LINE, batch_state, batches_reached
from vungcao.evidence.keeping import known_at
from vungcao.monitoring.covering import finest
from vungcao.monitoring.groups import WHOLE, group_named, groups_of
from vungcao.monitoring.models import Indicator, Observation
from vungcao.territory import queries as territory
from vungcao.territory.readings import recast, standing_above

__all__ = [
    "WHOLE", "Observed", "ObservedRow", "group_named", "groups_of", "indicators", "observed", "standing_words",
]  # fmt: skip
_MICRO: Final = 10**6  # figures carry six decimals; whole ones are recast as they are


@dataclass(frozen=True)
class ObservedRow:
    """A figure of one place and group. A rate is recomputed from the two parts; ``lines`` are the observations' keys.

    ``as_of`` is the earliest day among the lines, ``qualifiers`` every word of degree that was said.
    """

    place_id: int
    group: str
    period: str
    as_of: date
    numerator: Decimal
    denominator: Decimal | None
    qualifiers: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def rate(self) -> Decimal | None:
        """Numerator over denominator in per cent; ``None`` for a plain count and over nothing."""
        return self.numerator * 100 / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Stuck:
    """An amount that no place of the units asked for took over, at the place where it is stuck.

    ``above``: the same amount at the nearest place of those units that surely holds it; ``None`` where there is none,
    or where amounts may not be added up over places.
    """

    place_id: int
    group: str
    amount: Decimal
    why: str
    above: ObservedRow | None = None


@dataclass
class Observed:
    """Rows, and what could not be placed in the units asked for."""

    rows: list[ObservedRow] = field(default_factory=list)
    not_apportioned: list[Stuck] = field(default_factory=list)


def indicators() -> dict[str, Indicator]:
    """Every indicator by its code."""
    return {one.code: one for one in Indicator.objects.order_by("code")}


def standing_words(reporter: int, indicators: Iterable[str]) -> dict[tuple[str, int, str, str, date], Observation]:
    """The last word of a reporter on each thing (indicator's code, place, group, period, day) that is still in line."""
    rows = Observation.objects.filter(batch__body_id=reporter, indicator__code__in=set(indicators))
    rows = rows.select_related("indicator", "batch__source").order_by("pk")
    last = {(one.indicator.code, one.place_id, one.group, one.period, one.as_of): one for one in rows}
    out = {pk for pk in {one.batch_id for one in last.values()} if batch_state(pk) in LEFT_THE_LINE}
    return {mark: one for mark, one in last.items() if one.batch_id not in out}


def observed(
    indicator: str,
    on: date,
    known: int | None = None,
    state: str = BatchState.RECEIVED,
    boundaries: date | None = None,
    period: str | None = None,
) -> Observed:
    """What is said of an indicator (its code) up to a day, by batches that have reached ``state``.

    ``boundaries=None`` reads as reported then; a day reads in the units of that day. Of each place and group the
    latest period counts (or the ``period`` asked for), and in it the latest word. What is not additive is never summed
    over places: a place that is gone is then listed apart. Of a code that nobody spoke of there is nothing.
    """
    words = _latest(_standing(indicator, on, known, state, period))
    if boundaries is None or not words:
        return Observed([_row(one.place_id, [one], one.numerator, one.denominator) for one in words])
    found = Observed()
    words = [
        one for group in dict.fromkeys(word.group for word in words) for one in _finest(words, group, boundaries, known)
    ]
    what = words[0].indicator
    by_group: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in words:
        by_group[one.group, one.period].append(one)
    for group in by_group.values():
        if what.is_additive or what.is_rate:
            _recast(group, on, boundaries, known, found)
        else:
            _in_place(group, boundaries, known, found)
    return found


def _standing(indicator: str, on: date, known: int | None, state: str, period: str | None) -> Iterable[Observation]:
    """Observations in line that no later one in line replaces.

    All that one reporter says of one thing is one chain of corrections, so the last in line is the one that stands.
    """
    rows = Observation.objects.filter(
        known_at(known), indicator__code=indicator, as_of__lte=on, batch__in=batches_reached(state, known)
    ).select_related("batch", "indicator")
    if period is not None:
        rows = rows.filter(period=period)
    chains = {(row.batch.body_id, row.place_id, row.group, row.period, row.as_of): row for row in rows.order_by("pk")}
    return chains.values()


def _latest(words: Iterable[Observation]) -> list[Observation]:
    """Of each place the latest period spoken of; in it, of each group the latest day, and of one day the last word.

    A group that nobody spoke of for that period is missing, not what it was in an earlier one.
    """
    ordered = sorted(words, key=lambda one: (one.as_of, one.pk))
    periods = {one.place_id: one.period for one in ordered}
    found = {(one.place_id, one.group): one for one in ordered if one.period == periods[one.place_id]}
    return sorted(found.values(), key=lambda one: (one.group, one.place_id))


def _finest(words: Sequence[Observation], group: str, boundaries: date, known: int | None) -> list[Observation]:
    """Of nested places of one group what is recast: the communes that have spoken, and the rest of the district."""
    return finest([one for one in words if one.group == group], boundaries, known)


def _row(place_id: int, lines: Sequence[Observation], numerator: Decimal, denominator: Decimal | None) -> ObservedRow:
    return ObservedRow(
        place_id=place_id,
        group=lines[0].group,
        period=lines[0].period,
        as_of=min(one.as_of for one in lines),
        numerator=_tidy(numerator),
        denominator=None if denominator is None else _tidy(denominator),
        qualifiers=tuple(dict.fromkeys(one.qualifier for one in lines if one.qualifier)),
        lines=tuple(sorted(one.pk for one in lines)),
    )


def _tidy(value: Decimal) -> Decimal:
    """Whole figures without decimals: the column keeps six."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _recast(lines: Sequence[Observation], on: date, boundaries: date, known: int | None, found: Observed) -> None:
    """Sum one group over places in the units of a day: numerators and denominators each for itself."""
    above = _carry({one.place_id: one.numerator for one in lines}, on, boundaries, known)
    parts = {one.place_id: one.denominator for one in lines if one.denominator is not None}
    below = _carry(parts, on, boundaries, known)
    came = _destinations({one.place_id for one in lines}, boundaries, known)
    for place_id, amount in sorted(above.placed.items()):
        behind = [one for one in lines if place_id in came[one.place_id]]
        found.rows.append(_row(place_id, behind, amount, below.placed.get(place_id)))
    wholes = {place_id: amount for place_id, amount, _ in below.apart}
    passed = _passed({one.place_id for one in lines}, boundaries, known)
    for place_id, amount, why in above.apart:
        behind = [one for one in lines if place_id in passed[one.place_id]]
        home = standing_above(place_id, to=boundaries, known=known)
        lifted = None if home is None else _row(home, behind, amount, wholes.get(place_id))
        found.not_apportioned.append(Stuck(place_id, lines[0].group, amount, why, lifted))


@dataclass
class _Carried:
    placed: dict[int, Decimal]
    apart: list[tuple[int, Decimal, str]]


def _carry(amounts: Mapping[int, Decimal], on: date, boundaries: date, known: int | None) -> _Carried:
    """Recast decimals through whole numbers: counts as they are, measures in millionths."""
    unit = 1 if all(amount == amount.to_integral_value() for amount in amounts.values()) else _MICRO
    whole = {place_id: int(amount * unit) for place_id, amount in amounts.items()}
    done = recast(whole, said_on=on, to=boundaries, known=known)
    apart = [(place_id, Decimal(amount) / unit, why) for place_id, amount, why in done.not_apportioned]
    apart += [(place_id, Decimal(amount) / unit, "cần tỷ phần chia") for place_id, amount in done.needs_share]
    return _Carried({place_id: Decimal(amount) / unit for place_id, amount in done.placed.items()}, apart)


def _destinations(places: Iterable[int], boundaries: date, known: int | None) -> dict[int, set[int]]:
    """Where each place's figure may have gone: the places of that day reached along the successions."""
    standing = territory.tree(boundaries, known)
    passed = _passed(places, boundaries, known)
    return {place_id: {here for here in seen if here in standing} for place_id, seen in passed.items()}


def _passed(places: Iterable[int], boundaries: date, known: int | None) -> dict[int, set[int]]:
    """Each place with all that its figure may have come through on the way to that day, itself included."""
    standing = territory.tree(boundaries, known)
    found: dict[int, set[int]] = {}
    for place_id in places:
        seen: set[int] = set()
        waiting = [place_id]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += [] if here in standing else _neighbours(here, boundaries, known)
        found[place_id] = seen
    return found


def _neighbours(place_id: int, boundaries: date, known: int | None) -> list[int]:
    """Where a place that is not there on the day went, or what it was made of, on the way to that day."""
    went = [row for row in territory.successions_from(place_id, known) if row.event.effective <= boundaries]
    made = [row for row in territory.successions_into(place_id, known) if row.event.effective > boundaries]
    return [row.successor_id for row in went if row.successor_id is not None] + [row.predecessor_id for row in made]


def _in_place(lines: Sequence[Observation], boundaries: date, known: int | None, found: Observed) -> None:
    """What can't be summed stays with places that are still there."""
    standing = territory.tree(boundaries, known)
    for one in lines:
        if one.place_id in standing:
            found.rows.append(_row(one.place_id, [one], one.numerator, one.denominator))
        else:
            why = "chỉ tiêu không cộng được qua địa bàn"
            found.not_apportioned.append(Stuck(one.place_id, one.group, one.numerator, why))
