"""Every file that is no workbook gets a sentence in Vietnamese, never a traceback."""

import random
import struct
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from vungcao.intake.reading import CannotRead, read_workbook
from vungcao.intake.reading import opening as opening_of_files
from vungcao.intake.tests.reading import layouts
from vungcao.intake.tests.reading.layouts import Page, read, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path):
    with pytest.raises(CannotRead) as caught:
        read_workbook(path)
    assert caught.value.said.endswith((".", ")"))
    assert path.name in caught.value.said or "Tệp" in caught.value.said
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rong.xlsx", b"", "empty_file"),
        ("thu.xlsx", b"%PDF-1.7 abc", "not_a_workbook"),
        ("thu.xls", b"\xff\xd8\xff\xe0", "not_a_workbook"),
        ("thu.xls", b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
        ("thu.xlsx", b"just some words", "not_a_workbook"),
        ("thu.doc", b"\x00\x01\x02", "not_a_workbook"),
        ("hong.xlsx", b"PK\x03\x04" + b"junk" * 50, "broken"),
        ("mat-khau.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("hong.xls", OLE + b"\0" * 2000, "broken"),
        ("nhi-phan.csv", b"a\0b\xff\xfe\0", "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_gets_a_sentence(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == code


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path):
    assert refused(tmp_path / "khong-co.xlsx") == "not_found"
    assert refused(tmp_path) == "not_a_file"


def test_a_word_file_named_xlsx_is_known_for_what_it_is(tmp_path):
    path = tmp_path / "bao-cao.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(path) == "not_a_workbook"


def test_a_workbook_under_a_wrong_name_is_read(tmp_path):
    path = write(tmp_path / "bieu.xls", layouts.plan_by_unit())
    assert len(read_workbook(path).sheets[0].tables) == 1


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for _ in range(201):
                stream.write(b"0" * 1024 * 1024)
    assert path.stat().st_size < 1024 * 1024
    assert refused(path) == "zip_bomb"


def test_xml_entities_are_not_followed(tmp_path):
    path = write(tmp_path / "thuc-the.xlsx", layouts.plan_by_unit())
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("SECRET", encoding="utf-8")
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/sharedStrings.xml":
                head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
                part = part.replace(b"<sst", head + b"<sst", 1).replace(b"STT", b"&e;", 1)
            new.writestr(name, part)
    try:
        said = str(read_workbook(evil).as_json())
    except CannotRead as refusal:
        said = refusal.said
    assert "SECRET" not in said


@pytest.mark.parametrize("rows", [[], [["Kính gửi: ông Ví Dụ"], ["Nội dung không có bảng nào."]]])
def test_a_workbook_without_a_table_gets_a_sentence(tmp_path, rows):
    path = write(tmp_path / "khong-bang.xlsx", Page(rows))
    assert refused(path) in ("nothing_in_it", "no_table")


def test_a_chart_sheet_is_passed_over(tmp_path):
    path = tmp_path / "bieu-do.xlsx"
    book = openpyxl.load_workbook(write(path, layouts.plan_by_unit()))
    book.create_chartsheet("Biểu đồ")
    book.save(path)
    assert [sheet.name for sheet in read_workbook(path).sheets] == ["BM01"]


def test_a_thousand_sheets_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening_of_files, "MOST_SHEETS", 2)
    pages = [layouts.plan_by_unit() for _ in range(3)]
    for index, page in enumerate(pages):
        page.name = f"BM{index}"
    assert refused(write(tmp_path / "nhieu.xlsx", *pages)) == "too_many_sheets"


def test_corrupted_bytes_give_a_sentence_or_a_reading(tmp_path):
    whole = write(tmp_path / "lanh.xlsx", layouts.disbursement()).read_bytes()
    chance = random.Random(135)
    path = tmp_path / "hong.xlsx"
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        path.write_bytes(bytes(content) or b"x")
        try:
            assert read_workbook(path).as_json()["sheets"]
        except CannotRead as refusal:
            assert refusal.said


def test_a_sheet_without_a_table_beside_one_with_a_table_is_said(tmp_path):
    reading = read(tmp_path / "hai.xlsx", layouts.plan_by_unit(), Page([["Ghi chép (ví dụ)"]], name="Nháp"))
    assert [w.code for w in reading.sheets[1].warnings] == ["sheet.no_table"]


def rewritten(path, part, change):
    """A workbook with one part of its archive changed."""
    whole = write(path.with_name("nguon.xlsx"), layouts.plan_by_component())
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return path


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_part_that_declares_entities_is_refused(tmp_path, part):
    path = rewritten(tmp_path / "cuoi.xlsx", part, lambda xml: xml.replace(b"?>", b"?>" + LAUGHS, 1))
    assert refused(path) == "xml_entity"


def test_a_row_with_a_number_no_sheet_has_is_refused_at_once(tmp_path):
    path = rewritten(
        tmp_path / "dong.xlsx", "xl/worksheets/sheet1.xml", lambda x: x.replace(b'<row r="12"', b'<row r="99999999999"')
    )
    assert refused(path) == "broken"


def test_a_file_of_pictures_or_of_charts_only_is_told_so(tmp_path):
    picture = rewritten(
        tmp_path / "anh.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml[: xml.index(b"<sheetData>")] + b'<sheetData/><drawing r:id="rId1"/></worksheet>',
    )
    assert refused(picture) == "only_pictures"
    chart = rewritten(
        tmp_path / "bieu-do.xlsx",
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(b'/worksheet"', b'/chartsheet"'),
    )
    assert refused(chart) == "only_charts"


def test_an_archive_without_its_directory_is_refused(tmp_path):
    path = tmp_path / "dut.xlsx"
    whole = write(tmp_path / "nguon.xlsx", layouts.plan_by_component()).read_bytes()
    path.write_bytes(whole[: whole.rindex(b"PK\x05\x06")])
    assert refused(path) == "broken"


def test_a_wrong_extension_is_read_and_said(tmp_path):
    path = tmp_path / "bieu.csv"
    path.write_bytes(write(tmp_path / "nguon.xlsx", layouts.plan_by_component()).read_bytes())
    assert "file.wrong_extension" in {warned.code for warned in read_workbook(path).sheets[0].warnings}


def test_more_sheets_than_an_office_has_are_refused_before_any_is_read(tmp_path):
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 1001))
    path = rewritten(
        tmp_path / "nghin.xlsx", "xl/workbook.xml", lambda xml: xml.replace(b"</sheets>", sheets + b"</sheets>")
    )
    assert refused(path) == "too_many_sheets"


