"""What every node met by a question is: in it, wider than it or out of it, and which row it belongs to.

The same functions judge the nodes here and the atoms of a full scan (``cube.grouping.Frame``); here each node is
judged once, in the tree of the day on which it was said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa

from vungcao.bodies.reach import Reach
from vungcao.cube.atoms import Atom
from vungcao.cube.grouping import Frame
from vungcao.cube.sealed.asking import DIMENSIONS, IN, KEYS, OUT, WIDE
from vungcao.cube.sealed.tables import day_of
from vungcao.kernel.trees import Tree
from vungcao.ledger.regions import Region

VERDICT: Final = {"in": IN, "wide": WIDE, "out": OUT}
_SEEN_BY_ALL: Final = 1


class Nodes:
    """Tables of nodes for one question: for each dimension, the nodes met → their verdicts, keys and reach."""

    def __init__(self, frame: Frame, by: tuple[str, ...]) -> None:
        self.frame, self.by = frame, by
        self.posts = list(_posts(frame.reach))
        bits = _SEEN_BY_ALL if frame.reach.everything else (1 << len(self.posts)) - 1
        self._plain: dict[str, object] = {"place_seen": bits, "body_seen": bits, "is_here": True}

    def table(self, name: str, met: Iterable[Any]) -> pa.Table:
        """The nodes met along a dimension, as rows of (its columns, verdict, what else it says)."""
        rows = list(met)
        found = {column: [row[n] for row in rows] for n, column in enumerate(DIMENSIONS[name])}
        types = {column: _type(column) for column in found}
        for column, kind, values in self.said(name, rows):
            found[column], types[column] = values, kind
        arrays = [pa.array(values, types[column]) for column, values in found.items()]
        return pa.Table.from_arrays(arrays, names=list(found))

    def is_silent(self, name: str) -> bool:
        """Does the question say nothing about a dimension, so that every node of it is in, seen and without a key?"""
        frame = self.frame
        if name in ("place", "body") and not frame.reach.everything:
            return False
        return getattr(frame, name, None) is None and not any(KEYS[dim] == name for dim in self.by)

    def telling(self, tables: dict[str, pa.Table]) -> tuple[str, ...]:
        """The dimensions along which some node is told something else than: in the question, seen, there, no key."""
        return tuple(name for name, table in tables.items() if not self._is_plain(name, table))

    def _is_plain(self, name: str, table: pa.Table) -> bool:
        for column in table.column_names[len(DIMENSIONS[name]) :]:
            plain = IN if column.startswith("is_year") or column == f"is_{name}" else self._plain.get(column)
            if plain is None or any(value != plain for value in table[column].to_pylist()):
                return False
        return True

    def said(self, name: str, rows: list[Any]) -> Iterable[tuple[str, pa.DataType, list[object]]]:
        """What each node (with the day it was said on) is told, column by column."""
        frame = self.frame
        if name == "years":
            yield "is_year", pa.int8(), [VERDICT[frame.of_origin(f"{origin}")] for origin, _ in rows]
            yield "is_year_use", pa.int8(), [IN if frame.in_year(f"{use}") else OUT for _, use in rows]
        else:
            spaces = [frame.spaces(day_of(row[1])) if len(row) > 1 else frame.here for row in rows]
            pairs = list(zip(rows, spaces, strict=True))
            yield f"is_{name}", pa.int8(), [VERDICT[frame.verdict(name, row[0], then)] for row, then in pairs]
            if name == "place":
                yield "place_seen", pa.int64(), [self._places_seen(row[0], then.places) for row, then in pairs]
                yield "is_here", pa.bool_(), [row[0] in frame.here.places for row in rows]
            if name == "body":
                yield "body_seen", pa.int64(), [self._bodies_seen(row[0]) for row in rows]
        for dim, table in KEYS.items():
            if table == name and dim in self.by:
                yield f"of_{dim}", pa.string(), [frame.key(dim, self._atom(name, row)) for row in rows]

    def _places_seen(self, place: int, places: Tree) -> int:
        """A bit for each post that sees the place."""
        if self.frame.reach.everything:
            return _SEEN_BY_ALL
        return sum(
            1 << n for n, post in enumerate(self.posts) if any(places.covers(head, place) for head in post.places)
        )

    def _bodies_seen(self, body: int) -> int:
        """A bit for each post that sees the body."""
        if self.frame.reach.everything:
            return _SEEN_BY_ALL
        return sum(1 << n for n, post in enumerate(self.posts) if body in post.bodies)

    def _atom(self, name: str, row: Any) -> Atom:
        """An atom of which only this node is looked at."""
        said = day_of(row[1]) if "said" in DIMENSIONS[name] else self.frame.here.on
        region = Region(0, 0, 0, "*", "*", 0, 0, 0)
        if name == "years":
            return Atom(replace(region, year_origin=row[0], year_use=row[1]), 0, said, "", 0)
        return Atom(replace(region, **{name: row[0]}), 0, said, "", 0)


def _posts(reach: Reach) -> Iterable[Reach]:
    """A reach and those of further posts, each by itself: places of one are never joined with bodies of another."""
    yield reach
    for one in reach.also:
        yield from _posts(one)


def _type(column: str) -> pa.DataType:
    return pa.string() if column.startswith("year") else pa.int32() if column == "said" else pa.int64()
