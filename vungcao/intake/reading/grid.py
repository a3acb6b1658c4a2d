"""A sheet as a grid of cells as said: values, merged ranges, what is hidden. Rows and columns count from 1.

A long table has millions of cells, so a cell keeps only what the file says of it; what it is worth and how it is
printed are worked out when asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from vungcao.intake.reading.document import plain
from vungcao.kernel.vietnamese import number as say_number

MOST_COLUMNS = 2_000
MOST_ROWS = 1_048_576  # as many as a sheet can have
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_PLAIN_INTEGER = re.compile(r"^-?\d+$")
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a number format prints as it stands
_LARGEST_PRINTED = Decimal(10) ** 20


class Cell:
    """A cell that is not blank: a text here; figures, days and errors are its kinds below."""

    __slots__ = ("col", "formula", "row")
    row: int
    col: int
    formula: str | None
    number: Decimal | None = None
    day: date | None = None
    percent = False
    error = False
    is_number = False
    is_text = True
    said: str

    @property
    def at(self) -> str:
        return f"{letters(self.col)}{self.row}"

    @property
    def mark_text(self) -> str:
        """What the cell says where a mark is looked for: ``1.1`` typed as a number, however decimals are printed."""
        return self.said

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.at} {self.said!r}>"


class TextCell(Cell):
    """A text, in NFC, on one line."""

    __slots__ = ("said",)

    def __init__(self, row: int, col: int, said: str, formula: str | None = None) -> None:
        self.row, self.col, self.said, self.formula = row, col, said, formula


class ErrorCell(Cell):
    """An error of a formula: ``#REF!``."""

    __slots__ = ("said",)
    error = True
    is_text = False

    def __init__(self, row: int, col: int, said: str, formula: str | None = None) -> None:
        self.row, self.col, self.said, self.formula = row, col, said, formula


class DayCell(Cell):
    """A day, said as ``15/11/2021``."""

    __slots__ = ("day",)
    is_text = False

    def __init__(self, row: int, col: int, day: date, formula: str | None = None) -> None:
        self.row, self.col, self.day, self.formula = row, col, day, formula

    @property
    def said(self) -> str:  # type: ignore[override]  # worked out, where a text keeps it
        assert self.day is not None
        return f"{self.day:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Form:
    """How numbers of one format are printed: decimals (None: as many as there are), percentage, grouped thousands."""

    places: int | None
    percent: bool
    grouped: bool
    thousands: int = 0  # how often the figure is divided by a thousand before it is printed: ``#,##0,,`` twice


class NumberCell(Cell):
    """A number as the file writes it, and the form it is printed in."""

    __slots__ = ("form", "raw")
    is_number = True
    is_text = False

    def __init__(self, row: int, col: int, raw: int | str | Decimal, form: Form, formula: str | None = None) -> None:
        self.row, self.col, self.raw, self.form, self.formula = row, col, raw, form, formula

    @property
    def percent(self) -> bool:  # type: ignore[override]  # of the form, where other cells have none
        return self.form.percent

    @property
    def number(self) -> Decimal:  # type: ignore[override]  # worked out from what is written
        """The figure; a percentage as printed (0.1661 → 16.61), one that a formula makes at its printed decimals."""
        raw = self.raw
        value = Decimal(raw) if type(raw) is int else exact(raw)
        if self.form.percent:
            value = exact(format(value * 100, "f")) if value else value
            if self.formula and self.form.places is not None:
                value = value.quantize(Decimal(1).scaleb(-self.form.places), rounding=ROUND_HALF_UP)
        if self.form.thousands:
            value = exact(format(value.scaleb(-3 * self.form.thousands), "f"))
        return value

    @property
    def kept(self) -> Decimal:
        """The figure the file keeps, whatever its format prints: what formulas take."""
        return Decimal(self.raw) if type(self.raw) is int else exact(self.raw)

    @property
    def said(self) -> str:  # type: ignore[override]  # worked out
        """In the Vietnamese style, thousands grouped where the format groups them."""
        form = self.form
        if type(self.raw) is int and not form.percent and not form.places and not form.thousands:
            return f"{self.raw:,}".replace(",", ".") if form.grouped else str(self.raw)
        value = self.number
        said = say_number(value, form.places) if form.places is not None and abs(value) < _LARGEST_PRINTED else (
            say_number(value)
        )  # fmt: skip
        if not form.grouped:
            said = said.replace(".", "")
        return f"{said}%" if form.percent else said

    @property
    def mark_text(self) -> str:
        return plain(self.number) or ""


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """Cells of one sheet: ``lines[row][col]`` (None where blank; place 0 is not used)."""

    name: str
    hidden: bool = False
    lines: dict[int, list[Cell | None]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)  # formulas that hold no result
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # their number formats
    formula_cols: set[int] = field(default_factory=set)  # columns that hold formulas
    notes: list[tuple[str, str, str]] = field(default_factory=list)  # warnings of the door: code, cell, what is said
    pictures: bool = False
    printed: bool = False  # a csv: its figures are texts that a program wrote, all in one style
    doubles: bool = False  # an old xls holds figures as doubles only: from 2⁵³ on not to the last digit
    _covered: dict[tuple[int, int], Merge] | None = None
    _by_row: dict[int, list[Cell]] | None = None

    @property
    def cells(self) -> Cells:
        """The cells by (row, column)."""
        return Cells(self)

    def at(self, row: int, col: int) -> Cell | None:
        line = self.lines.get(row)
        return line[col] if line is not None and 0 < col < len(line) else None

    def merge_at(self, row: int, col: int) -> Merge | None:
        """The merged range that covers a place."""
        if not self.merges:
            return None
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
        cell = self.at(row, col)
        if cell is not None:
            return cell
        merge = self.merge_at(row, col)
        return self.at(merge.top, merge.left) if merge else None

    def span(self, cell: Cell) -> tuple[int, int]:
        """First and last column a cell covers."""
        merge = self.merge_at(cell.row, cell.col)
        return (merge.left, merge.right) if merge else (cell.col, cell.col)

    def by_row(self) -> dict[int, list[Cell]]:
        """Cells of each row that is not blank, from left to right, in the order of rows."""
        if self._by_row is None:
            filled = ((row, [cell for cell in self.lines[row] if cell is not None]) for row in sorted(self.lines))
            self._by_row = {row: cells for row, cells in filled if cells}
        return self._by_row

    def put(self, cell: Cell) -> None:
        """Set a cell; a text without a sign and what stands beyond the last column we read are passed over."""
        if not (cell.is_number or cell.said):
            return
        if cell.col > MOST_COLUMNS:
            if not any(code == "sheet.too_wide" for code, _, _ in self.notes):
                self.notes.append(("sheet.too_wide", cell.at, cell.said))
            return
        line = self.lines.get(cell.row)
        if line is None:
            line = self.lines[cell.row] = [None]
        if len(line) <= cell.col:
            line += [None] * (cell.col + 1 - len(line))
        line[cell.col] = cell
        if cell.formula:
            self.formula_cols.add(cell.col)
        self._by_row = None

    def __iter__(self) -> Iterator[Cell]:
        return (cell for cells in self.by_row().values() for cell in cells)


