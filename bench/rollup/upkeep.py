"""What an append costs with the roll-ups kept, and without: entries written to a ledger on the disk, taken in by one
process of the cube, and put into its roll-ups.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from bench.rollup import making
from bench.rollup.cube import Engine
from bench.rollup.plain import COLUMNS, timed

SIZES: Final = (10, 1_000, 100_000)
TIMES: Final = 5


def measure(world: making.World, rows: int, engine: Engine, folder: Path) -> None:
    """Prints one line a size; the entries are of the last month, and stay in."""
    load = os.getloadavg()[0]
    print(
        f"upkeep: an append with the roll-ups kept, against without (machine load {load:.1f}; medians of {TIMES}, ms)"
    )
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        ledger.execute(f"CREATE TABLE ledger ({', '.join(COLUMNS)})")
        for size in SIZES:
            written, taken, rolled = [], [], []
            for n in range(TIMES):
                new = making.entries(world, rows, size, (making.LAST - 30, making.LAST + 1), seed=101 + n)
                rows += size
                written.append(_ms(lambda new=new: _write(ledger, new)))  # type: ignore[misc]  # bound now
                engine.offer("coming", new)
                taken.append(_ms(lambda: engine.run("INSERT INTO given SELECT * FROM coming")))
                rolled.append(_ms(lambda: engine.rolls.take("coming")))
                rolled[-1] += _ms(lambda: [engine.rolls.columns(name) for name in ("by_comp", "by_place")])
            committed, into, kept = (statistics.median(some) for some in (written, taken, rolled))
            without = committed + into
            print(
                f"  {size:7,} entries: written {committed:.1f}, taken in {into:.1f}, roll-ups {kept:.1f}: "
                f"{(without + kept) / without:.2f} ×",
                flush=True,
            )


def _write(ledger: sqlite3.Connection, new: pa.Table) -> None:
    columns = [new[name].to_pylist() for name in COLUMNS]
    with ledger:
        ledger.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))


def _ms(do: Callable[[], Any]) -> float:
    return timed(do)[0][0]
