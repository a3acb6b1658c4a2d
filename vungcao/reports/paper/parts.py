"""What a paper is made of: plain values, no database, no file format.

Money is whole đồng (`int`) everywhere; a table says in which unit it is printed. A rate is a `Decimal` in percent
(``Decimal("72.9")`` is 72,9 %). A value that nobody gave is `None` and prints as nothing, never as 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from vungcao.kernel.vietnamese import MILLION_DONG

from .kinds import kind_named

EXAMPLE_NAME = "(ví dụ)"
EXAMPLE_MARK = "VÍ DỤ"
SUBJECT_LIMIT = 500  # field 8 of the outgoing document, Nghị định 30/2020/NĐ-CP, Phụ lục VI

UNSURE = {"recalled": " (theo trí nhớ, cần kiểm chứng)", "unknown": " (chưa rõ)"}

_NUMBERS = (int, Decimal)
CellKind = Literal["money", "percent", "count", "text"]
RowKind = Literal["total", "section", "item", "note"]


@dataclass(frozen=True)
class Run:
    """A piece of text; `figure` is the id of the traced figure it prints; `sure` how surely the fact is known: anything
    but ``sourced`` is said behind it, in words that no template can lose.
    """

    text: str
    figure: str | None = None
    sure: Literal["sourced", "recalled", "unknown"] = "sourced"


@dataclass(frozen=True)
class Paragraph:
    runs: Sequence[Run] = ()

    @classmethod
    def of(cls, text: str) -> Paragraph:
        return cls((Run(text),))

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class HeadCell:
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Cell:
    """One value: money in whole đồng, percent as printed (72.9), count, or text."""

    value: int | Decimal | str | None
    kind: CellKind = "text"
    figure: str | None = None

    def __post_init__(self) -> None:
        if self.value is None:
            return
        if self.kind == "text" and not isinstance(self.value, str):
            raise ValueError(f"a text cell holds text, not {self.value!r}")
        if self.kind == "money" and (not isinstance(self.value, int) or isinstance(self.value, bool)):
            raise ValueError(f"a money cell holds whole đồng, not {self.value!r}")
        if self.kind in ("percent", "count") and not isinstance(self.value, _NUMBERS):
            raise ValueError(f"a {self.kind} cell holds a number, not {self.value!r}")


@dataclass(frozen=True)
class TableRow:
    """A row; `level` is its depth for the live sums (default: total 0, section 1, item 2, note 9)."""

    kind: RowKind
    cells: Sequence[Cell]
    level: int | None = None

    @property
    def depth(self) -> int:
        return {"total": 0, "section": 1, "item": 2, "note": 9}[self.kind] if self.level is None else self.level


@dataclass(frozen=True)
class Table:
    """A table of a paper. `unit` is đồng per printed unit; `decimals=None` prints money exactly.

    `head` is rows of cells with spans, as in HTML; `number_row` is the row ``1 | 2 | 3=4+5`` below it;
    `widths` are shares of the page, one a column (none: chosen by content).
    """

    title: str
    head: Sequence[Sequence[HeadCell]]
    rows: Sequence[TableRow]
    unit: int | None = MILLION_DONG
    number_row: Sequence[str] | None = None
    widths: Sequence[float] = ()
    decimals: int | None = None

    def __post_init__(self) -> None:
        grid = head_grid(self.head)
        if self.number_row is not None and len(self.number_row) != self.columns:
            raise ValueError(f"the number row has {len(self.number_row)} cells, the table {self.columns} columns")
        if self.widths and (len(self.widths) != self.columns or min(self.widths) <= 0):
            raise ValueError(f"{self.columns} columns want {self.columns} widths above 0, got {list(self.widths)}")
        for index, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(grid[0]) and not (row.kind == "note" and len(row.cells) == 1):
                raise ValueError(f"row {index} has {len(row.cells)} cells, the table {len(grid[0])} columns")
            if self.unit is None and any(cell.kind == "money" and cell.value is not None for cell in row.cells):
                raise ValueError("a table with money must say its unit")

    @cached_property
    def columns(self) -> int:
        return sum(cell.colspan for cell in self.head[0])


Grid = list[list[tuple[HeadCell, bool]]]


def head_grid(head: Sequence[Sequence[HeadCell]]) -> Grid:
    """The head with its spans spread out: grid[row][column] = (cell, is it the cell's first row).

    Raises `ValueError` where the spans overlap or leave a hole.
    """
    if not head or not head[0]:
        raise ValueError("a table wants a head")
    width = sum(cell.colspan for cell in head[0])
    taken: dict[tuple[int, int], tuple[HeadCell, bool]] = {}
    for row, cells in enumerate(head):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    place = (row + down, column + right)
                    if place in taken:
                        raise ValueError(f"head cell {cell.text!r} overlaps another")
                    taken[place] = (cell, down == 0)
            column += cell.colspan
    wanted = {(row, column) for row in range(len(head)) for column in range(width)}
    if set(taken) != wanted:
        raise ValueError(f"the head's spans do not fill {len(head)} rows of {width} columns")
    return [[taken[row, column] for column in range(width)] for row in range(len(head))]


@dataclass(frozen=True)
class Chart:
    """A picture from a Vega-Lite `spec` (`charts` makes some). `alt` says in words what it shows, for who can't see it;
    `figures` are the ids of the numbers drawn; `png` the picture once drawn, as base64 (kept with a frozen paper).
    """

    title: str
    spec: Mapping[str, Any]
    alt: str
    width_mm: int = 155
    figures: Sequence[str] = ()
    png: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered part of the body: "I. …" holding "1. …" holding "a) …"; tables and charts follow its paragraphs.

    Without mark and title it has no heading.
    """

    mark: str
    title: str
    paragraphs: Sequence[Paragraph] = ()
    children: Sequence[Section] = ()
    tables: Sequence[Table] = ()
    charts: Sequence[Chart] = ()


@dataclass(frozen=True)
class Article:
    """An article of a decision; its number ("Điều 1.") is made. The first paragraph stands on the number's line."""

    paragraphs: Sequence[Paragraph]
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Signature:
    """Lines above the name (``["KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]``) and the name ("" = room is left for it)."""

    lines: Sequence[str]
    name: str = ""


@dataclass(frozen=True)
class Annex:
    """One annex on its own pages, numbered from 1. `reference` "" = "(Kèm theo Báo cáo số … ngày …)" is made."""

    roman: str
    title: str
    table: Table
    reference: str = ""
    orientation: Literal["landscape", "portrait"] = "landscape"
    paper: Literal["A4", "A3"] = "A4"
    notes: Sequence[str] = ()
    charts: Sequence[Chart] = ()

    @property
    def name(self) -> str:
        return f"Phụ lục {self.roman}".strip()


@dataclass(frozen=True)
class Paper:
    """One administrative paper, laid out by Nghị định 30/2020/NĐ-CP. The number is left for the clerk.

    `kind` is one of `kinds.KINDS`; `issuing.issued` gives the fields that follow from who issues and signs. `dated`
    None leaves day and month open and prints `year`. An `example` paper prints "VÍ DỤ" on every page and may carry no
    name in its signature block; a `draft` prints "DỰ THẢO". A decision has `authority`, `grounds` and `articles`.
    Raises `ValueError` for a subject beyond 500 characters, an unknown kind, articles in what is no decision, and for
    annexes of which there are several without distinct numbers.
    """

    signature: Signature
    subject: str
    kind: str = "báo cáo"
    superior: str = "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"
    issuer: str = "BAN DÂN TỘC"
    issuer_name: str = ""
    number_sign: str = "/BC-BDT"
    place: str = "Cao Bằng"
    dated: date | None = None
    year: int | None = None
    title: str = ""
    addressees: Sequence[str] = ()
    grounds: Sequence[str] = ()
    opening: Sequence[Paragraph] = ()
    sections: Sequence[Section] = ()
    closing: Sequence[Paragraph] = ()
    recipients: Sequence[str] = ()
    example: bool = False
    footer_note: str = ""
    annexes: Sequence[Annex] = field(default=())
    authority: str = ""
    articles: Sequence[Article] = ()
    draft: bool = False

    def __post_init__(self) -> None:
        if len(self.subject) > SUBJECT_LIMIT:
            raise ValueError(f"a subject holds at most {SUBJECT_LIMIT} characters, this one has {len(self.subject)}")
        if self.example and self.signature.name not in ("", EXAMPLE_NAME):
            raise ValueError("an example paper carries no name in its signature block")
        if kind_named(self.kind).form != "decision" and self.articles:
            raise ValueError(f"a paper of kind {self.kind!r} has no articles")
        romans = [annex.roman for annex in self.annexes]
        if len(romans) > 1 and (len(set(romans)) != len(romans) or "" in romans):
            raise ValueError(f"several annexes want distinct numbers, got {romans}")

    @property
    def type_name(self) -> str:
        """What stands above the subject: ``BÁO CÁO``."""
        return self.title or kind_named(self.kind).title


@dataclass(frozen=True)
class SourceLine:
    """Where a figure comes from: its id, what it is, its value as printed, and file, sheet and cell behind it."""

    figure: str
    what: str
    value: str
    source: str
    sheet: str = ""
    cell: str = ""
