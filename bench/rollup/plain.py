"""Who answers beside the cube: SQL written by hand in DuckDB, SQLite and PostgreSQL; and the floor: bytes read."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from bench.rollup.making import World
from vungcao.cube.sealed.tables import day_of, month_of, number_of

Answer = list[tuple[Any, ...]] | pa.Table
Run = Callable[[str], Answer]
COLUMNS: Final = ("entry", "component", "source", "place", "dated", "dong")
LEVELS: Final = {"leaf": 1, "sub-project": 3, "project": 6, "programme": 60}  # leaves of a node
MONTH: Final = {
    "DuckDB": "CAST(date_trunc('month', DATE '1970-01-01' + dated) AS DATE) - DATE '1970-01-01'",
    "PostgreSQL": "CAST(date_trunc('month', DATE '1970-01-01' + dated) AS DATE) - DATE '1970-01-01'",
    "SQLite": "CAST(julianday(date(dated * 86400, 'unixepoch', 'start of month')) - 2440587.5 AS INTEGER)",
}


class Plain:
    """SQL written by hand over the bare ledger."""

    def __init__(self, world: World, name: str, run: Run, rows: Run | None = None) -> None:
        """``rows``: how a long answer is fetched, where that differs."""
        self.world, self.name, self.run, self.rows = world, name, run, rows or run

    def forget(self) -> None:
        """Nothing is kept between questions."""

    def _sums(self, day: int, *keys: str) -> list[tuple[Any, ...]]:
        said = ", ".join(keys)
        places = ", ".join(f"{n}" for n in range(1, len(keys) + 1))
        return list(self.run(f"SELECT {said}, sum(dong) FROM ledger WHERE dated <= {day} GROUP BY {places}"))

    def _over(self, whole: int) -> str:
        return self.division(f"place * {whole}", self.world.places)

    def division(self, what: str, by: int) -> str:
        return f"({what}) // {by}" if self.name == "DuckDB" else f"({what}) / {by}"

    def q1(self, day: int) -> Answer:
        return self._sums(day, "component")

    def q2(self, day: int) -> Answer:
        return self._sums(day, self._over(self.world.districts), "source")

    def q3(self, day: int) -> Answer:
        places = self.world.predecessors(self.world.communes // 2)
        where = f"dated <= {day} AND place BETWEEN {places[0]} AND {places[-1]}"
        return self.rows(
            f"SELECT entry, dated, component, source, dong FROM ledger WHERE {where} ORDER BY dated, entry"
        )

    def q4(self, day: int) -> Answer:
        return ranked(self._sums(day, "place"), self._sums(month_before(day), "place"))

    def q5(self, day: int) -> Answer:
        province = self._over(self.world.provinces)
        return [
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums(day, province, self.division("component", leaves))
        ]

    def q6(self, day: int) -> Answer:
        """The month of the day asked about bears its name in the cube: after its last day the next one is open."""
        text = f"SELECT {MONTH[self.name]} AS m, sum(dong) FROM ledger WHERE dated <= {day} GROUP BY 1 ORDER BY 1"
        total, found = 0, []
        for first, dong in self.run(text):
            total += int(dong)
            found.append((first, total))
        return found


def month_before(day: int) -> int:
    """The last day of the month before where a month ends, else as many days before as a month may have."""
    on = day_of(day)
    return number_of(on.replace(day=1)) - 1 if month_of(on) > on else day - 31


def ranked(now: list[tuple[Any, ...]], before: list[tuple[Any, ...]]) -> Answer:
    """(place, đồng, rank, rank of the month before)."""
    ranks = [
        {place: rank for rank, (place, _) in enumerate(sorted(rows, key=lambda row: (-row[1], int(row[0]))), start=1)}
        for rows in (now, before)
    ]
    return [(place, dong, ranks[0][place], ranks[1].get(place)) for place, dong in now]


def rows_of(answer: Answer) -> set[tuple[str, ...]]:
    """An answer to be compared with another: the same work for everybody, and outside of what is timed."""
    rows = (
        zip(*(column.to_pylist() for column in answer.columns), strict=True) if isinstance(answer, pa.Table) else answer
    )
    return {tuple(f"{part}" for part in row) for row in rows}


def in_duckdb(world: World, files: list[Path]) -> Plain:
    return _duckdb(world, files, "TABLE")


def over_files(world: World, files: list[Path], memory: str) -> Plain:
    """The ledger left in its files, for whoever has little memory."""
    return _duckdb(world, files, "VIEW", memory)


def _duckdb(world: World, files: list[Path], kind: str, memory: str = "") -> Plain:
    database = duckdb.connect(":memory:")
    if memory:
        database.execute(f"SET memory_limit = '{memory}'")
    there = [str(file) for file in files]
    database.execute(f"CREATE {kind} ledger AS SELECT {', '.join(COLUMNS)} FROM read_parquet({there})").fetchall()
    return Plain(
        world,
        "DuckDB",
        lambda text: database.execute(text).fetchall(),
        lambda text: database.sql(text).to_arrow_table(),
    )


def in_sqlite(world: World, files: list[Path]) -> Plain:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE ledger ({', '.join(COLUMNS)})")
    for file in files:
        columns = [column.to_pylist() for column in pq.read_table(file, columns=list(COLUMNS)).columns]
        database.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))
    return Plain(world, "SQLite", lambda text: database.execute(text).fetchall())


def in_postgres(world: World, files: list[Path]) -> Plain | None:
    """The same ledger by COPY, indexed by place and day; ``None`` where no server is named."""
    address = os.environ.get("VUNGCAO_DATABASE_URL", "")
    if not address.startswith("postgres"):
        return None
    server = psycopg.connect(address, autocommit=True)
    server.execute("SET statement_timeout = 0")
    server.execute("DROP TABLE IF EXISTS ledger")
    server.execute(
        "CREATE UNLOGGED TABLE ledger "
        "(entry bigint, component integer, source integer, place integer, dated integer, dong bigint)"
    )
    with server.cursor() as cursor:
        for file in files:
            read = pq.ParquetFile(file)
            with cursor.copy(f"COPY ledger ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv)") as coming:
                for batch in read.iter_batches(columns=list(COLUMNS)):
                    said = pa.BufferOutputStream()
                    csv.write_csv(batch.select(COLUMNS), said, csv.WriteOptions(include_header=False))
                    coming.write(said.getvalue().to_pybytes())
    server.execute("CREATE INDEX ON ledger (place, dated)")
    server.execute("VACUUM ANALYZE ledger")
    return Plain(world, "PostgreSQL", lambda text: server.execute(text.encode()).fetchall())


def floor(files: list[Path]) -> Callable[[], object]:
    """Sums once, in one thread, the bytes of the columns that q1, q2, q4, q5 and q6 need, in the types for which the
    goals were set (narrower than those of the ledger) and eight bytes at a time.
    """
    narrow = {"component": "int16", "source": "int8", "place": "int32", "dated": "int32", "dong": "int64"}
    read = pq.read_table(files, columns=list(narrow))
    columns = {name: read[name].to_numpy().astype(kind) for name, kind in narrow.items()}
    words = {name: column[: len(column) // 8 * 8].view("int64") for name, column in columns.items()}
    asked = ("component", "source place", "place", "place component", "")
    return lambda: [words[name].sum() for question in asked for name in f"{question} dated dong".split()]


def timed(do: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Milliseconds of the clock and of all processors, and what came of it."""
    began, worked = time.perf_counter(), time.process_time()
    found = do()
    return ((time.perf_counter() - began) * 1e3, (time.process_time() - worked) * 1e3), found
