"""A list of approved works opens spending objects and moves no money."""

from __future__ import annotations

import pytest

from vungcao.intake.tests.papers import Paper
from vungcao.intake.tests.test_assignments_of_every_layout import problem
from vungcao.ledger.models import Entry, SpendingObject

pytestmark = pytest.mark.django_db

APPROVED = Paper(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    right=("Phụ lục 01",),
    title="DANH MỤC CÔNG TRÌNH ĐƯỢC PHÊ DUYỆT CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Kèm theo Quyết định số 15/QĐ-UBND (ví dụ) ngày 10/01/2024)",),
    heads=(
        ("STT",), ("Tên công trình",), ("Thôn, xã",), ("Mã dự án",), ("Chủ đầu tư",), ("TMĐT",), ("Nguồn",),
        ("Bị loại vì",),
    ),
    rows=(
        ("1", "Đường xóm ví dụ", "Xã Cô Ba", "7900001", "UBND xã Cô Ba", 30, "NSTW", ""),
        ("2", "Nhà văn hóa xóm ví dụ", "Xã Cô Ba", "", "UBND xã Cô Ba", 20, "NSTW", ""),
        ("3", "Chợ xã ví dụ", "Xã Khánh Xuân", "", "UBND xã Khánh Xuân", 50, "NSTW", "thiếu vốn"),
    ),
    sheet="PL01",
)  # fmt: skip


def test_approved_works_are_opened_and_those_left_out_are_not(bring):
    (outcome,) = bring(APPROVED).outcomes
    assert outcome.state == "received", [str(one) for one in outcome.problems]
    works = SpendingObject.objects.filter(kind="work").order_by("pk")
    assert [(one.name, one.project_code) for one in works] == [
        ("Đường xóm ví dụ", "7900001"), ("Nhà văn hóa xóm ví dụ", ""),
    ]  # fmt: skip
    assert not Entry.objects.exists()
    notice = problem(outcome, "works.no_money")
    assert notice.weight == "notice" and "50 triệu đồng" in notice.sentence


def test_the_same_list_again_is_held(bring):
    bring(APPROVED)
    assert bring(APPROVED).outcomes[0].state == "held"
    assert SpendingObject.objects.filter(kind="work").count() == 2


def test_one_work_twice_is_named_at_its_cell(bring):
    (outcome,) = bring(APPROVED.but(rows=(APPROVED.rows[0], APPROVED.rows[0]))).outcomes
    assert outcome.state == "draft" and not SpendingObject.objects.filter(kind="work")
    assert problem(outcome, "work.doubled").where.cell == "B10"
