"""After the districts: what fifty-six communes and three departments report as at 30/9/2025.

One workbook, a sheet for each commune, as when one template is filled by each. Every second commune says that its
cumulative figure includes what it took over as spent, the others say that it does not.
"""

from __future__ import annotations

from examples import round_amounts as amounts
from examples.office import Page
from examples.round_amounts import DEPARTMENTS, Purses
from examples.round_merger import commune_name, successors
from examples.round_papers import FOLDER
from examples.round_reports import INVENTED, corner_of, page_of, unit_file

ON, DATED = "30/9/2025", "08/10/2025"
INCLUDED, APART = "(Lũy kế đã gồm số nhận bàn giao)", "(Lũy kế chưa gồm số nhận bàn giao)"


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    folder = f"{FOLDER}/2025/giai-ngan-2025-9-30/"
    codes = sorted({code for found in successors().values() for code in found})
    book = f"{folder}BC giai ngan 1719 56 xa phuong 30.9.2025.xlsx"
    made = {book: [_commune(at, code) for at, code in enumerate(codes)]}
    for at, unit in enumerate(DEPARTMENTS):
        page = page_of(
            2025,
            f"(Số liệu đến ngày {ON}; lũy kế từ ngày 01/01/2025)",
            corner=corner_of(unit, 2025),
            number=f"Số: 25{70 + at}/BC-SBN (ví dụ), ngày {DATED}",
            held=_of(unit, amounts.held(2025)),
            spent=_of(unit, amounts.spent_by_september()),
            example=INVENTED,
        )
        made[f"{folder}BC giai ngan 1719 {unit_file(unit)} 30.9.2025.xlsx"] = [page]
    return made


def says_included(at: int) -> bool:
    """Does the commune at this place in the order of codes include what it took over?"""
    return at % 2 == 0


def _commune(at: int, code: str) -> Page:
    spent, before = _of(code, amounts.spent_by_september()), amounts.taken_over(spent_only=True)
    told = spent if says_included(at) else {purse: done - before.get(purse, 0) for purse, done in spent.items()}
    return page_of(
        2025,
        f"(Số liệu đến ngày {ON}; lũy kế từ ngày 01/01/2025)",
        corner=("ỦY BAN NHÂN DÂN", commune_name(code).upper()),
        number=f"Số: {101 + at}/BC-UBND (ví dụ), ngày {DATED}",
        held=_of(code, amounts.taken_over()),
        spent=told,
        example=INVENTED,
        name=commune_name(code).removeprefix("xã ").removeprefix("phường "),
        more=(INCLUDED if says_included(at) else APART,),
    )


def _of(unit: str, purses: Purses) -> Purses:
    return {purse: amount for purse, amount in purses.items() if purse.unit == unit}
