"""csv with a quote left open, under another program's name, all on one line: a right reading or a clear sentence."""

from __future__ import annotations

import time

import pytest

from vungcao.intake.reading import CannotRead, read_workbook

ROWS = "STT,Nội dung,Kế hoạch\n1,Xã A,100\n2,Xã B,200\n"


def test_a_quote_that_never_closes_swallows_no_row(tmp_path):
    path = tmp_path / "vi-du.csv"
    path.write_text('STT,Nội dung,Kế hoạch\n1,"Xã A,100\n2,Xã B,200\n3,"Xã ""C"", cũ",300\n4,"Xã D\ndòng hai",400\n')
    (sheet,) = read_workbook(path).sheets
    (table,) = sheet.tables
    assert [row.label for row in table.rows] == ['"Xã A', "Xã B", 'Xã "C", cũ', "Xã D dòng hai"]
    assert [str(row.values["C"].value) for row in table.rows] == ["100", "200", "300", "400"]
    assert [(one.code, one.cell) for one in sheet.warnings if one.code == "csv.open_quote"] == [
        ("csv.open_quote", "B2")
    ]


@pytest.mark.parametrize("name", ["vi-du.xlsx", "vi-du.xls", "vi-du.ods", "vi-du"])
def test_a_csv_under_a_workbooks_name_is_read_and_said(tmp_path, name):
    path = tmp_path / name
    path.write_text(ROWS)
    (sheet,) = read_workbook(path).sheets
    assert [row.label for row in sheet.tables[0].rows] == ["Xã A", "Xã B"]
    assert "file.wrong_extension" in {one.code for one in sheet.warnings}


@pytest.mark.parametrize(
    "content", ["Chỉ là văn bản, thôi", "Kính gửi: Sở Ví dụ, Ban Ví dụ\nhết", "\x01\x02,\x03\n,,\n,,\n"]
)
def test_prose_under_a_workbooks_name_is_no_table(tmp_path, content):
    path = tmp_path / "vi-du.xlsx"
    path.write_text(content)
    with pytest.raises(CannotRead) as refused:
        read_workbook(path)
    assert refused.value.code == "not_a_workbook"


def test_ten_megabytes_on_one_line_end_soon(tmp_path):
    path = tmp_path / "vi-du.csv"
    path.write_text("STT,Nội dung," + "1234567," * 1_250_000)
    began = time.process_time()
    (sheet,) = read_workbook(path).sheets
    assert time.process_time() - began < 6
    assert "sheet.too_wide" in {one.code for one in sheet.warnings}


def test_a_field_longer_than_a_million_letters_gets_a_sentence(tmp_path):
    path = tmp_path / "vi-du.csv"
    path.write_text(ROWS + "3," + "x" * 2_000_000 + ",1\n")
    with pytest.raises(CannotRead, match="Dòng 4 của tệp CSV có ô dài quá"):
        read_workbook(path)
