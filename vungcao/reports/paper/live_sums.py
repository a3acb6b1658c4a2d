"""Which cells of a table are sums or rates of other cells, and the formula that says so.

Two claims are read from a table: its depths (a total sums its sections, a section its items) and its row of column
numbers (``3=4+5``, ``9=6/3``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from .parts import Cell, Table, TableRow
from .printing import in_unit, places

_CLAIM: Final = re.compile(r"^\s*\(?(\d+)\)?\s*=\s*(.+?)\s*$")
_PLUS_MINUS: Final = re.compile(r"^[+-]?\(?\d+\)?(?:\s*[+-]\s*\(?\d+\)?)*$")
_RATIO: Final = re.compile(r"^\(?(\d+)\)?\s*[/:]\s*\(?(\d+)\)?\s*(?:[*x×]\s*100%?)?\s*$")
_TERM: Final = re.compile(r"([+-]?)\s*\(?(\d+)\)?")


@dataclass(frozen=True)
class Formula:
    """A formula in A1 notation, the value it gives (in the printed unit) and whether that is the stated value."""

    text: str
    value: Decimal
    holds: bool


def formulas(table: Table, top: int) -> dict[tuple[int, int], Formula]:
    """Formulas by (row, column) of the table's body, whose first row is sheet row `top` (from 0).

    Sums down come first; the claims of the number row fill what is left.
    """
    found: dict[tuple[int, int], Formula] = {}
    for index, row in enumerate(table.rows):
        if row.kind not in ("total", "section") or len(row.cells) != table.columns:
            continue
        children = children_of(table.rows, index)
        for column, cell in enumerate(row.cells):
            if cell.kind in ("money", "count") and cell.value is not None and children:
                formula = _sum_down(table, top, column, cell, children)
                if formula:
                    found[index, column] = formula
    for (index, column), formula in _claims(table, top).items():
        if (index, column) not in found or (formula.holds and not found[index, column].holds):
            found[index, column] = formula
    return found


def children_of(rows: Sequence[TableRow], index: int) -> list[int]:
    """The rows a total or section sums: those below it until one as shallow, each counted at its highest level.

    A total that comes last sums the rows above it.
    """
    depth = rows[index].depth
    block = []
    for below in range(index + 1, len(rows)):
        if rows[below].depth <= depth:
            break
        block.append(below)
    if not block and rows[index].kind == "total":
        for above in range(index - 1, -1, -1):
            if rows[above].depth <= depth:
                break
            block.insert(0, above)
    chosen: list[int] = []
    for one in block:
        if rows[one].kind == "note":
            continue
        if not chosen or rows[one].depth <= rows[chosen[-1]].depth:
            chosen.append(one)
    return chosen


def _value(cell: Cell, unit: int | None) -> Decimal | None:
    if cell.value is None or isinstance(cell.value, str):
        return None
    return in_unit(int(cell.value), unit or 1) if cell.kind == "money" else Decimal(cell.value)


def _sum_down(table: Table, top: int, column: int, cell: Cell, children: Sequence[int]) -> Formula | None:
    values = [_value(table.rows[child].cells[column], table.unit) for child in children]
    known = [value for value in values if value is not None]
    if not known:
        return None
    total = sum(known, Decimal(0))
    ranges = []
    for first, last in _stretches(children):
        start, end = xl_rowcol_to_cell(top + first, column), xl_rowcol_to_cell(top + last, column)
        ranges.append(start if first == last else f"{start}:{end}")
    return Formula(f"=SUM({','.join(ranges)})", total, total == _value(cell, table.unit))


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return stretches


def _claims(table: Table, top: int) -> dict[tuple[int, int], Formula]:
    """What the number row says of each row; rates are rounded to the decimals they are stated with."""
    labels = {}
    for column, text in enumerate(table.number_row or ()):
        number = text.split("=")[0].strip(" ()")
        labels[number] = column
    found = {}
    for column, text in enumerate(table.number_row or ()):
        claim = _CLAIM.match(text)
        if not claim:
            continue
        for index, row in enumerate(table.rows):
            if len(row.cells) == table.columns:
                formula = _claim(claim[2], row, column, labels, table.unit, top + index)
                if formula:
                    found[index, column] = formula
    return found


def _claim(
    said: str, row: TableRow, column: int, labels: dict[str, int], unit: int | None, sheet_row: int
) -> Formula | None:
    stated = _value(row.cells[column], unit)
    if stated is None:
        return None
    ratio = _RATIO.match(said)
    if ratio:
        return _rate(ratio[1], ratio[2], row, stated, labels, unit, sheet_row)
    if not _PLUS_MINUS.match(said.replace(" ", "")):
        return None
    total, blanks = Decimal(0), 0
    pieces: list[str] = []
    for sign, number in _TERM.findall(said):
        if number not in labels:
            return None
        value = _value(row.cells[labels[number]], unit)
        blanks += value is None
        total += (-value if sign == "-" else value) if value is not None else 0
        pieces.append(f"{sign if pieces or sign == '-' else ''}{xl_rowcol_to_cell(sheet_row, labels[number])}")
    if blanks and total != stated:  # what is blank may be unknown: no claim. A blank counts nothing where it holds
        return None
    decimals = places(stated)
    text = "".join(pieces)
    if row.cells[column].kind == "percent":
        text = f"ROUND({text},{decimals})"
    return Formula(f"={text}", total, total == stated)


def _rate(
    over: str, under: str, row: TableRow, stated: Decimal, labels: dict[str, int], unit: int | None, sheet_row: int
) -> Formula | None:
    if over not in labels or under not in labels:
        return None
    numerator = _value(row.cells[labels[over]], unit)
    denominator = _value(row.cells[labels[under]], unit)
    if numerator is None or not denominator:
        return None
    decimals = places(stated)
    rate = (numerator * 100 / denominator).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    top, bottom = (xl_rowcol_to_cell(sheet_row, labels[number]) for number in (over, under))
    return Formula(f"=ROUND({top}/{bottom}*100,{decimals})", rate, rate == stated)
