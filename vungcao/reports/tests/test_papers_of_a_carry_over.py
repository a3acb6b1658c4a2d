"""Papers of a carry-over and of a cancellation: their ground, what is left at the closing day, who signs."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.ledger import actions
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import DossierKind, Side, VoucherKind
from vungcao.ledger.tests.conftest import cast, cast_once
from vungcao.reports.adjusting.actions import composed, print_papers
from vungcao.reports.adjusting.leaving import leaving_table
from vungcao.reports.tests.test_papers_of_an_adjustment import words

__all__ = ["cast", "cast_once"]  # fixtures of the ledger's own tests
MILLION = 1_000_000
DAY = date(2024, 1, 25)


@pytest.fixture
def held(cast):
    """900 million of central recurrent money of 2023, 350 of it spent; 200 of investment, of which nobody spoke."""
    region = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023")
    work = cast.region("CT.DA2", body="UBND-h1", place="h1", source="dau_tu:NSTW", year="2023")
    given = [(None, region, 900 * MILLION), (None, work, 200 * MILLION)]
    cast.post(VoucherKind.ASSIGNMENT, given, dated=date(2023, 1, 5), by="TTG", number="1/QĐ-VD")
    cast.state([(region, 350 * MILLION)], coverage=region, as_of=date(2023, 12, 31))
    return region, work


def dossier(cast, kind, lines, planned_for=DAY):
    made = actions.open_dossier(
        title=f"{kind.label} ví dụ", planned_for=planned_for, drafted_by=cast.body("BDT"), on=date(2023, 12, 20),
        kind=kind, is_example=True, by=SYSTEM,
    )  # fmt: skip
    why = ("đấu thầu chậm (ví dụ)", cast.bodies["UBND-h1"], "12/UBND-VD", date(2024, 1, 9), "lùi 20 hộ (ví dụ)")
    drafts = [actions.LineDraft(side, region, dong * MILLION, *why, basis) for side, region, dong, basis in lines]
    actions.propose(made, drafts, by=SYSTEM)
    return made


def carried(cast, held, *, basis="CO-08", work="CO-08"):
    lines = [(Side.OVER, held[0], 500, basis), (Side.OVER, held[1], 120, work)]
    return dossier(cast, DossierKind.CARRY_OVER, lines)


def test_money_that_a_resolution_carries_is_listed_in_a_decision_and_says_that_no_signer_is_on_file(cast, held):
    found = composed(carried(cast, held))
    assert found.keys() == {"to-trinh-ban", "quyet-dinh"}
    said = words(found["to-trinh-ban"])
    assert "Căn cứ 104/2023/QH15; 108/2023/QH15" in said
    assert "chuyển sang năm 2024 theo 104/2023/QH15; 108/2023/QH15 (CO-08), dùng đến hết ngày 31/12/2024" in said
    assert "danh mục quy tắc chưa ghi cơ quan nào của tỉnh ký, hỏi Sở Tài chính" in said
    assert "với số tiền 620 triệu đồng" in said and "12/UBND-VD ngày 09/01/2024" in said
    decision = words(found["quyet-dinh"])
    assert "chuyển 620 triệu đồng; chi tiết tại Phụ lục I, II" in decision and "giữ nguyên năm nguồn" in decision
    assert [one.title for one in found["quyet-dinh"].annexes] == [
        "DANH MỤC VỐN CHUYỂN NGUỒN, KÉO DÀI", "VỐN TRƯỚC VÀ SAU KHI CHUYỂN NGUỒN",
    ]  # fmt: skip


def test_an_extension_that_the_prime_minister_decides_is_submitted_to_him(cast, held):
    made = dossier(cast, DossierKind.CARRY_OVER, [(Side.OVER, held[1], 120, "CO-01")])
    found = composed(made)
    assert found.keys() == {"to-trinh-ban", "to-trinh-ubnd"}
    assert found["to-trinh-ubnd"].addressees == ("Thủ tướng Chính phủ",)
    said = words(found["to-trinh-ban"])
    assert "Thủ tướng Chính phủ, theo Luật Đầu tư công 2019 Điều 68 khoản 1, 2 (CO-01)" in said
    assert "theo trí nhớ, cần kiểm chứng" in said


def test_money_that_a_law_only_spares_names_no_body_and_so_is_only_submitted(cast, held):
    made = dossier(cast, DossierKind.CARRY_OVER, [(Side.OVER, held[0], 500, "CO-06.mua-sam")])
    found = composed(made)
    assert found.keys() == {"to-trinh-ban"}
    assert "chưa có quy tắc xác định được cơ quan quyết định; hỏi Sở Tài chính" in words(found["to-trinh-ban"])


def test_the_annex_says_what_is_left_at_the_closing_day_and_leaves_blank_what_nobody_said(cast, held):
    total, investment, second, recurrent, first = leaving_table(Draft(carried(cast, held))).rows
    money = [[row.cells[column].value for column in range(6, 11)] for row in (first, second)]
    assert money[0] == [900 * MILLION, 350 * MILLION, 550 * MILLION, 500 * MILLION, 50 * MILLION]
    assert money[1] == [200 * MILLION, None, None, 120 * MILLION, None]
    assert (recurrent.cells[9].value, investment.cells[9].value) == (500 * MILLION, 120 * MILLION)
    assert total.cells[9].value == 620 * MILLION and investment.cells[7].value is None
    assert first.cells[11].value.startswith("CO-08: 104/2023/QH15; 108/2023/QH15; đấu thầu chậm")


def test_its_workbook_has_live_sums(cast, held, tmp_path):
    *_, book = print_papers(carried(cast, held), tmp_path)
    sheet = openpyxl.load_workbook(book).worksheets[0]
    live = [cell.value for row in sheet.iter_rows() for cell in row if f"{cell.value}".startswith("=")]
    assert sum(re.fullmatch(r"=G(\d+)-H\1", one) is not None for one in live) == 1  # 9=7-8, where spending was said
    assert sum(re.fullmatch(r"=I(\d+)-J\1", one) is not None for one in live) == 1
    assert any("SUM(" in one for one in live)


def test_after_the_closing_day_the_law_cancels_and_the_paper_is_its_list(cast, held):
    lines = [(Side.OFF, held[0], 550, "")]
    late = composed(dossier(cast, DossierKind.CANCELLATION, lines, date(2024, 2, 1)))
    assert late.keys() == {"to-trinh-ban", "quyet-dinh"}
    said = words(late["quyet-dinh"])
    assert "hủy 550 triệu đồng" in said and "Căn cứ Luật NSNN 83/2015/QH13 Điều 64 khoản 2, 3" in said
    early = composed(dossier(cast, DossierKind.CANCELLATION, lines, date(2024, 1, 31)))
    assert early.keys() == {"to-trinh-ban"} and "còn hạn đến 31/01/2024" in words(early["to-trinh-ban"])
