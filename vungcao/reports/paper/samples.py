"""One invented paper of each kind, to be tried and looked at: figures say "ví dụ", nobody's name stands under them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from . import charts
from .issuing import board, issued, peoples_committee, peoples_council
from .parts import Annex, Article, Cell, Chart, HeadCell, Paper, Paragraph, Run, Section, Table, TableRow

MILLION: Final = 1_000_000
UNITS: Final = (
    "Ẩm Ướt",
    "Suối Trong",
    "Nà Ngần",
    "Khuổi Ỷ",
    "Lũng Nặm",
    "Phja Đén",
    "Cốc Ngoặc",
    "Bản Ỏ",
    "Thẳm Kỵ",
    "Pác Nghè",
)


def samples() -> dict[str, Paper]:
    """Papers by the code of their kind, and ``a3``: a letter with a wide annex of three pages."""
    return {
        "bao_cao": report(),
        "cong_van": letter(),
        "to_trinh": proposal(),
        "quyet_dinh": decision(),
        "nghi_quyet": resolution(),
        "thong_bao": notice(),
        "a3": wide(),
    }


def _said(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph.of(text) for text in texts)


def report() -> Paper:
    """Signed by the Board's deputy for its head, with a chart and a table."""
    rates = [(f"Xã {name}", Decimal(91 - 8 * index)) for index, name in enumerate(UNITS[:6])]
    shown = [*rates, (f"Xã {UNITS[6]}", None)]
    chart = Chart(
        "Biểu đồ 1. Tỷ lệ giải ngân theo xã (ví dụ)",
        charts.rates(shown, line=Decimal("60.2"), line_name="bình quân tỉnh"),
        "Tỷ lệ giải ngân của bảy xã ví dụ, từ cao xuống thấp; một xã chưa có số liệu.",
    )
    return Paper(
        subject="Kết quả giải ngân vốn tháng 10 năm 2024 (ví dụ)",
        year=2024,
        addressees=("Ủy ban nhân dân tỉnh Cao Bằng",),
        opening=_said("Ban Dân tộc báo cáo kết quả giải ngân đến ngày 25/10/2024 như sau (mọi số là ví dụ):"),
        sections=(
            Section(
                "I",
                "KẾT QUẢ",
                _said("Tỷ lệ giải ngân của bảy xã đã giao vốn như Biểu đồ 1; xã Cốc Ngoặc chưa có báo cáo."),
                charts=(chart,),
            ),
            Section(
                "II",
                "KHÓ KHĂN",
                (
                    Paragraph((
                        Run("Vốn sự nghiệp được giải ngân đến hết 31/01 năm sau", sure="recalled"),
                        Run("; các xã chậm do chưa xong hồ sơ."),
                    )),
                ),
            ),
        ),
        closing=_said("Trên đây là báo cáo của Ban Dân tộc, kính trình Ủy ban nhân dân tỉnh xem xét./."),
        recipients=("- Như trên;", "- Trưởng Ban (để b/c);", "- Lưu: VT, KHTH."),
        example=True,
        **issued(board(), "báo cáo", signer="deputy"),
    )  # fmt: skip


def letter() -> Paper:
    """Two addressees, the drafting unit in the number."""
    return Paper(
        subject="đề nghị góp ý dự thảo kế hoạch vốn năm 2025 (ví dụ)",
        year=2024,
        addressees=("Sở Tài chính", "Kho bạc Nhà nước Cao Bằng"),
        opening=_said(
            "Thực hiện chương trình công tác năm 2024, Ban Dân tộc dự thảo kế hoạch vốn năm 2025 (ví dụ).",
            "Đề nghị quý cơ quan nghiên cứu, góp ý bằng văn bản, gửi về Ban Dân tộc trước ngày 15/11/2024 để tổng hợp.",
        ),
        closing=_said("Rất mong được sự phối hợp của quý cơ quan./."),
        recipients=("- Như trên;", "- Lãnh đạo Ban;", "- Lưu: VT, KHTH."),
        example=True,
        **issued(board(), "công văn", signer="deputy", drafter="KHTH"),
    )


