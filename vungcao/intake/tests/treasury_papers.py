"""Invented Treasury papers: a list of codes and both exports of practice §4.3 (all codes and figures "ví dụ")."""

from __future__ import annotations

from vungcao.intake.tests.papers import Paper

CORNER = ("KHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC TỈNH CAO BẰNG")
HEAD = (
    ("STT", ""), ("Bộ mã", ""), ("Mã", ""), ("Ứng với", ""), ("Từ ngày", ""), ("Đến hết ngày", ""),
    ("Dự án thành phần", ""), ("Loại-khoản", ""),
)  # fmt: skip
CODES = Paper(
    corner=("SỞ TÀI CHÍNH",),
    right=("Danh mục",),
    title="DANH MỤC MÃ ĐỐI CHIẾU KHO BẠC (VÍ DỤ)",
    under=("",),
    unit="",
    heads=HEAD,
    rows=(
        ("1", "Mã CTMT", "VD0510", "1719.DA1", "01/01/2021", None, None, None),
        ("2", "Mã CTMT", "VD0540", "1719.DA4", "01/01/2021", None, None, None),
        ("3", "Mã QHNS", "VD00043", "UBND huyện Bảo Lạc", "01/01/2021", "30/06/2025", None, None),
        ("4", "Mã QHNS", "VD00044", "UBND huyện Bảo Lâm", "01/01/2021", "30/06/2025", None, None),
        ("5", "Mã nguồn", "VD42", "dau_tu:NSTW", "01/01/2021", None, None, None),
        ("6", "Mã nguồn", "VD12", "su_nghiep:NSTW", "01/01/2021", None, None, None),
        ("7", "Mã dự án", "VD90001", "Đường ví dụ", "01/01/2022", None, "1719.DA4", "280-292"),
        ("8", "Chương", "VD799", "UBND huyện Bảo Lạc", "01/01/2021", None, None, None),
    ),
    sheet="MA",
)
INVESTMENT = Paper(
    corner=CORNER,
    right=("Biểu KB-01", "Số: 71/KB (ví dụ), ngày 05/6/2024"),
    title="TÌNH HÌNH THANH TOÁN VỐN ĐẦU TƯ CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Số liệu đến ngày 31/5/2024)",),
    unit="Đơn vị tính: đồng",
    heads=(
        ("STT", ""), ("Chủ đầu tư", ""), ("Mã dự án", ""), ("Mã nguồn", ""), ("Mã CTMT", ""), ("Chương", ""),
        ("Loại-khoản", ""), ("Kế hoạch vốn", "KH vốn năm"), ("Kế hoạch vốn", "KH kéo dài"),
        ("Thanh toán", "Thanh toán KLHT"), ("Thanh toán", "Tạm ứng theo chế độ"), ("Thanh toán", "Thu hồi tạm ứng"),
        ("Lũy kế", ""), ("Còn lại", ""),
    ),
    rows=(
        ("", "TỔNG CỘNG", *[None] * 5, 3_000_000, 900_000, 1_100_000, 500_000, 100_000, 1_500_000, 2_400_000),
        ("1", "UBND huyện Bảo Lạc", "VD90001", "VD42", "VD0540", "VD799", "280-292",
         3_000_000, None, 700_000, 500_000, 100_000, 1_100_000, 1_900_000),
        ("2", "UBND huyện Bảo Lâm", None, "VD42", "VD0540", None, "280-292",
         None, 900_000, 400_000, None, None, 400_000, 500_000),
    ),
    sheet="DT",
)  # fmt: skip
RECURRENT = Paper(
    corner=CORNER,
    right=("Biểu KB-02", "Số: 72/KB (ví dụ), ngày 05/6/2024"),
    title="BẢNG ĐỐI CHIẾU DỰ TOÁN CHƯƠNG TRÌNH MTQG 1719 NĂM 2024",
    under=("(Số liệu đến ngày 31/5/2024)",),
    unit="Đơn vị tính: đồng",
    heads=(
        ("STT", ""), ("Đơn vị", ""), ("Mã QHNS", ""), ("Mã nguồn", ""), ("Chương", ""), ("Khoản", ""), ("Mã CTMT", ""),
        ("Dự toán năm trước chuyển sang", ""), ("DT giao đầu năm", ""), ("DT bổ sung/giảm", ""),
        ("DT được sử dụng", ""), ("Đã rút", "Tạm ứng"), ("Đã rút", "Thực chi"), ("Nộp khôi phục", ""),
        ("Đã hủy", ""), ("Còn lại", ""),
    ),
    rows=(
        ("1", "UBND huyện Bảo Lạc", "VD00043", "VD12", "VD799", "280", "VD0510",
         None, 2_000, 500, 2_500, 300, 900, 50, 100, 1_250),
        ("2", "UBND huyện Bảo Lâm", "VD00044", "VD12", None, "280", "VD0510",
         800, None, None, 800, None, 600, None, None, 200),
    ),
    sheet="TX",
)  # fmt: skip


def with_cell(paper: Paper, row: int, column: int, said: object) -> Paper:
    """The paper with one cell of its body changed."""
    rows = [list(one) for one in paper.rows]
    rows[row][column] = said
    return paper.but(rows=tuple(tuple(one) for one in rows))
