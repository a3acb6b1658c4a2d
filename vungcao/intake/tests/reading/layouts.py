"""Builds invented workbooks in the layouts of an office (practice §4.1, §4.2) for the reader's tests."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from vungcao.intake.reading import Reading, read_workbook
from vungcao.intake.reading.document import Check, Sheet, Table
from vungcao.kernel.vietnamese import number

Rows = list[list[Any]]


@dataclass
class Page:
    """A sheet to be written: rows from row 1 on, merged ranges, what is hidden, number formats by column letter."""

    rows: Rows
    merges: list[str] = field(default_factory=list)
    name: str = "BM01"
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_cols: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)

    def put(self, cell: str, value: Any) -> Page:
        """The same page with another content in one cell."""
        row, col = xl_cell_to_rowcol(cell)
        page = deepcopy(self)
        while len(page.rows) <= row:
            page.rows.append([])
        page.rows[row] += [None] * (col + 1 - len(page.rows[row]))
        page.rows[row][col] = value
        return page

    def as_text_numbers(self, col: str, first: int, say: Callable[[Any], str] = number) -> Page:
        """The same page with a column's numbers, from a row on, typed as text."""
        page = deepcopy(self)
        index = xl_cell_to_rowcol(f"{col}1")[1]
        for row in page.rows[first - 1 :]:
            if len(row) > index and isinstance(row[index], (int, float)):
                row[index] = say(row[index])
        return page


def write(path: Path, *pages: Page) -> Path:
    book = xlsxwriter.Workbook(path)
    for page in pages:
        sheet = book.add_worksheet(page.name)
        formats = {col: book.add_format({"num_format": code}) for col, code in page.formats.items()}
        for ref in page.merges:
            row, col = xl_cell_to_rowcol(ref.split(":")[0])
            sheet.merge_range(ref, page.rows[row][col])
        for index, row in enumerate(page.rows):
            for col, value in enumerate(row):
                if value is not None and value != "":
                    sheet.write(index, col, value, formats.get(xl_col_to_name(col)))
        for number_of_row in page.hidden_rows:
            sheet.set_row(number_of_row - 1, None, None, {"hidden": True})
        for letter in page.hidden_cols:
            sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    book.close()
    return path


def read(path: Path, *pages: Page) -> Reading:
    return read_workbook(write(path, *pages))


def only_sheet(reading: Reading) -> Sheet:
    (sheet,) = reading.sheets
    return sheet


def only_table(reading: Reading) -> Table:
    (table,) = only_sheet(reading).tables
    return table


def verdicts(table: Table, cell: str, rule: str) -> list[str]:
    return [check.verdict for check in table.checks if check.cell == cell and check.rule == rule]


def failing(table: Table) -> set[tuple[str, str]]:
    return {(check.rule, check.cell) for check in table.checks if check.verdict == "fails"}


def the_check(table: Table, cell: str, rule: str) -> Check:
    (check,) = [check for check in table.checks if check.cell == cell and check.rule == rule]
    return check


def preamble(title: str, width: str, *, unit: str = "Đơn vị tính: triệu đồng") -> tuple[Rows, list[str]]:
    """Letterhead, title, day and unit: rows 1 to 6; the head starts in row 7."""
    rows: Rows = [
        ["UBND TỈNH VÍ DỤ", None, None, None, None, "Biểu số 01"],
        ["BAN DÂN TỘC (VÍ DỤ)"],
        [title],
        ["(Số liệu đến ngày 15/11/2021)"],
        [],
        [None, None, None, None, None, unit],
    ]
    return rows, [f"A3:{width}3", f"A4:{width}4"]