def proposal() -> Paper:
    """The Board's head to the People's Committee, with a landscape annex A4 whose two blocks add up."""
    return Paper(
        subject="điều chỉnh kế hoạch vốn sự nghiệp năm 2024 (ví dụ)",
        year=2024,
        addressees=("Ủy ban nhân dân tỉnh Cao Bằng",),
        grounds=("Căn cứ Luật Đầu tư công", "Căn cứ đề nghị của các xã tại các văn bản ví dụ"),
        opening=_said("Ban Dân tộc kính trình Ủy ban nhân dân tỉnh điều chỉnh vốn giữa các xã, tổng số không đổi:"),
        sections=(
            Section("1", "Lý do", _said("Hai xã hết đối tượng hỗ trợ; ba xã có nhu cầu tăng thêm (ví dụ).")),
            Section("2", "Số điều chỉnh", _said("Giảm 1.500 triệu đồng, tăng 1.500 triệu đồng, theo phụ lục.")),
        ),
        closing=_said("Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./."),
        recipients=("- Như trên;", "- Sở Tài chính (p/h);", "- Lưu: VT, KHTH."),
        annexes=(Annex("", "DANH MỤC ĐIỀU CHỈNH VỐN (VÍ DỤ)", _moved()),),
        example=True,
        **issued(board(), "tờ trình"),
    )


def _moved() -> Table:
    head = (tuple(HeadCell(text) for text in ("STT", "Đơn vị", "Đã giao", "Giảm", "Tăng", "Sau điều chỉnh", "Lý do")),)
    rows = []
    for block, name, units, sign in (("A", "GIẢM", UNITS[:2], -1), ("B", "TĂNG", UNITS[2:5], 1)):
        each = 1_500 * MILLION // len(units)
        sums = (2_000 * MILLION * len(units), each * len(units))
        rows.append(TableRow("section", _line(block, name, *sums, sign, "")))
        for index, unit in enumerate(units, start=1):
            why = "hết đối tượng" if sign < 0 else "tăng đối tượng"
            rows.append(TableRow("item", _line(f"{index}", f"Xã {unit}", 2_000 * MILLION, each, sign, why)))
    return Table("", head, rows, number_row=("1", "2", "3", "4", "5", "6=3-4+5", "7"))


def _line(mark: str, name: str, given: int, moved: int, sign: int, why: str) -> tuple[Cell, ...]:
    down, up = (moved, None) if sign < 0 else (None, moved)
    dong = (given, down, up, given + sign * moved)
    return (Cell(mark), Cell(name), *(Cell(one, "money") for one in dong), Cell(why))


def decision() -> Paper:
    """A draft that the People's Committee's chairman would sign, with legal bases and articles."""
    return Paper(
        subject="điều chỉnh dự toán kinh phí sự nghiệp năm 2024 (ví dụ)",
        year=2024,
        grounds=(
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            "Căn cứ Luật Ngân sách nhà nước",
            "Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh về dự toán ngân sách năm 2024 (ví dụ)",
            "Theo đề nghị của Trưởng Ban Dân tộc tại Tờ trình ví dụ",
        ),
        articles=(
            Article(
                _said("Điều chỉnh dự toán kinh phí sự nghiệp năm 2024 của năm xã, tổng số không thay đổi (ví dụ).")
            ),
            Article(
                _said(
                    "Giao Sở Tài chính nhập dự toán; Ban Dân tộc theo dõi, tổng hợp.",
                    "Các xã thực hiện và quyết toán theo quy định.",
                )
            ),
            Article(
                _said(
                    "Chánh Văn phòng Ủy ban nhân dân tỉnh, Trưởng Ban Dân tộc, Giám đốc Sở Tài chính và thủ trưởng các "
                    "đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
                )
            ),
        ),
        recipients=("- Như Điều 3;", "- Thường trực HĐND tỉnh;", "- Lưu: VT."),
        example=True,
        draft=True,
        **issued(peoples_committee(), "quyết định", signer="deputy"),
    )