class Cells(MutableMapping[tuple[int, int], Cell]):
    """The cells of a grid as a mapping from (row, column)."""

    __slots__ = ("grid",)

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        cell = self.grid.at(*place)
        if cell is None:
            raise KeyError(place)
        return cell

    def __setitem__(self, place: tuple[int, int], cell: Cell) -> None:
        self.grid.put(cell)

    def __delitem__(self, place: tuple[int, int]) -> None:
        self[place]
        self.grid.lines[place[0]][place[1]] = None
        self.grid._by_row = None

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((cell.row, cell.col) for cell in self.grid)

    def __len__(self) -> int:
        return sum(len(cells) for cells in self.grid.by_row().values())

    def __bool__(self) -> bool:
        return bool(self.grid.by_row())


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
    if text.isascii() and "  " not in text and text.isprintable():
        return text.strip()
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def exact(raw: str | float | Decimal) -> Decimal:
    """The decimal a spreadsheet number stands for: integers whole, others to the 15 digits a spreadsheet keeps."""
    text = str(raw).strip()
    if _PLAIN_INTEGER.match(text):
        return Decimal(text)
    value = Decimal(text if len(text) <= 16 and "e" not in text.lower() else format(float(text), ".15g"))
    if not value.is_finite():
        raise ValueError(text)
    return Decimal(int(value)) if value == value.to_integral() and abs(value) < Decimal(10) ** 18 else value.normalize()


def number_cell(row: int, col: int, value: Decimal, *, format_code: str, formula: str | None) -> Cell:
    """A cell that holds a number, printed as its number format says."""
    return NumberCell(row, col, value, form_of(format_code), formula)


@lru_cache(maxsize=4096)
def form_of(format_code: str) -> Form:
    first = _LITERALS.sub("", format_code.split(";")[0])
    scaled = re.search(r"[0#?](,+)(?![0#?,])", first)
    grouped = bool(re.search(r"[0#?],+[0#?]", first))
    return Form(printed_places(format_code), is_percent(format_code), grouped, len(scaled.group(1)) if scaled else 0)


@lru_cache(maxsize=4096)
def is_percent(format_code: str) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", format_code)


@lru_cache(maxsize=4096)
def is_day(format_code: str) -> bool:
    """Whether a number format prints days or hours (``dd/mm/yyyy``)."""
    first = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', "", format_code.split(";")[0])
    return "general" not in first.lower() and bool(re.search(r"[ymdhs]", first, re.IGNORECASE))


@lru_cache(maxsize=4096)
def printed_places(format_code: str) -> int | None:
    """Decimals a number format prints (``#,##0.0`` → 1); None where it does not say (General, text, dates)."""
    first = _LITERALS.sub("", format_code.split(";")[0])
    found = re.search(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]+))?", first)
    if not found or re.search(r"[ymdhs@]|General|E[+-]", first, re.IGNORECASE):
        return None
    decimals = found.group(1) or ""
    return None if "#" in decimals or "?" in decimals else len(decimals)
