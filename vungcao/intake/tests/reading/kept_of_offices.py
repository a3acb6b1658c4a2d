"""Kept workbooks as officers make them by hand (practice §3, §4): pages, shared labels, sums on the side, two tables.

Their truth is written here by hand, as in ``kept``. All names and figures are invented.
"""

from __future__ import annotations

from typing import Any

from vungcao.intake.tests.reading.kept_book import PLAN, Kept, Rows

MILLION = [["BIỂU TỔNG HỢP (VÍ DỤ)"], ["ĐVT: triệu đồng"]]
HOUSEHOLDS = [["BIỂU SỐ HỘ (VÍ DỤ)"], ["ĐVT: hộ"]]
HEAD = PLAN[:3]
WORKS: Rows = [
    ["UBND TỈNH VÍ DỤ", *[None] * 7, "Phụ lục II"], ["DANH MỤC CÔNG TRÌNH NĂM 2024 (VÍ DỤ)"],
    [*[None] * 8, "Đơn vị tính: triệu đồng"],
    ["STT", "Danh mục công trình", "Chủ đầu tư", "Thời gian KC-HT", "Tổng mức đầu tư", None, None, "Kế hoạch",
     "Ghi chú"],
    [*[None] * 4, "Tổng số", "Trong đó"], [*[None] * 5, "NSTW", "NSĐP"], [1, 2, 3, 4, "5=6+7", 6, 7, 8, 9],
    [None, "TỔNG SỐ", None, None, 6000, 5000, 1000, 3000],
    ["A", "Công trình chuyển tiếp", None, None, 4000, 3500, 500, 1500],
    [1, "Đường Xóm 1 - Xóm 2", "UBND xã Ví Dụ Một", "2022-2024", 2500, 2200, 300, 800],
    [2, "Nhà văn hóa xóm 3", "UBND xã Ví Dụ Hai", "2023-2024", 1500, 1300, 200, 700, "thiếu mặt bằng"],
    ["B", "Công trình khởi công mới", None, None, 2000, 1600, 500, 1500],
    [1, "Nước sinh hoạt", "UBND xã Ví Dụ Ba", "2024-2025", 2000, 1500, 500, "-"],
    ["(Ghi chú: số liệu ví dụ)"], ["NGƯỜI LẬP BIỂU", *[None] * 6, "TRƯỞNG BAN"],
]  # fmt: skip


def kept(name: str, rows: Rows, first: int, last: str, lines: dict[int, str], **more: Any) -> Kept:
    """A workbook whose table begins in column A with a head of one row, in ``first``, and ends at ``last``."""
    settled = {"range": f"A{first}:{last}", "head": (first, first), "dong": 1_000_000, "values": {}} | more
    return Kept(name, rows, lines=lines, **settled)


