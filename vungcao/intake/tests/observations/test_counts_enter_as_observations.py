"""Tables of counts become observations, each with its cell; what does not come out is flagged where it stands."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.intake.tests.observations import count_papers as papers
from vungcao.intake.tests.observations.count_papers import BY_GROUP, LACKING, MOVEMENT, NEEDS, VILLAGES
from vungcao.monitoring.models import Observation
from vungcao.territory.models import Place, PlaceVersion

pytestmark = pytest.mark.django_db

NAM_TUAN = "01660"


def figure(indicator: str, key: str = NAM_TUAN, group: str = "*") -> Observation:
    return Observation.objects.get(indicator__code=indicator, place__key=key, group=group)


def codes(run) -> list[str]:
    return [one.code for one in run.problems]


def with_row(paper, at: int, changes: dict[int, object]):
    """The paper with cells of one row (from 0) said otherwise."""
    rows = [list(row) for row in paper.rows]
    for column, value in changes.items():
        rows[at][column] = value
    return paper.but(rows=tuple(tuple(row) for row in rows))


@pytest.fixture
def two_villages(cao_bang):
    """Two invented villages of xã Bảo Lạc; neither bears a code."""
    with acting("test.villages", by=SYSTEM) as act:
        for name in ("Thôn Một", "Thôn Hai"):
            village = Place.objects.create(act=act, key=f"vi-du.{name}")
            PlaceVersion.objects.create(
                act=act, place=village, name=name, kind="village", parent=Place.objects.get(key="01321@2025-07-01")
            )


@pytest.mark.parametrize("code", [code for code in papers.ALL if code != "ha_tang_thon"])
def test_each_layout_of_practice_is_taken_in_whole(bring, code):
    run = bring(papers.ALL[code])
    (outcome,) = run.outcomes
    assert (outcome.what, outcome.state, outcome.problems) == (code, "received", [])
    assert Observation.objects.filter(batch__kind=code).count() == outcome.lines


def test_villages_without_codes_are_counted_under_their_commune(bring, two_villages):
    (outcome,) = bring(VILLAGES).outcomes
    assert (outcome.what, outcome.state) == ("ha_tang_thon", "received")
    assert figure("households_with_power", "vi-du.Thôn Hai").numerator == 38
    paved = figure("paved_road", "vi-du.Thôn Một")
    assert (paved.numerator, paved.denominator) == (2, 5)


def test_a_column_that_is_not_taken_in_is_said(bring, two_villages):
    (said,) = [one for one in bring(VILLAGES).problems if one.code == "column.left"]
    assert (said.weight, said.where.cell) == ("notice", "L8")
    assert "“Sóng di động”" in said.sentence


def test_a_figure_knows_its_cell_and_a_rate_its_two(bring):
    bring(MOVEMENT)
    poor = figure("poor_households")
    assert (poor.numerator, poor.sheet, poor.cell, poor.period) == (166, "HN", "M11", "2024")
    rate = figure("poverty")
    assert (rate.numerator, rate.denominator, rate.cell, rate.note) == (166, 1000, "M11", "mẫu số ở ô C11")


def test_a_group_is_the_head_of_its_columns(bring):
    bring(BY_GROUP)
    assert figure("near_poor_households", group="Mông").numerator == 20
    assert figure("households", group="Các dân tộc khác").cell == "Z11"
    assert not Observation.objects.filter(place__key="01657", indicator__code="near_poor_households").filter(
        group="Các dân tộc khác"
    )


def test_a_head_that_names_no_group_keeps_the_table_a_draft(bring):
    strange = BY_GROUP.but(heads=(*BY_GROUP.heads[:4], *(("Người Sao Hỏa", what) for _, what in BY_GROUP.heads[4:7]),
                                  *BY_GROUP.heads[7:]))  # fmt: skip
    (outcome,) = bring(strange).outcomes
    assert outcome.state == "draft"
    assert {(one.code, one.where.cell) for one in outcome.problems} >= {("group.unknown", "E8")}
    assert Observation.objects.filter(batch__kind="ho_ngheo_theo_dan_toc").count() == 0


def test_needs_are_counted_by_kind_of_work_and_their_money_in_dong(bring):
    bring(NEEDS)
    road = figure("works_needed_dong", "04.051", "Giao thông")
    assert (road.numerator, road.period) == (60_000_000_000, "2021-2025")
    met = figure("works_met", "04.051")
    assert (met.numerator, met.denominator) == (36_000_000_000, 90_000_000_000)


def test_columns_of_money_without_a_unit_stay_a_draft(bring):
    heads = tuple((top, below.replace(" (triệu đồng)", "")) for top, below in NEEDS.heads)
    (outcome,) = bring(NEEDS.but(heads=heads)).outcomes
    assert (outcome.state, [one.code for one in outcome.problems]) == ("draft", ["unit.missing"])


def test_what_households_lack_may_add_up_to_more_than_there_are(bring):
    run = bring(LACKING)
    assert run.problems == []
    lacking = Observation.objects.filter(indicator__code="poor_deprived", place__key=NAM_TUAN)
    assert lacking.count() == 12
    assert sum(one.numerator for one in lacking) == 650 > figure("poor_households").numerator


def test_more_lack_one_thing_than_are_poor(bring):
    run = bring(with_row(LACKING, 1, {3: 170}), commit=True)
    (odd,) = [one for one in run.problems if one.code == "part.over_whole"]
    assert (odd.where.cell, odd.weight) == ("D11", "contradicting")


# what must come out ----------------------------------------------------------------------------------------


def test_an_end_that_its_movements_do_not_explain_is_written_and_flagged(bring):
    run = bring(with_row(MOVEMENT, 1, {12: 171}))
    (odd,) = [one for one in run.problems if one.where.cell == "M11"]  # said once, by the reader
    assert (odd.code, odd.weight) == ("check.fails", "contradicting")
    assert {"171", "166", "5"} <= set(re.findall(r"\d+", odd.sentence))
    assert figure("poor_households").numerator == 171


def test_an_end_of_one_row_alone_is_tried_on_its_movements_too(bring):
    run = bring(MOVEMENT.but(rows=(("", "TỔNG CỘNG", *MOVEMENT.rows[0][2:12], 510, *MOVEMENT.rows[0][13:]),)))
    (odd,) = [one for one in run.problems if one.code == "balance.fails"]
    assert (odd.where.cell, odd.weight) == ("M10", "contradicting")
    assert "(D10)" in odd.sentence
    assert "lệch" in odd.sentence


def test_a_blank_movement_leaves_the_balance_open_and_a_dash_does_not(bring):
    run = bring(with_row(MOVEMENT, 1, {7: ""}))
    assert codes(run).count("balance.cannot_tell") == 1
    assert "H11" in next(one.sentence for one in run.problems if one.code == "balance.cannot_tell")
    assert "balance.fails" not in codes(run)
    assert not Observation.objects.filter(indicator__code="poor_left", place__key=NAM_TUAN)


def test_a_printed_rate_that_does_not_recompute_is_flagged_and_the_two_counts_are_kept(bring):
    run = bring(with_row(MOVEMENT, 2, {14: 18.75}))
    (odd,) = run.problems  # said once, by the reader, which has found it out by itself
    assert (odd.code, odd.where.cell) == ("check.fails", "O12")
    assert "được 17,75" in odd.sentence
    assert figure("poverty", "01657").numerator == 213


def test_a_printed_rate_of_one_row_alone_is_checked_too(bring):
    run = bring(MOVEMENT.but(rows=(("", "TỔNG CỘNG", *MOVEMENT.rows[0][2:14], 18.6, *MOVEMENT.rows[0][15:]),)))
    assert ("rate.does_not_recompute", "O10") in {(one.code, one.where.cell) for one in run.problems}


def test_what_is_still_missing_is_the_difference(bring):
    run = bring(with_row(NEEDS, 2, {7: 11000}))
    assert {"difference.fails", "check.fails"} & {one.code for one in run.problems if one.where.cell == "H12"}


def test_a_printed_total_that_its_rows_do_not_make_is_flagged(bring):
    run = bring(with_row(MOVEMENT, 0, {12: 510, 14: 17}))
    assert {("check.fails", "M10"), ("balance.fails", "M10")} & {(one.code, one.where.cell) for one in run.problems}
    assert run.outcomes[0].state == "received"


def test_half_a_household_and_less_than_none_are_flagged(bring):
    run = bring(with_row(MOVEMENT, 1, {16: 2.5, 17: -3}))
    assert [one.where.cell for one in run.problems if one.code == "amount.odd"] == ["Q11", "R11"]
    assert figure("poor_headed_by_women").numerator == Decimal(-3)


# what keeps a table a draft --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "cell"),
    [
        ({1: "Xã Bảo Lạc"}, "place.unknown", "B11"),
        ({1: "Xã Dân Chủ"}, "row.doubled", "B12"),
        ({12: "chưa có"}, "amount.unreadable", "M11"),
    ],
    ids=["a commune of another district", "one commune twice", "words for a number"],
)
def test_one_unusable_row_keeps_the_whole_table_a_draft(bring, changes, code, cell):
    (outcome,) = bring(with_row(MOVEMENT, 1, changes)).outcomes
    assert outcome.state == "draft"
    assert (code, cell) in {(one.code, one.where.cell) for one in outcome.problems}
    assert not Observation.objects.filter(batch__in=Batch.objects.filter(kind="ho_ngheo_dien_bien"))


def test_a_year_without_a_day_stands_at_the_years_end_and_says_so(bring):
    run = bring(MOVEMENT.but(under=()))
    assert f"{figure('poor_households').as_of}" == "2024-12-31"
    assert codes(run) == ["as_of.year_end"]


def test_lines_by_area_are_subtotals_and_not_taken_in(bring):
    rows = (MOVEMENT.rows[0], ("I", "Khu vực nông thôn", *MOVEMENT.rows[0][2:]), *MOVEMENT.rows[1:])
    run = bring(MOVEMENT.but(rows=rows))
    assert run.outcomes[0].state == "received"
    assert "row.area" in codes(run)
