"""A table of many columns stays legible: names take two lines before the type shrinks, rare remarks may take more."""

from __future__ import annotations

from vungcao.reports.paper import Cell, HeadCell, Table, TableRow
from vungcao.reports.paper.printing import shown_rows
from vungcao.reports.paper.samples import samples
from vungcao.reports.paper.typeset import wrapped_lines
from vungcao.reports.paper.word_table import LEGIBLE, plan_columns

A3 = 21_260  # twips between the margins of a landscape A3


def test_names_take_two_lines_before_the_type_shrinks_below_what_is_legible() -> None:
    table = samples()["a3"].annexes[0].table
    printed = shown_rows(table)
    points, widths = plan_columns(table, printed, A3)
    assert points >= LEGIBLE and sum(widths) == A3
    assert max(wrapped_lines(row[1], widths[1], points) for row in printed) <= 2


def test_a_rare_remark_does_not_make_the_type_of_a_whole_table_small() -> None:
    head = (tuple(map(HeadCell, ("STT", "Đơn vị", "Vốn", "Ghi chú"))),)
    long = "Vướng giải phóng mặt bằng, chờ hướng dẫn của cơ quan có thẩm quyền, " * 20
    rows = [
        TableRow("item", (Cell(f"{n}"), Cell(f"Xã Ẩm Ướt {n}"), Cell(n * 10**9, "money"), Cell(long if n == 3 else "")))
        for n in range(1, 21)
    ]
    table = Table("", head, rows)
    points, _ = plan_columns(table, shown_rows(table), 9_350)
    assert points == 12
