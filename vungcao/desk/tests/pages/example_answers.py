"""Invented answers in the cube's own shapes (ví dụ): a page is judged by what it does with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from vungcao.cube.denominators import Denominator
from vungcao.cube.expiring import Expiring, Expiry
from vungcao.cube.figures import Answer, FigureQuery, Row
from vungcao.cube.reconciling import Difference
from vungcao.cube.tracing import Trace, TraceLine
from vungcao.law.deadlines import Deadline, Reading

ON = date(2021, 11, 15)
TY = 1_000_000_000
COMPONENTS = {
    "135.VD1": ("Dự án 1: Đầu tư cơ sở hạ tầng (ví dụ)", 12 * TY, 9_150_500_000),
    "135.VD2": ("Dự án 2: Hỗ trợ phát triển sản xuất (ví dụ)", 5 * TY, 3_562_500_000),
    "135.VD3": ("Dự án 3: Nhân rộng mô hình giảm nghèo, tên dài để thấy chữ xuống dòng (ví dụ)", 2 * TY, 2_100 * 10**6),
    "135.VD4": ("Dự án 4: Truyền thông (ví dụ)", 1 * TY, None),
}
PLACES = {
    "vd-z": ("Huyện Ví Dụ Thượng", 8 * TY, 6_013_000_000),
    "vd-d": ("Huyện Đèo Ví Dụ", 7 * TY, 5 * TY),
    "vd-a": ("Huyện An Ví Dụ", 5 * TY, 3_200_000_000),
}


def example_answer(query: FigureQuery, reach: object) -> Answer:
    """What the cube would say: plan 20 tỷ, spent 15,213 tỷ, one component silent, one overspent."""
    if query.by == ("body",):
        return _bodies(query)
    if query.by == ("component",):
        rows = [
            _row(query, {"component": code}, name, given, spent) for code, (name, given, spent) in COMPONENTS.items()
        ]
    elif query.by == ("place",):
        rows = [_row(query, {"place": code}, name, given, spent) for code, (name, given, spent) in PLACES.items()]
    else:
        rows = [_row(query, {}, "", 20 * TY, 15_213_000_000)]
    gap: dict[str, Any] = {"dim": "component", "node": "135", "name": "Chương trình 135", "measure": "disbursed_dong"}
    return Answer(
        figure=query.name,
        on=query.on,
        known_on=query.known or 41,
        boundaries=f"{query.boundaries}",
        state=query.state,
        rows=rows,
        not_reported=[
            {"body": "vd-ubnd", "name": "UBND huyện Ví Dụ Im Lặng", "programme": "135", "since": date(2021, 10, 31),
             "given_dong": 1_250_500_000}
        ],
        not_split=[gap | {"dong": 400_000_000}] if query.by == ("component",) else [],
        not_apportioned=[
            {"place": "vd-cu", "name": "Huyện Ví Dụ Cũ", "why": "chưa bàn giao"}
            | {"measure": "disbursed_dong", "dong": TY}
        ]
        if query.by == ("place",)
        else [],
    )  # fmt: skip


def _bodies(query: FigureQuery) -> Answer:
    """Seven units with ranks, the last two alike, and one without a rate."""
    rates = (90, 80, 70, 60, 50, 40, 40)
    rows = []
    for rank, rate in enumerate(rates, 1):
        row = _row(query, {"body": f"vd-{rank}"}, f"UBND xã Ví Dụ {rank}", 10 * TY, rate * TY // 10)
        rows.append(replace(row, measures=row.measures | {"rank": min(rank, 6), "among": len(rates)}))
    silent = _row(query, {"body": "vd-8"}, "UBND xã Ví Dụ Im Lặng", 10 * TY, None)
    rows.append(replace(silent, measures=silent.measures | {"rank": None, "among": None}))
    return Answer(query.name, query.on, 41, f"{query.boundaries}", query.state, rows)


def interval_answer(query: FigureQuery, reach: object) -> Answer:
    """The plan is only implied: an interval of two ends, no remainder, yet the published rate stands."""
    said = example_answer(query, reach)
    implied = Denominator(
        "implied", 20_854_000_000, 20_883_000_000, version="Suy ra (2021-2021, bản 1)", qualifier="suy ra"
    )
    rows = [
        replace(
            row,
            denominator=implied,
            measures=row.measures | {"given_dong": None, "remainder_dong": None, "rate": Decimal("72.9")},
        )
        for row in said.rows
    ]
    return replace(said, rows=rows)


def silent_answer(query: FigureQuery, reach: object) -> Answer:
    """Nothing given, nothing said."""
    rows = [] if query.by else [_row(query, {}, "", None, None)]
    return Answer(query.name, query.on, 41, f"{query.boundaries}", query.state, rows)


def example_findings(on: date, reach: object, **asked: object) -> list[Difference]:
    """Two sources that do not agree."""
    sentence = "Kho bạc (ví dụ) nói 15.000 triệu đồng; cộng các báo cáo được 15.213 triệu đồng, lệch -213 triệu đồng."
    return [
        Difference("statement.differs", "vd", sentence, [("đã nói", 15 * TY, ""), ("cộng được", 15_213_000_000, "")])
    ]


def example_expiry(query: FigureQuery, reach: object) -> Expiry:
    """Central investment money of the year, near its last day (ví dụ); recurrent money of which nobody spoke."""
    reading = Reading(
        date(2022, 1, 31), "không được giải ngân tiếp (ví dụ)", ("CO-01",), "Luật ví dụ Điều 68", "sourced"
    )
    line = Expiring(
        source="dau_tu:*", name="Vốn đầu tư", levels=("ngân sách trung ương",), origin="2021", used=2021,
        given_dong=12 * TY, disbursed_dong=9_150_500_000, unspent_dong=2_849_500_000,
        id="disbursement:on=2021-11-15,known=41,year_origin=2021,source=dau_tu:*",
        deadline=Deadline((reading,), "Sở ví dụ"), state="open", days_left=77,
    )  # fmt: skip
    silent = replace(
        line, source="su_nghiep:*", name="Vốn sự nghiệp", disbursed_dong=None, unspent_dong=None,
        id="disbursement:on=2021-11-15,known=41,year_origin=2021,source=su_nghiep:*", deadline=Deadline((), "Sở ví dụ"),
        state="unknown", days_left=None,
    )  # fmt: skip
    return Expiry(query.on, 41, [line, silent], 0)


def example_trace(sha256: str) -> Trace:
    """Two counted lines with cells, one plan, one line that only asserts."""
    line = TraceLine(
        kind="statement", label="Dự án 1 (ví dụ)", dong=9_150_500_000, body="UBND huyện Ví Dụ Thượng", as_of=ON,
        state="Đã tiếp nhận", paper="Báo cáo 12/BC-VD ngày 16/11/2021", file="vi du thuong.xlsx", file_sha=sha256,
        sheet="BM01", cell="B7", said_by="Chuyên viên Ví Dụ", act=40, counted=True,
    )  # fmt: skip
    plan = replace(line, kind="voucher", label="Giao vốn (ví dụ)", dong=20 * TY, cell="C3", counted=False, why="mẫu số")
    return Trace(
        "disbursement:programme=135,on=2021-11-15,known=41",
        "Giải ngân, so với mẫu số được nêu tên; Chương trình 135; đến ngày 15/11/2021, năm sử dụng 2021",
        15_213_000_000,
        [
            replace(line, label="Dự án 2 (ví dụ)", dong=6_062_500_000, cell="B12"),
            line,
            plan,
            replace(
                line,
                label="Tổng cộng",
                dong=15_213_000_000,
                cell="B5",
                counted=False,
                why="chỉ đối chiếu: 2 dòng khác được dùng",
            ),
        ],
        ["Chỉ tính số liệu đã đến bước “đã tiếp nhận” trở lên."],
    )


def _row(query: FigureQuery, dims: dict[str, str], name: str, given: int | None, spent: int | None) -> Row:
    left = given - spent if given is not None and spent is not None else None
    rate = (Decimal(spent) * 100 / given).quantize(Decimal("0.1")) if given and spent is not None else None
    plan = Denominator("adjusted", given, given, voucher="34/QĐ-UBND ngày 11/01/2021") if given is not None else None
    pinned = replace(query, known=query.known or 41, compare=(), rank=None)
    beside: dict[str, Any] = {}
    if query.compare:
        beside = {"last_period_rate": Decimal("70.0"), "last_period_points": Decimal("6.1"), "national_rate": None}
        beside |= {"last_year_rate": Decimal("80.0"), "last_year_points": Decimal("-3.9")}
    return Row(
        id=pinned.narrowed(dims).id,
        dims=dims,
        names=dict.fromkeys(dims, name),
        short_names=dict.fromkeys(dims, name),
        measures={"given_dong": given, "disbursed_dong": spent, "remainder_dong": left, "rate": rate, **beside},
        denominator=plan,
        qualifier="",
        lines=3,
        ids={what: pinned.narrowed(dims).id for what in ("now", "last_period", "last_year")},
    )
