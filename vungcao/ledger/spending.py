"""From statements to what figures may count: the lines that stand on a day, walked into a cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from vungcao.bodies.models import BodyKind
from vungcao.bodies.queries import batches_reached
from vungcao.evidence.actions import under_way
from vungcao.evidence.every_row import EveryRow
from vungcao.evidence.keeping import known_at
from vungcao.kernel.years import Years
from vungcao.ledger import openings, spoken
from vungcao.ledger.ahead import Walk
from vungcao.ledger.cover import Cover, Said, cover
from vungcao.ledger.models import Basis, Measure, ReporterOrder, Statement, StatementLine
from vungcao.ledger.moving import last_moved
from vungcao.ledger.regions import Region, Spaces, spaces_known_at
from vungcao.ledger.spoken import Spoken

ENTERED = "entered"  # no measure of a statement: the plan that the Treasury says it has entered
ADVANCES = "advances"  # nor is this: what counted lines say is advanced and not cleared yet, a part of what was spent
UNRANKED = 99
NOT_YET = 2**63


def statements_until(
    on: date, *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED
) -> list[Statement]:
    """Every statement as of ``on`` or before that nothing known supersedes, the earliest first."""
    said = Statement.objects.filter(
        known_at(known), as_of__lte=on, basis=basis, measure=measure, batch__in=batches_reached(state, known)
    )
    return list(said.exclude(pk__in=_superseded(known, state)).order_by("as_of", "pk"))


def latest_of(said: Iterable[Statement]) -> list[Statement]:
    """Of statements in their order the last of each reporter and coverage."""
    return list({(one.reporter_id, Region.of(one)): one for one in said}.values())


def _superseded(known: int | None, state: str) -> list[int]:
    """Keys of statements that a correction replaces; one still under way alters nothing."""
    later = Statement.objects.filter(known_at(known), batch__in=batches_reached(state, known))
    return list(later.exclude(supersedes=None).values_list("supersedes_id", flat=True))


_orders: Final[EveryRow[ReporterOrder]] = EveryRow(ReporterOrder)


def orders(known: int | None) -> list[ReporterOrder]:
    """The order of reporters on any day, kept in memory."""
    return _orders.standing(known)


def ranks(on: date, known: int | None) -> dict[tuple[int, str], int]:
    """(programme, kind of body) → rank, in force on ``on``."""
    return {(row.component_id, row.body_kind): row.rank for row in orders(known) if row.holds_on(on)}


def said_on(on: date, *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED) -> list[Said]:
    """Every line of the standing statements, with its reporter's rank.

    ``ENTERED``: the plans beside the Treasury's own lines, instead of what was spent. ``ADVANCES``: of the lines that
    count as spending, what they say is advanced and not cleared; those that don't say are not among them.
    """
    wanted = Measure.DISBURSED if measure in (ENTERED, ADVANCES) else measure
    said = spoken.that_count(known=known, state=state, basis=basis, measure=wanted, until=on)
    statements = {one.pk: one for one in spoken.latest(said)}
    if measure == ENTERED:
        return [replace(one, dong=plan) for one, plan in _with_plans(statements, on, known)]
    if measure == ADVANCES:
        counted = spending_on(on, known=known, state=state, basis=basis).admitted
        found = {one.said.line: one.said for one in counted}
        return [replace(found[pk], dong=dong) for pk, dong in _advances(statements) if pk in found]
    order, spaces = ranks(on, known), spaces_known_at(known)
    return [_said(line, statements[line.statement_id], order, spaces, on) for line in spoken.lines(statements)]


def _with_plans(statements: dict[int, Spoken], on: date, known: int | None) -> Iterator[tuple[Said, int]]:
    order, spaces = ranks(on, known), spaces_known_at(known)
    theirs = [pk for pk, one in statements.items() if _kind_then(one, spaces) == BodyKind.TREASURY]
    for line in spoken.lines(theirs):
        if line.plan_dong is not None:
            yield _said(line, statements[line.statement_id], order, spaces, on), line.plan_dong


def _kind_then(one: Spoken, spaces: Spaces) -> str:
    """Kind of a reporter on the day that it spoke of; empty where it was no body."""
    return spaces(one.as_of).bodies.kinds.get(one.reporter, "")


def _advances(statements: dict[int, Spoken]) -> Iterator[tuple[int, int]]:
    """(line, đồng advanced and not cleared) of the lines that say it, or say both of what it is the difference."""
    columns = ("pk", "open_advance_dong", "advance_dong", "cleared_dong")
    rows = StatementLine.objects.filter(statement__in=statements).order_by("pk").values_list(*columns)
    for pk, still_open, advanced, cleared in rows:
        if still_open is None and advanced is not None and cleared is not None:
            still_open = advanced - cleared
        if still_open is not None:
            yield pk, still_open


def _said(line: Any, statement: Spoken, order: dict[tuple[int, str], int], spaces: Spaces, on: date) -> Said:
    then = spaces(statement.as_of)
    programme = then.components.programme_of(line.component_id)
    kind = _kind_then(statement, spaces) or spaces(on).bodies.kinds.get(statement.reporter, "")
    root = then.not_divided["component"]
    default = order.get((root, kind), UNRANKED)
    number = line.act__numbered__no
    return Said(
        line=line.pk,
        statement=statement.pk,
        act=NOT_YET if number is None else number,  # written by the act under way: the latest of all
        reporter=statement.reporter,
        rank=order.get((programme, kind), default),
        as_of=statement.as_of,
        region=Region.of(line),
        dong=line.disbursed_dong,
        is_asserting_only=statement.region.component == root,
        opening=statement.opening,
        qualifier=line.qualifier,
    )


_covers: dict[tuple[object, ...], Cover] = {}
_handed: dict[tuple[object, ...], list[openings.Handed]] = {}


def spending_on(
    on: date,
    *,
    known: int | None = None,
    state: str = "received",
    basis: str = Basis.YEAR,
    measure: str = Measure.DISBURSED,
) -> Cover:
    """The cover of a day, kept in memory under the last act that could move it, which *is* the state. While an act is
    under way, whose rows have no number yet and may go, it is made anew and not kept.
    """
    key = (on, last_moved(known), state, basis, measure)

    def walked() -> Cover:
        return cover(said_on(on, known=known, state=state, basis=basis, measure=measure), spaces_known_at(known))

    if under_way.get() is not None:
        return walked()
    if key not in _covers:
        if len(_covers) >= 32:
            _covers.clear()
        _covers[key] = walked()
    return _covers[key]


def read_ahead(walks: Iterable[Walk], *, known: int | None, state: str) -> None:
    """Before the covers of several days and bases are asked for: the lines of those not kept are read together."""
    if under_way.get() is not None:  # nothing is held then
        return
    at = last_moved(known)
    missing = [(day, basis) for day, basis in walks if (day, at, state, basis, Measure.DISBURSED) not in _covers]
    said = [spoken.that_count(known=known, state=state, basis=basis, until=day) for day, basis in missing]
    spoken.lines(one.pk for of_walk in said for one in spoken.latest(of_walk))


def handed_on(on: date, *, known: int | None = None, state: str = "received") -> list[openings.Handed]:
    """What was handed over as spent up to a day, in the cover of that day (year to date); kept like the cover."""
    key = (on, last_moved(known), state)

    def sought() -> list[openings.Handed]:
        opened = openings.openings_on(on, known=known, state=state)
        found = spending_on(on, known=known, state=state) if opened else Cover()
        return openings.handed(found, opened, spaces_known_at(known))

    if under_way.get() is not None:
        return sought()
    if key not in _handed:
        if len(_handed) >= 32:
            _handed.clear()
        _handed[key] = sought()
    return _handed[key]


def counted_on(
    on: date, *, known: int | None = None, state: str = "received", basis: str = Basis.YEAR
) -> Iterator[tuple[Region, int]]:
    """(region, đồng) of what counts: each root once, less what was handed over from it, and what the new holder took
    over where his own figure does not include it.
    """
    found = spending_on(on, known=known, state=state, basis=basis)
    yield from ((one.said.region, one.said.dong) for one in found.roots)
    if basis != Basis.YEAR:
        return
    for one in handed_on(on, known=known, state=state):
        yield one.giver.said.region, -one.opening.dong
        if one.stands_alone:
            yield one.taker, one.opening.dong


def spoke_since(on: date, *, since: date, known: int | None, state: str, year_use: int) -> set[tuple[int, int]]:
    """(reporter, programme) of each statement about money of a year of use as of ``since`` … ``on``."""
    components, year = spaces_known_at(known)(on).components, Years(year_use, year_use)
    return {
        (one.reporter, components.programme_of(one.region.component))
        for one in spoken.statements(known, state)
        if since <= one.as_of <= on
        and one.measure == Measure.DISBURSED
        and one.basis != Basis.ESTIMATE
        and Years.parse(one.region.year_use).covers(year)
    }


OWES_NOTHING = frozenset({BodyKind.COUNCIL, BodyKind.CENTRAL, BodyKind.NOT_DIVIDED, BodyKind.PROVINCE})
