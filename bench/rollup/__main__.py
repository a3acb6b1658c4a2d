"""Roll-ups side by side: six questions as of any day, every answer equal to the đồng; prints times and ratios.

python -m bench.rollup            a province, two million entries
python -m bench.rollup --nation   the nation, thirty million (some GB of memory; without SQLite)
python -m bench.rollup --rows N   so many entries instead
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.rollup import making
from bench.rollup.cube import Cube
from bench.rollup.plain import floor, in_duckdb, in_sqlite
from vungcao.cube.sealed.tables import number_of

DAYS: Final = {
    "at the end of a month": (date(2025, 9, 30), date(2024, 4, 30), date(2022, 12, 31)),
    "on any day": (date(2025, 9, 17), date(2024, 3, 21), date(2022, 11, 8)),
}
QUESTIONS: Final = {
    "q1": "by component",
    "q2": "district × source",
    "q3": "every entry of a commune, those of the communes it was made from",
    "q4": "places ranked, and as a month before",
    "q5": "province × four levels of components",
    "q6": "month by month, cumulative",
}
ROUNDS: Final = 3  # over the days of a kind

Times = dict[str, dict[str, list[float]]]


def measure(world: making.World, rows: int, *, sqlite: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="vungcao-rollup-") as folder:
        began = time.perf_counter()
        files = making.files(world, rows, Path(folder))
        took = time.perf_counter() - began
        size = sum(file.stat().st_size for file in files) / 1e6
        print(
            f"\n{world.name}: {rows:,} entries, {world.places:,} places; {size:.0f} MB of Parquet made in {took:.0f} s"
        )
        began = time.perf_counter()
        contestants: list[Any] = [Cube.of(world, files)]
        print(f"opened with the roll-ups made anew from the entries: {time.perf_counter() - began:.1f} s")
        contestants.append(in_duckdb(world, files))
        if sqlite:
            contestants.append(in_sqlite(world, files))
        for kind, days in DAYS.items():
            _compare(world, kind, [number_of(day) for day in days], contestants, files)
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _compare(world: making.World, kind: str, days: list[int], contestants: list[Any], files: list[Path]) -> None:
    """One kind of day: everybody is asked each question in turn, SQLite in the first round only."""
    times: Times = {one.name: {question: [] for question in QUESTIONS} for one in contestants}
    read, byte_scans = floor(files), []
    contestants[0].forget()
    contestants[0].answer_all(days[0])  # each shape of question is compiled once a process
    for n in range(ROUNDS):
        there = [one for one in contestants if one.name != "SQLite" or n == 0]
        for day in days:
            byte_scans.append(read())
            for one in there:
                one.forget()
            for question in QUESTIONS:
                _ask(f"{world.name} {question} {day}", question, day, there, times)
    byte_scan = statistics.median(byte_scans)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{kind} (machine load {load})")
    print(f"  {'byte scan (floor)':14} {byte_scan:9.0f} ms")
    for name, found in times.items():
        each = {question: statistics.median(some) for question, some in found.items()}
        said = "  ".join(f"{question} {ms:.0f}" for question, ms in each.items())
        print(
            f"  {name:14} {sum(each.values()):9.0f} ms = {sum(each.values()) / byte_scan:6.1f} × the floor   ({said})"
        )


def _ask(said: str, question: str, day: int, contestants: list[Any], times: Times) -> None:
    answers = []
    for one in contestants:
        began = time.perf_counter()
        answers.append(getattr(one, question)(day))
        times[one.name][question].append((time.perf_counter() - began) * 1e3)
    if any(answer != answers[0] for answer in answers):
        raise SystemExit(f"{said}: the answers differ")


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.rollup")
    asked.add_argument("--nation", action="store_true")
    asked.add_argument("--rows", type=int)
    args = asked.parse_args()
    for code, what in QUESTIONS.items():
        print(f"{code}: {what}")
    world = making.NATION if args.nation else making.PROVINCE
    measure(world, args.rows or world.rows, sqlite=not args.nation)
    print("The same answers from everybody, on every day. The first question of a day finds its atoms.")


if __name__ == "__main__":
    main()
