"""What one row looks like where tables are sought: a row with STT, a row of column numbers, heads, a preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vungcao.intake.reading import words
from vungcao.intake.reading.grid import Cell, NumberCell
from vungcao.intake.reading.numbers import looks_numeric
from vungcao.intake.reading.units import unit_over_table
from vungcao.intake.reading.words import fold

LONGEST_SERIAL = 16
YEAR = re.compile(r"^(19|20)\d\d$")
_COLUMN_NUMBER = re.compile(r"^\(?\s*(\d{1,3}[a-z]?|[A-Z])\s*\)?\s*(?:=.+)?$")


def serial_cell(cells: Sequence[Cell]) -> Cell | None:
    """The cell that says STT, where other heads stand to its right."""
    for index, cell in enumerate(cells[:3]):
        if not cell.is_text or len(said := cell.said) > LONGEST_SERIAL or len(cells) <= index + 1:
            continue
        if said.isascii() and said[0] not in "sStTmM":  # long tables have very many such cells
            continue
        if words.SERIAL.fullmatch(fold(cell.said)):
            return cell
    return None


def is_number_row(cells: Sequence[Cell]) -> bool:
    """A row such as ``A | B | 1 | 2 | 3=1+2 | (4)``: at least three labels that count up by one."""
    if len(cells) < 3 or _begins_far_on(cells[0]):
        return False
    counted = 0
    expected: int | None = None
    for cell in cells:
        if cell.number is not None and cell.formula is None and not cell.percent:
            found = re.fullmatch(r"(\d{1,3})", cell.said)
        else:
            found = _COLUMN_NUMBER.match(cell.said) if cell.is_text else None
        if not found:
            return False
        label = found.group(1)
        if label.isalpha():
            if counted:
                return False
            continue
        value = int(re.sub(r"\D", "", label))
        if expected is None and value not in (0, 1, 2):
            return False
        if expected is not None and value not in (expected, expected - 1):
            return False
        expected = value + 1
        counted += 1
    return counted >= 2 and (counted >= 3 or any("=" in cell.said for cell in cells) or cells[0].is_text)


def _begins_far_on(cell: Cell) -> bool:
    """A figure that no row of column numbers begins with."""
    return type(cell) is NumberCell and type(cell.raw) is int and cell.raw > 2


def is_plain_line(cells: Sequence[Cell], edge: int, right: int) -> bool:
    """A numbered line with a figure of four digits or more: neither head nor note, the usual line of a long list."""
    return _begins_far_on(cells[0]) and any(
        type(cell) is NumberCell and edge < cell.col <= right and type(cell.raw) is int and cell.raw > 999
        for cell in cells
    )


def is_head_like(cells: Sequence[Cell]) -> bool:
    """Several texts (years allowed), no figures, not a title over the whole width, no letterhead."""
    texts = [cell for cell in cells if cell.is_text or YEAR.match(cell.said)]
    if len(texts) < 2 or any(looks_numeric(c) and not YEAR.match(c.said) for c in cells):
        return False
    return not any(stands_above(cell) for cell in cells)


def stands_above(cell: Cell) -> bool:
    """A unit, a form's number, a letterhead, an office, a place and a day: none is a head of a column."""
    plain = fold(cell.said)
    return bool(
        unit_over_table(cell.said).said
        or words.FORM_NUMBER.match(plain)
        or words.LETTERHEAD.match(plain)
        or words.OFFICE.match(cell.said)
        or words.PLACE_AND_DAY.match(plain)
    )
