"""xlsx and xlsm, read from the XML: exact digits, formats, fonts, formulas, errors, merged and hidden parts.

Sheets are taken row by row as text, so that 100,000 rows × 20 columns pass in seconds; a row written in an unusual way
goes through a full XML parser. Macros are never run, links never followed, and a file that declares XML entities is
refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from html import escape, unescape
from math import isfinite
from typing import Final

from lxml import etree

from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    DayCell,
    ErrorCell,
    Grid,
    NumberCell,
    TextCell,
    clean,
    column_number,
    letters,
)
from vungcao.intake.reading.sheetsettings import PLACE, take_settings
from vungcao.intake.reading.xlsxparts import Book, SheetPart, Style, Text, part_tree, refuse_entities, said_of

_CHUNK: Final = 1 << 20
_MOST_CELLS: Final = 6_000_000
_LONGEST = 300  # digits of an integer; longer ones are texts
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>'
    r"(?:<f( [^>]*?)?(?:/>|>([^<]*)</f>))?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_PLAIN_CELL = re.compile(r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<v>([^<]*)</v>|<v/>)?</c>)')
_FIGURE = re.compile(r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$")
_ROW_ATTRIBUTE = re.compile(r'\s(r|hidden|ht|outlineLevel|collapsed)="([^"]*)"')
_SHARED = re.compile(r'\bsi="(\d+)"')
_ARRAY = re.compile(r'\bt="(array|dataTable)"')

# what a cell holds as written: letters of its column, style, type, attributes of its formula, formula, value, own text
Written = tuple[str, str, str, str, str, str, str]


def read_xlsx(archive: zipfile.ZipFile) -> list[Grid]:
    """A grid for each worksheet (chart, dialog and macro sheets have none)."""
    book = Book(archive)
    grids = [SheetFile(book, sheet).read() for sheet in book.sheets if sheet.kind == "worksheet"]
    if grids:
        grids[0].notes += book.notes
    return grids


class SheetFile:
    """One sheet's part of the archive, on its way into a grid."""

    def __init__(self, book: Book, sheet: SheetPart) -> None:
        self.book = book
        self.sheet = sheet
        self.grid = Grid(clean(sheet.name), sheet.hidden)
        self.shared: dict[str, tuple[str, int, int]] = {}  # formulas written once for many cells
        self.columns: dict[str, int] = {}
        self.days: dict[str, date] = {}  # days by their serial numbers as written
        self.seen = 0
        self.flat = False  # rows without a height of their own are hidden

    def read(self) -> Grid:
        if self.sheet.part not in self.book.archive.NameToInfo:
            return self.grid
        skeleton: list[str] = []
        row = 0
        for attributes, cells in self._rows(skeleton):
            row = self.take_row(attributes, cells, row)
        take_settings(self.grid, "".join(skeleton), self.sheet.part)
        return self.grid

    def _rows(self, skeleton: list[str]) -> Iterator[tuple[str, str]]:
        """Attributes and cells of each row, as written; what stands outside the rows is kept in ``skeleton``."""
        with self.book.archive.open(self.sheet.part) as stream:
            first = stream.read(_CHUNK)
            encoding = "utf-16" if first[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
            if encoding == "utf-16" or b"<sheetData" not in first:  # prefixes, another encoding: through a parser
                first += stream.read()
                yield from self._parsed_rows(first, skeleton)
                return
            tail = first
            while True:
                if b"<!" in tail:
                    refuse_entities(tail, self.sheet.part)
                end = tail.rfind(b"</row>") + 6
                if end >= 6:
                    text = tail[:end].decode("utf-8", "replace")
                    tail = tail[end:]
                    for piece in text.split("</row>")[:-1]:
                        start = piece.rfind("<row")
                        if start < 0:
                            raise CannotRead("broken", "Tệp bị hỏng: trang tính ghi dở một dòng, đề nghị gửi lại.")
                        if start:  # before the first row, or rows without cells
                            self.flat = self.flat or 'zeroHeight="1"' in piece[:start]
                            skeleton.append(self._empty_rows(piece[:start]))
                        attributes, _, cells = piece[start + 4 :].partition(">")
                        yield attributes, cells
                more = stream.read(_CHUNK)
                if not more:
                    break
                tail += more
            skeleton.append(self._empty_rows(tail.decode("utf-8", "replace")))

    def _empty_rows(self, text: str) -> str:
        """Take rows without cells (``<row r="9" hidden="1"/>``) out of a stretch of the sheet."""

        def take(found: re.Match[str]) -> str:
            self._row_settings(found.group(1), 0)
            return ""

        return re.sub(r"<row\b([^>]*)/>", take, text)

    def _parsed_rows(self, content: bytes, skeleton: list[str]) -> Iterator[tuple[str, str]]:
        root = part_tree(content, self.sheet.part)
        for row in root.iter("{*}row"):
            plain = "".join(f' {key}="{value}"' for key, value in row.attrib.items() if "}" not in key)
            yield plain, etree.tostring(row, encoding="unicode")
        for data in root.iter("{*}sheetData"):
            data.clear()
        skeleton.append(etree.tostring(root, encoding="unicode"))

    def _row_settings(self, attributes: str, before: int) -> int:
        known = dict(_ROW_ATTRIBUTE.findall(attributes))
        row = int(known.get("r") or before + 1)
        if not 0 < row <= MOST_ROWS:
            raise CannotRead("broken", "Tệp bị hỏng: có dòng mang số không có thật, đề nghị gửi lại.")
        height = known.get("ht")
        no_height = height is not None and float(height or 0) == 0
        if known.get("hidden") in ("1", "true") or no_height or (self.flat and height is None):
            self.grid.hidden_rows.add(row)
        return row

    def take_row(self, attributes: str, written: str, before: int) -> int:
        """A row as written into the grid; returns its number (``before``: the number of the row above)."""
        row = self._row_settings(attributes, before)
        many = written.count("<c ") + written.count("<c>")
        if "<f" not in written and "<is" not in written and len(plain := _PLAIN_CELL.findall(written)) == many:
            return self._take_plain_row(row, plain)
        found: list[Written] = _CELL.findall(written)
        if len(found) != many:
            found = list(self._parsed_cells(written))
        self._count(len(found))
        for name, style, kind, about, formula, value, own in found:
            look = self.book.styles.get(style, self.book.plain_style)
            cell: Cell | None = None
            col = self._column(name)
            if about or formula or kind not in ("", "n", "s"):
                cell = self._unusual(row, col, look, kind, about, formula, value or own)
            elif value:
                cell = self._plain(row, col, kind, value, look)
            if cell is not None:
                self.grid.put(cell)
        return row

    def _take_plain_row(self, row: int, found: list[tuple[str, str, str, str]]) -> int:
        """A row without formulas: most rows of a long list, so nothing here is done twice."""
        self._count(len(found))
        last, filled = min(len(found), MOST_COLUMNS), False
        line: list[Cell | None] = [None] * (last + 1)
        columns, styles, strings = self.columns, self.book.styles, self.book.strings
        usual = self.book.plain_style
        for name, style, kind, value in found:
            if not value:
                continue
            col = columns.get(name) or self._column(name)
            if col > last:  # blank places between, or a column far out
                line += [None] * (min(col, MOST_COLUMNS) - last)
                last = len(line) - 1
            look = styles.get(style, usual)
            if kind == "s":
                text = strings[int(value)]
                said = text.plain if look.legacy is None and text.runs is None else text.read_in(look.legacy)
                cell: Cell | None = TextCell(row, col, said) if said else None
            elif not kind and not look.is_day and value.isdecimal() and len(value) <= _LONGEST:
                cell = NumberCell(row, col, int(value), look.form)
            elif kind in ("", "n"):
                cell = self.number_cell(row, col, value, look)
            else:
                cell = self._unusual(row, col, look, kind, "", "", value)
            if cell is None:
                continue
            if col <= last:
                line[col] = cell
                filled = True
            else:
                self.grid.put(cell)  # beyond the last column that is read: said there
        if filled:
            self.grid.lines[row] = line
        return row

    def _count(self, cells: int) -> None:
        self.seen += cells
        if self.seen > _MOST_CELLS:
            raise CannotRead("too_large", f"Trang “{self.grid.name}” có quá {_MOST_CELLS} ô nên không đọc.")

    def _column(self, name: str) -> int:
        return self.columns.get(name) or self.columns.setdefault(name, column_number(name))

    def _parsed_cells(self, written: str) -> Iterator[Written]:
        """Cells of a row in any spelling XML allows."""
        if not written.startswith("<"):
            written = f"<row>{written}"
        closed = written if written.rstrip().endswith("row>") else f"<row>{written}</row>"
        root = part_tree(closed.encode(), self.sheet.part, recover=True)
        col = 0
        for cell in root.iter("{*}c", "c"):
            place = PLACE.match(cell.get("r") or "")
            col = column_number(place.group(1)) if place else col + 1
            kind, about, formula, value = cell.get("t") or "", "", "", ""
            for child in cell:
                tag = etree.QName(child).localname if isinstance(child.tag, str) else ""
                if tag == "v":
                    value = escape(child.text or "", quote=False)
                elif tag == "f":
                    about = "".join(f' {key}="{said}"' for key, said in child.attrib.items()) or " "
                    formula = escape(child.text or "", quote=False)
                elif tag == "is":
                    kind, value = "inlineStr", escape(said_of(child).read_in(None), quote=False)
            yield letters(col), cell.get("s") or "", kind, about, formula, value, ""

    # cells

    def _plain(self, row: int, col: int, kind: str, value: str, style: Style) -> Cell | None:
        """A shared text or a number."""
        if kind != "s":
            return self.number_cell(row, col, value, style)
        said = self.book.strings[int(value)].read_in(style.legacy)
        return TextCell(row, col, said) if said else None

    def number_cell(self, row: int, col: int, value: str, style: Style, formula: str | None = None) -> Cell | None:
        if style.is_day:
            day = self.days.get(value)
            if day is not None:
                return DayCell(row, col, day, formula)
            cell = self._day(row, col, value, formula)
            if isinstance(cell, DayCell) and cell.day is not None:
                self.days[value] = cell.day
            return cell or NumberCell(row, col, value, style.form, formula)
        if value.isdecimal() and len(value) <= _LONGEST:
            return NumberCell(row, col, int(value), style.form, formula)
        if not _FIGURE.match(value) or not isfinite(float(value)):  # 1E400 is no number of any spreadsheet
            return TextCell(row, col, clean(unescape(value)), formula)
        return NumberCell(row, col, value.strip(), style.form, formula)

    def _day(self, row: int, col: int, value: str, formula: str | None) -> Cell | None:
        """A serial number of days as a day; a time of day as a text; None where no calendar has it."""
        from openpyxl.utils.datetime import from_excel

        try:
            moment = from_excel(float(value), self.book.epoch)
        except (ValueError, OverflowError, TypeError):
            return None
        if isinstance(moment, datetime):
            return DayCell(row, col, moment.date(), formula) if 1900 <= moment.year <= 2200 else None
        return TextCell(row, col, str(moment)[:5], formula)

    def _unusual(self, row: int, col: int, style: Style, kind: str, about: str, said: str, value: str) -> Cell | None:
        """Cells with a formula, errors, truth values, texts written in place."""
        formula = self._formula(row, col, about, said) if about or said else None
        if formula:
            self.grid.formula_cols.add(col)
        value = unescape(value)
        if kind == "e":
            return ErrorCell(row, col, value or "#REF!", formula)
        if formula and ((not value and kind != "str") or (self.book.doubtful and value == "0" and formula != "…")):
            self.grid.uncached.add((row, col))
            self.grid.formats[row, col] = style.code
            return TextCell(row, col, f"={formula}", formula)
        if kind == "b":
            return TextCell(row, col, "TRUE" if value in ("1", "true") else "FALSE", formula)
        if kind == "d":
            try:
                return DayCell(row, col, date.fromisoformat(value[:10]), formula)
            except ValueError:
                kind = "str"
        if kind in ("str", "inlineStr"):
            text = Text(clean(value)).read_in(style.legacy)
            return TextCell(row, col, text, formula) if text else None
        if kind == "s":
            text = self.book.strings[int(value)].read_in(style.legacy)
            return TextCell(row, col, text, formula) if text else None
        cell = self.number_cell(row, col, value, style, formula) if value else None
        if cell is not None and formula:
            self.grid.formats[row, col] = style.code
        return cell

    def _formula(self, row: int, col: int, about: str, said: str) -> str:
        """The formula of a cell; one that is shared is moved to its place; an array's is not ours to try (``…``)."""
        if _ARRAY.search(about):
            return "…"
        said = unescape(said)
        if not (shared := _SHARED.search(about)):
            return said or "…"
        number = shared.group(1)
        if said:
            self.shared[number] = (said, row, col)
            return said
        if number not in self.shared:
            return "…"
        from openpyxl.formula.translate import Translator, TranslatorError

        first, at_row, at_col = self.shared[number]
        try:
            moved = Translator(f"={first}", origin=f"{letters(at_col)}{at_row}")
            return str(moved.translate_formula(f"{letters(col)}{row}"))[1:]
        except (TranslatorError, ValueError, IndexError):
            return "…"
