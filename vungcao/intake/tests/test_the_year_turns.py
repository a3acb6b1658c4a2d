"""31 December and the closing days: late statements, papers of the last day, money of the year that goes on."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.intake.tests.papers import DA1
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION, held_by, problem
from vungcao.intake.tests.test_money_that_is_held_moves_on import CARRIED, GIVEN, USE, changed
from vungcao.intake.tests.test_what_is_handed_on_was_not_spent import END_OF_YEAR, codes
from vungcao.ledger import spending
from vungcao.ledger.models import Statement

pytestmark = pytest.mark.django_db
ON_THE_LAST_DAY = CARRIED.but(under=("(Kèm theo Quyết định số 31/QĐ-UBND (ví dụ) ngày 31/12/2024)",))
JANUARY = END_OF_YEAR.but(
    right=("Biểu số 01", "Số: 12/BC-UBND (ví dụ), ngày 05/02/2025"),
    under=("(Số liệu đến ngày 31/01/2025)",),
    rows=(("", "TỔNG CỘNG", 66, 56, 10), ("I", DA1, 66, 56, 10)),
)


def counted(on: date, year: str = "2024") -> int:
    return sum(dong for region, dong in spending.counted_on(on) if region.year_use == year) // MILLION


def test_a_statement_of_the_closing_days_is_of_the_old_year_and_changes_nothing_at_its_end(bring):
    bring(*GIVEN, END_OF_YEAR, JANUARY)
    assert [one.year_use for one in Statement.objects.order_by("as_of")] == ["2024", "2024"]
    assert (counted(date(2024, 12, 31)), counted(date(2025, 1, 30)), counted(date(2025, 1, 31))) == (60, 60, 66)


def test_a_paper_of_the_last_day_moves_money_that_day_into_the_next_year(bring):
    (outcome,) = bring(*GIVEN, ON_THE_LAST_DAY).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    held = held_by("UBND-04.043", *USE)
    assert (held["1719.DA1", "dau_tu:NSTW", "2024", "2025"], held["1719.DA1", "dau_tu:NSTW", "2024", "2024"]) == (
        15,
        45,
    )


def test_what_was_unspent_is_told_by_the_last_word_also_one_of_january(bring):
    """60 given, 50 spent by 31 December and 56 by 31 January: 15 carried over on 31 December is 11 too much."""
    bring(*GIVEN, END_OF_YEAR, JANUARY)
    (outcome,) = bring(ON_THE_LAST_DAY, commit=False).outcomes
    said = problem(outcome, "voucher.more_than_unspent")
    assert "56 triệu đồng đã báo giải ngân đến ngày 31/01/2025" in said.sentence and "11 triệu đồng" in said.sentence


def test_a_late_statement_after_the_carry_over_is_flagged_at_its_own_cell(bring):
    bring(*GIVEN, changed(ON_THE_LAST_DAY, 2, 2, 10), END_OF_YEAR)
    (outcome,) = bring(JANUARY, commit=False).outcomes
    assert problem(outcome, "statement.more_than_given").where.cell == "D11"
    assert "statement.falls" not in codes(outcome)


def test_money_carried_over_and_this_years_do_not_mix_in_the_new_year(bring):
    bring(*GIVEN, END_OF_YEAR, changed(ON_THE_LAST_DAY, 2, 2, 10))
    assert (counted(date(2025, 3, 31), "2024"), counted(date(2025, 3, 31), "2025")) == (60, 0)
