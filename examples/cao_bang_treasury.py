"""The Treasury's exports for the example province, the list of codes they are read by, and one commune's own table."""

from __future__ import annotations

from collections.abc import Sequence

from examples import cao_bang_treasury_amounts as treasury
from examples.cao_bang_amounts import DISTRICTS, PROJECTS, RATES
from examples.cao_bang_names import project_name, unit_name
from examples.cao_bang_treasury_amounts import INVESTMENT, RECURRENT, Row
from examples.office import Cell, Line, Page

FOLDER = "kho-bac/"
INVENTED = (
    "VÍ DỤ: mọi mã (bắt đầu bằng VD), mọi số, số và ngày văn bản trong biểu này là đặt ra để minh họa; không phải số "
    "của Kho bạc."
)
CORNER = ("KHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC TỈNH CAO BẰNG")
SINCE, LAST_OF_DISTRICTS, MERGED = "01/01/2021", "30/06/2025", "01/07/2025"
DISTRICT_CODES = dict(
    zip(DISTRICTS, ("043", "042", "045", "048", "051", "052", "049", "053", "047", "040"), strict=True)
)
ITEMS = {INVESTMENT: "VD280-01", RECURRENT: "VD280-02"}
SOURCES = {INVESTMENT: "VD41", RECURRENT: "VD12"}

_INVESTMENT = (
    ("STT",), ("Chủ đầu tư",), ("Mã dự án",), ("Mã nguồn",), ("Mã CTMT",), ("Chương",), ("Loại-khoản",),
    ("Kế hoạch vốn", "KH vốn năm"), ("Kế hoạch vốn", "KH kéo dài"),
    ("Thanh toán", "Thanh toán KLHT"), ("Thanh toán", "Tạm ứng theo chế độ"), ("Thanh toán", "Thu hồi tạm ứng"),
    ("Lũy kế",), ("Còn lại",),
)  # fmt: skip
_RECURRENT = (
    ("STT",), ("Đơn vị",), ("Mã QHNS",), ("Mã nguồn",), ("Chương",), ("Khoản",), ("Mã CTMT",),
    ("Dự toán năm trước chuyển sang",), ("DT giao đầu năm",), ("DT bổ sung/giảm",), ("DT được sử dụng",),
    ("Đã rút", "Tạm ứng"), ("Đã rút", "Thực chi"), ("Nộp khôi phục",), ("Đã hủy",), ("Còn lại",),
)  # fmt: skip
_CODES = (
    ("STT",), ("Bộ mã",), ("Mã",), ("Ứng với",), ("Từ ngày",), ("Đến hết ngày",), ("Dự án thành phần",),
    ("Loại-khoản",), ("Ghi chú",),
)  # fmt: skip


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    made = {f"{FOLDER}Danh muc ma doi chieu Kho bac.xlsx": [_codes()]}
    for day, name, number, in_june in (("31/5/2024", "31.5.2024", 71, False), ("15/6/2024", "15.6.2024", 83, True)):
        made |= {
            f"{FOLDER}KB thanh toan von dau tu 1719 {name}.xlsx": [_investment(day, number, in_june)],
            f"{FOLDER}KB doi chieu du toan 1719 {name}.xlsx": [_recurrent(day, number + 1, in_june)],
        }
    made[f"{FOLDER}KB doi chieu du toan 1719 31.8.2025.xlsx"] = [_new_commune()]
    made[f"{FOLDER}BC giai ngan 1719 xa Bao Lac 31.8.2025.xlsx"] = [_own_table()]
    return made


def _body(unit: str) -> str:
    return f"UBND {unit_name(unit)}" if unit in DISTRICTS else unit


def _user(unit: str) -> str:
    return f"VD10{DISTRICT_CODES[unit]}" if unit in DISTRICTS else "VD10001"


def _chapter(unit: str) -> str:
    return "VD799" if unit in DISTRICTS else "VD483"


def _programme(project: str) -> str:
    return f"VD05{10 + int(project.removeprefix('DA'))}"


def _work(row: Row) -> str:
    return f"VD{list(RATES).index(row.unit) + 1:02}{int(row.project.removeprefix('DA')):02}{row.work}"


