"""Each problem is said at its cell, in words and colour, and in the list."""

from __future__ import annotations

import zipfile
from copy import copy
from pathlib import Path

import openpyxl
import pytest

from vungcao.intake.marking import mark
from vungcao.intake.tests.marking.books import AT, LIST, TABLE, by_openpyxl, parts, problem, rewritten, written
from vungcao.kernel.refusal import Cell, Problem

RED, AMBER, BLUE = "FFF7C4BF", "FFFBDD9A", "FFC5DDF4"


def rows_of(path: Path) -> list[tuple[object, ...]]:
    """The lines of the list: TT, sheet, cell, weight, sentence, said."""
    sheet = openpyxl.load_workbook(path)[LIST]
    rows = [tuple(cell.value or None for cell in row[:6]) for row in sheet.iter_rows()]
    return rows[rows.index(("TT", "Trang tính", "Ô", "Mức", "Nội dung", "Đã nói")) + 1 :]


def test_a_problem_is_a_note_and_a_colour_at_its_cell(tmp_path: Path) -> None:
    made = mark(
        written(tmp_path / "a.xlsx"), [problem("C6", sentence="kế hoạch chưa có")], tmp_path / "out.xlsx", at=AT
    )
    cell = openpyxl.load_workbook(made.path)[TABLE]["C6"]
    assert cell.comment.text == "—— Vùng Cao ——\nPhải sửa: Kế hoạch chưa có."
    assert cell.fill.fgColor.rgb == RED


@pytest.mark.parametrize(
    ("weight", "colour", "words"),
    [("unusable", RED, "Phải sửa"), ("contradicting", AMBER, "Cần giải trình"), ("notice", BLUE, "Lưu ý")],
)
def test_colour_is_never_the_only_sign(tmp_path: Path, weight: str, colour: str, words: str) -> None:
    made = mark(written(tmp_path / "a.xlsx"), [problem("C6", weight=weight)], tmp_path / "out.xlsx", at=AT)
    cell = openpyxl.load_workbook(made.path)[TABLE]["C6"]
    assert cell.fill.fgColor.rgb == colour
    assert cell.comment.text.splitlines()[1].startswith(f"{words}: ")
    assert rows_of(made.path)[0][3] == words


def test_the_rest_of_the_style_is_kept(tmp_path: Path) -> None:
    source = by_openpyxl(tmp_path / "a.xlsx")
    cells = ["A1", "B3", "D5", "G39", "C8"]
    made = mark(source, [problem(cell) for cell in cells], tmp_path / "out.xlsx", at=AT)
    before, after = (openpyxl.load_workbook(one)[TABLE] for one in (source, made.path))
    for cell in cells:
        assert after[cell].fill.fgColor.rgb == RED
        for look in ("number_format", "font", "border", "alignment", "protection"):
            assert copy(getattr(after[cell], look)) == copy(getattr(before[cell], look))
    assert after["B4"].style_id == before["B4"].style_id and copy(after["B4"].fill) == copy(before["B4"].fill)


def test_an_empty_cell_takes_the_style_of_its_row_or_column(tmp_path: Path) -> None:
    source = by_openpyxl(tmp_path / "a.xlsx")
    made = mark(source, [problem("K50"), problem("M7"), problem("Z90")], tmp_path / "out.xlsx", at=AT)
    sheet = openpyxl.load_workbook(made.path)[TABLE]
    assert sheet["K50"].font.bold and sheet["M7"].font.italic
    assert not sheet["Z90"].font.bold and not sheet["Z90"].font.italic
    assert {sheet[cell].fill.fgColor.rgb for cell in ("K50", "M7", "Z90")} == {RED}


def test_two_problems_at_one_cell_are_both_said_and_the_worse_one_colours(tmp_path: Path) -> None:
    wrong = [problem("C6", sentence="hơi lạ", weight="notice"), problem("C6", sentence="sai hẳn")]
    made = mark(written(tmp_path / "a.xlsx"), wrong, tmp_path / "out.xlsx", at=AT)
    cell = openpyxl.load_workbook(made.path)[TABLE]["C6"]
    assert cell.comment.text == "—— Vùng Cao ——\nPhải sửa: Sai hẳn.\nLưu ý: Hơi lạ."
    assert cell.fill.fgColor.rgb == RED


