"""From the register of conclusions to a figure for each conclusion, and back."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.tracing import trace
from vungcao.intake.tests.conftest import bring, cao_bang, loaded_once
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION
from vungcao.intake.tests.test_recovery_and_credit import RECOVERED

pytestmark = pytest.mark.django_db
__all__ = ["bring", "cao_bang", "loaded_once"]  # fixtures of the door's own tests
ALL = Reach.all_for_operator()


def test_recoveries_are_told_by_conclusion_and_each_figure_has_its_thread(bring):
    bring(RECOVERED)
    found = answer(FigureQuery("recovered", date(2024, 5, 31), programme="1719", by=("object",)), ALL)
    measures = ("recovered_dong", "to_recover_dong", "remainder_dong")
    told = {row.names["object"]: tuple((row.measures[name] or 0) // MILLION for name in measures) for row in found.rows}
    assert told == {"Kết luận số 01/KL": (30, 70, 40), "Kết luận số 02/KL": (20, 20, 0)}
    for row in found.rows:
        assert trace(row.id, ALL).total_dong == row.measures["recovered_dong"]
    (whole,) = answer(FigureQuery("recovered", date(2024, 5, 31), programme="1719"), ALL).rows
    assert whole.measures["recovered_dong"] == 50 * MILLION


def test_money_paid_back_that_names_no_conclusion_stands_beside_under_its_own_name(bring):
    heads, rows = (*RECOVERED.heads[:3], *RECOVERED.heads[4:]), tuple((*row[:3], *row[4:]) for row in RECOVERED.rows)
    bring(RECOVERED.but(heads=heads, rows=rows))
    found = answer(FigureQuery("recovered", date(2024, 5, 31), programme="1719", by=("object",)), ALL)
    (gap,) = found.not_split
    assert found.rows == [] and (gap["measure"], gap["dong"]) == ("recovered_dong", 50 * MILLION)


def test_a_row_of_two_conclusions_stands_under_both_numbers(bring):
    rows = (
        *RECOVERED.rows[:2],
        (*RECOVERED.rows[2][:3], "02/KL, 03/KL-TTr", *RECOVERED.rows[2][4:]),
        RECOVERED.rows[3],
    )
    bring(RECOVERED.but(rows=rows))
    found = answer(FigureQuery("recovered", date(2024, 5, 31), programme="1719", by=("object",)), ALL)
    assert {row.names["object"] for row in found.rows} == {"Kết luận số 01/KL", "Kết luận số 02/KL, 03/KL-TTr"}
