"""Invented tables of counts in the layouts of practice §4.5 and §4.7 (all figures "ví dụ")."""

from __future__ import annotations

from typing import Final

from vungcao.intake.tests.papers import Paper

HOA_AN: Final = ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "UBND HUYỆN HÒA AN")
_MOVES: Final = (
    ("STT", ""), ("Xã, thị trấn", ""), ("Tổng số hộ dân cư", ""), ("Hộ nghèo đầu năm", "Số hộ"),
    ("Hộ nghèo đầu năm", "Tỷ lệ %"), ("Thoát nghèo", "Sang cận nghèo"), ("Thoát nghèo", "Vượt cận nghèo"),
    ("Giảm khác (chết, chuyển đi)", ""), ("Tái nghèo", ""), ("Nghèo phát sinh", "Từ cận nghèo"),
    ("Nghèo phát sinh", "Từ ngoài"), ("Tăng khác (chuyển đến, tách hộ)", ""), ("Hộ nghèo cuối năm", "Số hộ"),
    ("Hộ nghèo cuối năm", "Số khẩu"), ("Hộ nghèo cuối năm", "Tỷ lệ %"), ("Hộ nghèo DTTS", "Số hộ"),
    ("Không có khả năng lao động", ""), ("Chủ hộ nữ", ""), ("NCC", ""),
)  # fmt: skip

MOVEMENT: Final = Paper(
    corner=HOA_AN,
    right=("Biểu số 01", "Số: 90/BC-UBND (ví dụ), ngày 20/12/2024"),
    title="DIỄN BIẾN HỘ NGHÈO NĂM 2024",
    under=("(Số liệu đến ngày 31/12/2024)",),
    unit="Đơn vị tính: hộ",
    heads=_MOVES,
    rows=(
        ("", "TỔNG CỘNG", 3000, 600, 20, 60, 40, 10, 2, 5, 3, 4, 504, 2100, 16.8, 480, 50, 90, 6),
        ("1", "Xã Nam Tuấn", 1000, 200, 20, 20, 15, 4, 1, 2, 1, 1, 166, 700, 16.6, 160, 20, 30, 2),
        ("2", "Xã Dân Chủ", 1200, 250, 20.83, 25, 15, 3, 1, 2, 1, 2, 213, 880, 17.75, 200, 20, 40, 2),
        ("3", "Xã Hoàng Tung", 800, 150, 18.75, 15, 10, 3, "-", 1, 1, 1, 125, 520, 15.63, 120, 10, 20, 2),
    ),
    sheet="HN",
)  # fmt: skip

NEAR: Final = MOVEMENT.but(
    title="DIỄN BIẾN HỘ CẬN NGHÈO NĂM 2024",
    heads=(
        ("STT", ""), ("Xã, thị trấn", ""), ("Tổng số hộ dân cư", ""), ("Hộ cận nghèo đầu năm", "Số hộ"),
        ("Thoát cận nghèo", "Xuống hộ nghèo"), ("Thoát cận nghèo", "Vượt cận nghèo"), ("Giảm khác", ""),
        ("Tái cận nghèo", ""), ("Cận nghèo phát sinh", "Từ hộ nghèo"), ("Cận nghèo phát sinh", "Từ ngoài"),
        ("Tăng khác", ""), ("Hộ cận nghèo cuối năm", "Số hộ"), ("Hộ cận nghèo cuối năm", "Tỷ lệ %"),
    ),
    rows=(
        ("", "TỔNG CỘNG", 2200, 300, 5, 80, 4, 1, 30, 6, 2, 250, 11.36),
        ("1", "Xã Nam Tuấn", 1000, 140, 2, 40, 2, 1, 15, 3, 1, 116, 11.6),
        ("2", "Xã Dân Chủ", 1200, 160, 3, 40, 2, "-", 15, 3, 1, 134, 11.17),
    ),
    sheet="HCN",
)  # fmt: skip

_GROUPS: Final = ("Kinh", "Tày", "Nùng", "H'Mông", "Dao", "Sán Chỉ", "Lô Lô", "Khác")
BY_GROUP: Final = MOVEMENT.but(
    title="HỘ NGHÈO, HỘ CẬN NGHÈO THEO DÂN TỘC NĂM 2024",
    heads=(
        ("STT", ""), ("Xã", ""), ("Tổng số hộ", ""), ("Hộ DTTS", ""),
        *((group, what) for group in _GROUPS for what in ("Tổng hộ", "Nghèo", "Cận nghèo")),
    ),
    rows=(
        ("", "TỔNG CỘNG", 2200, 2090, *(110, 4, 3, 800, 120, 90, 700, 110, 80, 300, 80, 40, 200, 50, 30, 40, 6, 4),
         *(30, 6, 2, 20, 3, 1)),
        ("1", "Xã Nam Tuấn", 1000, 950, *(50, 2, 1, 400, 50, 40, 300, 50, 40, 140, 40, 20, 70, 17, 11, 20, 3, 2),
         *(10, 3, 1, 10, 1, 1)),
        ("2", "Xã Dân Chủ", 1200, 1140, *(60, 2, 2, 400, 70, 50, 400, 60, 40, 160, 40, 20, 130, 33, 19, 20, 3, 2),
         *(20, 3, 1, 10, 2, "-")),
    ),
    sheet="DT",
)  # fmt: skip

