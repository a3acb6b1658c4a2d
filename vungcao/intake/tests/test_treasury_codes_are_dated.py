"""Lists of Treasury codes: loaded once, retired by a day, refused at the cell when they cannot stand."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.intake.tests.treasury_papers import CODES, with_cell
from vungcao.ledger.codes import CodeBook

pytestmark = pytest.mark.django_db


def in_short(result):
    (one,) = result.outcomes
    return one.state, [(problem.where.cell, problem.code) for problem in one.problems]


def test_a_list_is_rehearsed_then_kept_and_the_same_again_changes_nothing(bring, counted):
    before = counted()
    assert in_short(bring(CODES, commit=False)) == ("received", []) and counted() == before
    assert in_short(bring(CODES)) == ("received", [])
    held = counted()
    assert in_short(bring(CODES)) == ("held", []) and counted() == held
    meaning = CodeBook().meaning("QHNS", " vd00043 ", date(2025, 6, 30))
    assert meaning.identity and not meaning.is_retired


def test_a_last_day_given_later_retires_a_code_and_the_past_keeps_it(bring):
    bring(CODES, with_cell(CODES, 0, 5, "31/12/2024"))
    book = CodeBook()
    assert book.meaning("CTMT", "VD0510", date(2024, 12, 31)).identity
    ended = book.meaning("CTMT", "VD0510", date(2025, 1, 1))
    assert ended.is_retired and "31/12/2024" in ended.sentence


def test_a_code_passes_on_in_two_rows_and_says_so(bring):
    one = (*CODES.rows, ("9", "Mã QHNS", "VD00043", "UBND xã Bảo Lạc", "01/07/2025", None, None, None))
    assert in_short(bring(CODES.but(rows=one))) == ("received", [])
    before, after = (CodeBook().meaning("QHNS", "VD00043", day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert before.identity != after.identity
    assert (before.is_inherited, after.is_inherited) == (False, True)


@pytest.mark.parametrize(
    ("row", "column", "said", "found"),
    [
        (3, 2, "VD00043", ("C13", "code.two_bearers")),  # one code for two bodies on one day
        (3, 3, "UBND huyện Không Có", ("D13", "code.bearer_unknown")),
        (0, 3, "1719.DA99", ("D10", "code.bearer_unknown")),
        (0, 1, "Mã vạch", ("B10", "code.unknown_scheme")),
        (2, 5, "31/02/2025", ("F12", "code.days")),
        (2, 5, "31/12/2020", ("F12", "code.days")),
        (1, 2, None, ("C11", "code.empty")),
    ],
)
def test_what_cannot_stand_is_named_at_its_cell_and_nothing_is_written(bring, row, column, said, found):
    state, problems = in_short(bring(with_cell(CODES, row, column, said)))
    assert (state, problems) == ("draft", [found])
    assert not CodeBook().rows


def test_a_code_that_another_body_still_bears_is_refused(bring):
    bring(CODES)
    late = CODES.but(rows=(("1", "Mã QHNS", "VD00043", "UBND huyện Hà Quảng", "01/01/2024", None, None, None),))
    assert in_short(bring(late)) == ("draft", [("C10", "code.two_bearers")])


def test_a_chapter_is_shared(bring):
    rows = (*CODES.rows, ("9", "Chương", "VD799", "UBND huyện Bảo Lâm", "01/01/2021", None, None, None))
    assert in_short(bring(CODES.but(rows=rows))) == ("received", [])
