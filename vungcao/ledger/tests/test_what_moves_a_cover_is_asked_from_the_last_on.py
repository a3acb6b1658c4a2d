"""The acts that may move what counts as spent, and what is kept in memory until one of them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number, stamp
from vungcao.ledger import moving, spoken
from vungcao.ledger.actions import order_reporters
from vungcao.ledger.models import ReporterOrder
from vungcao.ledger.spending import ranks, spending_on
from vungcao.programme.models import Component

MARCH, JUNE = date(2024, 3, 31), date(2024, 6, 30)


def nothing() -> None:
    with acting("test.elsewhere", by=SYSTEM):
        pass


def test_after_an_act_those_since_are_told_and_the_last_is_as_if_asked_anew(cast):
    region = cast.region(place="h1")
    at = stamp()
    for month, do in ((1, nothing), (2, None), (3, nothing), (4, None), (5, None), (6, nothing)):
        if do:
            do()
        else:
            cast.state([(region, month)], coverage=region, as_of=date(2024, month, 28))
        assert moving.last_moved() == moving._sought(None)
        since = moving.moved_since(at)
        assert [no for no, _ in since] == moving.moved(at[0])
        assert not since or since[-1] == moving.last_moved()
    assert moving.moved_since(stamp()) == []
    assert moving.moved_since((0, None))[-1] == moving.last_moved()


def test_of_an_act_that_is_not_in_this_book_nothing_is_told(cast):
    no, recorded_at = stamp()
    assert moving.moved_since((no, recorded_at - timedelta(seconds=1))) is None
    assert moving.moved_since((no + 1, recorded_at)) is None


def test_the_order_of_reporters_in_memory_is_that_of_the_table_on_any_day(cast):
    known = [last_number()]
    for at, (code, since) in enumerate((("CT", MARCH), ("*", JUNE), ("CT", date(2024, 5, 1)), ("CT", None))):
        order = {"treasury": at, "district": 9 - at, "commune": 5}
        order_reporters(Component.objects.get(code=code), order, since=since, by=SYSTEM)
        known.append(last_number())
    for at in (None, *known):
        for on in (date(2024, 1, 1), MARCH - timedelta(days=1), MARCH, date(2024, 5, 1), JUNE, date(2025, 1, 1)):
            rows = ReporterOrder.objects.on(on, at).values_list("component_id", "body_kind", "rank")
            assert ranks(on, at) == {(component, kind): rank for component, kind, rank in rows}


def test_lines_of_many_days_are_read_together_and_once(cast, monkeypatch):
    region = cast.region(place="h1", source="*:*")
    for month in range(1, 9):
        cast.state([(region, 10 * month)], coverage=region, as_of=date(2024, month, 28))
    alone = [spending_on(date(2024, month, 28)) for month in range(1, 9)]
    said = spoken.statements(None, "received")
    assert spoken.lines([]) == []
    wanted = spoken.lines([one.pk for one in said])
    assert [line.pk for line in wanted] == sorted(line.pk for line in wanted) and len(wanted) >= 8
    monkeypatch.setattr("vungcao.ledger.spending._covers", {})
    with one_moment():
        spoken.lines([one.pk for one in said])
        with CaptureQueriesContext(connection) as queries:
            assert spoken.lines([one.pk for one in said]) == wanted
            again = [spending_on(date(2024, month, 28)) for month in range(1, 9)]
        assert not [query["sql"] for query in queries if "statementline" in query["sql"]]
    assert [[one.said for one in cover.admitted] for cover in again] == [
        [one.said for one in cover.admitted] for cover in alone
    ]
    monkeypatch.setattr(spoken, "_AT_ONCE", 3)
    with one_moment(), CaptureQueriesContext(connection) as queries:
        assert spoken.lines([one.pk for one in said]) == wanted
    assert len(queries) == -(-len(said) // 3)
