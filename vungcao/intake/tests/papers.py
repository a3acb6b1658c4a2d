"""Invented papers, each built at test time and named for its fault (all figures "ví dụ")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Row = Sequence[Any]

DA1 = "Dự án 1: Giải quyết tình trạng thiếu đất ở, nhà ở, đất sản xuất, nước sinh hoạt"
DA2 = "Dự án 2: Quy hoạch, sắp xếp, bố trí, ổn định dân cư ở những nơi cần thiết"
DA5 = "Dự án 5: Phát triển giáo dục đào tạo nâng cao chất lượng nguồn nhân lực"
TDA1 = "Tiểu dự án 1"
TDA2 = "Tiểu dự án 2"


@dataclass(frozen=True)
class Paper:
    """One sheet: corner, paper's number, title, lines under it, unit, head, row of column numbers, body."""

    corner: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "HUYỆN BẢO LẠC")
    right: tuple[str, ...] = ("Biểu số 01", "Số: 60/BC-UBND (ví dụ), ngày 03/6/2024")
    title: str = "BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024"
    under: tuple[str, ...] = ("(Số liệu đến ngày 31/5/2024; lũy kế từ ngày 01/01/2024)",)
    unit: str = "Đơn vị tính: triệu đồng"
    heads: tuple[tuple[str, ...], ...] = (
        ("STT", ""), ("Nội dung", ""), ("Giải ngân lũy kế từ đầu năm", "Tổng số"),
        ("Giải ngân lũy kế từ đầu năm", "ĐT"), ("Giải ngân lũy kế từ đầu năm", "SN"),
    )  # fmt: skip
    numbers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = (("", "TỔNG CỘNG", 30, 20, 10), ("I", DA1, 30, 20, 10))
    sheet: str = "BM01"
    hidden_cols: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    more: Mapping[str, Paper] = field(default_factory=dict)

    def but(self, **changes: Any) -> Paper:
        """The same paper with something else in it."""
        return replace(self, **changes)


HEAD_ROW = 8  # every paper's head begins here, its body below its head (two rows, where nothing more is said)
BODY_ROW = 10


