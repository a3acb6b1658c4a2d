"""Counterpart funding: the share of a programme's central money that a province must add, on a day.

Source: ``reference/matching.yaml``, each row with its citation and confidence. Pure: a programme and a day in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from vungcao.kernel.validity import after_last_day

RULES = Path(__file__).parent / "reference" / "matching.yaml"


@dataclass(frozen=True)
class Share:
    """A reading: per cent of central money, and when it applies (Vietnamese)."""

    percent: int
    when: str


@dataclass(frozen=True)
class Matching:
    """The shares in force, the least first, with citation and confidence; ``short``: what follows when it is short."""

    id: str
    shares: tuple[Share, ...]
    cites: str
    confidence: str
    short: str

    def required(self, central_dong: int) -> tuple[int, int]:
        """Least and greatest đồng required beside ``central_dong``, rounded up to the whole đồng."""
        found = [-(-central_dong * share.percent // 100) for share in self.shares]
        return min(found), max(found)


def matching(programme: str, *, on: date) -> Matching | None:
    """The rule for a programme (its code) on a day; ``None``: no rule on file."""
    for row in _rows():
        until = after_last_day(row["last_day"]) if row.get("last_day") else None
        if programme in row["programmes"] and row["from"] <= on and (until is None or on < until):
            shares = tuple(Share(one["percent"], one["when"]) for one in row["readings"])
            shares = tuple(sorted(shares, key=lambda share: share.percent))
            return Matching(row["id"], shares, row["cites"], row["confidence"], row["short"])
    return None


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(RULES.read_text("utf-8"))
    return rows
