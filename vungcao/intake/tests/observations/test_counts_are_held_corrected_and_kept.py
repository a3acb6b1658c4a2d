"""The outcomes of a statement hold for counts: rehearsed, held, corrected, older, a draft."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.models import Batch, BatchState
from vungcao.bodies.queries import batch_state
from vungcao.intake.tests import papers
from vungcao.intake.tests.observations.count_papers import BY_GROUP, MOVEMENT
from vungcao.intake.tests.observations.test_counts_enter_as_observations import figure, with_row
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import observed
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db

# One household more in Nam Tuấn, start and end.
CHANGED = with_row(
    with_row(MOVEMENT, 1, {3: 201, 4: 20.1, 12: 167, 14: 16.7}), 0, {3: 601, 4: 20.03, 12: 505, 14: 16.83}
)
SECOND = CHANGED.but(
    right=("Biểu số 01", "Số: 97/BC-UBND (ví dụ), ngày 28/12/2024"),
    under=("(Bản sửa lần 2, thay thế Báo cáo số 90/BC-UBND ngày 20/12/2024)", *MOVEMENT.under),
)


def poor(key: str = "01660", on: date = date(2024, 12, 31), boundaries: date | None = None) -> int | None:
    pk = Place.objects.get(key=key).pk
    rows = observed("poor_households", on, boundaries=boundaries).rows
    return next((int(row.numerator) for row in rows if row.place_id == pk and row.group == "*"), None)


def test_a_rehearsal_leaves_nothing(bring, counted):
    before = counted()
    run = bring(MOVEMENT, commit=False)
    assert (run.outcomes[0].state, run.act, counted()) == ("received", None, before)


def test_the_same_again_is_held_whatever_the_file_is_called(bring, counted):
    bring(MOVEMENT)
    before = counted()
    run = bring(MOVEMENT)
    assert (run.outcomes[0].state, run.act, counted()) == ("held", None, before)


def test_other_figures_that_do_not_say_they_correct_stay_a_draft_at_their_cells(bring):
    (outcome,) = bring(MOVEMENT, CHANGED).outcomes
    assert outcome.state == "draft"
    cells = {one.where.cell for one in outcome.problems if one.code == "observation.two_for_one_day"}
    assert cells == {"D10", "M10", "D11", "M11"}
    assert poor() == 166


def test_a_correction_supersedes_and_keeps_what_it_replaced(bring):
    assert bring(MOVEMENT, SECOND).outcomes[0].state == "received"
    assert poor() == 167
    first, second = Batch.objects.filter(kind="ho_ngheo_dien_bien").order_by("pk")
    assert (batch_state(first.pk), batch_state(second.pk)) == (BatchState.SUPERSEDED, BatchState.RECEIVED)
    assert Observation.objects.get(batch=first, indicator__code="poor_households", place__key="01660").numerator == 166


def test_what_a_correction_leaves_out_is_no_longer_said(bring):
    shorter = SECOND.but(rows=SECOND.rows[:3])
    bring(MOVEMENT, shorter)
    assert (poor("01657"), poor("01696")) == (213, None)


def test_a_first_edition_after_its_correction_changes_nothing(bring, counted):
    bring(SECOND)
    before = counted()
    (outcome,) = bring(MOVEMENT).outcomes
    assert (outcome.state, counted()) == ("older", before)


def test_a_draft_that_becomes_usable_goes_on_in_its_own_batch(bring):
    wrong = with_row(MOVEMENT, 1, {1: "Xã Không Có"})
    bring(wrong)
    assert bring(wrong).outcomes[0].is_new is False
    assert Batch.objects.filter(kind="ho_ngheo_dien_bien").count() == 1


def test_two_tables_of_one_reporter_may_say_the_same_of_one_thing(bring):
    same = MOVEMENT.but(rows=tuple(row for row in MOVEMENT.rows if row[0] in ("1", "2")))
    bring(same, BY_GROUP.but(rows=BY_GROUP.rows[1:]))
    assert figure("households").batch.kind == "ho_ngheo_dien_bien"


def test_both_sheets_of_one_book_are_taken_in(bring, cao_bang):
    book = papers.write(
        cao_bang / "bieu ho ngheo.xlsx", MOVEMENT.but(more={"DT": BY_GROUP.but(rows=BY_GROUP.rows[1:])})
    )
    assert [one.state for one in bring(book).outcomes] == ["received", "received"]


def test_communes_that_merge_carry_their_counts_and_their_rate_is_recomputed(bring):
    """Nam Tuấn and Dân Chủ went into the new Nam Tuấn (with Đức Long, of which nothing is said)."""
    bring(MOVEMENT)
    after = date(2025, 7, 1)
    assert poor("01660@2025-07-01", after, after) == 166 + 213
    found = observed("poverty", after, boundaries=after)
    row = next(one for one in found.rows if one.place_id == Place.objects.get(key="01660@2025-07-01").pk)
    assert (row.numerator, row.denominator, len(row.lines)) == (379, 2200, 2)
    # What was Hoàng Tung's stands in Thục Phán; nobody took over the rest of the district: it is nothing.
    assert sum(one.numerator for one in found.rows) + sum(one.amount for one in found.not_apportioned) == 504
