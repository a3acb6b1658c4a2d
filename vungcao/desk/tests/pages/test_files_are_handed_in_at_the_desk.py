"""Drop files, see what they would do, mend, hand in again, commit: every step of an officer's day at the door."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vungcao.bodies.models import Batch, Role
from vungcao.desk.tests.pages.handing_in import (
    DISTRICT,
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
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act, AuditRow, Source
from vungcao.intake import checking_files
from vungcao.intake.checking_files import handing_in, working
from vungcao.intake.importing import run
from vungcao.intake.models import CheckStep, FileCheck
from vungcao.intake.tests.papers import Paper, write
from vungcao.ledger.models import Statement

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "desk", "lan", "loaded_once"]  # fixtures
COMMUNE = Paper(
    corner=("ỦY BAN NHÂN DÂN", "XÃ BẢO LẠC"),
    right=("Biểu số 01", "Số: 61/BC-UBND (ví dụ), ngày 03/9/2025"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
    under=("(Số liệu đến ngày 31/8/2025; lũy kế từ ngày 01/01/2025)",),
)
NO_UNIT = DISTRICT.but(unit="")
ODD_NAME = DISTRICT.but(rows=(("", "TỔNG CỘNG", 30, 20, 10), ("I", "Dự án <lạ> chưa ai biết", 30, 20, 10)))


def test_files_are_rehearsed_then_committed_and_the_figures_said_before_and_after(desk, cao_bang, lan):
    check = hand_in(desk, upload(cao_bang, DISTRICT))
    assert "Chờ đọc" in said(page_of(desk, check))
    worked(check)
    words = said(page_of(desk, check))
    assert "1 bảng sẽ ghi" in words and "Giải ngân, chương trình 1719, vốn năm 2024" in words
    assert Statement.objects.count() == 0 and Source.objects.filter(name="bieu.xlsx").count() == 0
    press(desk, check, "ghi")
    worked(check)
    words = said(page_of(desk, check))
    assert (check.step, Statement.objects.count()) == (CheckStep.COMMITTED, 1)
    assert f"Đã ghi vào sổ, lần ghi số {check.result['act']}." in words
    assert Act.objects.get(verb="intake.imported").official_name == lan.name


def test_the_same_again_changes_nothing_and_says_so(desk, cao_bang):
    run([write(cao_bang / "truoc.xlsx", DISTRICT)], by=SYSTEM, commit=True)
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    words = said(page_of(desk, check))
    assert "đã có trong sổ, không đổi" in words and "Không có gì mới để ghi." in words
    assert "Ghi vào sổ:" not in words


def test_pressed_twice_it_is_written_once(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    press(desk, check, "ghi")
    again = desk.post(f"/nop-bang-tinh/{check.pk}/ghi/", follow=True)
    assert "chưa làm được việc đó" in said(tree(again))
    worked(check)
    assert working.work_once() is None
    assert Act.objects.filter(verb="intake.imported").count() == 1


def test_books_that_moved_on_are_looked_at_again_before_anything_is_written(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    run([write(cao_bang / "khac.xlsx", OTHER)], by=SYSTEM, commit=True)
    answer = desk.post(f"/nop-bang-tinh/{check.pk}/ghi/", follow=True)
    assert "sổ đã có lần ghi khác" in said(tree(answer))
    worked(check)
    assert check.step == CheckStep.REHEARSED and Statement.objects.count() == 1
    press(desk, check, "ghi")
    assert worked(check).step == CheckStep.COMMITTED


def test_a_wrong_sum_stands_at_its_cell_in_the_grid_and_in_the_marked_copy(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    page = page_of(desk, check)
    (link,) = {
        one.get("href") for one in page.xpath("//a[contains(@href, '/tep/0/BM01/')]") if "C10" in one.get("href")
    }
    grid = tree(desk.get(link))
    (cell,) = grid.xpath("//td[contains(@class, 'warns')]")
    assert "asked" in cell.get("class") and "40" in said(cell)
    copy = desk.get(f"/nop-bang-tinh/{check.pk}/danh-dau/0/")
    assert copy.status_code == 200 and b"".join(copy.streaming_content)[:2] == b"PK"


def test_handed_in_again_only_what_changed_is_shown(desk, cao_bang):
    first = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    second = worked(hand_in(desk, upload(cao_bang, DISTRICT, "bieu sua.xlsx"), replaces=str(first.pk)))
    gone = len(first.result["outcomes"][0]["problems"])
    assert gone and f"{gone} chỗ đã hết, 0 chỗ còn, 0 chỗ mới." in said(page_of(desk, second))


def test_the_unit_is_said_by_the_officer_and_kept_with_what_is_written(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, NO_UNIT)))
    page = page_of(desk, check)
    (form,) = page.xpath("//form[contains(@action, '/don-vi-tinh/')]")
    told = {
        one.get("name"): one.get("value") for one in form.xpath(".//input") if one.get("name") != "csrfmiddlewaretoken"
    }
    press(desk, check, "don-vi-tinh", **told, unit="triệu đồng")
    worked(check)
    assert "1 bảng sẽ ghi" in said(page_of(desk, check))
    press(desk, check, "ghi")
    worked(check)
    assert AuditRow.objects.filter(after__unit="triệu đồng").count() == 1
    assert Statement.objects.get().lines.filter(disbursed_dong=20_000_000).exists()


def test_what_was_said_of_another_table_since_the_page_was_drawn_stays(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, NO_UNIT)))
    drawn_before = FileCheck.objects.get(pk=check.pk)
    checking_files.say_unit(check, "bieu.xlsx", "BM01", "A8", "triệu đồng")
    worked(check)
    checking_files.say_unit(drawn_before, "bieu.xlsx", "BM02", "A8", "đồng")
    assert FileCheck.objects.get().units == {"bieu.xlsx|BM01|A8": "triệu đồng", "bieu.xlsx|BM02|A8": "đồng"}


def test_a_unit_that_is_none_is_refused_and_the_check_stays(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, NO_UNIT)))
    answer = desk.post(
        f"/nop-bang-tinh/{check.pk}/don-vi-tinh/",
        {"file": "bieu.xlsx", "sheet": "BM01", "cell": "A8", "unit": "con gà"}, follow=True,
    )  # fmt: skip
    assert "không phải đơn vị tính tiền" in said(tree(answer))
    check.refresh_from_db()
    assert check.step == CheckStep.REHEARSED


def test_a_name_is_said_once_and_the_file_is_read_again_with_it(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, ODD_NAME)))
    page = page_of(desk, check)
    (form,) = page.xpath("//form[contains(@action, '/hieu-la/')]")
    told = {one.get("name"): one.get("value") or "" for one in form.xpath(".//input[@type='hidden']")}
    told.pop("csrfmiddlewaretoken", None)
    bad = desk.post(f"/nop-bang-tinh/{check.pk}/hieu-la/", {**told, "code": ""})
    assert bad.status_code == 422 and "Ghi mã hoặc tên trong danh mục." in said(tree(bad))
    good = desk.post(f"/nop-bang-tinh/{check.pk}/hieu-la/", {**told, "code": "1719.DA1"})
    assert good.status_code == 302
    worked(check)
    assert "1 bảng sẽ ghi" in said(page_of(desk, check))


def test_an_official_of_one_commune_hands_in_for_it_alone(client, cao_bang, lan):
    client.force_login(official("xa", "UBND-01321@2025-07-01", Role.ENTRY, "01321@2025-07-01").user)
    before = Batch.objects.count()
    check = worked(hand_in(client, upload(cao_bang, OTHER)))
    words = said(page_of(client, check))
    assert "ngoài phạm vi công tác của người nộp" in words and "1 bảng không nhận" in words
    assert "Ghi vào sổ:" not in words and Batch.objects.count() == before


def test_nobody_else_sees_a_check_by_page_grid_copy_or_act(client, desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, WRONG_SUM)))
    client.force_login(official("khac", "BDT-04", Role.SPECIALIST, "04").user)
    for url in ("", "tep/0/BM01/", "danh-dau/0/"):
        assert client.get(f"/nop-bang-tinh/{check.pk}/{url}").status_code == 404
    for verb in ("ghi", "bo", "doc-lai", "don-vi-tinh", "hieu-la"):
        assert press(client, check, verb).status_code == 404
    assert str(check.pk) not in client.get("/nop-bang-tinh/").content.decode()


def test_whoever_only_reads_hands_nothing_in(client, cao_bang):
    client.force_login(official("doc", "BDT-04", Role.READER, "04").user)
    for refused in (
        client.get("/nop-bang-tinh/"),
        client.post("/nop-bang-tinh/", {"files": [upload(cao_bang, DISTRICT)], "het": "1"}),
    ):
        assert refused.status_code == 403 and "không có quyền nộp bảng tính" in said(tree(refused))
    assert FileCheck.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("anh.png", "không phải bảng tính"), ("bieu.xlsx.exe", "không phải bảng tính"), ("tep", "không phải bảng tính")],
)
def test_what_is_no_workbook_is_refused_whole_and_nothing_is_left(desk, cao_bang, settings, name, sentence):
    refused = desk.post(
        "/nop-bang-tinh/", {"files": [upload(cao_bang, DISTRICT), SimpleUploadedFile(name, b"x")], "het": "1"}
    )
    assert refused.status_code == 422 and sentence in said(tree(refused))
    assert FileCheck.objects.count() == 0 and not list((settings.HOME / "inbox").glob("*"))


def test_nothing_chosen_and_too_large_are_said(desk, cao_bang, monkeypatch):
    assert "Chưa chọn tệp nào." in said(tree(desk.post("/nop-bang-tinh/", {"het": "1"})))
    monkeypatch.setattr(handing_in, "MOST_BYTES", 1024)
    assert "lớn hơn" in said(tree(desk.post("/nop-bang-tinh/", {"files": [upload(cao_bang, DISTRICT)], "het": "1"})))


def test_of_a_folder_the_workbooks_are_taken_and_the_rest_is_left_aside(desk, cao_bang):
    folder = [upload(cao_bang, DISTRICT), SimpleUploadedFile("doc.docx", b"x"), SimpleUploadedFile("~$bieu.xlsx", b"x")]
    response = desk.post("/nop-bang-tinh/", {"folder": folder, "het": "1"})
    assert [one["name"] for one in FileCheck.objects.get(pk=response["Location"].split("/")[-2]).files] == ["bieu.xlsx"]


def test_a_folder_of_three_hundred_files_is_taken_and_of_more_is_refused_in_words(desk, cao_bang):
    """Sent as one form, as a browser does without JavaScript."""
    files = [SimpleUploadedFile(f"bieu {no}.csv", b"a;b\n1;2\n") for no in range(handing_in.MOST_FILES + 1)]
    refused = desk.post("/nop-bang-tinh/", {"folder": files, "het": "1"})
    assert refused.status_code == 422 and "nhiều nhất 300 tệp; lần này có 301" in said(tree(refused))
    assert not FileCheck.objects.exists()
    for one in files:
        one.seek(0)
    taken = desk.post("/nop-bang-tinh/", {"folder": files[1:], "het": "1"})
    assert taken.status_code == 302 and len(FileCheck.objects.get().files) == handing_in.MOST_FILES


def test_names_are_names_only_and_two_of_one_name_stay_two(desk, cao_bang):
    hostile = upload(cao_bang, DISTRICT)
    hostile.name = "bieu.xlsx"
    check = hand_in(desk, hostile, upload(cao_bang, OTHER, "BIEU.xlsx"))
    assert [one["name"] for one in check.files] == ["bieu.xlsx", "BIEU (2).xlsx"]
    assert handing_in.safe_name("..\\..\\etc/pass<wd>\x00.xlsx") == "pass_wd__.xlsx"
    assert handing_in.safe_name("../../.ssh.xlsx") == "ssh.xlsx"
    assert len(handing_in.safe_name("đ" * 400 + ".xlsx").encode()) <= 200


def test_a_secret_paper_leaves_no_byte_here(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT.but(right=("MẬT", "Số: 1/BC-UBND (ví dụ)")))))
    assert "không giữ lại" in said(page_of(desk, check))
    assert not check.paths()[0].exists() and not any(check.marked_folder.rglob("*.xlsx"))


def test_a_killed_worker_loses_nothing(desk, cao_bang):
    check = hand_in(desk, upload(cao_bang, DISTRICT))
    working._claim()  # and here the process is killed
    assert working.work_once() is None
    assert working.recover() == 1
    worked(check)
    press(desk, check, "ghi")
    working._claim()
    run(check.paths(), by=check.official, commit=True)  # it had written all, and was killed before saying so
    working.recover()
    assert worked(check).step == CheckStep.COMMITTED and Statement.objects.count() == 1


def test_a_fault_of_ours_is_said_and_the_queue_goes_on(desk, cao_bang, monkeypatch):
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("ví dụ")

    check = hand_in(desk, upload(cao_bang, DISTRICT))
    with monkeypatch.context() as patch:
        patch.setattr(working, "run", broken)
        worked(check)
    assert "chưa ghi gì vào sổ" in said(page_of(desk, check))
    press(desk, check, "doc-lai")
    assert worked(check).step == CheckStep.REHEARSED


def test_thrown_away_it_is_gone_with_its_files_and_old_ones_go_by_themselves(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    second = worked(hand_in(desk, upload(cao_bang, OTHER, "khac.xlsx"), replaces=str(check.pk)))
    press(desk, check, "bo")
    second.refresh_from_db()
    assert not check.folder.exists() and not FileCheck.objects.filter(pk=check.pk).exists()
    assert page_of(desk, second) is not None
    FileCheck.objects.update(moved_at="2020-01-01T00:00:00+07:00")
    folder = second.folder
    assert checking_files.put_away() == 1 and not folder.exists()


def test_who_has_no_post_at_the_province_is_told_changes_but_no_totals(client, cao_bang):
    client.force_login(official("xa", "UBND-01321@2025-07-01", Role.ENTRY, "01321@2025-07-01").user)
    check = worked(hand_in(client, upload(cao_bang, COMMUNE)))
    heads = [said(one) for one in page_of(client, check).xpath("//table//th[@scope='col']")]
    assert "Tăng, giảm" in heads and "Trước" not in heads and "Sau" not in heads
