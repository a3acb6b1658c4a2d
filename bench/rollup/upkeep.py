"""What an append costs with the roll-ups kept, and without: entries written to a ledger on the disk, taken in by one
process of the cube, and put into its roll-ups.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from bench.rollup import making
from bench.rollup.cube import Cube
from bench.rollup.plain import COLUMNS, timed

SIZES: Final = (10, 1_000, 100_000)
TIMES: Final = 5


def measure(world: making.World, rows: int, cube: Cube, folder: Path) -> None:
    """Prints one line a size; the entries are of the last month, and stay in."""
    load, engine, day = os.getloadavg()[0], cube.engine, making.LAST - 10
    print(f"upkeep: an append and what follows it (machine load {load:.1f}; medians of {TIMES}, ms)")
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        ledger.execute(f"CREATE TABLE ledger ({', '.join(COLUMNS)})")
        for size in SIZES:
            steps: list[list[float]] = [[], [], [], []]
            for n in range(TIMES):
                new = making.entries(world, rows, size, (making.LAST - 30, making.LAST + 1), seed=101 + n)
                rows += size
                engine.offer("coming", new)
                cube.forget()
                todo: list[Callable[[], Any]] = [
                    partial(_write, ledger, new),
                    partial(engine.run, "INSERT INTO given SELECT * FROM coming"),
                    partial(engine.rolls.take, "coming"),
                    partial(cube.q1, day),
                ]
                for step, do in zip(steps, todo, strict=True):
                    step.append(timed(do)[0][0])
            written, taken, kept, asked = (statistics.median(step) for step in steps)
            held = written + taken + kept
            print(
                f"  {size:7,} entries: written {written:.1f}, taken in {taken:.1f}, roll-ups {kept:.1f}, "
                f"first answer on any day {asked:.1f}; with roll-ups ÷ without {held / (written + taken):.2f} ×, "
                f"÷ written alone {held / written:.2f} ×",
                flush=True,
            )


def _write(ledger: sqlite3.Connection, new: pa.Table) -> None:
    columns = [new[name].to_pylist() for name in COLUMNS]
    with ledger:
        ledger.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))
