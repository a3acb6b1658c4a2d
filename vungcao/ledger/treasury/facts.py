"""What is compared: rows of both sides as plain values, and groups of rows that speak of the same money."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class CauseKind(StrEnum):
    """Why the two sides may differ (practice §4.3); values are codes of the JSON."""

    CUT_OFF = "cut_off"
    ADVANCE = "advance"
    WRONG_CODE = "wrong_code"
    RESTORED = "restored"
    OLD_CODES = "old_codes"
    CARRY_OVER = "carry_over"
    ROUNDING = "rounding"


@dataclass(frozen=True)
class Node:
    """Of what a row speaks, in codes; ``*`` is not divided. ``kind``: of capital; ``origin``: year of origin."""

    body: str
    component: str
    field: str = "*"
    kind: str = "*"
    origin: str = "*"
    spending_object: str = "*"

    @property
    def purpose(self) -> Node:
        """The same without the field and the object."""
        return replace(self, field="*", spending_object="*")


@dataclass(frozen=True)
class Booked:
    """One row of one side, in đồng. What was not said is ``None``.

    ``other_day``: what the same side said of this row on the other side's cut-off day. ``belongs``: where its project
    is registered, if elsewhere. ``is_old_code``: booked under the code of a unit that has ended. ``is_rest``: what a
    total says beyond the rows that split it.
    """

    key: Hashable
    node: Node
    dong: int
    open_advance: int | None = None
    restored: int | None = None
    other_day: int | None = None
    belongs: Node | None = None
    is_old_code: bool = False
    is_carried: bool = False
    is_rest: bool = False
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Group:
    """Rows of both sides that speak of the same money: n of one against m of the other.

    ``tolerance``: how far rounding alone may take the two apart, in đồng.
    """

    node: Node
    unit: tuple[Booked, ...]
    treasury: tuple[Booked, ...]
    unit_day: date
    treasury_day: date
    tolerance: int = 0

    @property
    def unit_dong(self) -> int:
        return sum(row.dong for row in self.unit)

    @property
    def treasury_dong(self) -> int:
        return sum(row.dong for row in self.treasury)

    @property
    def difference(self) -> int:
        """Treasury − unit."""
        return self.treasury_dong - self.unit_dong


Meets = Callable[[Booked, Booked], bool]
Sides = tuple[list[Booked], list[Booked]]


def grouped(unit: Sequence[Booked], treasury: Sequence[Booked], meets: Meets) -> list[Sides]:
    """Rows of the two sides joined wherever they meet: the finest groups of which each holds all that it meets. Rows
    of the Treasury that the unit says nothing of stand together by what they are for; what a total says beyond its
    parts is only compared with rows that no part meets.

    In the order of the unit's rows, then of the Treasury's that no row of the unit meets.
    """
    groups: list[Sides] = [([row], []) for row in unit]
    for row in treasury:
        met = [one for one in groups if any(not other.is_rest and meets(other, row) for other in one[0])]
        met = met or [one for one in groups if any(meets(other, row) for other in one[0])]
        met = met or [one for one in groups if not one[0] and one[1][0].node.purpose == row.node.purpose]
        if not met:
            groups.append(([], [row]))
            continue
        first = met[0]
        for other in met[1:]:
            first[0].extend(other[0])
            first[1].extend(other[1])
            groups.remove(other)
        first[1].append(row)
    return groups


def finest(rows: Iterable[tuple[Booked, Booked | None]]) -> list[Booked]:
    """Rows of one statement without those that others split: (row, the row directly around it or ``None``).

    What a row says beyond those inside it stays, as a row of what is left.
    """
    pairs = list(rows)
    inside: dict[Hashable, int] = {}
    for row, around in pairs:
        if around is not None:
            inside[around.key] = inside.get(around.key, 0) + row.dong
    kept = []
    for row, _ in pairs:
        if row.key not in inside:
            kept.append(row)
        elif row.dong != inside[row.key]:
            kept.append(Booked(row.key, row.node, row.dong - inside[row.key], is_rest=True))
    return kept
