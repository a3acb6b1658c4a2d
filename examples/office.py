"""A workbook as an office keeps it: letterhead, title, unit, head of merged rows, column numbers, signatures.

Two builds give the same cells: the document's properties carry a fixed day, and nothing is read from the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from vungcao.kernel.vietnamese import number

FONT = {"font_name": "Times New Roman", "font_size": 13}
Cell = Decimal | int | str | None
# (line's index, column's index) → formula, given the sheet's row of the first line.
Formulas = Callable[[int], Mapping[tuple[int, int], str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: what stands in each column, from the first; `bold` for totals and sections."""

    cells: tuple[Cell, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. `heads` gives for each column its head texts from top to bottom; neighbours that share one merge."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    title: str
    under: tuple[str, ...]
    example: str
    heads: tuple[tuple[str, ...], ...]
    numbers: tuple[int | str, ...]
    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    unit: str = "Đơn vị tính: triệu đồng"
    hidden: bool = False
    numbers_as_text: bool = False
    formulas: Formulas = field(default=lambda first: {})


def write_workbook(file: Path, pages: Sequence[Page]) -> Path:
    """Writes `pages` into `file` (xlsx), its folder made where absent; the first page is the one that opens."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(file)) as book:
        book.set_properties({"title": "Ví dụ", "author": "Ví dụ", "created": datetime(2024, 1, 1)})
        for page in pages:
            _Writer(book, page).write()
    return file


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, page: Page) -> None:
        self.book, self.page = book, page
        self.sheet = book.add_worksheet(page.name)
        self.last = len(page.heads) - 1
        self.half = len(page.heads) // 2
        self.row = 0

    def write(self) -> None:
        self._paper()
        self._opening()
        self._head()
        self._body()
        self._signatures()
        if self.page.hidden:
            self.sheet.hide()

    def _paper(self) -> None:
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        for column, width in enumerate(self.page.widths):
            self.sheet.set_column(column, column, width)

    def _opening(self) -> None:
        page, bold = self.page, {"bold": True, "align": "center"}
        for at in range(max(len(page.left), len(page.right))):
            if at < len(page.left):
                self._across(0, 1, page.left[at], **bold)
            if at < len(page.right):
                self._across(self.half, self.last, page.right[at], align="center", italic=at > 0)
            self.row += 1
        self.row += 1
        self._across(0, self.last, page.title, **bold, size=14)
        self.row += 1
        for text in page.under:
            self._across(0, self.last, text, align="center", italic=True)
            self.row += 1
        self._across(0, self.last, page.example, align="center", italic=True, color="#C00000")
        self.sheet.set_row(self.row, 36)
        self.row += 1
        self._across(self.half, self.last, page.unit, align="right", italic=True)
        self.row += 1

    def _head(self) -> None:
        look = {"bold": True, "align": "center", "border": 1}
        deep = max(map(len, self.page.heads))
        for column, path in enumerate(self.page.heads):
            if len(path) == 1:
                self._merge(self.row, column, self.row + deep - 1, column, path[0], **look)
        for top, span in _groups(self.page.heads):
            self._merge(self.row, span[0], self.row, span[-1], top, **look)
            for column in span:
                self._merge(self.row + 1, column, self.row + deep - 1, column, self.page.heads[column][1], **look)
        self.row += deep
        for column, said in enumerate(self.page.numbers):
            self.sheet.write(self.row, column, said, self._look(align="center", border=1, italic=True, size=11))
        self.sheet.repeat_rows(self.row - deep, self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 2)

    def _body(self) -> None:
        formulas = self.page.formulas(self.row + 1)
        for at, line in enumerate(self.page.lines):
            # An average letter of bold Times New Roman 13 is wider than the digit that column widths count in.
            texts = [(str(cell), self.page.widths[column]) for column, cell in enumerate(line.cells) if cell]
            self.sheet.set_row(self.row, 18 * max(ceil(1.2 * len(text) / width) for text, width in texts))
            for column, cell in enumerate(line.cells):
                self._cell(column, cell, line.bold, formulas.get((at, column)))
            self.row += 1

    def _cell(self, column: int, cell: Cell, bold: bool, formula: str | None) -> None:
        look: dict[str, Any] = {"bold": bold, "border": 1}
        if isinstance(cell, (int, Decimal)):
            decimals = -int(Decimal(cell).as_tuple().exponent)
            if self.page.numbers_as_text:
                self.sheet.write_string(self.row, column, number(cell), self._look(align="right", **look))
                return
            shown = self._look(num_format="#,##0" + ".0" * bool(decimals), **look)
            if formula:
                self.sheet.write_formula(self.row, column, formula, shown, float(cell))
            else:
                self.sheet.write_number(self.row, column, float(cell), shown)
        elif cell:
            centred = column == 0 or cell in ("-", "x")
            self.sheet.write_string(self.row, column, cell, self._look(align="center" if centred else "left", **look))
        else:
            self.sheet.write_blank(self.row, column, None, self._look(**look))

    def _signatures(self) -> None:
        self.row += 1
        for left, right in (("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"), ("(ví dụ)", "(ví dụ)")):
            bold = left != "(ví dụ)"
            self.sheet.write(self.row, 1, left, self._look(bold=bold, italic=not bold, align="center"))
            self._across(self.half, self.last, right, bold=bold, italic=not bold, align="center")
            self.row += 1

    def _across(self, first: int, last: int, text: str, **look: Any) -> None:
        self._merge(self.row, first, self.row, last, text, **look)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, **look: Any) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write(top, left, text, self._look(**look))
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self._look(**look))

    def _look(self, size: int = 13, color: str = "#000000", **look: Any) -> Any:
        return self.book.add_format(
            {**FONT, "font_size": size, "font_color": color, "text_wrap": True, "valign": "vcenter", **look}
        )


def _groups(heads: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, list[int]]]:
    """Top heads over several columns, each with the columns it spans."""
    for (top, single), columns in groupby(range(len(heads)), key=lambda at: (heads[at][0], len(heads[at]) == 1)):
        if not single:
            yield top, list(columns)
