"""Made workbooks saved again by LibreOffice as ods, xls and csv, and how the reader does on those."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Final

from bench.tables.scoring import Score, nothing_read, score
from bench.tables.truth import Figure, Made
from vungcao.intake.reading import CannotRead, read_workbook

FORMATS: Final = {"ods": "ods", "xls": "xls", "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"}
_LOST_IN_CSV: Final = {"tcvn3", "vni", "hidden_rows"}  # a csv has no fonts and hides nothing: nobody could tell
_SECONDS_EACH: Final = 20


def saved_as(made: Sequence[Made], suffix: str, folder: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them, in order; all in one run of it."""
    paths = [folder / f"bang_{one.seed}.xlsx" for one in made]
    for one, path in zip(made, paths, strict=True):
        path.write_bytes(one.content)
    out = folder / suffix
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to",
               FORMATS[suffix], "--outdir", str(out), *map(str, paths)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60 + _SECONDS_EACH * len(paths))
    return [out / f"{path.stem}.{suffix}" for path in paths]


def scores(made: Sequence[Made]) -> dict[str, Score]:
    """What the reader makes of each format; nothing where LibreOffice is not there."""
    if shutil.which("soffice") is None:
        return {}
    found: dict[str, Score] = {}
    with tempfile.TemporaryDirectory(prefix="vungcao-bang-") as folder:
        for suffix in FORMATS:
            total = found[suffix] = Score()
            kept = [one for one in made if suffix != "csv" or one.truth.features.isdisjoint(_LOST_IN_CSV)]
            for one, path in zip(kept, saved_as(kept, suffix, Path(folder)), strict=True):
                found_in = _scored(_as_text(one) if suffix == "csv" else one, path)
                total.add(found_in)
                total.wrong += [f"{line} (seed {one.seed})" for line in found_in.wrong]
    return found


def _scored(made: Made, path: Path) -> Score:
    try:
        reading = read_workbook(path)
    except CannotRead as refusal:
        return nothing_read(made, refusal.said)
    if path.suffix == ".csv":  # the sheet of a csv is named after its file
        made.truth.sheets[0].name = reading.sheets[0].name
    return score(made, reading)


def _as_text(made: Made) -> Made:
    """What a csv keeps of the truth: the first sheet, every figure as text, nothing hidden, no formula."""
    kept = deepcopy(made)
    del kept.truth.sheets[1:]
    for table in kept.truth.tables:
        table.overtyped = set()
        for column in table.columns:
            column.hidden = False
        for row in table.rows:
            row.hidden = False
            row.values = {col: _printed(figure) for col, figure in row.values.items()}
    return kept


def _printed(figure: Figure) -> Figure:
    if {"number", "percent"}.isdisjoint(figure.kinds):
        return figure
    return Figure(figure.values, (*figure.kinds, "text_number", "percent"), figure.said)
