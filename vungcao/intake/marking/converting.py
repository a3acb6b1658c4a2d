"""xls, ods and csv as xlsx: what was read of them, with the forms that can be carried over. Formulas become results."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlrd
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import XlsxWriterException

from vungcao.intake.marking.package import CannotMark
from vungcao.intake.reading import CannotRead
from vungcao.intake.reading.grid import Grid, Merge, clean
from vungcao.intake.reading.opening import open_grids

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_format_properties": {"font_name": "Times New Roman", "font_size": 12},
}
_WIDEST: Final = 45
_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\]")
_DAYS: Final = {dt.datetime: "dd/mm/yyyy hh:mm", dt.date: "dd/mm/yyyy", dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}
_ACROSS: Final = {1: "left", 2: "center", 3: "right", 4: "fill", 5: "justify", 6: "center_across", 7: "distributed"}
_DOWN: Final = {0: "top", 1: "vcenter", 2: "bottom", 3: "vjustify"}


@dataclass(frozen=True)
class Converted:
    """An xlsx of what was read; ``names`` leads from a sheet's own name to the one Excel allows."""

    content: bytes
    names: dict[str, str]
    note: str
    is_text: bool


def converted(path: Path) -> Converted:
    """The workbook at ``path`` as xlsx; raises ``CannotMark`` for what is no workbook."""
    try:
        grids = open_grids(path)[1]
    except CannotRead as error:
        raise CannotMark(error.said) from None
    with path.open("rb") as stream:
        is_xls = stream.read(4) == b"\xd0\xcf\x11\xe0"
        stream.seek(0)
        is_ods = stream.read(2) == b"PK"
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    names = _names([grid.name for grid in grids])
    fill = _from_xls(book, path) if is_xls else _from_ods(book, path) if is_ods else _from_text(book)
    try:
        for index, grid in enumerate(grids):
            sheet = book.add_worksheet(names[grid.name])
            _merge(sheet, grid.merges)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            fill(sheet, index, grid)
            _hide(sheet, grid)
        if grids and grids[0].hidden:
            first = next((index for index, grid in enumerate(grids) if not grid.hidden), 0)
            book.worksheets()[first].activate()
            book.worksheets()[first].set_first_sheet()
        book.close()
    except XlsxWriterException as error:
        raise CannotMark(f"Không lập được bản .xlsx từ tệp “{path.name}” ({type(error).__name__}).") from error
    kept = "số liệu và chữ" if not (is_xls or is_ods) else "số liệu, ô gộp, trang và dòng ẩn"
    kept += ", định dạng ô, độ rộng cột" if is_xls else ""
    ending = ".xls" if is_xls else ".ods" if is_ods else ".csv"
    note = (
        f"Tệp gốc là {ending}, không ghi dấu vào được: đây là bản .xlsx lập lại từ những gì đọc được ({kept}); "
        "công thức chỉ còn kết quả. Tệp gốc không thay đổi."
    )
    return Converted(target.getvalue(), names, note, not (is_xls or is_ods))


def _names(said: list[str]) -> dict[str, str]:
    """Names as Excel allows them: 31 letters, seven signs left out, no two alike."""
    names: dict[str, str] = {}
    for number, name in enumerate(said, start=1):
        allowed = _ILLEGAL.sub("_", name).strip("'")[:31] or f"Trang {number}"
        taken = {one.casefold() for one in names.values()}
        if allowed.casefold() in taken or allowed.casefold() == "history":
            allowed = f"{allowed[:26]} ({number})"
        names[name] = allowed
    return names


def _merge(sheet: Any, merges: list[Merge]) -> None:
    taken: set[tuple[int, int]] = set()
    for merge in merges:
        cells = {(row, col) for row in range(merge.top, min(merge.bottom, merge.top + 999) + 1)
                 for col in range(merge.left, merge.right + 1)}  # fmt: skip
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")


def _hide(sheet: Any, grid: Grid) -> None:
    for row in grid.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for col in grid.hidden_cols:
        sheet.set_column(col - 1, col - 1, None, None, {"hidden": True})
    if grid.hidden:
        sheet.hide()


