"""``python -m bench.treasury``: causes of differences with the Treasury, planted and found."""

from __future__ import annotations

import argparse
import time

from bench.treasury import Score, make, score
from bench.treasury.making import PLANTED


def main() -> None:
    asked = _arguments()
    began = time.perf_counter()
    total = Score()
    for seed in range(asked.seed, asked.seed + asked.cases):
        total.add(score(make(seed)))
    took = time.perf_counter() - began
    show(total, asked.seed, took)
    for line in total.wrong[: asked.misses]:
        print(f"  {line}")


def show(total: Score, seed: int, took: float) -> None:
    """The table that docs/treasury-scores.md publishes."""
    print(
        f"{total.cases} cases, {total.groups} groups, {total.differing} of them differ; seeds from {seed}; "
        f"{took:.1f} s ({took / max(1, total.cases) * 1000:.1f} ms a case)"
    )
    print(f"\n{'cause':14}{'planted':>9}{'named':>9}{'precision %':>13}{'recall %':>10}")
    for kind in PLANTED:
        print(
            f"{kind:14}{total.planted[kind]:9}{total.named[kind]:9}{total.precision(kind) * 100:13.2f}"
            f"{total.recall(kind) * 100:10.2f}"
        )
    print(
        f"{'all':14}{total.planted.total():9}{total.named.total():9}{total.all_precision * 100:13.2f}"
        f"{total.all_recall * 100:10.2f}"
    )
    print(
        f"{'not known':14}{total.unknown_planted:9}{total.unknown_named:9}"
        f"{total.unknown_right / max(1, total.unknown_named) * 100:13.2f}"
        f"{total.unknown_right / max(1, total.unknown_planted) * 100:10.2f}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.treasury", description=__doc__)
    parser.add_argument("--cases", type=int, default=400, help="how many units")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print up to N misses")
    return parser.parse_args()


if __name__ == "__main__":
    main()
