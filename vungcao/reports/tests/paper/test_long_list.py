"""A long list as a workbook: every row, types kept, nothing taken for a formula, nothing cut in silence."""

from __future__ import annotations

import csv
import subprocess
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from vungcao.reports.paper import long_list
from vungcao.reports.paper.long_list import Column, ListTooLong, write_list

COLUMNS = (Column("Đơn vị"), Column("Số tiền", "number"), Column("Tỷ lệ", "percent"), Column("Ngày", "date"))


def written(rows: Any) -> tuple[int, BytesIO]:
    held = BytesIO()
    count = write_list(held, COLUMNS, rows, "Danh sách (ví dụ)")
    held.seek(0)
    return count, held


def test_rows_come_back_as_they_went_by_two_readers() -> None:
    rows = [(f"Xã Ẩm Ướt {n % 7} <&>", n * 10**9, Decimal("72.9"), date(2024, 2, 29)) for n in range(2_501)]
    count, held = written(iter(rows))
    assert count == 2_501
    back = CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python()
    assert len(back) == 2_502 and back[0] == [column.head for column in COLUMNS]
    assert back[2_501] == ["Xã Ẩm Ướt 1 <&>", 2_500 * 10**9, 72.9, date(2024, 2, 29)]
    sheet = openpyxl.load_workbook(held)["Danh sách (ví dụ)"]
    assert sheet.max_row == 2_502 and sheet["B3"].value == 10**9 and "#,##0" in sheet["B3"].number_format
    assert sheet["D2"].value == datetime(2024, 2, 29) and sheet.freeze_panes == "B2"


ROWS = [
    (f"Xã Ẩm Ướt {n}" if n % 3 else None, n * 10**9 if n % 4 else None, Decimal(n) / 10, date(2024, 1, 1 + n % 28))
    for n in range(1_205)
]


def written_plainly(rows: Any) -> BytesIO:
    """The same list cell by cell, by XlsxWriter alone."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách (ví dụ)")
    forms = [book.add_format({"num_format": one}) for one in ("@", "[$-42A]#,##0", "[$-42A]0.0", "dd/mm/yyyy")]
    sheet.write_row(0, 0, [column.head for column in COLUMNS])
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write = sheet.write_datetime if isinstance(value, date) else sheet.write
            write(at, column, value, forms[column])
    book.close()
    return held


def cells(book: BytesIO) -> list[list[tuple[Any, ...]]]:
    sheet = openpyxl.load_workbook(book).active
    return [[(one.coordinate, one.value, one.number_format, one.data_type) for one in row] for row in sheet][1:]


def test_every_cell_is_the_one_that_a_plain_writer_writes() -> None:
    ours, plain = written(ROWS)[1], written_plainly(ROWS)
    assert len(cells(ours)) == len(ROWS) and cells(ours) == cells(plain)
    ours.seek(0), plain.seek(0)
    by_calamine = [CalamineWorkbook.from_filelike(one).get_sheet_by_index(0).to_python() for one in (ours, plain)]
    assert by_calamine[0] == by_calamine[1]


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_shows_every_cell_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "danh-sach.xlsx").write_bytes(written(ROWS)[1].getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "danh-sach.xlsx")], check=True, timeout=120)
    with (tmp_path / "danh-sach.csv").open(encoding="utf-8") as file:
        head, *shown = csv.reader(file, delimiter=";")
    assert head == [column.head for column in COLUMNS] and len(shown) == len(ROWS)
    assert shown[5] == ["Xã Ẩm Ướt 5", "5.000.000.000", "0,5", "06/01/2024"]
    assert shown[0] == ["", "", "0,0", "01/01/2024"]


def test_what_nobody_gave_is_an_empty_cell_and_text_is_never_a_formula() -> None:
    _, held = written([("=1+1", None, None, None), (" mã 007\x07", 0, Decimal("0.0"), None)])
    sheet = openpyxl.load_workbook(held).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1+1", "s", None)
    assert (sheet["A3"].value, sheet["B3"].value) == (" mã 007", 0)


@pytest.mark.parametrize(
    "row",
    [
        ("a", "chữ", None, None), ("a", float("nan"), None, None), (5, 1, None, None), ("a", 1, None),
        ("a", True, None, None),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_or_a_short_row_is_refused(row: Any) -> None:
    with pytest.raises(ValueError, match=r"row|hold"):
        written([row])


def test_a_list_longer_than_a_sheet_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "MOST_ROWS", 10)
    with pytest.raises(ListTooLong, match="10 dòng"):
        written([("a", 1, None, None)] * 11)
    assert written([("a", 1, None, None)] * 10)[0] == 10


def test_the_same_list_reads_the_same_twice() -> None:
    rows = [("a", 1, Decimal("1.5"), date(2024, 1, 1))]
    with_sheets = [openpyxl.load_workbook(written(rows)[1]).active for _ in range(2)]
    first, second = ([[cell.value for cell in row] for row in sheet] for sheet in with_sheets)
    assert first == second
