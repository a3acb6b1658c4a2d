"""Rows of answers, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from vungcao.cube.denominators import Denominator


@dataclass(frozen=True)
class Row:
    """One row of an answer; ``id`` asks for it again, and ``trace`` follows it."""

    id: str
    dims: dict[str, str]
    names: dict[str, str]
    short_names: dict[str, str]
    measures: dict[str, int | Decimal | None]
    denominator: Denominator | None
    qualifier: str
    lines: int
    unit: str = "đồng"
    ids: dict[str, str] = field(default_factory=dict)  # of a row of several figures: measure → the id of each

    def id_of(self, measure: str) -> str:
        """The id that asks for one measure of the row."""
        return self.ids.get(measure.removesuffix("_dong"), self.id)


@dataclass(frozen=True)
class Answer:
    """Rows, and beside them what was not reported, not split at this level, or has no unit in this reading."""

    figure: str
    on: date
    known_on: int
    boundaries: str
    state: str
    rows: list[Row]
    not_reported: list[dict[str, Any]] = field(default_factory=list)
    not_split: list[dict[str, Any]] = field(default_factory=list)
    not_apportioned: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counted_twice: list[dict[str, Any]] = field(default_factory=list)
    beside: dict[str, dict[str, Any]] = field(default_factory=dict)  # what it is compared with → its day and its gaps

    def as_json(self) -> dict[str, Any]:
        """The shape of the commands' contract; amounts are whole đồng, rates are texts with a decimal point."""
        return {
            "figure": self.figure,
            "on": f"{self.on}",
            "known_on": self.known_on,
            "boundaries": self.boundaries,
            "state": self.state,
            "rows": [
                {
                    "id": row.id,
                    "dims": row.dims,
                    "names": row.names,
                    "measures": {k: str(v) if isinstance(v, Decimal) else v for k, v in row.measures.items()},
                    "unit": row.unit,
                    "denominator": row.denominator.as_json() if row.denominator else None,
                    "qualifier": row.qualifier or None,
                    "lines": row.lines,
                    **({"ids": row.ids} if row.ids else {}),
                }
                for row in self.rows
            ],
            "not_reported": [plain_gap(gap) for gap in self.not_reported],
            "not_split": self.not_split,
            "not_apportioned": self.not_apportioned,
            **({"notes": self.notes} if self.notes else {}),
            **({"counted_twice": self.counted_twice} if self.counted_twice else {}),
            **({"beside": self.beside} if self.beside else {}),
        }


def plain_gap(gap: dict[str, Any]) -> dict[str, Any]:
    """A gap with its day, where it has one, as text."""
    return {**gap, "since": f"{gap['since']}"} if "since" in gap else gap
