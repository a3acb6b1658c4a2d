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


def paid_back(statement) -> set[tuple[str, str, int, int, str]]:
    """(unit, conclusion, paid, to be paid, cell) of each line, in triệu đồng."""
    return {
        (row.body.key, row.spending_object.name, row.disbursed_dong // MILLION, row.plan_dong // MILLION, row.cell)
        for row in statement.lines.select_related("body", "spending_object")
    }


def test_what_is_paid_back_stands_by_unit_and_conclusion_against_what_is_to_be_paid(bring):
    (outcome,) = bring(RECOVERED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    statement = Statement.objects.get()
    assert statement.measure == Measure.RETURNED
    assert paid_back(statement) == {
        ("UBND-04.043", "Kết luận số 01/KL", 30, 40, "F10"),
        ("UBND-04.043", "Kết luận số 02/KL", 20, 20, "F11"),
        ("SYT-04", "Kết luận số 01/KL", 0, 30, "F12"),
    }
    assert bring(RECOVERED).outcomes[0].state == "held"


def test_a_conclusion_bears_the_day_that_its_cell_or_its_own_column_says(bring):
    heads = (*RECOVERED.heads[:4], ("Ngày KL",), *RECOVERED.heads[4:])
    rows = tuple((*row[:4], day, *row[4:]) for row, day in zip(RECOVERED.rows, ("", "12/3/2024", "", ""), strict=True))
    rows = (*rows[:2], (*rows[2][:3], "02/KL-TTr ngày 5.4.2024", *rows[2][4:]), (*rows[3][:3], "", *rows[3][4:]))
    (outcome,) = bring(RECOVERED.but(heads=heads, rows=rows)).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    assert {name for _, name, *_ in paid_back(Statement.objects.get())} == {
        "Kết luận số 01/KL ngày 12/03/2024",
        "Kết luận số 02/KL-TTr ngày 05/04/2024",
        "Kiến nghị chưa ghi số kết luận",
    }


def test_a_register_of_one_conclusion_says_its_number_in_the_title(bring):
    heads, rows = (*RECOVERED.heads[:3], *RECOVERED.heads[4:]), tuple((*row[:3], *row[4:]) for row in RECOVERED.rows)
    title = "THEO DÕI THU HỒI THEO KẾT LUẬN THANH TRA SỐ 05/KL-TTr NGÀY 12/3/2024 CHƯƠNG TRÌNH MTQG 1719 NĂM 2024"
    bring(RECOVERED.but(heads=heads, rows=rows, title=title))
    assert {(body, name, paid) for body, name, paid, *_ in paid_back(Statement.objects.get())} == {
        ("UBND-04.043", "Kết luận số 05/KL-TTr ngày 12/03/2024", 50),
        ("SYT-04", "Kết luận số 05/KL-TTr ngày 12/03/2024", 0),
    }


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
