"""Files that are no workbooks, or that mean harm, end in a sentence on the page: refused, nothing kept."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vungcao.desk.tests.pages.handing_in import (
    DISTRICT,
    cao_bang,
    desk,
    hand_in,
    lan,
    loaded_once,
    page_of,
    upload,
    worked,
)
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.intake.models import CheckStep

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "desk", "lan", "loaded_once"]  # fixtures
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def repacked(book: bytes, **more: bytes) -> bytes:
    """The workbook with parts put in or in place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        put = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
        for name in old.namelist():
            if name not in put:
                new.writestr(name, old.read(name))
        for name, content in put.items():
            new.writestr(name, content)
    return made.getvalue()


def found(desk, content: bytes, name: str = "bieu.xlsx"):
    check = worked(hand_in(desk, SimpleUploadedFile(name, content)))
    return check, said(page_of(desk, check))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.xlsx", b"", "rỗng (0 byte)"),
        ("khoa.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "Tệp"),
        ("nen.xlsx", zipped(a=b"x"), "là tệp nén, không phải bảng tính"),
        ("trang.xls", b"<html><table><tr><td>1</td></tr></table></html>", "trang web hoặc XML đổi đuôi"),
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "không phải"),
        ("so.csv", b"\xff\xfe\0\0\x81" * 50, "Tệp"),
    ],
)
def test_what_is_not_what_it_is_called_is_told_and_not_taken(desk, cao_bang, name, content, sentence):
    check, words = found(desk, content, name)
    assert check.step == CheckStep.REHEARSED, check.said
    assert "1 bảng không nhận" in words and sentence in words and "Ghi vào sổ:" not in words


def test_a_zip_that_grows_without_end_is_not_unpacked(desk, cao_bang):
    book = upload(cao_bang, DISTRICT).read()
    bomb = repacked(book, xl__worksheets__sheet1_dot_xml=b"<worksheet>" + b" " * (210 << 20) + b"</worksheet>")
    assert len(bomb) < 2 << 20
    _check, words = found(desk, bomb)
    assert "1 bảng không nhận" in words and "200 MB" in words


def test_entities_in_its_xml_are_not_followed(desk, cao_bang):
    book = upload(cao_bang, DISTRICT).read()
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
    _check, words = found(desk, repacked(book, xl__worksheets__sheet1_dot_xml=evil))
    assert "1 bảng không nhận" in words and "root:" not in words


def test_a_workbook_with_macros_is_read_as_cells_and_its_macros_are_never_run(desk, cao_bang):
    book = upload(cao_bang, DISTRICT).read()
    check, words = found(desk, repacked(book, xl__vbaProject_dot_bin=OLE + b"Attribute VB_Name"), "bieu.xlsm")
    assert "1 bảng sẽ ghi" in words and check.step == CheckStep.REHEARSED


def test_one_bad_file_does_not_hold_up_the_good_ones_beside_it(desk, cao_bang):
    check = worked(hand_in(desk, SimpleUploadedFile("rong.xlsx", b""), upload(cao_bang, DISTRICT, "tot.xlsx")))
    words = said(page_of(desk, check))
    assert "1 bảng không nhận" in words and "1 bảng sẽ ghi" in words


def test_forged_ids_are_nobodys(desk, cao_bang):
    forged = "6f0c2f4e-0000-4000-8000-00000000dead"
    for url in ("", "tep/0/BM01/", "danh-dau/0/"):
        assert desk.get(f"/nop-bang-tinh/{forged}/{url}").status_code == 404
    for verb in ("ghi", "bo", "doc-lai", "don-vi-tinh", "hieu-la", "giai-trinh", "khong-co"):
        assert desk.post(f"/nop-bang-tinh/{forged}/{verb}/").status_code == 404
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    for url in ("tep/9/BM01/", "tep/0/khong-co/", "tep/0/..%2F..%2Fetc/", "danh-dau/9/", "danh-dau/0/"):
        assert desk.get(f"/nop-bang-tinh/{check.pk}/{url}").status_code == 404, url


def test_the_back_button_after_a_commit_writes_nothing_more(desk, cao_bang):
    check = worked(hand_in(desk, upload(cao_bang, DISTRICT)))
    desk.post(f"/nop-bang-tinh/{check.pk}/ghi/")
    worked(check)
    act = check.result["act"]
    for verb in ("ghi", "doc-lai"):
        answer = desk.post(f"/nop-bang-tinh/{check.pk}/{verb}/", follow=True)
        assert "chưa làm được việc đó" in said(tree(answer))
    check.refresh_from_db()
    assert (check.step, check.result["act"]) == (CheckStep.COMMITTED, act)
    assert desk.get(f"/nop-bang-tinh/{check.pk}/")["Cache-Control"] == "no-store"
