"""What units of the example province report as disbursed: Programme 135 in 2021, Programme 1719 in 2024 and 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from examples import cao_bang_amounts as amounts
from examples.cao_bang_amounts import CITY, DISTRICTS, PROJECTS, Both, added
from examples.cao_bang_assignments import ROMAN
from examples.cao_bang_names import file_name, project_name, subproject_name, unit_name
from examples.office import Cell, Formulas, Line, Page

SUBPROJECTS_135 = (
    "Tiểu dự án 1: Hỗ trợ đầu tư cơ sở hạ tầng",
    "Tiểu dự án 2: Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế và nhân rộng mô hình giảm nghèo",
    "Tiểu dự án 3: Nâng cao năng lực cho cộng đồng và cán bộ cơ sở",
)
INVENTED_135 = (
    "VÍ DỤ: chỉ tổng số 15,213 tỷ đồng của cả tỉnh là số đã công bố; số của từng huyện, từng tiểu dự án "
    "và số, ngày báo cáo là đặt ra để minh họa."
)
INVENTED_1719 = "VÍ DỤ: mọi số trong biểu này, số và ngày báo cáo là đặt ra để minh họa; không phải số của đơn vị."
TOTAL_LAST = {"Trùng Khánh", "Quảng Hòa"}
WITH_SUBPROJECTS = {"Bảo Lạc": ("DA4", "DA5"), "Hà Quảng": ("DA4", "DA5"), "Trùng Khánh": ("DA5",)}
NOTES = {("Bảo Lâm", "DA1"): "đang chờ hướng dẫn", ("Thạch An", "DA3"): "hết đối tượng một phần"}

_CUMULATIVE = "Giải ngân lũy kế từ đầu năm"
_HEADS_135 = (
    ("STT",), ("Nội dung",), (_CUMULATIVE, "Tổng số"), (_CUMULATIVE, "Vốn đầu tư"), (_CUMULATIVE, "Vốn sự nghiệp"),
    ("Ghi chú",),
)  # fmt: skip
_HEADS_1719 = (
    ("STT",), ("Nội dung",),
    *(("Kế hoạch năm 2024", kind) for kind in ("Tổng số", "ĐT", "SN")),
    *((_CUMULATIVE, kind) for kind in ("Tổng số", "ĐT", "SN")),
    ("Tỷ lệ giải ngân (%)",), ("Ghi chú",),
)  # fmt: skip
_HEADS_2025 = (
    ("STT",), ("Đơn vị",), *((_CUMULATIVE, kind) for kind in ("Tổng số", "ĐT", "SN")), ("Ghi chú",),
)  # fmt: skip


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder; a name in .xls or .ods asks for that format."""
    return {**_books_135(), **_books_1719(), **_book_2025()}


def _books_135() -> dict[str, list[Page]]:
    made: dict[str, list[Page]] = {}
    for at, name in enumerate(DISTRICTS):
        file = f"135-2021/BC giai ngan CT135 {file_name(name)} 15.11.2021"
        kind = {"Thạch An": "xls", "Hạ Lang": "ods"}.get(name, "xlsx")
        page = _page_135(name, amounts.parts_of_135(name), said=f"Số: {45 + at}/BC-UBND (ví dụ), ngày 18/11/2021")
        made[f"{file}.{kind}"] = [page]
        if name == "Bảo Lâm":
            made[f"{file}.{kind}"].append(_hidden_month_before(name))
        if name == "Hòa An":
            made |= _two_editions(file, name)
    return made


def _two_editions(file: str, name: str) -> dict[str, list[Page]]:
    first = _page_135(name, amounts.first_edition_of_135(name), said="Số: 51/BC-UBND (ví dụ), ngày 17/11/2021")
    second = _page_135(name, amounts.parts_of_135(name), said="Số: 57/BC-UBND (ví dụ), ngày 19/11/2021")
    line = "(Bản sửa lần 2, thay thế Báo cáo số 51/BC-UBND ngày 17/11/2021)"
    return {
        f"{file}.xlsx": [first],
        f"{file} (sua lan 2) - CHOT.xlsx": [replace(second, under=(line, *second.under))],
    }


