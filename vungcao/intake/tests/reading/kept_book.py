"""A workbook to be kept for the reader's tests: its rows, what a reading of it must say, and how it is written."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

Rows = list[list[Any]]


@dataclass
class Kept:
    """A workbook to be kept: its rows from row 1 on, and what a reading of it must say.

    ``lines``: row → "kind mark parent label" (``-`` for none). ``values``: cell → what it is worth (a decimal as
    text, a day, or ``!kind``). ``fails``: cells of failing checks. ``warned``: "code cell" (or only the code).
    """

    name: str
    rows: Rows
    range: str
    head: tuple[int, int]
    dong: int | None
    lines: dict[int, str]
    values: dict[str, str]
    fails: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)  # cell → number format
    fonts: dict[str, str] = field(default_factory=dict)  # cell, or "*" → font name
    hidden_rows: list[int] = field(default_factory=list)
    hidden_cols: list[str] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)  # formula cell → kept result
    saved_as: str = "xlsx"  # what LibreOffice saves: xls, ods, or "lo.xlsx"
    tables: int = 1
    undoubted: list[str] = field(default_factory=list)  # cells whose every check holds

    @property
    def file(self) -> str:
        return f"{self.name}.{self.saved_as.removeprefix('lo.')}"

    def expected(self) -> dict[str, Any]:
        return {
            "tables": self.tables, "range": self.range, "head": list(self.head), "dong": self.dong,
            "lines": {str(row): line for row, line in self.lines.items()}, "values": self.values,
            "fails": sorted(self.fails), "warned": sorted(self.warned), "hold": sorted(self.undoubted),
        }  # fmt: skip


TITLE: Rows = [["UBND TỈNH VÍ DỤ", None, None, "Biểu số 01"], ["BIỂU TỔNG HỢP (VÍ DỤ)"],
               [None, None, "Đơn vị tính: triệu đồng"]]  # fmt: skip
PLAN = ["STT", "Nội dung", "Kế hoạch", "Giải ngân"]


def plan(*lines: list[Any], title: Rows = TITLE, head: list[Any] = PLAN) -> Rows:
    """Title in rows 1-3, head in row 4, lines from row 5."""
    return [*title, head, *lines]


SIMPLE = [[None, "Tổng cộng", 600, 300], [1, "Xã Ví Dụ Một", 100, 50], [2, "Xã Ví Dụ Hai", 200, 100],
          [3, "Xã Ví Dụ Ba", 300, 150]]  # fmt: skip
SIMPLE_LINES = {5: "total - - Tổng cộng", 6: "item 1 - Xã Ví Dụ Một", 7: "item 2 - Xã Ví Dụ Hai",
                8: "item 3 - Xã Ví Dụ Ba"}  # fmt: skip


def simple(name: str, rows: Rows, **more: Any) -> Kept:
    """A plan of three communes with its total first, changed in one way."""
    values = {"C5": "600", "D5": "300", "C6": "100", "D8": "150"} | more.pop("values", {})
    settled = {"range": "A4:D8", "head": (4, 4), "dong": 1_000_000, "lines": SIMPLE_LINES} | more
    return Kept(name, rows, values=values, **settled)


def put(lines: list[list[Any]], cell: str, value: Any, first: int = 5) -> list[list[Any]]:
    """The lines with another content in a cell; ``first`` is the row of the first line."""
    row, col = xl_cell_to_rowcol(cell)
    made = [list(line) for line in lines]
    made[row + 1 - first] += [None] * (col + 1 - len(made[row + 1 - first]))
    made[row + 1 - first][col] = value
    return made


def texts(lines: list[list[Any]], said: dict[int, str]) -> list[list[Any]]:
    return [[said.get(one, one) if isinstance(one, int) and index > 1 else one for index, one in enumerate(line)]
            for line in lines]  # fmt: skip


def write(kept: Kept, folder: Path) -> Path:
    """The workbook by XlsxWriter, saved again by LibreOffice where it is to be."""
    path = folder / f"{kept.name}.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": True})
    sheet = book.add_worksheet("BM01")
    for index, row in enumerate(kept.rows):
        for col, value in enumerate(row):
            if value is None:
                continue
            cell = f"{chr(65 + col)}{index + 1}"
            about: dict[str, Any] = {"num_format": kept.formats[cell]} if cell in kept.formats else {}
            if font := kept.fonts.get(cell) or kept.fonts.get("*"):
                about["font_name"] = font
            form = book.add_format(about) if about else None
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(index, col, value, form, kept.results.get(cell, 0))
            elif isinstance(value, str) and value.startswith("#"):
                sheet.write_formula(index, col, "=#REF!", form, value)
            else:
                sheet.write(index, col, value, form)
    for place in kept.merges:  # its first cell is written above; the others stay blank
        sheet.merge_range(place, "")
        row, col = xl_cell_to_rowcol(place.split(":")[0])
        sheet.write(row, col, kept.rows[row][col])
    for number in kept.hidden_rows:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    for letter in kept.hidden_cols:
        sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
    book.close()
    if kept.results:  # the results kept in the file are to be believed: no "recalculate on opening"
        _settle(path)
    if kept.saved_as == "xlsx":
        return path
    suffix = kept.saved_as.removeprefix("lo.")
    out = folder / "saved"
    command = ["soffice", "--headless", "--convert-to", suffix, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    path.unlink()
    return Path(shutil.move(out / f"{kept.name}.{suffix}", folder / kept.file))


def _settle(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(b' fullCalcOnLoad="1"', b""))
