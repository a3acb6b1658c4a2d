"""An adjustment dossier: lines that balance, money held, who decides on the day, the paper that ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.ledger import balances, checks
from vungcao.ledger.actions.deciding import record_decision
from vungcao.ledger.actions.dossiers import (
    DossierRefused,
    LineDraft,
    WrongStep,
    open_dossier,
    propose,
    submit,
    take_back,
)
from vungcao.ledger.actions.opinions import Answer, answer_opinion, ask_opinion
from vungcao.ledger.actions.reserving import MoneyIsPromised, hold, release_lapsed, withdraw
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import faults
from vungcao.ledger.models import Account, Side, Taken, Verdict, Voucher, VoucherKind

OPENED, DAY, BEFORE = date(2024, 1, 10), date(2024, 1, 18), date(2024, 1, 17)
GIVEN = date(2024, 1, 5)


@pytest.fixture
def money(cast):
    """100 of central recurrent money at project 1 of district one."""
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], dated=GIVEN, by="TTG", number="1/QĐ-VD")
    return held


def line(cast, side, region, dong, **more):
    more = {"reason": "hết đối tượng (ví dụ)", "proposed_by": cast.bodies["UBND-h1"], **more}
    return LineDraft(side, region, dong, **more)


def opened(cast, planned_for=DAY, **more):
    return open_dossier(
        title="Điều chỉnh ví dụ", planned_for=planned_for, drafted_by=cast.body("BDT"), on=OPENED, by=SYSTEM, **more
    )


def balanced(cast, money, dong=40, up="CT.DA2", **more):
    made = opened(cast, **more)
    taker = cast.region(up, body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    propose(made, [line(cast, Side.DOWN, money, dong), line(cast, Side.UP, taker, dong)], by=SYSTEM)
    return made


def left(region):
    return balances.balance(Account.objects.get(**region.columns()), on=date(2024, 12, 31)).left


def codes(refused):
    return [one.code for one in refused.value.faults]


def test_the_day_before_and_the_day_after_a_rule_changed_another_body_decides(cast, money):
    made = balanced(cast, money)
    before, after = (Draft(made, on).decided for on in (BEFORE, DAY))
    assert [(one.ruling.decider, one.ruling.rules[0], one.dong) for one in before] == [("TTG", "SN-05", 40)]
    assert [(one.ruling.decider, one.ruling.rules[0], one.dong) for one in after] == [("HDND_TINH", "SN-08", 40)]
    assert after[0].ruling.readings[0].cites == "111/2024/QH15 Điều 4 khoản 2"
    assert after[0].as_json()["confidence"] == "sourced"


def test_a_whole_dossier_becomes_one_voucher_and_its_hold_goes(cast, money):
    made = balanced(cast, money)
    hold(made, on=OPENED, until=date(2024, 3, 1), by=SYSTEM)
    assert left(money) == 60
    submit(made, on=DAY, by=SYSTEM)
    recorded = record_decision(made, number="5/NQ-HĐND", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)
    assert not recorded.faults and standing.step(made) == standing.DECIDED
    (voucher,) = [one.voucher for one in recorded.decision.vouchers.all()]
    assert (voucher.kind, voucher.number, voucher.dated) == (VoucherKind.ADJUSTMENT, "5/NQ-HĐND", DAY)
    assert sum(voucher.entries.values_list("dong", flat=True)) == 0
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    assert (left(money), left(taker)) == (60, 40)
    with pytest.raises(WrongStep, match="đã ghi quyết định"):
        record_decision(made, number="6/NQ-HĐND", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)


def test_lines_that_do_not_sum_to_zero_are_refused_with_figure_and_article(cast, money):
    made = balanced(cast, money)
    more = cast.region("CT.DA2", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    propose(made, [line(cast, Side.UP, more, 7_000_000)], by=SYSTEM)
    with pytest.raises(DossierRefused) as refused:
        submit(made, on=DAY, by=SYSTEM)
    assert codes(refused) == ["dossier.not_zero", "dossier.over_total"]
    assert "tăng nhiều hơn giảm 7 triệu đồng" in str(refused.value) and "111/2024/QH15" in str(refused.value)


def test_a_source_or_a_year_is_not_mixed_with_another(cast, money):
    mixed = (("2023", "su_nghiep:NSTW", "dossier.over_total"), ("2024", "dau_tu:NSTW", "dossier.kind_changes"))
    for origin, source, beyond in mixed:
        made = opened(cast)
        taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source=source, origin=origin)
        propose(made, [line(cast, Side.DOWN, money, 40), line(cast, Side.UP, taker, 40)], by=SYSTEM)
        with pytest.raises(DossierRefused, match="Trộn vốn khác nguồn, năm") as refused:
            submit(made, on=DAY, by=SYSTEM)
        assert codes(refused) == ["dossier.mixed", beyond]


def test_a_spending_field_changes_only_where_the_dossier_says_so(cast, money):
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source="su_nghiep:NSTW", field="280")
    for flags, wrong in (((), ["dossier.mixed"]), (("field_changes",), [])):
        made = opened(cast, circumstances=flags)
        propose(made, [line(cast, Side.DOWN, money, 40), line(cast, Side.UP, taker, 40)], by=SYSTEM)
        assert [one.code for one in faults(Draft(made))] == wrong
        if not wrong:
            assert Draft(made).decided[0].ruling.move.field_changes


def test_money_that_is_not_there_on_the_day_is_refused(cast, money):
    made = balanced(cast, money, dong=101_000_000)
    with pytest.raises(DossierRefused, match="chỉ còn 0,0001 triệu đồng") as refused:
        submit(made, on=DAY, by=SYSTEM)
    assert codes(refused) == ["dossier.not_there"]
    early = balanced(cast, money, planned_for=GIVEN - timedelta(1))
    assert [one.code for one in faults(Draft(early))] == ["dossier.not_there"]


def test_a_body_that_no_longer_exists_is_refused_when_it_is_proposed(cast, money):
    made = opened(cast, planned_for=date(2025, 7, 1))
    with pytest.raises(DossierRefused, match="không còn đơn vị Đơn vị ví dụ UBND-h1") as refused:
        propose(made, [line(cast, Side.DOWN, money, 40)], by=SYSTEM)
    assert {"dossier.body_ended", "dossier.place_ended"} == set(codes(refused))
    assert not standing.lines(made)


def test_a_decision_is_not_planned_before_its_base(cast, money):
    made = opened(cast)
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    late = {"paper": "9/UBND-VD", "paper_dated": DAY + timedelta(1)}
    propose(made, [line(cast, Side.DOWN, money, 40, **late), line(cast, Side.UP, taker, 40)], by=SYSTEM)
    with pytest.raises(DossierRefused, match="trước văn bản đề nghị 9/UBND-VD ngày 19/01/2024") as refused:
        submit(made, on=DAY, by=SYSTEM)
    assert codes(refused) == ["dossier.before_its_base"]


def test_a_changed_line_is_a_new_row_and_both_stay(cast, money):
    made = balanced(cast, money)
    down, up = standing.lines(made)
    propose(made, [line(cast, Side.DOWN, money, 30, replaces=down)], by=SYSTEM)
    take_back(up, reason="xã không nhận (ví dụ)", by=SYSTEM)
    assert [(one.side, one.dong) for one in standing.lines(made)] == [("down", 30)]
    assert made.lines.count() == 4
    with pytest.raises(WrongStep, match="không còn đứng"):
        propose(made, [line(cast, Side.DOWN, money, 20, replaces=down)], by=SYSTEM)


def test_the_second_draft_is_told_by_whom_and_until_when(cast, money):
    first, second = (balanced(cast, money, dong=70) for _ in range(2))
    hold(first, on=OPENED, until=date(2024, 2, 1), by=cast.officials["tinh"])
    with pytest.raises(MoneyIsPromised, match=r"Cán bộ ví dụ tinh.*đến hết 01/02/2024") as refused:
        hold(second, on=OPENED, until=date(2024, 2, 1), by=cast.officials["huyen"])
    assert [(one.dossier.code, dong) for one, dong in refused.value.holders] == [(first.code, 70)]
    (fault,) = faults(Draft(second))
    assert fault.code == "dossier.not_there" and first.code in fault.sentence and "01/02/2024" in fault.sentence


def test_a_hold_lapses_on_its_day_or_goes_with_its_dossier(cast, money):
    first, second = (balanced(cast, money, dong=70) for _ in range(2))
    hold(first, on=OPENED, until=date(2024, 2, 1), by=SYSTEM)
    acts = Act.objects.count()
    assert not release_lapsed(on=date(2024, 2, 1), by=SYSTEM) and Act.objects.count() == acts
    hold(second, on=date(2024, 2, 2), until=date(2024, 3, 1), by=SYSTEM)
    assert standing.held(first) is None and left(money) == 30
    withdraw(second, on=date(2024, 2, 3), reason="đơn vị rút (ví dụ)", by=SYSTEM)
    assert left(money) == 100
    with pytest.raises(WrongStep, match="đã kết thúc"):
        hold(second, on=date(2024, 2, 4), until=date(2024, 3, 1), by=SYSTEM)


def test_what_will_have_lapsed_by_the_day_planned_is_free_for_it(cast, money):
    first, second = balanced(cast, money, dong=70), balanced(cast, money, dong=70)
    hold(first, on=OPENED, until=BEFORE, by=SYSTEM)
    assert not faults(Draft(second))
    assert [one.code for one in faults(Draft(second, BEFORE))] == ["dossier.not_there"]


def test_held_again_after_a_change_it_holds_the_new_sum_once(cast, money):
    made = balanced(cast, money)
    hold(made, on=OPENED, until=DAY, by=SYSTEM)
    down, _ = standing.lines(made)
    propose(made, [line(cast, Side.DOWN, money, 90, replaces=down)], by=SYSTEM)
    hold(made, on=OPENED, until=DAY, by=SYSTEM)
    assert left(money) == 10


def test_a_signed_decision_of_another_body_is_stored_and_flagged(cast, money):
    made = balanced(cast, money)
    recorded = record_decision(made, number="7/NQ-HĐND", dated=BEFORE, decided_by=cast.body("HDND"), by=SYSTEM)
    assert [one.code for one in recorded.faults] == ["dossier.signed_by_another"]
    assert left(money) == 60
    (found,) = [one for one in checks.findings() if one.code.startswith("dossier.")]
    assert found.key == f"{made.code}|7/NQ-HĐND" and "thẩm quyền là Thủ tướng Chính phủ" in found.sentence
    assert "SN-05" in found.sentence and "có nguồn" in found.sentence


def test_a_signed_decision_that_does_not_balance_is_stored_whole_and_flagged(cast, money):
    made = balanced(cast, money)
    more = cast.region("CT.DA1", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    propose(made, [line(cast, Side.UP, more, 5)], by=SYSTEM)
    recorded = record_decision(made, number="8/NQ-HĐND", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)
    kinds = [one.voucher.kind for one in recorded.decision.vouchers.order_by("pk")]
    assert kinds == [VoucherKind.ADJUSTMENT, VoucherKind.ASSIGNMENT]
    assert "dossier.not_zero" in [one.code for one in recorded.faults]
    assert left(more) == 5


def test_an_overdrawing_decision_is_stored_and_flagged(cast, money):
    made = balanced(cast, money, dong=140)
    recorded = record_decision(made, number="9/NQ-HĐND", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)
    assert [one.code for one in recorded.faults] == ["dossier.not_there"]
    assert left(money) == -40


def test_opinions_are_asked_answered_and_taken_up(cast, money):
    made = balanced(cast, money)
    asked = ask_opinion(made, of=cast.body("STC"), on=OPENED, number="3/BDT-VD", by=SYSTEM)
    with pytest.raises(WrongStep, match="trước ngày hỏi"):
        answer_opinion(asked, Answer(OPENED - timedelta(1), Verdict.AGREES), by=SYSTEM)
    said = {"said": "bổ sung danh sách rà soát (ví dụ)", "number": "4/STC-VD"}
    answer_opinion(asked, Answer(BEFORE, Verdict.COMMENTS, **said), by=SYSTEM)
    with pytest.raises(WrongStep, match="phải giải trình"):
        answer_opinion(asked, Answer(BEFORE, Verdict.COMMENTS, taken=Taken.NO, **said), by=SYSTEM)
    answer_opinion(asked, Answer(BEFORE, Verdict.COMMENTS, taken=Taken.YES, how="đã kèm", **said), by=SYSTEM)
    (answer,) = standing.answers(made).values()
    assert (answer.taken, answer.number) == (Taken.YES, "4/STC-VD") and asked.answers.count() == 2


def test_what_can_stay_inside_a_project_stays_there(cast, money):
    """Two lines down, two up: money crosses no wider than it must."""
    inside = cast.region("CT.DA1.TDA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, inside, 50)], dated=GIVEN, by="TTG")
    made = opened(cast)
    other = cast.region("CT.DA1.TDA2", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    far = cast.region("CT.DA2", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    propose(
        made,
        [line(cast, Side.DOWN, inside, 30), line(cast, Side.DOWN, money, 20),
         line(cast, Side.UP, far, 20), line(cast, Side.UP, other, 30)],
        by=SYSTEM,
    )  # fmt: skip
    scopes = {one.ruling.move.scope: one.dong for one in Draft(made).decided}
    assert scopes == {"SUBPROJECTS_SAME_PROJECT": 30, "PROJECTS_SAME_PROGRAMME": 20}
    assert not any(one.ruling.move.across_units for one in Draft(made).decided)


def test_nothing_of_a_draft_is_a_figure_before_it_is_decided(cast, money):
    made = balanced(cast, money)
    hold(made, on=OPENED, until=DAY, by=SYSTEM)
    counted = balances.entries_on(DAY).filter(voucher__kind=VoucherKind.RESERVATION)
    assert Voucher.objects.filter(kind=VoucherKind.RESERVATION).exists() and not counted.exists()
