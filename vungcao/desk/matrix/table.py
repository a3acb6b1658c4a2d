"""The matrix as lines: rows of one dimension, opened where asked, against columns of another, and what is not split."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.figures import FigureQuery, answer
from vungcao.cube.grouping import BY_KEY
from vungcao.cube.rows import Answer, Row
from vungcao.desk.gaps import in_words, not_apportioned_id, once
from vungcao.desk.overview import Line, Overview, line_of
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import sort_key
from vungcao.ledger.regions import Space, space

DEEPEST: Final = 5
PINNED: Final = ("ttg", "council", "assigned", "adjusted", "with_carry_over")
Ask = Callable[[FigureQuery], Answer]


@dataclass(frozen=True)
class Column:
    """One node of the dimension that runs across."""

    code: str
    name: str


@dataclass(frozen=True)
class Cell:
    """One figure: as it is drawn, and the answer's row that it comes from (none: nobody gave or said anything)."""

    line: Line
    row: Row | None = None


@dataclass(frozen=True)
class Drawn:
    """One row of the matrix. ``rest``: what of its total no column tells; ``why`` stands in the place of figures."""

    kind: str
    level: int
    code: str
    label: str
    total: Cell
    cells: tuple[Cell, ...] = ()
    rest: Line | None = None
    may_open: bool = False
    is_open: bool = False
    why: str = ""

    @property
    def css(self) -> str:
        return f"level-{self.level}" if 1 <= self.level <= 3 else ""


EMPTY: Final = Cell(Line("item", ""))


