"""Tables composed at random with known truth: every value and parent right, no false alarm, the wrong sum found."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vungcao.intake.tests.reading.layouts import Page, failing, only_table, read
from vungcao.kernel.vietnamese import number

ROMAN = ["I", "II", "III", "IV", "V"]
amounts = st.tuples(*[st.integers(0, 99_999)] * 3)


@dataclass
class Made:
    """A table as made: its page, and for each row of the body its parent and figures."""

    page: Page
    truth: dict[int, tuple[int | None, tuple[int, ...]]]
    sums: list[int]


@st.composite
def tables(draw: st.DrawFn) -> Made:
    sections = draw(st.lists(st.lists(amounts, min_size=1, max_size=4), min_size=1, max_size=5))
    total_first, as_text, gap = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    by_source, letters = draw(st.booleans()), draw(st.booleans())
    rows: list[list[Any]] = [["BIỂU TỔNG HỢP (VÍ DỤ)"], [None, None, "ĐVT: đồng"]] + [[]] * gap
    rows += [["STT", "Nội dung", "Kế hoạch", None, None], [None, None, "Năm nay", "Kéo dài", "Khác"]]
    top = len(rows) - 1
    merges = [f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:E{top}"]
    if draw(st.booleans()):
        rows.append(["A", "B", 1, 2, 3])
    truth: dict[int, tuple[int | None, tuple[int, ...]]] = {}
    sums: list[int] = []

    def add(mark: Any, label: str, values: tuple[int, ...], parent: int | None, is_sum: bool = False) -> int:
        rows.append([mark, label, *(number(value) if as_text else value for value in values)])
        truth[len(rows)] = (parent, values)
        sums.extend([len(rows)] if is_sum else [])
        return len(rows)

    def added(many: list[tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*many, strict=True))

    whole = added([added(items) for items in sections])
    if total_first:
        add(None, "TỔNG CỘNG", whole, None, is_sum=True)
    for index, items in enumerate(sections):
        head = add(
            "ABCDE"[index] if letters else ROMAN[index], f"Dự án {index} (ví dụ)", added(items), None, is_sum=True
        )
        for place, item in enumerate(items, start=1):
            row = add(place, f"Nội dung {place}", item, head)
            if by_source:
                add("-", "NSTW", (item[0], 0, item[2]), row)
                add("-", "NSĐP", (0, item[1], 0), row)
    if not total_first:
        add(None, "Tổng cộng", whole, None, is_sum=True)
    return Made(Page(rows, merges), truth, sums)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_every_value_and_parent_is_right_and_nothing_is_alarmed(made):
    with tempfile.TemporaryDirectory() as folder:
        table = only_table(read(Path(folder) / "bieu.xlsx", made.page))
    read_back = {
        row.row: (row.parent, tuple(value.value for value in row.values.values()))  # one tuple a row
        for row in table.rows
    }
    assert read_back == {row: (parent, tuple(map(Decimal, values))) for row, (parent, values) in made.truth.items()}
    assert failing(table) == set()
    assert [row.kind for row in table.rows].count("total") == 1


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_a_wrong_sum_anywhere_is_found(made, data):
    row = data.draw(st.sampled_from(made.sums))
    col = data.draw(st.sampled_from("CDE"))
    right = made.truth[row][1]["CDE".index(col)]
    wrong = right + data.draw(st.integers(1, 10_000))
    with tempfile.TemporaryDirectory() as folder:
        table = only_table(read(Path(folder) / "bieu.xlsx", made.page.put(f"{col}{row}", wrong)))
    assert ("sum_of_rows", f"{col}{row}") in failing(table)
    assert {cell[0] for _, cell in failing(table)} == {col}
