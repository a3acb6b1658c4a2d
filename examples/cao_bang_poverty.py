"""Counts of the example province: poverty in 2023 and 2024, ethnic groups and deprivation in one district, needs.

Published: 5.150 households out of poverty in 2024, poverty from 24,71% to 20,71% (baodantoc.vn, tháng 01/2025). The
number of households was not: 128.750 is invented, and chosen so that both rates come out. All below is invented too.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from examples.cao_bang_amounts import CITY, DISTRICTS
from examples.cao_bang_names import unit_name
from examples.office import Cell, Line, Page
from vungcao.kernel.splitting import split

PUBLISHED_ESCAPED_2024: Final = 5150
PUBLISHED_RATES_2024: Final = (Decimal("24.71"), Decimal("20.71"))
HOUSEHOLDS: Final = 128_750
FOLDER: Final = "ho-ngheo"
SURVEYED: Final = "Hòa An"
COMMUNES: Final = (
    "Thị trấn Nước Hai", "Xã Dân Chủ", "Xã Nam Tuấn", "Xã Đại Tiến", "Xã Đức Long", "Xã Ngũ Lão", "Xã Trương Lương",
    "Xã Hồng Việt", "Xã Hoàng Tung", "Xã Nguyễn Huệ", "Xã Quang Trung", "Xã Bạch Đằng", "Xã Bình Dương", "Xã Lê Chung",
    "Xã Hồng Nam",
)  # fmt: skip
# Households and poor households at the beginning of 2024 by district, in parts of the whole (invented).
_SHARES: Final = {
    "Bảo Lạc": (11, 19), "Bảo Lâm": (13, 24), "Hà Quảng": (14, 18), "Hạ Lang": (6, 7), "Hòa An": (12, 6),
    "Nguyên Bình": (9, 10), "Quảng Hòa": (14, 6), "Thạch An": (7, 5), "Trùng Khánh": (13, 9), CITY: (17, 1),
}  # fmt: skip
# The end of 2023 as its own table says it: two districts differ from how 2024 begins, on purpose.
BROKEN_2023: Final = {"Hà Quảng": 12, "Bảo Lâm": -12}
_GROUPS: Final = ("Kinh", "Tày", "Nùng", "Mông", "Dao", "Sán Chỉ", "Lô Lô", "Khác")
_GROUP_SHARES: Final = (6, 46, 30, 5, 8, 1, 1, 3)
_LACKS: Final = (
    "Việc làm", "Người phụ thuộc", "Dinh dưỡng", "BHYT", "Trình độ người lớn", "Trẻ đi học", "Chất lượng nhà",
    "Diện tích nhà", "Nước sinh hoạt", "Nhà tiêu", "Viễn thông", "Phương tiện thông tin",
)  # fmt: skip
_LACK_SHARES: Final = (48, 21, 17, 9, 39, 4, 55, 28, 31, 66, 20, 24)  # of a hundred poor households
_NEEDS: Final = (
    ("Giao thông", 420, 2_150_000, 168, 840_000), ("Thủy lợi", 160, 310_000, 60, 118_000),
    ("Nước sinh hoạt", 210, 265_000, 96, 121_000), ("Điện", 75, 190_000, 22, 61_000),
    ("Trường, lớp học", 130, 340_000, 71, 187_000), ("Nhà văn hóa", 240, 168_000, 118, 82_000),
    ("Trạm y tế", 40, 72_000, 19, 35_000), ("Chợ", 25, 60_000, 8, 19_000),
)  # fmt: skip
_PUBLISHED = (
    "VÍ DỤ: chỉ tổng 5.150 hộ thoát nghèo và tỷ lệ 24,71%, 20,71% của cả tỉnh năm 2024 là số đã công bố "
    "(baodantoc.vn, tháng 01/2025); mọi số khác, số và ngày báo cáo là đặt ra."
)
_INVENTED = "VÍ DỤ: mọi số trong biểu này, số và ngày báo cáo là đặt ra để minh họa; không phải số của đơn vị."
_DEPARTMENT = ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
_MOVES = (
    ("STT",), ("Đơn vị",), ("Tổng số hộ dân cư",), ("Hộ nghèo đầu năm", "Số hộ"), ("Hộ nghèo đầu năm", "Tỷ lệ (%)"),
    ("Thoát nghèo", "Sang cận nghèo"), ("Thoát nghèo", "Vượt cận nghèo"), ("Giảm khác",), ("Tái nghèo",),
    ("Nghèo phát sinh",), ("Tăng khác",), ("Hộ nghèo cuối năm", "Số hộ"), ("Hộ nghèo cuối năm", "Tỷ lệ (%)"),
    ("Hộ nghèo DTTS",),
)  # fmt: skip
_NUMBERS = (1, 2, 3, 4, "5=4/3", 6, 7, 8, 9, 10, 11, "12=4-6-7-8+9+10+11", "13=12/3", 14)
_NEAR_MOVES = (
    ("STT",), ("Đơn vị",), ("Tổng số hộ dân cư",), ("Hộ cận nghèo đầu năm", "Số hộ"),
    ("Thoát cận nghèo", "Xuống hộ nghèo"), ("Thoát cận nghèo", "Vượt cận nghèo"), ("Giảm khác",), ("Tái cận nghèo",),
    ("Cận nghèo phát sinh",), ("Tăng khác",), ("Hộ cận nghèo cuối năm", "Số hộ"),
    ("Hộ cận nghèo cuối năm", "Tỷ lệ (%)"),
)  # fmt: skip


class Moves(NamedTuple):
    """Households of one place in a year: all, poor at the start, two ways out, left, and three ways in."""

    households: int
    start: int
    to_near: int
    beyond: int
    left: int
    again: int
    new: int
    came: int

    @property
    def end(self) -> int:
        return self.start - self.to_near - self.beyond - self.left + self.again + self.new + self.came


WHOLE_2024: Final = Moves(HOUSEHOLDS, 31_814, 3900, 1250, 320, 60, 180, 80)
WHOLE_2023: Final = Moves(HOUSEHOLDS, 36_400, 3600, 1300, 350, 90, 420, 154)
NEAR_2024: Final = Moves(HOUSEHOLDS, 17_900, 180, 4100, 210, 12, 3900, 78)


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    return {
        f"{FOLDER}/Bieu ho ngheo, ho can ngheo nam 2024 (So LDTBXH).xlsx": [_province(2024), _near()],
        f"{FOLDER}/Bieu ho ngheo nam 2023 (So LDTBXH).xlsx": [_province(2023)],
        f"{FOLDER}/Ho ngheo H. Hoa An nam 2024.xlsx": [_communes(), _by_group(), _lacking()],
        f"{FOLDER}/Nhu cau ha tang 2021-2025 (Ban Dan toc).xlsx": [_needs()],
    }


def by_district(whole: Moves, *, broken: dict[str, int] | None = None) -> dict[str, Moves]:
    """A year of each district; the parts add up to the whole. ``broken`` moves the end of some (the sum stays)."""
    all_of, poor = ([_SHARES[name][at] for name in DISTRICTS] for at in (0, 1))
    columns = [parted(figure, all_of if at == 0 else poor) for at, figure in enumerate(whole)]
    found = {name: Moves(*(column[at] for column in columns)) for at, name in enumerate(DISTRICTS)}
    for name, more in (broken or {}).items():
        found[name] = found[name]._replace(new=found[name].new + more)
    return found


def of_2023() -> dict[str, Moves]:
    """2023 by district: each ends as 2024 begins, but for the two of ``BROKEN_2023``."""
    next_year, found = by_district(WHOLE_2024), by_district(WHOLE_2023)
    joined = {}
    for name, moves in found.items():
        gap = next_year[name].start + BROKEN_2023.get(name, 0) - moves.end
        joined[name] = moves._replace(start=moves.start + gap)
    return joined


def of_communes() -> dict[str, Moves]:
    """2024 in the communes of one district; the parts add up to the district's row."""
    whole = by_district(WHOLE_2024)[SURVEYED]
    shares = [5 + at * 7 % 11 for at in range(len(COMMUNES))]
    columns = [parted(figure, shares) for figure in whole]
    return {name: Moves(*(column[at] for column in columns)) for at, name in enumerate(COMMUNES)}


