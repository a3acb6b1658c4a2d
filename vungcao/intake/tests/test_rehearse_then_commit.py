"""A rehearsal says what a commit would do and leaves nothing; a commit does it; the same again changes nothing."""

from __future__ import annotations

import shutil
from datetime import date

import openpyxl
import pytest

from vungcao.bodies.models import Batch, BatchState
from vungcao.bodies.queries import batch_state
from vungcao.evidence.actions import SYSTEM, file_folder
from vungcao.evidence.models import Act, Source
from vungcao.intake import importing, taking_statements
from vungcao.intake.importing import NothingToRead, run, workbooks
from vungcao.intake.profile import UnknownProfile
from vungcao.intake.taking import FileChanged
from vungcao.intake.tests import papers
from vungcao.intake.tests.papers import ALLOCATED, ASSIGNED, BY_UNIT, DA1, STATEMENT
from vungcao.kernel.refusal import Refusal
from vungcao.ledger import spending
from vungcao.ledger.models import Statement, Voucher

pytestmark = pytest.mark.django_db
DRAFT = STATEMENT.but(unit="")


@pytest.fixture
def folder(cao_bang):
    """A folder with all kinds of papers, one of them a draft, and a file that is no workbook."""
    for name, paper in {"1 TTg": ASSIGNED, "2 HDND": ALLOCATED, "3 UBND": BY_UNIT, "4 H. Bao Lac": STATEMENT}.items():
        papers.write(cao_bang / f"{name}.xlsx", paper)
    papers.write(cao_bang / "con" / "khong don vi tinh.xlsx", DRAFT)
    (cao_bang / "doc.txt").write_text("không phải bảng tính", "utf-8")
    (cao_bang / "~$4 H. Bao Lac.xlsx").write_bytes(b"lock")
    return cao_bang


def in_short(result):
    return [(one.file, one.state, one.is_new, one.dong) for one in result.outcomes]


def test_a_rehearsal_leaves_no_row_no_file_and_no_figure_behind(folder, counted):
    before, covers = counted(), dict(spending._covers)
    result = run([folder], by=SYSTEM, commit=False)
    assert (result.committed, result.act) == (False, None)
    assert [one.state for one in result.outcomes].count("received") == 4
    assert counted() == before
    assert spending._covers == covers


def test_a_rehearsal_says_what_the_commit_then_does(folder):
    said, done = run([folder], by=SYSTEM, commit=False), run([folder], by=SYSTEM, commit=True)
    assert in_short(said) == in_short(done)
    assert said.effects == done.effects
    assert [str(one) for one in said.problems] == [str(one) for one in done.problems]
    assert done.act and (Voucher.objects.count(), Statement.objects.count()) == (3, 1)
    kept = {path.stem for path in file_folder().iterdir()}
    assert kept == set(Source.objects.exclude(sha256="").values_list("sha256", flat=True))
    assert len(kept) == 5


def test_effects_are_figures_before_and_after(folder):
    run([folder / "4 H. Bao Lac.xlsx"], by=SYSTEM, commit=True)
    later = STATEMENT.but(under=("(Số liệu đến ngày 30/6/2024)",), rows=(("I", DA1, 50, 40, 10),))
    papers.write(folder / "5 H. Bao Lac.xlsx", later)
    effects = {(one.figure, one.on): one for one in run([folder], by=SYSTEM, commit=False).effects}
    spent = effects["disbursed", date(2024, 6, 30)]
    assert (spent.programme, spent.year, spent.before_dong, spent.after_dong) == (
        "1719",
        "2024",
        30_000_000,
        50_000_000,
    )
    given = effects["assigned", date(2023, 12, 10)]
    assert (given.before_dong, given.after_dong) == (0, 300_000_000)
    assert len(effects) == 2  # what passes between bodies of the province changes no sum, what is held changes nothing


def test_the_same_folder_again_writes_no_act_and_no_row(folder, counted):
    run([folder], by=SYSTEM, commit=True)
    before = counted()
    again = run([folder], by=SYSTEM, commit=True)
    assert again.act is None and not again.effects
    assert {one.state for one in again.outcomes} == {"held", "draft"}
    assert not any(one.is_new for one in again.outcomes)
    assert counted() == before


def test_the_same_rows_in_a_renamed_and_resaved_file_change_nothing(folder, counted):
    run([folder], by=SYSTEM, commit=True)
    before = counted()
    for path in sorted(folder.rglob("[!~]*.xlsx")):
        book = openpyxl.load_workbook(path)
        book.properties.title = "lưu lại"
        book.save(folder / f"ban sao cua {path.name}")
        path.unlink()
    assert run([folder], by=SYSTEM, commit=True).act is None
    assert counted() == before


