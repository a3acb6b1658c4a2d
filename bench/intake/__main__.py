"""``python -m bench.intake``: a list of 100,000 × 20 read, tried against thirteen rules, reported and stored.

Every contestant in its own fresh process, rounds interleaved, medians, ratios to the floor (calamine's bare parse) of
the same run; all must agree on the rows and on the bad ones. ``--rows 10000 --slow`` adds those that take minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.intake import contestants, others
from bench.intake.making import write
from bench.intake.measuring import HERE, ROOT, middle, run

GOALS = {"our_rules": 1.0, "our_whole": 1.5}  # of 100,000 rows
GROUPS = {
    "read only": ["calamine", "our_lines", "openpyxl", "our_reader"],
    "read, 13 rules, report": ["calamine", "our_rules", "by_hand", "polars", "pandera"],
    "read, 13 rules, report, stored in PostgreSQL": ["calamine", "our_whole", "by_hand_whole"],
}
SLOW = {
    "slow ones: 13 rules and report; stored": [
        "calamine", "our_rules", "frictionless", "our_whole", "import_export_bulk", "import_export",
    ],
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="groups whose name contains this")
    parser.add_argument("--slow", action="store_true", help="only those that take minutes (with --rows 10000)")
    asked = parser.parse_args()
    if "VUNGCAO_DATABASE_URL" not in os.environ:
        command = [str(HERE), "-m", "bench.intake", *sys.argv[1:]]
        os.chdir(ROOT)
        os.execv(HERE, [str(HERE), "scripts/with_postgres.py", "--", *command])
    with tempfile.TemporaryDirectory(prefix="vungcao-bench-") as folder:
        path = write(Path(folder) / "ho_vi_du.xlsx", asked.rows)
        print(f"{asked.rows:,} rows × 20 columns, {path.stat().st_size / 2**20:.1f} MB; median of {asked.rounds}; "
              f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
        for title, names in (SLOW if asked.slow else GROUPS).items():
            if asked.only in title:
                show(title, duel(names, path, asked.rounds), asked.rows)


def duel(names: list[str], path: Path, rounds: int) -> dict[str, Any]:
    """Figures of each contestant, or a word on why there are none."""
    done: dict[str, Any] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            if isinstance(done[name], str):
                continue
            one = _one(name, path)
            if "failed" in one:
                done[name] = one["failed"]
            else:
                done[name].append(one)
    return {name: some if isinstance(some, str) else middle(some) for name, some in done.items()}


def _one(name: str, path: Path) -> dict[str, Any]:
    if name in contestants.CONTESTANTS:
        return run(HERE, "bench.intake.contestants", name, path)
    if not others.PYTHON.exists():
        return {"failed": "not installed (python -m bench.intake.others)"}
    return run(others.PYTHON, "bench.intake.others", name, path)


def show(title: str, found: dict[str, Any], rows: int) -> None:
    print(f"\n{title:46}{'seconds':>9}{'wall ÷':>8}{'CPU ÷':>8}{'rows/s':>10}{'peak MB':>9}{'bad':>7}{'stored':>8}")
    floor = found["calamine"]
    for name, one in sorted(
        found.items(), key=lambda item: float("inf") if isinstance(item[1], str) else item[1]["wall"]
    ):
        if isinstance(one, str):
            print(f"  {name:44} {one}")
            continue
        wall = one["wall"] / floor["wall"]
        goal = (
            f"  goal {GOALS[name]} ×: {'reached' if wall <= GOALS[name] else 'NOT reached'}"
            if name in GOALS and rows >= 100_000
            else ""
        )
        print(
            f"  {name:44}{one['wall']:9.2f}{wall:8.2f}{one['cpu'] / floor['cpu']:8.2f}{rows / one['wall']:10,.0f}"
            f"{one['peak']:9.0f}{one.get('bad', ''):>7}{one.get('stored', ''):>8}{goal}"
        )
        if one["rows"] != rows or one.get("bad", rows // 100) != rows // 100:
            print(f"  {'':44} DISAGREES: {one['rows']:.0f} rows, {one.get('bad', 0):.0f} bad")
        if "stored" in one and one["stored"] != rows - rows // 100:
            print(f"  {'':44} DISAGREES: {one['stored']:.0f} stored")


if __name__ == "__main__":
    main()
