"""As reported then, in the units of a day, in today's units: nothing made, nothing lost, originals intact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.monitoring.actions import record_observations
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import observed

ON, THEN, AFTER = date(2024, 6, 30), date(2025, 6, 30), date(2025, 7, 1)
# Khoản 1 of 1657/NQ-UBTVQH15: Quảng Lâm and Thạch Lâm became Xã Quảng Lâm. The figures are invented.
ONE, OTHER, MERGED = "01303", "01304", "01304@2025-07-01"


@pytest.fixture
def recorded(handed_in, said) -> list[Observation]:
    rows = [said("vd_a", ONE, 10), said("vd_b", ONE, 12), said("vd_a", OTHER, 11), said("vd_b", OTHER, 13)]
    return record_observations(batch=handed_in(), rows=rows, by=SYSTEM)


def test_two_communes_merge_to_21_and_25_with_four_originals_intact(recorded, place):
    for indicator, total in [("vd_a", 21), ("vd_b", 25)]:
        found = observed(indicator, ON, boundaries=AFTER)
        assert [(row.place_id, row.numerator) for row in found.rows] == [(place(MERGED), total)]
        assert found.not_apportioned == []
        assert len(found.rows[0].lines) == 2
    kept = Observation.objects.filter(pk__in=[one.pk for one in recorded]).order_by("pk")
    assert [int(one.numerator) for one in kept] == [10, 12, 11, 13]


def test_as_reported_then_the_two_stand_apart(recorded, place):
    for boundaries in (None, THEN):
        rows = observed("vd_a", ON, boundaries=boundaries).rows
        assert {row.place_id: row.numerator for row in rows} == {place(ONE): 10, place(OTHER): 11}


def test_a_rate_recomputes_from_its_two_parts(handed_in, said, place):
    rows = [said("vd_rate", ONE, 1, denominator=Decimal(10)), said("vd_rate", OTHER, 3, denominator=Decimal(10))]
    record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    (row,) = observed("vd_rate", ON, boundaries=AFTER).rows
    assert (row.numerator, row.denominator, row.rate) == (4, 20, 20)


def test_what_cannot_be_summed_is_listed_apart(handed_in, said, place):
    record_observations(batch=handed_in(), rows=[said("vd_high", ONE, "7.5")], by=SYSTEM)
    found = observed("vd_high", ON, boundaries=AFTER)
    assert found.rows == []
    assert (found.not_apportioned[0].place_id, found.not_apportioned[0].amount) == (place(ONE), Decimal("7.5"))
    assert observed("vd_high", ON, boundaries=THEN).rows[0].numerator == Decimal("7.5")


def test_measures_with_decimals_are_summed_exactly(handed_in, said):
    rows = [said("vd_a", ONE, "1.25"), said("vd_a", OTHER, "2.5")]
    record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    (row,) = observed("vd_a", ON, boundaries=AFTER).rows
    assert row.numerator == Decimal("3.75")


def test_what_a_district_said_of_itself_is_not_apportioned(handed_in, said, place):
    record_observations(batch=handed_in(), rows=[said("vd_a", "04.042", 40)], by=SYSTEM)
    found = observed("vd_a", ON, boundaries=AFTER)
    assert found.rows == []
    assert (found.not_apportioned[0].place_id, found.not_apportioned[0].amount) == (place("04.042"), 40)


def test_groups_are_recast_each_for_itself(handed_in, said, place):
    rows = [
        said("vd_a", key, value, group=group)
        for key, group, value in [(ONE, "Tày", 1), (OTHER, "Tày", 2), (OTHER, "Dao", 5)]
    ]
    record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    found = observed("vd_a", ON, boundaries=AFTER).rows
    assert {row.group: (row.place_id, row.numerator) for row in found} == {
        "Tày": (place(MERGED), 3),
        "Dao": (place(MERGED), 5),
    }


def test_words_of_degree_go_along_with_a_total(handed_in, said):
    rows = [said("vd_a", ONE, 10, qualifier="trên"), said("vd_a", OTHER, 11)]
    record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    assert observed("vd_a", ON, boundaries=AFTER).rows[0].qualifiers == ("trên",)
