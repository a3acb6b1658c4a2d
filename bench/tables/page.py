"""A sheet to be written cell by cell, and its writing by XlsxWriter or openpyxl."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Content = str | int | Decimal | date | None


@dataclass(slots=True)
class Ink:
    """What one cell holds: a content, a number format, a font, and a formula with or without its result."""

    content: Content
    format: str = "General"
    font: str | None = None
    formula: str | None = None
    cached: bool = True


@dataclass(slots=True)
class Page:
    """One sheet; rows and columns count from 1."""

    name: str
    cells: dict[tuple[int, int], Ink] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)

    def put(self, row: int, col: int, ink: Ink | str) -> None:
        self.cells[row, col] = ink if isinstance(ink, Ink) else Ink(ink)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)


def at(row: int, col: int) -> str:
    """``(3, 2)`` → ``B3``."""
    return f"{get_column_letter(col)}{row}"


def has_results(pages: Sequence[Page]) -> bool:
    """Whether a formula keeps its result: openpyxl cannot write those."""
    return any(ink.formula and ink.cached for page in pages for ink in page.cells.values())


def write_xlsxwriter(pages: Sequence[Page]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    styles: dict[tuple[str, str | None], Any] = {}
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for (row, col), ink in sorted(page.cells.items()):
            key = (ink.format, ink.font)
            if key not in styles:
                styles[key] = book.add_format(
                    {"num_format": ink.format, **({"font_name": ink.font} if ink.font else {})}
                )
            _write_ink(sheet, row - 1, col - 1, ink, styles[key])
        for top, left, bottom, right in page.merges:
            first = page.cells.get((top, left))
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            if first:
                _write_ink(sheet, top - 1, left - 1, first, styles[first.format, first.font])
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for col in page.hidden_cols:
            sheet.set_column(col - 1, col - 1, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def _write_ink(sheet: Any, row: int, col: int, ink: Ink, style: Any) -> None:
    content = ink.content
    if ink.formula:
        value = "" if not ink.cached else float(content) if isinstance(content, (int, Decimal)) else content
        sheet.write_formula(row, col, f"={ink.formula}", style, value)
    elif content is None:
        sheet.write_blank(row, col, None, style)
    elif isinstance(content, str):
        sheet.write_string(row, col, content, style)
    elif isinstance(content, date):
        sheet.write_datetime(row, col, content, style)
    else:
        sheet.write_number(row, col, content if isinstance(content, int) else float(content), style)


def write_openpyxl(pages: Sequence[Page]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for (row, col), ink in sorted(page.cells.items()):
            cell = sheet.cell(row, col)
            if ink.formula:
                cell.value = f"={ink.formula}"
            elif isinstance(ink.content, str):
                cell.value = ink.content
                cell.data_type = "e" if ink.content.startswith("#") else "s"
            else:
                cell.value = float(ink.content) if isinstance(ink.content, Decimal) else ink.content
            cell.number_format = ink.format
            if ink.font:
                cell.font = Font(name=ink.font)
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for col in page.hidden_cols:
            sheet.column_dimensions[get_column_letter(col)].hidden = True
        if page.hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
