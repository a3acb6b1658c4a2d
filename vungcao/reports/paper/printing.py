"""How the values of a table are printed: in its unit, Vietnamese grouping, the same decimals down a column."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from vungcao.kernel.vietnamese import amount, number, unit_name

from .parts import Cell, Table, head_grid

ROUNDED_NOTE: Final = "Số liệu đã làm tròn theo đơn vị tính; tổng các dòng có thể lệch với dòng tổng do làm tròn."

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """NFC text without control characters, which no docx or xlsx may hold (outer and inner blanks are kept)."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def places(value: int | Decimal) -> int:
    """Decimals that an exact value needs: ``places(Decimal("72.90")) == 2``, an int needs none."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def in_unit(dong: int, unit: int) -> Decimal:
    """Whole đồng in a unit, exactly, without trailing zeros."""
    value = Decimal(dong) / unit
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def column_decimals(table: Table) -> list[int]:
    """Decimals for each column: as many as its most precise value needs, or the table's own for money."""
    needed = [0] * table.columns
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell.value is None or isinstance(cell.value, str):
                continue
            if cell.kind != "money":
                own = places(cell.value)
            elif table.decimals is not None:
                own = table.decimals
            else:
                own = places(in_unit(int(cell.value), table.unit or 1))
            needed[column] = max(needed[column], own)
    return needed


def percent_columns(table: Table) -> set[int]:
    """Columns whose head already says "%": there the sign is not repeated in each cell."""
    return {column for row in head_grid(table.head) for column, (cell, _) in enumerate(row) if "%" in cell.text}


def shown(cell: Cell, *, unit: int | None, decimals: int, says_percent: bool) -> str:
    """The cell as printed; nothing for a value that nobody gave."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return clean(cell.value)
    if cell.kind == "money":
        return amount(int(cell.value), unit or 1, decimals)
    text = number(cell.value, decimals)
    return f"{text}%" if cell.kind == "percent" and not says_percent else text


def shown_rows(table: Table) -> list[list[str]]:
    """Every cell of the table as printed, row by row."""
    decimals, heads = column_decimals(table), percent_columns(table)
    return [
        [
            shown(cell, unit=table.unit, decimals=decimals[column], says_percent=column in heads)
            for column, cell in enumerate(row.cells)
        ]
        for row in table.rows
    ]


def unit_line(table: Table) -> str:
    """``Đơn vị tính: triệu đồng``, or nothing for a table without money."""
    return f"Đơn vị tính: {unit_name(table.unit)}" if table.unit else ""


def is_rounded(table: Table) -> bool:
    """Whether some money is printed with fewer decimals than it has: the reader must be told."""
    if table.decimals is None or not table.unit:
        return False
    unit, allowed = table.unit, table.decimals
    return any(
        places(in_unit(int(cell.value), unit)) > allowed
        for row in table.rows
        for cell in row.cells
        if cell.kind == "money" and cell.value is not None
    )
