"""What may not enter at all: papers marked MẬT, and lists of persons. Of these nothing is kept, not even the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vungcao.intake.profile import head_of
from vungcao.intake.reading import Reading, Sheet, Table
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import fold

_SECRET: Final = re.compile(r"\W*(?:do mat:?\s*)?(?:dau\s+)?(?:tuyet mat|toi mat|mat)\W*")
_NAME: Final = re.compile(
    r"\bho (?:va |, )?ten\b|\bho dem\b|\bchu ho\b|\bten nguoi\b|\bnguoi (?:gui|nhan|thay|khieu nai|to cao|duoc tiep)\b"
    r"|\bten hoc vien\b|\bdai dien ho\b"
)
_BIRTH: Final = re.compile(r"\bnam sinh\b|\bngay sinh\b|\bsinh nam\b|ngay,? thang,? nam sinh|\btuoi\b")
_NUMBER: Final = re.compile(r"\bcccd\b|\bcmnd\b|\bcmt\b|can cuoc|dinh danh ca nhan|chung minh (?:nhan dan|thu)")
_ABOUT: Final = re.compile(
    r"\bdan toc\b|\bton giao\b|\bdang vien\b|\bky nhan\b|\bquan he\b|\bdia chi\b|\bnoi (?:cu tru|o)\b|\bly do\b"
    r"|\bxep loai\b|\bdien\b|\bphieu [ab]\b|\bdiem b\d?\b|\bngay nhan\b|\bmuc\b|\bkhau\b|\bdon\b|\bnoi dung\b"
)
_COUNT: Final = re.compile(r"\bso (?:luong|luot|nguoi|ho|chu ho)\b")
_WORDS: Final = re.compile(r"[^\W\d_]{2}")
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
    """Letters of the columns that make a table a list of persons.

    A name beside a birth, a number or anything else that is said of one person; names of senders or receivers; or
    numbers alone. "Số người được cấp CCCD" and "Chủ hộ nữ" are counts: a column of names holds words, one of numbers
    what looks like one.
    """
    heads = {column.col: head_of(column) for column in table.columns}
    named = [col for col, head in heads.items() if _NAME.search(head) and not _COUNT.search(head)]
    births = [col for col, head in heads.items() if _BIRTH.search(head)]
    numbers = [col for col, head in heads.items() if _NUMBER.search(head)]
    if any(_DIGITS.fullmatch(said) for col in numbers for said in _held(table, col)):
        return _sorted({*named, *births, *numbers})
    if named and (births or numbers):
        return _sorted({*named, *births, *numbers})
    names = [col for col in named if _are_words(table, col)]
    about = [col for col, head in heads.items() if col not in names and _ABOUT.search(head)]
    return _sorted({*names, *about}) if names and about else []


def _sorted(columns: Iterable[str]) -> list[str]:
    return sorted(columns, key=lambda col: (len(col), col))


def _held(table: Table, col: str) -> list[str]:
    """What the cells of a column say; blank ones left out."""
    return [value.said for row in table.rows if (value := row.values.get(col)) is not None and value.said.strip()]


def _are_words(table: Table, col: str) -> bool:
    """Do more cells of the column hold words than figures? A column of labels is words."""
    if table.column(col).kind == "label":
        return any(row.label for row in table.rows)
    held = _held(table, col)
    return 2 * sum(1 for said in held if _WORDS.search(said)) > len(held) > 0
