"""A unit's proposal workbook (practice §4.4) into a dossier: rehearsed, written once, each line with its cell."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act, Source
from vungcao.intake import dossier_lines
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, DA5, write
from vungcao.intake.tests.test_assignments_of_every_layout import MILLION
from vungcao.intake.tests.test_money_that_is_held_moves_on import changed
from vungcao.kernel.refusal import Refusal
from vungcao.ledger import actions
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import DossierKind, DossierLine, ProposedCell, Voucher

pytestmark = pytest.mark.django_db
DAY = date(2024, 10, 15)
ASKED = ASSIGNED.but(
    corner=("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC"),
    title="ĐỀ NGHỊ ĐIỀU CHỈNH KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Kèm theo Công văn số 12/UBND-TCKH (ví dụ) ngày 01/10/2024)",),
    heads=(
        ("STT",), ("Dự án/nội dung",), ("Đơn vị",), ("Loại vốn",), ("Năm nguồn",), ("KH đã giao",),
        ("Điều chỉnh giảm",), ("Điều chỉnh tăng",), ("KH sau điều chỉnh",), ("Lý do",), ("Chỉ tiêu bị ảnh hưởng",),
        ("Văn bản đề nghị của đơn vị",),
    ),
    rows=(
        ("A", "GIẢM", "", "", "", "", "", "", "", "", "", ""),
        ("1", DA1, "UBND huyện Bảo Lạc", "ĐT", 2024, 60, 30, "", 30, "hết đối tượng", "giảm 20 hộ",
         "12/UBND 01/10/2024"),
        ("B", "TĂNG", "", "", "", "", "", "", "", "", "", ""),
        ("1", DA5, "UBND huyện Bảo Lạc", "ĐT", 2024, 40, "", 20, 60, "còn nhu cầu", "", ""),
        ("2", DA5, "UBND huyện Hà Quảng", "ĐT", 2024, 30, "", 10, 40, "còn nhu cầu", "", ""),
    ),
)  # fmt: skip


@pytest.fixture
def dossier(bring):
    """The money of the year given out, and an open dossier of the Board."""
    bring(ASSIGNED, ALLOCATED, BY_UNIT)
    return actions.open_dossier(
        title="Điều chỉnh ví dụ", planned_for=DAY, drafted_by=body("BDT-04"), on=date(2024, 10, 2), by=SYSTEM
    )


@pytest.fixture
def propose(dossier, cao_bang):
    def proposing(paper, *, commit=True, name="de nghi.xlsx", **more):
        return dossier_lines.run(dossier, write(cao_bang / name, paper), by=SYSTEM, commit=commit, **more)

    return proposing


def said(dossier):
    return [
        (one.side, one.component.code, one.body.key, one.source.code, one.dong // MILLION)
        for one in standing.lines(dossier)
    ]


LINES = [
    ("down", "1719.DA1", "UBND-04.043", "dau_tu:NSTW", 30),
    ("up", "1719.DA5", "UBND-04.043", "dau_tu:NSTW", 20),
    ("up", "1719.DA5", "UBND-04.045", "dau_tu:NSTW", 10),
]


def test_a_rehearsal_shows_the_lines_and_leaves_nothing(dossier, propose):
    acts, papers = Act.objects.count(), Source.objects.count()
    found = propose(ASKED, commit=False)
    assert not found.problems and [one.state for one in found.lines] == ["new"] * 3
    assert not standing.lines(dossier) and (Act.objects.count(), Source.objects.count()) == (acts, papers)


def test_a_commit_writes_lines_that_remember_file_and_cell(dossier, propose):
    found = propose(ASKED)
    assert found.committed and said(dossier) == LINES
    down, *_ = standing.lines(dossier)
    assert (down.reason, down.targets, down.proposed_by.key) == ("hết đối tượng", "giảm 20 hộ", "UBND-04.043")
    assert [(one.paper, one.paper_dated) for one in standing.lines(dossier)] == [
        ("12/UBND", date(2024, 10, 1)), *[("12/UBND-TCKH", date(2024, 10, 1))] * 2
    ]  # fmt: skip
    cells = ProposedCell.objects.select_related("batch__source").order_by("line")
    assert [one.cell for one in cells] == ["G10", "H12", "H13"]
    assert {(one.batch.source.name, one.batch.body.key, one.batch.kind) for one in cells} == {
        ("de nghi.xlsx", "UBND-04.043", "dossier_lines")
    }
    assert all(one.batch.source.sha256 for one in cells) and not Voucher.objects.filter(kind="adjustment")


def test_the_same_rows_again_change_nothing_whatever_the_file(dossier, propose):
    propose(ASKED)
    acts, rows = Act.objects.count(), DossierLine.objects.count()
    again = propose(ASKED, name="ban khac.xlsx")
    assert not again.committed and {one.state for one in again.lines} == {"same"}
    assert (Act.objects.count(), DossierLine.objects.count()) == (acts, rows)


def test_a_row_that_says_something_else_replaces_the_line_of_its_unit_and_account(dossier, propose):
    propose(ASKED)
    found = propose(changed(changed(ASKED, 1, 6, 25), 1, 8, 35))
    assert [one.state for one in found.lines] == ["replaces", "same", "same"]
    assert said(dossier) == [("down", "1719.DA1", "UBND-04.043", "dau_tu:NSTW", 25), *LINES[1:]]
    assert dossier.lines.count() == 4, "the line that was replaced stays in sight"


BAD = {
    "unit_unknown": (changed(ASKED, 1, 2, "Đơn vị không có thật"), "body.unknown", "C10", "Đơn vị không có thật"),
    "component_unknown": (changed(ASKED, 3, 1, "Dự án 77: không có"), "component.", "B12", "77"),
    "no_kind_of_capital": (changed(ASKED, 1, 3, ""), "source.kind_missing", "G10", "Loại vốn"),
    "two_years": (changed(ASKED, 1, 4, "2023, 2024"), "origin.several", "E10", "tách mỗi năm nguồn"),
    "money_not_held": (changed(ASKED, 1, 4, 2023), "account.none", "G10", "không giữ vốn này"),
    "negative": (changed(ASKED, 1, 6, -30), "amount.negative", "G10", "đều ghi số dương"),
    "other_block": (changed(changed(ASKED, 1, 6, ""), 1, 7, 30), "block.other", "H10", "khối A. GIẢM"),
    "no_reason": (changed(ASKED, 3, 9, ""), "reason.missing", "J12", "phải ghi lý do"),
    "no_such_day": (changed(ASKED, 1, 11, "12/UBND 31/02/2024"), "paper.unreal_day", "L10", "lịch không có ngày này"),
    "no_unit_of_measure": (ASKED.but(unit=""), "unit.missing", "A8", "đơn vị tính"),
    "no_column": (ASKED.but(heads=(*ASKED.heads[:6], ("Khác",), *ASKED.heads[7:])), "table.no_profile", "A8",
                  "Điều chỉnh giảm"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_one_unusable_row_keeps_the_whole_file_out_with_a_sentence_at_its_cell(dossier, propose, fault):
    paper, code, cell, words = BAD[fault]
    found = propose(paper)
    assert not found.committed and not dossier.lines.exists() and not Source.objects.filter(name="de nghi.xlsx")
    one = next(one for one in found.problems if one.code.startswith(code))
    assert (one.where.cell, one.weight) == (cell, "unusable") and words in one.sentence


def test_what_the_dossier_refuses_of_a_line_is_told_at_its_cell(propose):
    found = propose(changed(ASKED, 3, 4, 2025))
    (one,) = found.problems
    assert (one.code, one.where.cell) == ("dossier.years", "H12") and "Năm nguồn 2025" in one.sentence
    assert not found.committed and not DossierLine.objects.exists()


def test_a_line_beyond_the_reach_of_who_hands_it_in_keeps_the_file_out(dossier, propose):
    mine = body("UBND-04.043").pk
    found = propose(ASKED, sees=lambda place, holder: holder == mine)
    (one,) = found.problems
    assert (one.code, one.where.cell) == ("body.out_of_reach", "H13") and not dossier.lines.exists()


def test_a_commit_that_would_do_something_else_than_was_shown_does_nothing(dossier, propose):
    shown = propose(ASKED, commit=False)
    propose(changed(changed(ASKED, 1, 6, 25), 1, 8, 35), name="chen ngang.xlsx")
    late = propose(ASKED, seen=shown.digest)
    assert not late.committed and ("down", "1719.DA1", "UBND-04.043", "dau_tu:NSTW", 25) in said(dossier)


def test_a_submitted_dossier_takes_no_more_lines(dossier, propose):
    propose(ASKED)
    actions.submit(dossier, on=DAY, by=SYSTEM)
    with pytest.raises(Refusal, match="đã trình"):
        propose(changed(changed(ASKED, 1, 6, 25), 1, 8, 35))


def test_a_dossier_of_another_kind_takes_no_blocks(dossier, cao_bang):
    other = actions.open_dossier(
        title="Chuyển nguồn ví dụ", planned_for=DAY, drafted_by=body("BDT-04"), on=date(2024, 10, 2), by=SYSTEM,
        kind=DossierKind.CARRY_OVER,
    )  # fmt: skip
    with pytest.raises(Refusal, match="chuyển nguồn, kéo dài"):
        dossier_lines.run(other, write(cao_bang / "de nghi.xlsx", ASKED), by=SYSTEM, commit=True)


def test_a_common_import_takes_a_proposal_for_no_decision(bring):
    (outcome,) = bring(ASSIGNED, ALLOCATED, BY_UNIT, ASKED).outcomes
    assert outcome.state == "draft" and not Voucher.objects.filter(kind="adjustment")
    (one,) = [one for one in outcome.problems if one.weight == "unusable"]
    assert one.code == "proposal.no_dossier" and "vungcao dossier lines" in one.sentence
