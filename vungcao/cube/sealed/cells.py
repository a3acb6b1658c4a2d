"""The cells of a roll-up as columns in memory: summed to a day, judged and summed again without the engine.

A roll-up has hundreds to some ten thousands of cells; to plan one statement over them costs the engine more than all
the work. So what ``asking.rolled_on``, ``judged``, ``sums_of``, ``years_of`` and ``held_by`` say in Ibis is said here
over whole columns, in 64 bits, and only where no sum can outgrow them. That both ways say the same is held by tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vungcao.cube.sealed.asking import DIMENSIONS, IN, JUDGES, KEYS, OUT, WIDE
from vungcao.cube.sealed.tables import day_of, month_of, number_of
from vungcao.ledger.models.accounts import REGION

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
LARGEST: Final = 2.0**61  # in float64 only a little off: all flows together stay under half of 64 bits
DaysOf = Callable[[dict[str, int]], pa.Table]
_EVERY: Final = -1  # under every level
_FIRST: Final = -(2**62)  # before every day
_PIECES: Final = 100
_YEARS: Final = 16
_MONTHS: Final = 12  # of which the days are kept
_ROOM: Final = 2**40  # of a code made of several


class Flows:
    """Rows (cell, day or first day of a month, level, đồng, n), in the order of their days."""

    def __init__(self, rows: pa.Table) -> None:
        """``pyarrow.ArrowInvalid`` where a value outgrows 64 bits."""
        self.cell, self.day, self.level, self.dong, self.n = (_ints(column) for column in rows.columns)
        self.all = float(np.abs(self.dong.astype("float64")).sum())
        self._years: dict[tuple[int, int], tuple[Ints, Ints]] = {}  # what came before a year, by level

    def up_to(self, month: int, level: int, count: int) -> tuple[Ints, Ints]:
        """Đồng and n of so many cells before a month: what came before its year is summed once and kept."""
        year = number_of(day_of(month).replace(month=1, day=1))
        if (year, level) not in self._years:
            while len(self._years) >= _YEARS:
                self._years.pop(next(iter(self._years)))
            kept = np.zeros(count, "int64"), np.zeros(count, "int64")
            self.add(_FIRST, year, level, *kept)
            self._years[year, level] = kept
        sums, lines = (part.copy() for part in self._years[year, level])
        self.add(year, month, level, sums, lines)
        return sums, lines

    def add(self, since: int, before: int, level: int, sums: Ints, lines: Ints) -> None:
        """Add to the cells what there is from a day on and before another, of a level and those above."""
        begin, end = np.searchsorted(self.day, (since, before)).tolist()
        counts: slice | Ints = slice(begin, end)
        if begin < end and int(self.level[counts].min()) < level:
            counts = begin + np.flatnonzero(self.level[counts] >= level)
        np.add.at(sums, self.cell[counts] - 1, self.dong[counts])  # cells are numbered from one on
        np.add.at(lines, self.cell[counts] - 1, self.n[counts])


class Columns:
    """The cells of one roll-up and their flows, read once, kept by append; and the days of the months in the middle of
    which somebody asked, read again after an append.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection, roll: str) -> None:
        text = f"SELECT cell, month, level, dong, n FROM flows_{roll} ORDER BY month"
        self._flows = [Flows(database.sql(text).to_arrow_table())]
        self._months: dict[int, Flows] = {}
        cells = database.sql(f"SELECT {', '.join(REGION)} FROM cells_{roll} ORDER BY cell").to_arrow_table()
        self.count = len(cells)
        self.nodes: dict[str, Ints] = {}  # dimension → the node of each cell
        self.there: dict[str, list[Any]] = {}  # dimension → the distinct nodes, in the order of their codes
        self.codes: dict[str, Ints] = {}  # dimension → the code of each cell's node
        for name, columns in DIMENSIONS.items():
            if name == "years":
                pairs = list(zip(*(cells[column].to_pylist() for column in columns), strict=True))
                place = {pair: n for n, pair in enumerate(dict.fromkeys(pairs))}
                self.there[name], self.codes[name] = list(place), np.array([place[pair] for pair in pairs], "int64")
            else:
                self.nodes[name] = _ints(cells[name])
                met, self.codes[name] = np.unique(self.nodes[name], return_inverse=True)
                self.there[name] = met.tolist()

    def append(self, rows: pa.Table) -> None:
        """Flows of cells that are here already, in the order of their months."""
        self._flows.append(Flows(rows))
        self._months.clear()

    @property
    def is_in_pieces(self) -> bool:
        """Are there so many appends that all is better read anew?"""
        return len(self._flows) > _PIECES

    def on(self, day: int, level: int, days_of: DaysOf, said: Callable[[int], int]) -> Found | None:
        """What the cells hold on a day. ``days_of``: days of a month → the rows of ``asking.since_on``; ``said``: place
        → the day in whose units its money is said. ``None`` where a sum could outgrow 64 bits.
        """
        month = month_of(day_of(day))
        first = number_of(month)
        try:
            days = self._days_of(month, days_of) if first <= day else None
        except pa.ArrowInvalid:
            return None
        if sum(one.all for one in (*self._flows, *([days] if days else []))) >= LARGEST:
            return None
        whole, *appended = self._flows
        sums, lines = whole.up_to(first, level, self.count)
        for one in appended:
            one.add(_FIRST, first, level, sums, lines)
        if days:
            days.add(first, day + 1, level, sums, lines)
        said_on = np.array([said(place) for place in self.there["place"]], "int64")
        return Found(self, np.flatnonzero(lines > 0), sums, said_on)

    def _days_of(self, month: date, days_of: DaysOf) -> Flows:
        first = number_of(month)
        if first not in self._months:
            while len(self._months) >= _MONTHS:
                self._months.pop(next(iter(self._months)))
            last = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
            self._months[first] = Flows(days_of({"month": first, "day": number_of(last) - 1, "level": _EVERY}))
        return self._months[first]


