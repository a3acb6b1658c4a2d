"""Comma- (or semicolon-, tab-) separated text as a grid of texts; the separator is the one that divides evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.grid import MOST_COLUMNS, Grid, TextCell, clean, letters

_LONGEST_FIELD: Final = 1_000_000
_MOST_LINES_OF_A_FIELD: Final = 50
_FEWEST_EVEN_LINES: Final = 2
Divided = tuple[int, list[str], bool]  # the line it begins in, its values, whether a quote in it was never closed


def read_csv(content: bytes, *, name: str) -> Grid:
    """One grid; every cell is text, as csv knows nothing else."""
    text = _decoded(content)
    if text is None:
        raise CannotRead("not_a_workbook", "Tệp không phải văn bản CSV đọc được (sai bảng mã hoặc là tệp nhị phân).")
    grid = Grid(clean(name), printed=True)
    csv.field_size_limit(_LONGEST_FIELD)
    for row, values, open_quote in _records(text):
        if open_quote:
            col = next((col for col, value in enumerate(values, start=1) if value.count('"') % 2), 1)
            grid.notes.append(("csv.open_quote", f"{letters(col)}{row}", clean(values[col - 1])[:120]))
        for col, value in enumerate(values[: MOST_COLUMNS + 1], start=1):
            said = clean(value)
            if said:
                grid.put(TextCell(row, col, said))
    return grid


def looks_like_csv(content: bytes) -> bool:
    """Whether the bytes are text of which two lines at least are divided by one separator, equally often."""
    text = _decoded(content)
    if text is None or any(sign < " " and sign not in "\t\r\n" for sign in text[:10_000]):
        return False
    times, most = _evenness(_first_lines(text), _separator(text))
    return times >= _FEWEST_EVEN_LINES and most > 0


def _decoded(content: bytes) -> str | None:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _records(text: str) -> Iterator[Divided]:
    """The records of the text; a quote that never closes swallows nothing: its line is then taken as it is written.

    A line that is whole by its separators, or is not closed within ``_MOST_LINES_OF_A_FIELD``, only has a stray quote.
    """
    separator = _separator(text)
    lines = list(io.StringIO(text, newline=""))
    _, usual = _evenness(_first_lines(text), separator)
    at = row = 0
    while at < len(lines):
        row += 1
        until = at + 1
        stray = False
        if lines[at].count('"') % 2:
            until = _closing_line(lines, at)
            stray = until == at + 1 or (usual > 0 and lines[at].count(separator) >= usual)
            until = at + 1 if stray else until
        quoting: Literal[0, 3] = csv.QUOTE_NONE if stray else csv.QUOTE_MINIMAL
        try:
            values = next(csv.reader(lines[at:until], delimiter=separator, quoting=quoting), [])
        except csv.Error:
            raise CannotRead(
                "broken", f"Dòng {row} của tệp CSV có ô dài quá {_LONGEST_FIELD} chữ nên không đọc."
            ) from None
        yield row, values, stray
        at = until


def _closing_line(lines: list[str], first: int) -> int:
    """The line after the one in which the quote opened in ``first`` closes; ``first + 1`` where none does."""
    quotes = 0
    for at in range(first, min(len(lines), first + _MOST_LINES_OF_A_FIELD)):
        quotes += lines[at].count('"')
        if quotes % 2 == 0:
            return at + 1
    return first + 1


def _first_lines(text: str) -> list[str]:
    return [line for line in text[: 4 * _LONGEST_FIELD].splitlines()[:200] if line.strip()]


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    """How many lines hold the separator as often as most do, and how often that is."""
    counts = Counter(line.count(separator) for line in lines if separator in line)
    most, times = counts.most_common(1)[0] if counts else (0, 0)
    return times * bool(most), most


def _separator(text: str) -> str:
    lines = _first_lines(text)
    return max(";\t,|", key=lambda separator: _evenness(lines, separator))
