"""Pages of plans, without JavaScript: the list, a version as a tree, two side by side, a series; what is sent."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import make
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.actions import LineDraft as DossierDraft
from vungcao.ledger.actions import open_dossier, propose
from vungcao.ledger.models import Side, VoucherKind
from vungcao.programme.models import Component, PlanTarget, PlanVersion
from vungcao.programme.recording import TargetDraft, record_plan, record_target
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
PLAN = {
    "programme": "CT", "kind": "annual", "first_year": "2024", "last_year": "2024", "place": "vd",
    "number": "45/QĐ-VD", "dated": "15/01/2024", "lines": "CT; *:*; 2024; 100\nCT.DA1; *:*; 2024; 30,5",
}  # fmt: skip
TARGET = {
    "code": "T1", "component": "CT.DA1", "indicator": "Hộ có nước (ví dụ)", "said": "trên 90% (ví dụ)", "value": "90",
    "unit": "%", "qualifier": "more",
}  # fmt: skip


@pytest.fixture
def cast(db):
    return make()


@pytest.fixture
def board(cast):
    return cast.client("tinh")


@pytest.fixture
def made(board) -> PlanVersion:
    """A plan of the province for 2024, sent by its specialist: 100 million, of it 30,5 at project 1 (invented)."""
    answer = board.post("/ke-hoach/", PLAN)
    assert answer.status_code == 302, answer.content.decode()
    return PlanVersion.objects.get(number="45/QĐ-VD")


def test_a_plan_that_was_sent_stands_in_the_list_and_as_a_tree(board, made):
    assert rows(tree(board.get("/ke-hoach/")), "plans")[0][:3] == ["45/QĐ-VDKế hoạch năm", "CT", "2024"]
    page = tree(board.get(f"/ke-hoach/{made.pk}/"))
    words = said(page)
    assert "không tính hai lần: 100" in words and "30,5" in words and "nằm trong dòng trên" in words
    assert [said(one) for one in page.xpath("//summary//span[@class='node-sum']")] == ["100", "30,5"]
    assert page.xpath("//details[@open]")


def test_a_target_is_sent_replaced_and_taken_back(board, made):
    here = f"/ke-hoach/{made.pk}/"
    assert board.post(f"{here}chi-tieu/", TARGET)["Location"] == here
    (first,) = PlanTarget.objects.all()
    assert "T1 · Hộ có nước (ví dụ)" in said(tree(board.get(here)))
    again = {**TARGET, "said": "trên 95% (ví dụ)", "value": "95", "replaces": f"{first.pk}"}
    assert board.post(f"{here}chi-tieu/", again).status_code == 302
    words = said(tree(board.get(here)))
    assert "trên 95%" in words and "trên 90%" not in words
    second = PlanTarget.objects.exclude(pk=first.pk).get()
    assert board.post(f"{here}rut-chi-tieu/", {"target": second.pk, "reason": "nhầm"}).status_code == 302
    assert "T1 ·" not in said(tree(board.get(here)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lines": "CT.DA1; *:*; 2024"}, "Dòng 1"),
        ({"lines": "CT.DA1; *:*; 2023; 5"}, "nằm ngoài kế hoạch 2024"),
        ({"number": ""}, "bắt buộc"),
        ({"first_year": "2025"}, "Năm cuối đứng trước"),
    ],
)
def test_a_plan_that_cannot_be_read_stays_typed_and_is_told(board, change, sentence):
    answer = board.post("/ke-hoach/", {**PLAN, **change})
    page = tree(answer)
    assert answer.status_code == 422 and sentence in said(page)
    assert page.xpath("//input[@name='dated']/@value") == ["15/01/2024"]
    assert not PlanVersion.objects.exists()


def test_a_target_that_cannot_stand_is_told_and_not_written(board, made):
    answer = board.post(f"/ke-hoach/{made.pk}/chi-tieu/", {**TARGET, "value": "chín mươi"})
    assert answer.status_code == 422 and "không đọc được" in said(tree(answer))
    assert not PlanTarget.objects.exists()


def test_two_versions_stand_side_by_side(board, made):
    sent = {**PLAN, "number": "80/QĐ-VD", "lines": PLAN["lines"].replace("30,5", "20"), "supersedes": f"{made.pk}"}
    board.post("/ke-hoach/", sent)
    later = PlanVersion.objects.get(number="80/QĐ-VD")
    page = tree(board.get(f"/ke-hoach/so-sanh/?a={made.pk}&b={later.pk}"))
    total, whole, project = rows(page, "lines")
    assert total[3:6] == ["100", "100", "0"] and whole[3:7] == ["100", "100", "0", "giữ nguyên"]
    assert project[3:7] == ["30,5", "20", "-10,5", "giảm"]
    only = rows(tree(board.get(f"/ke-hoach/so-sanh/?a={made.pk}&b={later.pk}&changed=on")), "lines")
    assert [row[6] for row in only[1:]] == ["giảm"]
    assert "đã có bản thay" in said(tree(board.get(f"/ke-hoach/{made.pk}/")))


def test_a_question_about_a_plan_that_is_not_there_is_told(board, made):
    assert board.get("/ke-hoach/999/").status_code == 404
    answer = board.get(f"/ke-hoach/so-sanh/?a={made.pk}&b=999")
    assert answer.status_code == 422 and "Không có lựa chọn này" in said(tree(answer))


def test_who_does_not_reach_the_place_neither_sees_nor_writes_its_plan(cast, board, monkeypatch):
    """District two's plan is not told to an official of district one; the province's is, and is not his to write."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    node = Component.objects.get(code="CT")
    plans = {
        key: record_plan(
            programme=node, kind="annual", place=Place.objects.get(pk=cast.places[key]), first_year=2024,
            last_year=2024, number=f"{key}/QĐ-VD", dated=date(2024, 1, 5), lines=[], is_example=True, by=SYSTEM,
        )
        for key in ("h2", "vd")
    }  # fmt: skip
    district = cast.client("huyen")
    assert "h2/QĐ-VD" not in said(tree(district.get("/ke-hoach/")))
    assert district.get(f"/ke-hoach/{plans['h2'].pk}/").status_code == 404
    assert district.get(f"/ke-hoach/{plans['vd'].pk}/").status_code == 200
    assert district.post(f"/ke-hoach/{plans['vd'].pk}/chi-tieu/", TARGET).status_code == 403
    assert district.post("/ke-hoach/", PLAN).status_code == 403