def _widen(sheet: Any, grid: Grid) -> None:
    """Columns as wide as what stands in one cell of them needs, within reason."""
    widths: dict[int, int] = {}
    for (row, col), cell in grid.cells.items():
        if grid.merge_at(row, col) is None and len(cell.said) <= _WIDEST * 2:
            widths[col] = max(widths.get(col, 0), len(cell.said))
    for col, width in widths.items():
        sheet.set_column(col - 1, col - 1, min(max(width + 2, 9), _WIDEST))


Fill = Callable[[Any, int, Grid], None]


def _from_text(book: Any) -> Fill:
    text = book.add_format({"num_format": "@", "font_name": "Times New Roman", "font_size": 12})

    def fill(sheet: Any, index: int, grid: Grid) -> None:
        for (row, col), cell in grid.cells.items():
            sheet.write_string(row - 1, col - 1, cell.said, text)
        _widen(sheet, grid)

    return fill


def _from_ods(book: Any, path: Path) -> Fill:
    source = CalamineWorkbook.from_path(path)
    forms = {kind: book.add_format({"num_format": said}) for kind, said in _DAYS.items()}

    def fill(sheet: Any, index: int, grid: Grid) -> None:
        name = next((one for one in source.sheet_names if clean(one) == grid.name), None)
        rows = source.get_sheet_by_name(name).to_python(skip_empty_area=False) if name is not None else []
        for row, values in enumerate(rows):
            for col, value in enumerate(values):
                if value != "":
                    _write(sheet, row, col, value, forms.get(type(value)))
        _widen(sheet, grid)

    return fill


def _from_xls(book: Any, path: Path) -> Fill:
    source = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    forms: dict[int, Any] = {}

    def form(number: int) -> Any:
        if number not in forms:
            forms[number] = book.add_format(_look(source, number))
        return forms[number]

    def fill(sheet: Any, index: int, grid: Grid) -> None:
        there = source.sheet_by_index(index)
        for col, about in there.colinfo_map.items():
            if col < 256:
                sheet.set_column(col, col, about.width / 256)
        for row, about in there.rowinfo_map.items():
            sheet.set_row(row, about.height / 20)
        for row in range(there.nrows):
            for col in range(there.row_len(row)):
                cell = there.cell(row, col)
                if cell.ctype != xlrd.XL_CELL_EMPTY:
                    _write(sheet, row, col, _value(source, cell), form(cell.xf_index))

    return fill


def _value(book: Any, cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#REF!")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE and book.datemode:
        return cell.value + 1462  # days from 1904 as days from 1900
    return cell.value


def _look(book: Any, number: int) -> dict[str, Any]:
    """The form of an xls cell in XlsxWriter's words: number format, font, place, borders, colour."""
    style = book.xf_list[number]
    font = book.font_list[style.font_index]
    look: dict[str, Any] = {
        "num_format": book.format_map[style.format_key].format_str,
        "font_name": font.name,
        "font_size": font.height / 20,
        "bold": font.weight >= 600,
        "italic": bool(font.italic),
        "underline": int(bool(font.underlined)),
        "text_wrap": bool(style.alignment.text_wrapped),
        "valign": _DOWN.get(style.alignment.vert_align, "bottom"),
        "indent": style.alignment.indent_level,
        "left": style.border.left_line_style,
        "right": style.border.right_line_style,
        "top": style.border.top_line_style,
        "bottom": style.border.bottom_line_style,
    }
    if style.alignment.hor_align in _ACROSS:
        look["align"] = _ACROSS[style.alignment.hor_align]
    ground = book.colour_map.get(style.background.pattern_colour_index)
    if style.background.fill_pattern == 1 and ground:
        look["bg_color"] = "#{:02X}{:02X}{:02X}".format(*ground)
    ink = book.colour_map.get(font.colour_index)
    if ink:
        look["font_color"] = "#{:02X}{:02X}{:02X}".format(*ink)
    return look


def _write(sheet: Any, row: int, col: int, value: Any, form: Any) -> None:
    if value == "":
        sheet.write_blank(row, col, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, col, value, form)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, col, value, form)
    elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
        sheet.write_datetime(row, col, value, form)
    else:
        sheet.write_string(row, col, str(value)[:32_767], form)
