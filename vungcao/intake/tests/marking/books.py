"""Workbooks to mark, all invented, and ways to look into a copy."""

from __future__ import annotations

import struct
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from vungcao.kernel.refusal import Cell, Problem

AT = datetime(2026, 11, 22, 8, 30)
LIST = "Kết quả kiểm tra"
TABLE = "Biểu số 02"
MACROS = b"\xd0\xcf\x11\xe0 not a real macro " * 40


def problem(
    cell: str, sheet: str = TABLE, sentence: str = "số này không khớp", weight: str = "unusable", said: str = ""
) -> Problem:
    return Problem(Cell("bieu.xlsx", sheet, cell), "vi.du", said, sentence, weight)  # type: ignore[arg-type]  # a weight by name


def picture() -> BytesIO:
    """A picture of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    )


def written(path: Path, *, macros: bool = False, noted: bool = True) -> Path:
    """By XlsxWriter: all a workbook may hold; sheets: the table, a second one, a hidden one, a chart."""
    book = xlsxwriter.Workbook(str(path))
    number = book.add_format({"border": 1, "num_format": "#,##0", "font_name": "Times New Roman", "italic": True})
    yellow = book.add_format({"bg_color": "#FFFF00", "num_format": "0.00%", "bottom": 6})
    head = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
    table = book.add_worksheet(TABLE)
    table.merge_range("A1:F1", "BÁO CÁO GIẢI NGÂN (VÍ DỤ)", head)
    for col, words in enumerate(["TT", "Dự án", "Kế hoạch", "Giải ngân", "Còn lại", "Tỷ lệ"]):
        table.write(3, col, words, head)
    for row in range(4, 20):
        table.write_row(row, 0, [row - 3, f"Dự án ví dụ {row - 3}", 1000 * row, 500 * row], number)
        table.write_formula(row, 4, f"=C{row + 1}-D{row + 1}", number, 500 * row)
        table.write_number(row, 5, 0.5, yellow)
    table.freeze_panes(4, 2)
    table.set_column("H:H", 12, yellow)
    table.data_validation("C5:C20", {"validate": "decimal", "criteria": ">", "value": 0})
    table.conditional_format("D5:D20", {"type": "data_bar"})
    table.set_landscape()
    table.set_paper(8)
    table.repeat_rows(3)
    table.print_area("A1:F20")
    table.set_header("&CVí dụ")
    table.insert_image("H2", "dot.png", {"image_data": picture()})
    table.autofilter("A4:F20")
    if noted:
        table.write_comment("D7", "Kế toán: đã đối chiếu", {"author": "Kế toán"})
    second = book.add_worksheet("Trang 2")
    second.write_string("A1", "=1+1 là chữ")
    second.write("B2", 7)
    second.print_area("A1:B2")
    hidden = book.add_worksheet("Cũ")
    hidden.write("A1", 12)
    hidden.hide()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{TABLE}'!$C$5:$C$20"})
    second.insert_chart("D2", chart)
    book.add_chartsheet("Biểu đồ").set_chart(_other(book))
    book.define_name("tong_von", f"='{TABLE}'!$C$20")
    if macros:
        table.insert_button("H6", {"macro": "chay", "caption": "Chạy"})
        book.add_vba_project(BytesIO(MACROS), True)
    second.activate()
    book.close()
    return path


def _other(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": f"='{TABLE}'!$D$5:$D$20"})
    return chart


def by_openpyxl(path: Path) -> Path:
    """By openpyxl: comments, names on one sheet, many styles, a row and a column with a style of their own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TABLE
    for row in range(1, 40):
        for col in range(1, 8):
            cell = sheet.cell(row, col, row * col)
            cell.font = Font(name="Times New Roman", size=8 + row % 9, bold=bool(col % 2))
            cell.number_format = ["#,##0", "0.0", "General", "@"][row % 4]
            cell.border = Border(left=Side("thin"), bottom=Side("double" if row % 2 else "thin"))
    sheet["B3"].comment = Comment("Đã hỏi chủ đầu tư", "Kế toán")
    sheet["C3"].comment = Comment("Chờ biên bản", "Kế toán")
    sheet["D5"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["E39"] = "=SUM(E1:E38)"
    sheet.column_dimensions["M"].font = Font(italic=True)
    sheet.row_dimensions[50].font = Font(bold=True)
    sheet.add_data_validation(DataValidation(type="whole", sqref="B1:B9"))
    sheet.print_title_rows = "1:2"
    other = book.create_sheet("Trang 2")
    other["A1"] = "chữ"
    other.print_area = "A1:C9"
    other.defined_names["rieng"] = DefinedName("rieng", attr_text="'Trang 2'!$A$1")
    book.create_sheet("Cũ").sheet_state = "hidden"
    book.save(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before: Path, after: Path) -> set[str]:
    """Parts of the first file that are another in the second."""
    old, new = parts(before), parts(after)
    return {name for name, content in old.items() if new.get(name) != content}


def rewritten(path: Path, out: Path, change: dict[str, tuple[bytes, bytes]]) -> Path:
    """A workbook with some words of some parts replaced (each must be there)."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(path).items():
            old, new = change.get(name, (b"", b""))
            assert old in content, f"{name} does not say {old!r}"
            archive.writestr(name, content.replace(old, new) if old else content)
    return out


def values(path: Path) -> dict[str, list[list[object]]]:
    """Every value of every sheet but the list of problems."""
    book = CalamineWorkbook.from_path(path)
    found = {}
    for name in book.sheet_names:
        if not name.startswith(LIST) and name != "Biểu đồ":
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found[name] = [list(row) for row in rows if any(value != "" for value in row)]
    return found