OF_OFFICES = [
    kept(
        "mang_sang_qua_ba_trang",
        [*MILLION, HEAD, [1, "Xã Một", 10], [2, "Xã Hai", 20], [None, "Cộng mang sang", 30], HEAD,
         [None, "Mang sang", 30], [3, "Xã Ba", 30], [None, "Cộng chuyển trang sau", 60], HEAD,
         [None, "Trang trước mang sang", 60], [4, "Xã Bốn", 40], [None, "Tổng cộng", 100],
         ["Bằng chữ: Một trăm triệu đồng"]],
        3, "C14",
        {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "total - - Cộng mang sang", 8: "total - - Mang sang",
         9: "item 3 - Xã Ba", 10: "total - - Cộng chuyển trang sau", 12: "total - - Trang trước mang sang",
         13: "item 4 - Xã Bốn", 14: "total - - Tổng cộng"},
        values={"C6": "30", "C14": "100"}, undoubted=["C14"],
    ),
    kept(
        "hai_bang_canh_nhau_don_vi_rieng",
        [["BIỂU A (VÍ DỤ)", None, None, None, "BIỂU B (VÍ DỤ)"], ["ĐVT: triệu đồng", None, None, None, "ĐVT: hộ"],
         [*HEAD, None, "STT", "Xã", "Số hộ"], [1, "Xã Một", 100, None, 1, "Xã Một", 10],
         [2, "Xã Hai", 200, None, 2, "Xã Hai", 20], [None, "Cộng", 300, None, None, "Cộng", 31], [],
         ["NGƯỜI LẬP BIỂU", None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"]],
        3, "C6", {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "total - - Cộng"},
        tables=2, values={"C6": "300"}, undoubted=["C6"], fails=["G6"],
    ),
    kept(
        "hai_bang_chu_ky_o_giua",
        [["BIỂU 1: GIAO VỐN (ĐVT: triệu đồng)"], HEAD, [1, "Xã Một", 100], [2, "Xã Hai", 200], [None, "Cộng", 300],
         ["NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"], ["(Ký, ghi rõ họ tên)"], [],
         ["BIỂU 2: HỘ NGHÈO (Đơn vị tính: hộ)"], ["STT", "Xã", "Số hộ"], [1, "Xã Một", 10], [2, "Xã Hai", 20],
         [None, "Cộng", 31]],
        2, "C5", {3: "item 1 - Xã Một", 4: "item 2 - Xã Hai", 5: "total - - Cộng"},
        tables=2, values={"C5": "300"}, undoubted=["C5"], fails=["C13"],
    ),
    kept(
        "trong_do_hai_tang_roi_den_dong_danh_so",
        [*MILLION, HEAD, [None, "Tổng cộng", 60], ["I", "Dự án 1", 60], [None, "Trong đó:"], ["-", "NSTW", 55],
         ["+", "Trong nước", 50], ["+", "Ngoài nước", 5], ["-", "NSĐP", 5], [1, "Tiểu dự án 1", 40],
         [None, "Trong đó: NSTW", 38], [2, "Tiểu dự án 2", 20]],
        3, "C13",
        {4: "total - - Tổng cộng", 5: "section I - Dự án 1", 6: "of_which - 5 Trong đó:", 7: "of_which - 5 NSTW",
         8: "of_which + 7 Trong nước", 9: "of_which + 7 Ngoài nước", 10: "of_which - 5 NSĐP",
         11: "item 1 5 Tiểu dự án 1", 12: "of_which - 11 Trong đó: NSTW", 13: "item 2 5 Tiểu dự án 2"},
        values={"C6": "!empty"}, undoubted=["C4", "C5", "C7", "C11"],
    ),
    kept(
        "nhan_gop_doc_co_dong_cong_o_cot_hai",
        [*MILLION, ["STT", "Dự án", "Xã", "Vốn"], [None, "Tổng cộng", None, 150], [1, "Dự án 1", "Cộng", 60],
         [None, None, "Xã Một", 10], [None, None, "Xã Hai", 59], [2, "Dự án 2", "Cộng", 90],
         [None, None, "Xã Một", 40], [None, None, "Xã Hai", 50]],
        3, "D10",
        {4: "total - - Tổng cộng", 5: "section 1 - Dự án 1", 6: "item 1 5 Dự án 1", 7: "item 1 5 Dự án 1",
         8: "section 2 - Dự án 2", 9: "item 2 8 Dự án 2", 10: "item 2 8 Dự án 2"},
        merges=["A5:A7", "B5:B7", "A8:A10", "B8:B10"], values={"C6": "!text", "D7": "59"},
        undoubted=["D4", "D8"], fails=["D5"],
    ),
    kept(
        "danh_so_lien_tuc_qua_cac_huyen",
        [*HOUSEHOLDS, ["STT", "Đơn vị", "Số hộ"], [None, "TOÀN TỈNH", 100], [None, "Huyện A", 30], [1, "Xã Một", 10],
         [2, "Xã Hai", 20], [None, "Huyện B", 70], [3, "Xã Ba", 30], [4, "Xã Bốn", 41]],
        3, "C10",
        {4: "total - - TOÀN TỈNH", 5: "section - - Huyện A", 6: "item 1 5 Xã Một", 7: "item 2 5 Xã Hai",
         8: "section - - Huyện B", 9: "item 3 8 Xã Ba", 10: "item 4 8 Xã Bốn"},
        dong=None, undoubted=["C4", "C5"], fails=["C8"],
    ),
    kept(
        "tong_o_ca_hai_dau_lech_nhau",
        [*MILLION, HEAD, [None, "Tổng cộng", 300], [1, "Xã Một", 100], [2, "Xã Hai", 200], [None, "Cộng", 310]],
        3, "C7", {4: "total - - Tổng cộng", 5: "item 1 - Xã Một", 6: "item 2 - Xã Hai", 7: "total - - Cộng"},
        undoubted=["C4"], fails=["C7"],
    ),
    kept(
        "ma_don_vi_truoc_ten_don_vi",
        [*MILLION, ["Mã QHNS", "Tên đơn vị", "Dự toán"], ["1012345", "UBND xã Một", 100],
         ["1012346", "UBND xã Hai", 200],
         ["Tổng cộng", None, 300]],
        3, "C6", {4: "item - - UBND xã Một", 5: "item - - UBND xã Hai", 6: "total - - Tổng cộng"},
        values={"A4": "!text", "C6": "300"}, undoubted=["C6"], saved_as="ods",
    ),
    kept(
        "so_nhap_duoi_dong_tong",
        [*MILLION, HEAD, [1, "Xã Một", 10], [2, "Xã Hai", 20], [None, "Cộng", 30], [], [None, None, 5],
         [None, None, 25]],
        3, "C6", {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "total - - Cộng"}, undoubted=["C6"],
    ),
    kept(
        "tang_giam_giua_hai_nam",
        [*HOUSEHOLDS, ["STT", "Xã", "Năm 2023", "Năm 2024", "Tăng (+), giảm (-)"], [1, "Xã Một", 100, 90, -10],
         [2, "Xã Hai", 150, 130, "(20)"], [3, "Xã Ba", 50, 30, -20], [4, "Xã Bốn", 50, 40, 10],
         [None, "Cộng", 350, 290, -40]],
        3, "E8",
        {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "item 3 - Xã Ba", 7: "item 4 - Xã Bốn", 8: "total - - Cộng"},
        dong=None, values={"E5": "-20", "C8": "350"}, undoubted=["C8", "D8", "E4", "E5"], fails=["E7", "E8"],
    ),
    kept(
        "cong_o_cot_ngoai_cung",
        [*HOUSEHOLDS, ["STT", "Xã", "Tày", "Nùng", "Mông", "Cộng"], [1, "Xã Một", 10, 20, 30, 60],
         [2, "Xã Hai", 1, 2, 3, 6], [3, "Xã Ba", 5, 5, 5, 16], [4, "Xã Bốn", 1, 1, 1, 3]],
        3, "F7", {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "item 3 - Xã Ba", 7: "item 4 - Xã Bốn"},
        dong=None, undoubted=["F4", "F5", "F7"], fails=["F6"],
    ),
    kept(
        "dinh_dang_chia_cho_trieu",
        [*MILLION, HEAD, [1, "Xã Một", 1_234_567_890], [2, "Xã Hai", 2_000_000_000], [None, "Cộng", 3_234_567_890]],
        3, "C6", {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "total - - Cộng"},
        formats=dict.fromkeys(("C4", "C5", "C6"), "#,##0,,"), values={"C4": "1234.56789", "C5": "2000"},
        undoubted=["C6"], warned=["number.scaled C4"],
    ),
    kept(
        "cong_thuc_nhan_voi_phan_tram",
        [*MILLION, [*HEAD, "Tỷ lệ", "Đối ứng"], [1, "Xã Một", 100, 0.5, "=C4*D4"], [2, "Xã Hai", 200, 0.25, "=C5*D5"],
         [3, "Xã Ba", 300, 0.1, "=C6*D6"]],
        3, "E6", {4: "item 1 - Xã Một", 5: "item 2 - Xã Hai", 6: "item 3 - Xã Ba"},
        formats=dict.fromkeys(("D4", "D5", "D6"), "0%"), results={"E4": 50, "E5": 50, "E6": 30},
        values={"D4": "50", "E4": "50", "E6": "30"},
    ),
    kept(
        "so_co_dau_sao_chu_thich",
        [*MILLION, HEAD, [None, "Tổng cộng", "3.234,5"], [1, "Xã Một", "1.234,5 (*)"], [2, "Xã Hai", "2.000**"],
         ["(*) Bao gồm vốn kéo dài 500 triệu đồng"], ["(**) Số ước"]],
        3, "C6", {4: "total - - Tổng cộng", 5: "item 1 - Xã Một", 6: "item 2 - Xã Hai"},
        values={"C5": "1234.5", "C6": "2000"}, undoubted=["C4"],
    ),
    kept(
        "du_no_tin_dung_cuoi_ky",
        [*MILLION, ["STT", "Chương trình", "Dư nợ đầu năm", "Doanh số cho vay", "Doanh số thu nợ", "Dư nợ cuối kỳ"],
         [1, "Hộ nghèo", 100, 20, 10, 110], [2, "Hộ cận nghèo", 100, 30, 10, 120], [3, "Nước sạch", 50, 10, 5, 55],
         [4, "Sản xuất", 50, 10, 5, 75]],
        3, "F7",
        {4: "item 1 - Hộ nghèo", 5: "item 2 - Hộ cận nghèo", 6: "item 3 - Nước sạch", 7: "item 4 - Sản xuất"},
        undoubted=["F4", "F5", "F6"], fails=["F7"],
    ),
    *(
        kept(
            f"danh_muc_cong_trinh_ba_tang_dau{ending}",
            WORKS, 4, "I13",
            {8: "total - - TỔNG SỐ", 9: "section A - Công trình chuyển tiếp", 10: "item 1 9 Đường Xóm 1 - Xóm 2",
             11: "item 2 9 Nhà văn hóa xóm 3", 12: "section B - Công trình khởi công mới",
             13: "item 1 12 Nước sinh hoạt"},
            head=(4, 7), saved_as=saved_as,
            merges=["A4:A6", "B4:B6", "C4:C6", "D4:D6", "E4:G4", "E5:E6", "F5:G5", "H4:H6", "I4:I6"],
            values={"D10": "!text", "E8": "6000", "H13": "!not_applicable", "I11": "!text"},
            undoubted=["E8", "G8", "H8", "E9", "F9", "E10", "E11", "E13"], fails=["E12", "F12", "F8"],
        )
        for ending, saved_as in (("", "xlsx"), ("_xls", "xls"))
    ),
]  # fmt: skip