class Found:
    """The cells that hold something on a day; after ``judge`` they can be asked."""

    def __init__(self, columns: Columns, held: Ints, sums: Ints, days: Ints) -> None:
        """``days``: of each place, in the order of its codes."""
        self._columns, self._held = columns, held
        self._dong = sums[held]
        self._place = columns.nodes["place"][held]
        said, self._said = np.unique(days[columns.codes["place"][held]], return_inverse=True)
        self.met: dict[str, list[Any]] = {}
        self._codes: dict[str, Ints] = {}
        for name, by in DIMENSIONS.items():
            codes = columns.codes[name][held]
            if "said" in by and len(said):
                met, self._codes[name] = _grouped(codes * len(said) + self._said, len(columns.there[name]) * len(said))
                nodes, of_nodes, days_of = columns.there[name], met // len(said), said[met % len(said)]
                self.met[name] = [(nodes[n], on) for n, on in zip(of_nodes.tolist(), days_of.tolist(), strict=True)]
            else:
                met, self._codes[name] = _grouped(codes, len(columns.there[name]))
                nodes = [columns.there[name][one] for one in met.tolist()]
                self.met[name] = nodes if name == "years" else [(node,) for node in nodes]

    def judge(self, tables: dict[str, pa.Table], by: tuple[str, ...], telling: Sequence[str]) -> None:
        """``asking.judged``: what becomes of each cell, by the tables of the dimensions that tell something."""
        verdicts = {
            name: self._told(tables, KEYS[name], f"is_{name}") for name in JUDGES if KEYS.get(name, name) in telling
        }
        every = [*verdicts.values(), *([self._told(tables, "years", "is_year_use")] if "years" in telling else [])]
        lowest = np.minimum.reduce(every) if every else np.full(len(self._held), IN)
        self._kept = lowest > OUT
        seen = [self._told(tables, name, f"{name}_seen") for name in ("place", "body") if name in telling]
        if seen:
            self._kept &= np.bitwise_and.reduce(seen) != 0
        self._is_in: Mask = lowest == IN
        ones = np.ones(len(self._held), "int64")
        self._is_here = self._told(tables, "place", "is_here") if "place" in telling else ones
        self._keys = [self._key(tables[KEYS[dim]], KEYS[dim], f"of_{dim}") for dim in by]
        self._gap, self._node, self._gaps = ones * 0, ones * 0, [""]  # a gap's code is its place among the gaps
        waiting = np.ones(len(self._held), bool)
        for dim, (codes, values) in zip(by, self._keys, strict=True):
            self._open(waiting, self._is_in & np.array([value is None for value in values], bool)[codes], dim)
        waiting &= ~self._is_in
        for name, verdict in verdicts.items():
            self._open(waiting, verdict == WIDE, name)

    def _open(self, waiting: Mask, when: Mask, dim: str) -> None:
        """The cells still waiting for it have their gap along a dimension."""
        when = when & waiting
        if when.any():
            self._gaps.append(dim)
            self._gap[when] = len(self._gaps) - 1
            nodes = self._columns.nodes.get(KEYS[dim])
            if nodes is not None:
                self._node[when] = nodes[self._held][when]
            waiting &= ~when

    def _told(self, tables: dict[str, pa.Table], name: str, column: str) -> Ints:
        return _ints(tables[name][column])[self._codes[name]]

    def _key(self, table: pa.Table, name: str, column: str) -> tuple[Ints, list[str | None]]:
        told = table[column].to_pylist()
        place = {value: n for n, value in enumerate(dict.fromkeys(told))}
        return np.array([place[value] for value in told], "int64")[self._codes[name]], list(place)

    def _rows(self, own: bool) -> Ints:
        if not own:
            return np.flatnonzero(self._kept)
        is_own = np.array([origin == use for origin, use in self.met["years"]], bool)
        return np.flatnonzero(self._kept & is_own[self._codes["years"]])

    def asked(self, question: str, *, own: bool = False) -> list[tuple[Any, ...]] | None:
        """The rows of a question, ``None`` where only the engine can tell it."""
        if question == "sums_of":
            return self.sums_of(own)
        return {"years_of": self.years_of, "held_by": self.held_by}.get(question, lambda: None)()

    def sums_of(self, own: bool = False) -> list[tuple[Any, ...]]:
        """``asking.sums_of``."""
        rows = self._rows(own)
        nodes, node = np.unique(self._node[rows], return_inverse=True)
        parts = [(self._gap[rows], len(self._gaps)), (node, len(nodes))]
        parts += [(codes[rows], len(values)) for codes, values in self._keys]
        parts += [(self._codes["years"][rows], len(self.met["years"])), (self._is_here[rows], 2)]
        groups, first = _together(parts, len(rows))
        sums, least = np.zeros(len(first), "int64"), np.full(len(first), np.iinfo("int64").max)
        np.add.at(sums, groups, self._dong[rows])
        np.minimum.at(least, groups, self._place[rows])
        some = rows[first]
        gaps = [self._gaps[one] for one in self._gap[some].tolist()]
        keys = [[values[one] for one in codes[some].tolist()] for codes, values in self._keys]
        years = [self.met["years"][one] for one in self._codes["years"][some].tolist()]
        origins, uses = [one for one, _ in years], [one for _, one in years]
        kinds = ["account"] * len(some)
        columns = (gaps, self._node[some].tolist(), kinds, *keys, origins, uses, least.tolist(), sums.tolist())
        return list(zip(*columns, strict=True))

    def years_of(self) -> list[tuple[Any, ...]]:
        """``asking.years_of``."""
        rows = np.flatnonzero(self._kept & self._is_in)
        codes, something = self._codes["years"][rows], self._codes["years"][rows[self._dong[rows] != 0]]
        comes = set(something.tolist())
        return [(*self.met["years"][code], code in comes) for code in np.unique(codes).tolist()]

    def held_by(self) -> list[tuple[Any, ...]]:
        """``asking.held_by``."""
        rows = np.flatnonzero(self._kept & self._is_in)
        there = self._columns
        parts = [(there.codes[name][self._held][rows], len(there.there[name])) for name in ("body", "component")]
        groups, first = _together(parts, len(rows))
        sums = np.zeros(len(first), "int64")
        np.add.at(sums, groups, self._dong[rows])
        some = self._held[rows[first]]
        columns = (there.nodes["body"][some].tolist(), there.nodes["component"][some].tolist(), sums.tolist())
        return list(zip(*columns, strict=True))

    def inside(self) -> pa.Table:
        """The cells that stand in a row, with the columns that ``asking.papers_of`` looks at."""
        rows = np.flatnonzero(self._kept & (self._gap == 0))
        found = {"gap": pa.array([""] * len(rows), pa.string()), "ref": pa.array(self._held[rows] + 1, pa.int64())}
        years = [self.met["years"][one] for one in self._codes["years"][rows].tolist()]
        for n, name in enumerate(DIMENSIONS["years"]):
            found[name] = pa.array([pair[n] for pair in years], pa.string())
        for n, (codes, values) in enumerate(self._keys):
            found[f"key_{n}"] = pa.array([values[one] for one in codes[rows].tolist()], pa.string())
        return pa.table(found)


