"""The matrix as it is drawn: each cell's text in the measure that leads, the others small below it, links that open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vungcao.desk.matrix.asking import MEASURES
from vungcao.desk.matrix.table import Cell, Drawn, Matrix
from vungcao.desk.overview import Line, decimals_of
from vungcao.kernel import vietnamese

BESIDE: Final = {
    "spent": ("given", "rate"),
    "given": ("spent", "rate"),
    "left": ("given", "rate"),
    "rate": ("spent", "given"),
}

WORDS: Final = {"given": gettext_lazy("giao"), "spent": gettext_lazy("giải ngân"), "rate": ""}


@dataclass(frozen=True)
class Square:
    """One cell: its main text (none: no figure), the figure's id, whose it is for who hears it, the small texts."""

    text: str
    id: str
    of: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One row as it is drawn; ``href`` opens or closes it, ``key`` is its anchor."""

    drawn: Drawn
    href: str
    key: str
    squares: tuple[Square, ...]
    rest: Square | None = None


def shown(matrix: Matrix, measure: str, asked: QueryDict) -> list[Shown]:
    """All rows, the total's square first in each."""
    decimals = _decimals(matrix.rows)
    return [_row(one, matrix, measure, asked, decimals) for one in matrix.rows]


def _row(one: Drawn, matrix: Matrix, measure: str, asked: QueryDict, decimals: int) -> Shown:
    names = [_("Tổng cộng"), *(column.name for column in matrix.columns)]
    found = tuple(
        _square(cell, measure, decimals, f"{MEASURES[measure]}, {one.label}, {name}")
        for cell, name in zip((one.total, *one.cells), names, strict=False)
    )
    rest = _square(Cell(one.rest), measure, decimals, "") if one.rest is not None else None
    return Shown(one, _turned(asked, one), _anchor(one.code), found, rest)


def _square(cell: Cell, measure: str, decimals: int, of: str) -> Square:
    text = _text(cell.line, measure, decimals)
    words = ((WORDS[name], _text(cell.line, name, decimals)) for name in BESIDE[measure])
    beside = tuple(f"{word} {said}".strip() for word, said in words if said)
    return Square(text, cell.line.id, of, beside)


def _text(line: Line, measure: str, decimals: int) -> str:
    """The measure as printed; empty where there is no figure."""
    if measure == "rate":
        return vietnamese.percent(Decimal(line.rate)) if line.rate is not None else ""
    ends = {"given": (line.low, line.high), "spent": (line.spent,), "left": (line.left,)}[measure]
    said = [vietnamese.amount(dong, vietnamese.MILLION_DONG, decimals) for dong in ends if dong is not None]
    return " – ".join(dict.fromkeys(said))


def _decimals(rows: Iterable[Drawn]) -> int:
    """Decimals of triệu đồng that print every amount exactly, at most three."""
    lines = [cell.line for row in rows for cell in (row.total, *row.cells)]
    lines += [row.rest for row in rows if row.rest is not None]
    amounts = {dong for line in lines for dong in (line.low, line.high, line.spent, line.left) if dong is not None}
    return decimals_of(amounts)


def _turned(asked: QueryDict, row: Drawn) -> str:
    """The same question with this row opened, or closed again."""
    if not row.may_open:
        return ""
    now = [code for code in dict.fromkeys(asked.getlist("mo")) if code]
    wanted = [code for code in now if code != row.code] if row.is_open else [*now, row.code]
    pairs = [(name, value) for name, values in asked.lists() if name != "mo" for value in values]
    return "?" + urlencode([*pairs, *(("mo", code) for code in wanted)])


def _anchor(code: str) -> str:
    """What can stand in an address and in ``id``; another sign becomes a dash."""
    return "n-" + "".join(sign if sign.isalnum() or sign in "._" else "-" for sign in code)
