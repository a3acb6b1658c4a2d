"""Builds the workbooks of the example province: `python -m examples.build_cao_bang [FOLDER]` (needs LibreOffice).

The .xls and the .ods are the same page put through LibreOffice, as a district with an older program would send it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from examples import (
    cao_bang_assignments,
    cao_bang_disbursements,
    cao_bang_poverty,
    cao_bang_treasury,
    round_beside,
    round_communes,
    round_papers,
    round_reports,
    round_transfers,
)
from examples.office import Page, write_workbook

HERE = Path(__file__).resolve().parent / "cao-bang"
PARTS = (
    cao_bang_assignments,
    cao_bang_disbursements,
    cao_bang_poverty,
    cao_bang_treasury,
    round_beside,
    round_communes,
    round_papers,
    round_reports,
    round_transfers,
)


def build(folder: Path, *, convert: bool = True) -> list[Path]:
    """Every workbook, written under `folder`; without `convert` the .xls and the .ods are left out."""
    made = []
    books = {name: pages for part in PARTS for name, pages in part.books().items()}
    for name, pages in books.items():
        if not name.endswith(".xlsx"):
            made += [_converted(folder / name, pages)] if convert else []
        else:
            made.append(write_workbook(folder / name, pages))
    return made


def _converted(file: Path, pages: list[Page]) -> Path:
    """`pages` in the older or open format that the name of `file` asks for."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        book = write_workbook(Path(scratch) / f"{file.stem}.xlsx", pages)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless",
             "--convert-to", file.suffix[1:], "--outdir", scratch, str(book)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        shutil.move(Path(scratch) / file.name, file)
    return file


if __name__ == "__main__":
    for file in build(Path(sys.argv[1]) if sys.argv[1:] else HERE):
        sys.stdout.write(f"{file}\n")
