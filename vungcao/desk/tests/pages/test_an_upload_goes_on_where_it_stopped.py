"""Files in pieces: what was sent before a connection broke is kept, verified, his alone, and gone after a day."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from vungcao.bodies.models import Role
from vungcao.desk.tests.pages.handing_in import (
    DISTRICT,
    OTHER,
    cao_bang,
    desk,
    lan,
    loaded_once,
    official,
    upload,
    worked,
)
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.intake import checking_files
from vungcao.intake.checking_files import handing_in, receiving
from vungcao.intake.models import CheckStep, FileCheck, ResumableUpload
from vungcao.intake.tests.papers import write

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "desk", "lan", "loaded_once"]  # fixtures
ONCE = "6f0c2f4e-0000-4000-8000-000000000001"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def begun(client: Client, content: bytes, name: str = "bieu.xlsx", **but: object):
    about = {"name": name, "size": len(content), "sha256": sha(content), **but}
    return client.post("/nop-bang-tinh/gui/", about)


def sent(client: Client, key: str, at: int, piece: bytes, said_sha: str | None = None):
    headers = {"Upload-Offset": f"{at}", "Upload-Checksum": f"sha256 {said_sha or sha(piece)}"}
    return client.patch(f"/nop-bang-tinh/gui/{key}/", piece, "application/offset+octet-stream", headers=headers)


def whole(client: Client, content: bytes, name: str = "bieu.xlsx") -> str:
    key = begun(client, content, name).json()["id"]
    assert sent(client, key, 0, content).json()["received"] == len(content)
    return key


@pytest.fixture
def content(cao_bang: Path) -> bytes:
    return write(cao_bang / "bieu.xlsx", DISTRICT).read_bytes()


def test_after_a_break_it_goes_on_from_the_byte_that_came_last_and_is_read_as_any_other(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content[:1000])
    again = begun(desk, content).json()  # the page was loaded anew, the same file chosen
    assert again == {"id": key, "received": 1000}
    assert desk.get(f"/nop-bang-tinh/gui/{key}/").json()["received"] == 1000
    sent(desk, key, 1000, content[1000:])
    check = FileCheck.objects.get(pk=desk.post("/nop-bang-tinh/", {"upload": key})["Location"].split("/")[-2])
    assert check.files == [{"name": "bieu.xlsx", "sha256": sha(content), "size": len(content)}]
    assert worked(check).step == CheckStep.REHEARSED
    assert not ResumableUpload.objects.exists() and not list(receiving._folder().glob("*"))


def test_an_answer_that_was_lost_is_no_piece_twice(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content[:1000])
    twice = sent(desk, key, 0, content[:1000])
    assert (twice.status_code, twice.json()["received"]) == (409, 1000)
    assert ResumableUpload.objects.get().path.read_bytes() == content[:1000]


def test_a_piece_damaged_on_its_way_is_not_taken(desk, content):
    key = begun(desk, content).json()["id"]
    broken = sent(desk, key, 0, content[:999] + b"?", sha(content[:1000]))
    assert broken.status_code == 422 and "bị hỏng trên đường" in broken.json()["said"]
    assert broken.json()["received"] == 0


def test_bytes_left_by_a_killed_process_are_written_over(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content[:1000])
    with ResumableUpload.objects.get().path.open("ab") as file:
        file.write(b"killed before the row was written")
    sent(desk, key, 1000, content[1000:])
    assert ResumableUpload.objects.get().path.read_bytes() == content


def test_a_whole_that_is_not_what_was_said_at_the_start_is_refused(desk, content):
    key = begun(desk, content, sha256="0" * 64).json()["id"]
    sent(desk, key, 0, content)
    refused = desk.post("/nop-bang-tinh/", {"upload": key})
    assert refused.status_code == 422 and "không đúng như đã gửi" in said(tree(refused))
    assert not FileCheck.objects.exists()


def test_half_a_file_is_not_handed_in(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content[:1000])
    refused = desk.post("/nop-bang-tinh/", {"upload": key})
    assert refused.status_code == 422 and "gửi nốt rồi nộp" in said(tree(refused))


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"name": "anh.png"}, "không phải bảng tính"),
        ({"name": "../../etc/passwd"}, "không phải bảng tính"),
        ({"size": 10**9}, "lớn hơn 64 MB"),
        ({"size": 10**15, "sha256": ""}, "lớn hơn 64 MB"),
        ({"size": "-5"}, "không đọc được"),
        ({"size": "nhiều"}, "không đọc được"),
        ({"sha256": "../x"}, "không đọc được"),
    ],
)
def test_hostile_names_sizes_and_hashes_are_refused_in_words_and_leave_nothing(desk, content, but, sentence):
    refused = begun(desk, content, **but)
    assert refused.status_code == 422 and sentence in refused.json()["said"]
    assert not ResumableUpload.objects.exists()


def test_more_than_was_said_does_not_come_in(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content)
    longer = sent(desk, key, len(content), b"x")
    assert longer.status_code == 422 and "dài hơn tệp đã báo" in longer.json()["said"]
    assert ResumableUpload.objects.get().path.stat().st_size == len(content)
    assert sent(desk, key, 10**12, b"x").status_code == 409


def test_a_name_with_a_path_in_it_is_a_name_only(desk, content, settings):
    key = whole(desk, content, "..\\..\\C:/a/../bi<e>u.xlsx")
    check = FileCheck.objects.get(pk=desk.post("/nop-bang-tinh/", {"upload": key})["Location"].split("/")[-2])
    assert check.files[0]["name"] == "bi_e_u.xlsx" and check.paths()[0].parent == check.folder


def test_one_official_has_only_so_much_on_its_way(desk, content, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_OPEN_BYTES", len(content) + 10)
    assert begun(desk, content).status_code == 201
    refused = begun(desk, content + b"x")
    assert refused.status_code == 422 and "quá nhiều tệp gửi dở" in refused.json()["said"]


def test_nobody_elses_upload_is_there(desk, client, content):
    key = whole(desk, content)
    client.force_login(official("khac", "BDT-04", Role.SPECIALIST, "04").user)
    assert client.get(f"/nop-bang-tinh/gui/{key}/").status_code == 404
    assert sent(client, key, len(content), b"x").status_code == 404
    assert "không còn" in said(tree(client.post("/nop-bang-tinh/", {"upload": key})))
    client.force_login(official("doc", "BDT-04", Role.READER, "04").user)
    assert begun(client, content).status_code == 403


def test_what_nobody_sends_on_is_gone_after_a_day_and_not_before(desk, content):
    key = begun(desk, content).json()["id"]
    sent(desk, key, 0, content[:1000])
    path = ResumableUpload.objects.get().path
    assert checking_files.clear() == 0 and path.exists()
    ResumableUpload.objects.update(moved_at=timezone.now() - timedelta(days=1, minutes=1))
    assert checking_files.clear() == 1 and not path.exists() and not ResumableUpload.objects.exists()


def test_bytes_that_another_worker_removes_meanwhile_do_not_stop_the_one_that_clears(db, monkeypatch):
    aside = receiving._folder() / f"{uuid4()}"
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(b"named by no row")
    glob = Path.glob

    def glob_late(folder, pattern):
        monkeypatch.undo()
        found = list(glob(folder, pattern))
        aside.unlink()
        return found

    monkeypatch.setattr(Path, "glob", glob_late)
    assert checking_files.clear() == 0 and not aside.exists()


# the plain form --------------------------------------------------------------------------------------------------
def test_a_form_whose_end_did_not_come_is_told_so_and_nothing_is_taken(desk, cao_bang):
    broken = desk.post("/nop-bang-tinh/", {"files": [upload(cao_bang, DISTRICT)]})
    assert broken.status_code == 422 and "Đường truyền đứt khi đang gửi tệp" in said(tree(broken))
    assert not FileCheck.objects.exists()


def test_bytes_cut_off_in_the_middle_of_a_file_are_no_check(desk, content):
    """A multipart body that ends within the file, as a proxy passes on what it got."""
    edge = b"--vungcao\r\n"
    body = (
        edge + b'Content-Disposition: form-data; name="files"; filename="bieu.xlsx"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content[: len(content) // 2]
    )
    broken = desk.generic("POST", "/nop-bang-tinh/", body, "multipart/form-data; boundary=vungcao")
    assert broken.status_code == 422 and "Chọn lại tệp rồi gửi lại" in said(tree(broken))
    assert not FileCheck.objects.exists()


def test_the_form_says_its_end_last(desk):
    (form,) = tree(desk.get("/nop-bang-tinh/")).xpath("//form[@data-pieces]")
    names = [one.get("name") for one in form.xpath(".//input")]
    assert names[-1] == "het" and names.index("once") < names.index("files")


# sent twice ------------------------------------------------------------------------------------------------------
def test_the_same_form_with_the_same_files_sent_twice_is_one_check(desk, content):
    def send():
        told = {"files": [SimpleUploadedFile("bieu.xlsx", content)], "once": ONCE, "het": "1"}
        return desk.post("/nop-bang-tinh/", told)["Location"]

    assert send() == send() and FileCheck.objects.count() == 1
    folders = [one for one in FileCheck.objects.get().folder.parent.iterdir() if one.is_dir()]
    assert [one.name for one in folders] == [f"{FileCheck.objects.get().pk}"]


def test_pieces_handed_in_twice_are_one_check(desk, content):
    key = whole(desk, content)
    first, second = (desk.post("/nop-bang-tinh/", {"upload": key, "once": ONCE})["Location"] for _ in range(2))
    assert first == second and FileCheck.objects.count() == 1


def test_pieces_that_another_worker_takes_while_they_are_handed_in_are_one_check(desk, content, monkeypatch):
    told, others, refuse = {"upload": whole(desk, content), "once": ONCE}, [], handing_in._refuse

    def refuse_late(*about):
        monkeypatch.undo()
        others.append(desk.post("/nop-bang-tinh/", told)["Location"])
        refuse(*about)

    monkeypatch.setattr(handing_in, "_refuse", refuse_late)
    assert [desk.post("/nop-bang-tinh/", told)["Location"]] == others
    assert FileCheck.objects.count() == 1 and not any(receiving._folder().iterdir())
    assert [one.name for one in FileCheck.objects.get().folder.parent.iterdir() if one.is_dir()] == [
        f"{FileCheck.objects.get().pk}"
    ]


def test_back_on_the_page_with_other_files_it_is_another_check(desk, cao_bang):
    for paper in (DISTRICT, OTHER):
        told = {"files": [upload(cao_bang, paper)], "once": ONCE, "het": "1"}
        assert desk.post("/nop-bang-tinh/", told).status_code == 302
    assert FileCheck.objects.count() == 2


def test_the_most_a_file_may_have_is_one_number(desk):
    (form,) = tree(desk.get("/nop-bang-tinh/")).xpath("//form[@data-pieces]")
    assert form.get("data-most") == f"{handing_in.MOST_BYTES}"