def _hidden_month_before(name: str) -> Page:
    said = "Số: 38/BC-UBND (ví dụ), ngày 18/10/2021"
    page = _page_135(name, amounts.month_before_of_135(name), said=said, day="15/10/2021")
    return replace(page, name="Sheet1", hidden=True)


def _page_135(name: str, parts: list[Both], *, said: str, day: str = "15/11/2021") -> Page:
    total = Line(("", "TỔNG CỘNG", *_three(added(parts)), None), bold=True)
    lines = [
        Line((mark, label, *_three(part), None))
        for mark, label, part in zip(ROMAN[:3], SUBPROJECTS_135, parts, strict=True)
    ]
    return Page(
        name="BM01",
        left=("ỦY BAN NHÂN DÂN", unit_name(name).upper()),
        right=("Biểu số 01", said),
        title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH 135",
        under=(f"(Số liệu đến ngày {day}; lũy kế từ ngày 01/01/2021)",),
        example=INVENTED_135,
        heads=_HEADS_135,
        numbers=(1, 2, "3=4+5", 4, 5, 6),
        lines=(*lines, total) if name in TOTAL_LAST else (total, *lines),
        widths=(7, 60, 18, 18, 18, 20),
        numbers_as_text=name == "Hà Quảng",
        formulas=_sums_135 if name == "Nguyên Bình" else lambda first: {},
    )


def _sums_135(first: int) -> Mapping[tuple[int, int], str]:
    """The grand total over the three lines below it, and each line's total over its two kinds of money."""
    rows = {(at, 2): f"=SUM(D{first + at}:E{first + at})" for at in range(1, 4)}
    return rows | {(0, at): f"=SUM({col}{first + 1}:{col}{first + 3})" for at, col in ((2, "C"), (3, "D"), (4, "E"))}


def _three(both: Both) -> tuple[Cell, Cell, Cell]:
    return both.total, both.investment or "-", both.recurrent or "-"


def _books_1719() -> dict[str, list[Page]]:
    may, april = "1719-2024/giai-ngan-2024-05-31/", "1719-2024/giai-ngan-2024-04-30/"
    made = {
        f"{may}BC giai ngan 1719 {file_name(unit)} 31.5.2024.xlsx": [
            _page_1719(unit, day="31/5/2024", said=f"Số: {60 + at}/BC-{_signer(unit)} (ví dụ), ngày 03/6/2024")
        ]
        for at, unit in enumerate(amounts.RATES)
    }
    earlier = _page_1719(
        "Hà Quảng",
        day="30/4/2024",
        said="Số: 48/BC-UBND (ví dụ), ngày 06/5/2024",
        earlier=amounts.A_MONTH_EARLIER,
    )
    return made | {f"{april}BC giai ngan 1719 {file_name('Hà Quảng')} 30.4.2024.xlsx": [earlier]}


def _signer(unit: str) -> str:
    return "UBND" if unit in DISTRICTS else "BDT"


