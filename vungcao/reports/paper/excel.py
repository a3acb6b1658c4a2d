"""Annexes as a workbook: the tables with live sums, and a sheet that says where each figure comes from.

Money stands in the table's unit as numbers. A sum or rate becomes a formula only where the formula gives exactly the
value that was stated (its cached value); where the stated total is something else, it stays a number and is listed on
the sheet of sources, so that recalculating never changes what was reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from .live_sums import Formula, formulas
from .parts import EXAMPLE_MARK, Annex, Cell, HeadCell, Paper, SourceLine, Table, head_grid
from .printing import ROUNDED_NOTE, clean, column_decimals, in_unit, is_rounded, percent_columns, shown_rows, unit_line
from .typeset import wrapped_lines
from .word_annex import reference_line
from .word_table import plan_columns

SOURCES_SHEET: Final = "Nguồn số liệu"
_BASE: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_PAPER_CODES: Final = {"A4": 9, "A3": 8}
_TWIPS_A_CHARACTER: Final = 105
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Unsummed:
    """A stated total or rate that the cells it is made of do not give: values in the printed unit, and the formula."""

    sheet: str
    cell: str
    stated: str
    computed: str
    formula: str


def write_xlsx(
    annexes: Paper | Sequence[Annex], path: Path | BinaryIO, sources: Sequence[SourceLine] = ()
) -> list[Unsummed]:
    """Write a sheet for each annex and the sheet of sources; returns the stated totals and rates that do not hold.

    Given a `Paper` the issuer, the reference line and the "VÍ DỤ" mark are printed as well. The same values give the
    same bytes.
    """
    paper = annexes if isinstance(annexes, Paper) else None
    listed = annexes.annexes if isinstance(annexes, Paper) else annexes
    book = xlsxwriter.Workbook(path if not isinstance(path, Path) else str(path), {"in_memory": True})
    book.set_properties(
        {
            "title": clean(paper.subject)[:255] if paper else "",
            "author": clean(paper.issuer) if paper else "",
            "created": datetime(*(paper.dated.timetuple()[:3] if paper and paper.dated else (2000, 1, 1))),
        }
    )
    styles = _Styles(book)
    names = sheet_names(listed)
    places: dict[str, str] = {}
    unsummed: list[Unsummed] = []
    for annex, name in zip(listed, names, strict=True):
        sheet = _AnnexSheet(book.add_worksheet(name), name, styles, annex, paper)
        sheet.write()
        places |= {figure: place for figure, place in sheet.places.items() if figure not in places}
        unsummed += sheet.unsummed
    _write_sources(book, styles, sources, places, unsummed, is_example=bool(paper and paper.example))
    book.close()
    return unsummed


def sheet_names(annexes: Sequence[Annex]) -> list[str]:
    """A distinct name for each annex that Excel accepts: 31 characters, none of ``[]:*?/\\``."""
    names: list[str] = []
    for index, annex in enumerate(annexes, start=1):
        name = clean(annex.name).translate(_FORBIDDEN).strip("' ")[:31] or f"Biểu {index}"
        taken = {other.casefold() for other in [*names, SOURCES_SHEET]}
        names.append(name if name.casefold() not in taken else f"{name[:26]} ({index})")
    return names


class _Styles:
    """Cell formats, made once for each combination."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **marks: Any) -> Any:
        key = tuple(sorted(marks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(_BASE | marks)
        return self._made[key]


class _AnnexSheet:
    """One annex on one worksheet."""

    def __init__(self, sheet: Any, name: str, styles: _Styles, annex: Annex, paper: Paper | None) -> None:
        self.sheet, self.name, self.styles, self.annex, self.paper = sheet, name, styles, annex, paper
        self.table: Table = annex.table
        self.places: dict[str, str] = {}
        self.unsummed: list[Unsummed] = []
        self.decimals = column_decimals(self.table)
        self.percent = percent_columns(self.table)
        room = 14_500 if annex.paper == "A4" else 21_000
        self.widths = plan_columns(self.table, shown_rows(self.table), room)[1]

    def write(self) -> None:
        last = self.table.columns - 1
        row = self._write_top(last)
        first_head = row
        row = self._write_head(row)
        self._write_rows(row)
        after = row + len(self.table.rows)
        self._write_notes(after + 1, last)
        self._set_up(first_head, row - 1)

    def _line(self, row: int, first: int, last: int, text: str, **marks: Any) -> None:
        style = self.styles(**marks)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, clean(text), style)
        if marks.get("text_wrap"):
            self._set_height(row, [(text, sum(self.widths[first : last + 1]), marks.get("font_size", 11))])

    def _set_height(self, row: int, texts: Sequence[tuple[str, int, float]]) -> None:
        """Room for the row's longest text: no program grows a merged row by itself, and some grow none."""
        lines = max((wrapped_lines(text, width * 1.03, size) for text, width, size in texts), default=1)
        if lines > 1:
            self.sheet.set_row(row, 15 * lines)

    def _write_top(self, last: int) -> int:
        row = 0
        half = max(0, min(last - 1, last // 2))
        red = {"bold": True, "font_color": "#C00000", "font_size": 14}
        if self.paper:
            self._line(0, 0, half, self.paper.superior, align="center")
            self._line(1, 0, half, " ".join(self.paper.issuer.split("\n")), align="center", bold=True)
            if self.paper.example:
                self._line(0, half + 1, last, EXAMPLE_MARK, align="right", **red)
            row = 3
        self._line(row, 0, last, self.annex.name, align="center", bold=True, font_size=13)
        self._line(row + 1, 0, last, self.annex.title, align="center", bold=True, font_size=13, text_wrap=True)
        reference = reference_line(self.paper, self.annex) if self.paper else self.annex.reference
        self._line(row + 2, 0, last, reference, align="center", italic=True)
        self._line(row + 3, 0, last, unit_line(self.table), align="right", italic=True)
        return row + 4

    def _write_head(self, top: int) -> int:
        style = self.styles(bold=True, align="center", border=1, text_wrap=True)
        taken: set[tuple[int, int]] = set()
        for down, cells in enumerate(self.table.head):
            column = 0
            for cell in cells:
                while (down, column) in taken:
                    column += 1
                taken |= {(down + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
                self._head_cell(top + down, column, cell, style)
                column += cell.colspan
        for down, spread in enumerate(head_grid(self.table.head)):
            self._set_height(
                top + down,
                [
                    (cell.text, self.widths[column] * cell.rowspan, 11)
                    for column, (cell, _) in enumerate(spread)
                    if cell.colspan == 1
                ],
            )
        row = top + len(self.table.head)
        if self.table.number_row is None:
            return row
        for column, text in enumerate(self.table.number_row):
            self.sheet.write_string(row, column, clean(text), self.styles(italic=True, align="center", border=1))
        return row + 1

    def _head_cell(self, row: int, column: int, cell: HeadCell, style: Any) -> None:
        if cell.rowspan > 1 or cell.colspan > 1:
            self.sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", style)
        self.sheet.write_string(row, column, clean(cell.text), style)

    def _write_rows(self, top: int) -> None:
        live = formulas(self.table, top)
        for index, row in enumerate(self.table.rows):
            marks: dict[str, Any] = {"border": 1}
            marks |= {"bold": True} if row.kind in ("total", "section") else {}
            marks |= {"italic": True} if row.kind == "note" else {}
            if len(row.cells) == 1 < self.table.columns:
                text = str(row.cells[0].value or "")
                self._line(top + index, 0, self.table.columns - 1, text, text_wrap=True, **marks)
                continue
            texts = [str(cell.value or "") if cell.kind == "text" else "" for cell in row.cells]
            self._set_height(top + index, [(text, self.widths[c], 11) for c, text in enumerate(texts)])
            for column, cell in enumerate(row.cells):
                self._cell(top + index, column, cell, live.get((index, column)), marks)

    def _cell(self, row: int, column: int, cell: Cell, formula: Formula | None, marks: dict[str, Any]) -> None:
        at = xl_rowcol_to_cell(row, column)
        if cell.figure and cell.value is not None:
            self.places.setdefault(cell.figure, f"'{self.name}'!{at}")
        if cell.value is None:
            self.sheet.write_blank(row, column, None, self.styles(**marks))
            return
        if isinstance(cell.value, str):
            align = "center" if column == 0 and len(cell.value) <= 6 else "left"
            self.sheet.write_string(row, column, clean(cell.value), self.styles(align=align, text_wrap=True, **marks))
            return
        value = self._number(cell)
        style = self.styles(align="right", num_format=self._pattern(column, cell), **marks)
        if formula is not None and formula.holds:
            self.sheet.write_formula(row, column, formula.text, style, float(value) if value % 1 else int(value))
            return
        self.sheet.write_number(row, column, float(value) if value % 1 else int(value), style)
        if formula is not None:
            self.unsummed.append(Unsummed(self.name, at, format(value, "f"), format(formula.value, "f"), formula.text))

    def _number(self, cell: Cell) -> Decimal:
        if cell.kind == "money":
            return in_unit(int(cell.value or 0), self.table.unit or 1)
        return Decimal(cell.value or 0)

    def _pattern(self, column: int, cell: Cell) -> str:
        """Excel prints "," and "." of a pattern in the reader's own signs: dots for thousands in Vietnamese."""
        decimals = self.decimals[column]
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        sign = '"%"' if cell.kind == "percent" and column not in self.percent else ""
        return f"[$-42A]{pattern}{sign}"

    def _write_notes(self, row: int, last: int) -> None:
        notes = [*self.annex.notes, *([ROUNDED_NOTE] if is_rounded(self.table) else [])]
        for index, note in enumerate(notes):
            self._line(row + index, 0, last, ("Ghi chú: " if index == 0 else "") + note, italic=True, text_wrap=True)

    def _set_up(self, first_head: int, last_head: int) -> None:
        sheet = self.sheet
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, max(5, width / _TWIPS_A_CHARACTER))
        sheet.freeze_panes(last_head + 1, min(2, self.table.columns - 1))
        sheet.set_paper(_PAPER_CODES[self.annex.paper])
        if self.annex.orientation == "landscape":
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(first_head, last_head)
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        mark = f'&R&"Times New Roman,Bold"&14{EXAMPLE_MARK}' if self.paper and self.paper.example else ""
        sheet.set_header(f'&C&"Times New Roman,Regular"&13&P{mark}')


def _write_sources(
    book: Any,
    styles: _Styles,
    sources: Sequence[SourceLine],
    places: dict[str, str],
    unsummed: Sequence[Unsummed],
    *,
    is_example: bool,
) -> None:
    """A line for each source of each figure, with a link to where the figure stands."""
    sheet = book.add_worksheet(SOURCES_SHEET)
    heads = ("STT", "Mã số liệu", "Nội dung", "Giá trị", "Ở biểu", "Nguồn (văn bản, tệp)", "Trang tính", "Ô")
    widths = (6, 22, 34, 14, 16, 34, 12, 8)
    bold = styles(bold=True, align="center", border=1, text_wrap=True)
    plain, link = styles(border=1, text_wrap=True), styles(border=1, font_color="#0000EE", underline=1)
    title = "NGUỒN SỐ LIỆU" + (f" ({EXAMPLE_MARK})" if is_example else "")
    sheet.merge_range(0, 0, 0, len(heads) - 1, title, styles(bold=True, align="center", font_size=13))
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(2, column, head, bold)
        sheet.set_column(column, column, width)
    row = 3
    for index, line in enumerate(sources, start=1):
        sheet.write_number(row, 0, index, styles(border=1, align="center"))
        place = places.get(line.figure, "")
        for column, text in enumerate(
            (line.figure, line.what, line.value, place.replace("'", ""), line.source, line.sheet, line.cell), start=1
        ):
            if column == 4 and place:
                sheet.write_url(row, column, f"internal:{place}", link, string=place.replace("'", ""))
            else:
                sheet.write_string(row, column, clean(text), plain)
        row += 1
    if unsummed:
        head = "Ô có số báo cáo khác số tính lại từ các ô khác của biểu (giữ nguyên số báo cáo):"
        sheet.write_string(row + 1, 0, head, styles(bold=True))
        for offset, one in enumerate(unsummed, start=row + 2):
            said = f"{one.sheet}, ô {one.cell}: báo cáo {_said(one.stated)}, tính lại {_said(one.computed)}"
            said += f" ({one.formula.lstrip('=')})"
            sheet.write_string(offset, 0, said, styles())
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _said(value: str) -> str:
    return value.replace(".", ",")
