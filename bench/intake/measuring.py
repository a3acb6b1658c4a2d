"""One contestant in its own fresh process: wall time, CPU time, peak memory; what it imports first is not counted."""

from __future__ import annotations

import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def measure(one: Callable[[str], Mapping[str, int]], path: str, needs: Iterable[str]) -> None:
    """Run a contestant once in this process and print what it took."""
    for module in needs:
        importlib.import_module(module)
    began, cpu = time.perf_counter(), time.process_time()
    found = one(path)
    took = {"wall": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    status = Path("/proc/self/status").read_text()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    print(json.dumps({**took, "peak": peak, **found}))


def run(python: Path, module: str, name: str, path: Path, *, timeout: int = 600) -> dict[str, Any]:
    """A contestant by name in a process of ``python``; ``{"failed": why}`` where it did not end well."""
    command = [str(python), "-m", module, name, str(path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=ROOT, env=env)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {timeout} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["no word"])[-1][:200]}
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def middle(rounds: list[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure."""
    keys = [key for key, value in rounds[0].items() if isinstance(value, (int, float))]
    return {key: statistics.median(one[key] for one in rounds) for key in keys}


HERE = Path(sys.executable)
