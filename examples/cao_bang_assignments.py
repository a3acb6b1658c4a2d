"""Papers that give Programme 1719's money of 2024 in the example province: three decisions, from the top down."""

from __future__ import annotations

from decimal import Decimal

from examples.cao_bang_amounts import (
    DEPARTMENTS,
    DISTRICTS,
    PROJECTS,
    Both,
    added,
    given_to_department,
    given_to_district,
    given_to_project,
    given_to_subprojects,
)
from examples.cao_bang_names import project_name, subproject_name, unit_name
from examples.office import Cell, Line, Page

INVENTED = (
    "VÍ DỤ: chỉ tổng số 1.526.790 triệu đồng của năm 2024 là số đã công bố (báo Dân tộc, 21/5/2024); "
    "số, ngày văn bản và mọi số chia nhỏ là đặt ra để minh họa."
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

_BY_KIND = (
    ("STT",), ("Nội dung",), ("Tổng cộng",), ("Vốn đầu tư", "Tổng"), ("Vốn đầu tư", "NSTW"),
    ("Vốn sự nghiệp", "Tổng"), ("Vốn sự nghiệp", "NSTW"), ("Ghi chú",),
)  # fmt: skip
_BY_UNIT = (
    ("STT",), ("Đơn vị",), ("Tổng cộng",),
    *((f"Dự án {at}", kind) for at in range(1, 11) for kind in ("ĐT", "SN")),
)  # fmt: skip


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    folder = "1719-2024/"
    return {
        f"{folder}QD giao von CTMTQG 1719 nam 2024 (TTg).xlsx": [_by_prime_minister()],
        f"{folder}NQ phan bo von 1719 nam 2024 (HDND tinh).xlsx": [_by_council()],
        f"{folder}QD giao von 1719 nam 2024 theo don vi (UBND tinh).xlsx": [_by_unit()],
    }


def _by_prime_minister() -> Page:
    return page_by_kind(
        left="THỦ TƯỚNG CHÍNH PHỦ",
        title="GIAO KẾ HOẠCH VỐN, DỰ TOÁN NĂM 2024 CHƯƠNG TRÌNH MTQG 1719",
        under="(Kèm theo Quyết định số 01/QĐ-TTg (ví dụ) ngày 10/12/2023)",
        lines=[line_by_kind("", "TỔNG CỘNG", _all_given(), bold=True)],
    )


def _by_council() -> Page:
    lines = [line_by_kind("", "TỔNG CỘNG", _all_given(), bold=True)]
    for mark, project in zip(ROMAN, PROJECTS, strict=True):
        lines.append(line_by_kind(mark, project_name(project), given_to_project(project), bold=True))
        for at, given in enumerate(given_to_subprojects(project), start=1):
            lines.append(line_by_kind(str(at), subproject_name(project, at), given))
    return page_by_kind(
        left="HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG",
        title="PHÂN BỔ VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO DỰ ÁN",
        under="(Kèm theo Nghị quyết số 02/NQ-HĐND (ví dụ) ngày 14/12/2023)",
        lines=lines,
    )


def page_by_kind(*, left: str, title: str, under: str, lines: list[Line], example: str = INVENTED) -> Page:
    """The annex of a decision by component: total, investment and recurrent money of the central budget."""
    return Page(
        name="PL01",
        left=(left,),
        right=("Phụ lục 01",),
        title=title,
        under=(under,),
        example=example,
        heads=_BY_KIND,
        numbers=(1, 2, "3=4+6", 4, 5, 6, 7, 8),
        lines=tuple(lines),
        widths=(7, 70, 16, 16, 16, 16, 16, 14),
    )


def line_by_kind(mark: str, label: str, given: Both, *, bold: bool = False) -> Line:
    """One component's line of such an annex."""
    investment, recurrent = _or_dash(given.investment), _or_dash(given.recurrent)
    return Line((mark, label, given.total, investment, investment, recurrent, recurrent, None), bold=bold)


def _by_unit() -> Page:
    departments = {name: [given_to_department(name, project) for project in PROJECTS] for name in DEPARTMENTS}
    districts = {
        f"UBND {unit_name(name)}": [given_to_district(name, project) for project in PROJECTS] for name in DISTRICTS
    }
    return page_by_unit(
        title="GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO ĐƠN VỊ",
        under="(Kèm theo Quyết định số 03/QĐ-UBND (ví dụ) ngày 20/12/2023)",
        departments=departments,
        districts=districts,
    )


def page_by_unit(
    *,
    title: str,
    under: str,
    departments: dict[str, list[Both]],
    districts: dict[str, list[Both]],
    example: str = INVENTED,
) -> Page:
    """The People's Committee's annex by unit: for each unit its money of the ten projects, in their order."""
    everyone = [*departments.values(), *districts.values()]
    lines = [_line_by_unit("", "TỔNG CỘNG", _summed(everyone), bold=True)]
    for mark, label, units in (("A", "Sở, ban, ngành", departments), ("B", "Huyện, thành phố", districts)):
        lines.append(_line_by_unit(mark, label, _summed(list(units.values())), bold=True))
        lines += [_line_by_unit(str(at), name, given) for at, (name, given) in enumerate(units.items(), start=1)]
    return Page(
        name="PL01",
        left=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
        right=("Phụ lục 01",),
        title=title,
        under=(under,),
        example=example,
        heads=_BY_UNIT,
        numbers=(1, 2, "3=4+5+…+23", *range(4, 24)),
        lines=tuple(lines),
        widths=(7, 34, 16, *[13] * 20),
    )


def _line_by_unit(mark: str, label: str, given: list[Both], *, bold: bool = False) -> Line:
    cells: list[Cell] = [mark, label, added(given).total]
    for one in given:
        cells += [_or_dash(one.investment), _or_dash(one.recurrent)]
    return Line(tuple(cells), bold=bold)


def _summed(units: list[list[Both]]) -> list[Both]:
    """Project by project, over units."""
    return [added(list(one)) for one in zip(*units, strict=True)]


def _all_given() -> Both:
    return added([given_to_project(project) for project in PROJECTS])


def _or_dash(amount: Decimal) -> Cell:
    return amount or "-"