def test_a_plan_of_the_nation_is_read_and_not_written_by_a_province(cast, board):
    nation = record_plan(
        programme=Component.objects.get(code="CT"), kind="five_year", place=Place.objects.get(pk=cast.places["VN"]),
        first_year=2021, last_year=2025, number="1/QĐ-VD", dated=date(2021, 1, 5), lines=[], is_example=True, by=SYSTEM,
    )  # fmt: skip
    page = tree(board.get(f"/ke-hoach/{nation.pk}/"))
    assert not page.xpath("//main//form[@method='post']")
    assert board.post(f"/ke-hoach/{nation.pk}/chi-tieu/", TARGET).status_code == 404
    assert board.post("/ke-hoach/", {**PLAN, "place": "VN"}).status_code == 422


def test_the_series_shows_its_break_in_a_row_of_its_own(cast, board):
    cast.succeed()
    found = rows(tree(board.get("/ke-hoach/noi-tiep/?ma=CT")), "series")
    gap = next(row for row in found if "Gãy: CT → CT-SAU" in row[1])
    assert (
        gap[0] == "2026" and "Chương trình sau rộng hơn (ví dụ)" in gap[1] and "theo trí nhớ, cần kiểm chứng" in gap[1]
    )
    assert found[0] == ["2021", "Cấu phần ví dụ CT", "chưa có số liệu", "", "chưa có số liệu", "–", ""]
    assert found.index(gap) + 1 == next(number for number, row in enumerate(found) if row[1] == "Sau (ví dụ)")


def test_a_dossier_shows_which_targets_lose_money(cast, board, made):
    target = TargetDraft("T1", Component.objects.get(code="CT.DA1"), "Hộ có nước (ví dụ)", "trên 90% (ví dụ)", "2024")
    record_target(plan=made, target=target, by=SYSTEM)
    source, day = "su_nghiep:NSTW", date(2024, 3, 15)
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source=source)
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    opened = open_dossier(title="Ví dụ", planned_for=day, drafted_by=cast.body("BDT"), on=date(2024, 2, 1), by=SYSTEM)
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source=source)
    lines = [DossierDraft(side, region, 90_000_000, "ví dụ", cast.bodies["UBND-h1"])
             for side, region in ((Side.DOWN, held), (Side.UP, taker))]  # fmt: skip
    propose(opened, lines, by=SYSTEM)
    (row,) = rows(tree(board.get(f"/ho-so-dieu-chinh/{opened.code}/")), "lost")
    assert row[2:5] == ["90", "", "90"]
    assert "10,0%" in row[5] and "của 900" in row[5] and "vốn đã giao cho nội dung này" in row[5]
    assert "T1 · Hộ có nước (ví dụ): trên 90% (ví dụ)" in row[6] and "45/QĐ-VD (2024, bản 1)" in row[6]