def test_a_file_over_two_hundred_megabytes_is_not_read_at_all(tmp_path):
    path = tmp_path / "rat-lon.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(200 * 1024 * 1024 + 1)  # a hole: it takes no room on the disk
    assert refused(path) == "too_large"


def test_a_part_with_a_password_of_the_archive_is_told_so(tmp_path):
    path = tmp_path / "khoa.xlsx"
    content = bytearray(write(tmp_path / "nguon.xlsx", layouts.plan_by_component()).read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag of encryption in the directory
    path.write_bytes(bytes(content))
    assert refused(path) == "password"


@pytest.mark.parametrize(("part", "code"), [("xl/workbook.bin", "xlsb"), ("anh.png", "not_a_workbook")])
def test_a_binary_workbook_and_a_plain_archive_are_told_apart(tmp_path, part, code):
    path = tmp_path / "la.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"x")
    assert refused(path) == code


XLS = Path(__file__).parents[1] / "workbooks" / "reading" / "kept" / "luu_bang_libreoffice_xls.xls"


def test_an_xls_whose_parts_run_in_a_ring_is_refused_and_not_followed(tmp_path):
    content = bytearray(XLS.read_bytes())
    (table,) = struct.unpack_from("<i", content, 76)
    (directory,) = struct.unpack_from("<i", content, 48)
    struct.pack_into("<i", content, 512 + table * 512 + directory * 4, directory)  # it follows itself
    path = tmp_path / "vong.xls"
    path.write_bytes(bytes(content))
    assert refused(path) == "broken"


def test_damaged_xls_bytes_give_a_sentence_or_a_reading_soon(tmp_path):
    whole, chance, path = XLS.read_bytes(), random.Random(498), tmp_path / "hong.xls"
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content))
        began = time.process_time()  # ours, not what else the machine does
        try:
            assert read_workbook(path).sheets
        except CannotRead as refusal:
            assert refusal.said
        assert time.process_time() - began < 10


def with_written(tmp_path, written):
    """The value read where a workbook's XML holds ``written`` as the number of a cell."""
    whole, odd = tmp_path / "vi-du.xlsx", tmp_path / "la.xlsx"
    write(whole, Page([["STT", "Nội dung", "Kế hoạch vốn"], [1, "Ví dụ A", 77001], [2, "Ví dụ B", 5]]))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v>77001</v>", f"<v>{written}</v>".encode()))
    reading = read_workbook(odd)
    assert "".join(reading.json_pieces())
    return reading.sheets[0].tables[0].row(2).values["C"]


@pytest.mark.parametrize("written", ["1E400", "-1e999", "NaN", "²"])
def test_what_no_spreadsheet_can_hold_as_a_number_is_a_text(tmp_path, written):
    value = with_written(tmp_path, written)
    assert (value.said, value.kind, value.value) == (written, "text", None)


def test_a_number_of_five_thousand_digits_keeps_them_all(tmp_path):
    assert with_written(tmp_path, "9" * 5_000).value == Decimal("9" * 5_000)


def test_columns_after_the_two_thousandth_are_passed_over_soon_and_said(tmp_path):
    path = tmp_path / "rong.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Rộng")
    for row, first in enumerate((["STT", "Xã"], [1, "Một"], [2, "Hai"])):
        sheet.write_row(row, 0, [*first, *([f"Cột {col}" for col in range(16_000)] if not row else range(16_000))])
    book.close()
    started = time.process_time()
    (read,) = read_workbook(path).sheets
    assert time.process_time() - started < 20
    assert (read.tables[0].range, [warned.code for warned in read.warnings]) == ("A1:BXX3", ["sheet.too_wide"])
