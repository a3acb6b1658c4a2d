from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from docx.oxml.ns import qn

from vungcao.reports.paper import Annex, Cell, HeadCell, Table, TableRow, bookmark_name
from vungcao.reports.paper.printing import ROUNDED_NOTE, shown_rows
from vungcao.reports.paper.typeset import text_width
from vungcao.reports.paper.word_table import margin, plan_columns

from .cast import MILLION, money, opened, paper, printed, table


def texts(row: Any) -> list[str]:
    return ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]


def annex_table(word: Any, index: int = 0) -> Any:
    return word.tables[2 + index]._tbl


def test_head_rows_and_the_number_row_repeat_and_no_row_splits() -> None:
    rows = list(annex_table(opened(paper())).iter(qn("w:tr")))
    repeat = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
    assert repeat == [True] * 3 + [False] * 5
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
    assert texts(rows[0]) == ["STT", "Đơn vị", "Vốn", "Tỷ lệ (%)"]
    assert texts(rows[2]) == ["1", "2", "3", "4", "5=4/3"]


def test_numbers_are_vietnamese_stand_right_and_a_missing_one_prints_nothing() -> None:
    rows = list(annex_table(opened(paper())).iter(qn("w:tr")))
    assert texts(rows[3]) == ["", "TỔNG CỘNG", "3.000", "1.200", "40,0"]
    assert texts(rows[7]) == ["3", "Xã Ẩm Ướt 3 (ví dụ)", "1.000", "", ""]
    sides = [cell.find(".//" + qn("w:jc")).get(qn("w:val")) for cell in rows[5].iter(qn("w:tc"))]
    assert sides == ["center", "left", "right", "right", "right"]
    assert rows[3].find(".//" + qn("w:b")) is not None and rows[5].find(".//" + qn("w:b")) is None


def test_widths_stand_in_the_grid_and_in_every_cell_and_fill_the_page() -> None:
    element = annex_table(opened(paper()))
    grid = [int(column.get(qn("w:w"))) for column in element.iter(qn("w:gridCol"))]
    assert abs(sum(grid) - round((297 - 45) / 25.4 * 1440)) <= 2
    for row in element.iter(qn("w:tr")):
        widths = [int(cell.find(".//" + qn("w:tcW")).get(qn("w:w"))) for cell in row.iter(qn("w:tc"))]
        assert sum(widths) == sum(grid)


def test_spans_of_the_head_are_merged_both_ways() -> None:
    rows = list(annex_table(opened(paper())).iter(qn("w:tr")))
    assert [span.get(qn("w:val")) for span in rows[0].iter(qn("w:gridSpan"))] == ["2"]
    assert [merge.get(qn("w:val")) for merge in rows[0].iter(qn("w:vMerge"))] == ["restart"] * 3
    assert [merge.get(qn("w:val")) for merge in rows[1].iter(qn("w:vMerge"))] == [None] * 3


@pytest.mark.parametrize(
    "head",
    [
        ((HeadCell("a", 1, 2), HeadCell("b")), (HeadCell("c"), HeadCell("d"))),
        ((HeadCell("a", 2), HeadCell("b")), (HeadCell("c"), HeadCell("d"))),
        (),
    ],
)
def test_a_head_with_holes_or_overlaps_is_refused(head: Any) -> None:
    with pytest.raises(ValueError):
        Table("", head, ())


def test_a_row_of_the_wrong_length_or_money_that_is_no_whole_dong_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells"):
        table(rows=(TableRow("item", (Cell("1"),)),))
    with pytest.raises(ValueError, match="whole đồng"):
        Cell(Decimal("1.5"), "money")
    with pytest.raises(ValueError, match="unit"):
        table(unit=None)


def one_column(*dong: int | None, **changes: Any) -> list[str]:
    rows = tuple(TableRow("item", (money(one),)) for one in dong)
    return [row[0] for row in shown_rows(Table("", ((HeadCell("Vốn"),),), rows, **changes))]


