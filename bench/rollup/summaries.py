"""SQLite with two tables of monthly sums: what a plain system of the same idea does. Whole months only."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.rollup.making import World
from bench.rollup.plain import LEVELS, MONTH, Answer, month_before, ranked

KEYS: Final = {"by_place": ("place", "source"), "by_comp": ("province", "component")}


class Summaries:
    """Five of the six questions at the end of a month; it keeps no entries, so there is no statement (q3)."""

    name = "SQLite summaries"

    def __init__(self, world: World, database: sqlite3.Connection) -> None:
        self.world, self.database = world, database

    def forget(self) -> None:
        """Nothing is kept between questions."""

    def _sums(self, table: str, day: int, *keys: str) -> list[tuple[Any, ...]]:
        said = ", ".join(keys)
        text = f"SELECT {said}, sum(dong) FROM {table} WHERE month <= ? GROUP BY {said}"
        return self.database.execute(text, [day]).fetchall()

    def q1(self, day: int) -> Answer:
        return self._sums("by_comp", day, "component")

    def q2(self, day: int) -> Answer:
        return self._sums("by_place", day, f"place * {self.world.districts} / {self.world.places}", "source")

    def q3(self, day: int) -> None:
        return None

    def q4(self, day: int) -> Answer:
        return ranked(self._sums("by_place", day, "place"), self._sums("by_place", month_before(day), "place"))

    def q5(self, day: int) -> Answer:
        return [
            (level, *row)
            for level, leaves in LEVELS.items()
            for row in self._sums("by_comp", day, "province", f"component / {leaves}")
        ]

    def q6(self, day: int) -> Answer:
        total, found = 0, []
        for month, dong in sorted(self._sums("by_comp", day, "month")):
            total += dong
            found.append((month, total))
        return found


def in_summaries(world: World, files: list[Path]) -> Summaries:
    """Made once from the ledger; a month is told by its first day."""
    there = [str(file) for file in files]
    said = (
        f"place, source, component, place * {world.provinces} // {world.places} AS province, {MONTH['DuckDB']} AS month"
    )
    database = sqlite3.connect(":memory:")
    with duckdb.connect(":memory:") as made:
        made.execute(f"CREATE VIEW ledger AS SELECT {said}, dong FROM read_parquet({there})").fetchall()
        for table, keys in KEYS.items():
            database.execute(f"CREATE TABLE {table} (month, {', '.join(keys)}, dong)")
            found = made.execute(
                f"SELECT month, {', '.join(keys)}, CAST(sum(dong) AS BIGINT) FROM ledger GROUP BY ALL ORDER BY ALL"
            )
            while rows := found.fetchmany(100_000):
                database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)
    return Summaries(world, database)
