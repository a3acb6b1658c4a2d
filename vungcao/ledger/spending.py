"""From statements to what figures may count: the lines that stand on a day, walked into a cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from vungcao.bodies.models import BodyKind
from vungcao.bodies.queries import batches_reached
from vungcao.evidence.actions import under_way
from vungcao.evidence.keeping import known_at
from vungcao.evidence.moment import held
from vungcao.kernel.years import Years
from vungcao.ledger import openings
from vungcao.ledger.cover import Cover, Said, cover
from vungcao.ledger.models import Basis, Measure, ReporterOrder, Statement, StatementLine
from vungcao.ledger.moving import last_moved
from vungcao.ledger.regions import REGION_COLUMNS, Region, Spaces, spaces_known_at

ENTERED = "entered"  # no measure of a statement: the plan that the Treasury says it has entered
ADVANCES = "advances"  # nor is this: what counted lines say is advanced and not cleared yet, a part of what was spent
UNRANKED = 99
NOT_YET = 2**63


def standing_statements(
    on: date, *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED
) -> list[Statement]:
    """Per reporter and coverage, the statement with the latest as-of ≤ ``on`` that nothing known supersedes."""
    candidates = Statement.objects.filter(
        known_at(known), as_of__lte=on, basis=basis, measure=measure, batch__in=batches_reached(state, known)
    ).exclude(pk__in=_superseded(known, state))
    latest: dict[tuple[int, Region], Statement] = {}
    for statement in candidates.order_by("as_of", "pk"):
        latest[(statement.reporter_id, Region.of(statement))] = statement
    return list(latest.values())


def _superseded(known: int | None, state: str) -> list[int]:
    """Keys of statements that a correction replaces; one still under way alters nothing."""
    later = Statement.objects.filter(known_at(known), batch__in=batches_reached(state, known))
    return list(later.exclude(supersedes=None).values_list("supersedes_id", flat=True))


def ranks(on: date, known: int | None) -> dict[tuple[int, str], int]:
    """(programme, kind of body) → rank, in force on ``on``."""
    rows = ReporterOrder.objects.on(on, known).values_list("component_id", "body_kind", "rank")
    return {(component, kind): rank for component, kind, rank in rows}


def said_on(on: date, *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED) -> list[Said]:
    """Every line of the standing statements, with its reporter's rank.

    ``ENTERED``: the plans beside the Treasury's own lines, instead of what was spent. ``ADVANCES``: of the lines that
    count as spending, what they say is advanced and not cleared; those that don't say are not among them.
    """
    wanted = Measure.DISBURSED if measure in (ENTERED, ADVANCES) else measure
    standing = standing_statements(on, known=known, state=state, basis=basis, measure=wanted)
    statements = {one.pk: one for one in standing}
    if measure == ENTERED:
        return [replace(one, dong=plan) for one, plan in _with_plans(statements, on, known)]
    if measure == ADVANCES:
        counted = spending_on(on, known=known, state=state, basis=basis).admitted
        found = {one.said.line: one.said for one in counted}
        return [replace(found[pk], dong=dong) for pk, dong in _advances(statements) if pk in found]
    order, spaces = ranks(on, known), spaces_known_at(known)
    return [_said(line, statements[line.statement_id], order, spaces, on) for line in _lines(statements)]


def _with_plans(statements: dict[int, Statement], on: date, known: int | None) -> Iterator[tuple[Said, int]]:
    order, spaces = ranks(on, known), spaces_known_at(known)
    for line in _lines(statements).exclude(plan_dong=None):
        statement = statements[line.statement_id]
        if spaces(statement.as_of).bodies.kinds.get(statement.reporter_id) == BodyKind.TREASURY:
            yield _said(line, statement, order, spaces, on), line.plan_dong or 0


def _advances(statements: dict[int, Statement]) -> Iterator[tuple[int, int]]:
    """(line, đồng advanced and not cleared) of the lines that say it, or say both of what it is the difference."""
    columns = ("pk", "open_advance_dong", "advance_dong", "cleared_dong")
    rows = StatementLine.objects.filter(statement__in=statements).order_by("pk").values_list(*columns)
    for pk, still_open, advanced, cleared in rows:
        if still_open is None and advanced is not None and cleared is not None:
            still_open = advanced - cleared
        if still_open is not None:
            yield pk, still_open


def _lines(statements: dict[int, Statement]) -> Any:
    """What a cover needs of their lines: plain rows, for there are thousands."""
    columns = ("pk", "statement_id", "disbursed_dong", "plan_dong", "act__numbered__no", *REGION_COLUMNS)
    return StatementLine.objects.filter(statement__in=statements).order_by("pk").values_list(*columns, named=True)


def _said(line: Any, statement: Statement, order: dict[tuple[int, str], int], spaces: Spaces, on: date) -> Said:
    then = spaces(statement.as_of)
    programme = then.components.programme_of(line.component_id)
    kind = then.bodies.kinds.get(statement.reporter_id) or spaces(on).bodies.kinds.get(statement.reporter_id, "")
    root = then.not_divided["component"]
    default = order.get((root, kind), UNRANKED)
    number = line.act__numbered__no
    return Said(
        line=line.pk,
        statement=statement.pk,
        act=NOT_YET if number is None else number,  # written by the act under way: the latest of all
        reporter=statement.reporter_id,
        rank=order.get((programme, kind), default),
        as_of=statement.as_of,
        region=Region.of(line),
        dong=line.disbursed_dong,
        is_asserting_only=statement.component_id == root,
        opening=statement.opening,
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
    made = held(("made", since, on, known, state), lambda: list(_made(since, on, known, state)))
    components, year = spaces_known_at(known)(on).components, Years(year_use, year_use)
    return {
        (reporter, components.programme_of(component))
        for _, reporter, component, years in made
        if Years.parse(years).covers(year)
    }


def read_ahead(spans: Iterable[tuple[date, date]], *, known: int | None, state: str) -> None:
    """Read once what ``spoke_since`` is about to ask of several spans (``since``, ``on``) in this moment."""
    spans = list(spans)
    if not spans:
        return
    every = list(_made(min(since for since, _ in spans), max(on for _, on in spans), known, state))
    for since, on in spans:
        here = [row for row in every if since <= row[0] <= on]
        held(("made", since, on, known, state), partial(list, here))


def _made(since: date, on: date, known: int | None, state: str) -> QuerySet[Statement, Any]:
    """(as of, reporter, component, year of use) of each statement of what was spent; an estimate is none."""
    made = Statement.objects.filter(
        known_at(known),
        as_of__gte=since,
        as_of__lte=on,
        measure=Measure.DISBURSED,
        batch__in=batches_reached(state, known),
    )
    return made.exclude(basis=Basis.ESTIMATE).values_list("as_of", "reporter", "component", "year_use")


OWES_NOTHING = frozenset({BodyKind.COUNCIL, BodyKind.CENTRAL, BodyKind.NOT_DIVIDED, BodyKind.PROVINCE})
