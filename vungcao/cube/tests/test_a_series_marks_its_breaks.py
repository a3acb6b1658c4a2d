"""Planned and disbursed a year over programmes that go on from each other: no year is filled, no break is bridged."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.question import NotAQuestion
from vungcao.cube.series import series
from vungcao.cube.tracing import trace
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.models import VoucherKind
from vungcao.programme.models import Component, FundingSource, PlanKind
from vungcao.programme.recording import LineDraft, record_plan
from vungcao.territory.models import Place

ON = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(cast):
    """CT (2021-2025) goes on as CT-SAU from 2026. 1000 given and 400 said to be spent in 2024 (invented)."""
    held = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 1000)], by="TTG", dated=date(2024, 1, 5), number="1/QĐ-VD")
    coverage = cast.region(place="h1", source="*:*", origin="*")
    cast.state(
        [(cast.region("CT.DA1", "h1", source="*:*", origin="*"), 400)], coverage=coverage, as_of=date(2024, 9, 30)
    )
    cast.succeed()
    return cast


def read(code="CT", on=ON, **about):
    return series(code, Reach.all_for_operator(), on=on, **about)


def by_year(found):
    return {(one.year, one.component.code): one for one in found.rows}


def test_years_said_are_told_and_years_unsaid_are_missing_not_zero(followed):
    found = by_year(read())
    row = found[2024, "CT"]
    assert (row.planned.what, row.planned.low_dong, row.disbursed_dong) == ("adjusted", 1000, 400)
    assert (row.rate, row.as_of) == (Decimal("40.0"), date(2024, 9, 30))
    for year in (2021, 2022, 2023, 2025):
        one = found[year, "CT"]
        assert (one.planned, one.disbursed_dong, one.rate, one.id) == (None, None, None, None)


def test_a_figure_of_the_series_leads_back_to_its_lines(followed):
    row = by_year(read())[2024, "CT"]
    thread = trace(row.id, Reach.all_for_operator())
    assert sum(one.dong for one in thread.rows if one.counted) == thread.total_dong == 400


def test_a_break_stands_before_the_year_it_breaks_and_nothing_is_added_over_it(followed):
    found = read()
    assert [(one.year, one.before.code, one.after.code, one.confidence) for one in found.breaks] == [
        (2026, "CT", "CT-SAU", "recalled")
    ]
    assert [(one.year, one.component.code) for one in found.rows][-1] == (2026, "CT-SAU")
    assert {one.component.code for one in found.rows if one.year <= 2025} == {"CT"}
    assert read("CT-SAU").as_json()["rows"] == found.as_json()["rows"]


def test_years_to_come_are_not_told(followed):
    assert max(one.year for one in read(on=date(2024, 12, 31)).rows) == 2024


def plan(code, kind, first, last, year_use, dong):
    node = Component.objects.get(code=code)
    return record_plan(
        programme=node, kind=kind, place=Place.objects.get(key="vd"), first_year=first, last_year=last,
        number=f"{year_use}/QĐ-VD", dated=date(first, 1, 5),
        lines=[LineDraft(node, FundingSource.objects.get(code="*:*"), year_use, dong)], is_example=True, by=SYSTEM,
    )  # fmt: skip


def test_an_annual_plan_fills_a_year_without_books_and_gives_way_to_them(followed):
    for year in (2023, 2024):
        plan("CT", PlanKind.ANNUAL, year, year, f"{year}", 2000)
    found = by_year(read())
    assert (found[2023, "CT"].planned.what, found[2023, "CT"].planned.low_dong) == ("annual", 2000)
    assert found[2023, "CT"].disbursed_dong is None
    assert found[2024, "CT"].planned.what == "adjusted"


def test_a_plan_of_several_years_stands_beside_and_is_not_spread(followed):
    plan("CT", PlanKind.FIVE_YEAR, 2021, 2025, "2021-2025", 5000)
    found = read()
    assert [(one.component.code, f"{one.years}", one.low_dong) for one in found.spans] == [("CT", "2021-2025", 5000)]
    assert [one.planned for one in found.rows if one.year in (2021, 2022)] == [None, None]


def test_a_wrong_code_or_place_gets_a_sentence(followed):
    with pytest.raises(NotAQuestion, match="Không có chương trình"):
        read("KHONG-CO")
    with pytest.raises(NotAQuestion, match="Không có địa bàn"):
        read(place="khong-co")


def test_an_asker_sees_what_is_spent_within_his_reach(followed):
    reach = Reach(places=frozenset({followed.places["h2"]}), bodies=frozenset({followed.bodies["UBND-h2"]}))
    row = {(one.year, one.component.code): one for one in series("CT", reach, on=ON).rows}[2024, "CT"]
    assert (row.disbursed_dong, row.planned) == (None, None)


def test_the_answer_is_one_document(followed):
    said = json.loads(json.dumps(read().as_json()))
    assert set(said) == {
        "component", "place", "on", "known_on", "members", "rows", "spans", "breaks", "notes",
    }  # fmt: skip
    assert said["members"] == ["CT", "CT-SAU"] and said["breaks"][0]["why"] == "Chương trình sau rộng hơn (ví dụ)"
