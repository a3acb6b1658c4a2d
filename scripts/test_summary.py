"""One closing line for several runs of pytest: reads their JUnit files, prints a line for each and the sum."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree


def counts(file: Path) -> tuple[int, int, int, float]:
    """Passed, failed (errors among them), skipped, seconds."""
    suites = ElementTree.parse(file).getroot().iter("testsuite")
    passed = failed = skipped = 0
    seconds = 0.0
    for suite in suites:
        bad, absent = int(suite.get("failures", 0)) + int(suite.get("errors", 0)), int(suite.get("skipped", 0))
        failed, skipped = failed + bad, skipped + absent
        passed += int(suite.get("tests", 0)) - bad - absent
        seconds += float(suite.get("time", 0))
    return passed, failed, skipped, seconds


def main(files: list[str]) -> int:
    total = [0, 0, 0]
    for name in files:
        file = Path(name)
        if not file.exists():
            print(f"{file.stem}: the run left no result")
            total[1] += 1
            continue
        *numbers, seconds = counts(file)
        total = [sum(pair) for pair in zip(total, numbers, strict=True)]
        print(f"{file.stem}: {numbers[0]} passed, {numbers[1]} failed, {numbers[2]} skipped in {seconds:.0f} s")
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
