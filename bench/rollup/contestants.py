"""Who answers: the cube's own SQL (compiled from its Ibis expressions), plain DuckDB, SQLite; and the floor."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa

from bench.rollup.making import World
from vungcao.cube.sealed import runner
from vungcao.cube.sealed.asking import DIMENSIONS, IN, KEYS

Rows = set[tuple[Any, ...]]
COLUMNS = ("component", "source", "place", "dated", "dong")
LEVELS = {"leaf": 1, "sub-project": 3, "project": 6, "programme": 60}  # leaves of a node


class Cube:
    """The product's expressions over a table `given`; nodes are told what they are, as ``sealed.nodes`` does."""

    name = "sealed cube"

    def __init__(self, world: World, facts: pa.Table) -> None:
        self.world, self.database = world, duckdb.connect(":memory:")
        self.put("given", facts)
        self.put("lives", pa.table({"place": pa.array([], pa.int64()), **_days()}))
        self.put("deciders", pa.table({"body": pa.array([], pa.int64())}))
        self.found: dict[int, str] = {}
        self.met: dict[int, dict[str, list[tuple[Any, ...]]]] = {}

    def run(self, text: str, values: Any = None) -> list[tuple[Any, ...]]:
        return self.database.execute(text, values).fetchall()

    def put(self, name: str, table: pa.Table) -> None:
        self.database.register("coming", table)
        self.run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM coming")
        self.database.unregister("coming")

    def ask(self, day: int, by: tuple[str, ...], leaves: int = 1) -> Rows:
        """Sums of a day by the dimensions; the first finding of a day is part of its time."""
        if day not in self.found:
            self.found[day] = f"atoms_{day}"
            values = {"day": day, "known": 2**61, "level": 3}
            text = runner._text("atoms", "given", "with_carry_over")
            self.run(f"CREATE TABLE {self.found[day]} AS {text}", values)
        self.run(f"CREATE OR REPLACE VIEW atoms AS SELECT * FROM {self.found[day]}")
        if day not in self.met:
            self.met[day] = {
                name: self.run(f"SELECT DISTINCT {', '.join(columns)} FROM atoms")
                for name, columns in DIMENSIONS.items()
            }
        for name, met in self.met[day].items():
            self.database.register(f"nodes_{name}", self._nodes(name, met, by, leaves))
        self.run(f"CREATE OR REPLACE TABLE judged AS {runner._text('judged', by)}")
        sums: dict[tuple[Any, ...], int] = {}
        for row in self.run(runner._text("asked", "rows_of", len(by), False)):
            key = tuple(row[: len(by)])
            sums[key] = sums.get(key, 0) + int(row[-1])
        return {(*key, dong) for key, dong in sums.items()}

    def forget(self) -> None:
        """Every round finds its atoms anew."""
        for name in self.found.values():
            self.run(f"DROP TABLE {name}")
        self.found.clear()
        self.met.clear()

    def _nodes(self, name: str, met: list[tuple[Any, ...]], by: tuple[str, ...], leaves: int) -> pa.Table:
        found: dict[str, pa.Array] = {}
        for n, column in enumerate(DIMENSIONS[name]):
            kind = pa.string() if column.startswith("year") else pa.int32() if column == "said" else pa.int64()
            found[column] = pa.array([row[n] for row in met], kind)
        verdicts = ("is_year", "is_year_use") if name == "years" else (f"is_{name}",)
        found |= {one: pa.array([IN] * len(met), pa.int8()) for one in verdicts}
        if name == "place":
            found |= {"place_seen": pa.array([1] * len(met)), "is_here": pa.array([True] * len(met))}
        if name == "body":
            found["body_seen"] = pa.array([1] * len(met))
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
        return self.ask(day, ("component",))

    def q2(self, day: int) -> Rows:
        return self.ask(day, ("district", "source"))

    def q4(self, day: int) -> Rows:
        return _ranked(self.ask(day, ("place",)), self.ask(day - 31, ("place",)))

    def q5(self, day: int) -> Rows:
        return {
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self.ask(day, ("province", "component"), leaves)
        }


class Plain:
    """SQL written by hand over the bare ledger."""

    def __init__(self, world: World, name: str, run: Callable[[str], list[tuple[Any, ...]]]) -> None:
        self.world, self.name, self.run = world, name, run

    def forget(self) -> None:
        """Nothing is kept between questions."""

    def _sums(self, day: int, *keys: str) -> Rows:
        said = ", ".join(keys)
        found = self.run(f"SELECT {said}, sum(dong) FROM ledger WHERE dated <= {day} GROUP BY {said}")
        return {(*(f"{part}" for part in key), int(dong)) for *key, dong in found}

    def _over(self, whole: int) -> str:
        return self.division(f"place * {whole}", self.world.places)

    def division(self, what: str, by: int) -> str:
        return f"({what}) // {by}" if self.name == "DuckDB" else f"({what}) / {by}"

    def q1(self, day: int) -> Rows:
        return self._sums(day, "component")

    def q2(self, day: int) -> Rows:
        return self._sums(day, self._over(self.world.districts), "source")

    def q4(self, day: int) -> Rows:
        return _ranked(self._sums(day, "place"), self._sums(day - 31, "place"))

    def q5(self, day: int) -> Rows:
        province = self._over(self.world.provinces)
        return {
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums(day, province, self.division("component", leaves))
        }


def _ranked(now: Rows, before: Rows) -> Rows:
    """(place, đồng, rank, rank of the month before)."""
    ranks = [
        {place: rank for rank, (place, _) in enumerate(sorted(rows, key=lambda row: (-row[1], row[0])), start=1)}
        for rows in (now, before)
    ]
    return {(place, dong, ranks[0][place], ranks[1].get(place)) for place, dong in now}


def in_duckdb(world: World, facts: pa.Table) -> Plain:
    database = duckdb.connect(":memory:")
    database.register("coming", facts.select(COLUMNS))
    database.execute("CREATE TABLE ledger AS SELECT * FROM coming").fetchall()
    return Plain(world, "DuckDB", lambda text: database.execute(text).fetchall())


def in_sqlite(world: World, facts: pa.Table) -> Plain:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE ledger (component, source, place, dated, dong)")
    columns = [facts[name].to_pylist() for name in COLUMNS]
    database.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?)", zip(*columns, strict=True))
    return Plain(world, "SQLite", lambda text: database.execute(text).fetchall())


def floor(facts: pa.Table) -> float:
    """Milliseconds to sum once, in one thread, the bytes of the columns that the four questions need."""
    arrays = [facts[name].to_numpy().view("int64" if name != "dated" else "int32") for name in COLUMNS]
    wanted = [(0, 3, 4), (1, 2, 3, 4), (2, 3, 4, 2, 3, 4), (0, 2, 3, 4)]
    began = time.perf_counter()
    for question in wanted:
        for n in question:
            arrays[n].sum()
    return (time.perf_counter() - began) * 1e3


def _days() -> dict[str, pa.Array]:
    return {"begins": pa.array([], pa.int32()), "ends": pa.array([], pa.int32())}
