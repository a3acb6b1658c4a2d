"""The layouts of an office (practice §4) as columns: paths of heads, kinds, what is computed from what, leaf figures.

Money is whole đồng until it is printed. A formula is ``a+b-c`` or ``a/b`` (a rate in percent) over column keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

Kind = Literal["money", "count", "percent", "text", "code", "date"]
Leaf = Callable[[Random, "Form"], dict[str, int]]


@dataclass(slots=True)
class Col:
    """One column; ``added``: the figures of a section are those of its lines; ``part_of``: some of another column."""

    key: str
    path: tuple[str, ...]
    kind: Kind
    formula: str | None = None
    added: bool = True
    part_of: str | None = None
    unit: str | None = None
    hidden: bool = False

    @property
    def terms(self) -> list[tuple[int, str]]:
        """``a+b-c`` → ``[(1, a), (1, b), (-1, c)]``."""
        found = re.findall(r"([+-]?)(\w+)", self.formula or "")
        return [(-1 if sign == "-" else 1, key) for sign, key in found]

    @property
    def is_rate(self) -> bool:
        return "/" in (self.formula or "")

    @property
    def rate(self) -> tuple[str, str]:
        above, below = (self.formula or "").split("/")
        return above, below


@dataclass(slots=True)
class Form:
    """A layout: its name in practice §4, title, columns, the figures of a leaf line, what its lines are."""

    name: str
    title: str
    cols: list[Col]
    leaf: Leaf
    lines: Literal["projects", "units", "places", "works", "fields", "adjustment", "indicators"]
    year: int
    scale: int = 1  # largest leaf amount, in đồng

    @property
    def has_money(self) -> bool:
        return any(col.kind == "money" for col in self.cols)


def _dong(chance: Random, form: Form) -> int:
    return chance.randrange(form.scale // 50, form.scale)


def _part(chance: Random, whole: int, zero: float = 0.1) -> int:
    share = chance.random()
    return 0 if share < zero else whole if share > 0.97 else int(Decimal(whole) * Decimal(str(share)))


def assignment_by_project(chance: Random, year: int) -> Form:
    def leaf(chance: Random, form: Form) -> dict[str, int]:
        keys = ("dt_tw", "dt_dp", "sn_tw", "sn_dp")
        return {key: _dong(chance, form) if chance.random() < 0.85 else 0 for key in keys}

    cols = [
        Col("tong", (chance.choice(["Tổng cộng", "Tổng số", "Tổng vốn"]),), "money", "dt+sn"),
        Col("dt", ("Vốn đầu tư", chance.choice(["Tổng", "Tổng số"])), "money", "dt_tw+dt_dp"),
        Col("dt_tw", ("Vốn đầu tư", "NSTW"), "money"),
        Col("dt_dp", ("Vốn đầu tư", "NSĐP đối ứng"), "money"),
        Col("sn", ("Vốn sự nghiệp", chance.choice(["Tổng", "Tổng số"])), "money", "sn_tw+sn_dp"),
        Col("sn_tw", ("Vốn sự nghiệp", "NSTW"), "money"),
        Col("sn_dp", ("Vốn sự nghiệp", "NSĐP đối ứng"), "money"),
        Col("ma", ("Mã CTMT",), "code"),
        Col("khoan", ("Loại, khoản",), "code"),
        Col("ghi_chu", ("Ghi chú",), "text"),
    ]
    return Form("4.1.1", f"GIAO KẾ HOẠCH VỐN NĂM {year} (VÍ DỤ)", cols, leaf, "projects", year)


def assignment_by_unit(chance: Random, year: int) -> Form:
    projects = range(1, chance.randint(3, 7))

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        figures = {}
        for one in projects:
            for kind in ("dt", "sn"):
                figures[f"{kind}{one}"] = _dong(chance, form) if chance.random() < 0.6 else 0
        figures["doi_ung"] = _part(chance, sum(figures.values()) // 5)
        return figures

    keys = [f"{kind}{one}" for one in projects for kind in ("dt", "sn")]
    names = {"dt": "ĐT", "sn": "SN"}
    cols = [Col("ma", ("Mã QHNS",), "code"), Col("tong", ("Tổng số",), "money", "+".join(keys))]
    cols += [Col(key, (f"Dự án {key[2:]}", names[key[:2]]), "money") for key in keys]
    cols += [Col("doi_ung", (chance.choice(["Trong đó: vốn đối ứng", "Tr.đó: đối ứng"]),), "money", part_of="tong")]
    return Form("4.1.2", f"PHÂN BỔ VỐN NĂM {year} CHO CÁC ĐƠN VỊ (VÍ DỤ)", cols, leaf, "units", year)


def spending(chance: Random, year: int, *, by_unit: bool) -> Form:
    plan, after = ("KH vốn năm " + str(year)), "KH sau điều chỉnh"
    paid = (chance.choice(["Giải ngân từ đầu năm", "Lũy kế giải ngân từ đầu năm"]),)

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        old_dt, old_sn = _part(chance, _dong(chance, form), 0.3), _part(chance, _dong(chance, form), 0.3)
        new_dt, new_sn = _dong(chance, form), _dong(chance, form)
        whole = old_dt + old_sn + new_dt + new_sn
        less = _part(chance, whole // 4, 0.5)
        more = _part(chance, whole // 4, 0.5)
        full = whole - less + more
        spent = _part(chance, full, 0.02)
        return {
            "old_dt": old_dt, "old_sn": old_sn, "new_dt": new_dt, "new_sn": new_sn, "less": less, "more": more,
            "split": full - _part(chance, full // 5, 0.4), "month": _part(chance, spent), "paid": spent,
            "advance": _part(chance, spent // 3, 0.3), "next": spent + _part(chance, full - spent),
        }  # fmt: skip

    cols = [
        Col("old_dt", ("Vốn năm trước kéo dài", "ĐT"), "money"),
        Col("old_sn", ("Vốn năm trước kéo dài", "SN"), "money"),
        Col("new_dt", (plan, "ĐT"), "money"),
        Col("new_sn", (plan, "SN"), "money"),
        Col("less", ("Điều chỉnh", "Giảm"), "money"),
        Col("more", ("Điều chỉnh", "Tăng"), "money"),
        Col("after", (after,), "money", "old_dt+old_sn+new_dt+new_sn-less+more"),
        Col("split", ("Đã phân bổ chi tiết",), "money"),
        Col("left", ("Chưa phân bổ",), "money", "after-split"),
        Col("month", ("Giải ngân trong tháng",), "money"),
        Col("paid", paid, "money"),
        Col("advance", ("Trong đó: tạm ứng chưa thu hồi",), "money", part_of="paid"),
        Col("rate", (chance.choice(["Tỷ lệ (%)", "Tỷ lệ giải ngân (%)", "Tỷ lệ % so KH"]),), "percent", "paid/after",
            added=False),
    ]  # fmt: skip
    if by_unit:
        cols += [
            Col("before", ("Kỳ trước (%)",), "percent", added=False),
            Col("rank", ("Xếp hạng",), "count", added=False),
        ]
    else:
        cols.append(Col("next", ("Ước đến hết tháng sau",), "money"))
    cols.append(Col("why", ("Khó khăn, nguyên nhân",), "text"))
    if chance.random() < 0.4:  # the short edition of the same table
        away = {"split", "left", "month"}
        cols = [col for col in cols if col.key not in away]
    name, what = ("4.2.2", "ĐƠN VỊ") if by_unit else ("4.2.1", "DỰ ÁN")
    title = f"KẾT QUẢ GIẢI NGÂN THEO {what} NĂM {year} (VÍ DỤ)"
    return Form(name, title, cols, leaf, "units" if by_unit else "projects", year)


def adjustment(chance: Random, year: int) -> Form:
    """Blocks A. GIẢM and B. TĂNG, with one column of the amount moved or one for each direction."""
    one = chance.random() < 0.5

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        assigned = _dong(chance, form) * 3
        return {"assigned": assigned, "moved": _dong(chance, form), "paid": _part(chance, assigned // 4)}

    cols = [
        Col("body", ("Đơn vị, công trình",), "text"),
        Col("assigned", ("KH đã giao",), "money"),
        Col("paid", ("Đã giải ngân",), "money"),
        *(
            [Col("moved", ("Số vốn điều chỉnh",), "money")]
            if one
            else [
                Col("less", ("Điều chỉnh giảm",), "money"),
                Col("more", ("Điều chỉnh tăng",), "money"),
                Col("after", ("KH sau điều chỉnh",), "money", "assigned-less+more"),
            ]
        ),
        Col("why", ("Lý do",), "text"),
    ]
    return Form("4.4", f"ĐIỀU CHỈNH KẾ HOẠCH VỐN NĂM {year} (VÍ DỤ)", cols, leaf, "adjustment", year)


def poor_changes(chance: Random, year: int) -> Form:
    minus = [("out_near", "Sang cận nghèo"), ("out_above", "Vượt cận nghèo")]
    plus = [("again", ("Tái nghèo",)), ("new", ("Nghèo phát sinh",)), ("in_", ("Tăng khác",))]

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        every = chance.randrange(200, 2500)
        start = chance.randrange(20, every // 2)
        figures = {"all": every, "start": start}
        figures |= {key: chance.randrange(0, start // 6 + 1) for key, _ in minus}
        figures["less"] = chance.randrange(0, 4)
        figures |= {key: chance.randrange(0, 9) if chance.random() < 0.7 else 0 for key, _ in plus}
        figures["minority"] = chance.randrange(0, start // 3)
        return figures

    cols = [
        Col("all", ("Tổng số hộ dân cư",), "count"),
        Col("start", ("Hộ nghèo đầu năm", "Số hộ"), "count"),
        Col("start_rate", ("Hộ nghèo đầu năm", "Tỷ lệ (%)"), "percent", "start/all", added=False),
        *(Col(key, ("Số hộ thoát nghèo", text), "count") for key, text in minus),
        Col("less", ("Giảm khác",), "count"),
        *(Col(key, path, "count") for key, path in plus),
        Col("end", ("Hộ nghèo cuối năm", "Số hộ"), "count", "start-out_near-out_above-less+again+new+in_"),
        Col("end_rate", ("Hộ nghèo cuối năm", "Tỷ lệ (%)"), "percent", "end/all", added=False),
        Col("minority", ("Hộ nghèo DTTS",), "count"),
    ]
    return Form("4.5.1", f"DIỄN BIẾN HỘ NGHÈO NĂM {year} (VÍ DỤ)", cols, leaf, "places", year)


def poor_by_group(chance: Random, year: int) -> Form:
    groups = ["Kinh", "Tày", "Nùng", "Mông", "Dao", "Sán Chỉ", "Lô Lô", "Khác"][: chance.randint(4, 8)]
    kinds = [("all", "Tổng số hộ"), ("poor", "Hộ nghèo"), ("near", "Hộ cận nghèo")]

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        figures: dict[str, int] = {}
        for at in range(len(groups)):
            every = chance.randrange(0, 400) if chance.random() < 0.8 else 0
            poor = _part(chance, every // 2)
            figures |= {f"all{at}": every, f"poor{at}": poor, f"near{at}": _part(chance, every - poor)}
        return figures

    numbers = range(len(groups))
    cols = [Col(key, ("Tổng cộng", text), "count", "+".join(f"{key}{at}" for at in numbers)) for key, text in kinds]
    cols += [Col(f"{key}{at}", (groups[at], text), "count") for at in numbers for key, text in kinds]
    return Form("4.5.2", f"HỘ NGHÈO THEO DÂN TỘC NĂM {year} (VÍ DỤ)", cols, leaf, "places", year)


def deprivations(chance: Random, year: int) -> Form:
    names = ["Việc làm", "Người phụ thuộc", "Dinh dưỡng", "BHYT", "Trình độ người lớn", "Trẻ em đi học",
             "Chất lượng nhà ở", "Diện tích nhà ở", "Nước sinh hoạt", "Nhà tiêu", "Viễn thông",
             "Phương tiện thông tin"]  # fmt: skip

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        poor = chance.randrange(10, 300)
        return {"poor": poor, **{f"lack{at}": _part(chance, poor) for at in range(12)}}

    cols = [Col("poor", ("Tổng số hộ nghèo",), "count")]
    cols += [Col(f"lack{at}", ("Số hộ thiếu hụt các chỉ số", name), "count") for at, name in enumerate(names)]
    return Form("4.5.3", f"THIẾU HỤT CÁC DỊCH VỤ XÃ HỘI CƠ BẢN NĂM {year} (VÍ DỤ)", cols, leaf, "places", year)


def approved_works(chance: Random, year: int) -> Form:
    def leaf(chance: Random, form: Form) -> dict[str, int]:
        tw, dp, people = _dong(chance, form), _dong(chance, form) // 10, _part(chance, _dong(chance, form) // 30, 0.5)
        given = _part(chance, tw, 0.2)
        return {"tw": tw, "dp": dp, "people": people, "given": given, "plan": _part(chance, tw - given),
                "homes": chance.randrange(12, 240)}  # fmt: skip

    cols = [
        Col("place", ("Địa điểm XD",), "text"),
        Col("code", ("Mã dự án",), "code"),
        Col("paper", ("QĐ phê duyệt", "Số"), "text"),
        Col("day", ("QĐ phê duyệt", "Ngày"), "date"),
        Col("homes", ("Số hộ hưởng lợi",), "count", unit="hộ"),
        Col("cost", ("Tổng mức đầu tư", "Tổng số"), "money", "tw+dp+people"),
        Col("tw", ("Tổng mức đầu tư", "NSTW"), "money"),
        Col("dp", ("Tổng mức đầu tư", "NSĐP"), "money"),
        Col("people", ("Tổng mức đầu tư", "Dân góp"), "money"),
        Col("given", (f"Lũy kế vốn đã bố trí đến hết năm {year - 1}",), "money"),
        Col("plan", (f"Kế hoạch năm {year}",), "money"),
        Col("note", ("Ghi chú",), "text"),
    ]
    return Form("4.7.2", "DANH MỤC CÔNG TRÌNH ĐƯỢC DUYỆT (VÍ DỤ)", cols, leaf, "works", year)


def needs(chance: Random, year: int) -> Form:
    def leaf(chance: Random, form: Form) -> dict[str, int]:
        works, money = chance.randrange(3, 90), _dong(chance, form)
        return {"works": works, "money": money, "got_works": chance.randrange(0, works), "got": _part(chance, money)}

    cols = [
        Col("works", ("Nhu cầu", "Số CT"), "count", unit="công trình"),
        Col("money", ("Nhu cầu", "Vốn"), "money"),
        Col("got_works", ("Bố trí được", "Số CT"), "count", unit="công trình"),
        Col("got", ("Bố trí được", "Vốn"), "money"),
        Col("rate", ("Tỷ lệ đáp ứng (%)",), "percent", "got/money", added=False),
        Col("short", ("Còn thiếu",), "money", "money-got"),
    ]
    return Form("4.7.3", f"NHU CẦU VÀ ĐÁP ỨNG VỐN NĂM {year} (VÍ DỤ)", cols, leaf, "fields", year)


def census(chance: Random, year: int) -> Form:
    """A free table of people: two ways of dividing one total, a density nobody may add."""
    groups = ["Tày", "Nùng", "Mông", "Dao", "Kinh", "Khác"][-chance.randint(2, 6) :]

    def leaf(chance: Random, form: Form) -> dict[str, int]:
        people = {f"g{at}": chance.randrange(0, 4000) for at in range(len(groups))}
        every = sum(people.values())
        men = every // 2 + chance.randrange(-every // 50 - 1, every // 50 + 1)
        return {**people, "men": max(men, 0), "women": every - max(men, 0)}

    cols = [
        Col("all", ("Tổng số (người)",), "count", "men+women", unit="người"),
        Col("men", ("Chia theo giới tính", "Nam"), "count"),
        Col("women", ("Chia theo giới tính", "Nữ"), "count"),
        *(Col(f"g{at}", ("Chia theo dân tộc", name), "count") for at, name in enumerate(groups)),
    ]
    if chance.random() < 0.5:
        cols.append(Col("women_rate", ("Tỷ lệ nữ (%)",), "percent", "women/all", added=False))
    return Form("census", f"DÂN SỐ CHIA THEO DÂN TỘC NĂM {year} (VÍ DỤ)", cols, leaf, "places", year)


def indicators(chance: Random, year: int) -> Form:
    def leaf(chance: Random, form: Form) -> dict[str, int]:
        plan = chance.randrange(40, 9000)
        return {"plan": plan, "done": _part(chance, plan)}

    cols = [
        Col("dvt", (chance.choice(["ĐVT", "Đơn vị tính", "Đ.V.T"]),), "text", added=False),
        Col("plan", (f"Kế hoạch năm {year}",), "count"),
        Col("done", ("Thực hiện",), "count"),
    ]
    if chance.random() < 0.6:
        cols.append(Col("rate", ("Tỷ lệ (%)",), "percent", "done/plan", added=False))
    return Form("indicators", f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM {year} (VÍ DỤ)", cols, leaf, "indicators", year)


LAYOUTS: dict[str, Callable[[Random, int], Form]] = {
    "4.1.1": assignment_by_project,
    "4.1.2": assignment_by_unit,
    "4.2.1": lambda chance, year: spending(chance, year, by_unit=False),
    "4.2.2": lambda chance, year: spending(chance, year, by_unit=True),
    "4.4": adjustment,
    "4.5.1": poor_changes,
    "4.5.2": poor_by_group,
    "4.5.3": deprivations,
    "4.7.2": approved_works,
    "4.7.3": needs,
    "census": census,
}

WIDER: dict[str, Callable[[Random, int], Form]] = {"indicators": indicators}  # of seeds from ``making.WIDER_FROM`` on
