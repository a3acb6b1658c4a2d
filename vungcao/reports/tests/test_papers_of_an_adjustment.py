"""Papers of an adjustment dossier: who decides says which are written; figures in them are those of the lines."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.utils import translation
from docx import Document

from vungcao.evidence.actions import SYSTEM
from vungcao.ledger import actions
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import Side, Verdict, VoucherKind
from vungcao.ledger.tests.conftest import cast, cast_once
from vungcao.programme.models import Component
from vungcao.programme.recording import TargetDraft, record_plan, record_target
from vungcao.reports.adjusting.actions import NothingToPrint, composed, print_papers
from vungcao.reports.adjusting.annexes import lines_table
from vungcao.reports.paper import write_docx
from vungcao.territory.models import Place

__all__ = ["cast", "cast_once"]  # fixtures of the ledger's own tests
MILLION = 1_000_000


@pytest.fixture
def dossier(cast):
    """300 million from project 1 to project 2, central recurrent money of 2024; Finance was asked (invented)."""
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 900 * MILLION)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    made = actions.open_dossier(
        title="Điều chỉnh vốn ví dụ", planned_for=date(2024, 3, 15), drafted_by=cast.body("BDT"),
        on=date(2024, 1, 10), is_example=True, by=SYSTEM,
    )  # fmt: skip
    taker = cast.region("CT.DA2", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    why = ("hết đối tượng (ví dụ)", cast.bodies["UBND-h1"], "12/UBND-VD", date(2024, 1, 9), "giảm 20 hộ (ví dụ)")
    lines = [actions.LineDraft(side, region, 300 * MILLION, *why)
             for side, region in ((Side.DOWN, held), (Side.UP, taker))]  # fmt: skip
    actions.propose(made, lines, by=SYSTEM)
    asked = actions.ask_opinion(made, of=cast.body("STC"), on=date(2024, 1, 11), by=SYSTEM)
    actions.answer_opinion(asked, actions.Answer(date(2024, 1, 12), Verdict.AGREES), by=SYSTEM)
    actions.ask_opinion(made, of=cast.body("KB"), on=date(2024, 1, 11), by=SYSTEM)
    return made


def words(paper):
    file = io.BytesIO()
    write_docx(paper, file)
    word = Document(file)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2024, 1, 17), {"to-trinh-ban", "to-trinh-ubnd"}),  # the Centre decides: nothing for the province to sign
        (date(2024, 1, 18), {"to-trinh-ban", "to-trinh-ubnd", "nghi-quyet", "quyet-dinh"}),
        (date(2026, 3, 1), {"to-trinh-ban"}),  # no rule on file
    ],
)
def test_who_decides_says_which_papers_are_written(dossier, on, wanted):
    assert composed(dossier, on=on).keys() == wanted


def test_a_paper_is_vietnamese_whoever_asks_for_it(dossier):
    on = date(2026, 3, 1)  # with open points: no rule on file, the money has ended
    vietnamese = {name: words(paper) for name, paper in composed(dossier, on=on).items()}
    with translation.override("en"):
        assert {name: words(paper) for name, paper in composed(dossier, on=on).items()} == vietnamese
    assert "Điều còn phải xử lý trước khi trình ký" in vietnamese["to-trinh-ban"]


def test_the_submission_names_the_decider_the_article_and_who_has_not_answered(dossier):
    found = composed(dossier)
    said = words(found["to-trinh-ban"])
    assert "HĐND cấp tỉnh, theo 111/2024/QH15 Điều 4 khoản 2 (SN-08)" in said
    assert "giảm 300 triệu đồng, tăng 300 triệu đồng; tổng số không thay đổi" in said
    assert "Đã xin ý kiến 2 cơ quan, 1 cơ quan trả lời; 1 cơ quan chưa trả lời" in said
    assert "giảm 20 hộ (ví dụ)" in said and "12/UBND-VD ngày 09/01/2024" in said
    assert "DỰ THẢO" not in said and found["nghi-quyet"].draft  # the mark stands in the header
    assert found["to-trinh-ubnd"].addressees == ("Hội đồng nhân dân tỉnh Cao Bằng",)
    assert found["nghi-quyet"].signature.lines == ("CHỦ TỊCH",)


def test_the_submission_names_the_targets_that_lose_money_and_how_much_of_it(dossier, cast):
    without = words(composed(dossier)["to-trinh-ban"])
    assert "mất 300 triệu đồng, bằng 33,3% vốn đã giao cho nội dung này trước điều chỉnh (900 triệu đồng)" in without
    assert "chưa có chỉ tiêu nào ở nội dung này" in without
    plan = record_plan(
        programme=Component.objects.get(code="CT"), kind="annual", place=Place.objects.get(pk=cast.places["vd"]),
        first_year=2024, last_year=2024, number="7/QĐ-VD", dated=date(2024, 1, 8), lines=[], is_example=True, by=SYSTEM,
    )  # fmt: skip
    aim = TargetDraft(
        "CT1", Component.objects.get(code="CT.DA1"), "Hộ dùng nước sạch (ví dụ)", "trên 90% (ví dụ)", "2024"
    )
    record_target(plan=plan, target=aim, by=SYSTEM)
    found = composed(dossier)
    for name in ("to-trinh-ban", "to-trinh-ubnd"):
        said = words(found[name])
        assert "Hộ dùng nước sạch (ví dụ): trên 90% (ví dụ) (2024; CT1, 7/QĐ-VD (2024, bản 1))" in said
        assert "Đơn vị nêu: giảm 20 hộ (ví dụ)." in said


def test_a_share_that_rounds_to_nothing_is_not_told_as_nothing(dossier, cast):
    more = cast.region("CT.DA1", body="UBND-h2", place="h2", source="su_nghiep:NSTW")
    big = [(None, more, 3_000_000 * MILLION)]
    cast.post(VoucherKind.ASSIGNMENT, big, dated=date(2024, 1, 6), by="TTG", number="2/QĐ-VD")
    assert "bằng dưới 0,1% vốn đã giao cho nội dung này" in words(composed(dossier)["to-trinh-ban"])


def test_to_the_centre_the_committee_submits(dossier):
    paper = composed(dossier, on=date(2024, 1, 17))["to-trinh-ubnd"]
    assert paper.addressees == ("Thủ tướng Chính phủ",)
    assert "Thủ tướng Chính phủ, theo Hội nghị cuối năm 2023" in words(paper)


def test_the_two_blocks_are_equal_and_the_row_of_numbers_holds(dossier):
    total, down, first, up, second = lines_table(Draft(dossier)).rows
    assert [cell.value for cell in total.cells[7:12]] == [
        900 * MILLION,
        None,
        300 * MILLION,
        300 * MILLION,
        900 * MILLION,
    ]
    assert (down.cells[9].value, up.cells[10].value) == (300 * MILLION, 300 * MILLION)
    assert first.cells[6].value == "1/QĐ-VD ngày 05/01/2024"
    assert [row.cells[11].value for row in (first, second)] == [600 * MILLION, 300 * MILLION]


def test_the_workbook_has_live_sums_in_every_block_and_row(dossier, tmp_path):
    *papers, book = print_papers(dossier, tmp_path)
    assert [path.name.removeprefix(f"{dossier.code}-") for path in papers] == [
        "to-trinh-ban.docx", "to-trinh-ubnd.docx", "nghi-quyet.docx", "quyet-dinh.docx",
    ]  # fmt: skip
    sheets = openpyxl.load_workbook(book).worksheets
    live = [cell.value for row in sheets[0].iter_rows() for cell in row if f"{cell.value}".startswith("=")]
    assert sum("SUM(" in one for one in live) == 10  # the total 4, each block 3
    assert sum(re.fullmatch(r"=H(\d+)-J\1\+K\1", one) is not None for one in live) == 2  # 12=8-10+11, each line


def test_a_dossier_without_lines_prints_nothing(cast):
    made = actions.open_dossier(
        title="Trống", planned_for=date(2024, 3, 15), drafted_by=cast.body("BDT"), on=date(2024, 1, 10), by=SYSTEM
    )
    with pytest.raises(NothingToPrint, match="chưa có dòng nào"):
        composed(made)
