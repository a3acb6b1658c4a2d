"""Who said what was spent, as known: statements read once in a state of knowledge, their lines once in a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import known_at
from vungcao.evidence.moment import held
from vungcao.evidence.queries import pinned
from vungcao.ledger.models import Measure, Statement, StatementLine
from vungcao.ledger.moving import last_moved
from vungcao.ledger.regions import REGION_COLUMNS, Region

_ROOM: Final = 6  # states of knowledge kept
_AT_ONCE: Final = 5_000  # statements whose lines are read in one question


class Spoken(NamedTuple):
    """A statement as a cover needs it; ``region`` is its coverage, ``is_replaced``: a correction stands for it."""

    pk: int
    reporter: int
    measure: str
    basis: str
    as_of: date
    opening: str
    region: Region
    is_replaced: bool


_kept: dict[tuple[object, ...], list[Spoken]] = {}


def statements(known: int | None, state: str) -> list[Spoken]:
    """Every statement that has reached ``state``, the earliest day first; kept in memory like the cover."""
    if under_way.get() is not None:
        return list(_read(known, state))
    key = (last_moved(known), state)
    if key not in _kept:
        if len(_kept) >= _ROOM:
            _kept.clear()
        _kept[key] = list(_read(pinned(known), state))
    return _kept[key]


def _read(known: int | None, state: str) -> Iterator[Spoken]:
    reached = Statement.objects.filter(known_at(known), batch__in=batches_reached(state, known))
    columns = ("pk", "reporter", "measure", "basis", "as_of", "opening", "supersedes", *REGION_COLUMNS)
    rows = list(reached.order_by("as_of", "pk").values_list(*columns))
    replaced = {row[6] for row in rows}  # by one still under way nothing is
    for pk, reporter, measure, basis, as_of, opening, _, *region in rows:
        yield Spoken(pk, reporter, measure, basis, as_of, opening, Region(*region), pk in replaced)


def that_count(
    *, known: int | None, state: str, basis: str, measure: str = Measure.DISBURSED, until: date = date.max
) -> list[Spoken]:
    """Statements of a basis and a measure that no correction replaces, up to a day, in the order of their days."""
    return [
        one
        for one in statements(known, state)
        if one.basis == basis and one.measure == measure and one.as_of <= until and not one.is_replaced
    ]


def latest(said: Iterable[Spoken]) -> list[Spoken]:
    """Of statements in their order the last of each reporter and coverage: those that stand."""
    return list({(one.reporter, one.region): one for one in said}.values())


def lines(wanted: Iterable[int]) -> list[Any]:
    """Lines of statements (their keys) in the order of their own keys, as plain rows, for there are thousands; in one
    moment each is read once.
    """
    keys = list(dict.fromkeys(wanted))
    read: dict[int, list[Any]] = held("lines of statements", dict)
    missing = iter([pk for pk in keys if pk not in read])
    while some := list(islice(missing, _AT_ONCE)):
        read.update((pk, []) for pk in some)
        for line in _lines_of(some):
            read[line.statement_id].append(line)
    return sorted((line for pk in keys for line in read[pk]), key=lambda line: line.pk)


def _lines_of(statements: list[int]) -> Iterator[Any]:
    columns = ("pk", "statement_id", "disbursed_dong", "plan_dong", "qualifier", "act__numbered__no", *REGION_COLUMNS)
    rows = StatementLine.objects.filter(statement__in=statements).order_by("pk").values_list(*columns, named=True)
    yield from rows.iterator(chunk_size=_AT_ONCE)
