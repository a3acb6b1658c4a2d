"""Credit, money paid back and estimates are figures of their own; spending handed over follows its holder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.cast import MERGED
from vungcao.bodies.reach import Reach
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.reconciling import findings
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger.actions import OpeningDraft, record_openings, record_statement
from vungcao.ledger.models import Basis, Measure, OpeningSaid, VoucherKind

JUNE, SEPTEMBER = date(2025, 6, 30), date(2025, 9, 30)
ALL = Reach.all_for_operator()


@pytest.fixture(autouse=True)
def _after_the_merger(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 1))


def ask(name: str = "disbursement", on: date = SEPTEMBER, **about) -> Answer:
    return answer(FigureQuery(name, on, programme="CT", **about), ALL)


def only(found: Answer, measure: str) -> object:
    (row,) = found.rows
    thread = trace(row.id, ALL)
    assert thread.total_dong == row.measures[measure] == sum(one.dong for one in thread.rows if one.counted)
    return row.measures[measure]


@pytest.fixture
def district(cast):
    """Huyện Một was given 200 in 2025 and had spent 100 when it ended."""
    region = cast.region(place="h1", body="UBND-h1", year="2025")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 200)], dated=date(2025, 1, 15), by="TTG")
    cast.state([(region, 100)], coverage=region, as_of=JUNE)
    return region


def hand_over(cast, district, money: int, spent: int):
    taker = cast.region(place="x12", body="UBND-x12", year="2025")
    cast.post(VoucherKind.HANDOVER, [(district, taker, money)], dated=MERGED, by="UBND")
    row = OpeningDraft(district, taker, spent, Cell("bàn giao ví dụ.xlsx", "Trang1", "C8"))
    record_openings(batch=cast.batch(), dated=MERGED, rows=[row], number="9/BB-VD", by=SYSTEM)
    return taker


def test_credit_is_never_part_of_a_rate(cast, district):
    coverage = cast.region(place="vd", year="2025", source="*:*")
    for measure, dong in ((Measure.LENT, 700), (Measure.REPAID, 50), (Measure.OUTSTANDING, 650)):
        cast.state([(coverage, dong)], coverage=coverage, as_of=JUNE, reporter="STC", measure=measure)
    assert only(ask(on=JUNE), "disbursed_dong") == 100
    assert f"{ask(on=JUNE).rows[0].measures['rate']}" == "50.0"
    for name, dong in (("lent", 700), ("repaid", 50), ("outstanding", 650)):
        assert only(ask(name, on=JUNE), f"{name}_dong") == dong
        assert ask(name, on=JUNE).rows[0].denominator is None


def test_what_is_paid_back_stands_beside_what_was_to_be_paid_and_frees_nothing(cast, district):
    told = cast.draft([(district, 52)], coverage=district, as_of=JUNE, measure=Measure.RETURNED)
    draft = replace(told, lines=[replace(told.lines[0], plan_dong=60)])

    record_statement(draft, batch=cast.batch("UBND-h1"), by=SYSTEM)
    row = ask("recovered", on=JUNE).rows[0]
    assert row.measures == {"recovered_dong": 52, "to_recover_dong": 60, "remainder_dong": 8}
    assert only(ask("recovered", on=JUNE), "recovered_dong") == 52
    assert ask(on=JUNE).rows[0].measures["remainder_dong"] == 100


def test_an_estimate_is_about_its_own_day_and_no_disbursement(cast, district):
    cast.state([(district, 180)], coverage=district, as_of=date(2025, 12, 31), basis=Basis.ESTIMATE)
    assert ask("estimate", on=JUNE).rows[0].measures["estimated_dong"] is None
    assert only(ask("estimate", on=date(2025, 12, 31)), "estimated_dong") == 180
    assert only(ask(on=date(2025, 12, 31)), "disbursed_dong") == 100


@pytest.mark.parametrize("boundaries", ["then", "today", JUNE])
def test_a_handover_moves_what_was_given_and_what_was_spent_and_changes_no_total(cast, district, boundaries):
    before = ask(on=JUNE, boundaries=boundaries).rows[0].measures
    hand_over(cast, district, money=200, spent=100)
    for on in (JUNE, MERGED):
        found = ask(on=on, boundaries=boundaries)
        assert found.rows[0].measures == before
        only(found, "disbursed_dong")
    assert not [one for one in findings(MERGED, ALL) if one.code == "statement.more_than_given"]


def test_after_the_handover_it_stands_under_the_new_commune_and_its_trace_names_the_minutes(cast, district):
    hand_over(cast, district, money=200, spent=70)
    found = ask(on=MERGED, by=("body",))
    assert {row.dims["body"]: row.measures["disbursed_dong"] for row in found.rows} == {"UBND-h1": 30, "UBND-x12": 70}
    row = next(row for row in found.rows if row.dims["body"] == "UBND-x12")
    (line,) = (one for one in trace(row.id, ALL).rows if one.kind == "opening")
    assert (line.paper, line.cell, line.dong) == ("9/BB-VD ngày 01/07/2025", "C8", 70)


@pytest.mark.parametrize(("opening", "said"), [(OpeningSaid.INCLUDED, 130), (OpeningSaid.APART, 60)])
def test_either_way_of_saying_gives_the_same_figure(cast, district, opening, said):
    taker = hand_over(cast, district, money=200, spent=70)
    cast.state([(taker, said)], coverage=taker, as_of=SEPTEMBER, reporter="UBND-x12", opening=opening)
    assert only(ask(), "disbursed_dong") == 30 + 130


def test_until_the_minutes_come_the_figure_itself_says_that_it_counts_twice(cast, district):
    taker = cast.region(place="x12", body="UBND-x12", year="2025")
    cast.state([(taker, 130)], coverage=taker, as_of=SEPTEMBER, reporter="UBND-x12", opening=OpeningSaid.INCLUDED)
    found = ask()
    assert only(found, "disbursed_dong") == 230, "counted as said; no guess takes anything off"
    (said,) = found.as_json()["counted_twice"]
    assert (said["body"], said["dong"], said["as_of"]) == ("UBND-x12", 130, f"{SEPTEMBER}")
    assert "có thể đang tính hai lần" in found.notes[0]
    assert found.notes[0] in trace(found.rows[0].id, ALL).rules
    assert ask(by=("body",)).counted_twice == found.counted_twice
    assert not ask(place="h1").counted_twice, "the district's own figure holds no such statement"
    hand_over(cast, district, money=200, spent=70)
    assert only(ask(), "disbursed_dong") == 160
    assert "counted_twice" not in ask().as_json() and not ask().notes
