"""Comma- (or semicolon-, tab-) separated text as a grid of texts; the separator is the one that divides evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter

from vungcao.intake.reading.document import CannotRead
from vungcao.intake.reading.grid import Grid, TextCell, clean


def read_csv(content: bytes, *, name: str) -> Grid:
    """One grid; every cell is text, as csv knows nothing else."""
    text = _decoded(content)
    grid = Grid(clean(name))
    csv.field_size_limit(1_000_000)
    for row, values in enumerate(csv.reader(io.StringIO(text), delimiter=_separator(text)), start=1):
        for col, value in enumerate(values, start=1):
            said = clean(value)
            if said:
                grid.put(TextCell(row, col, said))
    return grid


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRead("not_a_workbook", "Tệp không phải văn bản CSV đọc được (sai bảng mã hoặc là tệp nhị phân).")


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        most, times = counts.most_common(1)[0] if counts else (0, 0)
        return times * bool(most), most

    return max(";\t,|", key=evenness)
