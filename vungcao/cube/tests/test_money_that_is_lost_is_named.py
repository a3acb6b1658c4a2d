"""What is left of each source and year, its last day and article; missing is not zero; every line has its thread."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.cube.expiring import expiring
from vungcao.cube.figures import FigureQuery
from vungcao.cube.tracing import trace
from vungcao.ledger.models import VoucherKind

ALL = Reach.all_for_operator()
EVE, AFTER = date(2024, 12, 15), date(2025, 2, 10)


@pytest.fixture
def year(cast):
    """600 given to one unit (500 of 2024, 100 carried over from 2023), 180 and 40 of it spent."""
    for origin, dong in (("2024", 500), ("2023", 100)):
        cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT.DA1", "h1", "UBND-h1", origin=origin), dong)])
    lines = [
        (cast.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*", origin="2024"), 180),
        (cast.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*", origin="2023"), 40),
    ]
    coverage = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state(lines, coverage=coverage, as_of=date(2024, 11, 30))
    return cast


def ask(on, **about):
    return expiring(FigureQuery("disbursement", on, programme="CT", **about), ALL)


def test_what_is_left_stands_by_source_and_year_with_its_day_and_article(year):
    found = ask(EVE)
    told = [(one.origin, one.unspent_dong, one.deadline.until, one.deadline.rules, one.state) for one in found.lines]
    assert told == [
        ("2023", 60, date(2024, 12, 31), ["CO-08"], "open"),
        ("2024", 320, date(2025, 1, 31), ["CO-01", "CO-03"], "open"),
    ]
    assert [one.days_left for one in found.lines] == [16, 47] and all(one.is_near for one in found.lines)
    assert (found.at_risk_dong, found.lost_dong, found.unknown_dong) == (380, 0, 0)
    assert all(one.levels == ("ngân sách trung ương",) and one.deadline.cites for one in found.lines)


def test_in_the_first_quarter_the_year_before_is_still_there(year):
    found = ask(AFTER)
    assert [(one.origin, one.used, one.state) for one in found.lines] == [
        ("2023", 2024, "carried_over"),
        ("2024", 2024, "carried_over"),
    ]
    assert (found.carried_dong, found.lost_dong) == (380, 0)
    assert ask(date(2025, 4, 1)).lines == [], "from April on the year before is asked for by name"
    assert len(ask(date(2025, 4, 1), year=2024).lines) == 2


def test_every_line_has_a_thread_that_reaches_what_was_spent_and_given(year):
    for one in ask(EVE).lines:
        found = trace(one.id, ALL)
        given = sum(line.dong for line in found.rows if line.kind == "voucher")
        assert given - found.total_dong == one.unspent_dong
        assert any(line.cell for line in found.rows if line.counted)


def test_what_nobody_reported_is_not_known_and_not_zero(cast):
    cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT.DA1", "h1", "UBND-h1"), 500)])
    (one,) = ask(EVE).lines
    assert (one.disbursed_dong, one.unspent_dong) == (None, None)
    assert one.deadline.until == date(2025, 1, 31)


def test_spending_not_divided_by_source_is_said_beside(cast):
    cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT.DA1", "h1", "UBND-h1"), 500)])
    region = cast.region("CT.DA1", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state([(region, 70)], coverage=region, as_of=date(2024, 11, 30))
    found = ask(EVE)
    assert [one.unspent_dong for one in found.lines] == [None] and found.not_split_dong == 70


def test_money_all_spent_is_in_no_danger(cast):
    region = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 500)])
    cast.state([(region, 500)], coverage=region, as_of=date(2024, 11, 30))
    assert ask(EVE).lines == []


@pytest.fixture
def two_levels(cast):
    """500 of central and 500 of provincial money at one unit."""
    regions = [cast.region("CT.DA1", "h1", "UBND-h1", source=f"dau_tu:{level}") for level in ("NSTW", "NSDP_TINH")]
    for region in regions:
        cast.post(VoucherKind.ASSIGNMENT, [(None, region, 500)])
    return regions


def told(cast, lines):
    coverage = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state(lines, coverage=coverage, as_of=date(2024, 11, 30))
    return {one.source: (one.unspent_dong, one.deadline.rules) for one in ask(EVE).lines}


def test_levels_stand_apart_where_spending_says_so(cast, two_levels):
    central, own = two_levels
    apart = told(cast, [(central, 200), (own, 100)])
    assert apart == {"dau_tu:NSTW": (300, ["CO-01", "CO-03"]), "dau_tu:NSDP_TINH": (400, ["CO-02", "CO-04"])}


def test_levels_stand_together_with_the_rules_of_both_where_spending_does_not(cast, two_levels):
    whole = cast.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*")
    assert told(cast, [(whole, 300)]) == {"dau_tu:*": (700, ["CO-02", "CO-04", "CO-01", "CO-03"])}


def test_money_added_after_30_september_is_told_with_its_own_day(cast):
    region = cast.region("CT.DA1", "h1", "UBND-h1", year="2025")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 300)], dated=date(2025, 1, 10))
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 200)], dated=date(2025, 10, 20))
    (one,) = ask(date(2025, 11, 30)).lines
    assert (one.given_dong, one.deadline.until) == (500, date(2026, 1, 31))
    (late,) = one.added
    assert late.dong == 200
    assert {reading.until for reading in late.deadline.readings} == {date(2026, 12, 31), date(2026, 1, 31)}


def test_who_may_not_see_the_unit_sees_no_money_of_it(year):
    for official in year.officials.values():
        reach = reach_for(official, "figures.see", EVE)
        found = expiring(FigureQuery("disbursement", EVE, programme="CT"), reach)
        sees = any(reach.sees(year.places["h1"], year.bodies["UBND-h1"], tree) for tree in [_tree()])
        assert bool(found.lines) == sees


def _tree():
    from vungcao.ledger.regions import space

    return space(EVE, None).places
