"""Decisions of the yearly round that move what is already held: adjustment, carry-over, cancellation, handover."""

from __future__ import annotations

from collections.abc import Iterator

from examples import round_amounts as amounts
from examples.cao_bang_amounts import CITY, PROJECTS
from examples.cao_bang_names import file_name, project_name, unit_name
from examples.office import Cell, Line, Page
from examples.round_amounts import DISTRICTS, KINDS, UNITS, Purse, Purses, Shift
from examples.round_merger import commune_name, successors
from examples.round_papers import FOLDER, trieu

INVENTED = "VÍ DỤ: mọi số trong biểu này, số và ngày văn bản là đặt ra để minh họa."
INVENTED_2024 = (
    "VÍ DỤ: tổng vốn kéo dài lấy sao cho vốn năm 2024 gồm vốn kéo dài là 2.240.116 triệu đồng như đã công bố (báo Dân "
    "tộc, 01/2025); mọi số chia nhỏ, số và ngày văn bản là đặt ra để minh họa."
)
_SHORT = {"dau_tu": "ĐT", "su_nghiep": "SN"}
_CARRIED = {2023: "15/02/2023", 2024: "28/02/2024", 2025: "20/02/2025"}
_CANCELLED = {2023: "05/02/2024", 2024: "10/02/2025"}
UBND, HDND, TTG = "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG", "THỦ TƯỚNG CHÍNH PHỦ"


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    made: dict[str, list[Page]] = {}
    for year in _CARRIED:
        name = f"{FOLDER}/{year}/QD keo dai von 1719 sang nam {year} (UBND tinh).xlsx"
        made[name] = list(_carried(year))
    for year in _CANCELLED:
        name = f"{FOLDER}/{year + 1}/QD huy du toan 1719 nam {year} (UBND tinh).xlsx"
        made[name] = list(_cancelled(year))
    made[f"{FOLDER}/2023/QD dieu chinh von 1719 nam 2023 (TTg).xlsx"] = [
        _adjusted(2023, TTG, "2391/QĐ-TTg", "20/12/2023")
    ]
    made[f"{FOLDER}/2024/NQ dieu chinh von 1719 nam 2024 (HDND tinh).xlsx"] = [
        _adjusted(2024, HDND, "2492/NQ-HĐND", "12/7/2024")
    ]
    for at, name in enumerate(DISTRICTS):
        made[f"{FOLDER}/2025/ban-giao-2025-7-1/BB ban giao von 1719 {file_name(name)} 01.7.2025.xlsx"] = [
            _handed_over(name, number=f"25{30 + at}/BB-UBND")
        ]
    return made


# carry-over and cancellation ------------------------------------------------------------------------------------
def _carried(year: int) -> Iterator[Page]:
    """One sheet for each year of origin: money of two years never shares a column."""
    purses = amounts.carried_into(year)
    for at, origin in enumerate(sorted({purse.origin for purse in purses}), start=1):
        yield _by_unit(
            _only(purses, origin),
            name=f"PL0{at}",
            title=f"KÉO DÀI VỐN NĂM {origin} SANG NĂM {year} CHƯƠNG TRÌNH MTQG 1719",
            under=_decision(f"{year % 100}7{at}", _CARRIED[year]),
            head="Số vốn kéo dài",
            example=INVENTED_2024 if year == 2024 else INVENTED,
        )


def _cancelled(year: int) -> Iterator[Page]:
    purses = amounts.cancelled(year)
    for at, origin in enumerate(sorted({purse.origin for purse in purses}), start=1):
        words = f"DỰ TOÁN NĂM {year}" if origin == year else f"VỐN NĂM {origin} KÉO DÀI SANG NĂM {year}"
        yield _by_unit(
            _only(purses, origin),
            name=f"PL0{at}",
            title=f"HỦY {words} CHƯƠNG TRÌNH MTQG 1719",
            under=_decision(f"{year % 100}8{at}", _CANCELLED[year]),
            head="Số vốn hủy",
            example=INVENTED,
        )


def _decision(number: str, dated: str) -> str:
    return f"(Kèm theo Quyết định số {number}/QĐ-UBND (ví dụ) ngày {dated}; nguồn ngân sách trung ương)"


def _only(purses: Purses, origin: int) -> Purses:
    return {purse: amount for purse, amount in purses.items() if purse.origin == origin}


def _by_unit(purses: Purses, *, name: str, title: str, under: str, head: str, example: str) -> Page:
    """A section for each unit, under it a row for each project that has money."""
    lines = [Line(("", "TỔNG CỘNG", *_kinds(purses), None), bold=True)]
    units = [unit for unit in UNITS if any(purse.unit == unit for purse in purses)]
    for at, unit in enumerate(units, start=1):
        mine = {purse: amount for purse, amount in purses.items() if purse.unit == unit}
        lines.append(Line((_roman(at), _unit(unit), *_kinds(mine), None), bold=True))
        projects = [project for project in PROJECTS if any(purse.project == project for purse in mine)]
        for number, project in enumerate(projects, start=1):
            found = {purse: amount for purse, amount in mine.items() if purse.project == project}
            lines.append(Line((str(number), project_name(project), *_kinds(found), None)))
    return Page(
        name=name,
        left=(UBND,),
        right=("Phụ lục",),
        title=title,
        under=(under,),
        example=example,
        heads=(("STT",), ("Đơn vị, dự án",), *((head, _SHORT[kind]) for kind in KINDS), ("Ghi chú",)),
        numbers=(1, 2, 3, 4, 5),
        lines=tuple(lines),
        widths=(7, 60, 18, 18, 20),
    )