def ending() -> Rows:
    return [
        [None, "Ghi chú: số liệu ví dụ, không phải số thật."],
        [None, None, None, None, "Ví Dụ, ngày 20 tháng 11 năm 2021"],
        [None, "NGƯỜI LẬP BIỂU", None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
        [],
        [None, "(Ký tên)", None, None, "(Ký, đóng dấu)"],
    ]


def plan_by_component(*, total_first: bool = True) -> Page:
    """Practice §4.1.1: total 3=4+7, capital 4=5+6, recurrent 7=8+9; lines I, 1, 1.1; codes kept as text. Head 7-9."""
    rows, merges = preamble("GIAO KẾ HOẠCH VỐN NĂM 2022 THEO DỰ ÁN (VÍ DỤ)", "L")
    rows += [
        ["STT", "Nội dung", "Tổng cộng", "Vốn đầu tư", None, None, "Vốn sự nghiệp", None, None, "Mã CTMT",
         "Loại, khoản", "Ghi chú"],
        [None, None, None, "Tổng", "NSTW", "NSĐP đối ứng", "Tổng", "NSTW", "NSĐP đối ứng"],
        [1, 2, "3=4+7", "4=5+6", 5, 6, "7=8+9", 8, 9, 10, 11, 12],
    ]  # fmt: skip
    merges += [f"{col}7:{col}8" for col in "ABCJKL"] + ["D7:F7", "G7:I7"]
    leaves = {"1.1": (1000, 100, 500, 50), "1.2": (2000, 200, 0, 0), "2.1": (3000, 300, 700, 70)}

    def line(mark: Any, label: str, parts: list[tuple[int, ...]], code: str = "") -> list[Any]:
        a, b, c, d = (sum(column) for column in zip(*parts, strict=True))
        return [mark, label, a + b + c + d, a + b, a, b, c + d, c, d, code, "0821" if code else ""]

    whole = line(None, "TỔNG CỘNG", list(leaves.values()))
    body = [
        line("I", "Dự án 1: đất ở, nhà ở (ví dụ)", [leaves["1.1"], leaves["1.2"]]),
        line("1", "Tiểu dự án 1", [leaves["1.1"]], "0511"),
        line("2", "Tiểu dự án 2", [leaves["1.2"]], "0512"),
        line("II", "Dự án 2: định canh định cư (ví dụ)", [leaves["2.1"]]),
        line("1", "Tiểu dự án 1", [leaves["2.1"]], "0521"),
    ]
    rows += [whole, *body] if total_first else [*body, whole]
    return Page(rows + ending(), merges, formats=dict.fromkeys("CDEFGHI", "#,##0"))


def plan_by_unit() -> Page:
    """Practice §4.1.2: units as rows with their budget code, projects as groups of columns. Head 7-9, total last."""
    rows, merges = preamble("GIAO KẾ HOẠCH VỐN NĂM 2022 THEO ĐƠN VỊ (VÍ DỤ)", "H")
    rows += [
        ["STT", "Đơn vị", "Mã QHNS", "Tổng số", "Dự án 1", None, "Dự án 2", None],
        [None, None, None, None, "ĐT", "SN", "ĐT", "SN"],
        ["A", "B", "C", "1=2+3+4+5", 2, 3, 4, 5],
        ["A", "Sở, ngành", None, 30, 10, 20, 0, 0],
        [1, "Sở Ví Dụ", "1000001", 30, 10, 20, 0, 0],
        ["B", "Huyện", None, 570, 100, 150, 140, 180],
        [1, "Huyện Ví Dụ Bắc", "0000021", 370, 100, 50, 140, 80],
        [2, "Huyện Ví Dụ Nam", "0000022", 200, 0, 100, 0, 100],
        ["TỔNG CỘNG", None, None, 600, 110, 170, 140, 180],
    ]
    merges += ["A7:A8", "B7:B8", "C7:C8", "D7:D8", "E7:F7", "G7:H7", "A15:B15"]
    return Page(rows + ending(), merges)


def disbursement(*, by_unit: bool = False) -> Page:
    """Practice §4.2.1 and .2: carried over, plan, after adjustment 7=3+4+5+6, paid 10=8+9, rate 12=10/7, left 11=7-10.

    Head rows 7-9 and the row of numbers 10; total in row 11 (C to L figures).
    """
    title = "BÁO CÁO GIẢI NGÂN THÁNG 11 " + ("THEO ĐƠN VỊ" if by_unit else "THEO DỰ ÁN") + " (VÍ DỤ)"
    rows, merges = preamble(title, "M", unit="ĐVT: Tr.đ")
    rows += [
        ["STT", "Đơn vị" if by_unit else "Nội dung", "Vốn năm trước kéo dài", None, "Kế hoạch năm nay", None,
         "KH sau điều chỉnh", "Lũy kế giải ngân từ đầu năm", None, None, "Còn lại", "Tỷ lệ (%)",
         "Khó khăn, nguyên nhân"],
        [None, None, "ĐT", "SN", "ĐT", "SN", None, "Trong đó", None, "Tổng số", None, None],
        [None, None, None, None, None, None, None, "Kéo dài", "Năm nay"],
        [1, 2, 3, 4, 5, 6, "7=3+4+5+6", 8, 9, "10=8+9", "11=7-10", "12=10/7", 13],
    ]  # fmt: skip
    merges += [f"{col}7:{col}9" for col in "ABGKLM"] + ["C7:D7", "E7:F7", "H7:J7", "H8:I8", "J8:J9"]
    merges += [f"{col}8:{col}9" for col in "CDEF"]
    names = (
        [("1", "Huyện Ví Dụ Bắc"), ("2", "Huyện Ví Dụ Nam"), ("3", "Huyện Ví Dụ Đông")]
        if by_unit
        else [("I", "Dự án 1 (ví dụ)"), ("II", "Dự án 2 (ví dụ)"), ("III", "Dự án 3 (ví dụ)")]
    )
    parts = [(10, 5, 200, 85, 10, 140), (20, 0, 300, 80, 20, 180), (0, 15, 400, 85, 5, 395)]

    def line(mark: Any, label: str, values: tuple[int, ...]) -> list[Any]:
        plan, paid = sum(values[:4]), values[4] + values[5]
        return [mark, label, *values[:4], plan, *values[4:], paid, plan - paid, round(paid / plan * 100, 1)]

    rows.append(line(None, "TỔNG CỘNG", tuple(sum(column) for column in zip(*parts, strict=True))))
    rows += [line(mark, label, values) for (mark, label), values in zip(names, parts, strict=True)]
    rows[-1].append("Chờ hướng dẫn")
    return Page(rows + ending(), merges, formats=dict.fromkeys("CDEFGHIJK", "#,##0"))
