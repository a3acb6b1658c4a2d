"""What a sheet of an xlsx says beside its rows: hidden columns, merged ranges, pictures, a filter that is on."""

from __future__ import annotations

import re
from typing import Final

from vungcao.intake.reading.grid import Grid, Merge, column_number
from vungcao.intake.reading.xlsxparts import part_tree

PLACE: Final = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")


def take_settings(grid: Grid, text: str, part: str) -> None:
    """Put them into the grid; ``text`` is the sheet without its rows."""
    if not text.strip():
        return
    root = part_tree(text.encode(), part, recover=True)
    for column in root.iter("{*}col"):
        width = column.get("width")
        if column.get("hidden") in ("1", "true") or (width is not None and _is_zero(width)):
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            grid.hidden_cols.update(range(first, min(last, first + 1_000) + 1))
    for merged in root.iter("{*}mergeCell"):
        if merge := _merge(merged.get("ref", "")):
            grid.merges.append(merge)
    grid.pictures = next(root.iter("{*}drawing"), None) is not None
    for filtered in root.iter("{*}autoFilter"):
        if len(filtered) and grid.hidden_rows:
            grid.notes.append(("filter.on", filtered.get("ref", "").split(":")[0], filtered.get("ref", "")))


def _is_zero(said: str) -> bool:
    try:
        return float(said) == 0
    except ValueError:
        return False


def _merge(ref: str) -> Merge | None:
    ends = [PLACE.match(end) for end in ref.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (left, top), (right, bottom) = ((column_number(end.group(1)), int(end.group(2))) for end in ends if end)
    return Merge(top, left, bottom, right)