def _ints(column: pa.ChunkedArray) -> Ints:
    """A column without gaps as 64-bit integers; ``pyarrow.ArrowInvalid`` where a value does not fit."""
    return np.asarray(column.cast(pa.int64()).to_numpy())


def _grouped(codes: Ints, size: int) -> tuple[Ints, Ints]:
    """The distinct codes, in order, and the place of each among them; without sorting where codes are dense."""
    if size > 8 * len(codes) + 4096:
        met, places = np.unique(codes, return_inverse=True)
        return met, places
    are_there = np.zeros(size, bool)
    are_there[codes] = True
    return np.flatnonzero(are_there), (np.cumsum(are_there) - 1)[codes]


def _together(parts: Sequence[tuple[Ints, int]], length: int) -> tuple[Ints, Ints]:
    """Rows alike in all parts (codes, how many there may be): the group of each row, and a row of each group."""
    code, size = np.zeros(length, "int64"), 1
    for codes, many in parts:
        if many <= 1:
            continue
        if size * many > _ROOM:
            met, code = _grouped(code, size)
            size = len(met)
        code, size = code * many + codes, size * many
    met, groups = _grouped(code, size)
    first = np.zeros(len(met), "int64")
    first[groups[::-1]] = np.arange(length - 1, -1, -1)
    return groups, first


__all__ = ["Columns", "Found"]
