"""``python -m bench.tables``: how the reader does on made tables; ``--one SEED`` shows one workbook and what is missed.

Seeds run from ``--seed``: a third of the workbooks is clean, a third has every fault at once, a third one fault each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.tables import FAULTS, LAYOUTS, Made, Score, formats, make, score
from bench.tables.faults import WIDER_FAULTS
from bench.tables.making import WIDER_FROM
from bench.tables.scoring import KINDS, nothing_read
from vungcao.intake.reading import CannotRead, read_workbook


def made_for(seed: int) -> Made:
    """The workbook of a seed: clean, every fault at once, or one fault after the other."""
    return make(seed, faults=faults_of(seed))


def faults_of(seed: int) -> set[str]:
    if seed % 3 == 0:
        return set()
    kinds = WIDER_FAULTS if seed >= WIDER_FROM else FAULTS
    return set(kinds) if seed % 3 == 1 else {kinds[seed // 3 % len(kinds)]}


def group_of(seed: int) -> str:
    return ("clean", "every fault at once", "one fault")[seed % 3]


def read_made(made: Made, folder: Path) -> Score:
    """Score one workbook; one that cannot be read misses everything."""
    path = folder / f"bang_{made.seed}.xlsx"
    path.write_bytes(made.content)
    try:
        return score(made, read_workbook(path))
    except CannotRead as refusal:
        return nothing_read(made, refusal.said)
    finally:
        path.unlink()


def run(seed: int) -> tuple[int, str, list[str], Score]:
    made = made_for(seed)
    with tempfile.TemporaryDirectory(prefix="vungcao-bang-") as folder:
        return seed, made.truth.layout, sorted(made.truth.features), read_made(made, Path(folder))


def main() -> None:
    asked = _arguments()
    if asked.one is not None:
        show(asked.one)
        return
    began = time.perf_counter()
    groups: dict[str, Score] = {}
    by: dict[str, Score] = {}
    missed: list[tuple[int, str]] = []
    with ProcessPoolExecutor(asked.workers) as pool:
        seeds = range(asked.seed, asked.seed + asked.tables)
        for seed, layout, features, found in pool.map(run, seeds, chunksize=8):
            for name in (group_of(seed), "all"):
                groups.setdefault(name, Score()).add(found)
            for name in (layout, *features):
                by.setdefault(name, Score()).add(found)
            missed += [(seed, line) for line in found.wrong]
    print(f"{asked.tables} workbooks, seeds from {asked.seed}; {time.perf_counter() - began:.0f} s")
    print_scores(groups)
    print_faults(groups["all"])
    print_difficulties(by)
    if asked.formats:
        print_formats([made_for(seed) for seed in seeds[: asked.formats]], asked.misses)
    if asked.misses:
        print_misses(missed, asked.misses)
    sys.exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("--tables", type=int, default=600, help="how many workbooks")
    parser.add_argument("--seed", type=int, default=WIDER_FROM, help="the first seed; from this on all is made")
    parser.add_argument("--one", type=int, metavar="SEED", help="write one workbook and print what was missed in it")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print up to N misses of each sort")
    parser.add_argument("--formats", type=int, default=40, metavar="N", help="the first N also as ods, xls and csv")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


def print_scores(groups: dict[str, Score]) -> None:
    names = [name for name in ("clean", "one fault", "every fault at once", "all") if name in groups]
    print(f"\n{'precision / recall, %':24}" + "".join(f"{name:>22}" for name in names))
    for kind in KINDS:
        cells = [f"{groups[n].precision(kind) * 100:.2f} / {groups[n].recall(kind) * 100:.2f}" for n in names]
        print(f"{kind:24}" + "".join(f"{cell:>22}" for cell in cells))
    lines = {
        "tables put in": lambda one: f"{one.tables}",
        "wrong sums found": lambda one: _share(one.claims_found, one.claims),
        "false alarms / 100": lambda one: f"{one.false_alarms / max(one.tables, 1) * 100:.2f}",
        "tables alarmed / 100": lambda one: f"{one.alarmed_tables / max(one.tables, 1) * 100:.2f}",
        "counted twice": lambda one: f"{one.double_counts}",
    }
    for name, say in lines.items():
        print(f"{name:24}" + "".join(f"{say(groups[one]):>22}" for one in names))


def print_faults(total: Score) -> None:
    print(f"\n{'faults':28}{'stated':>24}{'only by shape':>24}")
    for kind in WIDER_FAULTS:
        stated, by_shape = (_share(total.found[name], total.put[name]) for name in (kind, f"* {kind}"))
        print(f"{kind:28}{stated:>24}{by_shape:>24}")


def print_difficulties(by: dict[str, Score]) -> None:
    heads = f"{'tables':>8}{'rows %':>9}{'parents %':>11}{'values %':>10}{'found %':>9}{'alarms':>8}"
    print(f"\n{'layout or difficulty':24}{heads}")
    for name in sorted(by, key=lambda name: (name not in LAYOUTS, name)):
        one = by[name]
        found = one.claims_found / one.claims * 100 if one.claims else 100.0
        print(
            f"{name:24}{one.tables:8}{one.recall('rows') * 100:9.2f}{one.recall('parents') * 100:11.2f}"
            f"{one.recall('values') * 100:10.2f}{found:9.2f}{one.false_alarms:8}"
        )


def print_formats(made: list[Made], misses: int) -> None:
    """The same workbooks as LibreOffice saves them in other formats."""
    heads = f"{'tables':>8}{'rows %':>9}{'parents %':>11}{'values %':>10}{'found %':>9}{'alarms':>8}{'twice':>7}"
    print(f"\n{'saved by LibreOffice as':24}{heads}")
    for suffix, one in formats.scores(made).items():
        found = one.claims_found / one.claims * 100 if one.claims else 100.0
        print(
            f"{suffix:24}{one.tables:8}{one.recall('rows') * 100:9.2f}{one.recall('parents') * 100:11.2f}"
            f"{one.recall('values') * 100:10.2f}{found:9.2f}{one.false_alarms:8}{one.double_counts:7}"
        )
        if misses:
            print_misses([(0, line) for line in one.wrong], misses)


def print_misses(missed: list[tuple[int, str]], most: int) -> None:
    print("\nmisses (seed: what)")
    shown: Counter[str] = Counter()
    for seed, line in missed:
        sort = line.split(":")[0]
        shown[sort] += 1
        if shown[sort] <= most:
            print(f"  {seed}: {line}")
    print("  " + ", ".join(f"{sort} {count}" for sort, count in shown.most_common()))


def show(seed: int) -> None:
    """One workbook for a closer look."""
    made = made_for(seed)
    path = Path(tempfile.gettempdir()) / f"bang_{seed}.xlsx"
    path.write_bytes(made.content)
    print(f"{path}: layout {made.truth.layout}, {', '.join(sorted(made.truth.features))}")
    for table in made.truth.tables:
        for fault in table.faults:
            spoiled = f"stated {sorted(fault.stated)}, shape {sorted(fault.unstated)}"
            print(f"  put wrong: {fault.kind} at {fault.cell}; {spoiled}")
    found = score(made, read_workbook(path))
    print("\n".join(found.wrong) or "nothing missed")


def _share(found: int, put: int) -> str:
    return f"{found / put * 100:.2f} % of {put}" if put else "none put"


if __name__ == "__main__":
    main()
