"""Months: cumulative at each month's end, and what was spent in it, told only of whoever spoke the month before."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import Answer, FigureQuery, answer
from vungcao.cube.flow import before
from vungcao.cube.question import NotAQuestion
from vungcao.cube.tracing import trace

ALL = Reach.all_for_operator()
APRIL, MAY, JUNE = date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 20)


def ask(on: date = JUNE, name: str = "disbursement", **about) -> Answer:
    return answer(FigureQuery(name, on, **about), ALL)


def spend(cast, dong: int, on: date, place: str = "h1", component: str = "CT") -> None:
    region = cast.region(component, place, f"UBND-{place}", source="*:*", origin="*", year=f"{on.year}")
    cast.state([(region, dong)], coverage=region, as_of=on, reporter=f"UBND-{place}")


def by_month(found: Answer, measure: str) -> dict[str, object]:
    return {row.dims["month"]: row.measures[measure] for row in found.rows}


def test_each_month_has_its_cumulative_figure_and_what_was_spent_in_it(cast):
    for dong, on in ((10, APRIL), (25, MAY), (30, date(2024, 6, 15))):
        spend(cast, dong, on)
    found = ask(by=("month",))
    assert by_month(found, "disbursed_dong") == {
        **{f"2024-0{month}": None for month in (1, 2, 3)},
        "2024-04": 10, "2024-05": 25, "2024-06": 30,
    }  # fmt: skip
    flows = by_month(found, "flow_dong")
    assert (flows["2024-04"], flows["2024-05"], flows["2024-06"]) == (None, 15, 5)
    assert [row.names["month"] for row in found.rows][-1] == "tháng 6 năm 2024"


def test_a_first_word_tells_no_month_and_stands_beside(cast):
    spend(cast, 10, APRIL)
    spend(cast, 25, MAY)
    spend(cast, 40, MAY, place="h2")
    found = ask(MAY, "flow", by=("body",))
    assert {row.dims["body"]: row.measures["flow_dong"] for row in found.rows} == {"UBND-h1": 15}
    (gap,) = found.not_split
    assert (gap["dim"], gap["node"], gap["measure"], gap["dong"]) == ("month", "UBND-h2", "flow_dong", 40)


def test_a_figure_of_two_months_ago_tells_no_month_either_and_nothing_is_lost(cast):
    spend(cast, 10, date(2024, 3, 31))
    spend(cast, 25, MAY)
    spend(cast, 7, MAY, place="h2")
    spend(cast, 9, date(2024, 6, 15), place="h2")
    for day in (MAY, JUNE):
        found = ask(day, "flow")
        told = sum(row.measures["flow_dong"] or 0 for row in found.rows)
        now, then = (ask(one).rows[0].measures["disbursed_dong"] or 0 for one in (day, before(day)))
        assert told + sum(gap["dong"] for gap in found.not_split) == now - then
    assert ask(MAY, "flow").rows[0].measures["flow_dong"] is None


def test_in_january_everything_is_of_the_month(cast):
    spend(cast, 12, date(2024, 1, 31))
    found = ask(date(2024, 1, 31), "flow")
    assert found.rows[0].measures["flow_dong"] == 12
    assert not found.not_split


def test_silence_in_a_month_is_no_zero_but_nothing_new_said_is(cast):
    spend(cast, 10, APRIL)
    assert ask(MAY, "flow").rows[0].measures["flow_dong"] is None
    spend(cast, 10, MAY)
    assert ask(MAY, "flow").rows[0].measures["flow_dong"] == 0


def test_a_word_of_the_month_that_does_not_count_makes_no_zero(cast):
    """The Treasury's details stand under the district's figure of their day; of a later day they are only compared."""
    spend(cast, 25, MAY)
    inside = cast.region("CT.DA1", "h1", "UBND-h1", source="*:*", origin="*")
    coverage = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state([(inside, 5)], coverage=coverage, as_of=MAY, reporter="KB")
    assert ask(MAY).rows[0].lines == 2
    cast.state([(inside, 6)], coverage=coverage, as_of=date(2024, 6, 15), reporter="KB")
    assert (ask(JUNE).rows[0].lines, ask(JUNE).rows[0].measures["disbursed_dong"]) == (1, 25)
    assert ask(JUNE, "flow").rows[0].measures["flow_dong"] is None


def test_the_thread_of_a_month_adds_up_from_both_days(cast):
    spend(cast, 10, APRIL)
    spend(cast, 25, MAY)
    *_, last = ask(MAY, by=("month",)).rows
    found = trace(last.ids["flow"], ALL)
    assert [(line.dong, line.counted, bool(line.cell)) for line in found.rows] == [(25, True, True), (-10, True, True)]
    assert found.total_dong == last.measures["flow_dong"] == 15
    (again,) = answer(FigureQuery.of_id(last.ids["flow"]), ALL).rows
    assert again.measures == {"flow_dong": 15}
    (cumulative,) = answer(FigureQuery.of_id(last.id), ALL).rows
    assert cumulative.measures["disbursed_dong"] == 25


def test_months_stand_beside_other_dimensions_and_last_year(cast):
    for dong, on in ((4, date(2023, 5, 31)), (10, APRIL), (25, MAY)):
        spend(cast, dong, on, component="CT.DA2")
    found = ask(MAY, by=("month", "component"), programme="CT", compare=("last_year",))
    held = {tuple(row.dims.values()): row.measures for row in found.rows}
    assert held["2024-05", "CT.DA2"]["flow_dong"] == 15
    assert held["2024-05", "CT.DA2"]["last_year_disbursed_dong"] == 4
    assert held["2024-04", "CT.DA2"]["last_year_disbursed_dong"] is None


def test_gaps_name_their_month(cast):
    spend(cast, 10, APRIL)
    coverage = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state([(coverage, 30)], coverage=coverage, as_of=MAY)
    found = ask(MAY, by=("month", "component"), programme="CT")
    assert {(gap["month"], gap["measure"], gap["dong"]) for gap in found.not_split if gap["dim"] == "component"} == {
        ("2024-04", "disbursed_dong", 10),
        ("2024-05", "disbursed_dong", 30),
    }


@pytest.mark.parametrize(
    ("name", "about", "said"),
    [
        ("remainder", {}, "không chia được theo tháng"),
        ("estimate", {}, "không chia được theo tháng"),
        ("disbursement", {"basis": "month"}, "đã là của một tháng"),
    ],
)
def test_what_has_no_months_is_refused(cast, name, about, said):
    with pytest.raises(NotAQuestion, match=said):
        ask(name=name, by=("month",), **about)
