"""What the first thread promises of figures: levels, readings, states, sources, who has not reported, who sees what."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.utils import timezone

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.question import NotAQuestion
from vungcao.cube.reconciling import findings
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.ledger.models import VoucherKind
from vungcao.territory import actions as territory
from vungcao.territory.models import Place, PlaceKind

JUNE, SEPTEMBER, OCTOBER = date(2024, 6, 30), date(2024, 9, 30), date(2024, 10, 15)
AFTER = date(2025, 7, 31)
ALL = Reach.all_for_operator()


@pytest.fixture(autouse=True)
def _after_the_merger(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 1))


def ask(name: str = "disbursement", on: date = OCTOBER, reach: Reach = ALL, **about) -> Answer:
    return answer(FigureQuery(name, on, **about), reach)


def by(found: Answer, dim: str, measure: str) -> dict[str, int]:
    return {row.dims[dim]: row.measures[measure] for row in found.rows}


def test_plan_at_project_and_disbursement_at_sub_project_meet_at_the_project(cast):
    project = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, project, 200)], by="TTG")
    coverage = cast.region("CT.DA1", "h1", source="*:*", origin="*")
    parts = [(cast.region(f"CT.DA1.TDA{one}", "h1", source="*:*", origin="*"), 50 * one) for one in (1, 2)]
    cast.state(parts, coverage=coverage, as_of=SEPTEMBER)
    (row,) = ask(programme="CT", by=("component",)).rows
    assert (row.dims, row.measures["given_dong"], f"{row.measures['rate']}") == ({"component": "CT.DA1"}, 200, "75.0")
    below = ask(component="CT.DA1", by=("component",))
    assert by(below, "component", "disbursed_dong") == {"CT.DA1.TDA1": 50, "CT.DA1.TDA2": 100}
    assert {row.measures["rate"] for row in below.rows} == {None}
    assert below.not_split == [
        {
            "dim": "component",
            "node": "CT.DA1",
            "name": "Cấu phần ví dụ CT.DA1",
            "measure": "given_dong",
            "dong": 200,
        }
    ]


def test_money_and_spending_meet_by_kind_of_capital_and_with_a_kind_by_level(cast):
    for source, dong in (("dau_tu:NSTW", 100), ("dau_tu:NSDP_TINH", 60), ("su_nghiep:NSTW", 40)):
        cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT", "h1", "UBND-h1", source), dong)], by="TTG")
    coverage = cast.region(place="h1", source="*:*", origin="*")
    said = (("dau_tu", 80), ("su_nghiep", 30))
    kinds = [(cast.region(place="h1", source=f"{kind}:*", origin="*"), dong) for kind, dong in said]
    cast.state(kinds, coverage=coverage, as_of=SEPTEMBER)
    found = ask(by=("source",))
    assert by(found, "source", "given_dong") == {"dau_tu:*": 160, "su_nghiep:*": 40}
    assert by(found, "source", "disbursed_dong") == {"dau_tu:*": 80, "su_nghiep:*": 30}
    assert by(found, "source", "rate") == {"dau_tu:*": 50, "su_nghiep:*": 75}
    levels = ask(source="dau_tu", by=("source",))
    assert by(levels, "source", "given_dong") == {"dau_tu:NSTW": 100, "dau_tu:NSDP_TINH": 60}
    assert [(gap["measure"], gap["dong"]) for gap in levels.not_split] == [("disbursed_dong", 80)]
    central = ask(source="*:NSTW", by=("source",))
    assert by(central, "source", "given_dong") == {"dau_tu:NSTW": 100, "su_nghiep:NSTW": 40}


def test_a_figure_of_a_commune_stands_under_its_district_then_and_in_its_successor_today(cast):
    for place, dong in (("x1", 10), ("x2", 11)):
        region = cast.region(place=place, source="*:*", origin="*")
        cast.state([(region, dong)], coverage=region, as_of=JUNE, reporter=f"UBND-{place}")
    assert by(ask(on=JUNE, by=("district",)), "district", "disbursed_dong") == {"h1": 21}
    assert by(ask(on=JUNE, by=("place",), place="h1"), "place", "disbursed_dong") == {"x1": 10, "x2": 11}
    today = ask(on=JUNE, by=("place",), boundaries="today")
    assert by(today, "place", "disbursed_dong") == {"x12": 21}
    assert by(ask(on=JUNE, by=("place",), boundaries=date(2025, 7, 1)), "place", "disbursed_dong") == {"x12": 21}
    assert by(ask(on=JUNE, by=("place",), place="h1", boundaries=date(2025, 6, 30)), "place", "disbursed_dong") == {
        "x1": 10,
        "x2": 11,
    }
    assert trace(today.rows[0].id, ALL).total_dong == 21


def test_a_districts_own_balance_is_not_apportioned_after_abolition_until_a_handover(cast):
    own = cast.region("CT", "h1", "UBND-h1", year="2025")
    cast.post(VoucherKind.ASSIGNMENT, [(None, own, 90)], by="TTG", dated=date(2025, 2, 1))
    before = last_number()
    found = ask("given", AFTER, by=("place",), boundaries="today", year=2025)
    assert found.rows == []
    (gap,) = found.not_apportioned
    assert (gap["place"], gap["measure"], gap["dong"]) == ("h1", "given_dong", 90)
    assert "chưa bàn giao" in gap["why"]
    assert by(ask("given", AFTER, by=("place",), place="vd", year=2025), "place", "given_dong") == {"h1": 90}
    new = cast.region("CT", "x12", "UBND-x12", year="2025")
    cast.post(VoucherKind.HANDOVER, [(own, new, 90)], dated=date(2025, 7, 15), number="9/BB-VD")
    handed = ask("given", AFTER, by=("place",), boundaries="today", year=2025)
    assert by(handed, "place", "given_dong") == {"x12": 90} and handed.not_apportioned == []
    assert ask("given", AFTER, by=("place",), boundaries="today", year=2025, known=before).not_apportioned == [gap]
    on_the_eve = ask("given", date(2025, 6, 30), by=("place",), boundaries="today", year=2025)
    assert [one["dong"] for one in on_the_eve.not_apportioned] == [90]


def test_a_districts_own_money_stays_in_its_province_after_abolition(cast):
    own, commune = cast.region("CT", "h1", "UBND-h1", year="2025"), cast.region("CT", "x1", "UBND-x1", year="2025")
    for taker, dong in ((own, 90), (commune, 10)):
        cast.post(VoucherKind.ASSIGNMENT, [(None, taker, dong)], by="TTG", dated=date(2025, 2, 1))
    for place, dong in (("h1", 45), ("x1", 1)):
        coverage = cast.region(place=place, source="*:*", origin="*", year="2025", body=f"UBND-{place}")
        cast.state([(coverage, dong)], coverage=coverage, as_of=date(2025, 5, 31), reporter=f"UBND-{place}")
    about = {"on": AFTER, "year": 2025, "boundaries": "today"}
    whole = {"given_dong": 100, "disbursed_dong": 45, "remainder_dong": 55, "rate": 45}
    for more in ({"place": "vd"}, {"by": ("province",)}, {"place": "vd", "by": ("province",)}):
        found = ask(**about, **more)
        (row,) = found.rows
        assert (row.measures, found.not_apportioned) == (whole, []), more
        followed = trace(row.id, ALL)
        assert followed.total_dong == 45
        assert sum(line.dong for line in followed.rows if line.kind == "voucher") == 100
    below = ask(**about, by=("place",), place="vd")
    assert by(below, "place", "rate") == {"x12": 10}
    assert {(gap["place"], gap["measure"], gap["dong"]) for gap in below.not_apportioned} == {
        ("h1", "given_dong", 90),
        ("h1", "disbursed_dong", 44),
    }


def test_money_given_to_a_commune_that_begins_next_week_is_there_already(cast):
    new = cast.region("CT", "x12", "UBND-x12", year="2025")
    cast.post(VoucherKind.ASSIGNMENT, [(None, new, 40)], by="TTG", dated=date(2025, 6, 25))
    found = ask("given", date(2025, 6, 30), by=("place",), place="vd")
    assert by(found, "place", "given_dong") == {"x12": 40}


def test_what_is_not_apportioned_is_of_the_question_only(cast):
    for component, source in (("CT.DA1", "dau_tu:NSTW"), ("CT.DA2", "su_nghiep:NSTW")):
        region = cast.region(component, "h1", "UBND-h1", source, year="2025")
        cast.post(VoucherKind.ASSIGNMENT, [(None, region, 90)], by="TTG", dated=date(2025, 2, 1))
    about = {"on": AFTER, "by": ("place",), "boundaries": "today", "year": 2025}

    def dong(**more) -> int:
        return sum(gap["dong"] for gap in ask("given", **about, **more).not_apportioned)

    assert (dong(), dong(component="CT.DA1"), dong(source="su_nghiep"), dong(place="vd")) == (180, 90, 90, 180)
    assert (dong(place="x12"), dong(year_origin="2024"), dong(reach=Reach())) == (0, 0, 0)


def test_a_batch_counts_in_the_states_it_has_reached(cast):
    region = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(region, 30)], coverage=region, as_of=SEPTEMBER, state="sent")
    amounts = {state: ask(state=state).rows[0].measures["disbursed_dong"] for state in ("draft", "sent", "received")}
    assert amounts == {"draft": 30, "sent": 30, "received": None}


def test_a_body_with_money_and_no_statement_since_the_month_end_has_not_reported(cast):
    for place in ("h1", "h2"):
        cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT", place, f"UBND-{place}"), 50)], by="TTG")
    province = cast.region(body="UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, province, 5)], by="TTG")
    region = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(region, 30)], coverage=region, as_of=SEPTEMBER)
    (missing,) = ask().not_reported
    assert (missing["body"], missing["programme"], missing["since"], missing["given_dong"]) == (
        "UBND-h2",
        "CT",
        SEPTEMBER,
        50,
    )
    assert [one["body"] for one in ask(on=date(2024, 11, 15)).not_reported] == ["UBND-h1", "UBND-h2"]
    assert ask(place="h1").not_reported == [] and len(ask(place="h2").not_reported) == 1
    assert ask(year=2023).not_reported == []


def test_who_has_passed_everything_on_owes_nothing(cast):
    district, commune = cast.region("CT", "h1", "UBND-h1"), cast.region("CT", "x1", "UBND-x1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, district, 50)], by="TTG")
    cast.post(VoucherKind.ALLOCATION, [(district, commune, 50)])
    assert [one["body"] for one in ask().not_reported] == ["UBND-x1"]


def test_missing_is_not_zero(cast):
    coverage = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(coverage, 0)], coverage=coverage, as_of=SEPTEMBER)
    assert by(ask(by=("district",)), "district", "disbursed_dong") == {"h1": 0}
    assert ask(place="h2").rows[0].measures["disbursed_dong"] is None


def test_a_remainder_is_what_was_given_less_what_was_passed_on(cast):
    whole, part = cast.region(body="UBND"), cast.region("CT.DA1", body="UBND")
    district = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, whole, 100)], by="TTG")
    cast.post(VoucherKind.ALLOCATION, [(whole, part, 80)])
    cast.post(VoucherKind.ALLOCATION, [(part, district, 50)])
    found = ask("remainder")
    assert by(found, "body", "given_dong") == {"UBND": 100, "UBND-h1": 50}, "dividing one's own money gives nothing"
    assert by(found, "body", "passed_on_dong") == {"UBND": 50, "UBND-h1": 0}
    assert by(found, "body", "remainder_dong") == {"UBND": 50, "UBND-h1": 50}


def test_treasury_and_unit_differ_and_both_are_seen(cast):
    region = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(region, 30)], coverage=region, as_of=SEPTEMBER)
    cast.state([(region, 28)], coverage=region, as_of=SEPTEMBER, reporter="KB")
    row = ask(place="h1").rows[0]
    assert row.measures["disbursed_dong"] == 30
    lines = {(line.dong, line.counted) for line in trace(row.id, ALL).rows}
    assert lines == {(30, True), (28, False)}
    (difference,) = [one for one in findings(OCTOBER, ALL) if one.code == "statement.differs"]
    assert [dong for _, dong, _ in difference.figures] == [28, 30]


def test_more_spent_than_given_is_stored_and_named(cast):
    cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region("CT", "h1", "UBND-h1"), 20)], by="TTG")
    region = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state([(region, 30)], coverage=region, as_of=SEPTEMBER)
    assert "statement.more_than_given" in {one.code for one in findings(OCTOBER, ALL)}
    assert f"{ask(place='h1').rows[0].measures['rate']}" == "150.0"


@pytest.fixture
def two_districts(cast):
    """Both districts hold 50 and say that they spent 30; the province holds 5."""
    cast.post(VoucherKind.ASSIGNMENT, [(None, cast.region(body="UBND"), 5)], by="TTG")
    for place in ("h1", "h2"):
        held = cast.region("CT", place, f"UBND-{place}")
        cast.post(VoucherKind.ASSIGNMENT, [(None, held, 50)], by="TTG")
        region = cast.region("CT", place, f"UBND-{place}", source="*:*", origin="*")
        cast.state([(region, 60)], coverage=region, as_of=SEPTEMBER, reporter=f"UBND-{place}")
    return cast


@pytest.mark.parametrize(
    ("official", "given", "spent"),
    [("tinh", {"h1": 50, "h2": 50}, {"h1": 60, "h2": 60}), ("huyen", {"h1": 50}, {"h1": 60}), ("khong", {}, {})],
)
def test_an_official_sees_figures_within_his_reach(two_districts, official, given, spent):
    reach = reach_for(two_districts.officials[official], "figures.see", OCTOBER)
    found = ask(by=("district",), reach=reach)
    assert by(found, "district", "given_dong") == given
    assert by(found, "district", "disbursed_dong") == spent
    whole = ask(reach=reach).rows[0]
    assert (whole.measures["disbursed_dong"] or 0) == sum(spent.values())
    assert sum(gap["dong"] for gap in found.not_split) == (5 if official == "tinh" else 0)


@pytest.mark.parametrize(("official", "seen"), [("tinh", {"h1", "h2"}), ("huyen", {"h1"}), ("khong", set())])
def test_an_official_traces_and_reconciles_within_his_reach(two_districts, official, seen):
    reach = reach_for(two_districts.officials[official], "figures.see", OCTOBER)
    everything = ask().rows[0].id
    names = {f"Đơn vị ví dụ UBND-{place}" for place in ("h1", "h2") if place in seen}
    found = trace(everything, reach)
    assert {line.body for line in found.rows if line.kind == "statement"} == names
    assert found.total_dong == 60 * len(seen)
    over = [one for one in findings(OCTOBER, reach) if one.code == "statement.more_than_given"]
    assert len(over) == len(seen)
    assert {one["body"] for one in ask(on=date(2024, 11, 15), reach=reach).not_reported} == {
        f"UBND-{place}" for place in seen
    }


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"known": 10**9}, "Chưa có lần ghi số 1000000000"),
        ({"programme": "CU", "component": "CT.DA1"}, "không thuộc chương trình CU"),
        ({"group": "ho_ngheo"}, "không chia được theo 'group'"),
    ],
)
def test_what_no_book_can_answer_is_refused_by_question_and_trace(cast, about, said):
    with pytest.raises(NotAQuestion, match=said):
        ask(**about)
    with pytest.raises(NotAQuestion, match=said):
        trace(FigureQuery("disbursement", OCTOBER, **about).id, ALL)


def test_after_a_mixed_reorganisation_each_heir_has_his_share_and_nothing_is_lost(cast):
    """31/12/2025: a quarter of Ba and all of Bốn become Năm; Mười Hai goes on with the rest of Ba."""
    for place, dong in (("x1", 10), ("x2", 11), ("x3", 101), ("x4", 7)):
        region = cast.region(place=place, source="*:*", origin="*")
        cast.state([(region, dong)], coverage=region, as_of=JUNE, reporter=f"UBND-{place[:1]}1")
    held = {key: Place.objects.get(pk=pk) for key, pk in cast.places.items()}
    parts = [(held["x3"], 0, Fraction(1, 4)), (held["x3"], 1, Fraction(3, 4)), (held["x4"], 0, None)]
    (five, twelve) = territory.rearrange_places(
        passages=[territory.Passage(*one) for one in parts],
        heirs=[territory.NewPlace("x5", "Năm", PlaceKind.COMMUNE, held["vd"]), held["x12"]],
        effective=date(2025, 12, 31), cites="2/NQ-VD", by=SYSTEM,
    )  # fmt: skip
    today = ask(on=JUNE, by=("place",), boundaries="today")
    assert by(today, "place", "disbursed_dong") == {five.key: 25 + 7, twelve.key: 21 + 76}
    assert trace(today.rows[0].id, ALL).total_dong == today.rows[0].measures["disbursed_dong"]
    eve = ask(on=JUNE, by=("place",), boundaries=date(2025, 12, 30))
    assert by(eve, "place", "disbursed_dong") == {"x12": 21, "x3": 101, "x4": 7}
    before = ask(on=JUNE, by=("district",))
    assert by(before, "district", "disbursed_dong") == {"h1": 28, "h2": 101}
