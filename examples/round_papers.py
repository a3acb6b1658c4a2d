"""Decisions of the yearly round 2022-2025 of Programme 1719 in the example province, from the top down."""

from __future__ import annotations

from decimal import Decimal

from examples import round_amounts as amounts
from examples.cao_bang_amounts import PROJECTS, Both
from examples.cao_bang_assignments import ROMAN, line_by_kind, page_by_kind, page_by_unit
from examples.cao_bang_names import project_name, unit_name
from examples.office import Page
from examples.round_amounts import DEPARTMENTS, DISTRICTS, TENTHS, Purses

FOLDER = "vong-nam"
EXAMPLES = {
    2022: "VÍ DỤ: chỉ tổng số 814.000 triệu đồng vốn trung ương năm 2022 là số đã công bố, dưới dạng “trên 814 tỷ” "
    "(báo Dân tộc, 23/02/2023); số, ngày văn bản và mọi số chia nhỏ là đặt ra để minh họa.",
    2023: "VÍ DỤ: tổng số năm 2023, mọi số chia nhỏ, số và ngày văn bản là đặt ra để minh họa.",
    2025: "VÍ DỤ: tổng số năm 2025, mọi số chia nhỏ, số và ngày văn bản là đặt ra để minh họa.",
}
_DAYS = {
    2022: ("01/6/2022", "15/6/2022", "30/6/2022"),
    2023: ("10/12/2022", "14/12/2022", "20/12/2022"),
    2025: ("10/12/2024", "14/12/2024", "20/12/2024"),
}


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    made: dict[str, list[Page]] = {}
    for year in _DAYS:
        folder = f"{FOLDER}/{year}/"
        made[f"{folder}QD giao von CTMTQG 1719 nam {year} (TTg).xlsx"] = [_by_prime_minister(year)]
        made[f"{folder}NQ phan bo von 1719 nam {year} (HDND tinh).xlsx"] = [_by_council(year)]
        made[f"{folder}QD giao von 1719 nam {year} theo don vi (UBND tinh).xlsx"] = [_by_unit(year)]
    return made


def both(purses: Purses, *, unit: str | None = None, project: str | None = None) -> Both:
    """Triệu đồng of both kinds of capital, of one unit and project where they are named."""
    kinds = [
        sum(
            amount
            for purse, amount in purses.items()
            if purse.kind == kind and unit in (None, purse.unit) and project in (None, purse.project)
        )
        for kind in amounts.KINDS
    ]
    return Both(*(trieu(one) for one in kinds))


def trieu(tenths: int) -> Decimal:
    """Triệu đồng, without a decimal where it is whole."""
    whole, rest = divmod(tenths, TENTHS)
    return Decimal(whole) if not rest else Decimal(tenths) / TENTHS


def _by_prime_minister(year: int) -> Page:
    return page_by_kind(
        left="THỦ TƯỚNG CHÍNH PHỦ",
        title=f"GIAO KẾ HOẠCH VỐN, DỰ TOÁN NĂM {year} CHƯƠNG TRÌNH MTQG 1719",
        under=f"(Kèm theo Quyết định số {year % 100}1/QĐ-TTg (ví dụ) ngày {_DAYS[year][0]})",
        lines=[line_by_kind("", "TỔNG CỘNG", both(amounts.given(year)), bold=True)],
        example=EXAMPLES[year],
    )


def _by_council(year: int) -> Page:
    given = amounts.given(year)
    lines = [line_by_kind("", "TỔNG CỘNG", both(given), bold=True)]
    lines += [
        line_by_kind(mark, project_name(project), both(given, project=project), bold=True)
        for mark, project in zip(ROMAN, PROJECTS, strict=True)
    ]
    return page_by_kind(
        left="HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG",
        title=f"PHÂN BỔ VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM {year} THEO DỰ ÁN",
        under=f"(Kèm theo Nghị quyết số {year % 100}2/NQ-HĐND (ví dụ) ngày {_DAYS[year][1]})",
        lines=lines,
        example=EXAMPLES[year],
    )


def _by_unit(year: int) -> Page:
    given = amounts.given(year)
    number, dated = f"{year % 100}3/QĐ-UBND (ví dụ)", _DAYS[year][2]

    def of(unit: str) -> list[Both]:
        return [both(given, unit=unit, project=project) for project in PROJECTS]

    return page_by_unit(
        title=f"GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM {year} THEO ĐƠN VỊ",
        under=f"(Kèm theo Quyết định số {number} ngày {dated}; nguồn ngân sách trung ương)",
        departments={name: of(name) for name in DEPARTMENTS},
        districts={f"UBND {unit_name(name)}": of(name) for name in DISTRICTS},
        example=EXAMPLES[year],
    )
