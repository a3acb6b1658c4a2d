"""Random decisions and statements: on every day, at every level, in every reading, each đồng is shown once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.cast import Cast
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.tracing import trace
from vungcao.ledger.actions import UnusableStatement
from vungcao.ledger.models import Entry
from vungcao.ledger.spending import spending_on
from vungcao.ledger.tests.sequences import DAYS, sequences

EVERYTHING = Reach.all_for_operator()
READINGS = ("then", "today", date(2024, 6, 30), date(2025, 6, 30), date(2025, 7, 1))
LEVELS = (
    (),
    ("programme",),
    ("component",),
    ("place",),
    ("district",),
    ("body",),
    ("source",),
    ("place", "component"),
    ("body", "source"),
)
READ = some.lists(some.tuples(some.sampled_from(READINGS), some.sampled_from(LEVELS)), min_size=3, max_size=3)

quietly = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def _after_the_merger(monkeypatch):
    """Today is a day after the last of the cast's events, whenever the test runs."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 1))


def shown(found: Answer, measure: str) -> int:
    """Everything an answer shows of a measure: rows, and what stands beside them."""
    beside = [gap for gap in (*found.not_split, *found.not_apportioned) if gap["measure"] == measure]
    return sum(row.measures[measure] or 0 for row in found.rows) + sum(gap["dong"] for gap in beside)


@quietly
@given(data=some.data())
def test_what_was_given_is_shown_once_at_every_level_in_every_reading(cast, data):
    with transaction.atomic():
        data.draw(sequences(cast))
        on, year = data.draw(some.sampled_from(DAYS)), data.draw(some.sampled_from((2024, 2025)))
        entries = Entry.objects.filter(account__is_contra=False, account__year_use=f"{year}", voucher__dated__lte=on)
        total = sum(entries.values_list("dong", flat=True))
        for boundaries, by in data.draw(READ):
            about: dict[str, Any] = {"year": year, "by": by, "boundaries": boundaries}
            found = answer(FigureQuery("given", on, denominator="with_carry_over", **about), EVERYTHING)
            assert shown(found, "given_dong") == total, (boundaries, by)
            kept = answer(FigureQuery("remainder", on, **about), EVERYTHING)
            beside = sum(gap["dong"] for gap in (*kept.not_split, *kept.not_apportioned))
            assert sum(row.measures["remainder_dong"] for row in kept.rows) + beside == total, (boundaries, by)
            for row in kept.rows:
                measures = row.measures
                assert measures["given_dong"] == measures["passed_on_dong"] + measures["remainder_dong"]
        transaction.set_rollback(True)


@quietly
@given(data=some.data())
def test_the_province_loses_nothing_when_it_is_asked_for_by_name(cast, data):
    with transaction.atomic():
        data.draw(sequences(cast))
        on = data.draw(some.sampled_from(DAYS))
        for boundaries in data.draw(some.lists(some.sampled_from(READINGS), min_size=2, max_size=2, unique=True)):
            about = {"year": 2024, "boundaries": boundaries, "denominator": "with_carry_over", "by": ("place",)}
            everywhere, province = (
                answer(FigureQuery("given", on, place=place, **about), EVERYTHING) for place in (None, "vd")
            )
            assert shown(province, "given_dong") == shown(everywhere, "given_dong"), boundaries
        transaction.set_rollback(True)


@some.composite
def stated(draw: Any, cast: Cast) -> int:
    """Up to six statements of several reporters and days; returns how many were taken."""
    taken = 0
    for _ in range(draw(some.integers(1, 6))):
        place, reporter = draw(
            some.sampled_from((("h1", "UBND-h1"), ("h1", "KB"), ("h2", "UBND-h2"), ("vd", "STC"), ("x12", "UBND-x12")))
        )
        coverage = cast.region(place=place, source="*:*", year=draw(some.sampled_from(("2024", "2025"))), origin="*")
        inner = {"h1": ("x1", "x2"), "h2": ("x3",), "vd": ("h1", "h2"), "x12": ()}[place]
        lines = [(coverage, draw(some.integers(0, 10**12)))]
        for below in inner:
            region = cast.region("CT", below, source="*:*", year=coverage.year_use, origin="*")
            lines.append((region, draw(some.integers(0, 10**12))))
            component = draw(some.sampled_from(("CT.DA1", "CT.DA2")))
            finer = cast.region(component, below, source="dau_tu:*", year=coverage.year_use, origin="*")
            lines.append((finer, draw(some.integers(0, 10**12))))
        as_of = draw(some.sampled_from(DAYS))
        try:
            cast.state(lines, coverage=coverage, as_of=as_of, reporter=reporter, corrects=draw(some.booleans()))
            taken += 1
        except UnusableStatement:
            continue
    return taken


@quietly
@given(data=some.data())
def test_what_was_spent_is_shown_once_at_every_level_in_every_reading(cast, data):
    with transaction.atomic():
        data.draw(stated(cast))
        on = data.draw(some.sampled_from(DAYS))
        roots = spending_on(on).roots
        for year in (2024, 2025):
            total = sum(one.said.dong for one in roots if one.said.region.year_use == f"{year}")
            for boundaries, by in data.draw(READ):
                about = {"year": year, "by": by, "boundaries": boundaries}
                found = answer(FigureQuery("disbursement", on, **about), EVERYTHING)
                assert shown(found, "disbursed_dong") == total, (year, boundaries, by)
        transaction.set_rollback(True)


@quietly
@given(data=some.data())
def test_a_province_has_the_same_money_and_rate_in_every_reading(cast, data):
    """Its districts go, it stays: what they held of their own is still inside it."""
    with transaction.atomic():
        data.draw(sequences(cast))
        data.draw(stated(cast))
        on, year = data.draw(some.sampled_from(DAYS)), data.draw(some.sampled_from((2024, 2025)))
        about = {"year": year, "denominator": "with_carry_over", "basis": "year"}
        for boundaries in READINGS:
            in_province = FigureQuery("disbursement", on, place="vd", boundaries=boundaries, **about)
            (asked,) = answer(in_province, EVERYTHING).rows
            by_province = FigureQuery("disbursement", on, by=("province",), boundaries=boundaries, **about)
            found = answer(by_province, EVERYTHING)
            then = answer(replace(in_province, boundaries="then"), EVERYTHING).rows[0]
            assert asked.measures == then.measures, boundaries
            assert [row.measures for row in found.rows] in ([then.measures], []), boundaries
            assert found.not_apportioned == [], boundaries
        transaction.set_rollback(True)


@quietly
@given(data=some.data())
def test_the_lines_counted_by_a_trace_add_up_to_its_figure(cast, data):
    with transaction.atomic():
        data.draw(sequences(cast))
        data.draw(stated(cast))
        on = data.draw(some.sampled_from(DAYS))
        boundaries, by = data.draw(some.sampled_from(READINGS)), data.draw(some.sampled_from(LEVELS))
        name = data.draw(some.sampled_from(("disbursement", "given", "remainder")))
        main = {"disbursement": "disbursed_dong", "given": "given_dong", "remainder": "remainder_dong"}[name]
        for row in answer(FigureQuery(name, on, year=2024, boundaries=boundaries, by=by), EVERYTHING).rows:
            found = trace(row.id, EVERYTHING)
            assert found.total_dong == (row.measures[main] or 0), row.id
            assert sum(line.dong for line in found.rows if line.counted) == found.total_dong
            again = answer(FigureQuery.of_id(row.id), EVERYTHING).rows
            if name != "remainder":  # a remainder is always by body
                assert [one.measures for one in again] == [row.measures], row.id
        transaction.set_rollback(True)
