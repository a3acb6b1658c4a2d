"""The report and the list that all contestants write: same text, same tables, same rows (fixed seed, invented)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Final

HEADS: Final = ("STT", "Tên tiểu dự án", "Kế hoạch", "Giải ngân", "Tỷ lệ", "Ghi chú")
TEXT: Final = (
    "Thực hiện Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi, "
    "Ban Dân tộc tỉnh báo cáo kết quả như sau (ví dụ). "
) * 6
TABLES: Final = 25
ROWS: Final = 22
LIST_HEADS: Final = (
    *("STT", "Mã hộ", "Chủ hộ", "Ngày sinh", "Dân tộc", "Xóm", "Xã", "Huyện", "Mã xã", "Số khẩu"),
    *("Thu nhập", "Diện", "Dự án", "Nguồn", "Ngày duyệt", "Kế hoạch", "Ngày chi", "Đã chi", "Còn lại", "Ghi chú"),
)
KINDS: Final = (
    *("number", "text", "text", "date", "text", "text", "text", "text", "text", "number"),
    *("number", "text", "text", "text", "date", "number", "date", "number", "number", "text"),
)


def tables() -> list[list[tuple[str, str, int, int, float, str]]]:
    """25 tables of 22 rows: mark, name, plan and paid in đồng, rate, remark."""
    dice = random.Random(3)
    made = []
    for table in range(TABLES):
        rows = []
        for row in range(ROWS):
            plan = dice.randrange(1, 10**6) * 1_000_000
            paid = dice.randrange(plan // 1_000_000) * 1_000_000
            name = f"Tiểu dự án {table}.{row}: hỗ trợ phát triển sản xuất vùng đồng bào"
            rows.append((f"{row + 1}", name, plan, paid, round(paid * 100 / plan, 1), dice.choice(("Đạt", "Chậm"))))
        made.append(rows)
    return made


def list_rows(count: int) -> list[tuple[str | int | date | None, ...]]:
    """Rows of a list of households (ví dụ): text, whole numbers, dates, some cells empty."""
    dice = random.Random(11)
    groups = ("Tày", "Nùng", "Mông", "Dao", "Sán Chỉ", "Lô Lô", "Kinh")
    made = []
    for number in range(1, count + 1):
        plan = dice.randrange(1, 400) * 100_000
        paid = dice.randrange(plan + 1)
        bought = date(2024, 1, 1) + timedelta(dice.randrange(360))
        commune = dice.randrange(161)
        made.append(
            (
                number, f"VD{number:08d}", f"Họ và Tên Ví Dụ {number}",
                date(1950, 1, 1) + timedelta(dice.randrange(20000)), dice.choice(groups),
                f"Xóm Nà {dice.randrange(900)}", f"Xã Ẩm Ướt {commune}", f"Huyện {commune % 10}",
                f"0{commune:04d}", dice.randrange(1, 12), dice.randrange(10**7), dice.choice(("nghèo", "cận nghèo")),
                f"DA{dice.randrange(1, 11)}", "dau_tu:NSTW", bought, plan,
                bought if paid else None, paid, plan - paid, dice.choice(("", "đủ hồ sơ", "thiếu <ảnh> & chữ ký")),
            )
        )  # fmt: skip
    return made
