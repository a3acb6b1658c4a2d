"""The kept workbooks of the reader: each has one difficulty, and its truth is written here by hand.

``python -m vungcao.intake.tests.reading.kept`` writes them anew into ``tests/workbooks/reading/kept`` (LibreOffice
needed for those it saves); the tests read what is kept there and never write. All names and figures are invented.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from vungcao.intake.tests.reading.kept_book import PLAN, SIMPLE, SIMPLE_LINES, TITLE, plan, put, simple, texts, write
from vungcao.intake.tests.reading.kept_of_offices import OF_OFFICES

FOLDER = Path(__file__).parents[1] / "workbooks" / "reading" / "kept"

VNI = {"Tổng cộng": "Toång coäng", "Kế hoạch": "Keá hoaïch", "Nội dung": "Noäi dung"}
FOREST = [["A", "Vốn đầu tư", 500], ["I", "Dự án 1", 300], [1, "Tiểu dự án 1", 100], [2, "Tiểu dự án 2", 200],
          ["II", "Dự án 2", 200], ["B", "Vốn sự nghiệp", 100], ["I", "Dự án 1", 100]]  # fmt: skip

KEPT = [
    simple("tong_cong_o_dau", plan(*SIMPLE), undoubted=["C5", "D5"]),
    simple(
        "tong_cong_o_cuoi",
        plan(*SIMPLE[1:], SIMPLE[0]),
        lines={5: "item 1 - Xã Ví Dụ Một", 6: "item 2 - Xã Ví Dụ Hai", 7: "item 3 - Xã Ví Dụ Ba",
               8: "total - - Tổng cộng"},
        values={"C5": "100", "D5": "50", "C6": "200", "C8": "600", "D8": "300"},
        undoubted=["C8", "D8"],
    ),
    simple("tong_sai_mot_cot", plan(*put(SIMPLE, "C5", 650)), values={"C5": "650"}, fails=["C5"], undoubted=["D5"]),
    simple("dao_hai_chu_so", plan(*put(SIMPLE, "D8", 510)), values={"D8": "510"}, fails=["D5"]),
    simple("sai_dau_mot_dong", plan(*put(SIMPLE, "C7", -200)), values={"C7": "-200"}, fails=["C5"]),
    simple("nham_don_vi_nghin_lan", plan(*put(SIMPLE, "C8", 300_000)), values={"C8": "300000"}, fails=["C5"]),
    simple(
        "so_am_trong_ngoac",
        plan(*put(put(SIMPLE, "C7", "(200)"), "C5", 200)),
        values={"C5": "200", "C7": "-200"},
        undoubted=["C5"],
    ),
    simple(
        "so_kieu_viet_go_chu",
        plan(*texts(SIMPLE, {600: "6.000.000", 100: "1.000.000", 200: "2.000.000", 300: "3.000.000", 150: "1.500,5",
                             50: "500", 100_000: ""})),
        values={"C5": "6000000", "C6": "1000000", "D8": "1500.5", "D5": "3000000", "D6": "500", "D7": "1000000"},
        fails=["D5"],
        undoubted=["C5"],
    ),
    simple(
        "so_kieu_my_go_chu",
        plan(*texts(SIMPLE, {600: "6,000.0", 100: "1,000.0", 200: "2,000.0", 300: "3,000.0", 150: "1,500.0",
                             50: "500.0"})),
        values={"C5": "6000", "C6": "1000", "D8": "1500", "D5": "3000"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "dau_phay_ngan_ho",
        [["BIỂU SỐ HỘ (VÍ DỤ)"], [], [None, None, "Đơn vị tính: hộ"],
         *plan([None, "Tổng cộng", "3,000", "30"], [1, "Xã Ví Dụ Một", "1,200", "10"], [2, "Xã Ví Dụ Hai", "1,800", 20],
               title=[], head=["STT", "Xã", "Số hộ", "Hộ nghèo"])],
        range="A4:D7",
        dong=None,
        lines={5: "total - - Tổng cộng", 6: "item 1 - Xã Ví Dụ Một", 7: "item 2 - Xã Ví Dụ Hai"},
        values={"C5": "3000", "C6": "1200", "D5": "30", "D8": None, "C7": "1800", "D7": "20"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "khong_trong_gach_cheo_kppt",
        plan(SIMPLE[0], [1, "Xã Ví Dụ Một", 100, "-"], [2, "Xã Ví Dụ Hai", 200, "x"], [3, "Xã Ví Dụ Ba", 300, None],
             [4, "Xã Ví Dụ Bốn", 0, "không phát sinh"], [5, "Xã Ví Dụ Năm", "chưa có số liệu", 300]),
        range="A4:D10",
        lines=SIMPLE_LINES | {9: "item 4 - Xã Ví Dụ Bốn", 10: "item 5 - Xã Ví Dụ Năm"},
        values={"D6": "!not_applicable", "D7": "!not_applicable", "D8": "!empty", "C9": "0", "D9": "!nil",
                "C10": "!text", "D10": "300"},
        warned=["number.not_read C10"],
        undoubted=["D5"],
    ),
    simple(
        "chu_uoc_khoang_gan",
        plan(SIMPLE[0], [1, "Xã Ví Dụ Một", "ước 100", "khoảng 50"], [2, "Xã Ví Dụ Hai", "gần 200", "trên 100"],
             [3, "Xã Ví Dụ Ba", "250-300", 150]),
        values={"C6": "100", "D6": "50", "C7": "200", "C8": "!range"},
    ),
    simple(
        "loi_cong_thuc_ref",
        plan(SIMPLE[0], [1, "Xã Ví Dụ Một", 100, "#REF!"], *SIMPLE[2:]),
        values={"D6": "!error"},
        warned=["number.error D6"],
        undoubted=["C5"],
    ),
    simple(
        "cong_thuc_con_ket_qua_cu",
        plan([None, "Tổng cộng", "=SUM(C6:C8)", "=SUM(D6:D8)"], *SIMPLE[1:]),
        results={"C5": 555, "D5": 300},
        values={"C5": "555"},
        fails=["C5"],
        warned=["formula.stale C5"],
        undoubted=["D5"],
    ),
    simple(
        "go_de_giua_cong_thuc",
        plan([None, "Tổng cộng", 600, 300, 300], [1, "Xã Ví Dụ Một", 100, 50, "=C6-D6"],
             [2, "Xã Ví Dụ Hai", 200, 100, "=C7-D7"], [3, "Xã Ví Dụ Ba", 300, 150, 150],
             [4, "Xã Ví Dụ Bốn", 0, 0, "=C9-D9"], head=[*PLAN, "Còn lại"]),
        range="A4:E9",
        lines=SIMPLE_LINES | {9: "item 4 - Xã Ví Dụ Bốn"},
        results={"E6": 50, "E7": 100, "E9": 0},
        values={"E6": "50", "E8": "150"},
        warned=["formula.overtyped E8"],
        undoubted=["C5", "D5", "E5"],
    ),
    simple(
        "dong_so_cot_la_phep_tinh",
        [*TITLE, [*PLAN, "Còn lại", "Tỷ lệ (%)"], ["A", "B", 1, 2, "3=1-2", "4=2/1"],
         [None, "Tổng cộng", 600, 300, 300, 50], [1, "Xã Ví Dụ Một", 100, 50, 40, 50],
         [2, "Xã Ví Dụ Hai", 500, 250, 260, 52]],
        range="A4:F8",
        head=(4, 5),
        lines={6: "total - - Tổng cộng", 7: "item 1 - Xã Ví Dụ Một", 8: "item 2 - Xã Ví Dụ Hai"},
        values={"C5": None, "D5": None, "C6": "600", "E7": "40", "F8": "52", "D8": "250"},
        fails=["E7", "E8", "F8"],
        undoubted=["E6", "F6", "F7"],
    ),
    simple(
        "trong_do_khong_cong_hai_lan",
        plan(SIMPLE[0], [None, "Trong đó:", None, None], ["-", "NSTW", 550, 280], ["-", "NSĐP", 50, 20], *SIMPLE[1:]),
        range="A4:D11",
        lines={5: "total - - Tổng cộng", 6: "of_which - 5 Trong đó:", 7: "of_which - 5 NSTW", 8: "of_which - 5 NSĐP",
               9: "item 1 - Xã Ví Dụ Một", 10: "item 2 - Xã Ví Dụ Hai", 11: "item 3 - Xã Ví Dụ Ba"},
        values={"C6": None, "C7": "550", "D8": "20"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "phan_trong_do_lon_hon_tong",
        plan(SIMPLE[0], [1, "Xã Ví Dụ Một", 100, 50], [None, "Tr.đó: NSTW", 130, 20], *SIMPLE[2:]),
        range="A4:D9",
        lines={5: "total - - Tổng cộng", 6: "item 1 - Xã Ví Dụ Một", 7: "of_which - 6 Tr.đó: NSTW",
               8: "item 2 - Xã Ví Dụ Hai", 9: "item 3 - Xã Ví Dụ Ba"},
        values={"C7": "130", "D8": "100"},
        fails=["C6"],
        undoubted=["C5", "D5", "D6"],
    ),
    simple(
        "bon_cap_a_i_1",
        plan([None, "TỔNG SỐ", 600], *FOREST, head=PLAN[:3]),
        range="A4:C12",
        lines={5: "total - - TỔNG SỐ", 6: "section A - Vốn đầu tư", 7: "section I 6 Dự án 1",
               8: "item 1 7 Tiểu dự án 1", 9: "item 2 7 Tiểu dự án 2", 10: "item II 6 Dự án 2",
               11: "section B - Vốn sự nghiệp", 12: "item I 11 Dự án 1"},
        values={"D5": None, "D8": None, "C6": "500", "C12": "100"},
        undoubted=["C5", "C6", "C7", "C11"],
    ),
    simple(
        "nhan_viet_trong_o_noi_dung",
        plan(["TỔNG SỐ", 600], ["I. Dự án 1 (ví dụ)", 300], ["1.1. Tiểu dự án 1", 100], ["1.2. Tiểu dự án 2", 200],
             ["II. Dự án 2 (ví dụ)", 300], head=["Nội dung", "Kế hoạch"]),
        range="A4:B9",
        lines={5: "total - - TỔNG SỐ", 6: "section I - Dự án 1 (ví dụ)", 7: "item 1.1 6 Tiểu dự án 1",
               8: "item 1.2 6 Tiểu dự án 2", 9: "item II - Dự án 2 (ví dụ)"},
        values={"C5": None, "D5": None, "C6": None, "D8": None, "B5": "600", "B7": "100"},
        undoubted=["B5", "B6"],
    ),
    simple(
        "dong_an_do_loc",
        plan(*SIMPLE),
        hidden_rows=[7],
        values={"C7": "200"},
        warned=["hidden.counted_in_total C5", "hidden.counted_in_total D5", "hidden.rows 7:7"],
    ),
    simple(
        "cot_thang_truoc_an",
        plan(*[[*line[:2], 1, *line[2:]] for line in SIMPLE], head=[*PLAN[:2], "Tháng trước", *PLAN[2:]]),
        range="A4:E8",
        hidden_cols=["C"],
        values={"C5": "1", "C6": "1", "D5": "600", "D8": "300", "E5": "300"},
        warned=["hidden.columns C:C"],
        undoubted=["D5", "E5"],
    ),
    simple(
        "phong_chu_tcvn3",
        [["UBND tØnh VÝ Dô"], ["BiÓu tæng hîp (vÝ dô)"], [None, None, "§¬n vÞ tÝnh: triÖu ®ång"],
         ["STT", "Néi dung", "KÕ ho¹ch", "Gi¶i ng©n"], [None, "Tæng céng", 600, 300],
         [1, "X· VÝ Dô Mét", 100, 50], [2, "X· VÝ Dô Hai", 200, 100], [3, "X· VÝ Dô Ba", 300, 150]],
        fonts={"*": ".VnTime"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "phong_chu_vni",
        plan([None, "Toång coäng", 600, 300], [1, "Xaõ Ví Duï Moät", 100, 50], [2, "Xaõ Ví Duï Hai", 200, 100],
             [3, "Xaõ Ví Duï Ba", 300, 150], title=[["BIEÅU TOÅNG HÔÏP (VÍ DUÏ)"], [],
             [None, None, "Ñôn vò tính: trieäu ñoàng"]], head=["STT", "Noäi dung", "Keá hoaïch", "Giaûi ngaân"]),
        fonts={"*": "VNI-Times"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "chu_cai_giong_latinh",
        plan(SIMPLE[0], ["Ι", "Dự án 1", 300, 150], [1, "Xã Ví Dụ Một", 300, 150], ["ІІ", "Dự án 2", 300, 150]),
        lines={5: "total - - Tổng cộng", 6: "section Ι - Dự án 1", 7: "item 1 6 Xã Ví Dụ Một", 8: "item ІІ - Dự án 2"},
        values={"C6": "300"},
        warned=["text.look_alike A6"],
        undoubted=["C5", "C6"],
    ),
    simple(
        "don_vi_tung_dong",
        plan(["I", "Trồng rừng", "ha", 50, 20], [1, "Xã Ví Dụ Một", "ha", 30, 10], [2, "Xã Ví Dụ Hai", "ha", 20, 10],
             ["II", "Nhà ở", "hộ", 12, 6],
             title=[["BIỂU KHỐI LƯỢNG (VÍ DỤ)"], [], []], head=["STT", "Nội dung", "ĐVT", "Kế hoạch", "Thực hiện"]),
        range="A4:E8",
        dong=None,
        lines={5: "section I - Trồng rừng", 6: "item 1 5 Xã Ví Dụ Một", 7: "item 2 5 Xã Ví Dụ Hai",
               8: "item II - Nhà ở"},
        values={"C5": "!text", "D5": "50", "C6": "!text", "D8": "12"},
        undoubted=["D5", "E5"],
    ),
    simple(
        "hai_bang_canh_nhau",
        plan(*[[*line, None, *line[:3]] for line in SIMPLE], head=[*PLAN, None, "STT", "Nội dung", "Kế hoạch"]),
        tables=2,
        undoubted=["C5", "D5", "H5"],
    ),
    simple(
        "ma_so_co_so_khong_dau",
        plan([None, "Tổng cộng", None, 300], [1, "Sở Ví Dụ", "0012345", 100], [2, "Ban Ví Dụ", "0098765", 200],
             head=["STT", "Đơn vị", "Mã QHNS", "Kế hoạch"]),
        range="A4:D7",
        lines={5: "total - - Tổng cộng", 6: "item 1 - Sở Ví Dụ", 7: "item 2 - Ban Ví Dụ"},
        values={"C5": "!empty", "C6": "!text", "D8": None, "D7": "200"},
        undoubted=["D5"],
    ),
    simple(
        "ngay_thang_nhieu_kieu",
        plan([1, "Công trình ví dụ A", "15/11/2021", 100], [2, "Công trình ví dụ B", "05.03.2021", 200],
             [3, "Công trình ví dụ C", 44515, 300], head=["STT", "Công trình", "Ngày QĐ", "Giá trị"]),
        range="A4:D7",
        lines={5: "item 1 - Công trình ví dụ A", 6: "item 2 - Công trình ví dụ B", 7: "item 3 - Công trình ví dụ C"},
        values={"C5": "2021-11-15", "C6": "2021-03-05", "C7": "2021-11-15", "D5": "100", "D8": None},
        formats={"C7": "dd/mm/yyyy"},
    ),
    simple(
        "so_nguyen_qua_lon",
        plan([None, "Tổng cộng", "9.007.199.254.740.995", 0], [1, "Đơn vị ví dụ", "9.007.199.254.740.993", 0],
             [2, "Đơn vị ví dụ khác", "2", 0], title=[["BIỂU VÍ DỤ"], [], [None, None, "Đơn vị tính: đồng"]]),
        range="A4:D7",
        dong=1,
        lines={5: "total - - Tổng cộng", 6: "item 1 - Đơn vị ví dụ", 7: "item 2 - Đơn vị ví dụ khác"},
        values={"C5": "9007199254740995", "D5": "0", "C6": "9007199254740993", "D8": None},
        undoubted=["C5", "D5"],
    ),
    simple(
        "lech_do_lam_tron",
        plan([None, "Tổng cộng", 601, 300], *SIMPLE[1:]),
        values={"C5": "601"},
        undoubted=["C5", "D5"],
    ),
    simple(
        "trich_bieu_cua_bang_lon_hon",
        plan([None, "Tổng cộng", 9_000, 5_000], *SIMPLE[1:],
             title=[["BIỂU TỔNG HỢP (VÍ DỤ)"], ["(Trích biểu số 03)"], [None, None, "Đơn vị tính: triệu đồng"]]),
        values={"C5": "9000", "D5": "5000"},
    ),
    simple(
        "dieu_chinh_giam_tang_lech",
        plan(["A", "GIẢM", 100], [1, "Dự án ví dụ một", 60], [2, "Dự án ví dụ hai", 40], ["B", "TĂNG", 90],
             [1, "Dự án ví dụ ba", 90], head=["STT", "Nội dung", "Số vốn điều chỉnh"]),
        range="A4:C9",
        lines={5: "section A - GIẢM", 6: "item 1 5 Dự án ví dụ một", 7: "item 2 5 Dự án ví dụ hai",
               8: "section B - TĂNG", 9: "item 1 8 Dự án ví dụ ba"},
        values={"C5": "100", "D5": None, "C6": "60", "D8": None},
        fails=["C5"],
        undoubted=["C8"],
    ),
    simple("luu_bang_libreoffice_xls", plan(*SIMPLE), saved_as="xls", undoubted=["C5", "D5"]),
    simple("luu_bang_libreoffice_ods", plan(*SIMPLE), saved_as="ods", hidden_rows=[7],
           warned=["hidden.counted_in_total C5", "hidden.counted_in_total D5", "hidden.rows 7:7"]),
    simple("luu_lai_bang_libreoffice", plan([None, "Tổng cộng", "=SUM(C6:C8)", "=SUM(D6:D8)"], *SIMPLE[1:]),
           results={"C5": 600, "D5": 300}, saved_as="lo.xlsx", undoubted=["C5", "D5"]),
    simple("phong_chu_tcvn3_luu_xls",
           [["UBND tØnh VÝ Dô"], ["BiÓu tæng hîp (vÝ dô)"], [None, None, "§¬n vÞ tÝnh: triÖu ®ång"],
            ["STT", "Néi dung", "KÕ ho¹ch", "Gi¶i ng©n"], [None, "Tæng céng", 600, 300],
            [1, "X· VÝ Dô Mét", 100, 50], [2, "X· VÝ Dô Hai", 200, 100], [3, "X· VÝ Dô Ba", 300, 150]],
           fonts={"*": ".VnTime"}, saved_as="xls", undoubted=["C5", "D5"]),
    simple("phan_tram_va_cong_thuc_ods",
           plan(*[[*line, f"=D{row}/C{row}"] for row, line in enumerate(SIMPLE, start=5)], head=[*PLAN, "Tỷ lệ (%)"]),
           range="A4:E8", formats={f"E{row}": "0.0%" for row in range(5, 9)}, values={"E5": "50", "E8": "50"},
           results={f"E{row}": 0.5 for row in range(5, 9)}, saved_as="ods", undoubted=["C5", "D5", "E5", "E6"]),
]  # fmt: skip


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vungcao-kept-") as scratch:
        for kept in (*KEPT, *OF_OFFICES):
            made = write(kept, Path(scratch))
            shutil.copy(made, FOLDER / made.name)
            said = json.dumps(kept.expected(), ensure_ascii=False, indent=1)
            (FOLDER / f"{kept.name}.expected.json").write_text(said + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
