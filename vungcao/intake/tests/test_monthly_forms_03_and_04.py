"""The monthly forms by work and of causes."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, STATEMENT
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION, WORKS, problem
from vungcao.ledger.models import Statement, Unspent

pytestmark = pytest.mark.django_db

GIVEN = (ASSIGNED, ALLOCATED, BY_UNIT, WORKS)
FORM_03 = STATEMENT.but(
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO CÔNG TRÌNH",
    heads=(
        ("STT",), ("Công trình",), ("Mã dự án",), ("TMĐT",), ("HĐ", "Số, ngày"), ("HĐ", "Giá trị"), ("KH năm",),
        ("Giá trị KL thực hiện lũy kế",), ("Giải ngân lũy kế",), ("Tạm ứng",), ("Đã thu hồi",), ("% KL",), ("% GN",),
        ("Mặt bằng",), ("Vướng mắc",),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", 90, "", 80, 50, 20, 18, 6, 2, "", 36, "", ""),
        ("I", DA1, "", 90, "", 80, 50, 20, 18, 6, 2, "", 36, "", ""),
        ("1", "Cấp nước sinh hoạt xóm ví dụ", "7912345", 40, "12/HĐ", 38, 20, 10, 10, 4, 2, 50, 50, "xong", ""),
        ("2", "Khu dân cư ví dụ", "", 50, "13/HĐ", 42, 30, 10, 8, 2, 0, 33, 27, "vướng", "chờ đền bù"),
    ),
    sheet="BM03",
)  # fmt: skip
FORM_04 = STATEMENT.but(
    title="BIỂU NGUYÊN NHÂN VỐN CHƯA GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    heads=(
        ("STT",), ("Đơn vị",), ("Dự án",), ("Vốn chưa giải ngân",), ("Nguyên nhân",), ("Đề xuất",), ("Cấp giải quyết",),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", 50, "", "", ""),
        ("1", "UBND huyện Bảo Lạc", "Dự án 1", 30, "Vướng mặt bằng", "Tiếp tục", "Cấp huyện"),
        ("2", "UBND xã Cô Ba", "Dự án 5", 20, "hết đối tượng", "điều chỉnh giảm", "UBND tỉnh"),
    ),
    sheet="BM04",
)  # fmt: skip


def test_each_work_is_a_line_over_its_spending_object(bring):
    (outcome,) = bring(*GIVEN, FORM_03).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    statement = Statement.objects.get()
    assert statement.source.code == "dau_tu:*"
    rows = {line.label: line for line in statement.lines.select_related("spending_object", "component")}
    water = rows["Cấp nước sinh hoạt xóm ví dụ"]
    assert (water.spending_object.project_code, water.component.code) == ("7912345", "1719.DA1")
    said = (water.disbursed_dong, water.advance_dong, water.cleared_dong, water.plan_dong)
    assert said == (10 * MILLION, 4 * MILLION, 2 * MILLION, 20 * MILLION)
    assert rows["TỔNG CỘNG"].disbursed_dong == 18 * MILLION


def test_the_form_by_work_stands_beside_the_form_by_project(bring):
    by_project = STATEMENT.but(rows=(("I", DA1, 30, 20, 10),))
    (outcome,) = bring(*GIVEN, by_project, FORM_03).outcomes
    assert outcome.state == "received" and Statement.objects.count() == 2


def test_a_work_that_no_paper_gave_money_to_is_named(bring):
    rows = (*FORM_03.rows, ("3", "Cầu không có thật", "7000001", 1, "", 1, 1, 1, 1, "", "", "", "", "", ""))
    (outcome,) = bring(*GIVEN, FORM_03.but(rows=rows)).outcomes
    assert outcome.state == "draft" and not Statement.objects.exists()
    said = problem(outcome, "object.unknown")
    assert said.where.cell == "B14" and "nộp quyết định giao vốn theo công trình trước" in said.sentence


def test_paid_beyond_what_was_built_is_flagged(bring):
    work = list(FORM_03.rows[3])
    work[7] = 3
    (outcome,) = bring(*GIVEN, FORM_03.but(rows=(FORM_03.rows[1], FORM_03.rows[2], tuple(work)))).outcomes
    assert outcome.state == "received"
    flagged = problem(outcome, "work.beyond_volume")
    assert (flagged.weight, flagged.where.cell) == ("contradicting", "I12")
    assert "6 triệu đồng" in flagged.sentence and "3 triệu đồng" in flagged.sentence


def test_causes_are_coded_with_what_is_proposed_and_who_resolves(bring):
    (outcome,) = bring(FORM_04).outcomes
    assert (outcome.state, outcome.lines, outcome.dong) == ("received", 2, 50 * MILLION)
    said = Unspent.objects.order_by("pk").values_list(
        "component__code", "body__key", "dong", "cause", "proposal", "resolver", "cell"
    )
    site, ended = list(said)
    assert site == ("1719.DA1", "UBND-04.043", 30 * MILLION, "site", "go_on", "district", "D10")
    assert ended[0] == "1719.DA5" and ended[3:] == ("nobody_left", "decrease", "province", "D11")


def test_the_same_causes_again_are_held_and_others_must_say_they_replace(bring):
    bring(FORM_04)
    assert bring(FORM_04).outcomes[0].state == "held"
    other = FORM_04.but(rows=FORM_04.rows[:2])
    (outcome,) = bring(other).outcomes
    assert outcome.state == "draft" and problem(outcome, "unspent.two_for_one_day")
    (outcome,) = bring(other.but(under=(*other.under, "Thay thế Báo cáo số 59/BC-UBND ngày 01/6/2024"))).outcomes
    assert outcome.state == "received" and Unspent.objects.count() == 3


@pytest.mark.parametrize(
    ("column", "code", "cell", "words"),
    [(4, "unspent.cause_unknown", "E10", "hết đối tượng"), (5, "unspent.proposal_unknown", "F10", "kéo dài")],
)
def test_a_word_outside_the_codes_is_named_with_those_there_are(bring, column, code, cell, words):
    row = list(FORM_04.rows[1])
    row[column] = "vì lý do khác"
    (outcome,) = bring(FORM_04.but(rows=(FORM_04.rows[0], tuple(row)))).outcomes
    assert outcome.state == "draft" and not Unspent.objects.exists()
    said = problem(outcome, code)
    assert said.where.cell == cell and words in said.sentence
