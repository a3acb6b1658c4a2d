"""Adjustment, carry-over, cancellation, handover and commitment: money that is held, cited and moved to the đồng."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungcao.intake.adjusting import Side, paired
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, DA5, STATEMENT
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION, WORKS, held_by, problem
from vungcao.kernel.refusal import Cell
from vungcao.ledger.checks import findings
from vungcao.ledger.models import Entry, Opening, SpendingObject, Statement, Voucher
from vungcao.ledger.regions import Region

pytestmark = pytest.mark.django_db

GIVEN = (ASSIGNED, ALLOCATED, BY_UNIT)
PROVINCE = ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",)
USE = ("account__year_origin", "account__year_use")


def in_2025(paper):
    """The same decision a year later."""
    title = paper.title.replace("2024", "2025")
    return paper.but(title=title, under=tuple(text.replace("2023", "2024") for text in paper.under))


# adjustment --------------------------------------------------------------------------------------------------
ADJUSTED = ASSIGNED.but(
    corner=PROVINCE,
    title="ĐIỀU CHỈNH KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Kèm theo Quyết định số 21/QĐ-UBND (ví dụ) ngày 15/10/2024)",),
    heads=(
        ("STT",), ("Dự án/nội dung",), ("Đơn vị",), ("Loại vốn",), ("Lĩnh vực chi",), ("Năm nguồn",), ("KH đã giao",),
        ("Đã giải ngân",), ("Điều chỉnh giảm",), ("Điều chỉnh tăng",), ("KH sau điều chỉnh",), ("Lý do",),
    ),
    rows=(
        ("A", "GIẢM", "", "", "", "", "", "", "", "", "", ""),
        ("1", DA1, "UBND huyện Bảo Lạc", "ĐT", "", 2024, 60, 20, 30, "", 30, "hết đối tượng"),
        ("2", DA5, "UBND huyện Bảo Lạc", "ĐT", "", 2024, 40, 10, 10, "", 30, ""),
        ("B", "TĂNG", "", "", "", "", "", "", "", "", "", ""),
        ("1", DA5, "UBND huyện Hà Quảng", "ĐT", "", 2024, 30, 0, "", 25, 55, ""),
        ("2", DA1, "UBND huyện Hà Quảng", "ĐT", "", 2024, 40, 0, "", 15, 55, ""),
    ),
)  # fmt: skip


def test_an_adjustment_moves_from_those_who_give_up_to_those_who_get(bring):
    (outcome,) = bring(*GIVEN, ADJUSTED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043")["1719.DA1", "dau_tu:NSTW"] == 30
    assert held_by("UBND-04.043")["1719.DA5", "dau_tu:NSTW"] == 30
    assert held_by("UBND-04.045")["1719.DA5", "dau_tu:NSTW"] == 55
    assert held_by("UBND-04.045")["1719.DA1", "dau_tu:NSTW"] == 55
    voucher = Voucher.objects.get(kind="adjustment")
    assert {entry.cell for entry in voucher.entries.filter(dong__lt=0)} == {"I10", "I11"}
    assert {entry.cell for entry in voucher.entries.filter(dong__gt=0)} == {"J13", "J14"}


def test_an_adjustment_again_is_held(bring):
    bring(*GIVEN, ADJUSTED)
    assert bring(ADJUSTED).outcomes[0].state == "held"
    assert Voucher.objects.filter(kind="adjustment").count() == 1


def changed(paper, row, column, said):
    rows = [list(one) for one in paper.rows]
    rows[row][column] = said
    return paper.but(rows=tuple(map(tuple, rows)))


BAD_ADJUSTMENTS = {
    "sides_differ": (changed(ADJUSTED, 4, 9, 26), "adjustment.unbalanced", "J13", "lệch 1 triệu đồng"),
    "kinds_differ": (changed(ADJUSTED, 5, 3, "SN"), "adjustment.unbalanced", "J13", "vốn đầu tư"),
    "years_differ": (changed(ADJUSTED, 1, 5, 2023), "adjustment.unbalanced", "I10", "năm nguồn 2023"),
    "two_years_in_a_cell": (changed(ADJUSTED, 1, 5, "2023, 2024"), "origin.several", "F10", "tách mỗi năm nguồn"),
    "no_kind_of_capital": (changed(ADJUSTED, 1, 3, ""), "source.kind_missing", "I10", "Loại vốn"),
    "unit_unknown": (changed(ADJUSTED, 1, 2, "Đơn vị không có thật"), "body.unknown", "C10", ""),
    "negative": (changed(ADJUSTED, 1, 8, -30), "amount.negative", "I10", "đều ghi số dương"),
}


@pytest.mark.parametrize("fault", BAD_ADJUSTMENTS)
def test_a_bad_adjustment_stays_a_draft_and_is_told_at_its_cell(bring, fault):
    paper, code, cell, words = BAD_ADJUSTMENTS[fault]
    (outcome,) = bring(*GIVEN, paper).outcomes
    assert outcome.state == "draft" and not Voucher.objects.filter(kind="adjustment")
    found = problem(outcome, code)
    assert (found.weight, found.where.cell) == ("unusable", cell) and words in found.sentence


def test_a_decrease_below_what_is_spent_and_a_wrong_rest_are_flagged(bring):
    paper = changed(changed(ADJUSTED, 1, 7, 55), 1, 10, 29)
    (outcome,) = bring(*GIVEN, paper).outcomes
    assert outcome.state == "received"
    assert problem(outcome, "adjustment.below_spent").where.cell == "I10"
    assert problem(outcome, "adjustment.after_differs").where.cell == "K10"


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=6), st.data())
def test_pairing_comes_out_to_the_dong_on_both_sides_and_always_the_same(down, data):
    total = sum(down)
    cuts = sorted(data.draw(st.lists(st.integers(0, total), max_size=5)))
    up = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True) if b > a]
    givers, takers = _sides(down, 0, "I"), _sides(up, 100, "J")
    moves = list(paired(givers, takers))
    for side in givers:
        assert sum(move.dong for move in moves if move.giver == side.region) == side.dong
    for side in takers:
        assert sum(move.dong for move in moves if move.taker == side.region) == side.dong
    assert all(move.dong > 0 for move in moves) and moves == list(paired(givers, takers))


def _sides(amounts, first, column):
    return [
        Side(Region(1, 1, 1, "2024", "2024", first + at, 1, 1), dong, Cell("ví dụ.xlsx", "PL", f"{column}{at}"))
        for at, dong in enumerate(amounts, start=1)
    ]


# carry-over and cancellation ---------------------------------------------------------------------------------
CARRIED = ASSIGNED.but(
    corner=PROVINCE,
    title="KÉO DÀI THỜI GIAN THỰC HIỆN VỐN NĂM 2024 SANG NĂM 2025 CHƯƠNG TRÌNH MTQG 1719",
    under=("(Kèm theo Quyết định số 31/QĐ-UBND (ví dụ) ngày 28/02/2025)",),
    heads=(("STT",), ("Đơn vị, dự án",), ("Vốn kéo dài", "ĐT"), ("Vốn kéo dài", "SN")),
    rows=(
        ("", "TỔNG CỘNG", 25, 10),
        ("I", "UBND huyện Bảo Lạc", 25, 10),
        ("1", "Dự án 1", 15, 10),
        ("2", "Dự án 5", 10, "-"),
    ),
)
CANCELLED = CARRIED.but(
    title="HỦY DỰ TOÁN VỐN NĂM 2024 CHƯƠNG TRÌNH MTQG 1719",
    under=("(Kèm theo Quyết định số 32/QĐ-UBND (ví dụ) ngày 15/3/2025)",),
    heads=(("STT",), ("Đơn vị, dự án",), ("Số vốn hủy", "ĐT"), ("Số vốn hủy", "SN")),
)


def test_money_carried_over_keeps_its_year_of_origin_and_is_used_a_year_later(bring):
    (outcome,) = bring(*GIVEN, CARRIED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    held = held_by("UBND-04.043", *USE)
    assert held["1719.DA1", "dau_tu:NSTW", "2024", "2025"] == 15
    assert held["1719.DA1", "dau_tu:NSTW", "2024", "2024"] == 45
    assert held["1719.DA5", "dau_tu:NSTW", "2024", "2025"] == 10
    assert bring(CARRIED).outcomes[0].state == "held"


def test_money_carried_over_twice_is_still_of_its_first_year(bring):
    again = CARRIED.but(
        title="KÉO DÀI THỜI GIAN THỰC HIỆN VỐN NĂM 2024 SANG NĂM 2026 CHƯƠNG TRÌNH MTQG 1719",
        under=("(Kèm theo Quyết định số 41/QĐ-UBND (ví dụ) ngày 30/6/2025)",),
        rows=(("I", "UBND huyện Bảo Lạc", 5, "-"), ("1", "Dự án 1", 5, "-")),
    )
    (outcome,) = bring(*GIVEN, CARRIED, again).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043", *USE)["1719.DA1", "dau_tu:NSTW", "2024", "2026"] == 5


def test_money_cancelled_leaves_the_books(bring):
    (outcome,) = bring(*GIVEN, CANCELLED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert held_by("UBND-04.043")["1719.DA1", "dau_tu:NSTW"] == 45
    outside = Entry.objects.filter(voucher__kind="cancellation", dong__gt=0)
    assert sum(entry.dong for entry in outside) == 35 * MILLION and all(one.account.is_contra for one in outside)
    assert bring(CANCELLED).outcomes[0].state == "held"


def test_more_carried_over_than_is_held_is_stored_and_flagged(bring):
    (outcome,) = bring(*GIVEN, changed(CARRIED, 2, 2, 61)).outcomes
    assert outcome.state == "received"
    flagged = problem(outcome, "voucher.overdrawn")
    assert (flagged.weight, flagged.where.cell) == ("contradicting", "C12")


BAD_CARRY_OVERS = {
    "two_years_in_one_column": (
        CARRIED.but(heads=(*CARRIED.heads[:2], ("Vốn năm 2023, năm 2024 kéo dài", "ĐT"), ("Vốn kéo dài", "SN"))),
        "origin.several", "C12", "2023, 2024",
    ),
    "no_year_of_origin": (
        CARRIED.but(title="KÉO DÀI THỜI GIAN THỰC HIỆN VỐN SANG NĂM 2025 CHƯƠNG TRÌNH MTQG 1719"),
        "origin.missing", "A8", "năm nguồn nào",
    ),
    "into_an_earlier_year": (
        CARRIED.but(title="KÉO DÀI THỜI GIAN THỰC HIỆN VỐN NĂM 2025 SANG NĂM 2024 CHƯƠNG TRÌNH MTQG 1719"),
        "carry_over.backwards", "C12", "không thể kéo dài sang năm 2024",
    ),
    "holder_holds_nothing": (
        changed(CARRIED, 3, 1, "Dự án 2"), "account.none", "C13", "không giữ vốn này",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD_CARRY_OVERS)
def test_a_bad_carry_over_stays_a_draft_and_is_told_at_its_cell(bring, fault):
    paper, code, cell, words = BAD_CARRY_OVERS[fault]
    (outcome,) = bring(*GIVEN, paper).outcomes
    assert outcome.state == "draft" and not Voucher.objects.filter(kind="carry_over")
    found = problem(outcome, code)
    assert (found.weight, found.where.cell) == ("unusable", cell) and words in found.sentence


# handover ----------------------------------------------------------------------------------------------------
GIVEN_IN_2025 = tuple(map(in_2025, GIVEN))
HANDED = ASSIGNED.but(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    title="BIÊN BẢN BÀN GIAO VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
    under=("(Kèm theo Biên bản số 01/BB-BG (ví dụ) ngày 01/7/2025)",),
    heads=(
        ("STT",), ("Dự án",), ("Bên nhận",), ("Năm nguồn",), ("Đã giải ngân bàn giao", "ĐT"),
        ("Đã giải ngân bàn giao", "SN"), ("Còn lại", "ĐT"), ("Còn lại", "SN"),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", "", 20, 5, 40, 25),
        ("1", DA1, "UBND xã Cô Ba", 2025, 20, 5, 30, 20),
        ("2", DA1, "UBND xã Khánh Xuân", 2025, "-", "-", 10, 5),
    ),
)  # fmt: skip


def test_a_handover_takes_along_what_is_left_and_what_was_spent(bring):
    (outcome,) = bring(*GIVEN_IN_2025, HANDED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert ("1719.DA1", "dau_tu:NSTW") not in held_by("UBND-04.043")  # 60 given, 20 spent and 40 left, all gone over
    rows = Entry.objects.filter(voucher__kind="handover", dong__gt=0).select_related("account__source")
    assert {(row.cell, row.account.source.code, row.dong // MILLION) for row in rows} == {
        ("G11", "dau_tu:NSTW", 50), ("H11", "su_nghiep:NSTW", 25),
        ("G12", "dau_tu:NSTW", 10), ("H12", "su_nghiep:NSTW", 5),
    }  # fmt: skip
    spent = Opening.objects.order_by("pk")
    assert [(one.dong // MILLION, one.cell, one.from_body.key) for one in spent] == [
        (20, "E11", "UBND-04.043"), (5, "F11", "UBND-04.043"),
    ]  # fmt: skip
    assert not [one for one in findings() if one.code == "account.below_zero"]


def test_a_handover_again_is_held_with_its_openings(bring):
    bring(*GIVEN_IN_2025, HANDED)
    assert bring(HANDED).outcomes[0].state == "held"
    assert (Voucher.objects.filter(kind="handover").count(), Opening.objects.count()) == (1, 2)


BAD_HANDOVERS = {
    "more_than_is_there": (changed(HANDED, 2, 6, 11), "handover.more_than_held", "G12", "chỉ còn 10 triệu đồng"),
    "nobody_takes": (changed(HANDED, 1, 2, ""), "handover.no_taker", "C11", "không ghi bên nhận"),
    "taker_unknown": (changed(HANDED, 1, 2, "UBND xã Không Có Thật"), "body.unknown", "C11", ""),
    "project_not_held": (changed(HANDED, 1, 1, "Dự án 3"), "account.none", "G11", "không giữ vốn này"),
    "two_years_in_a_cell": (changed(HANDED, 1, 3, "2024, 2025"), "origin.several", "D11", "nhiều năm nguồn"),
}


@pytest.mark.parametrize("fault", BAD_HANDOVERS)
def test_a_bad_handover_moves_nothing_and_is_told_at_its_cell(bring, fault):
    paper, code, cell, words = BAD_HANDOVERS[fault]
    (outcome,) = bring(*GIVEN_IN_2025, paper).outcomes
    assert outcome.state == "draft" and not Voucher.objects.filter(kind="handover") and not Opening.objects.exists()
    found = problem(outcome, code)
    assert (found.weight, found.where.cell) == ("unusable", cell) and words in found.sentence


AFTER = STATEMENT.but(
    corner=("ỦY BAN NHÂN DÂN", "XÃ CÔ BA"),
    right=("Biểu số 01", "Số: 12/BC-UBND (ví dụ), ngày 03/10/2025"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
    under=("(Số liệu đến ngày 30/9/2025)",),
    rows=(("", "TỔNG CỘNG", 40, 28, 12), ("I", DA1, 40, 28, 12)),
)


def test_a_new_holder_must_say_whether_what_was_handed_over_is_included(bring):
    (outcome,) = bring(*GIVEN_IN_2025, HANDED, AFTER).outcomes
    assert outcome.state == "draft"
    said = problem(outcome, "opening.not_said")
    assert said.weight == "unusable" and "“đã gồm số nhận bàn giao”" in said.sentence


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("đã gồm số nhận bàn giao", "included"),
        ("đã bao gồm số nhận bàn giao", "included"),
        ("chưa gồm số nhận bàn giao", "apart"),
        ("chưa bao gồm số nhận bàn giao", "apart"),
        ("không bao gồm số nhận bàn giao", "apart"),
    ],
)
def test_what_a_new_holder_says_of_the_handover_is_kept(bring, words, opening):
    paper = AFTER.but(under=(*AFTER.under, f"(Số liệu {words})"))
    (outcome,) = bring(*GIVEN_IN_2025, HANDED, paper).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert Statement.objects.get().opening == opening


def test_a_new_holder_who_says_both_has_said_nothing(bring):
    paper = AFTER.but(under=(*AFTER.under, "(đã gồm số nhận bàn giao, chưa gồm số nhận bàn giao)"))
    (outcome,) = bring(*GIVEN_IN_2025, HANDED, paper).outcomes
    assert outcome.state == "draft" and problem(outcome, "opening.not_said").weight == "unusable"


# commitment --------------------------------------------------------------------------------------------------
CONTRACTS = ASSIGNED.but(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    title="DANH MỤC HỢP ĐỒNG CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Kèm theo Báo cáo số 77/BC-UBND (ví dụ) ngày 01/4/2024)",),
    heads=(
        ("STT",), ("Công trình",), ("Mã dự án",), ("Chủ đầu tư",), ("Số hợp đồng",), ("Ngày",), ("Giá trị",),
    ),
    rows=(
        ("1", "Cấp nước sinh hoạt xóm ví dụ", "7912345", "UBND xã Cô Ba", "12/HĐ-XD", "20/3/2024", 18),
        ("2", "Khu dân cư ví dụ", "", "UBND huyện Bảo Lạc", "13/HĐ-XD", "22/3/2024", 25),
    ),
)  # fmt: skip


def test_a_contract_takes_the_money_of_its_work(bring):
    (outcome,) = bring(*GIVEN, WORKS, CONTRACTS).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    contract = SpendingObject.objects.get(kind="contract", name__contains="12/HĐ-XD")
    assert contract.parent.project_code == "7912345"
    entry = Entry.objects.get(account__spending_object=contract)
    assert (entry.dong, entry.cell, entry.account.component.code) == (18 * MILLION, "G9", "1719.DA1")
    left = Entry.objects.filter(account__spending_object=contract.parent)
    assert sum(one.dong for one in left) == 2 * MILLION
    assert bring(CONTRACTS).outcomes[0].state == "held"


BAD_CONTRACTS = {
    "no_number": (changed(CONTRACTS, 0, 4, ""), "contract.missing", "E9", "số hợp đồng"),
    "work_unknown": (changed(CONTRACTS, 0, 2, "7000009"), "object.unknown", "B9", "chưa có trong sổ"),
}


@pytest.mark.parametrize("fault", BAD_CONTRACTS)
def test_a_contract_of_nothing_is_told_at_its_cell(bring, fault):
    paper, code, cell, words = BAD_CONTRACTS[fault]
    (outcome,) = bring(*GIVEN, WORKS, paper).outcomes
    assert outcome.state == "draft" and not SpendingObject.objects.filter(kind="contract")
    found = problem(outcome, code)
    assert found.where.cell == cell and words in found.sentence
