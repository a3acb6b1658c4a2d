"""Where a register's list stands on a sheet: the row of heads, and which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from vungcao.intake.reading.words import fold
from vungcao.intake.registers.lines import LinesOfSheet
from vungcao.intake.registers.rules import Register

_SEARCHED: Final = 30  # rows from the top in which heads are sought
_LETTERS_OF_A_HEAD: Final = 200


def bind(sheet: LinesOfSheet, register: Register) -> dict[str, int] | None:
    """Code of each column → its place among the cells of a row; None where a wanted head is missing.

    Reads the sheet up to its heads (a head of two rows, a row of column numbers); what follows are its lines.
    """
    above: Sequence[Any] = ()
    for _, row in islice(sheet.top, _SEARCHED):
        found = _bound(row, above, register)
        above = row
        if found is not None:
            return found
    return None


def _bound(row: Sequence[Any], above: Sequence[Any], register: Register) -> dict[str, int] | None:
    own = [fold(cell) if isinstance(cell, str) and len(cell) <= _LETTERS_OF_A_HEAD else "" for cell in row]
    if sum(map(bool, own)) < 2:
        return None
    group = ""
    both = []
    for index, text in enumerate(own):
        over = above[index] if index < len(above) else ""
        group = fold(over) if isinstance(over, str) and over else group
        both.append(f"{group} {text}".strip() if text else group)
    found: dict[str, int] = {}
    for column in register.columns:
        for texts in (own, both):
            place = next((i for i, text in enumerate(texts) if text and column.head.fullmatch(text)), None)
            if place is not None and place not in found.values():
                found[column.code] = place
                break
        else:
            if not column.optional:
                return None
    return found


def is_numbers(row: Sequence[Any]) -> bool:
    """A row of column numbers under the heads: ``1 | 2 | 3``, at least three, each one more than the one before."""
    said = [cell for cell in row if cell not in ("", None)]
    try:
        counted = [int(float(str(cell).strip("()"))) for cell in said]
    except ValueError:
        return False
    return len(counted) >= 3 and counted == list(range(counted[0], counted[0] + len(counted))) and counted[0] in (1, 2)
