"""A small invented paper for the tests: two annexes, figures in text and table, one body that has not reported."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from vungcao.reports import annual
from vungcao.reports.paper import (
    Annex,
    Cell,
    HeadCell,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
    TableRow,
    from_json,
    write_docx,
)

MILLION = 1_000_000
ANNUAL = Path(annual.__file__).parent


def sample() -> tuple[Paper, list[dict[str, str]]]:
    """The annual report's sample and its lines of sources."""
    data = json.loads((ANNUAL / "sample.json").read_text(encoding="utf-8"))
    return from_json(data["paper"]), data["sources"]


def money(dong: int | None, figure: str | None = None) -> Cell:
    return Cell(dong, "money", figure)


def table(items: int = 3, **changes: Any) -> Table:
    """Head of two rows and a number row; a total, a section, `items` rows, the last of which has not reported."""
    head = (
        (HeadCell("STT", 2), HeadCell("Đơn vị", 2), HeadCell("Vốn", 1, 2), HeadCell("Tỷ lệ (%)", 2)),
        (HeadCell("Kế hoạch"), HeadCell("Giải ngân")),
    )
    rows = []
    for index in range(1, items + 1):
        silent = index == items
        spent, rate = (None, None) if silent else (600 * MILLION, Decimal("60.0"))
        cells = (
            Cell(str(index)),
            Cell(f"Xã Ẩm Ướt {index} (ví dụ)"),
            money(1_000 * MILLION),
            money(spent, f"x{index}"),
        )
        rows.append(TableRow("item", (*cells, Cell(rate, "percent"))))
    given, spent = 1_000 * MILLION * items, 600 * MILLION * (items - 1)
    rate = (Decimal(spent) * 100 / given).quantize(Decimal("0.1"))
    sums = (money(given, "given"), money(spent, "spent"), Cell(rate, "percent", "rate"))
    total = TableRow("total", (Cell(""), Cell("TỔNG CỘNG"), *sums))
    section = TableRow("section", (Cell("I"), Cell("Các xã"), *sums))
    made = Table("", head, (total, section, *rows), number_row=("1", "2", "3", "4", "5=4/3"))
    return dataclasses.replace(made, **changes)


def paper(**changes: Any) -> Paper:
    made = Paper(
        signature=Signature(("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        subject="Kết quả thực hiện công tác dân tộc năm 2024",
        dated=date(2024, 2, 5),
        addressees=("Ủy ban Dân tộc", "Ủy ban nhân dân tỉnh Cao Bằng"),
        grounds=("Căn cứ Quyết định số 1719/QĐ-TTg", "Căn cứ Kế hoạch năm (ví dụ)"),
        sections=(
            Section(
                "I",
                "KẾT QUẢ",
                children=(
                    Section(
                        "1",
                        "Giải ngân",
                        (Paragraph((Run("Giải ngân "), Run("15,213 tỷ đồng", "spent"), Run("; Ẩm Ướt <&> {{ x }}."))),),
                    ),
                ),
            ),
        ),
        closing=(Paragraph.of("Trên đây là báo cáo của Ban Dân tộc./."),),
        recipients=("- Như trên;", "- Lưu: VT, KHTH."),
        example=True,
        footer_note="Số liệu chốt tại sổ ghi nhận số 57.",
        annexes=(Annex("I", "GIẢI NGÂN THEO XÃ", table()), Annex("II", "GIẢI NGÂN, KHỔ LỚN", table(), paper="A3")),
    )
    return dataclasses.replace(made, **changes)


def printed(one: Paper, template: Path | None = None) -> bytes:
    stream = BytesIO()
    write_docx(one, stream, template)
    return stream.getvalue()


def opened(one: Paper, template: Path | None = None) -> Any:
    return Document(BytesIO(printed(one, template)))
