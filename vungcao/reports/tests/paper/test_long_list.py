"""A long list as a workbook: every row, types kept, nothing taken for a formula, nothing cut in silence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from vungcao.reports.paper import long_list
from vungcao.reports.paper.long_list import Column, ListTooLong, write_list

COLUMNS = (Column("Đơn vị"), Column("Số tiền", "number"), Column("Tỷ lệ", "percent"), Column("Ngày", "date"))


def written(rows: Any) -> tuple[int, BytesIO]:
    held = BytesIO()
    count = write_list(held, COLUMNS, rows, "Danh sách (ví dụ)")
    held.seek(0)
    return count, held


def test_rows_come_back_as_they_went_by_two_readers() -> None:
    rows = [(f"Xã Ẩm Ướt {n % 7} <&>", n * 10**9, Decimal("72.9"), date(2024, 2, 29)) for n in range(2_501)]
    count, held = written(iter(rows))
    assert count == 2_501
    back = CalamineWorkbook.from_filelike(held).get_sheet_by_index(0).to_python()
    assert len(back) == 2_502 and back[0] == [column.head for column in COLUMNS]
    assert back[2_501] == ["Xã Ẩm Ướt 1 <&>", 2_500 * 10**9, 72.9, date(2024, 2, 29)]
    sheet = openpyxl.load_workbook(held)["Danh sách (ví dụ)"]
    assert sheet.max_row == 2_502 and sheet["B3"].value == 10**9 and "#,##0" in sheet["B3"].number_format
    assert sheet["D2"].value == datetime(2024, 2, 29) and sheet.freeze_panes == "B2"


def test_what_nobody_gave_is_an_empty_cell_and_text_is_never_a_formula() -> None:
    _, held = written([("=1+1", None, None, None), (" mã 007\x07", 0, Decimal("0.0"), None)])
    sheet = openpyxl.load_workbook(held).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == ("=1+1", "s", None)
    assert (sheet["A3"].value, sheet["B3"].value) == (" mã 007", 0)


@pytest.mark.parametrize(
    "row",
    [
        ("a", "chữ", None, None), ("a", float("nan"), None, None), (5, 1, None, None), ("a", 1, None),
        ("a", True, None, None),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_or_a_short_row_is_refused(row: Any) -> None:
    with pytest.raises(ValueError, match=r"row|hold"):
        written([row])


def test_a_list_longer_than_a_sheet_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_list, "MOST_ROWS", 10)
    with pytest.raises(ListTooLong, match="10 dòng"):
        written([("a", 1, None, None)] * 11)
    assert written([("a", 1, None, None)] * 10)[0] == 10


def test_the_same_list_reads_the_same_twice() -> None:
    rows = [("a", 1, Decimal("1.5"), date(2024, 1, 1))]
    with_sheets = [openpyxl.load_workbook(written(rows)[1]).active for _ in range(2)]
    first, second = ([[cell.value for cell in row] for row in sheet] for sheet in with_sheets)
    assert first == second
