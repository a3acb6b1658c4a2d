"""A long xlsx sheet read by one pattern for a whole row, learnt from its first rows.

A sheet of 100,000 like lines is written 100,000 times in the same way. From the first rows is learnt how each column
writes its cells (a shared text, a number, a day); one pattern for the whole row then takes what they hold, two million
cells in half a second. A row that is written in any other way — words in a column of amounts, a formula, an error,
a hidden row — goes cell by cell through the reader, so nothing is guessed. Where the workbook itself asks for more
(fonts from before Unicode, texts in several fonts, formulas, hidden columns, zeros that only a format prints), all of
it does.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, Final

from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from vungcao.intake.reading import CannotRead
from vungcao.intake.reading.formulas import fill_uncached
from vungcao.intake.reading.grid import clean, column_number, letters
from vungcao.intake.reading.opening import LARGEST_FILE, LARGEST_UNZIPPED, kind_of
from vungcao.intake.reading.xlsx import SheetFile
from vungcao.intake.reading.xlsxparts import Book, SheetPart, Style, Text, refuse_entities
from vungcao.intake.registers.lines import Block, LinesOfSheet, Row, rows_of, said_in

_CHUNK: Final = 1 << 21
_LEARNT_FROM: Final = 200  # rows
_WIDEST: Final = 90  # columns: a pattern may not have many more groups
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_LAST_DAY: Final = 109_575  # in 2199
_NEEDS_FORMAT: Final = re.compile(r"%|^0{2,}")
_HIDES = re.compile(rb'(?:hidden|zeroHeight)="[1t]|<!| width="0(?:\.0*)?"')
_SHARED_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_ROW = re.compile(r"<row([^>]*)>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?(/?)>')
_ROW_START: Final = r'<row r="(\d+)"(?: (?!hidden="[1t]|ht="0(?:\.0*)?")[\w:]+="[^"]*")*+>'
_OTHER_ROW: Final = r"</row>|<row([^>]*?)(?:/>|>(.*?)</row>)"
_WRITTEN: Final = {
    "s": ' t="s"><v>(\\d+)</v></c>',
    "n": '(?: t="n")?><v>([^<]+)</v></c>',
    "d": '(?: t="n")?><v>([^<]+)</v></c>',
    "inlineStr": ' t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>',
}


class PlainBook(Book):
    """A workbook whose shared texts are all plain, kept as they are; ``ValueError`` where they are not."""

    def _strings(self) -> list[Any]:
        part = "xl/sharedStrings.xml"
        if part not in self.archive.NameToInfo:
            return _Texts([])
        content = self.archive.read(part)
        refuse_entities(content[:4_096], part)
        written = content.decode("utf-8")
        texts = _SHARED_TEXT.findall(written)
        if len(texts) != written.count("<si>") + written.count("<si/>") or "<!" in written[:4_096]:
            raise ValueError("texts of several fonts")
        if "&" in written:
            texts = [unescape(text) if "&" in text else text for text in texts]
        return _Texts(texts)


class _Texts(list[Any]):
    """Plain texts; the reader, which asks one at a time, gets them as it knows them."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(texts)
        joined = "\n".join(texts)
        self.plain = texts if _is_clean(joined, len(texts)) else [clean(text) for text in texts]

    def __getitem__(self, index: Any) -> Any:
        return Text(self.plain[index])


def _is_clean(joined: str, count: int) -> bool:
    """Whether every text is one line of NFC with single blanks, as the reader would make it."""
    return (
        joined.count("\n") == max(count - 1, 0)
        and not any(blanks in joined for blanks in ("  ", " \n", "\n "))
        and joined == joined.strip()
        and joined.replace("\n", "x").isprintable()
        and unicodedata.is_normalized("NFC", joined)
    )