def test_a_column_prints_exactly_with_one_number_of_decimals() -> None:
    assert one_column(614_294_000, 1_349_142 * MILLION, 0, None) == ["614,294", "1.349.142,000", "0,000", ""]
    assert one_column(5_857 * MILLION, -MILLION) == ["5.857", "-1"]
    assert one_column(15_213_000_000, unit=1_000_000_000) == ["15,213"]


def test_rounding_is_said_below_the_table() -> None:
    exact, rounded = (
        table(decimals=0),
        table(
            decimals=0,
            rows=(
                TableRow("item", (Cell("1"), Cell("Xã (ví dụ)"), money(1_500_400), money(None), Cell(None, "percent"))),
            ),
        ),
    )
    for one, is_said in ((exact, False), (rounded, True)):
        word = opened(paper(annexes=(Annex("", "BIỂU", one),)))
        assert any(ROUNDED_NOTE in p.text for p in word.paragraphs) is is_said


def test_the_percent_sign_stands_in_the_head_or_in_the_cell_never_twice() -> None:
    for said, expected in (("Tỷ lệ (%)", "72,9"), ("Tỷ lệ", "72,9%")):
        rows = (TableRow("item", (Cell(Decimal("72.9"), "percent"),)),)
        assert shown_rows(Table("", ((HeadCell(said),),), rows)) == [[expected]]


def test_each_annex_is_a_section_with_its_own_sheet_and_page_numbers_from_one() -> None:
    sections = opened(paper()).sections
    sheets = [(round(s.page_width.mm), round(s.page_height.mm)) for s in sections]
    assert sheets == [(210, 297), (297, 210), (420, 297)]
    starts = [s._sectPr.find(qn("w:pgNumType")) for s in sections]
    assert starts[0] is None and [one.get(qn("w:start")) for one in starts[1:]] == ["1", "1"]
    assert all(s._sectPr.find(qn("w:titlePg")) is not None for s in sections)


def test_an_annex_says_its_name_its_paper_and_its_unit() -> None:
    said = [p.text.replace("\u00a0", " ") for p in opened(paper()).paragraphs]
    assert "Phụ lục I" in said and "Phụ lục II" in said and "Đơn vị tính: triệu đồng" in said
    assert any(
        line.startswith("(Kèm theo Báo cáo số") and line.endswith("/BC-BDT ngày 05 tháng 02 năm 2024 của Ban Dân tộc)")
        for line in said
    )
    with pytest.raises(ValueError, match="distinct"):
        paper(annexes=(Annex("I", "A", table()), Annex("I", "B", table())))


def test_every_print_of_a_figure_has_its_own_bookmark() -> None:
    word = opened(paper())
    names = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(set(numbers)) and all(len(name) <= 40 for name in names)
    first = next(
        m for m in word.element.body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == bookmark_name("spent")
    )
    assert "".join(t.text for t in first.getnext().iter(qn("w:t"))) == "15,213 tỷ đồng"
    assert bookmark_name("spent", 5) in names and bookmark_name("x3") not in names  # an empty cell prints no figure


def test_three_hundred_rows_of_nine_columns_take_less_than_two_seconds() -> None:
    long = Annex("", "BIỂU DÀI", table(300))
    printed(paper())  # the frame is made once
    start = time.process_time()  # ours, not what else the machine does
    printed(paper(annexes=(long,)))
    assert time.process_time() - start < 2


def test_a_crowded_table_gets_smaller_type_before_a_number_is_broken() -> None:
    head = (tuple(HeadCell(f"Cột {index}") for index in range(20)),)
    wide = Table("", head, (TableRow("item", tuple(money(1_349_142 * MILLION) for _ in range(20))),))
    points, widths = plan_columns(wide, shown_rows(wide), 14_288)
    assert points < 12 and sum(widths) == 14_288
    assert min(widths) >= text_width("1.349.142", points) + 2 * margin(points)


def test_given_widths_are_followed_as_shares() -> None:
    one = table(widths=(1, 6, 2, 2, 1))
    _, widths = plan_columns(one, shown_rows(one), 12_000)
    assert sum(widths) == 12_000 and widths[1] == max(widths) and abs(widths[1] - 6000) < 300
