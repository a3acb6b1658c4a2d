"""The old xls: xlrd tells values, formats, merged and hidden parts; formulas are decompiled beside it."""

from __future__ import annotations

import io
from datetime import datetime

import xlrd
from xlrd.xldate import XLDateError

from vungcao.intake.reading.compound import has_ring
from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.fonts import decoded, legacy_of
from vungcao.intake.reading.grid import DayCell, ErrorCell, Grid, Merge, TextCell, clean, exact, number_cell
from vungcao.intake.reading.xlsformulas import formulas_of


def read_xls(name: str, content: bytes) -> list[Grid]:
    """A grid for each sheet, with the formulas that can be said in plain words."""
    if has_ring(content):
        raise CannotRead("broken", f"Tệp “{name}” bị hỏng (các phần nối vòng), không đọc được: đề nghị gửi lại.")
    quiet = io.StringIO()  # xlrd's remarks, which no officer needs
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=quiet, on_demand=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise CannotRead("password", f"Tệp “{name}” có mật khẩu: bỏ mật khẩu rồi gửi lại.") from None
        raise CannotRead("not_a_workbook", f"“{name}” không phải tệp bảng tính đọc được.") from None
    return [_grid(book, book.sheet_by_index(number), formulas_of(book, number)) for number in range(book.nsheets)]


def _grid(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, formulas: dict[tuple[int, int], str]) -> Grid:
    grid = Grid(
        clean(sheet.name),
        hidden=bool(sheet.visibility),
        doubles=True,
        merges=[Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0},
        hidden_cols={col + 1 for col, info in sheet.colinfo_map.items() if info.hidden or info.width == 0},
    )
    for row in range(sheet.nrows):
        for col in range(sheet.row_len(row)):
            _put(grid, book, sheet, row, col, formulas.get((row + 1, col + 1)))
    return grid


def _put(grid: Grid, book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, col: int, formula: str | None) -> None:
    cell = sheet.cell(row, col)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return
    if cell.ctype == xlrd.XL_CELL_ERROR:
        said = xlrd.error_text_from_code.get(cell.value, "#REF!")
        grid.put(ErrorCell(row + 1, col + 1, said, formula))
    elif cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment: datetime = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (XLDateError, OverflowError, ValueError):
            grid.put(number_cell(row + 1, col + 1, exact(cell.value), format_code="General", formula=None))
        else:
            grid.put(DayCell(row + 1, col + 1, moment.date(), formula))
    elif cell.ctype == xlrd.XL_CELL_NUMBER:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        grid.put(number_cell(row + 1, col + 1, exact(cell.value), format_code=code, formula=formula))
        if formula:
            grid.formats[row + 1, col + 1] = code
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        grid.put(TextCell(row + 1, col + 1, "TRUE" if cell.value else "FALSE", formula))
    else:
        legacy = legacy_of(book.font_list[book.xf_list[cell.xf_index].font_index].name)
        said = str(cell.value)
        grid.put(TextCell(row + 1, col + 1, clean(decoded(said, legacy) if legacy else said), formula))
