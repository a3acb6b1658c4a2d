"""The product's own engine over its own tables: `given`, the roll-ups kept by append (``sealed.rolling``), and their
cells in memory (``sealed.cells``).

Only the register is missing: what a node is told comes from the made world's numbers, where ``sealed.nodes`` asks
trees.
Two questions of the six have no page of their own in the product and are written here over the same tables: the
statement of a commune (``statement_of``) and the cumulative series (``series_of``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _
from ibis.expr.types import Table

from bench.rollup.making import World
from bench.rollup.plain import LEVELS, Answer, month_before, ranked
from vungcao.cube.sealed import shapes
from vungcao.cube.sealed.asking import DIMENSIONS, IN, KEYS
from vungcao.cube.sealed.cells import Found
from vungcao.cube.sealed.rolling import Rolls
from vungcao.cube.sealed.shapes import MARKS
from vungcao.cube.sealed.tables import SCHEMAS, day_of, month_of, number_of

LEVEL: Final = 3
FLOWS: Final = {"cell": "int64", "month": "int32", "level": "int8", "dong": "int64", "n": "int64"}


def _mark(name: str) -> Any:
    return ibis.literal(MARKS[name], "int32")


def statement_of() -> Table:
    """Every row of the entries of the places ``wanted``, in the order of its day."""
    given = ibis.table(ibis.Schema.from_pyarrow(SCHEMAS["given"]), name="given")
    rows = given.filter(_.dated <= _mark("day"), _.level >= _mark("level"))
    rows = rows.semi_join(ibis.table({"place": "int64"}, name="wanted"), "place")
    return rows.select("entry", "dated", "component", "source", "dong", "n").order_by("dated", "entry")


def series_of() -> Table:
    """Month by month what was given from the first day on."""
    given = ibis.table(ibis.Schema.from_pyarrow(SCHEMAS["given"]), name="given")
    flows = ibis.table(FLOWS, name="flows_by_comp").filter(_.month < _mark("month"), _.level >= _mark("level"))
    since = given.filter(_.dated >= _mark("month"), _.dated <= _mark("day"), _.level >= _mark("level"))
    rows = ibis.union(flows.select("month", "dong"), since.select(month=_mark("month"), dong=_.dong))
    sums = rows.group_by("month").agg(dong=_.dong.sum())
    return sums.select("month", dong=_.dong.sum().over(ibis.cumulative_window(order_by="month"))).order_by("month")


OWN: Final = {"statement": statement_of, "series": series_of}


class Engine:
    """A database in memory, as a process of the product holds one."""

    def __init__(self, world: World) -> None:
        self.database = duckdb.connect(":memory:")
        self.run("SET parquet_metadata_cache = true")  # a sealed file is never written again
        self.rolls = Rolls(self.database, _alike(world))
        self._texts: dict[str, str] = {}

    def run(self, text: str) -> list[tuple[Any, ...]]:
        return self.database.execute(text).fetchall()

    def fill(self) -> None:
        """What stands beside `given` in a process: lives of places (here: all for ever) and the roll-ups."""
        self.run("CREATE TABLE lives (place BIGINT, begins INTEGER, ends INTEGER)")
        self.rolls.build()

    def found(self, roll: str, values: dict[str, int], is_open: bool) -> Found:
        """The cells of a roll-up on a day, as ``sealed.runner`` finds them."""
        found = self.rolls.columns(roll).on(
            values["day"],
            LEVEL,
            lambda asked: self._asked(shapes.text("since", roll), asked),
            lambda _place: values["day"],
        )
        assert found is not None
        return found

    def ask(self, own: str, values: dict[str, int]) -> pa.Table:
        """A question of this file."""
        if own not in self._texts:
            said = str(ibis.to_sql(OWN[own](), dialect="duckdb"))
            for name, mark in MARKS.items():
                said = said.replace(f"{mark}", f"${name}")
            self._texts[own] = said
        return self._asked(self._texts[own], values)

    def _asked(self, text: str, values: dict[str, int]) -> pa.Table:
        asked = {name: value for name, value in values.items() if f"${name}" in text}
        return self.database.sql(text, params=asked).to_arrow_table()

    def offer(self, name: str, table: pa.Table) -> None:
        """Let a small table be asked beside the kept ones."""
        self.database.register(name, table)


class Cube:
    """The six questions, asked of an engine that holds the tables."""

    name = "sealed cube"

    def __init__(self, world: World, engine: Any) -> None:
        self.world, self.engine = world, engine
        self._found: dict[tuple[int, str], Any] = {}

    @classmethod
    def of(cls, world: World, files: list[Path], memory: str = "", scratch: Path | None = None) -> Cube:
        """A province lies in memory, as in a process of the product; the nation's entries stay in their files, and so
        do a province's where ``memory`` is bounded.
        """
        engine = Engine(world)
        if memory:
            engine.run(f"SET memory_limit = '{memory}'")
            engine.run(f"SET temp_directory = '{scratch}'")
        kind = "VIEW" if len(files) > 1 or memory else "TABLE"
        engine.run(f"CREATE {kind} given AS SELECT * FROM read_parquet({[str(file) for file in files]})")
        engine.fill()
        return cls(world, engine)

    def forget(self) -> None:
        """Every round finds its cells anew."""
        self._found.clear()

    def answer_all(self, day: int) -> None:
        """Ask everything once."""
        for question in ("q1", "q2", "q3", "q4", "q5", "q6"):
            getattr(self, question)(day)

    def _sums(self, day: int, by: tuple[str, ...], leaves: int = 1) -> Answer:
        """Sums of a day by the dimensions; the first finding of a day is part of its time."""
        roll = "by_comp" if "component" in by else "by_place"
        if (day, roll) not in self._found:
            is_open = month_of(day_of(day)) <= day_of(day)
            self._found[day, roll] = self.engine.found(roll, self._values(day), is_open)
        found = self._found[day, roll]
        telling = [name for name in DIMENSIONS if any(KEYS[dim] == name for dim in by)]
        found.judge({name: self._nodes(name, found.met[name], by, leaves) for name in telling}, by, telling)
        sums: dict[tuple[Any, ...], int] = {}
        for row in found.sums_of():
            key = tuple(row[3 : 3 + len(by)])  # after why, node and kind
            sums[key] = sums.get(key, 0) + int(row[-1])
        return [(*key, dong) for key, dong in sums.items()]

    def _values(self, day: int) -> dict[str, int]:
        return {"day": day, "month": number_of(month_of(day_of(day))), "level": LEVEL}

    def _nodes(self, name: str, met: list[tuple[Any, ...]], by: tuple[str, ...], leaves: int) -> pa.Table:
        found: dict[str, pa.Array] = {}
        for n, column in enumerate(DIMENSIONS[name]):
            found[column] = pa.array([row[n] for row in met], pa.int32() if column == "said" else pa.int64())
        found[f"is_{name}"] = pa.array([IN] * len(met), pa.int8())
        if name == "place":
            found |= {"place_seen": pa.array([1] * len(met)), "is_here": pa.array([True] * len(met))}
        for dim, table in KEYS.items():
            if table == name and dim in by:
                nodes = found[DIMENSIONS[name][0]].to_numpy()
                found[f"of_{dim}"] = pa.array(self._keys(dim, nodes, leaves)).cast(pa.string())
        return pa.table(found)

    def _keys(self, dim: str, nodes: np.ndarray[Any, Any], leaves: int) -> np.ndarray[Any, Any]:
        if dim in ("component", "source"):
            return nodes // (leaves if dim == "component" else 1)
        whole = {"district": self.world.districts, "province": self.world.provinces}.get(dim, self.world.places)
        return nodes * whole // self.world.places

    def q1(self, day: int) -> Answer:
        return self._sums(day, ("component",))

    def q2(self, day: int) -> Answer:
        return self._sums(day, ("district", "source"))

    def q3(self, day: int) -> Answer:
        places = self.world.predecessors(self.world.communes // 2)
        self.engine.offer("wanted", pa.table({"place": pa.array(places, pa.int64())}))
        rows = self.engine.ask("statement", self._values(day))
        return rows.drop_columns("n") if pc.min(rows["n"]).as_py() > 0 else _net(rows)

    def q4(self, day: int) -> Answer:
        return ranked(self._sums(day, ("place",)), self._sums(month_before(day), ("place",)))

    def q5(self, day: int) -> Answer:
        return [
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums(day, ("province", "component"), leaves)
        ]

    def q6(self, day: int) -> Answer:
        return self.engine.ask("series", self._values(day))


def _net(rows: pa.Table) -> pa.Table:
    """One row an entry, less what counter-rows took back; an entry without any has one row already."""
    sums = rows.group_by(["entry", "dated", "component", "source"]).aggregate([("dong", "sum"), ("n", "sum")])
    return sums.filter(pc.greater(sums["n_sum"], 0)).select(["entry", "dated", "component", "source", "dong_sum"])


def _alike(world: World) -> Callable[[str, Sequence[int]], dict[int, Any]]:
    """Places of a province are alike, and all bodies, and all components."""

    def alike(dim: str, nodes: Sequence[int]) -> dict[int, Any]:
        return {node: node * world.provinces // world.places if dim == "place" else dim for node in nodes}

    return alike
