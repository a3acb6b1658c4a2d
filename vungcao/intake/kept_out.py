"""What may not enter at all: papers marked MẬT, and lists of persons. Of these nothing is kept, not even the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vungcao.intake.profile import head_of
from vungcao.intake.reading import Reading, Sheet, Table
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import fold

_SECRET: Final = re.compile(r"\W*(?:do mat:?\s*)?(?:dau\s+)?(?:tuyet mat|toi mat|mat)\W*")
_NAME: Final = re.compile(r"\bho (?:va |, )?ten\b|\bho dem\b|\bchu ho\b|\bten nguoi\b")
_BIRTH: Final = re.compile(r"\bnam sinh\b|\bngay sinh\b|\bsinh nam\b|ngay,? thang,? nam sinh|\btuoi\b")
_NUMBER: Final = re.compile(r"\bcccd\b|\bcmnd\b|\bcmt\b|can cuoc|dinh danh ca nhan|chung minh (?:nhan dan|thu)")
_DIGITS: Final = re.compile(r"\D?(?:\d{9}|\d{12})")


def kept_out(reading: Reading) -> Problem | None:
    """Why the whole file is turned away; hidden sheets are looked at as well."""
    return next((found for sheet in reading.sheets for found in _of(reading.file, sheet)), None)


def _of(file: str, sheet: Sheet) -> Iterator[Problem]:
    for said in sheet.said:
        if _SECRET.fullmatch(fold(said.text)):
            sentence = "văn bản có dấu MẬT: không được đưa vào hệ thống nối mạng. Tệp không được giữ lại."
            yield Problem(Cell(file, sheet.name, said.cell), "paper.secret", "", sentence)
    for table in sheet.tables:
        columns = _persons(table)
        if columns:
            cell = f"{columns[0]}{table.header.first}"
            listed = ", ".join(columns)
            sentence = f"đây là danh sách người (cột {listed}): cửa này chỉ nhận số lượng. Tệp không được giữ lại."
            yield Problem(Cell(file, sheet.name, cell), "persons.listed", "", sentence)


def _persons(table: Table) -> list[str]:
    """Letters of the columns that make a table a list of persons: a name beside a birth or number, or numbers alone.

    "Số người được cấp CCCD" is a count: a column of numbers alone must hold what looks like one.
    """
    names = [column.col for column in table.columns if _NAME.search(head_of(column))]
    births = [column.col for column in table.columns if _BIRTH.search(head_of(column))]
    numbers = [column.col for column in table.columns if _NUMBER.search(head_of(column))]
    held = [row.values[col].said for row in table.rows for col in numbers if col in row.values]
    is_numbered = any(_DIGITS.fullmatch(said) for said in held)
    if is_numbered or (names and (births or numbers)):
        return sorted({*names, *births, *numbers}, key=lambda col: (len(col), col))
    return []