def test_an_officers_note_at_the_same_cell_is_kept_and_added_to(tmp_path: Path) -> None:
    for source, cell, words in [
        (written(tmp_path / "a.xlsx"), "D7", "Kế toán: đã đối chiếu"),
        (by_openpyxl(tmp_path / "b.xlsx"), "B3", "Đã hỏi chủ đầu tư"),
    ]:
        made = mark(source, [problem(cell, sentence="luỹ kế giảm")], tmp_path / "out.xlsx", at=AT)
        note = openpyxl.load_workbook(made.path)[TABLE][cell].comment
        assert note.text.startswith(words)
        assert note.text.endswith("Phải sửa: Luỹ kế giảm.")
        assert note.author == "Kế toán"


def test_the_box_of_an_officers_note_grows_with_what_is_added(tmp_path: Path) -> None:
    source = written(tmp_path / "a.xlsx")
    made = mark(source, [problem("D7", sentence="luỹ kế giảm " * 20)], tmp_path / "out.xlsx", at=AT)

    def bottom(path: Path) -> int:
        anchor = parts(path)["xl/drawings/vmlDrawing1.vml"].split(b"<x:Anchor>")[1].split(b"<")[0]
        return int(anchor.split(b",")[6])

    assert bottom(made.path) >= bottom(source) + 4


def test_a_conversation_is_left_as_it_is_and_that_is_said(tmp_path: Path) -> None:
    plain = written(tmp_path / "a.xlsx")
    author = (b"<author>K\xe1\xba\xbf to\xc3\xa1n</author>", b"<author>tc={0A}</author>")
    source = rewritten(plain, tmp_path / "b.xlsx", {"xl/comments1.xml": author})
    made = mark(source, [problem("D7")], tmp_path / "out.xlsx", at=AT)
    sheet = openpyxl.load_workbook(made.path)[TABLE]
    assert sheet["D7"].comment.text == "Kế toán: đã đối chiếu"
    assert sheet["D7"].fill.fgColor.rgb == RED
    assert "ô D7 đã có chuỗi trao đổi" in made.note
    assert any(made.note in str(row[0].value) for row in openpyxl.load_workbook(made.path)[LIST].iter_rows())


def test_a_problem_inside_a_merged_range_shows_at_its_first_cell(tmp_path: Path) -> None:
    made = mark(written(tmp_path / "a.xlsx"), [problem("D1")], tmp_path / "out.xlsx", at=AT)
    sheet = openpyxl.load_workbook(made.path)[TABLE]
    assert sheet["A1"].comment and sheet["A1"].fill.fgColor.rgb == RED
    assert rows_of(made.path)[0][2] == "D1"


def test_the_list_says_each_problem_worst_first_with_links(tmp_path: Path) -> None:
    wrong = [
        problem("D9", weight="notice", sentence="lưu ý này"),
        problem("C12", sentence="phải sửa này", said="11.000"),
        problem("A1", "Cũ", "trang ẩn này", "contradicting"),
        Problem(Cell("bieu.xlsx"), "vi.du", "", "thiếu ngày chốt"),
    ]
    made = mark(written(tmp_path / "a.xlsx"), wrong, tmp_path / "out.xlsx", at=AT)
    assert rows_of(made.path) == [
        (1, None, "–", "Phải sửa", "Thiếu ngày chốt.", None),
        (2, TABLE, "C12", "Phải sửa", "Phải sửa này.", "11.000"),
        (3, "Cũ (trang ẩn)", "A1", "Cần giải trình", "Trang ẩn này.", None),
        (4, TABLE, "D9", "Lưu ý", "Lưu ý này.", None),
    ]
    sheet = openpyxl.load_workbook(made.path)[LIST]
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"C12": f"'{TABLE}'!C12", "D9": f"'{TABLE}'!D9"}  # nobody can go to a hidden sheet
    words = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert "Tệp “a.xlsx”, kiểm tra lúc 08:30 ngày 22/11/2026." in words
    assert "4 điều cần xem: 2 phải sửa, 1 cần giải trình, 1 lưu ý." in words


