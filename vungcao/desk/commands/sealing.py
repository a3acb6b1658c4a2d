"""``vungcao seal``, and the sealing at the end of an import."""

from __future__ import annotations

import argparse

from vungcao.cube.sealed import sealing
from vungcao.desk.commands.printing import as_json, console
from vungcao.kernel.vietnamese import number


def seal(args: argparse.Namespace) -> int:
    """Seal the facts up to the last act; a second call without anything new changes nothing."""
    made = sealing.seal()
    if args.json:
        rows = {"given": made.given_rows, "spent": made.spent_rows}
        as_json({"no": made.no, "rows": rows, "files": [made.given_file, made.spent_file]})
    else:
        said = f"Khối số liệu đã niêm đến lần ghi số {made.no}: {number(made.given_rows)} dòng vốn giao, "
        console.print(f"{said}{number(made.spent_rows)} dòng giải ngân.", soft_wrap=True)
    return 0