_LACKS: Final = (
    "Việc làm", "Người phụ thuộc", "Dinh dưỡng", "BHYT", "Trình độ người lớn", "Trẻ đi học", "Chất lượng nhà",
    "Diện tích nhà", "Nước sinh hoạt", "Nhà tiêu", "Viễn thông", "Phương tiện thông tin",
)  # fmt: skip
LACKING: Final = MOVEMENT.but(
    title="MỨC ĐỘ THIẾU HỤT CÁC CHỈ SỐ CỦA HỘ NGHÈO NĂM 2024",
    heads=(
        ("STT", ""), ("Xã", ""), ("Tổng số hộ nghèo", ""),
        *(("Số hộ nghèo thiếu hụt các chỉ số", one) for one in _LACKS),
    ),
    rows=(
        ("", "TỔNG CỘNG", 379, 190, 80, 60, 40, 150, 20, 200, 110, 130, 260, 70, 90),
        ("1", "Xã Nam Tuấn", 166, 90, 40, 30, 20, 70, 10, 90, 50, 60, 120, 30, 40),
        ("2", "Xã Dân Chủ", 213, 100, 40, 30, 20, 80, 10, 110, 60, 70, 140, 40, 50),
    ),
    sheet="TH",
)  # fmt: skip

NEEDS: Final = MOVEMENT.but(
    title="NHU CẦU VÀ ĐÁP ỨNG ĐẦU TƯ CƠ SỞ HẠ TẦNG GIAI ĐOẠN 2021-2025",
    under=("(Số liệu đến ngày 30/9/2024)",),
    unit="",
    heads=(
        ("STT", ""), ("Lĩnh vực", ""), ("Nhu cầu", "Số công trình"), ("Nhu cầu", "Vốn (triệu đồng)"),
        ("Bố trí được", "Số công trình"), ("Bố trí được", "Vốn (triệu đồng)"), ("% đáp ứng", ""), ("Còn thiếu", ""),
    ),
    rows=(
        ("", "TỔNG CỘNG", 60, 90000, 24, 36000, 40, 54000),
        ("1", "GT", 30, 60000, 10, 24000, 40, 36000),
        ("2", "Nước sinh hoạt", 20, 20000, 10, 8000, 40, 12000),
        ("3", "NVH", 10, 10000, 4, 4000, 40, 6000),
    ),
    sheet="NC",
)  # fmt: skip

VILLAGES: Final = MOVEMENT.but(
    corner=("UBND TỈNH CAO BẰNG", "UBND XÃ BẢO LẠC"),
    under=("(Số liệu đến ngày 31/12/2025)",),
    title="HIỆN TRẠNG HẠ TẦNG THÔN NĂM 2025",
    unit="",
    heads=(
        ("STT", ""), ("Thôn", ""), ("Số hộ", ""), ("Đường đến trung tâm xã", "Tổng (km)"),
        ("Đường đến trung tâm xã", "Đã cứng hóa (km)"), ("Đường đến trung tâm xã", "%"), ("Hộ dùng điện", ""),
        ("Hộ dùng nước HVS", "Số hộ"), ("Hộ dùng nước HVS", "%"), ("Lớp học", ""), ("NVH", ""), ("Sóng di động", ""),
    ),
    rows=(
        ("1", "Thôn Một", 60, 5, 2, 40, 60, 30, 50, 1, 1, "có"),
        ("2", "Thôn Hai", 40, 8, 2, 25, 38, 10, 25, 1, "-", "có"),
    ),
    sheet="HT",
)  # fmt: skip

PROPOSED: Final = MOVEMENT.but(
    corner=("UBND HUYỆN HÒA AN", "UBND XÃ NAM TUẤN"),
    right=("Biểu số 01", "Số: 15/BC-UBND (ví dụ), ngày 20/9/2024"),
    title="DANH MỤC CÔNG TRÌNH ĐỀ XUẤT ĐẦU TƯ NĂM 2025 CHƯƠNG TRÌNH MTQG 1719",
    under=("(Số liệu đến ngày 15/9/2024)",),
    unit="Đơn vị tính: triệu đồng",
    heads=(
        ("STT", ""), ("Tên công trình", ""), ("Thôn, xã", ""), ("Lĩnh vực", ""), ("Sự cần thiết", ""), ("Quy mô", ""),
        ("Số hộ hưởng lợi", "Hộ nghèo"), ("Vốn đề nghị", ""), ("Dân góp", "Tiền"), ("Dân góp", "Ngày công"),
        ("Thứ tự ưu tiên của xã", ""),
    ),
    rows=(
        ("", "TỔNG CỘNG", "", "", "", "", "", 3500, 30, 140, ""),
        ("1", "Đường vào xóm ví dụ một", "Xóm Một", "GT", "lầy lội", "1,2 km", 30, 2000, 20, 100, 1),
        ("2", "Mương ví dụ", "Xóm Hai", "Thủy lợi", "thiếu nước", "0,8 km", 12, 1000, "-", 40, 2),
        ("3", "Đường nội đồng ví dụ", "Xóm Ba", "GT", "khó đi", "0,5 km", 20, 500, 10, "-", 3),
    ),
    sheet="DX",
)  # fmt: skip

ALL: Final = {
    "ho_ngheo_dien_bien": MOVEMENT,
    "ho_can_ngheo_dien_bien": NEAR,
    "ho_ngheo_theo_dan_toc": BY_GROUP,
    "ho_ngheo_thieu_hut": LACKING,
    "ho_can_ngheo_thieu_hut": LACKING.but(
        title="MỨC ĐỘ THIẾU HỤT CÁC CHỈ SỐ CỦA HỘ CẬN NGHÈO NĂM 2024",
        heads=(("STT", ""), ("Xã", ""), ("Tổng số hộ cận nghèo", ""), *LACKING.heads[3:]),
    ),
    "nhu_cau_ha_tang": NEEDS,
    "ha_tang_thon": VILLAGES,
    "de_xuat_cong_trinh": PROPOSED,
}
