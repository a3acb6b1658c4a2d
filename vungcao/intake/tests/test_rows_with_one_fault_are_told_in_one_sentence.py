"""Forty rows with the same fault are one sentence with the rows named; JSON keeps each at its own cell."""

from __future__ import annotations

import pytest

from vungcao.intake.telling import MOST_NAMED, cells, told
from vungcao.kernel.refusal import Cell, Problem


def fault(cell: str, said: str = "", sentence: str = "", code: str = "place.unknown", sheet: str = "BM01") -> Problem:
    return Problem(Cell("a.xlsx", sheet, cell), code, said, sentence or f"“{said}” không có trong danh mục.")


def test_the_same_sentence_at_many_cells_is_said_once_with_runs_of_cells():
    problems = [fault(f"C{row}", sentence="thiếu loại vốn.") for row in (7, 8, 9, 12)]
    (one,) = told(problems)
    assert str(one) == "a.xlsx, trang BM01, 4 ô (C7–C9, C12): thiếu loại vốn."


def test_rows_that_differ_in_a_name_or_a_figure_are_named_one_by_one():
    (one,) = told([fault("B7", "Xã A"), fault("B8", "Xã B"), fault("B9", "Xã C")])
    assert str(one) == (
        "a.xlsx, trang BM01, ô B7: “Xã A” không có trong danh mục. Cũng vậy ở 2 ô nữa: B8 “Xã B”, B9 “Xã C”."
    )


def test_names_that_stand_without_quotation_marks_are_names_too():
    gone = "%s đã bỏ từ 01/07/2025 theo 72/2025/QH15. Nếu biết là gì: vungcao map “%s” MÃ --kind place."
    names = ("Huyện Bảo Lạc", "Huyện Hoà An", "Thành phố Cao Bằng")
    (one,) = told([fault(f"B{at}", name, gone % (name, name)) for at, name in enumerate(names, start=11)])
    assert str(one).endswith("Cũng vậy ở 2 ô nữa: B12 “Huyện Hoà An”, B13 “Thành phố Cao Bằng”.")


def test_another_fault_sheet_or_weight_stays_by_itself_in_its_place():
    problems = [
        fault("B7", "A"),
        fault("B8", "A", code="body.unknown"),
        fault("B9", "A", sheet="BM02"),
        fault("B8", "C"),
    ]
    assert [len(one.problems) for one in told(problems)] == [2, 1, 1]
    assert sum(len(one.problems) for one in told(problems)) == len(problems), "nothing is left unsaid"


def test_a_very_long_list_says_how_many_more_there_are():
    (one,) = told([fault(f"B{row}", f"Xã {row}") for row in range(7, 7 + MOST_NAMED + 11)])
    assert str(one).endswith("và 10 ô khác.")


@pytest.mark.parametrize(
    ("names", "said"),
    [(["B7", "B8"], "B7, B8"), (["B7", "C8", "D9"], "B7, C8, D9"), (["AA9", "AA10", "AA11", ""], "AA9–AA11, ")],
)
def test_cells_are_joined_only_down_one_column(names, said):
    assert cells(names) == said