def test_a_copy_beside_the_file_counts_once(folder):
    shutil.copy(folder / "4 H. Bao Lac.xlsx", folder / "4 H. Bao Lac (2).xlsx")
    states = {one.file: one.state for one in run([folder], by=SYSTEM, commit=True).outcomes}
    assert sorted([states["4 H. Bao Lac.xlsx"], states["4 H. Bao Lac (2).xlsx"]]) == ["held", "received"]
    assert Statement.objects.count() == 1


def test_what_is_no_workbook_is_named_as_left_aside(folder):
    assert run([folder], by=SYSTEM, commit=False).left_aside == ["doc.txt"]


def test_a_draft_that_becomes_usable_goes_on_in_its_own_batch(bring, cao_bang):
    """The unit paper comes before the council's: unknown whose level of money it gives; then the same file again."""
    late = papers.write(cao_bang / "theo don vi.xlsx", BY_UNIT)
    first = bring(late).outcomes[0]
    assert first.state == "draft"
    batch = Batch.objects.get(kind="giao_von_theo_don_vi")
    assert batch_state(batch.pk) == BatchState.DRAFT
    assert bring(ASSIGNED, ALLOCATED, late).outcomes[0].state == "received"
    assert Voucher.objects.get(number="03/QĐ-UBND").batch == batch
    assert batch_state(batch.pk) == BatchState.RECEIVED


def test_one_bad_file_does_not_keep_the_others_out(folder):
    (folder / "hong.xlsx").write_bytes(b"khong phai")
    states = [one.state for one in run([folder], by=SYSTEM, commit=True).outcomes]
    assert sorted(states) == ["draft", "received", "received", "received", "received", "refused"]


def test_a_missing_path_an_empty_folder_and_an_unknown_profile_are_refused(cao_bang, counted):
    before = counted()
    with pytest.raises(NothingToRead, match="Không thấy tệp hoặc thư mục"):
        run([cao_bang / "khong co"], by=SYSTEM, commit=True)
    cao_bang.mkdir()
    (cao_bang / "doc.txt").write_text("x")
    with pytest.raises(NothingToRead, match="Không có bảng tính nào"):
        run([cao_bang], by=SYSTEM, commit=True)
    with pytest.raises(UnknownProfile, match="giai_ngan_theo_du_an"):
        run([papers.write(cao_bang / "a.xlsx", STATEMENT)], by=SYSTEM, commit=True, profile="khong_co")
    assert counted() == before


def test_lock_files_of_excel_are_not_read(folder):
    found, aside = workbooks([folder])
    assert not [path for path in (*found, *aside) if path.name.startswith("~$")]


@pytest.mark.parametrize("vanishes", [False, True])
def test_a_file_saved_over_while_it_is_read_stops_the_run(folder, counted, monkeypatch, vanishes):
    """Facts and the kept file must be the same bytes."""
    before, read = counted(), importing.read_workbook

    def read_and_save_over(path):
        reading = read(path)
        if path.name.startswith("3"):
            path.unlink() if vanishes else papers.write(path, BY_UNIT.but(title="khác"))
        return reading

    monkeypatch.setattr(importing, "read_workbook", read_and_save_over)
    with pytest.raises(FileChanged, match="chưa ghi gì"):
        run([folder], by=SYSTEM, commit=True)
    assert {name: rows for name, rows in counted().items() if name != "kept files"} == {
        name: rows for name, rows in before.items() if name != "kept files"
    }


def test_what_the_ledger_refuses_after_all_is_a_problem_of_its_own_table(folder, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refusal("Sổ không nhận.")

    monkeypatch.setattr(taking_statements.ledger, "record_statement", refuse)
    outcomes = {one.file: one for one in run([folder], by=SYSTEM, commit=True).outcomes}
    assert outcomes["4 H. Bao Lac.xlsx"].state == "draft"
    assert "Sổ không nhận." in [one.sentence for one in outcomes["4 H. Bao Lac.xlsx"].problems]
    assert Voucher.objects.count() == 3


def test_the_act_names_only_files_that_may_be_named(folder):
    secret = papers.write(folder / "ten mat.xlsx", STATEMENT.but(right=("MẬT",)))
    run([folder], by=SYSTEM, commit=True)
    reason = Act.objects.get(verb="intake.imported").reason
    assert "4 H. Bao Lac.xlsx" in reason and secret.name not in reason
