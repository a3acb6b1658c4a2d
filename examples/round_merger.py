"""Which communes of 1/7/2025 took over from which district, as the province's reference files say (72/2025/QH15)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from examples.cao_bang_amounts import DISTRICTS
from vungcao.kernel.vietnamese import fold

_FILES = Path(__file__).resolve().parents[1] / "vungcao" / "territory" / "reference" / "cao_bang"


@cache
def successors() -> dict[str, list[str]]:
    """District → codes of its communes from 1/7/2025, in their order. A commune of two districts stands with both."""
    found: dict[str, dict[str, None]] = {name: {} for name in DISTRICTS}
    for row in _rows("merger_2025.csv"):
        found[_district(row["old_district"])].setdefault(row["new_code"])
    return {name: sorted(codes) for name, codes in found.items()}


@cache
def commune_name(code: str) -> str:
    """`xã Cô Ba`, `phường Thục Phán`."""
    kind, name = next((row["new_type"], row["new_name"]) for row in _rows("merger_2025.csv") if row["new_code"] == code)
    return f"{kind.lower()} {name}"


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (_FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _district(said: str) -> str:
    """As the example spells it: `Huyện Hoà An` is `Hòa An`."""
    return next(one for one in DISTRICTS if fold(said).endswith(fold(one)))
