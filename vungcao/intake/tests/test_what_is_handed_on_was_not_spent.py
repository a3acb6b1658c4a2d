"""At the door, in the rehearsal already: what goes on or over is set against what was said to be spent of it."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.papers import DA1, STATEMENT, write
from vungcao.intake.tests.test_assignments_of_every_layout import problem
from vungcao.intake.tests.test_money_that_is_held_moves_on import (
    CANCELLED,
    CARRIED,
    GIVEN,
    GIVEN_IN_2025,
    HANDED,
    changed,
)
from vungcao.ledger.checks import findings

pytestmark = pytest.mark.django_db

END_OF_YEAR = STATEMENT.but(
    right=("Biểu số 01", "Số: 90/BC-UBND (ví dụ), ngày 15/01/2025"),
    under=("(Số liệu đến ngày 31/12/2024)",),
    rows=(("", "TỔNG CỘNG", 60, 50, 10), ("I", DA1, 60, 50, 10)),
)
JUNE = STATEMENT.but(
    right=("Biểu số 01", "Số: 70/BC-UBND (ví dụ), ngày 02/7/2025"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
    under=("(Số liệu đến ngày 30/6/2025)",),
    rows=(("", "TỔNG CỘNG", 25, 20, 5), ("I", DA1, 25, 20, 5)),
)
CORRECTED = JUNE.but(
    right=("Biểu số 01", "Số: 75/BC-UBND (ví dụ), ngày 20/7/2025"),
    under=("(Số liệu đến ngày 30/6/2025)", "(Thay thế Báo cáo số 70/BC-UBND)"),
    rows=(("", "TỔNG CỘNG", 23, 18, 5), ("I", DA1, 23, 18, 5)),
)


def codes(outcome) -> set[str]:
    return {one.code for one in outcome.problems}


@pytest.mark.parametrize("paper", [CARRIED, CANCELLED], ids=["carried over", "cancelled"])
def test_more_than_was_unspent_is_told_at_its_cell_in_the_rehearsal(bring, paper):
    """60 given, 50 said to be spent, 15 carried over."""
    bring(*GIVEN, END_OF_YEAR)
    (outcome,) = bring(paper, commit=False).outcomes
    said = problem(outcome, "voucher.more_than_unspent")
    assert (outcome.state, said.weight, said.where.cell) == ("received", "contradicting", "C12")
    assert "chỉ còn 45 triệu đồng" in said.sentence and "50 triệu đồng đã báo giải ngân" in said.sentence
    assert "quá số chưa chi 5 triệu đồng" in said.sentence
    assert not [one for one in findings() if one.code == "line.more_than_given"], "it was a rehearsal"


def test_what_was_unspent_goes_without_a_word(bring):
    bring(*GIVEN, END_OF_YEAR)
    (outcome,) = bring(changed(CARRIED, 2, 2, 10)).outcomes
    assert outcome.state == "received" and "voucher.more_than_unspent" not in codes(outcome)


def test_who_hands_over_more_than_he_said_he_spent_is_told_at_the_minutes(bring):
    bring(*GIVEN_IN_2025, JUNE)
    (outcome,) = bring(changed(changed(HANDED, 1, 4, 21), 1, 6, 29), commit=False).outcomes
    said = problem(outcome, "opening.more_than_spent")
    assert (outcome.state, said.weight, said.where.cell) == ("received", "contradicting", "E11")
    assert "21 triệu đồng" in said.sentence and "20 triệu đồng" in said.sentence


def test_a_former_holder_who_corrects_below_what_he_handed_over_is_told_in_the_rehearsal(bring):
    bring(*GIVEN_IN_2025, JUNE)
    (outcome,) = bring(HANDED).outcomes
    assert not codes(outcome) & {"opening.more_than_spent", "opening.told_by_nobody"}
    (outcome,) = bring(CORRECTED, commit=False).outcomes
    said = problem(outcome, "opening.more_than_spent")
    assert (outcome.state, said.weight, said.where.cell) == ("received", "contradicting", "D11")
    assert "thấp hơn số đã chi đã bàn giao 20 triệu đồng" in said.sentence and "01/BB-BG" in said.sentence
    assert not [one for one in findings() if one.code == "opening.more_than_spent"], "it was a rehearsal"


def test_minutes_before_the_former_holders_report_say_that_they_count_nowhere_yet(bring):
    (outcome,) = bring(*GIVEN_IN_2025, HANDED).outcomes
    said = problem(outcome, "opening.told_by_nobody")
    assert (outcome.state, said.weight) == ("received", "notice") and "nộp báo cáo của bên giao" in said.sentence


def test_in_one_run_the_order_of_files_does_not_matter(bring, cao_bang):
    bring(*GIVEN_IN_2025)
    folder = cao_bang / "mot-lan"
    write(folder / "a bien ban.xlsx", HANDED)
    write(folder / "b bao cao.xlsx", JUNE)
    outcomes = bring(folder).outcomes
    assert [one.state for one in outcomes] == ["received"] * 2
    assert not {code for one in outcomes for code in codes(one) if code.startswith("opening.")}