def resolution() -> Paper:
    """A draft for the province's council."""
    said = issued(peoples_council(), "nghị quyết")
    return Paper(
        subject="điều chỉnh kế hoạch vốn năm 2024 (ví dụ)",
        year=2024,
        grounds=("Căn cứ Luật Tổ chức chính quyền địa phương", "Xét Tờ trình ví dụ của Ủy ban nhân dân tỉnh"),
        articles=(
            Article(_said("Điều chỉnh kế hoạch vốn năm 2024 của năm xã, tổng số không thay đổi (ví dụ).")),
            Article(_said("Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này./.")),
        ),
        recipients=("- Ủy ban nhân dân tỉnh;", "- Lưu: VT."),
        example=True,
        draft=True,
        **{**said, "signature": peoples_council().signature(alone=True)},
    )


def notice() -> Paper:
    """Conclusions of a meeting, signed by order."""
    return Paper(
        subject="Kết luận của Trưởng Ban tại cuộc họp giao ban tháng 10 năm 2024 (ví dụ)",
        year=2024,
        opening=_said("Tại cuộc họp giao ban tháng 10 năm 2024, Trưởng Ban kết luận (ví dụ):"),
        sections=(
            Section(
                "1", "Phòng Kế hoạch - Tổng hợp", _said("Đối chiếu số liệu với Kho bạc, xong trước ngày 23/10/2024.")
            ),
            Section("2", "Văn phòng", _said("Theo dõi, đôn đốc các đơn vị chưa gửi báo cáo.")),
        ),
        closing=_said("Văn phòng thông báo để các phòng biết, thực hiện./."),
        recipients=("- Lãnh đạo Ban;", "- Các phòng thuộc Ban;", "- Lưu: VT, VP."),
        example=True,
        **issued(board(), "thông báo", signer="by_order", post="Chánh Văn phòng"),
    )


def wide() -> Paper:
    """A letter whose annex of 21 columns wants a sheet A3."""
    projects = tuple(f"DA{number}" for number in range(1, 9))
    head = (
        (
            *(HeadCell(text, 2) for text in ("STT", "Đơn vị", "Mã QHNS")),
            *(HeadCell(text, 1, 2) for text in ("Tổng số", *projects)),
        ),
        tuple(HeadCell(text) for _ in range(1 + len(projects)) for text in ("Đầu tư", "Sự nghiệp")),
    )
    rows = []
    for index in range(1, 61):
        parts = [(137 * index + 91 * number) % 4_000 * MILLION + 500_000 * (index % 2) for number in range(16)]
        sums = [sum(parts[0::2]), sum(parts[1::2])]
        name = f"UBND xã {UNITS[index % len(UNITS)]} {index} (ví dụ)"
        cells = (Cell(f"{index}"), Cell(name), Cell(f"1{index:06d}"), *(Cell(one, "money") for one in sums + parts))
        rows.append(TableRow("item", cells))
    totals = [sum(int(row.cells[column].value or 0) for row in rows) for column in range(3, 21)]
    top = TableRow("total", (Cell(""), Cell("TỔNG CỘNG"), Cell(""), *(Cell(one, "money") for one in totals)))
    table = Table("", head, (top, *rows), number_row=tuple(f"{one}" for one in range(1, 22)))
    annex = Annex("", "GIAO DỰ TOÁN NĂM 2024 THEO ĐƠN VỊ VÀ DỰ ÁN (VÍ DỤ)", table, paper="A3")
    return Paper(
        subject="gửi biểu giao dự toán năm 2024 theo đơn vị (ví dụ)",
        year=2024,
        addressees=("Ủy ban nhân dân các xã",),
        opening=_said(
            "Ban Dân tộc gửi biểu giao dự toán năm 2024 theo đơn vị và dự án (số ví dụ), khổ A3 ngang.",
        ),
        closing=_said("Đề nghị các xã đối chiếu, phản hồi chỗ khác với quyết định giao./."),
        recipients=("- Như trên;", "- Lưu: VT, KHTH."),
        annexes=(annex,),
        example=True,
        **issued(board(), "công văn", signer="delegated", post="Trưởng phòng Kế hoạch - Tổng hợp", drafter="KHTH"),
    )
