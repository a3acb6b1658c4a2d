"""The product's own expressions over its own tables: `given` and the roll-ups kept by append (``sealed.rolling``).

Only the register is missing: what a node is told comes from the made world's numbers, where ``sealed.nodes`` asks
trees.
Two questions of the six have no page of their own in the product and are written here over the same tables: the
statement of a commune (``statement_of``) and the cumulative series (``series_of``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from bench.rollup.making import World
from bench.rollup.plain import LEVELS, Rows, ranked
from vungcao.cube.sealed import runner
from vungcao.cube.sealed.asking import DIMENSIONS, IN, KEYS
from vungcao.cube.sealed.rolling import Rolls, month_of
from vungcao.cube.sealed.runner import MARKS
from vungcao.cube.sealed.tables import SCHEMAS, day_of, number_of

LEVEL: Final = 3
FLOWS: Final = {"cell": "int64", "month": "int32", "level": "int8", "dong": "int64", "n": "int64"}


def _mark(name: str) -> Any:
    return ibis.literal(MARKS[name], "int32")


def statement_of() -> Table:
    """Every entry of the places ``wanted``, in the order of its day."""
    given = ibis.table(ibis.Schema.from_pyarrow(SCHEMAS["given"]), name="given")
    rows = given.filter(_.dated <= _mark("day"), _.level >= _mark("level"))
    rows = rows.semi_join(ibis.table({"place": "int64"}, name="wanted"), "place")
    found = rows.group_by("entry", "dated", "component", "source").agg(dong=_.dong.sum(), n=_.n.sum()).filter(_.n > 0)
    return found.drop("n").order_by("dated", "entry")


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

    def __init__(self) -> None:
        self.database = duckdb.connect(":memory:")
        self._texts: dict[tuple[Any, ...], str] = {}

    def run(self, text: str, values: Any = None) -> list[tuple[Any, ...]]:
        return self.database.execute(text, values).fetchall()

    def text(self, *shape: Any) -> str:
        if shape[0] not in OWN:
            return runner._text(*shape)
        if shape not in self._texts:
            said = str(ibis.to_sql(OWN[shape[0]](), dialect="duckdb"))
            for name, mark in MARKS.items():
                said = said.replace(f"{mark}", f"${name}")
            self._texts[shape] = said
        return self._texts[shape]

    def ask(self, values: dict[str, int], *shape: Any) -> list[tuple[Any, ...]]:
        text = self.text(*shape)
        return self.run(text, {name: value for name, value in values.items() if f"${name}" in text})

    def keep(self, name: str, values: dict[str, int], *shape: Any) -> None:
        """Make a table of the answer."""
        text = self.text(*shape)
        asked = {one: value for one, value in values.items() if f"${one}" in text}
        self.run(f"CREATE OR REPLACE TABLE {name} AS {text}", asked)

    def name(self, name: str, table: str) -> None:
        self.run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {table}")

    def offer(self, name: str, table: pa.Table) -> None:
        """Let a small table be asked beside the kept ones."""
        self.database.register(name, table)

    def columns(self, columns: list[str]) -> pa.Table:
        return self.database.sql(f"SELECT {', '.join(columns)} FROM atoms").to_arrow_table()


class Cube:
    """The six questions, asked of an engine that holds the tables."""

    name = "sealed cube"

    def __init__(self, world: World, engine: Any) -> None:
        self.world, self.engine = world, engine
        self.found: dict[tuple[int, str], str] = {}
        self.shown = ""
        self.met: dict[str, dict[str, list[tuple[Any, ...]]]] = {}

    @classmethod
    def of(cls, world: World, files: list[Path]) -> Cube:
        """A province lies in memory, as in a process of the product; the nation's entries stay in their files."""
        engine = Engine()
        kind = "VIEW" if len(files) > 1 else "TABLE"
        engine.run(f"CREATE {kind} given AS SELECT * FROM read_parquet({[str(file) for file in files]})")
        fill(engine.database, world)
        return cls(world, engine)

    def forget(self) -> None:
        """Every round finds its atoms anew."""
        self.found.clear()
        self.met.clear()
        self.shown = ""

    def answer_all(self, day: int) -> None:
        """Ask everything once."""
        for question in ("q1", "q2", "q3", "q4", "q5", "q6"):
            getattr(self, question)(day)

    def _sums(self, day: int, by: tuple[str, ...], leaves: int = 1) -> Rows:
        """Sums of a day by the dimensions; the first finding of a day is part of its time."""
        roll = "by_comp" if "component" in by else "by_place"
        if (day, roll) not in self.found:
            name = self.found[day, roll] = f"atoms_{len(self.found)}"
            is_open = month_of(day_of(day)) <= day_of(day)
            self.engine.keep(name, self._values(day), "rolled", roll, is_open)
        atoms = self.found[day, roll]
        if atoms != self.shown:
            self.engine.name("atoms", atoms)
            self.shown = atoms
        telling = tuple(name for name in DIMENSIONS if any(KEYS[dim] == name for dim in by))
        if atoms not in self.met:
            columns = list(dict.fromkeys(column for some in DIMENSIONS.values() for column in some))
            there = self.engine.columns(columns)
            self.met[atoms] = {name: runner.nodes_in(there, some) for name, some in DIMENSIONS.items()}
        for name in telling:
            self.engine.offer(f"nodes_{name}", self._nodes(name, self.met[atoms][name], by, leaves))
        self.engine.keep("judged", {}, "judged", by, telling)
        sums: dict[tuple[Any, ...], int] = {}
        for row in self.engine.ask({}, "asked", "sums_of", len(by), False):
            key = tuple(row[3 : 3 + len(by)])  # after why, node and kind
            sums[key] = sums.get(key, 0) + int(row[-1])
        return {(*key, dong) for key, dong in sums.items()}

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
                found[f"of_{dim}"] = pa.array([self._key(dim, row[0], leaves) for row in met], pa.string())
        return pa.table(found)

    def _key(self, dim: str, node: int, leaves: int) -> str:
        if dim == "component":
            return f"{node // leaves}"
        whole = {"district": self.world.districts, "province": self.world.provinces}.get(dim, self.world.places)
        return f"{node}" if dim == "source" else f"{node * whole // self.world.places}"

    def q1(self, day: int) -> Rows:
        return self._sums(day, ("component",))

    def q2(self, day: int) -> Rows:
        return self._sums(day, ("district", "source"))

    def q3(self, day: int) -> Rows:
        places = self.world.predecessors(self.world.communes // 2)
        self.engine.offer("wanted", pa.table({"place": pa.array(places, pa.int64())}))
        return {tuple(row) for row in self.engine.ask(self._values(day), "statement")}

    def q4(self, day: int) -> Rows:
        return ranked(self._sums(day, ("place",)), self._sums(day - 31, ("place",)))

    def q5(self, day: int) -> Rows:
        return {
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums(day, ("province", "component"), leaves)
        }

    def q6(self, day: int) -> Rows:
        return {(month, int(dong)) for month, dong in self.engine.ask(self._values(day), "series")}


def fill(database: duckdb.DuckDBPyConnection, world: World) -> Rolls:
    """What stands beside `given` in a process: lives of places (here: all for ever), deciders, and the roll-ups."""
    days = {"begins": pa.array([], pa.int32()), "ends": pa.array([], pa.int32())}
    database.register("no_lives", pa.table({"place": pa.array([], pa.int64()), **days}))
    database.execute("CREATE TABLE lives AS SELECT * FROM no_lives").fetchall()

    def alike(dim: str, nodes: Any) -> dict[int, Any]:
        return {node: node * world.provinces // world.places if dim == "place" else dim for node in nodes}

    rolls = Rolls(database, alike)
    rolls.build()
    return rolls
