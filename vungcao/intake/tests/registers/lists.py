"""Invented lists for the tests of registers, and the rules they are tried against."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from vungcao.intake.registers import Register
from vungcao.intake.registers.rules import register_of

HEADS = ["STT", "Mã hộ", "Chủ hộ", "Dân tộc", "Số khẩu", "Vốn (đồng)", "Đã chi (đồng)", "Ngày chi", "Ghi chú"]
RULES: dict[str, Any] = {
    "code": "ho_vi_du",
    "label": "Danh sách hộ (ví dụ)",
    "lists": {"dan_toc": ["Tày", "Nùng", "Mông"]},
    "columns": [
        {"code": "no", "name": "STT", "head": "stt", "number": True, "optional": True},
        {"code": "key", "name": "Mã hộ", "head": "ma ho", "text": True, "pattern": r"H\d{3}", "like": "H001",
         "unique": True},
        {"code": "name", "name": "Chủ hộ", "head": "chu ho", "text": True},
        {"code": "people", "name": "Dân tộc", "head": "dan toc", "text": True, "among": "dan_toc"},
        {"code": "size", "name": "Số khẩu", "head": "so khau", "number": True, "whole": True, "from": 1, "to": 30},
        {"code": "plan", "name": "Vốn", "head": "von.*", "number": True, "from": 0},
        {"code": "paid", "name": "Đã chi", "head": "da chi.*", "number": True, "from": 0, "optional": True},
        {"code": "on", "name": "Ngày chi", "head": "ngay chi", "date": True, "from": "2021-01-01", "optional": True},
        {"code": "note", "name": "Ghi chú", "head": "ghi chu", "text": True, "optional": True},
    ],
    "rows": [{"code": "over", "at": "paid", "is": ["paid", "<=", "plan"], "says": "lớn hơn vốn"}],
}  # fmt: skip
LINES: list[list[Any]] = [
    [1, "H001", "Người Ví Dụ Một", "Tày", 4, 5_000_000, 1_000_000, date(2022, 3, 1), None],
    [2, "H002", "Người Ví Dụ Hai", "Nùng", 5, 6_000_000, 6_000_000, date(2022, 3, 2), "ví dụ"],
    [3, "H003", "Người Ví Dụ Ba", "Mông", 6, 7_000_000, None, None, None],
]


def rules() -> Register:
    return register_of(RULES, "ho_vi_du.yaml")


def put(row: int, column: int, value: Any, lines: list[list[Any]] | None = None) -> list[list[Any]]:
    """The lines with another content in a cell; both numbers count from 0."""
    made = [list(line) for line in (lines or LINES)]
    made[row][column] = value
    return made


def write(
    path: Path, lines: list[list[Any]], *, above: int = 0, hidden: tuple[int, ...] = (), heads: Any = None
) -> Path:
    """The list under its heads, ``above`` rows from the top; ``hidden`` rows by their number on the sheet."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("DS")
    if above:
        sheet.write(0, 0, "DANH SÁCH HỘ (VÍ DỤ)")
    sheet.write_row(above, 0, heads or HEADS)
    for index, line in enumerate(lines, start=above + 1):
        sheet.write_row(index, 0, line)
    for row in hidden:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    book.close()
    return path