def _page_1719(unit: str, *, day: str, said: str, earlier: int = 0) -> Page:
    lines: list[Line] = []
    given: list[Both] = []
    spent: list[Both] = []
    for project in PROJECTS:
        plan = _given(unit, project)
        if not plan.total:
            continue
        done = amounts.disbursed(unit, project, plan, earlier=earlier)
        given.append(plan)
        spent.append(done)
        mark = ROMAN[len(given) - 1]
        lines.append(_line_1719(mark, project_name(project), plan, done, NOTES.get((unit, project))))
        if project in WITH_SUBPROJECTS.get(unit, ()):
            lines += _lines_of_subprojects(project, done)
    wrong = amounts.WRONGLY_ADDED.get(unit, Decimal(0))
    total = _line_1719("", "TỔNG CỘNG", added(given), added(spent), None, wrong=wrong)
    return Page(
        name="BM01",
        left=("ỦY BAN NHÂN DÂN", unit_name(unit).upper())
        if unit in DISTRICTS
        else ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", unit.upper()),
        right=("Biểu số 01", said),
        title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
        under=(f"(Số liệu đến ngày {day}; lũy kế từ ngày 01/01/2024)",),
        example=INVENTED_1719,
        heads=_HEADS_1719,
        numbers=(1, 2, "3=4+5", 4, 5, "6=7+8", 7, 8, "9=6/3", 10),
        lines=(*lines, total) if unit in TOTAL_LAST else (total, *lines),
        widths=(7, 60, 14, 14, 14, 14, 14, 14, 12, 20),
        formulas=_sums_1719(len(lines)) if unit == "Ban Dân tộc" else lambda first: {},
    )


def _given(unit: str, project: str) -> Both:
    if unit in DISTRICTS:
        return amounts.given_to_district(unit, project)
    return amounts.given_to_department(unit, project)


def _line_1719(mark: str, label: str, plan: Both, done: Both, note: str | None, *, wrong: Decimal = Decimal(0)) -> Line:
    total = done.total + wrong
    dashes = ("-" if not plan.investment else done.investment, "-" if not plan.recurrent else done.recurrent)
    cells = (mark, label, *_three(plan), total, *dashes, amounts.rate(total, plan.total), note)
    return Line(cells, bold=not mark or mark in ROMAN)


def _lines_of_subprojects(project: str, done: Both) -> list[Line]:
    """Money is given by project and reported by sub-project: the plan's cells say it does not apply."""
    return [
        Line((str(number), subproject_name(project, number), "x", "x", "x", *_three(part), "x", None))
        for number, part in amounts.disbursed_of_subprojects(project, done).items()
    ]


def _sums_1719(count: int) -> Formulas:
    def formulas(first: int) -> Mapping[tuple[int, int], str]:
        made: dict[tuple[int, int], str] = {}
        for at in range(count + 1):
            row = first + at
            made |= {(at, 2): f"=SUM(D{row}:E{row})", (at, 5): f"=SUM(G{row}:H{row})"}
            made[at, 8] = f"=ROUND(F{row}/C{row}*100,1)"
        return made | {
            (0, at): f"=SUM({col}{first + 1}:{col}{first + count})"
            for at, col in ((3, "D"), (4, "E"), (6, "G"), (7, "H"))
        }

    return formulas


def _book_2025() -> dict[str, list[Page]]:
    said = amounts.BY_OLD_DISTRICT_2025
    lines = [Line(("", "TỔNG CỘNG", *_three(added(list(said.values()))), None), bold=True)]
    for at, (name, both) in enumerate(said.items(), start=1):
        kind = "Thành phố" if name == CITY else "Huyện"
        lines.append(Line((str(at), f"{kind} {name}", *_three(both), None)))
    page = Page(
        name="BM02",
        left=("SỞ DÂN TỘC VÀ TÔN GIÁO",),
        right=("Biểu số 02",),
        title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025 THEO ĐƠN VỊ",
        under=("(Số liệu đến ngày 30/9/2025; lũy kế từ ngày 01/01/2025)",),
        example="VÍ DỤ: mọi số là đặt ra; biểu cố ý ghi theo 10 đơn vị cấp huyện đã kết thúc ngày 30/6/2025.",
        heads=_HEADS_2025,
        numbers=(1, 2, "3=4+5", 4, 5, 6),
        lines=tuple(lines),
        widths=(7, 40, 18, 18, 18, 20),
    )
    return {"1719-2025/BC giai ngan 1719 theo don vi 30.9.2025 (huyen cu).xlsx": [page]}
