"""Starts a cluster, has it asked, ends it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from subprocess import run

from bench.rollup import making
from bench.rollup.cluster import NEEDS, PYTHON, cluster, executors, is_there


def measure(world: making.World, rows: int) -> None:
    """Six questions on a master and two workers, equal to those of DuckDB; ends the run where they are not."""
    if not is_there():
        print(f"\nSpark: not run; it {NEEDS}")
        return
    print(f"\nSpark, a master and two workers with a core each, on loopback: the {world.name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vungcao-cluster-") as made:
        folder = Path(made)
        with cluster(folder, memory="2g") as (address, env):
            command = [f"{PYTHON}", "-W", "ignore", "-m", "bench.rollup.on_spark", address, world.name, f"{rows}"]
            done = run(command, env=env)
            if done.returncode or executors(folder) != 2:
                raise SystemExit("Spark: not equal, or a worker had nothing to do")
