"""A thread as a workbook: one sheet a part, each with its sum, and one that says what was asked."""

from __future__ import annotations

import io
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from vungcao.cube.tracing import Trace, TraceLine
from vungcao.desk.tracing import Part, parts
from vungcao.kernel.vietnamese import day

_WIDTHS: Final = (48, 28, 18, 12, 16, 40, 44, 12, 8, 22, 9, 44)


def trace_workbook(found: Trace) -> io.BytesIO:
    """The bytes of an xlsx; what papers say stays text, so that no cell of theirs is taken for a formula."""
    said = io.BytesIO()
    book = xlsxwriter.Workbook(said, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    money = book.add_format({"num_format": "#,##0"})
    first = book.add_worksheet(_("Số được hỏi"))
    first.set_column(0, 0, 24)
    first.set_column(1, 1, 90)
    told = [(_("Số được hỏi"), found.question), (_("Bằng"), found.total_dong), (_("Đơn vị tính"), found.unit)]
    told += [(_("Mã của số này"), found.figure), *((_("Quy tắc"), rule) for rule in found.rules)]
    for row, (word, value) in enumerate(told):
        first.write_string(row, 0, word, bold)
        if isinstance(value, int):
            first.write_number(row, 1, value, money)
        else:
            first.write_string(row, 1, value)
    for part in parts(found):
        _sheet(book, part, bold, money)
    book.close()
    said.seek(0)
    return said


def _sheet(book: Any, part: Part, bold: Any, money: Any) -> None:
    sheet = book.add_worksheet(part.title.split(":")[0][:31])
    heads = (
        *(_("Nội dung"), _("Đơn vị"), _("Số tiền"), _("Tính đến"), _("Bước"), _("Giấy tờ"), _("Tệp"), _("Trang")),
        *(_("Ô"), _("Người ghi"), _("Lần ghi số"), _("Vì sao")),
    )
    for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 1)
    for row, line in enumerate(part.lines, 1):
        for column, value in enumerate(_values(line)):
            if isinstance(value, int):
                sheet.write_number(row, column, value, money)
            else:
                sheet.write_string(row, column, value)
    if part.total_dong is not None:
        row = len(part.lines) + 1
        sheet.write_string(row, 0, _("Cộng"), bold)
        sheet.write_formula(row, 2, f"=SUM(C2:C{row})", money, part.total_dong)


def _values(line: TraceLine) -> tuple[str | int, ...]:
    where = (line.state, line.paper, line.file, line.sheet, line.cell, line.said_by)
    return (line.label or line.body, line.body, line.dong, day(line.as_of), *where, line.act, line.why)
