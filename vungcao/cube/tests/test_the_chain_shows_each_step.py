"""From the Prime Minister to the Treasury: each link, what is left after it, and counterpart money beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.chain import LINKS
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.question import NotAQuestion
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM
from vungcao.law.matching import matching
from vungcao.ledger.actions import record_statement
from vungcao.ledger.models import VoucherKind

ON, JUNE = date(2024, 12, 31), date(2024, 6, 30)
ALL = Reach.all_for_operator()


@pytest.fixture
def year(cast):
    """1,000 assigned, 900 allocated to two projects, 700 to units, 650 entered; 80 of the province's own beside it."""
    whole = cast.region("CT", body="UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, whole, 1000)], by="TTG")
    projects = {code: cast.region(code, body="UBND") for code in ("CT.DA1", "CT.DA2")}
    moves = [(whole, projects["CT.DA1"], 600), (whole, projects["CT.DA2"], 300)]
    cast.post(VoucherKind.ALLOCATION, moves, by="HDND")
    own = cast.region("CT", body="UBND", source="dau_tu:NSDP_TINH")
    cast.post(VoucherKind.ASSIGNMENT, [(None, own, 80)], by="HDND")
    cast.post(VoucherKind.ALLOCATION, [(own, replace(own, component=projects["CT.DA1"].component), 80)], by="HDND")
    units = [(projects["CT.DA1"], cast.region("CT.DA1", "h1", "UBND-h1"), 500)]
    units += [(projects["CT.DA2"], cast.region("CT.DA2", "h2", "UBND-h2"), 200)]
    cast.post(VoucherKind.ALLOCATION, units, by="UBND")
    coverage = cast.region("CT", "vd", source="*:*")
    lines = [(cast.region("CT.DA1", "vd"), 100), (cast.region("CT.DA2", "vd"), 50)]
    told = cast.draft(lines, coverage=coverage, as_of=JUNE, reporter="KB")
    plans = [replace(line, plan_dong=plan) for line, plan in zip(told.lines, (480, 170), strict=True)]
    record_statement(replace(told, lines=plans), batch=cast.batch("KB"), by=SYSTEM)
    return cast


def ask(name="chain", **about):
    return answer(FigureQuery(name, ON, **about), ALL)


def test_each_link_and_what_is_left_after_it(year):
    (row,) = ask(programme="CT", source="dau_tu:NSTW").rows
    assert row.measures == {
        "ttg_dong": 1000,
        "council_dong": 900,
        "council_left_dong": 100,
        "assigned_dong": 700,
        "assigned_left_dong": 200,
        "entered_dong": 650,
        "entered_left_dong": 50,
    }


def test_every_link_has_its_own_thread(year):
    (row,) = ask(programme="CT", source="dau_tu:NSTW").rows
    assert set(row.ids) == {link for link, _, _ in LINKS}
    for link, figure in row.ids.items():
        thread = trace(figure, ALL)
        assert thread.total_dong == row.measures[f"{link}_dong"]
        assert sum(one.dong for one in thread.rows if one.counted) == thread.total_dong


def test_the_councils_own_money_was_not_assigned_by_the_prime_minister(year):
    (row,) = ask(programme="CT").rows
    assert (row.measures["ttg_dong"], row.measures["council_dong"]) == (1000, 980)


def test_below_the_control_node_a_link_is_missing_not_zero(year):
    rows = {row.dims["component"]: row.measures for row in ask(programme="CT", by=("component",)).rows}
    assert rows["CT.DA2"]["ttg_dong"] is None and rows["CT.DA2"]["council_left_dong"] is None
    assert (rows["CT.DA2"]["assigned_left_dong"], rows["CT.DA2"]["entered_left_dong"]) == (100, 30)


def test_several_figures_at_once_have_no_single_thread_and_no_denominator(year):
    with pytest.raises(NotAQuestion, match="mã riêng"):
        trace("chain:on=2024-12-31,programme=CT", ALL)
    with pytest.raises(NotAQuestion, match="không chọn mẫu số"):
        ask(programme="CT", denominator="ttg")


def test_counterpart_is_what_the_council_gave_of_local_money(year):
    found = ask("counterpart", programme="CT")
    (row,) = found.rows
    assert (row.measures["central_dong"], row.measures["provided_dong"]) == (900, 80)
    assert row.measures["required_low_dong"] is None
    assert "chưa có quy định mức đối ứng" in found.notes[0]
    assert trace(row.ids["NSDP_TINH"], ALL).total_dong == 80


@pytest.mark.parametrize(
    ("on", "known"),
    [
        (date(2021, 12, 31), False),
        (date(2022, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_the_rule_holds_on_its_days_and_is_marked_as_recalled(on, known):
    rule = matching("1719", on=on)
    assert (rule is not None) is known
    if rule:
        assert (rule.confidence, rule.required(1_000_000_001)) == ("recalled", (100_000_001, 150_000_001))


def test_without_any_local_money_on_file_what_is_short_is_not_known(year, monkeypatch):
    """Missing is not zero: nobody has said that nothing was provided."""
    monkeypatch.setattr("vungcao.cube.chain.matching", lambda programme, on: matching("1719", on=ON))
    whole = ask("counterpart", programme="CT").rows[0].measures
    assert (whole["required_low_dong"], whole["short_low_dong"], whole["short_high_dong"]) == (90, 10, 55)
    rows = ask("counterpart", programme="CT", by=("component",)).rows
    second = next(row.measures for row in rows if row.dims["component"] == "CT.DA2")
    assert (second["provided_dong"], second["required_low_dong"], second["short_low_dong"]) == (None, 30, None)
