"""Builds the example registers of documents: `python -m examples.so_van_ban [FOLDER]`. Every document is invented.

In the register out: no number 6 (a gap), 8 twice (a double), 9a put between (inserted), 10 cancelled. Of the documents
in, one was answered late and one is not answered.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent / "so-van-ban"
OUT, IN = "So van ban di Ban Dan toc 2025.xlsx", "So van ban den Ban Dan toc 2025.xlsx"
HEADS = {
    OUT: ("Số", "Ký hiệu", "Ngày văn bản", "Loại", "Trích yếu", "Nơi nhận", "Trả lời văn bản số", "Tình trạng số",
          "Lý do"),
    IN: ("Số đến", "Ngày đến", "Cơ quan gửi", "Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Phòng xử lý", "Hạn"),
}  # fmt: skip
LINES = {
    OUT: (
        ("1", "KH-VD", "06/01/2025", "Kế hoạch", "Kế hoạch công tác ví dụ", "Các phòng ví dụ", "", "", ""),
        ("2", "CV-VD", "08/01/2025", "Công văn", "V/v đôn đốc số liệu ví dụ", "UBND các huyện ví dụ", "", "", ""),
        ("3", "CV-VD", "10/01/2025", "Công văn", "V/v trả lời kiến nghị ví dụ", "UBND xã Ví Dụ A", "1", "", ""),
        ("4", "BC-VD", "14/01/2025", "Báo cáo", "Báo cáo tháng ví dụ", "UBND tỉnh ví dụ", "", "", ""),
        ("5", "CV-VD", "15/01/2025", "Công văn", "V/v góp ý dự thảo ví dụ", "Sở Ví Dụ", "2", "", ""),
        ("7", "CV-VD", "17/01/2025", "Công văn", "V/v cử người dự họp ví dụ", "Sở Ví Dụ", "", "", ""),
        ("8", "CV-VD", "20/01/2025", "Công văn", "V/v kiểm tra ví dụ", "UBND huyện Ví Dụ", "", "", ""),
        ("8", "TTr-VD", "20/01/2025", "Tờ trình", "Tờ trình ví dụ", "UBND tỉnh ví dụ", "", "", ""),
        ("9", "CV-VD", "21/01/2025", "Công văn", "V/v tổ chức hội nghị ví dụ", "Các xã ví dụ", "", "", ""),
        ("9a", "CV-VD", "21/01/2025", "Công văn", "V/v bổ sung hội nghị ví dụ", "Các xã ví dụ", "", "",
         "ký sau khi đã cấp số 10 (ví dụ)"),
        ("10", "CV-VD", "22/01/2025", "Công văn", "V/v soạn nhầm ví dụ", "", "", "Đã hủy", "soạn trùng (ví dụ)"),
    ),
    IN: (
        ("1", "03/01/2025", "UBND xã Ví Dụ A", "12/UBND-VD", "02/01/2025", "Kiến nghị ví dụ", "P. Ví Dụ", "08/01/2025"),
        ("2", "09/01/2025", "Sở Ví Dụ", "34/SVD", "08/01/2025", "Dự thảo ví dụ, xin góp ý", "P. Ví Dụ", "20/01/2025"),
        ("3", "13/01/2025", "UBND tỉnh ví dụ", "5/UBND-VD", "11/01/2025", "Giao việc ví dụ", "P. Ví Dụ", "31/01/2025"),
        ("4", "16/01/2025", "Sở Ví Dụ", "41/SVD", "15/01/2025", "Giấy mời ví dụ", "Văn phòng ví dụ", ""),
    ),
}  # fmt: skip


def build(folder: Path) -> list[Path]:
    """The two workbooks, written into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name) for name in HEADS]


def _write(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "Ví dụ", "author": "Ví dụ", "created": datetime(2025, 2, 1)})
        sheet, bold = book.add_worksheet("Sổ"), book.add_format({"bold": True, "text_wrap": True, "border": 1})
        way = "ĐI" if path.name == OUT else "ĐẾN"
        sheet.write("A1", f"SỔ VĂN BẢN {way} NĂM 2025", book.add_format({"bold": True}))
        sheet.write("A2", "VÍ DỤ: mọi văn bản, số, ngày là đặt ra", book.add_format({"font_color": "#C00000"}))
        sheet.write_row(3, 0, HEADS[path.name], bold)
        for row, line in enumerate(LINES[path.name], 4):
            sheet.write_row(row, 0, line)
        for column, head in enumerate(HEADS[path.name]):
            sheet.set_column(column, column, 40 if head == "Trích yếu" else 16)
    return path


if __name__ == "__main__":
    for file in build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(file)
