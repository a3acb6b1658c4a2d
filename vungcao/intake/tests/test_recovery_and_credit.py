"""What inspections got back, and what the Social Policy Bank lent: measures of their own, never disbursement."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.papers import STATEMENT
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION, problem
from vungcao.ledger.models import Measure, Statement

pytestmark = pytest.mark.django_db

RECOVERED = STATEMENT.but(
    corner=("UBND TỈNH CAO BẰNG", "BAN DÂN TỘC"),
    title="THEO DÕI THU HỒI THEO KẾT LUẬN THANH TRA CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    heads=(
        ("STT",), ("Kiến nghị",), ("Đơn vị",), ("KL số",), ("Số tiền kiến nghị",), ("Đã nộp",), ("Giấy nộp tiền",),
        ("Còn lại",),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", "", 90, 50, "", 40),
        ("1", "Thu hồi chi sai chế độ", "UBND huyện Bảo Lạc", "01/KL", 40, 30, "15 ngày 02/5/2024", 10),
        ("2", "Thu hồi khối lượng nghiệm thu sai", "UBND huyện Bảo Lạc", "02/KL", 20, 20, "16 ngày 03/5/2024", 0),
        ("3", "Thu hồi chi sai chế độ", "Sở Y tế", "01/KL", 30, 0, "", 30),
    ),
)  # fmt: skip
CREDIT = STATEMENT.but(
    corner=("NGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "CHI NHÁNH TỈNH CAO BẰNG"),
    title="KẾT QUẢ CHO VAY TÍN DỤNG CHÍNH SÁCH CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    heads=(("STT",), ("Địa bàn",), ("Doanh số cho vay",), ("Doanh số thu nợ",), ("Dư nợ",)),
    rows=(("", "TỔNG CỘNG", 120, 20, 300), ("1", "Huyện Bảo Lạc", 70, 5, 180), ("2", "Huyện Hà Quảng", 50, 15, 120)),
)


def test_what_is_paid_back_stands_by_unit_against_what_is_to_be_paid(bring):
    (outcome,) = bring(RECOVERED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    statement = Statement.objects.get()
    assert statement.measure == Measure.RETURNED
    rows = statement.lines.select_related("body")
    assert {(row.body.key, row.disbursed_dong // MILLION, row.plan_dong // MILLION, row.cell) for row in rows} == {
        ("UBND-04.043", 50, 60, "F10"), ("SYT-04", 0, 30, "F12"),
    }  # fmt: skip


def test_a_rest_to_pay_that_does_not_come_out_is_flagged(bring):
    rows = (*RECOVERED.rows[:3], (*RECOVERED.rows[3][:7], 25))
    (outcome,) = bring(RECOVERED.but(rows=rows)).outcomes
    assert outcome.state == "received"
    assert problem(outcome, "recovery.left_differs").where.cell == "H12"


def test_one_who_pays_back_and_is_not_known_is_named(bring):
    rows = (*RECOVERED.rows[:3], ("3", "Thu hồi", "Công ty không có thật", "01/KL", 30, 0, "", 30))
    (outcome,) = bring(RECOVERED.but(rows=rows)).outcomes
    assert outcome.state == "draft" and problem(outcome, "body.unknown").where.cell == "C12"


def test_credit_is_three_statements_and_no_disbursement(bring):
    (outcome,) = bring(CREDIT).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    said = {
        one.measure: sorted(line.disbursed_dong // MILLION for line in one.lines.all())
        for one in Statement.objects.all()
    }
    assert said == {"lent": [50, 70, 120], "repaid": [5, 15, 20], "outstanding": [120, 180, 300]}
    assert {one.source.code for one in Statement.objects.select_related("source")} == {"tin_dung:NHCSXH"}
    assert bring(CREDIT).outcomes[0].state == "held"


def test_credit_without_outstanding_debt_fits_no_profile_and_says_what_is_missing(bring):
    paper = CREDIT.but(heads=(*CREDIT.heads[:4], ("Ghi chú",)))
    (outcome,) = bring(paper).outcomes
    assert outcome.state == "draft" and "“Dư nợ”" in problem(outcome, "table.no_profile").sentence
