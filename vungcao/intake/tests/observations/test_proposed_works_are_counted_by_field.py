"""A commune's list of proposed works: numbers and money by field; the list stays in the workbook."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.observations.count_papers import PROPOSED
from vungcao.monitoring.models import Observation

pytestmark = pytest.mark.django_db


def kept() -> dict[tuple[str, str], tuple[int, str]]:
    rows = Observation.objects.select_related("indicator")
    return {(one.indicator.code, one.group): (int(one.numerator), one.cell) for one in rows}


def test_works_and_money_are_summed_by_field_and_cite_the_first_work(bring):
    (outcome,) = bring(PROPOSED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    found = kept()
    assert found["works_proposed", "Giao thông"] == (2, "B11")
    assert found["works_proposed", "Thủy lợi"] == (1, "B12")
    assert found["works_proposed", "*"] == (3, "B11")
    assert found["works_proposed_dong", "Giao thông"] == (2_500_000_000, "H11")
    assert found["works_proposed_dong", "*"] == (3_500_000_000, "H11")
    assert found["people_work_days", "*"] == (140, "J11")
    assert ("people_money_dong", "Thủy lợi") not in found, "a dash is no zero"
    assert not [code for code, _ in found if code.startswith("households")]
    assert bring(PROPOSED).outcomes[0].state == "held"


def test_a_field_that_is_none_is_named_at_its_cell(bring):
    wrong = list(PROPOSED.rows)
    wrong[2] = (*wrong[2][:3], "Bến thuyền", *wrong[2][4:])
    (outcome,) = bring(PROPOSED.but(rows=tuple(wrong))).outcomes
    assert outcome.state == "draft"
    (problem,) = [one for one in outcome.problems if one.code == "group.unknown"]
    assert problem.where.cell == "D12" and "Bến thuyền" in problem.sentence


def test_a_work_of_no_field_is_named_at_its_cell(bring):
    wrong = list(PROPOSED.rows)
    wrong[3] = (*wrong[3][:3], "", *wrong[3][4:])
    (outcome,) = bring(PROPOSED.but(rows=tuple(wrong))).outcomes
    assert outcome.state == "draft"
    assert [one.where.cell for one in outcome.problems if one.code == "field.missing"] == ["D13"]


def test_a_total_that_contradicts_its_parts_is_flagged(bring):
    wrong = (("", "TỔNG CỘNG", "", "", "", "", "", 3600, 30, 140, ""), *PROPOSED.rows[1:])
    (outcome,) = bring(PROPOSED.but(rows=wrong)).outcomes
    assert outcome.state == "received"
    assert [one.where.cell for one in outcome.problems if one.code == "check.fails"] == ["H10"]
