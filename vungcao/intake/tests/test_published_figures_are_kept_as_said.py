"""A list of published figures: each row keeps its own coverage; where they contradict each other, it is found."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from vungcao.intake.published import COLUMNS
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT
from vungcao.ledger.checks import findings
from vungcao.ledger.models import Statement
from vungcao.monitoring.models import Observation

pytestmark = pytest.mark.django_db

ROW = {
    "ref": "VD01", "as_of": "2024-06-30", "said_in": "Báo ví dụ", "basis": "year", "programme": "1719", "source": "*",
    "year_use": "2024", "place": "04", "plan": "1000000", "disbursed": "250000", "unit": "triệu đồng",
    "rate_said": "25",
}  # fmt: skip


@pytest.fixture
def publish(bring, cao_bang):
    """Import a CSV of rows that differ from ROW as said; returns the outcomes."""

    def publish(*changes):
        cao_bang.mkdir(exist_ok=True)
        path = cao_bang / "so-lieu-cong-bo.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows({**ROW, "ref": f"VD{at:02}", **change} for at, change in enumerate(changes, start=1))
        return bring(path).outcomes

    return publish


def codes():
    return {(one.code, one.key) for one in findings() if one.code.startswith(("published.", "rate.", "line."))}


def test_a_row_becomes_a_statement_of_the_press(publish):
    (outcome,) = publish({})
    assert (outcome.state, outcome.dong) == ("received", 250_000_000_000)
    statement = Statement.objects.get()
    assert (statement.reporter.key, statement.number, f"{statement.as_of}") == ("PRESS", "VD01", "2024-06-30")
    assert statement.lines.get().plan_dong == 1_000_000_000_000
    assert codes() == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"disbursed": ""}, "published.rate_only"),
        ({"disbursed": "hơn một nghìn"}, "amount.unreadable"),
        ({"disbursed": "Infinity"}, "amount.unreadable"),
        ({"disbursed": "NaN"}, "amount.unreadable"),
        ({"disbursed": "1e30"}, "amount.unreadable"),
        ({"unit": "đô la"}, "amount.unreadable"),
        ({"as_of": "30/6/2024"}, "as_of.missing"),
        ({"programme": "không có"}, "published.unknown"),
        ({"place": "không có"}, "published.unknown"),
        ({"source": "không có"}, "published.unknown"),
        ({"year_use": "2019"}, "year.outside"),
    ],
)
def test_a_row_that_can_not_be_used_stays_a_draft_and_the_others_come_in(publish, change, code):
    bad, good = publish(change, {"as_of": "2024-07-31"})
    if bad.state == "received":
        bad, good = good, bad
    assert (bad.state, good.state) == ("draft", "received")
    assert code in {one.code for one in bad.problems}
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"plan": "", "disbursed": "", "unit": "", "rate_said": "46.2", "qualifier": "hon"}, ("46.2", "100", "hon")),
        ({"plan": "40000", "disbursed": "10000", "unit": "tỷ đồng"}, ("10000000000000", "40000000000000", "")),
    ],
)
def test_a_rate_of_the_whole_country_is_its_average_and_no_money(publish, change, said):
    (outcome,) = publish({"place": "VN", "as_of": "2024-05-31", **change})
    assert (outcome.state, Statement.objects.count()) == ("received", 0)
    kept = Observation.objects.get(indicator__code="national_disbursement")
    assert (kept.numerator, kept.denominator, kept.qualifier) == (Decimal(said[0]), Decimal(said[1]), said[2])
    assert (kept.place.key, kept.group, kept.period, kept.sheet, kept.cell) == ("VN", "1719", "2024", "VD01", "M2")


def test_a_row_about_the_country_without_any_rate_stays_a_draft(publish):
    (outcome,) = publish({"place": "VN", "plan": "", "disbursed": "", "rate_said": ""})
    assert outcome.state == "draft"
    assert "published.no_rate" in {one.code for one in outcome.problems}


def test_a_rate_that_does_not_recompute_is_found(publish):
    publish({"rate_said": "25.1"})
    assert codes() == {("rate.does_not_recompute", "so-lieu-cong-bo.csv|VD01")}


def test_one_plan_said_of_two_scopes_is_found_as_exactly_as_it_is_printed(publish):
    later = {"disbursed": "300", "unit": "tỷ đồng", "as_of": "2024-09-30", "rate_said": ""}
    publish(
        {"plan": "2240116", "rate_said": ""},
        {**later, "plan": "2240", "programme": "*"},
        {**later, "plan": "2241", "source": "dau_tu:*"},
    )
    assert codes() == {("published.one_plan_of_two_scopes", "VD01|VD02")}


def test_two_plans_of_one_scope_are_found(publish):
    publish({}, {"plan": "1500000", "as_of": "2024-09-30", "rate_said": ""})
    assert codes() == {("published.two_plans_of_one_scope", "VD01|VD02")}


def test_a_part_that_exceeds_its_whole_on_that_day_or_later_is_found(publish):
    publish(
        {"source": "*:NSTW", "disbursed": "300000", "plan": "", "rate_said": ""},
        {"as_of": "2024-07-31", "plan": "", "rate_said": ""},
        {"source": "dau_tu:*", "disbursed": "200000", "plan": "", "rate_said": ""},
    )
    assert codes() == {("published.part_exceeds_whole", "VD01|VD02")}


def test_money_of_a_whole_phase_is_not_held_against_one_year_of_it(bring, publish):
    bring(ASSIGNED, ALLOCATED, BY_UNIT)
    phase = {"basis": "phase", "year_use": "2022-2025", "as_of": "2025-06-01"}
    (outcome,) = publish(phase)
    assert outcome.state == "received" and not outcome.problems


def test_what_abolished_holders_were_given_is_not_missed_from_a_later_day(bring, publish):
    """After 1/7/2025 the districts that held the money are gone: nothing can be told without a handover."""
    bring(ASSIGNED, ALLOCATED, BY_UNIT)
    (spent,) = publish({"as_of": "2024-12-31"})
    assert "statement.more_than_given" in {one.code for one in spent.problems}
    (later,) = publish({"as_of": "2025-12-31"})
    assert not later.problems
