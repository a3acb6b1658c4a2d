"""A corrected edition takes the place of the first, in whatever order they arrive."""

from __future__ import annotations

import pytest

from vungcao.intake.tests import papers
from vungcao.intake.tests.papers import DA1, STATEMENT
from vungcao.ledger.models import Statement

pytestmark = pytest.mark.django_db

FIRST = STATEMENT
SECOND = STATEMENT.but(
    right=("Biểu số 01", "Số: 64/BC-UBND (ví dụ), ngày 05/6/2024"),
    under=("(Bản sửa lần 2, thay thế Báo cáo số 60/BC-UBND ngày 03/6/2024)", *STATEMENT.under),
    rows=(("", "TỔNG CỘNG", 32, 22, 10), ("I", DA1, 32, 22, 10)),
)
OTHER = STATEMENT.but(
    right=("Biểu số 01", "Số: 59/BC-UBND (ví dụ), ngày 02/6/2024"),
    rows=(("", "TỔNG CỘNG", 29, 19, 10), ("I", DA1, 29, 19, 10)),
)


def total_that_stands() -> int:
    return Statement.objects.get(superseded_by=None).lines.get(cell="C10").disbursed_dong


def test_a_correction_supersedes_the_first_edition_and_keeps_it(bring):
    assert bring(FIRST, SECOND).outcomes[0].state == "received"
    assert total_that_stands() == 32_000_000
    assert Statement.objects.get(superseded_by=None).supersedes.lines.get(cell="C10").disbursed_dong == 30_000_000


def test_both_in_one_folder_stand_the_right_way_round(bring, cao_bang):
    papers.write(cao_bang / "a sua.xlsx", SECOND)
    papers.write(cao_bang / "b.xlsx", FIRST)
    assert {one.state for one in bring(cao_bang).outcomes} == {"received"}
    assert total_that_stands() == 32_000_000


def test_the_first_edition_again_after_the_correction_changes_nothing(bring, counted):
    bring(FIRST, SECOND)
    before = counted()
    assert bring(FIRST).outcomes[0].state == "held"
    assert counted() == before


def test_a_first_edition_that_arrives_only_after_its_correction_changes_nothing(bring, counted):
    bring(SECOND)
    before = counted()
    (outcome,) = bring(FIRST).outcomes
    assert (outcome.state, outcome.is_new) == ("older", False)
    assert "đã được thay bằng văn bản số 64/BC-UBND ngày 05/06/2024" in outcome.problems[0].sentence
    assert counted() == before


def test_an_older_correction_does_not_undo_a_later_one(bring, counted):
    third = SECOND.but(
        right=("Biểu số 01", "Số: 70/BC-UBND (ví dụ), ngày 09/6/2024"),
        under=("(Bản sửa lần 3, thay thế Báo cáo số 64/BC-UBND ngày 05/6/2024)", *STATEMENT.under),
        rows=(("", "TỔNG CỘNG", 33, 23, 10), ("I", DA1, 33, 23, 10)),
    )
    bring(third)
    before = counted()
    (outcome,) = bring(SECOND).outcomes
    assert (outcome.state, total_that_stands(), counted()) == ("older", 33_000_000, before)


def test_an_older_paper_is_no_first_edition_where_nobody_said_that_it_was_replaced(bring):
    """Two papers of two days, neither of which names the other: an officer must say which one holds."""
    (outcome,) = bring(FIRST, OTHER).outcomes
    assert outcome.state == "draft"
    assert "statement.two_for_one_day" in {one.code for one in outcome.problems}
