"""``vungcao read``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vungcao.intake.reading import CannotRead, read_workbook
from vungcao.intake.reading.show import as_text
from vungcao.intake.reading.show_html import as_page


def read(args: argparse.Namespace) -> int:
    """Read one workbook; exit 2 with a sentence when it can't be read."""
    try:
        reading = read_workbook(Path(args.file))
    except CannotRead as error:
        print(f"{Path(args.file).name}: {error.said}", file=sys.stderr)
        return 2
    if args.html:
        Path(args.html).write_text(as_page(reading), encoding="utf-8")
    if args.json:
        sys.stdout.writelines(reading.json_pieces())
    elif not args.html:
        print(as_text(reading))
    return 0
