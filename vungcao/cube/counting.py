"""Facts that are not money, in the same figure language: indicators by place and group, in three readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.queries import batch_states, body
from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.question import FigureQuery, NotAQuestion
from vungcao.cube.rows import Answer, Row
from vungcao.cube.threads import Trace, TraceLine, step_rule
from vungcao.evidence.queries import last_number
from vungcao.kernel.vietnamese import day, number
from vungcao.monitoring.covering import widest
from vungcao.monitoring.models import Indicator, Observation
from vungcao.monitoring.queries import Observed, ObservedRow, Stuck, observed
from vungcao.territory import queries as territory
from vungcao.territory.models import Place, PlaceKind
from vungcao.territory.queries import PlaceTree

WHOLE: Final = "*"
DIMS: Final = ("place", "group")
_TOPS: Final = (PlaceKind.PROVINCE, PlaceKind.MUNICIPALITY)


def indicator(name: str) -> Indicator:
    """The indicator that a figure's name is; raises ``NotAQuestion``."""
    found = Indicator.objects.filter(code=name).first()
    if found is None:
        raise NotAQuestion(_("Không có số liệu tên %(name)r; xem `vungcao figures --list`.") % {"name": name})
    return found


def count(query: FigureQuery, reach: Reach) -> Answer:
    """Rows of an indicator by place and group; without ``--by`` the whole of each place is summed when it may be."""
    what = indicator(query.name)
    for dim in query.by:
        if dim not in DIMS:
            raise NotAQuestion(
                _("Số liệu %(name)s chia được theo: %(dims)s.") % {"name": query.name, "dims": ", ".join(DIMS)}
            )
    units = query.units_of(timezone.localdate())
    found = _observed(query, units)
    codes = Codes.of(query.on)
    pinned = replace(query, known=query.known if query.known is not None else last_number())
    chosen = Chosen.of(found, query, reach)
    groups: dict[tuple[str, ...], list[ObservedRow]] = {}
    for row in chosen.rows:
        key = tuple(codes.places[chosen.heads[row.place_id]] if dim == "place" else row.group for dim in query.by)
        groups.setdefault(key, []).append(row)
    rows = [_row(what, key, members, pinned, codes) for key, members in groups.items()]
    return Answer(
        figure=query.name,
        on=query.on,
        known_on=pinned.known or 0,
        boundaries=f"{query.boundaries}",
        state=query.state,
        rows=rows,
        not_reported=[
            {"place": codes.places[place], "name": codes.name_of_node("place", place)} for place in chosen.silent
        ],
        not_apportioned=[
            {
                "place": codes.places[one.place_id],
                "name": codes.name_of_node("place", one.place_id),
                "group": one.group,
                "value": f"{one.amount}",
                "why": one.why,
            }
            for one in chosen.apart
        ],
    )


def _observed(query: FigureQuery, units: date | None) -> Observed:
    """What is said of the indicator; of one year, where a year is asked for."""
    period = f"{query.year}" if query.year is not None else None
    return observed(query.name, query.on, query.known, query.state, units, period)


