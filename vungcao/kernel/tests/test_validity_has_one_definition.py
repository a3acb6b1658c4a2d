"""In force: from the first day, up to but not including the day after the last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vungcao.kernel.validity import after_last_day, holds, last_day, overlap

FIRST, LAST = date(2025, 7, 1), date(2025, 12, 31)
days = some.dates(date(2000, 1, 1), date(2050, 1, 1))


@pytest.mark.parametrize(
    ("on", "holds_then"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_a_thing_holds_on_its_first_and_its_last_day(on, holds_then):
    assert holds(FIRST, after_last_day(LAST), on) is holds_then


def test_an_unknown_start_and_an_open_end_hold_on_every_day():
    assert holds(None, None, date.min) and holds(None, None, date.max)
    assert holds(None, FIRST, date.min) and not holds(None, FIRST, FIRST)
    assert holds(FIRST, None, date.max) and not holds(FIRST, None, date.min)


@given(days)
def test_a_last_day_is_converted_there_and_back(day):
    assert last_day(after_last_day(day)) == day
    assert holds(day, after_last_day(day), day)


def test_no_last_day_means_no_end():
    assert after_last_day(None) is None and last_day(None) is None


def test_neighbours_do_not_overlap_but_a_shared_day_does():
    assert not overlap([(FIRST, LAST), (LAST, None)])
    assert overlap([(FIRST, LAST), (LAST - timedelta(days=1), None)])
    assert overlap([(None, FIRST + timedelta(days=1)), (FIRST, None)])
    assert overlap([(None, None), (None, FIRST)])
    assert not overlap([(FIRST, None)]) and not overlap([])


@given(
    some.lists(
        some.tuples(some.none() | days, some.none() | days).filter(lambda s: None in s or s[0] < s[1]), max_size=5
    )
)
def test_overlap_says_that_some_day_lies_in_two_spans(spans):
    edges = {edge for span in spans for edge in span if edge} | {date.min, date.max}
    shared = any(sum(holds(start, end, day) for start, end in spans) > 1 for day in edges)
    assert overlap(spans) is shared