def _kinds(purses: Purses) -> list[Cell]:
    found: list[Cell] = []
    for kind in KINDS:
        said = [amount for purse, amount in purses.items() if purse.kind == kind]
        found.append(trieu(sum(said)) if said else "-")
    return found


def _unit(unit: str) -> str:
    return f"UBND {unit_name(unit)}" if unit in DISTRICTS else unit


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


# adjustment -----------------------------------------------------------------------------------------------------
def _adjusted(year: int, issuer: str, number: str, dated: str) -> Page:
    shifts = amounts.shifts(year)
    total = trieu(sum(one.amount for one in shifts))
    lines = [Line(("A", "GIẢM", None, None, None, total, None, None), bold=True)]
    lines += [_side(at, one.giver, one, down=True) for at, one in enumerate(shifts, start=1)]
    lines.append(Line(("B", "TĂNG", None, None, None, None, total, None), bold=True))
    lines += [_side(at, one.taker, one, down=False) for at, one in enumerate(shifts, start=1)]
    paper = "Nghị quyết" if issuer == HDND else "Quyết định"
    return Page(
        name="PL01",
        left=(issuer,),
        right=("Phụ lục 01",),
        title=f"ĐIỀU CHỈNH KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM {year}",
        under=(f"(Kèm theo {paper} số {number} (ví dụ) ngày {dated}; nguồn ngân sách trung ương)",),
        example=INVENTED,
        heads=(
            ("STT",),
            ("Dự án",),
            ("Đơn vị",),
            ("Loại vốn",),
            ("Năm nguồn",),
            ("Điều chỉnh giảm",),
            ("Điều chỉnh tăng",),
            ("Lý do",),
        ),
        numbers=(1, 2, 3, 4, 5, 6, 7, 8),
        lines=tuple(lines),
        widths=(7, 60, 26, 18, 12, 16, 16, 24),
    )


def _side(at: int, purse: Purse, one: Shift, *, down: bool) -> Line:
    amount = trieu(one.amount)
    sides: tuple[Cell, Cell] = (amount, None) if down else (None, amount)
    cells = (str(at), project_name(purse.project), _unit(purse.unit), "Vốn sự nghiệp", str(purse.origin), *sides)
    return Line((*cells, "hết đối tượng" if down else "còn nhu cầu"))


# handover -------------------------------------------------------------------------------------------------------
def _handed_over(district: str, *, number: str) -> Page:
    held = amounts.handed_over(amounts.held(2025), district)
    spent = amounts.handed_over(amounts.spent_by_june(), district)
    left = {purse: amount - spent.get(purse, 0) for purse, amount in held.items()}
    columns = [(origin, kind) for origin in sorted({purse.origin for purse in held}) for kind in KINDS]

    def cells(purses: Purses, project: str | None, code: str | None) -> list[Cell]:
        return [_sum(purses, project, code, origin, kind) for origin, kind in columns]

    lines = [Line(("", "TỔNG CỘNG", None, *cells(left, None, None), *cells(spent, None, None), None), bold=True)]
    at = 0
    for project in PROJECTS:
        for code in successors()[district]:
            if not any((purse.project, purse.unit) == (project, code) for purse in held):
                continue
            at += 1
            both = (*cells(left, project, code), *cells(spent, project, code))
            lines.append(Line((str(at), project_name(project), f"UBND {commune_name(code)}", *both, None)))
    width = 2 * len(columns)
    more = " Vốn sự nghiệp của thành phố cố ý chưa bàn giao." if district == CITY else ""
    return Page(
        name="BB",
        left=("ỦY BAN NHÂN DÂN", unit_name(district).upper()),
        right=("Biểu kèm biên bản",),
        title="BÀN GIAO VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025 CHO CÁC XÃ, PHƯỜNG",
        under=(f"(Kèm theo Biên bản số {number} (ví dụ) ngày 01/7/2025; nguồn ngân sách trung ương)",),
        example=INVENTED + more,
        heads=(
            ("STT",),
            ("Dự án",),
            ("Bên nhận",),
            *((f"Vốn còn lại {_words(origin)}", _SHORT[kind]) for origin, kind in columns),
            *((f"Đã giải ngân {_words(origin)}", _SHORT[kind]) for origin, kind in columns),
            ("Ghi chú",),
        ),
        numbers=tuple(range(1, width + 5)),
        lines=tuple(lines),
        widths=(7, 60, 26, *[14] * width, 20),
    )


def _words(origin: int) -> str:
    return "vốn năm 2025" if origin == 2025 else f"vốn năm {origin} kéo dài"


def _sum(purses: Purses, project: str | None, code: str | None, origin: int, kind: str) -> Cell:
    found = [
        amount
        for purse, amount in purses.items()
        if (purse.origin, purse.kind) == (origin, kind)
        and project in (None, purse.project)
        and code in (None, purse.unit)
    ]
    return trieu(sum(found)) if found else "-"