def parted(figure: int, shares: Sequence[int]) -> list[int]:
    return split(figure, [Fraction(share, sum(shares)) for share in shares])


def rate(part: int, whole: int) -> Decimal:
    """Per cent with two decimals, half up."""
    return (Decimal(part * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def minority(poor: int) -> int:
    """Poor households of ethnic minorities (invented: 97 of a hundred)."""
    return poor * 97 // 100


# pages -----------------------------------------------------------------------------------------------------
def _province(year: int) -> Page:
    districts = by_district(WHOLE_2024) if year == 2024 else of_2023()
    whole = Moves(*(sum(column) for column in zip(*districts.values(), strict=True)))
    lines = [_moves(f"{at}", unit_name(name), moves) for at, (name, moves) in enumerate(districts.items(), start=1)]
    published = _PUBLISHED if year == 2024 else _INVENTED
    return _page(
        "HN", f"DIỄN BIẾN HỘ NGHÈO NĂM {year}", f"31/12/{year}", _MOVES, _NUMBERS, [_total(lines, whole), *lines],
        left=_DEPARTMENT, said=f"Số: {410 if year == 2024 else 388}/BC-SLĐTBXH (ví dụ), ngày 15/01/{year + 1}",
        example=published,
    )  # fmt: skip


def _near() -> Page:
    districts = by_district(NEAR_2024)
    rows = [(f"{at}", unit_name(name), moves) for at, (name, moves) in enumerate(districts.items(), start=1)]
    whole = Moves(*(sum(column) for column in zip(*districts.values(), strict=True)))
    lines = [
        Line(
            (mark, name, one.households, one.start, one.to_near, one.beyond, one.left, one.again, one.new, one.came,
             one.end, rate(one.end, one.households)),
            bold=not mark,
        )
        for mark, name, one in [("", "TỔNG CỘNG", whole), *rows]
    ]  # fmt: skip
    return _page(
        "HCN", "DIỄN BIẾN HỘ CẬN NGHÈO NĂM 2024", "31/12/2024", _NEAR_MOVES,
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "11=4-5-6-7+8+9+10", "12=11/3"), lines,
        left=_DEPARTMENT, said="Số: 410/BC-SLĐTBXH (ví dụ), ngày 15/01/2025",
    )  # fmt: skip


def _communes() -> Page:
    communes = of_communes()
    lines = [_moves(f"{at}", name, moves) for at, (name, moves) in enumerate(communes.items(), start=1)]
    whole = by_district(WHOLE_2024)[SURVEYED]
    return _page(
        "HN", "DIỄN BIẾN HỘ NGHÈO NĂM 2024", "31/12/2024", _MOVES, _NUMBERS, [_total(lines, whole), *lines],
        left=_surveyed(), said="Số: 15/BC-UBND (ví dụ), ngày 08/01/2025",
    )  # fmt: skip


def _by_group() -> Page:
    heads = (("STT",), ("Xã, thị trấn",), ("Tổng số hộ",), ("Hộ DTTS",),
             *((group, what) for group in _GROUPS for what in ("Tổng hộ", "Nghèo", "Cận nghèo")))  # fmt: skip
    rows: list[tuple[int, ...]] = []
    for at, moves in enumerate(of_communes().values()):
        households = parted(moves.households, _GROUP_SHARES)
        poor = parted(moves.end, [0, *_GROUP_SHARES[1:]])
        near = parted(40 + 9 * at % 31, _GROUP_SHARES)
        cells = [count for group in zip(households, poor, near, strict=True) for count in group]
        rows.append((moves.households, moves.households - households[0], *cells))
    whole = tuple(sum(column) for column in zip(*rows, strict=True))
    lines = [
        Line((f"{at}", name, *cells)) for at, (name, cells) in enumerate(zip(COMMUNES, rows, strict=True), start=1)
    ]
    return _page(
        "DT", "HỘ NGHÈO, HỘ CẬN NGHÈO THEO DÂN TỘC NĂM 2024", "31/12/2024", heads, tuple(range(1, len(heads) + 1)),
        [Line(("", "TỔNG CỘNG", *whole), bold=True), *lines],
        left=_surveyed(), said="Số: 15/BC-UBND (ví dụ), ngày 08/01/2025",
    )  # fmt: skip


def _lacking() -> Page:
    heads = (("STT",), ("Xã, thị trấn",), ("Tổng số hộ nghèo",),
             *(("Số hộ nghèo thiếu hụt các chỉ số", one) for one in _LACKS))  # fmt: skip
    rows = [
        (moves.end, *(moves.end * (share + at % 5) // 100 for share in _LACK_SHARES))
        for at, moves in enumerate(of_communes().values())
    ]
    whole = tuple(sum(column) for column in zip(*rows, strict=True))
    lines = [
        Line((f"{at}", name, *cells)) for at, (name, cells) in enumerate(zip(COMMUNES, rows, strict=True), start=1)
    ]
    return _page(
        "TH", "MỨC ĐỘ THIẾU HỤT CÁC CHỈ SỐ CỦA HỘ NGHÈO NĂM 2024", "31/12/2024", heads, tuple(range(1, len(heads) + 1)),
        [Line(("", "TỔNG CỘNG", *whole), bold=True), *lines],
        left=_surveyed(), said="Số: 15/BC-UBND (ví dụ), ngày 08/01/2025",
    )  # fmt: skip


def _needs() -> Page:
    heads = (("STT",), ("Lĩnh vực",), ("Nhu cầu", "Số công trình"), ("Nhu cầu", "Vốn (triệu đồng)"),
             ("Bố trí được", "Số công trình"), ("Bố trí được", "Vốn (triệu đồng)"), ("% đáp ứng",),
             ("Còn thiếu (triệu đồng)",))  # fmt: skip
    whole = ("TỔNG CỘNG", *(sum(row[at] for row in _NEEDS) for at in range(1, 5)))  # type: ignore[misc]  # ints after names
    rows = [("", whole), *((f"{at}", row) for at, row in enumerate(_NEEDS, start=1))]
    lines = [
        Line((mark, *row, rate(row[4], row[2]), row[2] - row[4]), bold=not mark)  # type: ignore[arg-type, operator]  # as above
        for mark, row in rows
    ]
    return _page(
        "NC", "NHU CẦU VÀ ĐÁP ỨNG ĐẦU TƯ CƠ SỞ HẠ TẦNG GIAI ĐOẠN 2021-2025", "30/9/2024", heads,
        (1, 2, 3, 4, 5, 6, "7=6/4", "8=4-6"), lines,
        left=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "BAN DÂN TỘC"), said="Số: 260/BC-BDT (ví dụ), ngày 10/10/2024",
        unit="Đơn vị tính: công trình; vốn: triệu đồng",
    )  # fmt: skip


def _surveyed() -> tuple[str, str]:
    return ("ỦY BAN NHÂN DÂN", unit_name(SURVEYED).upper())


def _moves(mark: str, name: str, one: Moves) -> Line:
    cells: tuple[Cell, ...] = (
        mark, name, one.households, one.start, rate(one.start, one.households), one.to_near, one.beyond, one.left,
        one.again, one.new, one.came, one.end, rate(one.end, one.households), minority(one.end),
    )  # fmt: skip
    return Line(cells, bold=not mark)


def _total(lines: Sequence[Line], whole: Moves) -> Line:
    """The total line; minorities are added up, since each line rounds down."""
    last = sum(int(line.cells[-1] or 0) for line in lines)
    return Line((*_moves("", "TỔNG CỘNG", whole).cells[:-1], last), bold=True)


def _page(
    name: str, title: str, day: str, heads: tuple[tuple[str, ...], ...], numbers: tuple[int | str, ...],
    lines: Sequence[Line], *, left: tuple[str, ...], said: str, example: str = _INVENTED,
    unit: str = "Đơn vị tính: hộ",
) -> Page:  # fmt: skip
    return Page(
        name=name,
        left=left,
        right=("Biểu số 01", said),
        title=title,
        under=(f"(Số liệu đến ngày {day})",),
        example=example,
        heads=heads,
        numbers=numbers,
        lines=tuple(lines),
        widths=(7, 34, *(11.0 for _ in heads[2:])),
        unit=unit,
    )