# exports -------------------------------------------------------------------------------------------------------
def _investment(day: str, number: int, in_june: bool) -> Page:
    rows = treasury.rows(INVESTMENT, in_june=in_june)
    lines = [_sum([(r.plan, 0, r.completed, r.advance, r.cleared, r.dong, r.plan - r.dong) for r in rows], skip=5)]
    for at, row in enumerate(rows, start=1):
        item = row.item or ITEMS[INVESTMENT]
        codes = (_work(row), SOURCES[INVESTMENT], _programme(row.component), _chapter(row.unit), item)
        paid = (row.completed, row.advance or None, row.cleared or None, row.dong, row.plan - row.dong)
        lines.append(Line((f"{at}", _body(row.unit), *codes, row.plan, None, *paid)))
    return _page(
        name="DT",
        right=("Biểu KB-01 (ví dụ)", f"Số: {number}/KB-KSC (ví dụ), ngày {_written(day)}"),
        title="TÌNH HÌNH THANH TOÁN VỐN ĐẦU TƯ CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
        day=day,
        heads=_INVESTMENT,
        numbers=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "13=10+11-12", "14=8+9-13"),
        lines=lines,
    )


def _recurrent(day: str, number: int, in_june: bool) -> Page:
    rows = treasury.rows(RECURRENT, in_june=in_june)
    figures = [(0, r.plan, 0, r.plan, 0, r.completed, r.restored, 0, r.plan - r.dong) for r in rows]
    lines = [_sum(figures, skip=5)]
    for at, row in enumerate(rows, start=1):
        codes = (_user(row.unit), SOURCES[RECURRENT], _chapter(row.unit), ITEMS[RECURRENT], _programme(row.component))
        paid = (row.plan, None, row.completed, row.restored or None, None, row.plan - row.dong)
        lines.append(Line((f"{at}", _body(row.unit), *codes, None, row.plan, None, *paid)))
    return _recurrent_page(day, number, 2024, lines)


def _new_commune() -> Page:
    """One new commune: its own code, and three codes of communes that ended, not yet changed."""
    own = [
        ("VD21321", "UBND xã Bảo Lạc", _programme(project), dong + treasury.COMMUNE_CARRIED[project])
        for project, dong in treasury.COMMUNE_OWN.items()
    ]
    names = {"VD11321": "UBND thị trấn Bảo Lạc", "VD11333": "UBND xã Bảo Toàn", "VD11342": "UBND xã Hồng Trị"}
    old = [(code, names[code], _programme("DA5"), dong) for code, dong in treasury.COMMUNE_OLD.items()]
    plan, lines = treasury.COMMUNE_PLAN, []
    for at, (code, name, programme, dong) in enumerate([*own, *old], start=1):
        codes = (code, SOURCES[RECURRENT], "VD860", ITEMS[RECURRENT], programme)
        lines.append(Line((f"{at}", name, *codes, None, plan, None, plan, None, dong, None, None, plan - dong)))
    figures = [(0, plan, 0, plan, 0, dong, 0, 0, plan - dong) for *_, dong in [*own, *old]]
    return _recurrent_page("31/8/2025", 91, 2025, [_sum(figures, skip=5), *lines])


def _recurrent_page(day: str, number: int, year: int, lines: Sequence[Line]) -> Page:
    return _page(
        name="TX",
        right=("Biểu KB-02 (ví dụ)", f"Số: {number}/KB-KSC (ví dụ), ngày {_written(day)}"),
        title=f"BẢNG ĐỐI CHIẾU DỰ TOÁN CHƯƠNG TRÌNH MTQG 1719 NĂM {year}",
        day=day,
        heads=_RECURRENT,
        numbers=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "11=8+9+10", 12, 13, 14, 15, "16=11-12-13+14-15"),
        lines=lines,
    )


def _page(
    *, name: str, right: tuple[str, str], title: str, day: str, heads: tuple[tuple[str, ...], ...],
    numbers: tuple[int | str, ...], lines: Sequence[Line],
) -> Page:  # fmt: skip
    return Page(
        name=name,
        left=CORNER,
        right=right,
        title=title,
        under=(f"(Số liệu đến ngày {day})",),
        example=INVENTED,
        heads=heads,
        numbers=numbers,
        lines=tuple(lines),
        widths=(7, 34, *[17] * (len(heads) - 2)),
        unit="Đơn vị tính: đồng",
    )


def _sum(figures: Sequence[tuple[int, ...]], *, skip: int) -> Line:
    sums: list[Cell] = [sum(column) or None for column in zip(*figures, strict=True)]
    return Line(("", "TỔNG CỘNG", *[None] * skip, *sums), bold=True)


def _written(day: str) -> str:
    """The paper is signed on the fifth of the month after, or three days later within a month."""
    first, month, year = (int(part) for part in day.split("/"))
    return f"{first + 3}/{month}/{year}" if first < 20 else f"05/{month + 1}/{year}"


