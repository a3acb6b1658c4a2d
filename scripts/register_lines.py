"""How many lines a register costs with its tests: ``python scripts/register_lines.py``. The plain one may cost 120."""

from __future__ import annotations

from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent.parent / "vungcao" / "desk" / "registers"
PATTERN: Final = {
    "__init__", "declaring", "filtering", "history", "importing", "importing_forms",
    "importing_pages", "known", "lines", "listing",
    "looking", "owning", "paging", "recording", "sending", "urls", "views",
}  # fmt: skip
SHARED: Final = {
    "documents": ("documents_out", "documents_in"),
    "staff": ("bodies", "officials"),
    "entrusting": ("officials",),
    "sign_ins": ("officials",),
    "place_forms": ("places",),
    "place_lines": ("places",),
    "place_said": ("places",),
    "place_rearranging": ("places",),
    "place_shares": ("places",),
    "standing": ("places", "components"),
    "reference": ("places", "components", "sources"),
}
PLAIN: Final = ("documents_out", "documents_in")  # two forms, a workbook, filters, history: what most registers want
MOST: Final = 120


def counted() -> dict[str, int]:
    """Register → its lines of code, with its part of what it shares with another; the pattern is not counted."""
    lines = {
        file.stem: len(file.read_text(encoding="utf-8").splitlines())
        for file in HERE.glob("*.py")
        if file.stem not in PATTERN
    }
    for name, sharers in SHARED.items():
        count = lines.pop(name)
        for one in sharers:
            lines[one] += -(-count // len(sharers))
    return lines


if __name__ == "__main__":
    for register, count in sorted(counted().items()):
        print(f"{register}: {count} lines{' (plain)' if register in PLAIN else ''}")
