"""Roll-ups side by side: four questions as of any day, every answer equal to the đồng; prints times and ratios.

python -m bench.rollup            a province, two million entries
python -m bench.rollup --nation   and the nation, thirty million (some GB of memory; without SQLite)
python -m bench.rollup --rows N   so many entries of the province instead
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from datetime import date
from typing import Any, Final

from bench.rollup import making
from bench.rollup.contestants import Cube, floor, in_duckdb, in_sqlite
from vungcao.cube.sealed.tables import number_of

DAYS: Final = (date(2025, 9, 30), date(2024, 3, 17), date(2022, 12, 31))
QUESTIONS: Final = {
    "q1": "by component",
    "q2": "district × source",
    "q4": "places ranked, and as a month before",
    "q5": "province × four levels of components",
}


def measure(world: making.World, rows: int, *, sqlite: bool) -> None:
    facts = making.ledger(world, rows)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{world.name}: {facts.num_rows:,} entries, {world.places} places; machine load {load}")
    contestants: list[Any] = [Cube(world, facts), in_duckdb(world, facts)]
    if sqlite:
        contestants.append(in_sqlite(world, facts))
    times: dict[str, dict[str, list[float]]] = {one.name: {q: [] for q in QUESTIONS} for one in contestants}
    for on in DAYS:
        for one in contestants:
            one.forget()
        for question in QUESTIONS:
            answers = []
            for one in contestants:
                began = time.perf_counter()
                answers.append(getattr(one, question)(number_of(on)))
                times[one.name][question].append((time.perf_counter() - began) * 1e3)
            if any(answer != answers[0] for answer in answers):
                raise SystemExit(f"{world.name} {question} {on}: the answers differ")
    byte_scan = statistics.median(floor(facts) for _ in range(5))
    print(f"{'byte scan (floor)':14} {byte_scan:9.0f} ms")
    for name, found in times.items():
        each = {question: statistics.median(some) for question, some in found.items()}
        said = "  ".join(f"{question} {ms:.0f}" for question, ms in each.items())
        print(f"{name:14} {sum(each.values()):9.0f} ms = {sum(each.values()) / byte_scan:6.1f} × the floor   ({said})")
    print("The same answers from everybody, on three days. The first question of a day finds its atoms.")


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.rollup")
    asked.add_argument("--nation", action="store_true")
    asked.add_argument("--rows", type=int, default=making.PROVINCE.rows)
    args = asked.parse_args()
    for code, what in QUESTIONS.items():
        print(f"{code}: {what}")
    measure(making.PROVINCE, args.rows, sqlite=True)
    if args.nation:
        measure(making.NATION, making.NATION.rows, sqlite=False)


main()
