"""Who answers beside the cube: SQL written by hand in DuckDB and SQLite; and the floor, reading the bytes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from bench.rollup.making import World
from vungcao.cube.sealed.rolling import month_of
from vungcao.cube.sealed.tables import day_of, number_of

Rows = set[tuple[Any, ...]]
COLUMNS: Final = ("entry", "component", "source", "place", "dated", "dong")
LEVELS: Final = {"leaf": 1, "sub-project": 3, "project": 6, "programme": 60}  # leaves of a node


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

    def q3(self, day: int) -> Rows:
        places = self.world.predecessors(self.world.communes // 2)
        where = f"dated <= {day} AND place BETWEEN {places[0]} AND {places[-1]}"
        text = f"SELECT entry, dated, component, source, dong FROM ledger WHERE {where} ORDER BY dated, entry"
        return set(self.run(text))

    def q4(self, day: int) -> Rows:
        return ranked(self._sums(day, "place"), self._sums(day - 31, "place"))

    def q5(self, day: int) -> Rows:
        province = self._over(self.world.provinces)
        return {
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums(day, province, self.division("component", leaves))
        }

    def q6(self, day: int) -> Rows:
        """The month of the day asked about bears its name in the cube: after its last day the next one is open."""
        days = "DATE '1970-01-01'"
        month = f"CAST(date_trunc('month', {days} + dated) AS DATE) - {days}"
        if self.name != "DuckDB":
            month = "CAST(julianday(date(dated * 86400, 'unixepoch', 'start of month')) - 2440587.5 AS INTEGER)"
        text = f"SELECT {month} AS m, sum(dong) FROM ledger WHERE dated <= {day} GROUP BY 1 ORDER BY 1"
        total, found = 0, set()
        for first, dong in self.run(text):
            total += int(dong)
            found.add((int(first), total))
        assert number_of(month_of(day_of(day))) >= max(first for first, _ in found)
        return found


def ranked(now: Rows, before: Rows) -> Rows:
    """(place, đồng, rank, rank of the month before)."""
    ranks = [
        {place: rank for rank, (place, _) in enumerate(sorted(rows, key=lambda row: (-row[1], row[0])), start=1)}
        for rows in (now, before)
    ]
    return {(place, dong, ranks[0][place], ranks[1].get(place)) for place, dong in now}


def in_duckdb(world: World, files: list[Path]) -> Plain:
    database = duckdb.connect(":memory:")
    there = [str(file) for file in files]
    database.execute(f"CREATE TABLE ledger AS SELECT {', '.join(COLUMNS)} FROM read_parquet({there})").fetchall()
    return Plain(world, "DuckDB", lambda text: database.execute(text).fetchall())


def in_sqlite(world: World, files: list[Path]) -> Plain:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE ledger ({', '.join(COLUMNS)})")
    for file in files:
        columns = [column.to_pylist() for column in pq.read_table(file, columns=list(COLUMNS)).columns]
        database.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))
    return Plain(world, "SQLite", lambda text: database.execute(text).fetchall())


def floor(files: list[Path]) -> Callable[[], float]:
    """Milliseconds to sum once, in one thread, the bytes of the columns that q1, q2, q4, q5 and q6 need."""
    wanted = ["component", "source", "place", "dated", "dong"]
    read = pq.read_table(files, columns=wanted)
    columns = [read[name].to_numpy() for name in wanted]

    def scan() -> float:
        began = time.perf_counter()
        for question in ((0, 3, 4), (1, 2, 3, 4), (2, 3, 4, 2, 3, 4), (0, 2, 3, 4), (3, 4)):
            for n in question:
                columns[n].sum()
        return (time.perf_counter() - began) * 1e3

    return scan
