"""A dossier of another kind: money carried into the next year by a ground that permits it, or cancelled."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger import balances, checks
from vungcao.ledger.actions.deciding import record_decision
from vungcao.ledger.actions.dossiers import DossierRefused, LineDraft, WrongStep, open_dossier, propose, submit
from vungcao.ledger.actions.gathering import NothingProposed, gather
from vungcao.ledger.actions.reserving import MoneyIsPromised, hold
from vungcao.ledger.actions.unspent import UnspentLine, record_unspent
from vungcao.ledger.dossiers.before_after import before_after
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import cautions, faults
from vungcao.ledger.models import Account, Cause, DossierKind, Proposal, Side, VoucherKind

OPENED, DAY = date(2023, 12, 20), date(2024, 1, 25)
LAST_OF_YEAR, FIRST_OF_YEAR = date(2023, 12, 31), date(2024, 1, 1)
CLOSING, AFTER = date(2024, 1, 31), date(2024, 2, 1)
GIVEN = date(2023, 2, 1)


def held(cast, source="su_nghiep:NSTW", year="2023", origin="2023", **more):
    return cast.region("CT.DA1", body="UBND-h1", place="h1", source=source, year=year, origin=origin, **more)


@pytest.fixture
def money(cast):
    """100 of central recurrent money of 2023 at project 1 of district one, 30 of it spent by the end of January."""
    region = held(cast)
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 100)], dated=GIVEN, by="TTG", number="1/QĐ-VD")
    cast.state([(region, 30)], coverage=region, as_of=date(2023, 12, 31))
    return region


def line(cast, side, region, dong, **more):
    more = {"reason": "chưa giải ngân hết (ví dụ)", "proposed_by": cast.bodies["UBND-h1"], **more}
    return LineDraft(side, region, dong, **more)


def dossier(cast, *lines, kind=DossierKind.CARRY_OVER, planned_for=DAY, **more):
    made = open_dossier(
        title="Hồ sơ ví dụ", planned_for=planned_for, drafted_by=cast.body("BDT"), on=OPENED, kind=kind, by=SYSTEM,
        **more,
    )  # fmt: skip
    if lines:
        propose(made, list(lines), by=SYSTEM)
    return made


def carried(cast, money, dong=70, basis="CO-08", planned_for=DAY, **more):
    return dossier(cast, line(cast, Side.OVER, money, dong, basis=basis, **more), planned_for=planned_for)


def cancelled(cast, money, dong=70, planned_for=AFTER):
    return dossier(cast, line(cast, Side.OFF, money, dong), kind=DossierKind.CANCELLATION, planned_for=planned_for)


def codes(made, on=None):
    return [one.code for one in faults(Draft(made, on))]


def left(region, on=date(2024, 12, 31)):
    return balances.balance(Account.objects.get(**region.columns()), on=on).left


def test_a_carry_over_becomes_one_voucher_into_the_next_year_and_the_money_keeps_its_origin(cast, money):
    made = carried(cast, money)
    hold(made, on=date(2024, 1, 5), until=DAY, by=SYSTEM)
    assert left(money) == 30
    submit(made, on=DAY, by=SYSTEM)
    recorded = record_decision(made, number="3/QĐ-UBND", dated=DAY, decided_by=cast.body("UBND"), by=SYSTEM)
    (voucher,) = [one.voucher for one in recorded.decision.vouchers.all()]
    assert (voucher.kind, voucher.number, voucher.dated) == (VoucherKind.CARRY_OVER, "3/QĐ-UBND", DAY)
    assert not recorded.faults and made.code == "CN-2024-01"
    assert (left(money), left(held(cast, year="2024"))) == (30, 70)


def test_the_resolution_permits_from_the_first_day_of_the_year_to_its_last(cast, money):
    made = carried(cast, money)
    assert codes(made, FIRST_OF_YEAR) == codes(made, date(2024, 12, 31)) == []
    (early,) = faults(Draft(made, LAST_OF_YEAR))
    assert early.code == "dossier.before_its_base"
    assert "ngày 31/12/2023 trước ngày căn cứ CO-08 được áp dụng 01/01/2024" in early.sentence
    assert "0,00007 triệu đồng" in early.sentence and "104/2023/QH15; 108/2023/QH15" in early.cites
    (late,) = faults(Draft(made, date(2025, 1, 1)))
    assert late.code == "dossier.too_late" and "đã quá ngày cuối 31/12/2024" in late.sentence
    assert "104/2023/QH15" in late.cites


def test_money_of_2022_carried_once_goes_on_by_the_same_resolution_and_keeps_both_its_years(cast):
    again = held(cast, origin="2022")
    cast.post(VoucherKind.ASSIGNMENT, [(None, again, 100)], dated=GIVEN, by="TTG", number="2/QĐ-VD")
    made = carried(cast, again)
    assert codes(made) == []
    (one,) = Draft(made).decided
    assert (one.ruling.move.year, one.ruling.move.used_in) == (2022, 2024)
    assert one.settled.startswith("CO-08") and "108/2023/QH15" in one.settled
    label = "vốn chuyển nguồn giữ nhãn năm của nó"  # CO-11, from the day of 111/2024/QH15
    assert any(label in said for said in one.ruling.readings[0].conditions)
    (before,) = Draft(made, date(2024, 1, 17)).decided
    assert not any(label in said for said in before.ruling.readings[0].conditions)


def test_money_that_no_rule_carries_is_refused_with_figure_and_article(cast):
    old = held(cast, year="2021", origin="2021")
    cast.post(VoucherKind.ASSIGNMENT, [(None, old, 100)], dated=date(2021, 3, 1), by="TTG")
    made = carried(cast, old, basis="CO-07", planned_for=date(2022, 1, 20))
    with pytest.raises(DossierRefused) as refused:
        submit(made, on=date(2023, 12, 21), by=SYSTEM)
    (fault,) = refused.value.faults
    assert fault.code == "dossier.basis_of_other_money"
    assert "0,00007 triệu đồng dùng năm 2021" in fault.sentence and "CO-06.mua-sam" in fault.sentence
    assert "Luật NSNN 83/2015/QH13 Điều 64" in fault.cites and "31/01/2022" in fault.cites


def test_local_recurrent_money_has_no_rule_on_file_and_says_whom_to_ask(cast):
    cast.sources.setdefault("su_nghiep:NSDP_TINH", cast_source("su_nghiep", "NSDP_TINH"))
    local = held(cast, source="su_nghiep:NSDP_TINH")
    cast.post(VoucherKind.ASSIGNMENT, [(None, local, 100)], dated=GIVEN)
    (fault,) = faults(Draft(carried(cast, local, basis="")))
    assert fault.code == "dossier.no_rule" and "không có điều nào cho chuyển sang năm 2024" in fault.sentence
    assert "hỏi Sở Tài chính" in fault.cites


def cast_source(kind, level):
    from vungcao.evidence.actions import acting
    from vungcao.programme.models import FundingSource

    with acting("test.source", by=SYSTEM) as act:
        return FundingSource.objects.create(act=act, code=f"{kind}:{level}", kind=kind, level=level, name="ví dụ").pk


def test_a_line_without_its_ground_is_told_which_there_are(cast, money):
    (fault,) = faults(Draft(carried(cast, money, basis="")))
    assert fault.code == "dossier.no_basis" and "CO-08" in fault.sentence and "CO-06.tu-chu" in fault.sentence
    assert "theo trí nhớ, cần kiểm chứng" in fault.sentence


def test_what_is_spent_by_the_closing_day_is_not_carried(cast, money):
    made = carried(cast, money, dong=71)
    (fault,) = faults(Draft(made))
    assert fault.code == "dossier.more_than_remains"
    assert "chỉ còn 0,00007 triệu đồng chưa giải ngân (được giao 0,0001 triệu đồng" in fault.sentence
    cast.state([(money, 60)], coverage=money, as_of=CLOSING)
    made = carried(cast, money, dong=41)
    assert codes(made, date(2024, 1, 30)) == [] and codes(made, CLOSING) == ["dossier.more_than_remains"]
    cast.state([(money, 65)], coverage=money, as_of=AFTER)  # said after the closing day: what was left on it stands
    assert codes(carried(cast, money, dong=40), date(2024, 2, 15)) == []


def test_a_figure_over_several_accounts_is_compared_with_all_that_they_hold(cast, money):
    other = cast.region("CT.DA2", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023")
    wide = cast.region("CT", body="UBND-h2", place="h2", source="su_nghiep:NSTW", year="2023")
    narrow = cast.region("CT.DA1", body="UBND-h2", place="h2", source="su_nghiep:NSTW", year="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, other, 100), (None, narrow, 50)], dated=GIVEN, by="TTG")
    cast.state([(wide, 45)], coverage=wide, as_of=LAST_OF_YEAR, reporter="UBND-h2")
    (fault,) = faults(Draft(carried(cast, narrow, dong=6)))
    assert fault.code == "dossier.more_than_remains" and "được giao 0,00005 triệu đồng" in fault.sentence
    assert codes(carried(cast, narrow, dong=5)) == []
    assert codes(carried(cast, other, dong=100)) == []
    assert any("chưa ai báo cáo số giải ngân" in said for said in cautions(Draft(carried(cast, other, dong=100))))


def test_one_dossier_carries_the_money_of_one_year_of_use(cast, money):
    old = held(cast, year="2022", origin="2022")
    cast.post(VoucherKind.ASSIGNMENT, [(None, old, 100)], dated=date(2022, 3, 1), by="TTG")
    made = dossier(cast, line(cast, Side.OVER, money, 40, basis="CO-08"),
                   line(cast, Side.OVER, old, 20, basis="CO-07"))  # fmt: skip
    mixed = [one for one in faults(Draft(made)) if one.code == "dossier.mixed"]
    assert len(mixed) == 1 and "dùng năm 2022: 0,00002" in mixed[0].sentence and "108/2023/QH15" in mixed[0].cites


def test_money_is_not_carried_past_the_programmes_years(cast):
    last = held(cast, year="2025", origin="2025")
    with pytest.raises(DossierRefused, match="chỉ dùng trong 2021-2025, không dùng năm 2026"):
        dossier(cast, line(cast, Side.OVER, last, 10, basis="CO-10"), planned_for=date(2025, 6, 30))


def test_each_kind_takes_its_own_blocks_only(cast, money):
    with pytest.raises(WrongStep, match="chỉ có dòng: Chuyển sang năm sau"):
        dossier(cast, line(cast, Side.DOWN, money, 10))
    with pytest.raises(WrongStep, match=r"chỉ có dòng: A. Giảm, B. Tăng"):
        dossier(cast, line(cast, Side.OVER, money, 10), kind=DossierKind.ADJUSTMENT)


def test_two_officials_drafting_over_the_same_money_cannot_both_promise_it(cast, money):
    first, second = carried(cast, money), cancelled(cast, money)
    hold(first, on=date(2024, 1, 5), until=date(2024, 3, 1), by=cast.officials["tinh"])
    with pytest.raises(MoneyIsPromised, match=rf"{first.code}.*Cán bộ ví dụ tinh.*đến hết 01/03/2024"):
        hold(second, on=date(2024, 1, 6), until=date(2024, 3, 1), by=cast.officials["huyen"])
    (fault,) = [one for one in faults(Draft(second)) if one.code == "dossier.not_there"]
    assert "hủy 0,00007 triệu đồng" in fault.sentence and first.code in fault.sentence


def test_an_extension_of_investment_is_for_the_body_that_the_law_of_the_day_names(cast):
    work = held(cast, source="dau_tu:NSTW", year="2024", origin="2024")
    cast.post(VoucherKind.ASSIGNMENT, [(None, work, 100)], dated=date(2024, 2, 1), by="TTG")
    made = dossier(cast, line(cast, Side.OVER, work, 50, basis="CO-03"), planned_for=date(2025, 1, 20))
    assert codes(made) == [] and Draft(made).decided[0].ruling.decider == "TTG"
    assert not Draft(made).decided[0].settled
    recorded = record_decision(
        made, number="9/QĐ-UBND", dated=date(2025, 1, 20), decided_by=cast.body("UBND"), by=SYSTEM
    )
    (fault,) = recorded.faults
    assert fault.code == "dossier.signed_by_another" and "thẩm quyền là Thủ tướng Chính phủ" in fault.sentence
    assert "58/2024/QH15 Điều 72" in fault.cites
    assert left(held(cast, source="dau_tu:NSTW", year="2025", origin="2024"), date(2025, 1, 20)) == 50


def test_a_signed_carry_over_dated_before_its_base_is_stored_and_flagged(cast, money):
    late = {"paper": "9/UBND-VD", "paper_dated": FIRST_OF_YEAR}
    made = carried(cast, money, **late)
    recorded = record_decision(made, number="4/QĐ-UBND", dated=LAST_OF_YEAR, decided_by=cast.body("UBND"), by=SYSTEM)
    assert [one.code for one in recorded.faults].count("dossier.before_its_base") == 2  # the rule, and the unit's paper
    assert left(held(cast, year="2024")) == 70
    found = [one for one in checks.findings() if one.key == f"{made.code}|4/QĐ-UBND"]
    assert len(found) == len(recorded.faults) and all("Căn cứ:" in one.sentence for one in found)


def test_a_cancellation_leaves_the_books_and_the_law_itself_settles_it_after_the_closing_day(cast, money):
    made = cancelled(cast, money)
    assert codes(made) == [] and made.code == "HDT-2024-01"
    (one,) = Draft(made).decided
    assert one.settled == "CO-06: Luật NSNN 83/2015/QH13 Điều 64 khoản 2, 3" and one.ruling.decider == "UNKNOWN"
    recorded = record_decision(made, number="5/QĐ-UBND", dated=AFTER, decided_by=cast.body("UBND"), by=SYSTEM)
    (voucher,) = [one.voucher for one in recorded.decision.vouchers.all()]
    assert voucher.kind == VoucherKind.CANCELLATION and not recorded.faults and left(money) == 30


def test_up_to_the_closing_day_a_cancellation_is_said_to_be_before_its_time(cast, money):
    made = cancelled(cast, money, planned_for=CLOSING)
    assert not Draft(made).decided[0].settled
    assert any("vốn còn hạn đến 31/01/2024" in said for said in cautions(Draft(made)))
    assert not any("vốn còn hạn" in said for said in cautions(Draft(made, AFTER)))
    assert any("CO-08" in said and "thay vì hủy" in said for said in cautions(Draft(made)))


def test_what_is_spent_is_not_cancelled(cast, money):
    (fault,) = faults(Draft(cancelled(cast, money, dong=71)))
    assert fault.code == "dossier.more_than_remains" and "hủy 0,000071 triệu đồng" in fault.sentence
    assert "Điều 64" in fault.cites


def test_before_and_after_a_carry_over_every_project_unit_and_source_stands_once_a_year(cast, money):
    found = before_after(Draft(carried(cast, money)))
    for by, first in (("project", "CT.DA1 2023"), ("unit", "UBND-h1 2023"), ("source", "su_nghiep:NSTW 2023/2023")):
        here, later = found[by]
        assert here.code == first
        assert (here.before, here.down, here.up, here.after) == (100, 70, 0, 30)
        assert (later.before, later.down, later.up, later.after) == (0, 0, 70, 70)
    (gone,) = before_after(Draft(cancelled(cast, money)))["project"]
    assert (gone.code, gone.before, gone.down, gone.after) == ("CT.DA1", 100, 70, 30)


def test_what_units_propose_becomes_lines_where_it_speaks_of_one_account(cast, money):
    other = held(cast, field="280")
    cast.post(VoucherKind.ASSIGNMENT, [(None, other, 40)], dated=GIVEN, by="TTG")
    both = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:*", year="2023")
    rows = [(money, 60, Proposal.CARRY_OVER), (other, 10, Proposal.GIVE_BACK), (both, 5, Proposal.CARRY_OVER)]
    told = [
        UnspentLine(region, dong, Cause.FILE, Cell("x", "NN", f"D{dong}"), proposal) for region, dong, proposal in rows
    ]
    record_unspent(
        reporter=cast.bodies["UBND-h1"], as_of=LAST_OF_YEAR, lines=told, batch=cast.batch("UBND-h1"), by=SYSTEM
    )
    made = dossier(cast)
    got = gather(made, on=FIRST_OF_YEAR, by=SYSTEM)
    assert [(one.side, one.dong, one.basis) for one in got.lines] == [("over", 60, "CO-08")]
    assert "Hồ sơ, thủ tục" in got.lines[0].reason and "31/12/2023, ô D60" in got.lines[0].reason
    assert len(got.left_out) == 1 and "2 tài khoản còn vốn" in got.left_out[0]
    assert codes(made) == []
    assert not gather(made, on=FIRST_OF_YEAR, by=SYSTEM).lines
    gone = dossier(cast, kind=DossierKind.CANCELLATION, planned_for=AFTER)
    assert [(one.side, one.dong) for one in gather(gone, on=FIRST_OF_YEAR, by=SYSTEM).lines] == [("off", 10)]
    with pytest.raises(NothingProposed):
        gather(dossier(cast, kind=DossierKind.ADJUSTMENT), on=FIRST_OF_YEAR, by=SYSTEM)