def open_quickly(path: Path) -> list[LinesOfSheet] | None:
    """The visible sheets of an xlsx; None where the reader has to look itself (also at what is no workbook)."""
    try:
        if path.is_dir() or path.stat().st_size > LARGEST_FILE:
            return None
        with path.open("rb") as file:
            if kind_of(file.read(200)) != "xlsx":
                return None
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
        if sum(one.file_size for one in entries) > LARGEST_UNZIPPED or any(one.flag_bits & 1 for one in entries):
            return None
        book = PlainBook(archive)
        if any(style.legacy or _NEEDS_FORMAT.search(style.code) for style in book.styles.values()):
            return None
        seen = [sheet for sheet in book.sheets if sheet.kind == "worksheet" and not sheet.hidden]
        return [QuickSheet(book, sheet).lines() for sheet in seen]
    except CannotRead:
        raise
    except (OSError, MemoryError):
        return None
    except Exception:  # whatever goes wrong here, the reader finds again, and has a sentence for it
        return None


class QuickSheet:
    """One sheet on its way: its first rows cell by cell, the others by the pattern learnt from them."""

    def __init__(self, book: PlainBook, sheet: SheetPart) -> None:
        self.book = book
        self.stream = book.archive.open(sheet.part)
        self.file = SheetFile(book, sheet)
        self.texts: list[str] = book.strings.plain  # type: ignore[attr-defined]  # _Texts
        self.days: dict[str, Any] = {"": ""}
        self.row = 0

    def lines(self) -> LinesOfSheet:
        """Raises ``ValueError`` where the sheet is not for this way."""
        start = self.stream.read(_CHUNK)
        before, found, rest = start.partition(b"<sheetData>")
        if not found or _HIDES.search(before):
            raise ValueError("not plain")
        end = rest.rfind(b"</row>") + 6
        if end < 6:
            raise ValueError("no rows")
        self.text, self.tail = rest[:end].decode("utf-8"), rest[end:]
        written, stop = [], 0
        for row in _ROW.finditer(self.text):
            self.row = self.file.take_row(row.group(1), row.group(2), self.row)
            written.append(row.group(2))
            stop = row.end()
            if len(written) == _LEARNT_FROM:
                break
        if any("<f" in cells for cells in written) or "<row" in re.sub(_ROW, "", self.text[:stop]):
            raise ValueError("not plain")
        self.text = self.text[stop:]
        grid = self.file.grid
        columns = [cell.col for cell in grid]
        left, right = min(columns, default=1), max(columns, default=1)
        if right - left >= _WIDEST:
            raise ValueError("too wide")
        self.left, self.right = left, right
        self.learn(written)
        lines = LinesOfSheet(grid.name, left, iter(list(rows_of(grid, left, right))), self.blocks)
        grid.lines.clear()
        lines.unseen = self.unseen = sorted(grid.hidden_rows)
        return lines

    def learn(self, written: Sequence[str]) -> None:
        """Make the pattern of a row from how most cells of each column are written."""
        forms: dict[int, Counter[str]] = {}
        styles: dict[tuple[int, str], set[str]] = {}
        for cells in written:
            for name, style, kind, blank in _CELL.findall(cells):
                col = column_number(name)
                form = "" if blank else self.form(style, kind)
                forms.setdefault(col, Counter())[form] += bool(form)
                styles.setdefault((col, form), set()).add(style)
        self.forms: list[str] = []
        parts = []
        for col in range(self.left, self.right + 1):
            form, count = max(forms.get(col, Counter({"s": 1})).items(), key=lambda item: item[1])
            form = form if count else "s"
            self.forms.append(form)
            allowed = styles.get((col, form), set()) | (set() if form == "d" else {""})
            named = "|".join(f' s="{style}"' for style in sorted(allowed) if style)
            style = f"(?:{named})" + ("?" if "" in allowed else "") if named else ""
            parts.append(f'(?:<c r="{letters(col)}\\d+"(?:(?: s="\\d+")?/>|{style}{_WRITTEN[form]}))?+')
        self.pattern = re.compile(_ROW_START + "".join(parts) + _OTHER_ROW, re.DOTALL)

    def form(self, style: str, kind: str) -> str:
        """How a cell is written that this way can take: ``s``, ``n``, ``d`` (a day), ``inlineStr``; else nothing."""
        if kind in ("", "n"):
            return "d" if self.book.styles.get(style, self.book.plain_style).is_day else "n"
        return kind if kind in _WRITTEN else ""

    def blocks(self, width: int) -> Iterator[Block]:
        """The rows after the first ones; closes the archive at the end. Raises ``CannotRead`` where it is damaged."""
        try:
            yield from self._blocks(width)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError, OverflowError) as error:
            said = f"Trang “{self.file.grid.name}” bị hỏng ({type(error).__name__}): đề nghị gửi lại."
            raise CannotRead("broken", said) from error

    def _blocks(self, width: int) -> Iterator[Block]:
        with self.book.archive:
            while True:
                if self.text:
                    yield self.block(self.pattern.findall(self.text), width)
                more = self.stream.read(_CHUNK)
                if not more:
                    break
                self.tail += more
                end = self.tail.rfind(b"</row>") + 6
                self.text, self.tail = (
                    (self.tail[:end].decode("utf-8"), self.tail[end:]) if end >= 6 else ("", self.tail)
                )

    def block(self, found: list[tuple[str, ...]], width: int) -> Block:
        """Rows as found: the number, a cell for each column, attributes and cells of a row of another kind."""
        numbers, *raw, attributes, cells = zip(*found, strict=True) if found else ((), *[()] * (len(self.forms) + 2))
        odd = [index for index, number in enumerate(numbers) if not number]
        like = next((index for index, number in enumerate(numbers) if number), None)
        columns = []
        for form, said in zip(self.forms[:width], raw, strict=False):
            cells_of = list(said)
            if like is not None:
                for index in odd:
                    cells_of[index] = said[like]  # anything, until the reader says what stands there
            columns.append(self.column(form, cells_of))
        columns += [[""] * len(numbers) for _ in range(width - len(columns))]
        rows = [int(number) if number else 0 for number in numbers]
        gone = []
        for index in odd:
            before = rows[index - 1] if index else self.row
            rows[index], line = self.one(attributes[index], cells[index], before)
            if line is None:
                gone.append(index)
                continue
            for column, cell in zip(columns, line[1], strict=False):
                column[index] = cell
        self.row = rows[-1] if rows else self.row
        for index in reversed(gone):
            for column in (rows, *columns):
                del column[index]
        return Block(rows, columns)

    def one(self, attributes: str, cells: str, before: int) -> tuple[int, Row | None]:
        """A row of another kind, by the reader: its number, and its cells if it is in sight and holds any."""
        grid = self.file.grid
        row = self.file.take_row(attributes, cells, before)
        if row in grid.hidden_rows:
            if row in grid.lines:
                self.unseen.append(row)
            grid.lines.pop(row, None)
            return row, None
        if grid.uncached:
            fill_uncached(grid)  # what needs other rows keeps no value, and is said to
            grid.uncached.clear()
        line = next(rows_of(grid, self.left, self.right), None)
        grid.lines.clear()
        return row, line

    def column(self, form: str, raw: list[str]) -> list[Any]:
        """What the cells of a column hold."""
        if form == "s":
            texts = self.texts
            if "" in raw:
                return [texts[int(index)] if index else "" for index in raw]
            return list(map(texts.__getitem__, map(int, raw)))
        if form == "n":
            try:
                return list(map(int, raw))
            except ValueError:
                return [self.number(said) if said else "" for said in raw]
        if form == "d":
            days = self.days
            for said in set(raw) - days.keys():
                days[said] = self.day(said)
            return list(map(days.__getitem__, raw))
        return [clean(unescape(said)) for said in raw]

    def number(self, said: str) -> int | Decimal | str | date:
        return int(said) if said.isdigit() else self.cell(said, self.book.plain_style)

    def day(self, said: str) -> Any:
        """A day from its serial number; before March 1900, with hours, or no number at all: by the reader."""
        if said.isdigit() and self.book.epoch == CALENDAR_WINDOWS_1900 and 60 < (serial := int(said)) < _LAST_DAY:
            return date.fromordinal(_DAY_ZERO + serial)
        style = next(one for one in self.book.styles.values() if one.is_day)
        return self.cell(said, style)

    def cell(self, said: str, style: Style) -> Any:
        """A number cell as the reader takes it."""
        cell = self.file.number_cell(1, 1, said, style)
        return "" if cell is None else said_in(cell)
