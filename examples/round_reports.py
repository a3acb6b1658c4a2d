"""What units of the example province report as disbursed: at the ends of 2022-2024 and on the districts' last day.

Each purse has a column of its own: money carried over from an earlier year never shares one with the year's own.
"""

from __future__ import annotations

from examples import round_amounts as amounts
from examples.cao_bang_amounts import PROJECTS
from examples.cao_bang_assignments import ROMAN
from examples.cao_bang_names import file_name, project_name, unit_name
from examples.office import Cell, Line, Page
from examples.round_amounts import DISTRICTS, KINDS, UNITS, Purses
from examples.round_papers import FOLDER, trieu

INVENTED = "VÍ DỤ: mọi số trong biểu này, số và ngày báo cáo là đặt ra để minh họa; không phải số của đơn vị."
INVENTED_2024 = (
    "VÍ DỤ: chỉ tổng của cả tỉnh, 1.349.142 triệu đồng trên 2.240.116, là số đã công bố (báo Dân tộc, 01/2025); số của "
    "từng đơn vị, số và ngày báo cáo là đặt ra để minh họa."
)
_SHORT = {"dau_tu": "ĐT", "su_nghiep": "SN"}
_PERIODS = ((2022, "31/12/2022", "10/01/2023"), (2023, "31/12/2023", "10/01/2024"), (2024, "31/12/2024", "10/01/2025"))


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    made: dict[str, list[Page]] = {}
    for year, on, dated in _PERIODS:
        made |= _of_units(year, on, dated, amounts.spent(year), INVENTED_2024 if year == 2024 else INVENTED)
    return made | _of_units(2025, "30/6/2025", "08/7/2025", amounts.spent_by_june(), INVENTED)


def _of_units(year: int, on: str, dated: str, spent: Purses, example: str) -> dict[str, list[Page]]:
    folder, told = f"{FOLDER}/{year}/giai-ngan-{'-'.join(reversed(on.split('/')))}", {}
    for at, unit in enumerate(UNITS):
        number = f"Số: {year % 100}{10 + at}/BC-{'UBND' if unit in DISTRICTS else 'SBN'} (ví dụ), ngày {dated}"
        name = f"{folder}/BC giai ngan 1719 {unit_file(unit)} {on.replace('/', '.')}.xlsx"
        told[name] = [
            page_of(
                year,
                f"(Số liệu đến ngày {on}; lũy kế từ ngày 01/01/{year})",
                corner=corner_of(unit, year),
                number=number,
                held=_of(unit, amounts.held(year)),
                spent=_of(unit, spent),
                example=example,
            )
        ]
    return told


def _of(unit: str, purses: Purses) -> Purses:
    return {purse: amount for purse, amount in purses.items() if purse.unit == unit}


def unit_file(unit: str) -> str:
    """A unit as files are named."""
    return {"Sở Giáo dục và Đào tạo": "So GDDT", "Sở Y tế": "So Y te"}.get(unit) or file_name(unit)


def corner_of(unit: str, year: int) -> tuple[str, ...]:
    """What stands in the top left corner of a unit's paper of a year."""
    if unit in DISTRICTS:
        return ("ỦY BAN NHÂN DÂN", unit_name(unit).upper())
    renamed = unit == "Ban Dân tộc" and year == 2025
    return ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ DÂN TỘC VÀ TÔN GIÁO" if renamed else unit.upper())


def page_of(
    year: int,
    under: str,
    *,
    corner: tuple[str, ...],
    number: str,
    held: Purses,
    spent: Purses,
    example: str,
    name: str = "BM01",
    more: tuple[str, ...] = (),
) -> Page:
    """ "Biểu 01" of one unit: a row for each project, columns for each purse: plan, then disbursed since 1 January."""
    origins = sorted({purse.origin for purse in held})
    columns = [(origin, kind) for origin in origins for kind in KINDS]
    projects = [one for one in PROJECTS if any(purse.project == one for purse in held)]

    def cells(purses: Purses, project: str | None) -> list[Cell]:
        return [_sum(purses, project, origin, kind) for origin, kind in columns]

    lines = [Line(("", "TỔNG CỘNG", *cells(held, None), *cells(spent, None), None), bold=True)]
    for mark, project in zip(ROMAN, projects, strict=False):
        lines.append(Line((mark, project_name(project), *cells(held, project), *cells(spent, project), None)))
    width = 2 * len(columns)
    return Page(
        name=name,
        left=corner,
        right=("Biểu số 01", number),
        title=f"BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM {year}",
        under=(under, *more),
        example=example,
        heads=(
            ("STT",),
            ("Nội dung",),
            *((f"Kế hoạch {_words(origin, year)}", _SHORT[kind]) for origin, kind in columns),
            *((f"Lũy kế giải ngân {_words(origin, year)}", _SHORT[kind]) for origin, kind in columns),
            ("Ghi chú",),
        ),
        numbers=tuple(range(1, width + 4)),
        lines=tuple(lines),
        widths=(7, 60, *[14] * width, 20),
    )


def _words(origin: int, year: int) -> str:
    return f"vốn năm {origin}" if origin == year else f"vốn năm {origin} kéo dài"


def _sum(purses: Purses, project: str | None, origin: int, kind: str) -> Cell:
    found = [
        amount
        for purse, amount in purses.items()
        if purse.origin == origin and purse.kind == kind and project in (None, purse.project)
    ]
    return trieu(sum(found)) if found else "-"
