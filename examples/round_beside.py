"""What stands beside Treasury money in the round: counterpart money, credit, and what an inspection got back."""

from __future__ import annotations

from decimal import Decimal

from examples import round_amounts as amounts
from examples.cao_bang_amounts import DISTRICTS
from examples.cao_bang_names import project_name, unit_name
from examples.office import Line, Page
from examples.round_papers import FOLDER, trieu

_CREDIT = (700, 600, 600, 400, 300, 400, 300, 300, 300, 100)  # triệu đồng by district, invented; together 4.000


def books() -> dict[str, list[Page]]:
    """File → its sheets, under the province's folder."""
    return {
        f"{FOLDER}/2022/NQ phan bo von doi ung 1719 nam 2022 (HDND tinh).xlsx": [_counterpart()],
        f"{FOLDER}/2022/BC tin dung chinh sach 1719 nam 2022 (NHCSXH).xlsx": [_credit()],
        f"{FOLDER}/2021/Theo doi thu hoi theo ket luan thanh tra CT135 nam 2021.xlsx": [_recovered()],
    }


def _counterpart() -> Page:
    given = trieu(amounts.COUNTERPART_2022)
    return Page(
        name="PL01",
        left=("HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG",),
        right=("Phụ lục 01",),
        title="PHÂN BỔ VỐN ĐỐI ỨNG CHƯƠNG TRÌNH MTQG 1719 NĂM 2022 THEO DỰ ÁN",
        under=("(Kèm theo Nghị quyết số 224/NQ-HĐND (ví dụ) ngày 15/6/2022)",),
        example="VÍ DỤ: chỉ tổng số 2.200 triệu đồng là số đã công bố, dưới dạng “trên 2,2 tỷ” đối ứng nhà ở (báo Dân "
        "tộc, 23/02/2023); số, ngày văn bản là đặt ra để minh họa.",
        heads=(
            ("STT",),
            ("Nội dung",),
            ("Tổng cộng",),
            ("Vốn đầu tư", "NSTW"),
            ("Vốn đầu tư", "NSĐP đối ứng"),
            ("Vốn sự nghiệp", "NSTW"),
            ("Vốn sự nghiệp", "NSĐP đối ứng"),
            ("Ghi chú",),
        ),
        numbers=(1, 2, "3=4+5+6+7", 4, 5, 6, 7, 8),
        lines=(
            Line(("", "TỔNG CỘNG", given, "-", given, "-", "-", None), bold=True),
            Line(("I", project_name("DA1"), given, "-", given, "-", "-", None), bold=True),
        ),
        widths=(7, 70, 16, 16, 16, 16, 16, 14),
    )


def _credit() -> Page:
    rows = dict(zip(DISTRICTS, map(Decimal, _CREDIT), strict=True))
    total = sum(rows.values(), Decimal(0))
    lines = [Line(("", "TỔNG CỘNG", total, "-", total), bold=True)]
    for at, (name, dong) in enumerate(rows.items(), start=1):
        unit = unit_name(name)
        lines.append(Line((str(at), unit[:1].upper() + unit[1:], dong, "-", dong)))
    return Page(
        name="BM01",
        left=("NGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "CHI NHÁNH TỈNH CAO BẰNG"),
        right=("Biểu số 01", "Số: 2250/BC-NHCS (ví dụ), ngày 05/01/2023"),
        title="KẾT QUẢ CHO VAY TÍN DỤNG CHÍNH SÁCH CHƯƠNG TRÌNH MTQG 1719 NĂM 2022",
        under=("(Số liệu đến ngày 31/12/2022; lũy kế từ ngày 01/01/2022)",),
        example="VÍ DỤ: chỉ tổng số 4.000 triệu đồng là số đã công bố, dưới dạng “tín dụng trên 4 tỷ” (báo Dân tộc, "
        "23/02/2023); mọi số chia nhỏ, số và ngày báo cáo là đặt ra để minh họa.",
        heads=(("STT",), ("Địa bàn",), ("Doanh số cho vay",), ("Doanh số thu nợ",), ("Dư nợ",)),
        numbers=(1, 2, 3, 4, 5),
        lines=tuple(lines),
        widths=(7, 40, 20, 20, 20),
    )


def _recovered() -> Page:
    heads = ("STT", "Kiến nghị", "Đơn vị", "KL số", "Số tiền kiến nghị", "Đã nộp", "Giấy nộp tiền", "Còn lại")
    paid = Decimal(52)
    what = "Thu hồi kinh phí hỗ trợ phát triển sản xuất chi sai"
    return Page(
        name="THKL",
        left=("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "BAN DÂN TỘC"),
        right=("Biểu theo dõi", "Số: 2190/BC-BDT (ví dụ), ngày 05/12/2021"),
        title="THEO DÕI THU HỒI THEO KẾT LUẬN THANH TRA CHƯƠNG TRÌNH 135 NĂM 2021",
        under=("(Số liệu đến ngày 30/11/2021; lũy kế từ ngày 01/01/2021)",),
        example="VÍ DỤ: chỉ số 52 triệu đồng đã thu hồi tại huyện Bảo Lạc là số đã công bố, dưới dạng “hơn 52 triệu” "
        "(tin về công tác năm 2021 của Ban Dân tộc tỉnh); số kết luận, giấy nộp tiền và ngày là đặt ra.",
        heads=tuple((head,) for head in heads),
        numbers=(1, 2, 3, 4, 5, 6, 7, "8=5-6"),
        lines=(
            Line(("", "TỔNG CỘNG", None, None, paid, paid, None, 0), bold=True),
            Line(("1", what, "UBND huyện Bảo Lạc", "01/KL (ví dụ)", paid, paid, "15 ngày 02/11/2021 (ví dụ)", 0)),
        ),
        widths=(7, 50, 26, 16, 18, 14, 26, 14),
    )