@dataclass(frozen=True)
class Chosen:
    """The rows that answer a question, each counted once; ``heads``: place of a row → the place it is shown under.

    ``silent``: places beside those shown of which nobody spoke. ``apart``: amounts of the question that no row counts.
    """

    rows: list[ObservedRow]
    heads: dict[int, int]
    silent: list[int]
    apart: list[Stuck]

    @classmethod
    def of(cls, found: Observed, query: FigureQuery, reach: Reach) -> Chosen:
        """Of groups beside their whole the whole, of nested places the wider; by place, the level next below.

        What a place that is gone held itself counts at the nearest place above that is there, and above that.
        """
        rows, units = found.rows, query.units_of(timezone.localdate())
        star = body(WHOLE)
        here = territory.tree(units or query.on, query.known)
        wanted = _place(query) if query.place else None
        stuck = [
            one
            for one in found.not_apportioned
            if reach.sees(one.above.place_id if one.above else one.place_id, star.pk if star else 0, here)
            and (wanted is None or one.place_id == wanted or (one.above and here.covers(wanted, one.above.place_id)))
        ]
        trees = {row.as_of: territory.tree(units or row.as_of, query.known) for row in rows}
        kept = [
            row
            for row in rows
            if reach.sees(row.place_id, star.pk if star else 0, trees[row.as_of])
            or (reach and trees[row.as_of].kinds.get(row.place_id) == PlaceKind.NATION)  # published for everybody
        ]
        if wanted is not None:
            kept = [row for row in kept if trees[row.as_of].covers(wanted, row.place_id)]
        spoken = {row.place_id for row in kept if row.group == WHOLE}
        kept, stuck = _of_groups(kept, query), _of_the_groups_asked(stuck, query, spoken)
        if "place" not in query.by:
            shown = _once(kept, query.known, units)
            lifted, apart = _lifted(stuck, shown, here)
            return cls([*shown, *lifted], {}, [], apart)
        base = {row.place_id: _base(row, query, trees[row.as_of]) for row in kept}
        inside = [row for row in kept if row.place_id != base[row.place_id]]
        filled = {base[row.place_id] for row in inside}
        shown = _once([row for row in kept if row in inside or row.place_id not in filled], query.known, units)
        heads = {row.place_id: _next_below(base[row.place_id], row.place_id, trees[row.as_of]) for row in shown}
        below = [one for one in stuck if one.above and one.above.place_id != _base(one.above, query, here)]
        lifted, apart = _lifted(below, shown, here)
        apart += [one for one in stuck if one not in below]
        heads |= {row.place_id: _next_below(_base(row, query, here), row.place_id, here) for row in lifted}
        beside = [one for node in sorted(filled) for one in here.children.get(node, ())]
        seen = [one for one in beside if reach.sees(one, star.pk if star else 0, here)]
        return cls([*shown, *lifted], heads, [one for one in seen if one not in heads.values()], apart)


def _of_groups(rows: list[ObservedRow], query: FigureQuery) -> list[ObservedRow]:
    """Rows of the groups asked for; where no group is asked for, the whole, and groups only where no whole was said."""
    if query.group is not None:
        return [row for row in rows if row.group == query.group]
    if "group" in query.by:
        return [row for row in rows if row.group != WHOLE]
    whole = {row.place_id for row in rows if row.group == WHOLE}
    return [row for row in rows if row.group == WHOLE or row.place_id not in whole]


def _of_the_groups_asked(stuck: list[Stuck], query: FigureQuery, spoken: set[int]) -> list[Stuck]:
    """The same of what is stuck: groups only where nobody said a whole."""
    if query.group is not None:
        return [one for one in stuck if one.group == query.group]
    if "group" in query.by:
        return [one for one in stuck if one.group != WHOLE]
    is_whole = bool(spoken) or any(one.group == WHOLE for one in stuck)
    return [one for one in stuck if one.group == WHOLE or not is_whole]


def _lifted(stuck: list[Stuck], shown: list[ObservedRow], here: PlaceTree) -> tuple[list[ObservedRow], list[Stuck]]:
    """What is stuck, counted where it surely is, and what can't be counted anywhere. Where a figure shown is of a place
    around it, it is in that figure already: neither.
    """
    lifted: list[ObservedRow] = []
    apart: list[Stuck] = []
    for one in stuck:
        above = one.above
        if above is None:
            apart.append(one)
        elif not any(row.group == one.group and here.covers(row.place_id, above.place_id) for row in shown):
            lifted.append(above)
    return lifted, apart