@dataclass
class Matrix:
    """One question, two ways; every answer is asked at the act number and over the plan of the whole."""

    query: FigureQuery
    reach: Reach
    down: str
    across: str
    opened: Sequence[str] = ()
    ask: Ask | None = None

    @cached_property
    def overview(self) -> Overview:
        """The whole, in the words of the overview."""
        return Overview(self.query, self.reach)

    @cached_property
    def base(self) -> FigureQuery:
        """The question of every cell: the act number and the plan of the whole are pinned."""
        whole = self.overview.headline.denominator
        what = whole.what if whole is not None and whole.what in PINNED else self.query.denominator
        return replace(self.query, known=self.overview.whole.known_on, denominator=what)

    def answer(self, query: FigureQuery) -> Answer:
        return self.ask(query) if self.ask is not None else answer(query, self.reach)

    @cached_property
    def codes(self) -> Codes:
        return Codes.of(self.query.on)

    @cached_property
    def space(self) -> Space:
        return space(self.query.on, self.base.known)

    @cached_property
    def whole(self) -> Answer:
        return self.answer(replace(self.base, by=(self.across,)))

    @cached_property
    def columns(self) -> list[Column]:
        """In the order of the answer; bodies and places by their names."""
        found = [Column(row.dims[self.across], self._name(row, self.across)) for row in self.whole.rows]
        named = self.across in ("body", "place")
        return sorted(found, key=lambda one: sort_key(one.name)) if named else found

    @cached_property
    def rows(self) -> list[Drawn]:
        """The whole first, then its parts, the open ones with theirs."""
        (top,) = self.answer(self.base).rows or (None,)
        by_column = {row.dims[self.across]: row for row in self.whole.rows}
        cells = tuple(_cell(by_column.get(column.code)) for column in self.columns)
        total = _cell(top)
        head = Drawn("total", 0, "", _("Tổng cộng"), total, cells, _rest(total.line, cells))
        return [head, *self._under(self.base, head, 0)]

    def _under(self, query: FigureQuery, above: Drawn, level: int) -> Iterator[Drawn]:
        """The rows below a node, the nodes that are open with theirs, then what was not split below it."""
        try:
            parts = self.answer(replace(query, by=(self.down,)))
            crossed = self.answer(replace(query, by=(self.down, self.across)))
        except Refusal as refusal:
            yield Drawn("gap-row", level, "", f"{above.label}", EMPTY, why=str(refusal))
            return
        cells = {(row.dims[self.down], row.dims[self.across]): row for row in crossed.rows}
        drawn = [self._drawn(row, cells, level) for row in self._ordered(parts.rows)]
        for one in drawn:
            yield one
            if one.is_open:
                yield from self._under(self._narrowed(query, one.code), one, level + 1)
        yield from _left_over(above, drawn, level, len(self.columns))

    def _drawn(self, row: Row, crossed: dict[tuple[str, str], Row], level: int) -> Drawn:
        code = row.dims[self.down]
        cells = tuple(_cell(crossed.get((code, column.code))) for column in self.columns)
        total = _cell(row)
        may_open = level < DEEPEST and self._has_more(code)
        return Drawn(
            "item", level, code, self._name(row, self.down), total, cells, _rest(total.line, cells),
            may_open=may_open, is_open=may_open and code in self.opened,
        )  # fmt: skip

    def _ordered(self, rows: Sequence[Row]) -> list[Row]:
        if self.down in ("body", "place"):
            return sorted(rows, key=lambda row: sort_key(self._name(row, self.down)))
        return list(rows)

    def _name(self, row: Row, dim: str) -> str:
        return row.short_names.get(dim) or row.names.get(dim) or row.dims[dim]

    def _has_more(self, code: str) -> bool:
        """Does the dimension go on below a node on the day of the question?"""
        if self.down == "source":
            return code.endswith(":*")
        if self.down == "component":
            node = self.space.components.ids.get(code)
            return bool(node and self.space.components.children.get(node))
        if self.down == "place":
            return bool(self.space.places.children.get(self._places.get(code, 0)))
        return False

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: node for node, key in self.codes.places.items()}

    def _narrowed(self, query: FigureQuery, code: str) -> FigureQuery:
        if self.down == "source":
            return replace(query, source=code.partition(":")[0])
        return replace(query, place=f"{BY_KEY}{code}") if self.down == "place" else replace(query, component=code)

    @cached_property
    def not_apportioned(self) -> list[dict[str, object]]:
        """Money of places that nobody took over in the units asked for, with its way back."""
        gaps = once([*self.overview.whole.not_apportioned, *self.whole.not_apportioned, *self._parts.not_apportioned])
        return [{**in_words(gap), "id": not_apportioned_id(self.base, gap)} for gap in gaps]

    @cached_property
    def _parts(self) -> Answer:
        return self.answer(replace(self.base, by=(self.down,)))

    @cached_property
    def has_rest(self) -> bool:
        """Is there money of some row that no column tells?"""
        return any(row.rest is not None for row in self.rows)


def _cell(row: Row | None) -> Cell:
    return Cell(line_of(row, kind="item", label=""), row) if row is not None else EMPTY


def _less(whole: int | None, parts: Sequence[int | None]) -> int | None:
    """What is left of the whole; nothing where that is unknown."""
    return None if whole is None else whole - sum(part for part in parts if part is not None)


def _rest(total: Line, cells: Sequence[Cell]) -> Line | None:
    """What of a row's total no column tells, given and spent; ``None`` where the columns tell all of it."""
    given = None if total.is_interval else _less(total.low, [cell.line.low for cell in cells])
    spent = _less(total.spent, [cell.line.spent for cell in cells])
    if not given and not spent:
        return None
    return Line("gap-row", "", low=given or None, high=given or None, spent=spent or None)


def _left_over(above: Drawn, parts: Sequence[Drawn], level: int, columns: int) -> Iterator[Drawn]:
    """The row of what a node holds beside its parts, column by column."""
    total = _rest(above.total.line, [one.total for one in parts])
    if total is None:
        return
    rests = [_rest(above.cells[place].line, [one.cells[place] for one in parts]) for place in range(columns)]
    cells = tuple(Cell(rest) if rest is not None else EMPTY for rest in rests)
    label = _("Chưa chia xuống dưới: %(name)s") % {"name": above.label} if level else _("Chưa chia xuống dưới")
    yield Drawn("gap-row", level, "", label, Cell(total), cells)
