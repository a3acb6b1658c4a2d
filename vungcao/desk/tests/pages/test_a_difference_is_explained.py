"""An officer says why a figure contradicts another: kept, shown where the figure is, remembered when it comes again."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from django.test import Client

from vungcao.bodies.models import Batch, Role
from vungcao.desk.tests.pages.handing_in import (
    OTHER,
    WRONG_SUM,
    cao_bang,
    desk,
    hand_in,
    lan,
    loaded_once,
    official,
    page_of,
    press,
    upload,
    worked,
)
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.evidence import chain
from vungcao.evidence.models import Act, ActNumber, AuditRow
from vungcao.intake.models import CheckStep, Explanation, FileCheck
from vungcao.intake.tests.papers import DA1

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "desk", "lan", "loaded_once"]  # fixtures
WHY, PAPER = "Biên bản đối chiếu còn thiếu một chứng từ (ví dụ)", "Công văn 12/UBND-KT ngày 03/6/2024 (ví dụ)"


def keys(page) -> list[str]:
    return [str(one) for one in page.xpath("//form[contains(@action, '/giai-trinh/')]//input[@name='key']/@value")]


def explained(desk, check: FileCheck, why: str = WHY, paper: str = PAPER):
    return press(desk, check, "giai-trinh", key=keys(page_of(desk, check)), reason=why, paper=paper)


def notes(desk, check: FileCheck) -> str:
    """Every note and cell of the marked copy."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.get(f"/nop-bang-tinh/{check.pk}/danh-dau/0/"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return "\n".join(f"{cell.comment.text if cell.comment else ''} {cell.value or ''}" for cell in cells)


def test_it_is_kept_as_an_act_and_stands_at_the_cell_in_the_grid_and_in_the_marked_copy(desk, cao_bang, lan):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    assert WHY not in notes(desk, check)
    assert explained(desk, check).status_code == 302
    kept = Explanation.objects.get(cell="C10", sentence__startswith="cộng các dòng")
    assert (kept.act.verb, kept.act.official_name, kept.cell) == ("intake.explained", lan.name, "C10")
    page = said(page_of(desk, check))
    assert WHY in page and PAPER in page and f"{lan.name}, Chuyên viên" in page
    grid = tree(desk.get(f"/nop-bang-tinh/{check.pk}/tep/0/BM01/?o=C10"))
    assert f"Giải trình của {lan.name}: {WHY} ({PAPER})" in said(grid.xpath("//td[contains(@class, 'warns')]")[0])
    assert WHY in notes(desk, check)


def test_it_hinders_no_commit_and_the_receiver_sees_it_with_the_batch_and_the_kept_workbook(desk, cao_bang, lan):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    explained(desk, check)
    press(desk, check, "ghi")
    assert worked(check).step == CheckStep.COMMITTED
    batch = Batch.objects.order_by("-pk").first()
    receiver = Client()
    receiver.force_login(official("nhan", "BDT-04", Role.LEADER, "04").user)
    page = tree(receiver.get(f"/lan-gui/{batch.pk}/"))
    assert WHY in said(page) and PAPER in said(page) and "cộng các dòng không khớp" in said(page)
    sheet = tree(receiver.get(page.xpath("//section[@id='differences']//a/@href")[0]))
    assert WHY in said(sheet.xpath("//td[contains(@class, 'warns')]")[0])


def test_the_receiver_may_explain_it_on_the_page_of_the_batch_and_the_last_word_stands(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    press(desk, check, "ghi")
    worked(check)
    batch = Batch.objects.order_by("-pk").first()
    for why in (WHY, "Đã hỏi lại đơn vị (ví dụ)"):
        key = keys(tree(desk.get(f"/lan-gui/{batch.pk}/")))
        assert desk.post(f"/lan-gui/{batch.pk}/giai-trinh/", {"key": key, "reason": why}).status_code == 302
    page = said(tree(desk.get(f"/lan-gui/{batch.pk}/")))
    assert "Đã hỏi lại đơn vị (ví dụ)" in page and WHY not in page
    rows = AuditRow.objects.filter(subject=Explanation._meta.label, after__of__startswith="cộng các dòng").order_by(
        "pk"
    )
    assert [row.before and row.before["reason"] for row in rows] == [None, WHY]


def test_the_same_figures_in_another_file_are_explained_already_and_changed_ones_are_not(desk, cao_bang):
    first = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    explained(desk, first)
    mended = WRONG_SUM.but(title=WRONG_SUM.title)
    again = worked(hand_in(desk, upload(cao_bang, mended, "bieu lan 2.xlsx"), replaces=str(first.pk)))
    assert WHY in said(page_of(desk, again)) and WHY in notes(desk, again)
    other = WRONG_SUM.but(rows=(("", "TỔNG CỘNG", 41, 20, 10), ("I", DA1, 30, 20, 10)))
    changed = worked(hand_in(desk, upload(cao_bang, other, "bieu lan 3.xlsx"), replaces=str(again.pk)))
    assert WHY not in said(page_of(desk, changed))
    of_another = replace(OTHER, rows=WRONG_SUM.rows)
    assert WHY not in said(page_of(desk, worked(hand_in(desk, upload(cao_bang, of_another, "khac.xlsx")))))


def test_sent_twice_it_is_one_and_what_says_nothing_or_is_secret_is_refused_in_place(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    explained(desk, check), explained(desk, check)
    once = Explanation.objects.count()
    assert once == len(set(keys(page_of(desk, check))))
    acts = Act.objects.filter(verb="intake.explained").count()
    assert explained(desk, check).status_code == 302
    assert (Explanation.objects.count(), Act.objects.filter(verb="intake.explained").count()) == (once, acts)
    for why, sentence in (("   ", "Ghi vì sao lệch."), ("Theo công văn (MẬT) số 3", "dấu MẬT")):
        refused = explained(desk, check, why, "")
        assert refused.status_code == 422 and sentence in said(tree(refused))
        assert "công văn (MẬT)" not in refused.content.decode()
    assert Explanation.objects.count() == once


def test_it_is_of_a_difference_of_this_check_and_of_nothing_else(desk, client, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    assert press(desk, check, "giai-trinh", key="0" * 64, reason=WHY).status_code == 404
    assert press(desk, check, "giai-trinh", reason=WHY).status_code == 404
    key = keys(page_of(desk, check))
    client.force_login(official("khac", "BDT-04", Role.SPECIALIST, "04").user)
    assert press(client, check, "giai-trinh", key=key, reason=WHY).status_code == 404
    client.force_login(official("doc", "BDT-04", Role.READER, "04").user)
    assert press(client, check, "giai-trinh", key=key, reason=WHY).status_code == 403
    assert not Explanation.objects.exists()


def test_the_chain_holds_with_explanations_in_it(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    explained(desk, check)
    last = chain.extend()
    assert last == ActNumber.objects.order_by("-no").first().no
