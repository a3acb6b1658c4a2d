"""Budget years as one node of an account: one year, a phase, or not divided.

``2021`` is inside ``2021-2025``, which is inside ``*``; two phases that cross without nesting meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NOT_DIVIDED: Final = "*"
_SHAPE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


@dataclass(frozen=True)
class Years:
    """First and last budget year, both inside; the whole of time when not divided."""

    first: int
    last: int

    @classmethod
    def parse(cls, code: str) -> Years:
        """Read ``2021``, ``2021-2025`` or ``*``; raises ``ValueError``."""
        if code == NOT_DIVIDED:
            return cls(0, 9999)
        found = _SHAPE.fullmatch(code)
        if not found or (found[2] and found[2] <= found[1]):
            raise ValueError(f"Năm ngân sách {code!r} không đọc được: viết 2021, 2021-2025 hoặc *.")
        return cls(int(found[1]), int(found[2] or found[1]))

    def __str__(self) -> str:
        if (self.first, self.last) == (0, 9999):
            return NOT_DIVIDED
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    def covers(self, other: Years) -> bool:
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Years) -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def depth(self) -> int:
        """0 not divided, 1 a phase, 2 one year: how finely the node is cut."""
        if str(self) == NOT_DIVIDED:
            return 0
        return 2 if self.first == self.last else 1
