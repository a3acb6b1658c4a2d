"""Builds the example proposals for adjustment: `python -m examples.proposals [FOLDER]`. Every amount is invented.

Each is a unit's own workbook (blocks A. GIẢM, B. TĂNG) for a dossier of `ho-so.yaml` beside them. Those of 2023 and
2024 ask for what the example's decisions of those years decided; that of 2025 moves money between two communes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples import round_amounts as amounts
from examples.cao_bang_names import file_name, project_name, unit_name
from examples.office import Cell, Line, Page, write_workbook
from examples.round_amounts import TENTHS, Purse, Shift
from examples.round_merger import commune_name
from examples.round_papers import trieu
from vungcao.kernel.vietnamese import fold

HERE = Path(__file__).resolve().parent / "ho-so-dieu-chinh"
EXAMPLE = "VÍ DỤ: mọi số, lý do, số và ngày văn bản trong biểu này là đặt ra."
PAPERS = {2023: ("0{at}/UBND-TCKH", "05/12/2023"), 2024: ("1{at}/UBND-TCKH", "20/6/2024"),
          2025: ("2{at}/UBND-KT", "10/10/2025")}  # fmt: skip
HEADS = ("STT", "Dự án/nội dung", "Đơn vị", "Loại vốn", "Năm nguồn", "Điều chỉnh giảm", "Điều chỉnh tăng", "Lý do",
         "Chỉ tiêu bị ảnh hưởng")  # fmt: skip
GIVER, TAKER = Purse("01324", "DA5", "su_nghiep", 2025), Purse("01321", "DA5", "su_nghiep", 2025)


def shifts(year: int) -> list[Shift]:
    """What is asked for: as decided in the round; between communes of 2025, a shift of its own."""
    return [Shift(GIVER, TAKER, 100 * TENTHS)] if year == 2025 else amounts.shifts(year)


def books() -> dict[str, Page]:
    """File → its sheet: one for each unit that gives up or gets money in a year."""
    made = {}
    for year in PAPERS:
        sides = [(one.giver, one.amount, True) for one in shifts(year)]
        sides += [(one.taker, one.amount, False) for one in shifts(year)]
        for at, unit in enumerate(dict.fromkeys(purse.unit for purse, *_ in sides), start=1):
            mine = [side for side in sides if side[0].unit == unit]
            number, dated = PAPERS[year]
            made[f"De nghi dieu chinh von 1719 nam {year} {_file(unit)}.xlsx"] = _page(
                unit, year, number.format(at=at), dated, mine
            )
    return made


def _page(unit: str, year: int, number: str, dated: str, sides: list[tuple[Purse, int, bool]]) -> Page:
    lines: list[Line] = []
    for mark, name, down in (("A", "GIẢM", True), ("B", "TĂNG", False)):
        lines.append(Line((mark, name, *[None] * 7), bold=True))
        mine = [(purse, amount) for purse, amount, is_down in sides if is_down == down]
        lines += [_line(at, purse, amount, down) for at, (purse, amount) in enumerate(mine, start=1)]
    return Page(
        name="De nghi",
        left=("ỦY BAN NHÂN DÂN", _called(unit).upper()),
        right=("Phụ lục",),
        title=f"ĐỀ NGHỊ ĐIỀU CHỈNH KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM {year}",
        under=(f"(Kèm theo Công văn số {number} (ví dụ) ngày {dated}; nguồn ngân sách trung ương)",),
        example=EXAMPLE,
        heads=tuple((head,) for head in HEADS),
        numbers=tuple(range(1, len(HEADS) + 1)),
        lines=tuple(lines),
        widths=(7, 60, 26, 18, 12, 16, 16, 30, 26),
    )


def _line(at: int, purse: Purse, amount: int, down: bool) -> Line:
    sum_: Cell = trieu(amount)
    sides = (sum_, None) if down else (None, sum_)
    why = ("hết đối tượng (ví dụ)", "giảm 05 hộ (ví dụ)") if down else ("còn nhu cầu (ví dụ)", "thêm 05 hộ (ví dụ)")
    named = (str(at), project_name(purse.project), f"UBND {_called(purse.unit)}", "Vốn sự nghiệp", str(purse.origin))
    return Line((*named, *sides, *why))


def _called(unit: str) -> str:
    return commune_name(unit) if unit.isdigit() else unit_name(unit)


def _file(unit: str) -> str:
    return fold(commune_name(unit)).title().replace("Xa ", "xa ") if unit.isdigit() else file_name(unit)


def build(folder: Path) -> list[Path]:
    """The workbooks, written into ``folder``."""
    return [write_workbook(folder / name, [page]) for name, page in books().items()]


if __name__ == "__main__":
    for made in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(made)
