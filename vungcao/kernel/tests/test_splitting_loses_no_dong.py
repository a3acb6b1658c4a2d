"""Whole đồng by shares: largest remainder, nothing made, nothing lost, a reversal splits into opposites."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from vungcao.kernel.splitting import split

dong = some.integers(-(10**15), 10**15)
shares = (
    some.lists(some.integers(0, 1000), min_size=1, max_size=12)
    .filter(any)
    .map(lambda weights: [Fraction(weight, sum(weights)) for weight in weights])
)


@given(dong, shares)
def test_the_parts_add_up_and_none_is_a_whole_dong_off(amount, by):
    parts = split(amount, by)
    assert sum(parts) == amount and all(isinstance(part, int) for part in parts)
    assert all(abs(part - amount * share) < 1 for part, share in zip(parts, by, strict=True))


@given(dong, shares)
def test_a_reversal_splits_into_exact_opposites(amount, by):
    assert split(-amount, by) == [-part for part in split(amount, by)]


@given(dong, shares)
def test_a_larger_share_never_gets_less(amount, by):
    parts = split(abs(amount), by)
    for one, part in zip(by, parts, strict=True):
        for other, other_part in zip(by, parts, strict=True):
            assert one <= other or part >= other_part


def test_the_odd_dong_goes_to_the_largest_remainder_and_of_equals_to_the_first():
    third = Fraction(1, 3)
    assert split(10, [third, third, third]) == [4, 3, 3]
    assert split(10, [Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)]) == [2, 3, 5]
    assert split(0, [Fraction(1)]) == [0]


@pytest.mark.parametrize("by", [[], [Fraction(1, 2)], [Fraction(3, 2), Fraction(-1, 2)]])
def test_shares_that_are_no_shares_are_refused(by):
    with pytest.raises(ValueError, match="add up to 1"):
        split(10, by)
