"""What is said when something can't be done: a refusal, a problem at a cell, a finding over live data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class Refusal(Exception):
    """One request by one person that the house won't carry out: an answer, not a fault. ``str()`` is a sentence."""

    code = "refused"

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.facts = facts


@dataclass(frozen=True)
class Cell:
    """Where something was said: file, sheet and cell (``B7``); sheet and cell may be empty for a whole file."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        parts = [self.file, f"trang {self.sheet}" if self.sheet else "", f"ô {self.cell}" if self.cell else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in what was handed in.

    ``unusable`` keeps the whole batch a draft; ``contradicting`` is written and flagged; ``notice`` only informs.
    """

    where: Cell
    code: str
    said: str
    sentence: str
    weight: Literal["unusable", "contradicting", "notice"] = "unusable"

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True, order=True)
class Finding:
    """A truth that does not hold over live data; ``key`` names it for the list of expected findings."""

    room: str
    code: str
    key: str
    sentence: str
