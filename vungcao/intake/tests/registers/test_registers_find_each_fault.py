"""A list is tried against rules that are data: each fault at its cell, every line counted, nothing corrected."""

from datetime import date
from decimal import Decimal

import pytest

from vungcao.intake.reading import CannotRead
from vungcao.intake.registers import check
from vungcao.intake.tests.registers.lists import HEADS, LINES, put, rules, write


@pytest.fixture
def file(tmp_path):
    return tmp_path / "danh_sach_vi_du.xlsx"


def found(checked):
    return [(fault.row, fault.column, fault.rule, fault.said) for fault in checked.faults]


def test_a_right_list_has_no_fault_and_its_lines_come_out_as_they_are(file):
    taken = []
    checked = check(write(file, LINES, above=3), rules(), take=taken.append)
    assert (checked.lines, checked.bad_lines, checked.sheet) == (3, 0, "DS")
    assert [row for lines in taken for row in lines.rows] == [5, 6, 7]
    columns = {code: [cell for lines in taken for cell in lines.columns[code]] for code in taken[0].columns}
    assert columns["key"] == ["H001", "H002", "H003"]
    assert columns["plan"] == [5_000_000, 6_000_000, 7_000_000]
    assert columns["paid"] == [1_000_000, 6_000_000, None]
    assert columns["on"] == [date(2022, 3, 1), date(2022, 3, 2), None]
    assert columns["note"] == [None, "ví dụ", None]


@pytest.mark.parametrize(
    ("column", "said", "fault"),
    [
        (1, "H1", ("key", "pattern", "H1")),
        (1, "H001", ("key", "duplicate", "H001")),
        (2, None, ("name", "required", "")),
        (3, "Tay", ("people", "list", "Tay")),
        (4, 31, ("size", "range", "31")),
        (4, 0, ("size", "range", "0")),
        (4, 2.5, ("size", "whole", "2.5")),
        (5, "sáu triệu đồng", ("plan", "number", "sáu triệu đồng")),
        (5, -1, ("plan", "range", "-1")),
        (6, 6_000_001, ("paid", "over", "6000001")),
        (7, "31/02/2022", ("on", "date", "31/02/2022")),
        (7, 44_621, ("on", "date", "44621")),
        (7, date(2020, 12, 31), ("on", "range", "31/12/2020")),
    ],
)
@pytest.mark.parametrize("quickly", [True, False], ids=["quickly", "thoroughly"])
def test_each_kind_of_fault_is_found_at_its_cell(file, column, said, fault, quickly):
    taken = []
    checked = check(write(file, put(1, column, said)), rules(), take=taken.append, quickly=quickly)
    assert found(checked) == [(3, *fault)]
    assert (checked.lines, checked.bad_lines) == (3, 1)
    assert [row for lines in taken for row in lines.rows] == [2, 4]


def test_a_problem_says_where_and_what_in_the_officers_words(file):
    (problem,) = check(write(file, put(1, 6, 9_000_000)), rules()).problems()
    assert (problem.where.sheet, problem.where.cell, problem.code) == ("DS", "G3", "register.over")
    assert problem.sentence == "Đã chi: lớn hơn vốn."
    (problem,) = check(write(file, put(1, 1, "12")), rules()).problems()
    assert problem.sentence == "Mã hộ: không đúng dạng (ví dụ đúng: H001)."


def test_two_faults_of_one_line_are_both_said_and_the_line_is_bad_once(file):
    checked = check(write(file, put(1, 3, "Kinh", put(1, 4, 99))), rules())
    assert [(row, column) for row, column, *_ in found(checked)] == [(3, "people"), (3, "size")]
    assert checked.bad_lines == 1


def test_figures_typed_as_text_are_figures_and_keep_all_their_digits(file):
    taken = []
    lines = put(0, 5, "9.007.199.254.740.993", put(1, 5, "6.000.000", put(2, 5, 9_007_199_254_740_993)))
    checked = check(write(file, lines), rules(), take=taken.append)
    assert found(checked) == []
    assert taken[0].columns["plan"][:2] == [9_007_199_254_740_993, 6_000_000]


def test_a_day_typed_as_text_is_a_day(file):
    taken = []
    assert found(check(write(file, put(1, 7, "15.11.2022")), rules(), take=taken.append)) == []
    assert taken[0].columns["on"][1] == date(2022, 11, 15)


def test_headings_totals_notes_and_column_numbers_are_no_lines(file):
    lines = [[*range(1, 10)], ["Thôn Ví Dụ"], *LINES, [None, None, "Tổng cộng", None, 15, 18_000_000, 7_000_000], [],
             ["Ghi chú: số liệu ví dụ"]]  # fmt: skip
    checked = check(write(file, lines), rules())
    assert found(checked) == []
    assert (checked.lines, checked.left_out) == (3, [2, 3, 7, 9])


def test_hidden_lines_are_not_judged_and_are_said(file):
    checked = check(write(file, put(1, 3, "Kinh"), hidden=(3,)), rules())
    assert (checked.lines, checked.faults, checked.unseen) == (2, [], [3])
    (notice,) = checked.problems()
    assert (notice.code, notice.weight, notice.where.cell) == ("register.hidden", "notice", "A3")


def test_a_missing_wanted_column_is_a_sentence_and_a_missing_optional_one_is_nothing(file):
    with pytest.raises(CannotRead, match="“Dân tộc”"):
        check(write(file, LINES, heads=[*HEADS[:3], "Quê quán", *HEADS[4:]]), rules())
    checked = check(write(file, LINES, heads=[*HEADS[:6], "Khác", *HEADS[7:]]), rules())
    assert (checked.lines, checked.faults) == (3, [])


def test_a_decimal_is_exact(file):
    taken = []
    check(write(file, put(1, 5, 6_000_000.1)), rules(), take=taken.append)
    assert taken[0].columns["plan"][1] == Decimal("6000000.1")