def write(path: Path, paper: Paper) -> Path:
    """Write ``paper`` as xlsx at ``path``; ``paper.more`` are further sheets (name → paper)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.active)
    for name, one in {paper.sheet: paper, **paper.more}.items():
        _sheet(book.create_sheet(name), one)
    book.save(path)
    return path


def _sheet(sheet: Any, paper: Paper) -> None:
    for at, text in enumerate(paper.corner, start=1):
        sheet.cell(at, 1, text)
    for at, text in enumerate(paper.right, start=1):
        sheet.cell(at, len(paper.heads), text)
    sheet.cell(4, 1, paper.title)
    for at, text in enumerate((*paper.under, "VÍ DỤ: mọi số trong biểu này là đặt ra.")):
        sheet.cell(5 + at, 1, text)
    if paper.unit:
        sheet.cell(HEAD_ROW - 1, len(paper.heads), paper.unit)
    depth = max(len(head) for head in paper.heads)
    for col, head in enumerate(paper.heads, start=1):
        for at, text in enumerate(head):
            sheet.cell(HEAD_ROW + at, col, text or None)
    _merge_heads(sheet, [(*head, *[""] * (depth - len(head))) for head in paper.heads], depth)
    for col, text in enumerate(paper.numbers, start=1):
        sheet.cell(HEAD_ROW + depth, col, text)
    body = HEAD_ROW + depth + bool(paper.numbers)
    for at, row in enumerate(paper.rows):
        for col, said in enumerate(row, start=1):
            sheet.cell(body + at, col, said if said != "" else None)
    for letter in paper.hidden_cols:
        sheet.column_dimensions[letter].hidden = True
    for number in paper.hidden_rows:
        sheet.row_dimensions[number].hidden = True


def _merge_heads(sheet: Any, heads: Sequence[tuple[str, ...]], depth: int) -> None:
    """Alone over blanks: merged down; the same texts side by side, down to a row: merged across."""
    for col, head in enumerate(heads, start=1):
        last = max(at for at, text in enumerate(head) if text or at == 0)
        if last < depth - 1:
            sheet.merge_cells(start_row=HEAD_ROW + last, end_row=HEAD_ROW + depth - 1, start_column=col, end_column=col)
    for at in range(depth - 1):
        start = 0
        for col in range(1, len(heads) + 1):
            if col < len(heads) and heads[col][: at + 1] == heads[start][: at + 1] and any(heads[col][at + 1 :]):
                continue
            if col - start > 1 and heads[start][at]:
                row = HEAD_ROW + at
                sheet.merge_cells(start_row=row, end_row=row, start_column=start + 1, end_column=col)
            start = col


STATEMENT = Paper()

ASSIGNED = Paper(
    corner=("THỦ TƯỚNG CHÍNH PHỦ",),
    right=("Phụ lục 01",),
    title="GIAO KẾ HOẠCH VỐN, DỰ TOÁN NĂM 2024 CHƯƠNG TRÌNH MTQG 1719",
    under=("(Kèm theo Quyết định số 01/QĐ-TTg (ví dụ) ngày 10/12/2023)",),
    heads=(
        ("STT", ""), ("Nội dung", ""), ("Tổng cộng", ""), ("Vốn đầu tư", "Tổng"), ("Vốn đầu tư", "NSTW"),
        ("Vốn sự nghiệp", "Tổng"), ("Vốn sự nghiệp", "NSTW"),
    ),
    rows=(("", "TỔNG CỘNG", 300, 200, 200, 100, 100),),
    sheet="PL01",
)  # fmt: skip

ALLOCATED = ASSIGNED.but(
    corner=("HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG",),
    title="PHÂN BỔ VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO DỰ ÁN",
    under=("(Kèm theo Nghị quyết số 02/NQ-HĐND (ví dụ) ngày 14/12/2023)",),
    rows=(
        ("", "TỔNG CỘNG", 300, 200, 200, 100, 100),
        ("I", DA1, 180, 120, 120, 60, 60),
        ("II", DA5, 120, 80, 80, 40, 40),
        ("1", TDA1, 90, 80, 80, 10, 10),
        ("2", TDA2, 30, "-", "-", 30, 30),
    ),
)

BY_UNIT = Paper(
    corner=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",),
    right=("Phụ lục 01",),
    title="GIAO KẾ HOẠCH VỐN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO ĐƠN VỊ",
    under=("(Kèm theo Quyết định số 03/QĐ-UBND (ví dụ) ngày 20/12/2023)",),
    heads=(
        ("STT", ""), ("Đơn vị", ""), ("Tổng cộng", ""), ("Dự án 1", "ĐT"), ("Dự án 1", "SN"),
        ("Dự án 5", "ĐT"), ("Dự án 5", "SN"),
    ),
    rows=(
        ("", "TỔNG CỘNG", 240, 100, 40, 70, 30),
        ("1", "UBND huyện Bảo Lạc", 140, 60, 30, 40, 10),
        ("2", "UBND huyện Hà Quảng", 100, 40, 10, 30, 20),
    ),
    sheet="PL01",
)  # fmt: skip

OF_135 = STATEMENT.but(
    right=("Biểu số 01", "Số: 47/BC-UBND (ví dụ), ngày 18/11/2021"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH 135",
    under=("(Số liệu đến ngày 15/11/2021; lũy kế từ ngày 01/01/2021)",),
    rows=(
        ("", "TỔNG CỘNG", 30, 20, 10),
        ("I", "Tiểu dự án 1: Hỗ trợ đầu tư cơ sở hạ tầng", 20, 20, "-"),
        ("II", "Tiểu dự án 3: Nâng cao năng lực cho cộng đồng và cán bộ cơ sở", 10, "-", 10),
    ),
)

BY_PLACE = STATEMENT.but(
    corner=("UBND TỈNH CAO BẰNG", "BAN DÂN TỘC"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024 THEO ĐƠN VỊ",
    heads=(("STT", ""), ("Đơn vị", ""), *STATEMENT.heads[2:]),
    rows=(("", "TỔNG CỘNG", 30, 20, 10), ("1", "Huyện Bảo Lạc", 30, 20, 10)),
)
