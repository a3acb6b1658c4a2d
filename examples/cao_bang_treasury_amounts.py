"""What the Treasury has of the example province: the units' own figures, and differences put in on purpose.

All amounts in đồng, all codes invented (they begin with VD). Each planted difference is one cause of practice §4.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from examples import cao_bang_amounts as amounts
from examples.cao_bang_amounts import DISTRICTS, PROJECTS, RATES

INVESTMENT, RECURRENT = "ĐT", "SN"
Place = tuple[str, str, str]  # unit, project, kind of capital

ADVANCE_LEFT_OUT: Place = ("Hòa An", "DA4", INVESTMENT)
WRONG_CODE: Place = ("Thạch An", "DA4", INVESTMENT)
WRONG_CODE_TO = "DA5"
WRONG_FIELD: Place = ("Nguyên Bình", "DA4", INVESTMENT)
RESTORED: Place = ("Trùng Khánh", "DA5", RECURRENT)
UNKNOWN: Place = ("Bảo Lâm", "DA7", RECURRENT)
ROUNDED: Place = ("Quảng Hòa", "DA3", RECURRENT)
PAID_IN_JUNE = "Bảo Lạc"

RESTORED_DONG = 60_000_000
ADVANCE_DONG, CLEARED_DONG = 1_500_000_000, 400_000_000
UNKNOWN_DONG = 37_400_000
ROUNDED_DONG = 23_456
JUNE_DONG = 120_000_000


@dataclass(frozen=True)
class Row:
    """One row of an export: which unit, which project, which work of it (0: none), and its parts in đồng."""

    unit: str
    project: str
    kind: str
    work: int
    plan: int
    completed: int
    advance: int = 0
    cleared: int = 0
    restored: int = 0
    booked_as: str = ""
    item: str = ""

    @property
    def dong(self) -> int:
        return self.completed + self.advance - self.cleared - self.restored

    @property
    def component(self) -> str:
        """The project whose code the row bears: its own, unless it was booked wrongly."""
        return self.booked_as or self.project


def given(unit: str, project: str) -> amounts.Both:
    if unit in DISTRICTS:
        return amounts.given_to_district(unit, project)
    return amounts.given_to_department(unit, project)


def rows(kind: str, *, in_june: bool = False) -> list[Row]:
    """Every row of a kind as of 31/5/2024, or as of 15/6/2024: then one unit has paid more."""
    return [row for unit in RATES for project in PROJECTS for row in _rows(unit, project, kind, in_june)]


def _rows(unit: str, project: str, kind: str, in_june: bool) -> list[Row]:
    plan = given(unit, project)
    if not plan.total:
        return []
    said = amounts.disbursed(unit, project, plan)
    given_dong, dong = (_dong(both.investment if kind == INVESTMENT else both.recurrent) for both in (plan, said))
    if not given_dong:
        return []
    if in_june and unit == PAID_IN_JUNE and project == "DA5":
        dong += JUNE_DONG
    one = Row(unit, project, kind, 1 if kind == INVESTMENT else 0, given_dong, dong)
    found = _works(one) if kind == INVESTMENT else [one]
    return [_planted(row) for row in found]


def _works(one: Row) -> list[Row]:
    """A project of twenty tỷ or more is two works; Project 4 pays advances, which its units count as disbursed."""
    first = one
    if one.plan >= 20_000_000_000:
        part, spent = one.plan * 6 // 10, one.completed * 6 // 10 // 100_000 * 100_000
        first = replace(one, plan=part, completed=spent)
    if one.project == "DA4":
        open_dong = first.completed // 5 // 100_000 * 100_000
        first = replace(
            first, completed=first.completed - open_dong, advance=open_dong * 3 // 2, cleared=open_dong // 2
        )
    if one.plan < 20_000_000_000:
        return [first]
    rest = replace(one, work=2, plan=one.plan - first.plan, completed=one.completed - first.dong)
    return [first, rest]


def _planted(row: Row) -> Row:
    here = (row.unit, row.project, row.kind)
    if here == ADVANCE_LEFT_OUT and row.work == 1:
        return replace(row, completed=row.dong, advance=ADVANCE_DONG, cleared=CLEARED_DONG)
    if here == WRONG_CODE and row.work == 1:
        return replace(row, booked_as=WRONG_CODE_TO)
    if here == WRONG_FIELD and row.work == 1:
        return replace(row, item="VD070-01")
    if here == RESTORED:
        return replace(row, restored=RESTORED_DONG)
    if here == UNKNOWN:
        return replace(row, completed=row.completed + UNKNOWN_DONG)
    if here == ROUNDED:
        return replace(row, completed=row.completed + ROUNDED_DONG)
    return row


def _dong(million: Decimal) -> int:
    return int(million * 1_000_000)


# Xã Bảo Lạc in 2025: its own payments since 1/7/2025, of money carried over from 2024 and of this year's; and what
# stands under the codes of the three communes it was made of. The Treasury has the carried money under this year's.
COMMUNE_CARRIED = {"DA5": 0, "DA6": 50_000_000}
COMMUNE_OWN = {"DA5": 200_000_000, "DA6": 80_000_000}
COMMUNE_OLD = {"VD11321": 150_000_000, "VD11333": 90_000_000, "VD11342": 60_000_000}
COMMUNE_PLAN = 1_000_000_000
