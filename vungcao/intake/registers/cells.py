"""A column's cells under its rules, a block at a time: what each is worth, and which are at fault.

Whole columns are tried at once with what the interpreter does in C (sets, ``map``, ``min``); single cells are looked at
only where a column does not pass as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from vungcao.intake.reading.numbers import Style, read_day, read_text
from vungcao.intake.reading.styles import settle_style
from vungcao.intake.registers.rules import ColumnRules

_FEW: Final = 4_096
Fail = Callable[[int, str], None]  # index in the block, rule


class ColumnCells:
    """One column of a register while its blocks go by; remembers the keys it has seen and texts known to be right."""

    def __init__(self, rules: ColumnRules) -> None:
        self.rules = rules
        self.seen: dict[Any, int] = {}
        self.right: set[str] = set()
        self.low: Any = rules.low
        self.high: Any = rules.high
        self.values = {"text": self._texts, "number": self._numbers, "date": self._days}[rules.kind]

    def take(self, cells: list[Any], rows: Sequence[int], fail: Fail) -> list[Any]:
        """The worth of each cell (text, number, day; None where it is blank or at fault)."""
        values = self.values(cells, fail)
        if self.rules.unique:
            self._unique(values, rows, fail)
        return values

    def _blank(self, index: int, fail: Fail) -> None:
        if not self.rules.optional:
            fail(index, "required")

    def _are_inside(self, values: list[Any]) -> bool:
        return (self.low is None or min(values) >= self.low) and (self.high is None or max(values) <= self.high)

    # texts

    def _texts(self, cells: list[Any], fail: Fail) -> list[Any]:
        texts = cells if set(map(type, cells)) == {str} else [_as_text(cell) for cell in cells]
        wrong = self._wrong(texts)
        if not wrong and "" not in texts:
            return texts
        values: list[Any] = [text or None for text in texts]
        rule = "list" if self.rules.among is not None else "pattern"
        if not self.rules.optional:
            wrong = wrong | {""}
        for index in [index for index, text in enumerate(texts) if text in wrong] if wrong else ():
            values[index] = None
            fail(index, rule if texts[index] else "required")
        return values

    def _wrong(self, texts: list[str]) -> set[str]:
        """Texts that stand in no list, or do not match the pattern; a blank is neither."""
        rules = self.rules
        if rules.among is not None:
            return set(texts) - rules.among - {""}
        if rules.pattern is None:
            return set()
        matches = rules.pattern.fullmatch
        if len(self.right) < _FEW:  # few different texts: each is tried once
            new = set(texts) - self.right - {""}
            wrong = {text for text in new if matches(text) is None}
            self.right |= new - wrong
            return wrong
        found = list(map(matches, texts))
        if None not in found:
            return set()
        return {text for text, match in zip(texts, found, strict=True) if match is None and text}

    # numbers

    def _numbers(self, cells: list[Any], fail: Fail) -> list[Any]:
        single = self._single(cells, int)
        if not single:
            return cells
        values, style = list(cells), self._style(cells)
        for index in single:
            values[index] = self._number(index, cells[index], style, fail)
        return values

    def _single(self, cells: list[Any], kind: type) -> Sequence[int]:
        """Which cells have to be looked at: those of another kind; all where the others are not inside the limits."""
        single = (
            [] if set(map(type, cells)) == {kind} else [i for i, cell in enumerate(cells) if type(cell) is not kind]
        )
        if single and len(single) == len(cells):
            return single
        plain = [cell for cell in cells if type(cell) is kind] if single else cells
        return single if self._are_inside(plain) else range(len(cells))

    def _style(self, cells: list[Any]) -> Style:
        texts = {cell for cell in set(cells) if type(cell) is str and cell}
        return settle_style(texts, "count" if self.rules.whole else "money", None, None).style if texts else "dots"

    def _number(self, index: int, cell: Any, style: Style, fail: Fail) -> Any:
        if cell == "":
            self._blank(index, fail)
            return None
        value = cell
        if not isinstance(cell, (int, Decimal)):
            found = read_text(_as_text(cell), style)
            if found.kind in ("not_applicable", "empty", "nil") and self.rules.optional:
                return None
            if found.kind != "text_number" or not isinstance(found.value, Decimal):
                fail(index, "number")
                return None
            value = int(found.value) if found.value == found.value.to_integral_value() else found.value
        if self.rules.whole and not isinstance(value, int):
            fail(index, "whole")
        elif not self._are_inside([value]):
            fail(index, "range")
        else:
            return value
        return None

    # days

    def _days(self, cells: list[Any], fail: Fail) -> list[Any]:
        single = self._single(cells, date)
        if not single:
            return cells
        values = list(cells)
        for index in single:
            values[index] = self._day(index, cells[index], fail)
        return values

    def _day(self, index: int, cell: Any, fail: Fail) -> date | None:
        if cell == "":
            self._blank(index, fail)
            return None
        day = cell if isinstance(cell, date) else read_day(cell) if isinstance(cell, str) else None
        if day is None:
            fail(index, "date")
        elif not self._are_inside([day]):
            fail(index, "range")
        else:
            return day
        return None

    # keys

    def _unique(self, values: list[Any], rows: Sequence[int], fail: Fail) -> None:
        """The first line with a key keeps it; the later ones are at fault."""
        block = dict(zip(values, rows, strict=True))
        if len(block) == len(values) and None not in block and self.seen.keys().isdisjoint(block):
            self.seen |= block
            return
        for index, (value, row) in enumerate(zip(values, rows, strict=True)):
            if value is not None and self.seen.setdefault(value, row) != row:
                fail(index, "duplicate")


def _as_text(cell: Any) -> str:
    """What a cell of texts says; a day the way it is written here."""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