def _own_table() -> Page:
    own, carried = treasury.COMMUNE_OWN, treasury.COMMUNE_CARRIED
    lines = [Line(("", "TỔNG CỘNG", *_four(sum(carried.values()), sum(own.values()))), bold=True)]
    for mark, project in zip(("I", "II"), own, strict=True):
        lines.append(Line((mark, project_name(project), *_four(carried[project], own[project]))))
    before, now = "Lũy kế giải ngân, vốn năm 2024 kéo dài", "Lũy kế giải ngân, vốn năm 2025"
    return Page(
        name="BM01",
        left=("ỦY BAN NHÂN DÂN", "XÃ BẢO LẠC"),
        right=("Biểu số 01", "Số: 12/BC-UBND (ví dụ), ngày 03/9/2025"),
        title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
        under=("(Số liệu đến ngày 31/8/2025; chưa gồm số nhận bàn giao)",),
        example="VÍ DỤ: mọi số trong biểu này, số và ngày báo cáo là đặt ra để minh họa; không phải số của đơn vị.",
        heads=(
            ("STT",),
            ("Nội dung",),
            ("Lũy kế giải ngân, tổng số",),
            (before, "ĐT"),
            (before, "SN"),
            (now, "ĐT"),
            (now, "SN"),
            ("Ghi chú",),
        ),
        numbers=(1, 2, "3=4+5+6+7", 4, 5, 6, 7, 8),
        lines=tuple(lines),
        widths=(7, 60, 18, 18, 18, 18, 18, 20),
    )


def _four(carried: int, own: int) -> tuple[Cell, ...]:
    """Total, then investment and recurrent money of the year before and of this year; the commune has no investment."""
    return (carried + own) // 1_000_000, "-", carried // 1_000_000 or "-", "-", own // 1_000_000, None


# codes ---------------------------------------------------------------------------------------------------------
def _codes() -> Page:
    rows = [*_programmes(), *_money(), *_users(), *_works()]
    lines = [Line((f"{at}", *row, "ví dụ")) for at, row in enumerate(rows, start=1)]
    return Page(
        name="MA",
        left=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ TÀI CHÍNH"),
        right=("Danh mục (ví dụ)", "Số: 15/STC-NS (ví dụ), ngày 10/01/2024"),
        title="DANH MỤC MÃ ĐỐI CHIẾU KHO BẠC",
        under=("(Chương trình MTQG 1719, tỉnh Cao Bằng)",),
        example=INVENTED,
        heads=_CODES,
        numbers=tuple(range(1, 10)),
        lines=tuple(lines),
        widths=(7, 14, 14, 60, 14, 14, 18, 14, 12),
        unit="",
    )


Coded = tuple[Cell, ...]


def _row(scheme: str, code: str, bearer: str, first: str = SINCE, last: str | None = None) -> Coded:
    return (scheme, code, bearer, first, last, None, None)


def _programmes() -> list[Coded]:
    return [_row("Mã CTMT", _programme(project), f"1719.{project}", "14/10/2021") for project in PROJECTS]


def _money() -> list[Coded]:
    return [
        _row("Mã nguồn", SOURCES[INVESTMENT], "dau_tu:NSTW"),
        _row("Mã nguồn", SOURCES[RECURRENT], "su_nghiep:NSTW"),
        *(_row("Loại-khoản", item, item[2:5]) for item in (*ITEMS.values(), "VD070-01")),
    ]


def _users() -> list[Coded]:
    found = [
        row
        for unit in DISTRICTS
        for row in (
            _row("Mã QHNS", _user(unit), _body(unit), SINCE, LAST_OF_DISTRICTS),
            _row("Chương", _chapter(unit), _body(unit), SINCE, LAST_OF_DISTRICTS),
        )
    ]
    found += [_row("Mã QHNS", "VD10001", "Ban Dân tộc"), _row("Chương", "VD483", "Ban Dân tộc")]
    ended = {"VD11321": "UBND thị trấn Bảo Lạc", "VD11333": "UBND xã Bảo Toàn", "VD11342": "UBND xã Hồng Trị"}
    found += [_row("Mã QHNS", code, name, SINCE, LAST_OF_DISTRICTS) for code, name in ended.items()]
    found += [_row("Mã QHNS", "VD21321", "UBND xã Bảo Lạc", MERGED), _row("Chương", "VD860", "UBND xã Bảo Lạc", MERGED)]
    return found


def _works() -> list[Coded]:
    """Every work, registered for its own project and field, whatever it was booked as."""
    return [
        (
            "Mã dự án", _work(row), f"Công trình ví dụ {row.work} của Dự án {row.project[2:]}, {_body(row.unit)}",
            "01/01/2022", None, f"1719.{row.project}", "280",
        )
        for row in treasury.rows(INVESTMENT)
    ]  # fmt: skip
