"""What can't be marked in place is made anew as xlsx, and says so; what is no workbook is refused in a sentence."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungcao.intake.marking import CannotMark, mark
from vungcao.intake.tests.marking.books import AT, LIST, TABLE, parts, problem, values, written


def saved_as(source: Path, ending: str) -> Path:
    """The workbook as LibreOffice saves it."""
    home = source.parent / "lo"
    command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(source.parent / "saved"), str(source)], check=True, timeout=180)
    return source.parent / "saved" / f"{source.stem}.{ending}"


def test_csv_becomes_xlsx_with_every_cell_as_text(tmp_path: Path) -> None:
    source = tmp_path / "so lieu ví dụ [1].csv"
    source.write_text("Mã;Tên;Vốn\n001;Dự án ví dụ;=1+1\n002;;12.500\n", encoding="utf-8-sig")
    made = mark(
        source, [problem("C2", "so lieu ví dụ [1]"), problem("B3", "bất kỳ")], tmp_path / "o" / source.name, at=AT
    )
    assert made.converted and made.path.suffix == ".xlsx"
    assert "Tệp gốc là .csv" in made.note
    book = openpyxl.load_workbook(made.path)
    assert book.sheetnames == [LIST, "so lieu ví dụ _1_"]
    sheet = book.worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Mã", "Tên", "Vốn"], ["001", "Dự án ví dụ", "=1+1"], ["002", None, "12.500"]]
    assert sheet["C2"].data_type == "s"  # a text, not a formula
    assert sheet["C2"].comment and sheet["B3"].comment
    assert any(made.note in str(row[0].value) for row in book[LIST].iter_rows())


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_xls_and_ods_become_xlsx_with_the_same_values(tmp_path: Path, ending: str) -> None:
    source = saved_as(written(tmp_path / "bieu.xlsx"), ending)
    wrong = [problem("D7"), problem("A1"), problem("A1", "Cũ", "trang ẩn")]
    made = mark(source, wrong, tmp_path / "out" / source.name, at=AT)
    assert made.converted and made.path.name == "bieu.xlsx" and f"Tệp gốc là .{ending}" in made.note
    before, after = values(source), values(made.path)
    assert {name: rows for name, rows in before.items() if rows} == {name: rows for name, rows in after.items() if rows}
    book = openpyxl.load_workbook(made.path)
    sheet = book[TABLE]
    assert "A1:F1" in [str(merge) for merge in sheet.merged_cells.ranges]
    assert sheet["D7"].comment.text.endswith("Số này không khớp.")
    assert book["Cũ"].sheet_state == "hidden" and book["Cũ"]["A1"].comment
    if ending == "xls":
        assert sheet["C6"].font.name == "Times New Roman" and sheet["C6"].number_format == "#,##0"
        assert sheet["C4"].font.bold and not sheet["C6"].font.bold


@pytest.mark.office
def test_a_workbook_libreoffice_saved_is_marked_in_place(tmp_path: Path) -> None:
    source = saved_as(written(tmp_path / "bieu.xlsx"), "xlsx")
    made = mark(source, [problem("D7"), problem("J30")], tmp_path / "out.xlsx", at=AT)
    assert not made.converted and values(made.path) == values(source)
    sheet = openpyxl.load_workbook(made.path)[TABLE]
    assert sheet["D7"].comment.text.startswith("Kế toán: đã đối chiếu") and "—— Vùng Cao ——" in sheet["D7"].comment.text
    assert sheet["J30"].comment and sheet["J30"].fill.fill_type == "solid"


def test_an_xlsx_under_another_ending_is_given_back_as_xlsx(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx").rename(tmp_path / "a.xls")
    made = mark(source, [problem("C6")], tmp_path / "out" / "a.xls", at=AT)
    assert made.path.name == "a.xlsx" and not made.converted


def refusal(path: Path, out: Path) -> str:
    with pytest.raises(CannotMark) as caught:
        mark(path, [problem("A1")], out, at=AT)
    assert not out.exists()
    return str(caught.value)


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    bad = {
        "rong.xlsx": (b"", "rỗng"),
        "cat.xlsx": (written(tmp_path / "a.xlsx").read_bytes()[:3000], "hỏng"),
        "anh.xlsx": (b"\x89PNG....", "ảnh"),
        "mat.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    }
    for name, (content, word) in bad.items():
        (tmp_path / name).write_bytes(content)
        assert word in refusal(tmp_path / name, tmp_path / "out.xlsx")
    assert "Không" in refusal(tmp_path / "khong-co.xlsx", tmp_path / "out.xlsx")


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(201 * 1024 * 1024))
    assert "200 MB" in refusal(source, tmp_path / "out.xlsx")


def test_a_missing_part_is_a_sentence(tmp_path: Path) -> None:
    kept = parts(written(tmp_path / "a.xlsx"))
    del kept["[Content_Types].xml"]
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    assert "thiếu phần [Content_Types].xml" in refusal(tmp_path / "b.xlsx", tmp_path / "out.xlsx")


def test_the_officers_file_is_not_written_over(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    before = source.read_bytes()
    with pytest.raises(CannotMark):
        mark(source, [problem("C6")], source, at=AT)
    assert source.read_bytes() == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("whole") / "a.xlsx")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_random_damage_is_a_sentence_or_a_copy_never_a_traceback(whole: Path, data: st.DataObject) -> None:
    content = bytearray(whole.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    hurt = whole.with_name("hurt.xlsx")
    hurt.write_bytes(content)
    try:
        made = mark(hurt, [problem("C6"), problem("D7")], whole.with_name("out.xlsx"), at=AT)
    except CannotMark as refused:
        assert str(refused).endswith((".", ")"))
    else:
        assert made.path.exists()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_inside_the_parts_is_a_sentence_or_a_copy(whole: Path, data: st.DataObject) -> None:
    kept = parts(whole)
    name = data.draw(st.sampled_from(sorted(one for one in kept if one.endswith((".xml", ".rels", ".vml")))))
    content = bytearray(kept[name])
    start = data.draw(st.integers(0, len(content) - 1))
    content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=10))
    hurt = whole.with_name("inside.xlsx")
    with zipfile.ZipFile(hurt, "w") as archive:
        for part, inside in kept.items():
            archive.writestr(part, bytes(content) if part == name else inside)
    try:
        mark(hurt, [problem("C6"), problem("D7")], whole.with_name("out2.xlsx"), at=AT)
    except CannotMark as refused:
        assert "Tệp" in str(refused) or "Phần" in str(refused)
