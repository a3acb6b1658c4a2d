"""The same money moved by a paper that bears another number or day: told, and a handover not made twice."""

from __future__ import annotations

import re

import pytest

from vungcao.intake.tests.test_assignments_of_every_layout import problem
from vungcao.intake.tests.test_money_that_is_held_moves_on import ADJUSTED, GIVEN, GIVEN_IN_2025, HANDED
from vungcao.ledger.models import Voucher

pytestmark = pytest.mark.django_db


def test_the_same_moves_under_another_number_are_written_and_flagged(bring):
    bring(*GIVEN, ADJUSTED)
    twin = ADJUSTED.but(under=("(Kèm theo Quyết định số 22/QĐ-UBND (ví dụ) ngày 16/10/2024)",))
    (outcome,) = bring(twin).outcomes
    flagged = problem(outcome, "voucher.same_moves")
    assert (outcome.state, flagged.weight) == ("received", "contradicting") and "21/QĐ-UBND" in flagged.sentence


def test_what_later_minutes_have_handed_over_is_not_handed_over_by_earlier_ones(bring):
    bring(*GIVEN_IN_2025, HANDED)
    day_before = [text.replace("01/7/2025", "30/6/2025") for text in HANDED.under]
    assert day_before != list(HANDED.under)
    again = HANDED.but(under=tuple(re.sub(r"số [^ ]+", "số 99/BB-UBND", text, count=1) for text in day_before))
    (outcome,) = bring(again).outcomes
    assert outcome.state == "draft" and problem(outcome, "handover.more_than_held").weight == "unusable"
    assert Voucher.objects.filter(kind="handover").count() == 1
