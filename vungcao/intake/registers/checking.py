"""A register tried against its rules: every line, every fault with its cell, nothing corrected."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vungcao.intake.reading import CannotRead
from vungcao.intake.reading import words as vocabulary
from vungcao.intake.reading.words import fold
from vungcao.intake.registers.cells import ColumnCells
from vungcao.intake.registers.heads import bind, is_numbers
from vungcao.intake.registers.lines import Block, LinesOfSheet, open_lines
from vungcao.intake.registers.rules import Register
from vungcao.kernel.refusal import Cell, Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that breaks a rule: row of the sheet, code of the column, the rule, and what the cell says."""

    row: int
    column: str
    rule: str
    said: str


@dataclass(slots=True)
class Lines:
    """Lines without a fault, ready to be stored: rows of the sheet, and for each column's code what the cells hold.

    A text is one line of NFC, a number an int or Decimal, exact, a day a ``date``, None a blank.
    """

    rows: Sequence[int]
    columns: dict[str, list[Any]]


@dataclass
class Checked:
    """What became of a list: how many lines, the faults in order of rows, and rows that are no line of it."""

    file: str
    sheet: str
    register: Register
    letters: dict[str, str]
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    is_quick: bool = False

    @property
    def bad_lines(self) -> int:
        return len({fault.row for fault in self.faults})

    def problems(self) -> list[Problem]:
        """Each fault as a problem at its cell, and the hidden lines as a notice."""
        found = [self._problem(fault) for fault in self.faults]
        if self.unseen:
            said = f"{len(self.unseen)} dòng đang ẩn (đầu tiên: dòng {self.unseen[0]}), không kiểm."
            cell = Cell(self.file, self.sheet, f"A{self.unseen[0]}")
            found.append(Problem(cell, "register.hidden", "", said, "notice"))
        return found

    def _problem(self, fault: Fault) -> Problem:
        where = Cell(self.file, self.sheet, f"{self.letters[fault.column]}{fault.row}")
        return Problem(where, f"register.{fault.rule}", fault.said, self.sentence(fault))

    def sentence(self, fault: Fault) -> str:
        """What is wrong, for an officer."""
        column = self.register.column(fault.column)
        among = "từ" if column.kind == "number" else "từ ngày"
        limits = [f"{among} {column.low}" if column.low is not None else "",
                  f"đến {column.high}" if column.high is not None else ""]  # fmt: skip
        said = {
            "required": "để trống",
            "pattern": "không đúng dạng" + (f" (ví dụ đúng: {column.like})" if column.like else ""),
            "list": "không có trong danh mục",
            "number": "không phải là số",
            "whole": "phải là số nguyên",
            "range": f"phải {' '.join(part for part in limits if part)}",
            "date": "không phải là ngày có thật (viết 15/11/2021)",
            "duplicate": "trùng với một dòng ở trên",
        } | {rule.code: rule.says for rule in self.register.rows}
        return f"{column.name}: {said[fault.rule]}."


def check(
    path: str | os.PathLike[str],
    register: Register,
    *,
    take: Callable[[Lines], None] | None = None,
    quickly: bool = True,
) -> Checked:
    """Try every line of the first visible sheet that has the register's heads.

    ``take`` hears of the lines without a fault, a few thousand at a time, in order; it may have to be undone by whoever
    asked (a transaction) when an exception leaves this function. Raises ``CannotRead``.
    """
    file = Path(path)
    collecting = gc.isenabled()
    gc.disable()  # millions of cells, none in a ring
    try:
        for sheet in open_lines(file, quickly=quickly):
            places = bind(sheet, register)
            if places is not None:
                return _Checking(file.name, sheet, register, places).run(take)
    finally:
        if collecting:
            gc.enable()
    wanted = ", ".join(f"“{column.name}”" for column in register.columns if not column.optional)
    raise CannotRead("no_list", f"Tệp “{file.name}” không có trang nào đủ các cột của {register.label}: {wanted}.")


class _Checking:
    def __init__(self, file: str, sheet: LinesOfSheet, register: Register, places: dict[str, int]) -> None:
        self.sheet, self.register, self.places = sheet, register, places
        letters = {code: sheet.letter(place) for code, place in places.items()}
        self.out = Checked(file, sheet.name, register, letters, unseen=sheet.unseen, is_quick=sheet.is_quick)
        self.columns = [
            (c.code, ColumnCells(c), places[c.code])
            for c in register.columns if c.code in places
        ]  # fmt: skip
        self.rules = [rule for rule in register.rows if {rule.left, rule.right, rule.at} <= places.keys()]
        self.key = next(places[column.code] for column in register.columns if not column.optional)

    def run(self, take: Callable[[Lines], None] | None) -> Checked:
        width = max(self.places.values()) + 1
        for block in self.sheet.blocks(width):
            lines = self._block(_without(block, self._no_lines(block)) if "" in block.columns[self.key] else block)
            if take is not None and lines.rows:
                take(lines)
        self.out.faults.sort(key=lambda fault: fault.row)
        self.out.left_out.sort()
        return self.out

    def _no_lines(self, block: Block) -> set[int]:
        """Rows that are no line: blank, one text only (a heading, a note), a total."""
        found = set()
        for index, key in enumerate(block.columns[self.key]):
            if key != "":
                continue
            filled = [column[index] for column in block.columns if column[index] != ""]
            bound = [code for code, _, place in self.columns if block.columns[place][index] != ""]
            texts = [fold(cell) for cell in filled if isinstance(cell, str)]
            if len(bound) < 2 or any(vocabulary.TOTAL.fullmatch(text) for text in texts):
                found.add(index)
                if filled:
                    self.out.left_out.append(block.rows[index])
        return found

    def _block(self, block: Block) -> Lines:
        if block.rows and self.out.lines == 0 and is_numbers([column[0] for column in block.columns]):
            self.out.left_out.append(block.rows[0])
            block = _without(block, {0})
        bad: set[int] = set()
        values: dict[str, list[Any]] = {}
        for code, column, place in self.columns:
            cells = block.columns[place]

            def fail(index: int, rule: str, code: str = code, cells: list[Any] = cells) -> None:
                bad.add(index)
                self.out.faults.append(Fault(block.rows[index], code, rule, _shown(cells[index])))

            values[code] = column.take(cells, block.rows, fail) if cells else []
        for rule in self.rules:
            for index in _broken(values[rule.left], values[rule.right], rule.holds):
                bad.add(index)
                said = _shown(block.columns[self.places[rule.at]][index])
                self.out.faults.append(Fault(block.rows[index], rule.at, rule.code, said))
        self.out.lines += len(block.rows)
        if not bad:
            return Lines(block.rows, values)
        good = [index for index in range(len(block.rows)) if index not in bad]
        kept = {code: [cells[index] for index in good] for code, cells in values.items()}
        return Lines([block.rows[index] for index in good], kept)


def _broken(left: list[Any], right: list[Any], holds: Callable[[Any, Any], bool]) -> list[int]:
    """Where two columns do not stand in their relation; where a cell holds nothing, nothing can be said."""
    try:
        results = list(map(holds, left, right))
    except TypeError:  # a blank among them
        results = [a is None or b is None or holds(a, b) for a, b in zip(left, right, strict=True)]
    return [index for index, result in enumerate(results) if not result] if False in results else []


def _without(block: Block, gone: set[int]) -> Block:
    keep = [index for index in range(len(block.rows)) if index not in gone]
    columns = [[column[index] for index in keep] for column in block.columns]
    return Block([block.rows[index] for index in keep], columns)


def _shown(cell: Any) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
