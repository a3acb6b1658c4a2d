"""A marked copy opens in another program, which sees the list, the notes and every sheet."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import openpyxl
import pytest

from vungcao.intake.marking import mark
from vungcao.intake.tests.marking.books import AT, TABLE, by_openpyxl, problem, written

UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"
pytestmark = pytest.mark.office


def office(source: Path, ending: str, out: Path) -> list[Path]:
    home = source.parent / "lo"
    command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(out), str(source)], check=True, timeout=180)
    return sorted(out.iterdir())


def test_libreoffice_sees_the_list_first_and_the_notes_at_their_cells(tmp_path: Path) -> None:
    wrong = [problem("D7", sentence="luỹ kế giảm"), problem("J30", weight="notice"), problem("A1", "Cũ")]
    made = mark(written(tmp_path / "bieu.xlsm", macros=True), wrong, tmp_path / "out.xlsm", at=AT)
    saved = office(made.path, "xlsx", tmp_path / "saved")[0]
    book = openpyxl.load_workbook(saved)
    assert book.sheetnames[:3] == ["Kết quả kiểm tra", TABLE, "Trang 2"]
    notes = {cell.coordinate: cell.comment.text for row in book[TABLE].iter_rows() for cell in row if cell.comment}
    assert notes.keys() == {"D7", "J30"}
    assert "Luỹ kế giảm." in notes["D7"] and notes["D7"].startswith("Kế toán")
    assert book[TABLE]["D7"].fill.fgColor.rgb == "FFF7C4BF"
    assert book["Cũ"].sheet_state == "hidden"
    first = book.worksheets[0]
    assert {str(row[2].value) for row in first.iter_rows()} >= {"D7", "J30", "A1"}


def test_libreoffice_reads_the_list_as_csv_and_prints_all_to_pdf(tmp_path: Path) -> None:
    made = mark(by_openpyxl(tmp_path / "bieu.xlsx"), [problem("C5", sentence="sai tổng")], tmp_path / "out.xlsx", at=AT)
    listed = office(made.path, UTF8, tmp_path / "csv")[0]
    rows = list(csv.reader(listed.read_text(encoding="utf-8").splitlines()))
    assert ["1", TABLE, "C5", "Phải sửa", "Sai tổng."] in [row[:5] for row in rows]
    printed = office(made.path, "pdf", tmp_path / "pdf")[0]
    words = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "KẾT QUẢ KIỂM TRA" in words.splitlines()[0]
    assert "vungcao" not in words  # what the program keeps for itself is not printed
