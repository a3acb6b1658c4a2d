"""Amounts of the example province, in triệu đồng: totals that were published, and splits invented beneath them.

Published: 15,213 tỷ đồng of Programme 135 disbursed to 15/11/2021 (S32); 1.526.790 triệu đồng given for Programme 1719
in 2024 (S12). Everything below those two totals is invented for the example, and adds up to them.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from vungcao.kernel.splitting import split

PUBLISHED_135 = Decimal("15213")
PUBLISHED_1719_2024 = 1_526_790
NOT_ASSIGNED_2024 = {"DA4": (25_000, 0), "DA5": (0, 15_000)}

CITY = "Cao Bằng"
DISTRICTS = (
    "Bảo Lạc", "Bảo Lâm", "Hà Quảng", "Hạ Lang", "Hòa An", "Nguyên Bình", "Quảng Hòa", "Thạch An", "Trùng Khánh", CITY,
)  # fmt: skip


class Both(NamedTuple):
    """Investment and recurrent money of one thing."""

    investment: Decimal
    recurrent: Decimal

    @property
    def total(self) -> Decimal:
        return self.investment + self.recurrent


NOTHING = Both(Decimal(0), Decimal(0))


def added(amounts: list[Both]) -> Both:
    return Both(sum((a.investment for a in amounts), Decimal(0)), sum((a.recurrent for a in amounts), Decimal(0)))


# Programme 135 to 15/11/2021: sub-project 1 (investment, recurrent), sub-projects 2 and 3 (recurrent only).
_135 = {
    "Bảo Lạc": ("1300", "234.5", "833.5", "100"),
    "Bảo Lâm": ("1200.6", "245", "800", "100"),
    "Hà Quảng": ("1111", "222.5", "777", "112"),
    "Hạ Lang": ("600", "123.4", "455.6", "55.5"),
    "Hòa An": ("700", "135.7", "444.4", "77.8"),
    "Nguyên Bình": ("800", "143.2", "543.2", "56.8"),
    "Quảng Hòa": ("555", "111.1", "400", "45"),
    "Thạch An": ("500", "104.1", "400", "37.3"),
    "Trùng Khánh": ("900", "166.6", "500", "100"),
    CITY: ("100", "22.2", "88", "12"),
}
_135_FIRST_EDITION = {"Hòa An": ("700", "135.7", "333.3", "77.8")}
_135_A_MONTH_BEFORE = {"Bảo Lâm": ("1000", "222", "666", "77")}


def parts_of_135(district: str) -> list[Both]:
    """The three sub-projects of one district as reported at last."""
    return _three(_135[district])


def first_edition_of_135(district: str) -> list[Both]:
    return _three(_135_FIRST_EDITION[district])


def month_before_of_135(district: str) -> list[Both]:
    return _three(_135_A_MONTH_BEFORE[district])


def _three(said: tuple[str, str, str, str]) -> list[Both]:
    first, maintained, second, third = map(Decimal, said)
    return [Both(first, maintained), Both(Decimal(0), second), Both(Decimal(0), third)]


# Programme 1719 in 2024, by project and, where it is split, by sub-project: (investment, recurrent).
_1719_PROJECTS: dict[str, tuple[int, int]] = {
    "DA1": (150_000, 60_000), "DA2": (60_000, 12_340), "DA3": (30_000, 222_220), "DA4": (420_000, 45_670),
    "DA5": (55_550, 170_000), "DA6": (30_000, 33_330), "DA7": (12_340, 40_000), "DA8": (0, 66_660),
    "DA9": (20_000, 80_000), "DA10": (5_680, 13_000),
}  # fmt: skip
_1719_SUBPROJECTS: dict[str, tuple[tuple[int, int], ...]] = {
    "DA3": ((0, 150_000), (20_000, 60_000), (10_000, 12_220)),
    "DA4": ((410_000, 43_670), (10_000, 2_000)),
    "DA5": ((55_550, 66_000), (0, 14_000), (0, 70_000), (0, 20_000)),
    "DA9": ((20_000, 66_660), (0, 13_340)),
    "DA10": ((0, 7_000), (5_680, 2_000), (0, 4_000)),
}
PROJECTS = tuple(_1719_PROJECTS)

DEPARTMENTS: dict[str, dict[str, tuple[int, int]]] = {
    "Ban Dân tộc": {"DA5": (0, 14_000), "DA9": (0, 3_340), "DA10": (5_680, 6_000)},
    "Sở Giáo dục và Đào tạo": {"DA5": (15_550, 22_220)},
    "Sở Y tế": {"DA7": (12_340, 10_000)},
}
# What is left goes to the districts by these weights; two projects only where they would be carried out.
_WEIGHTS = dict(zip(DISTRICTS, (16, 17, 15, 9, 6, 9, 8, 7, 11, 2), strict=True))
_ONLY_IN = {
    "DA2": {"Bảo Lạc", "Bảo Lâm", "Hà Quảng", "Hạ Lang", "Nguyên Bình"},
    "DA9": {"Bảo Lạc", "Bảo Lâm", "Hà Quảng", "Nguyên Bình", "Trùng Khánh"},
}


def given_to_project(project: str) -> Both:
    return _both(_1719_PROJECTS[project])


def given_to_subprojects(project: str) -> list[Both]:
    """Empty where the resolution does not split the project."""
    return [_both(said) for said in _1719_SUBPROJECTS.get(project, ())]


@cache
def given_to_district(district: str, project: str) -> Both:
    """What the decision by unit gives this district: whole tens of triệu đồng, by largest remainder."""
    shares = _shares(project)
    return Both(*(Decimal(10 * split(left // 10, shares)[DISTRICTS.index(district)]) for left in _left(project)))


def given_to_department(department: str, project: str) -> Both:
    return _both(DEPARTMENTS[department].get(project, (0, 0)))


def _shares(project: str) -> list[Fraction]:
    weights = [_WEIGHTS[name] if name in _ONLY_IN.get(project, DISTRICTS) else 0 for name in DISTRICTS]
    return [Fraction(weight, sum(weights)) for weight in weights]


def _left(project: str) -> tuple[int, int]:
    taken = [NOT_ASSIGNED_2024.get(project, (0, 0)), *(given.get(project, (0, 0)) for given in DEPARTMENTS.values())]
    investment, recurrent = _1719_PROJECTS[project]
    return investment - sum(one[0] for one in taken), recurrent - sum(one[1] for one in taken)


def _both(said: tuple[int, int]) -> Both:
    return Both(Decimal(said[0]), Decimal(said[1]))


# Disbursed to 31/5/2024: so many per cent of what was given, by who reports; the others have sent nothing.
RATES = {
    "Bảo Lạc": 16, "Bảo Lâm": 14, "Hà Quảng": 19, "Hòa An": 27, "Nguyên Bình": 21, "Quảng Hòa": 30, "Thạch An": 24,
    "Trùng Khánh": 12, "Ban Dân tộc": 18,
}  # fmt: skip
A_MONTH_EARLIER = 4  # points less, at 30/4/2024
OVERSPENT = {("Quảng Hòa", "DA6"): Decimal(50)}  # recurrent money above what was given
WRONGLY_ADDED = {"Nguyên Bình": Decimal(100)}  # the printed grand total is this much too high


def disbursed(unit: str, project: str, given: Both, *, earlier: int = 0) -> Both:
    """Disbursed of one project to 31/5/2024, or `earlier` points lower."""
    if (unit, project) in OVERSPENT:
        return Both(_part(given.investment, RATES[unit]), given.recurrent + OVERSPENT[unit, project])
    turn = 3 * PROJECTS.index(project) % 7
    return Both(
        _part(given.investment, RATES[unit] + 8 - turn - earlier),
        _part(given.recurrent, RATES[unit] - 5 + turn - earlier),
    )


def disbursed_of_subprojects(project: str, whole: Both) -> dict[int, Both]:
    """Sub-project's number → its part of `whole`: project 4 has one sub-project in a district, project 5 three."""
    if project == "DA4":
        return {1: whole}
    first, third = _part(whole.recurrent, 60), _part(whole.recurrent, 30)
    nil = Decimal(0)
    return {
        1: Both(whole.investment, first),
        3: Both(nil, third),
        4: Both(nil, whole.recurrent - first - third),
    }


def rate(disbursed: Decimal, given: Decimal) -> Decimal:
    """Per cent with one decimal, as an officer rounds it."""
    return (disbursed / given * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _part(whole: Decimal, percent: int) -> Decimal:
    part = (whole * percent / 100).quantize(Decimal("0.1"), ROUND_DOWN)
    return part.to_integral_value() if part == part.to_integral_value() else part


# Programme 1719 in 2025 as at 30/9/2025, still told by districts that ended on 30/6/2025.
BY_OLD_DISTRICT_2025 = {
    name: Both(Decimal(11_111 + 1_111 * at), Decimal(2_222 + 222 * at)) for at, name in enumerate(DISTRICTS)
}