def _once(rows: list[ObservedRow], known: int | None, units: date | None) -> list[ObservedRow]:
    """Each place counted once in each group."""
    groups: dict[str, list[ObservedRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [row for members in groups.values() for row in widest(members, known, units)]


def _base(row: ObservedRow, query: FigureQuery, here: PlaceTree) -> int:
    """The place under which a row is shown: the one asked for, else the province."""
    if query.place:
        return _place(query)
    return here.ancestor_of_kind(row.place_id, _TOPS) or row.place_id


def _next_below(base: int, place: int, here: PlaceTree) -> int:
    """The place directly under ``base`` on the way to ``place``; ``place`` where it is ``base`` itself."""
    way = list(here.up(place))
    return way[way.index(base) - 1] if base in way and place != base else place


def _place(query: FigureQuery) -> int:
    code = query.place or ""
    by_key = Place.objects.filter(key=code.removeprefix("key:")).first() if code.startswith("key:") else None
    found = by_key or territory.place(code, query.units_of(timezone.localdate()) or query.on, query.known)
    if found is None:
        raise NotAQuestion(_("Không có địa bàn mã %(code)r trong ngày %(day)s.") % {"code": code, "day": day(query.on)})
    return int(found.pk)


def _row(what: Indicator, key: tuple[str, ...], members: list[ObservedRow], pinned: FigureQuery, codes: Codes) -> Row:
    if len(members) > 1 and not (what.is_additive or what.is_rate):
        raise NotAQuestion(
            _("“%(name)s” không cộng được qua địa bàn: hỏi theo từng địa bàn (--by place).") % {"name": what.name}
        )
    dims = dict(zip(pinned.by, key, strict=True))
    above = sum((row.numerator for row in members), Decimal(0))
    parts = [row.denominator for row in members if row.denominator is not None]
    below = sum(parts, Decimal(0)) if parts else None
    measures: dict[str, int | Decimal | None] = {"value": _plain(above)}
    if what.is_rate:
        measures["denominator"] = None if below is None else _plain(below)
        measures["rate"] = (above * 100 / below).quantize(Decimal("0.01")) if below else None
    narrowed = {dim: f"key:{code}" if dim == "place" else code for dim, code in dims.items()}
    return Row(
        id=pinned.narrowed(narrowed).id,
        dims=dims,
        names={dim: codes.name(dim, code) for dim, code in dims.items()},
        short_names={dim: codes.short_name(dim, code) for dim, code in dims.items()},
        measures=measures,
        denominator=None,
        qualifier=", ".join(dict.fromkeys(word for row in members for word in row.qualifiers)),
        lines=sum(len(row.lines) for row in members),
        unit=what.unit,
    )


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def trace_count(figure_id: str, query: FigureQuery, reach: Reach) -> Trace:
    """The observations behind a counted figure, each with its text."""
    what = indicator(query.name)
    units = query.units_of(timezone.localdate())
    found = _observed(query, units)
    chosen = Chosen.of(found, query, reach).rows
    keys = {line for row in chosen for line in row.lines}
    rows = (
        Observation.objects.filter(pk__in=keys).select_related("batch__source", "act__numbered", "place").order_by("pk")
    )
    codes = Codes.of(query.on)
    within = _within(list(rows), query.known)
    lines = [_line(one, codes, query.known, counted=one.pk not in within) for one in rows]
    rules = [
        step_rule(query.state),
        _("Đơn vị tính: %(unit)s.") % {"unit": what.unit},
    ]
    total = sum(line.dong for line in lines if line.counted)
    question = _("%(what)s; đến ngày %(day)s") % {"what": what.name, "day": day(query.on)}
    return Trace(figure_id, question, total, lines, rules, what.unit)


def _within(rows: Sequence[Observation], known: int | None) -> set[int]:
    """Keys of lines that are part of another line of the same day and group: both stand behind it, one counts."""
    places: dict[tuple[str, str, date], set[int]] = {}
    for row in rows:
        places.setdefault((row.group, row.period, row.as_of), set()).add(row.place_id)
    return {
        row.pk
        for row in rows
        for above in territory.tree(row.as_of, known).up(row.place_id)
        if above != row.place_id and above in places[row.group, row.period, row.as_of]
    }


def _line(one: Observation, codes: Codes, known: int | None, *, counted: bool) -> TraceLine:
    state = batch_states(known).get(one.batch_id)
    numbered, place = getattr(one.act, "numbered", None), codes.name_of_node("place", one.place_id)
    group = "" if one.group == WHOLE else f", {one.group}"
    return TraceLine(
        kind="observation",
        label=_("%(place)s, kỳ %(period)s") % {"place": f"{place}{group}", "period": one.period} + _over(one),
        dong=int(one.numerator),
        body=codes.name_of_node("body", one.batch.body_id),
        as_of=one.as_of,
        state=_(str(state.label)) if state else "",
        paper=f"{one.batch.source}",
        file=one.batch.source.name,
        file_sha=one.batch.source.sha256,
        sheet=one.sheet,
        cell=one.cell,
        said_by=one.act.official_name,
        act=numbered.no if numbered else 0,
        counted=counted,
        why="" if counted else _("chi tiết trong số của địa bàn cấp trên"),
    )


def _over(one: Observation) -> str:
    """Of a rate, what it is over and where that stands."""
    if one.denominator is None:
        return ""
    said = _(", trên %(whole)s") % {"whole": number(one.denominator.normalize())}
    return f"{said} ({one.note})" if one.note else said
