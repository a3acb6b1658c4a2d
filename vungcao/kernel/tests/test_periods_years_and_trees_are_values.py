"""Periods, budget years and trees: plain values that read their codes and know what lies inside what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vungcao.kernel.periods import Period, month_end_before
from vungcao.kernel.trees import Tree
from vungcao.kernel.years import NOT_DIVIDED, Years


@pytest.mark.parametrize(
    ("code", "first", "last", "words"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "năm 2021"),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30), "quý 3 năm 2021"),
        ("2024-h1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        (" 2024-02 ", date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
    ],
)
def test_a_period_knows_its_first_and_last_day(code, first, last, words):
    period = Period.parse(code)
    assert (period.first, period.last, str(period)) == (first, last, words)
    assert Period.parse(period.code) == period


@pytest.mark.parametrize(
    "code", ["", "21", "2021-13", "2021-Q5", "2021-1", "2021-H3", "0000", "2021-Q3-1", "quý 3", "２０２１"]
)
def test_a_code_that_is_no_period_gets_a_sentence(code):
    with pytest.raises(ValueError, match="không đọc được"):
        Period.parse(code)


@given(some.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_last_month_end_is_at_most_a_month_away(day):
    end = month_end_before(day)
    assert end <= day < end + timedelta(days=32)
    assert (end + timedelta(days=1)).day == 1
    assert not any((end + timedelta(days=ahead + 1)).day == 1 for ahead in range(1, (day - end).days + 1))


spans = some.builds(
    lambda first, more: Years(first, first + more), some.integers(2000, 2040), some.integers(0, 9)
) | some.just(Years.parse(NOT_DIVIDED))


@given(spans)
def test_years_read_what_they_write(years):
    assert Years.parse(str(years)) == years


@given(spans, spans)
def test_what_covers_meets_and_years_that_meet_share_one(one, other):
    mine, yours = (set(range(max(span.first, 1990), min(span.last, 2060) + 1)) for span in (one, other))
    assert one.meets(other) is bool(mine & yours) is other.meets(one)
    assert one.covers(other) is (mine >= yours)
    if one.covers(other) and one != other:
        assert one.depth <= other.depth


def test_depth_grows_as_years_are_cut_finer():
    assert [Years.parse(code).depth for code in ("*", "2021-2025", "2021")] == [0, 1, 2]


@pytest.mark.parametrize("code", ["", "21", "2025-2021", "2021-2021", "2021-", "x", "2021,2022", "２０２１"])
def test_years_that_are_none_are_refused(code):
    with pytest.raises(ValueError, match="không đọc được"):
        Years.parse(code)


@some.composite
def forests(draw):
    """node → an earlier node or none."""
    size = draw(some.integers(1, 12))
    return {node: draw(some.sampled_from([None, *range(node)])) for node in range(size)}


@given(forests())
def test_in_a_tree_two_nodes_meet_when_something_is_below_both(parents):
    tree = Tree(parents)
    below = {node: set(tree.below(node)) for node in parents}
    for one in parents:
        assert tree.depth(one) == len(list(tree.up(one))) - 1
        for other in parents:
            assert tree.covers(one, other) is (other in below[one])
            assert tree.meets(one, other) is bool(below[one] & below[other])


def test_a_node_outside_the_tree_stands_alone():
    tree = Tree({1: None, 2: 1})
    assert list(tree.up(9)) == [9] and list(tree.below(9)) == [9]
    assert 9 not in tree and tree.covers(9, 9) and not tree.covers(1, 9) and tree.depth(9) == 0


def test_a_ring_in_the_data_ends_the_walk():
    tree = Tree({1: 2, 2: 1})
    assert list(tree.up(1)) == [1, 2]
    assert tree.covers(1, 2) and tree.covers(2, 1)
    assert list(tree.below(1)) == [1, 2]
