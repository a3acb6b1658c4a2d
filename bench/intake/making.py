"""The made workbook: a long list of households, 20 columns, one row in a hundred bad in one of six ways.

Words for an amount, an impossible day, an unknown commune, no name, more paid than planned, a short identity number.
All people, codes and amounts are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HEADS = [
    "STT", "Mã hộ", "Họ và tên chủ hộ", "Số định danh", "Ngày sinh", "Giới tính", "Dân tộc", "Mã tỉnh", "Mã xã", "Thôn",
    "Số khẩu", "Diện hộ", "Mã dự án", "Nguồn vốn", "Kế hoạch vốn (đồng)", "Đã giải ngân (đồng)", "Ngày giải ngân",
    "Số quyết định", "Nội dung hỗ trợ", "Số điện thoại",
]  # fmt: skip
GROUPS = ["Tày", "Nùng", "Mông", "Dao", "Lô Lô", "Sán Chỉ", "Kinh"]
COMMUNES = [f"{number:05d}" for number in range(1279, 1800)]
CLASSES = ["Hộ nghèo", "Hộ cận nghèo", "Hộ khác"]
SOURCES = ["NSTW", "NSĐP"]
CODES = [
    "stt", "code", "name", "id", "born", "sex", "people", "province", "commune", "hamlet", "size", "class", "component",
    "source", "plan", "paid", "paid_on", "decision", "note", "phone",
]  # fmt: skip


def households(count: int, chance: random.Random) -> Iterator[list[object]]:
    """Rows of the list; every hundredth is bad in one of six ways."""
    for number in range(1, count + 1):
        plan = chance.randrange(4, 60) * 1_000_000
        row: list[object] = [
            number, f"VD{number:08d}", f"Người Ví Dụ {number}", f"{chance.randrange(10**11):012d}",
            date(1945, 1, 1) + timedelta(days=chance.randrange(22_000)), chance.choice(["Nam", "Nữ"]),
            chance.choice(GROUPS), "04", chance.choice(COMMUNES), f"Thôn {chance.randrange(1, 20)}",
            chance.randrange(1, 10), chance.choice(CLASSES),
            f"DA{chance.randrange(1, 11)}.TDA{chance.randrange(1, 4)}", chance.choice(SOURCES), plan,
            chance.randrange(0, plan), date(2024, 1, 1) + timedelta(days=chance.randrange(600)),
            f"{chance.randrange(1, 999)}/QĐ-UBND", "Hỗ trợ nhà ở" if chance.random() < 0.3 else None,
            f"09{chance.randrange(10**8):08d}",
        ]  # fmt: skip
        if number % 100 == 50:
            place, said = [(14, "năm triệu đồng"), (16, "31/02/2025"), (8, "99999"), (2, None), (15, plan + 1),
                           (3, str(row[3])[:-1])][number // 100 % 6]  # fmt: skip
            row[place] = said
        yield row


def write(path: Path, count: int) -> Path:
    """The workbook, with shared texts, as Excel writes it."""
    import xlsxwriter  # here: contestants with an environment of their own need only the lists above

    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("DanhSach")
    sheet.write_row(0, 0, HEADS)
    for at, row in enumerate(households(count, random.Random(1719)), start=1):
        sheet.write_row(at, 0, row)
    book.close()
    return path