def test_what_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    said = "=cmd|'/c calc'!A1"
    wrong = [problem("C6", said=said, sentence="@SUM(1) +2 -3")]
    made = mark(written(tmp_path / "a.xlsx"), wrong, tmp_path / "out.xlsx", at=AT)
    listed = next(name for name in parts(made.path) if name == "xl/worksheets/sheet4.xml")
    assert b"<f" not in parts(made.path)[listed].replace(b"<family", b"")
    assert rows_of(made.path)[0][4:] == ("@SUM(1) +2 -3.", said)


def test_letters_xml_forbids_and_excels_escapes_do_no_harm(tmp_path: Path) -> None:
    wrong = [problem("C6", said="a\x00b\x1fc _x000D_ <&>", sentence="chữ \x08 lạ")]
    made = mark(written(tmp_path / "a.xlsx"), wrong, tmp_path / "out.xlsx", at=AT)
    assert rows_of(made.path)[0][5] in ("a b c _x000D_ <&>", "a b c _x005F_x000D_ <&>")


def test_a_name_with_an_apostrophe_is_linked_rightly(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "H'Mông"
    book.save(tmp_path / "a.xlsx")
    made = mark(tmp_path / "a.xlsx", [problem("B2", "H'Mông")], tmp_path / "out.xlsx", at=AT)
    sheet = openpyxl.load_workbook(made.path)[LIST]
    assert [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink] == ["'H''Mông'!B2"]


def test_a_sheet_named_in_another_unicode_form_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Biê\u0309u 1"  # decomposed, as a Mac writes it
    book.save(tmp_path / "a.xlsx")
    made = mark(tmp_path / "a.xlsx", [problem("B2", "Biểu 1")], tmp_path / "out.xlsx", at=AT)
    assert openpyxl.load_workbook(made.path).worksheets[1]["B2"].comment


def test_a_problem_of_an_unknown_sheet_or_place_is_listed_only(tmp_path: Path) -> None:
    wrong = [problem("B2", "Không có"), problem("cột C"), problem("ZZZZ9")]
    made = mark(written(tmp_path / "a.xlsx", noted=False), wrong, tmp_path / "out.xlsx", at=AT)
    assert [row[1:3] for row in rows_of(made.path)] == [("Không có", "B2"), (TABLE, "cột C"), (TABLE, "ZZZZ9")]
    assert not any(name.startswith("xl/comments") for name in parts(made.path))


def test_a_workbook_without_problems_says_so(tmp_path: Path) -> None:
    made = mark(written(tmp_path / "a.xlsx"), [], tmp_path / "out.xlsx", at=AT)
    words = [row[0].value for row in openpyxl.load_workbook(made.path)[LIST].iter_rows()]
    assert "Không có điều gì cần xem." in words


def test_the_same_problem_twice_is_said_once(tmp_path: Path) -> None:
    made = mark(written(tmp_path / "a.xlsx"), [problem("C6"), problem("C6")], tmp_path / "out.xlsx", at=AT)
    assert len(rows_of(made.path)) == 1


def test_a_workbook_with_thousands_of_styles_keeps_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = TABLE
    for row in range(1, 3001):
        sheet.cell(row, 1, row).number_format = f'0" {row}"'
    book.save(tmp_path / "a.xlsx")
    made = mark(tmp_path / "a.xlsx", [problem("A2999"), problem("A3000")], tmp_path / "out.xlsx", at=AT)
    after = openpyxl.load_workbook(made.path)[TABLE]
    assert [after.cell(row, 1).number_format for row in (1, 2999, 3000)] == ['0" 1"', '0" 2999"', '0" 3000"']
    assert [after.cell(row, 1).fill.fill_type for row in (2998, 2999, 3000)] == [None, "solid", "solid"]


def test_a_workbook_without_a_stylesheet_gets_one(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    bare = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Biểu số 02" sheetId="4" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row><c><v>5</v></c></row></sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        for name, content in bare.items():
            archive.writestr(name, content)
    made = mark(tmp_path / "b.xlsx", [problem("A1"), problem("B1")], tmp_path / "out.xlsx", at=AT)
    after = openpyxl.load_workbook(made.path)[TABLE]
    assert after["A1"].value == 5
    assert after["A1"].fill.fgColor.rgb == after["B1"].fill.fgColor.rgb == RED
