"""A long list as a workbook: XlsxWriter makes the frame (styles, heads, widths), the rows are streamed into it as XML.

Rows come from any iterable and are never held together, so that a list of a whole province takes no more memory than a
short one. Cells stand in order and name no address (ECMA-376 lets it be left out), so that the XML of a text or a day
is made once and the file is half as large. Dates stay dates, money stays numbers in whole đồng, text stays text (never
a formula or a link).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal

from .printing import clean

Value = str | int | float | Decimal | date | None
MOST_ROWS: Final = 1_048_575  # of a worksheet, less the head
_FORMATS: Final = {"text": "@", "number": "[$-42A]#,##0", "percent": "[$-42A]0.0", "date": "dd/mm/yyyy"}
_MARKUP: Final = re.compile("[&<>]")
_DAY_0: Final = date(1899, 12, 30).toordinal()
_CHUNK: Final = 1_000
_REMEMBERED: Final = 20_000  # texts whose XML is kept: codes and names come again and again
_STILL: Final = (1980, 1, 1, 0, 0, 0)
_SHEET: Final = "xl/worksheets/sheet1.xml"


class ListTooLong(Refusal):
    """More rows than a worksheet holds: nothing is cut in silence."""

    code = "report.list_too_long"


@dataclass(frozen=True)
class Column:
    """A column: its head, what its cells are (``number``: whole đồng or a count; ``percent``: 72.9), width in signs."""

    head: str
    kind: Literal["text", "number", "percent", "date"] = "text"
    width: float = 14


def write_list(path: Path | BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]], name: str) -> int:
    """Write a sheet of that ``name`` with a head that stays in sight and filters; returns how many rows were written.

    Raises ``ListTooLong`` beyond what a worksheet holds and ``ValueError`` for a row of another length or a value that
    its column can't hold.
    """
    frame = _frame(columns, name)
    head, styles, tail = _opened(frame.read(_SHEET).decode(), len(columns))
    counted = _Counted(rows)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for part in frame.namelist():
            entry = ZipInfo(part, _STILL)
            entry.compress_type = ZIP_DEFLATED
            if part != _SHEET:
                book.writestr(entry, frame.read(part))
                continue
            with book.open(entry, "w", force_zip64=True) as sheet:
                sheet.write(head.encode())
                for chunk in _chunks(columns, styles, counted):
                    sheet.write(chunk.encode())
                sheet.write(tail.encode())
    return counted.done


def _frame(columns: Sequence[Column], name: str) -> ZipFile:
    """A workbook of the head and one empty row, in which each column's style stands."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": clean(name)})
    base = {"font_name": "Times New Roman", "font_size": 11}
    bold = book.add_format(
        base | {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    )
    sheet = book.add_worksheet(clean(name)[:31])
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, clean(column.head), bold)
        sheet.write_blank(1, index, None, book.add_format(base | {"num_format": _FORMATS[column.kind]}))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return ZipFile(held)


def _opened(sheet: str, width: int) -> tuple[str, list[str], str]:
    """The sheet's XML before its rows, the style of each column, and what comes after."""
    start, end = sheet.index('<row r="2"'), sheet.index("</sheetData>")
    styles = re.findall(r' s="(\d+)"', sheet[start:end])
    if len(styles) != width:
        raise ValueError(f"{width} columns want {width} styles, the frame has {len(styles)}")
    return re.sub(r"<dimension [^>]*/>", "", sheet[:start]), styles, sheet[end:]


class _Counted:
    """Rows in chunks, counted as they pass."""

    def __init__(self, rows: Iterable[Sequence[Value]]) -> None:
        self._rows, self.done = iter(rows), 0

    def __iter__(self) -> Iterator[list[Sequence[Value]]]:
        while chunk := list(islice(self._rows, _CHUNK)):
            self.done += len(chunk)
            if self.done > MOST_ROWS:
                raise ListTooLong(
                    _("Danh sách dài hơn %(most)s dòng của một trang tính: hãy hỏi từng phần.")
                    % {"most": f"{MOST_ROWS:,}"}
                )
            yield chunk


def _chunks(columns: Sequence[Column], styles: Sequence[str], rows: _Counted) -> Iterator[str]:
    """The rows' XML, a chunk at a time; within it a column at a time, which is what makes it quick."""
    makers = [_MAKERS[column.kind](style) for column, style in zip(columns, styles, strict=True)]
    for chunk in rows:
        if set(map(len, chunk)) != {len(columns)}:
            raise ValueError(f"a row has not {len(columns)} values, after row {rows.done - len(chunk)}")
        opened = [f'<row r="{number}">' for number in range(rows.done - len(chunk) + 2, rows.done + 2)]
        made = [maker(values) for maker, values in zip(makers, zip(*chunk, strict=True), strict=True)]
        yield "".join(chain.from_iterable(zip(opened, *made, repeat("</row>"))))


def _only(values: Sequence[Any], *kinds: type) -> None:
    """Refuse a value of another type than its column's (and what is no number at all)."""
    found = set(map(type, values))
    wrong = found - {*kinds, type(None)}
    if wrong or (found & {float, Decimal} and any(value != value for value in values)):
        raise ValueError(f"a column of {kinds[0].__name__} can't hold {sorted(one.__name__ for one in wrong) or 'NaN'}")


Maker = Callable[[Sequence[Any]], Iterable[str]]


class _Known(dict[Any, str]):
    """Value → its cell's XML, made once: codes, names and days come again and again."""

    def __init__(self, style: str, make: Callable[[Any], str]) -> None:
        super().__init__()
        self._style, self._make = style, make
        self._blanks = {None: f'<c s="{style}"/>', "": f'<c s="{style}"/>'}
        self.update(self._blanks)

    def __missing__(self, value: Any) -> str:
        said = self[value] = f'<c s="{self._style}"{self._make(value)}</c>'
        return said

    def of(self, values: Sequence[Any]) -> Iterable[str]:
        """The cells of a stretch of a column."""
        if len(self) > _REMEMBERED:
            self.clear()
            self.update(self._blanks)
        return map(self.__getitem__, values)


def _text(value: str) -> str:
    kept = ' xml:space="preserve"' if value != value.strip() else ""
    plain = clean(value)
    return f' t="inlineStr"><is><t{kept}>{escape(plain) if _MARKUP.search(plain) else plain}</t></is>'


def _texts(style: str) -> Maker:
    known = _Known(style, _text)

    def maker(values: Sequence[Any]) -> Iterable[str]:
        _only(values, str)
        return known.of(values)

    return maker


def _numbers(style: str) -> Maker:
    blank, start = f'<c s="{style}"/>', f'<c s="{style}"><v>'

    def maker(values: Sequence[Any]) -> Iterable[str]:
        _only(values, int, float, Decimal)
        return [blank if value is None else f"{start}{value}</v></c>" for value in values]

    return maker


def _dates(style: str) -> Maker:
    known = _Known(style, lambda value: f"><v>{value.toordinal() - _DAY_0}</v>")

    def maker(values: Sequence[Any]) -> Iterable[str]:
        _only(values, date)
        return known.of(values)

    return maker


_MAKERS: Final = {"text": _texts, "number": _numbers, "percent": _numbers, "date": _dates}
