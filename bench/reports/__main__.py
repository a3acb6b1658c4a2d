"""``python -m bench.reports``: a Word report of 25 tables and ten pictures; a list of 50,000 × 20; charts.

Every contestant in its own fresh process, rounds interleaved, medians, ratios to a rival of the same run.
``--install`` makes the environment of rustpy-xlsxwriter first (``var/bench-reports``); without it that line says so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
import venv
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.intake.measuring import HERE, ROOT, middle, run
from bench.reports.contestants import FILES, LIST, make_plain_template, whole

RUSTPY = "rustpy-xlsxwriter"
HOME = Path(os.environ.get("VUNGCAO_HOME", ROOT / "var")) / "bench-reports"
GROUPS = {
    "docx, 25 tables and 10 pictures": (
        ["raw XML", "docxtpl used plainly", "our builder"],
        "docxtpl used plainly",
        1.2,
    ),
    f"xlsx, {LIST:,} × 20": ([RUSTPY, "XlsxWriter constant_memory", "our long list"], RUSTPY, 1.2),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--install", action="store_true", help="the environment of rustpy-xlsxwriter, with pip")
    asked = parser.parse_args()
    if asked.install:
        install()
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-") as folder:
        draw_charts(Path(folder))
        make_plain_template(Path(folder))
        for title, (names, rival, goal) in GROUPS.items():
            show(title, duel(names, Path(folder), asked.rounds), rival, goal, asked.rounds)
        for name, file in FILES.items():
            if not whole(Path(folder) / file):
                print(f"  {name} DISAGREES: rows, names or amounts are missing")


def install() -> None:
    """An environment of its own: a benchmark's rival is no dependency."""
    venv.create(HOME, with_pip=True)
    subprocess.run([HOME / "bin" / "pip", "install", "-q", f"{RUSTPY}"], check=True)


def draw_charts(folder: Path) -> None:
    """Ten charts through the warm worker; the first start is told apart."""
    from vungcao.reports.paper import charts, draw

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")  # where fonts are looked for
    took = []
    for turn in range(10):
        rows = [(f"Xã Ẩm Ướt {index}", Decimal((index * 7 + turn) % 90)) for index in range(34)]
        began = time.perf_counter()
        png = draw(charts.rates(rows))
        took.append(time.perf_counter() - began)
    (folder / "chart.png").write_bytes(png)
    middling, load = sorted(took[1:])[4], os.getloadavg()[0]
    print(f"charts of 34 bars: first {took[0]:.2f} s, then {middling:.2f} s each; load {load:.1f}")


def duel(names: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Figures of each contestant, or a word on why there are none."""
    done: dict[str, Any] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            if isinstance(done[name], str):
                continue
            one = _one(name, folder)
            if "failed" in one:
                done[name] = one["failed"]
            else:
                done[name].append(one)
    return {name: some if isinstance(some, str) else middle(some) for name, some in done.items()}


def _one(name: str, folder: Path) -> dict[str, Any]:
    if name != RUSTPY:
        return run(HERE, "bench.reports.contestants", name, folder)
    python = HOME / "bin" / "python"
    if not python.exists():
        return {"failed": "not installed (python -m bench.reports --install)"}
    return run(python, "bench.reports.contestants", name, folder)


def show(title: str, found: dict[str, Any], rival: str, goal: float, rounds: int) -> None:
    """Seconds and ratios to the rival, or to the next one where the rival is not there."""
    there = {name: one for name, one in found.items() if not isinstance(one, str)}
    floor = there.get(rival) or min(there.values(), key=lambda one: one["wall"])
    print(f"\n{title + f'; median of {rounds}':48}{'seconds':>9}{'wall ÷':>8}{'CPU ÷':>8}{'peak MB':>9}")
    for name, one in found.items():
        if isinstance(one, str):
            print(f"  {name:46} {one}")
            continue
        wall, cpu = one["wall"] / floor["wall"], one["cpu"] / floor["cpu"]
        reached = "reached" if wall <= goal else "NOT reached"
        told = f"  goal {goal} × {rival}: {reached}" if name.startswith("our") and rival in there else ""
        print(f"  {name:46}{one['wall']:9.2f}{wall:8.2f}{cpu:8.2f}{one['peak']:9.0f}{told}")
        if one.get("rows", LIST) != LIST:
            print(f"  {'':46} DISAGREES: {one['rows']:.0f} of {LIST} rows")


if __name__ == "__main__":
    main()
