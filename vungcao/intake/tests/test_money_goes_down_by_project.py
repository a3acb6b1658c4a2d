"""The council splits to projects; units are given from accounts that hold the money; an unsaid level is not guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Sum

from vungcao.intake import profile
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, STATEMENT
from vungcao.ledger.checks import findings
from vungcao.ledger.models import Entry, Statement, Voucher

pytestmark = pytest.mark.django_db

OF_LOCAL_BUDGET = ALLOCATED.but(
    under=("(Kèm theo Nghị quyết số 12/NQ-HĐND (ví dụ) ngày 15/12/2023)",),
    rows=(("I", DA1, 50, 50, 50, "-", "-"),),
)


def held_by(body: str) -> dict[tuple[str, str], int]:
    """(component, source) → million đồng that a body holds."""
    rows = Entry.objects.filter(account__body__key=body, account__is_contra=False)
    sums = rows.values_list("account__component__code", "account__source__code").annotate(dong=Sum("dong"))
    return {(component, source): dong // 1_000_000 for component, source, dong in sums.order_by() if dong}


def test_money_is_posted_at_the_project_and_rows_below_it_are_not(bring):
    (outcome,) = bring(ASSIGNED, ALLOCATED).outcomes
    assert (outcome.state, outcome.dong) == ("received", 300_000_000)
    assert held_by("UBND-04") == {
        ("1719.DA1", "dau_tu:NSTW"): 120, ("1719.DA1", "su_nghiep:NSTW"): 60,
        ("1719.DA5", "dau_tu:NSTW"): 80, ("1719.DA5", "su_nghiep:NSTW"): 40,
    }  # fmt: skip


def test_units_are_given_from_the_accounts_that_hold_the_money(bring):
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT).outcomes
    assert outcome.state == "received"
    notice = next(one for one in outcome.problems if one.code == "source.level_taken")
    assert notice.weight == "notice" and "“ngân sách trung ương”" in notice.sentence
    assert held_by("UBND-04") == {
        ("1719.DA1", "dau_tu:NSTW"): 20, ("1719.DA1", "su_nghiep:NSTW"): 20,
        ("1719.DA5", "dau_tu:NSTW"): 10, ("1719.DA5", "su_nghiep:NSTW"): 10,
    }  # fmt: skip
    assert held_by("UBND-04.043")["1719.DA1", "dau_tu:NSTW"] == 60
    assert not [one for one in findings() if one.code == "account.below_zero"]


def test_a_level_that_the_paper_says_is_taken_as_said(bring):
    said = BY_UNIT.but(title="GIAO KẾ HOẠCH VỐN NGÂN SÁCH TRUNG ƯƠNG CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO ĐƠN VỊ")
    (outcome,) = bring(ASSIGNED, ALLOCATED, said).outcomes
    assert outcome.state == "received"
    assert "source.level_taken" not in {one.code for one in outcome.problems}
    assert held_by("UBND-04.043")["1719.DA5", "su_nghiep:NSTW"] == 10


def test_an_unsaid_level_is_refused_where_the_giver_holds_nothing_there(bring):
    (outcome,) = bring(ASSIGNED, BY_UNIT).outcomes
    assert outcome.state == "draft"
    problem = next(one for one in outcome.problems if one.code == "source.level_unknown")
    assert problem.where.cell == "D11" and "chưa giữ vốn đầu tư của" in problem.sentence


def test_an_unsaid_level_is_refused_where_the_giver_holds_two(bring, monkeypatch):
    local = [
        replace(one, columns=tuple(_of_the_province(rule) for rule in one.columns))
        for one in profile.profiles()
        if one.code == "phan_bo_theo_du_an"
    ]
    bring(ASSIGNED, ALLOCATED)
    with monkeypatch.context() as patch:
        patch.setattr(profile, "profiles", lambda: tuple(local))
        assert bring(OF_LOCAL_BUDGET).outcomes[0].state == "received"
    (outcome,) = bring(BY_UNIT).outcomes
    problems = [one for one in outcome.problems if one.code == "source.level_unknown"]
    assert {one.where.cell for one in problems} == {"D11", "D12"}
    assert "nhiều cấp (ngân sách trung ương, ngân sách cấp tỉnh)" in problems[0].sentence


def _of_the_province(rule):
    return replace(rule, source=rule.source.replace("NSTW", "NSDP_TINH"))


def test_the_same_number_with_other_amounts_is_not_taken_silently(bring):
    other = ALLOCATED.but(rows=(("I", DA1, 180, 120, 120, 60, 60),))
    (outcome,) = bring(ASSIGNED, ALLOCATED, other).outcomes
    assert outcome.state == "draft"
    assert "voucher.two_editions" in {one.code for one in outcome.problems}
    assert Voucher.objects.count() == 2


def test_the_same_sums_for_other_takers_are_another_edition(bring):
    swapped = BY_UNIT.but(
        rows=(
            BY_UNIT.rows[0],
            ("1", "UBND huyện Hà Quảng", *BY_UNIT.rows[1][2:]),
            ("2", "UBND huyện Bảo Lạc", *BY_UNIT.rows[2][2:]),
        )
    )
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, swapped).outcomes
    assert "voucher.two_editions" in {one.code for one in outcome.problems}


def test_a_decision_that_gives_more_than_is_held_is_recorded_and_flagged(bring):
    more = BY_UNIT.but(rows=(("1", "UBND huyện Bảo Lạc", 210, 130, 30, 40, 10),))
    (outcome,) = bring(ASSIGNED, ALLOCATED, more).outcomes
    assert outcome.state == "received"
    (problem,) = [one for one in outcome.problems if one.code == "voucher.overdrawn"]
    assert (problem.weight, problem.where.cell) == ("contradicting", "D10")
    assert "thiếu 10 triệu đồng" in problem.sentence


def test_more_spent_than_given_is_stored_and_flagged_at_its_cell(bring):
    spent = STATEMENT.but(rows=(("", "TỔNG CỘNG", 71, 40, 31), ("I", DA1, 71, 40, 31)))
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, spent).outcomes
    assert outcome.state == "received"
    (problem,) = [one for one in outcome.problems if one.code == "statement.more_than_given"]
    assert (problem.weight, problem.where.cell) == ("contradicting", "E11")
    assert "31 triệu đồng lớn hơn vốn được giao 30 triệu đồng" in problem.sentence
    assert Statement.objects.get().lines.get(cell="E11").disbursed_dong == 31_000_000
    assert [one.key for one in findings() if one.code == "line.more_than_given"] == [f"{outcome.file}|E11|2024-05-31"]
