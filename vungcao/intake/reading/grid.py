"""A sheet as a grid of cells as said: values, merged ranges, what is hidden. Rows and columns count from 1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from vungcao.intake.reading.document import plain
from vungcao.kernel.vietnamese import number as say_number

_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_PLAIN_INTEGER = re.compile(r"^-?\d+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank. Exactly one of ``number``, ``day`` or neither (then it is text or an error)."""

    row: int
    col: int
    said: str
    number: Decimal | None = None
    day: date | None = None
    percent: bool = False
    error: bool = False
    formula: str | None = None

    @property
    def at(self) -> str:
        return f"{letters(self.col)}{self.row}"

    @property
    def mark_text(self) -> str:
        """What the cell says where a mark is looked for: ``1.1`` typed as a number, however decimals are printed."""
        return self.said if self.number is None else plain(self.number) or ""

    @property
    def is_text(self) -> bool:
        return self.number is None and self.day is None and not self.error


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """Cells of one sheet by (row, column)."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)  # formulas that hold no result
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # their number formats
    _covered: dict[tuple[int, int], Merge] | None = None

    def at(self, row: int, col: int) -> Cell | None:
        return self.cells.get((row, col))

    def merge_at(self, row: int, col: int) -> Merge | None:
        """The merged range that covers a place."""
        if self._covered is None:
            self._covered = {
                (r, c): merge
                for merge in self.merges
                if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= 20_000
                for r in range(merge.top, merge.bottom + 1)
                for c in range(merge.left, merge.right + 1)
            }
        return self._covered.get((row, col))

    def shown_at(self, row: int, col: int) -> Cell | None:
        """The cell seen at a place: its own, or that of the merged range over it."""
        cell = self.cells.get((row, col))
        if cell is not None:
            return cell
        merge = self.merge_at(row, col)
        return self.cells.get((merge.top, merge.left)) if merge else None

    def span(self, cell: Cell) -> tuple[int, int]:
        """First and last column a cell covers."""
        merge = self.merge_at(cell.row, cell.col)
        return (merge.left, merge.right) if merge else (cell.col, cell.col)

    def by_row(self) -> dict[int, list[Cell]]:
        """Cells of each row that is not blank, from left to right."""
        rows: dict[int, list[Cell]] = {}
        for key in sorted(self.cells):
            rows.setdefault(key[0], []).append(self.cells[key])
        return rows

    def put(self, cell: Cell) -> None:
        if cell.said or cell.number is not None:
            self.cells[cell.row, cell.col] = cell

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells.values())


@lru_cache(maxsize=20_000)
def letters(col: int) -> str:
    """``1`` → ``A``, ``28`` → ``AB``."""
    name = ""
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=20_000)
def column_number(name: str) -> int:
    """``A`` → ``1``, ``AB`` → ``28``."""
    total = 0
    for letter in name.upper():
        total = total * 26 + ord(letter) - 64
    return total


def clean(text: str) -> str:
    """One line of NFC text with single blanks."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def exact(raw: str | float) -> Decimal:
    """The decimal a spreadsheet number stands for: integers whole, others to the 15 digits a spreadsheet keeps."""
    text = str(raw).strip()
    if _PLAIN_INTEGER.match(text):
        return Decimal(text)
    value = Decimal(format(float(text), ".15g"))
    return Decimal(int(value)) if value == value.to_integral() and abs(value) < Decimal(10) ** 18 else value.normalize()


def number_cell(row: int, col: int, value: Decimal, *, format_code: str, formula: str | None) -> Cell:
    """A cell that holds a number; a percentage is turned into what is printed (0.1661 → 16.61, ``16,61%``).

    ``said`` is in the Vietnamese style, thousands grouped where the format groups them.
    What a formula prints as a percentage is taken at its printed decimals; what was typed is kept whole.
    """
    places = printed_places(format_code)
    percent = is_percent(format_code)
    if percent:
        value = exact(format(value * 100, "f")) if value else value
        if formula and places is not None:
            value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    said = say_number(value, places) if places is not None and abs(value) < Decimal(10) ** 20 else say_number(value)
    if "," not in format_code:
        said = said.replace(".", "")
    return Cell(row, col, said + ("%" if percent else ""), number=value, percent=percent, formula=formula)


@lru_cache(maxsize=4096)
def is_percent(format_code: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", format_code)


@lru_cache(maxsize=4096)
def printed_places(format_code: str) -> int | None:
    """Decimals a number format prints (``#,##0.0`` → 1); None where it does not say (General, text, dates)."""
    first = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", format_code.split(";")[0])
    found = re.search(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]+))?", first)
    if not found or re.search(r"[ymdhs@]|General|E[+-]", first, re.IGNORECASE):
        return None
    decimals = found.group(1) or ""
    return None if "#" in decimals or "?" in decimals else len(decimals)
