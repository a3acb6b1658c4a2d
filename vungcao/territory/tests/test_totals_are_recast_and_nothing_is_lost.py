"""Three readings of an additive total: as said, in the units of a day, in today's units."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.territory import actions, queries
from vungcao.territory.models import Place, Reorganisation
from vungcao.territory.readings import Units, recast
from vungcao.territory.tests.conftest import AFTER, BEFORE

LATER = date(2027, 6, 1)


def test_a_figure_of_2023_stands_under_the_commune_of_today_and_the_district_of_then(cao_bang, key):
    said = date(2023, 12, 31)
    then = recast({key("01342"): 7}, said_on=said, to=None)
    assert then.placed == {key("01342"): 7}
    tree = queries.tree(said)
    assert tree.names[tree.ancestor_of_kind(key("01342"), queries.DISTRICTS)] == "Huyện Bảo Lạc"
    today = recast({key("01342"): 7}, said_on=said, to=LATER)
    assert [queries.naming(place, LATER).full_name for place in today.placed] == ["Xã Bảo Lạc"]
    assert list(today.placed.values()) == [7]


def test_two_communes_merged_add_up_and_their_figures_stay_as_said(cao_bang, key):
    into = key("01738@2025-07-01")
    for yen_lac, ca_thanh, together in ((10, 11, 21), (12, 13, 25)):
        said = {key("01732"): yen_lac, key("01738"): ca_thanh}
        assert recast(said, said_on=BEFORE, to=AFTER).placed == {into: together}
        assert recast(said, said_on=BEFORE, to=None).placed == said
        assert recast(said, said_on=BEFORE, to=BEFORE).placed == said


def test_the_merger_takes_effect_at_midnight(cao_bang, key):
    said = {key("01342"): 5}
    assert recast(said, said_on=BEFORE, to=date(2025, 6, 30)).placed == said
    assert recast(said, said_on=BEFORE, to=date(2025, 7, 1)).placed == {key("01321@2025-07-01"): 5}


def test_what_an_abolished_district_held_is_not_apportioned(cao_bang, key):
    found = recast({key("04.043"): 9, key("01342"): 1, key("04"): 4, key("VN"): 2}, said_on=BEFORE, to=AFTER)
    assert found.placed == {key("01321@2025-07-01"): 1, key("04"): 4, key("VN"): 2}
    ((place, amount, why),) = found.not_apportioned
    assert (place, amount) == (key("04.043"), 9)
    assert "Huyện Bảo Lạc đã bỏ từ 01/07/2025 theo 72/2025/QH15" in why and "chưa bàn giao" in why


def test_what_becomes_of_a_place_is_looked_up_once_for_all_its_amounts(cao_bang, key, django_assert_num_queries):
    """A course of months recasts hundreds of thousands of amounts of a few hundred places."""
    units, gone, province = Units(AFTER), key("04.043"), key("04")
    first = [units.recast({gone: 9}, said_on=BEFORE), units.above(gone)]
    with django_assert_num_queries(0):
        for dong in range(1, 1001):
            found = units.recast({gone: dong}, said_on=BEFORE)
            assert (found.total, found.not_apportioned[0][1:]) == (dong, (dong, first[0].not_apportioned[0][2]))
            assert units.above(gone) == first[1] == province
    assert (units.side.cache_info().misses, units.ending.cache_info().misses) == (2, 1)


def test_shares_apportion_whole_dong_by_largest_remainder(vi_du, key):
    found = recast({key("99003"): 10_001}, said_on=BEFORE, to=AFTER)
    assert found.placed == {key("99003@2025-07-01"): 3333, key("99005"): 3333, key("99006"): 3335}
    back = recast({key("99003"): -10_001}, said_on=BEFORE, to=AFTER)
    assert back.placed == {place: -amount for place, amount in found.placed.items()}


def test_a_split_without_shares_needs_a_share_until_a_paper_gives_it(vi_du, key):
    said = {key("99004"): 100}
    assert recast(said, said_on=BEFORE, to=AFTER).needs_share == [(key("99004"), 100)]
    known = last_number()
    actions.correct_share(
        event=Reorganisation.objects.get(clause="3"),
        predecessor=Place.objects.get(key="99004"),
        shares={key("99007"): Fraction(2, 3), key("99008"): Fraction(1, 3)},
        cites="03/VÍ-DỤ",
        by=SYSTEM,
    )
    assert recast(said, said_on=BEFORE, to=AFTER).placed == {key("99007"): 67, key("99008"): 33}
    assert recast(said, said_on=BEFORE, to=AFTER, known=known).needs_share == [(key("99004"), 100)]


def test_several_successions_are_followed_in_order(vi_du, key):
    said = {key("99001"): 10, key("99002"): 11, key("99003"): 10_000}
    found = recast(said, said_on=BEFORE, to=LATER)
    assert found.placed == {key("99001@2027-01-01"): 10 + 11 + 3333, key("99005"): 3333, key("99006"): 3334}


def test_backward_a_part_returns_to_its_one_predecessor_and_a_merger_needs_shares(vi_du, key):
    said = {key("99005"): 5, key("99006"): 6, key("99001@2025-07-01"): 7}
    found = recast(said, said_on=AFTER, to=BEFORE)
    assert found.placed == {key("99003"): 11}
    assert found.needs_share == [(key("99001@2025-07-01"), 7)]
    actions.correct_share(
        event=Reorganisation.objects.get(clause="1", cites="01/NQ-VÍ-DỤ"),
        successor=Place.objects.get(key="99001@2025-07-01"),
        shares={key("99001"): Fraction(1, 2), key("99002"): Fraction(1, 2)},
        cites="03/VÍ-DỤ",
        by=SYSTEM,
    )
    assert recast(said, said_on=AFTER, to=BEFORE).placed == {key("99003"): 11, key("99001"): 4, key("99002"): 3}


def test_a_place_that_we_do_not_hold_is_not_swallowed(cao_bang):
    assert recast({987654: 3}, said_on=BEFORE, to=AFTER).not_apportioned == [(987654, 3, "không có địa bàn này")]


@pytest.mark.django_db
def test_recast_makes_and_loses_nothing_at_any_place_amount_and_day(cao_bang, vi_du):
    places = sorted(Place.objects.values_list("pk", flat=True))
    amounts = some.dictionaries(some.sampled_from(places), some.integers(-(10**13), 10**13), max_size=12)
    days = some.dates(date(2015, 1, 1), date(2030, 1, 1))

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(amounts, days, some.none() | days)
    def holds(said, said_on, to):
        found = recast(said, said_on=said_on, to=to)
        assert found.total == sum(said.values())
        if to is not None:
            tree = queries.tree(to)
            assert all(place in tree for place in found.placed)
        opposite = recast({place: -amount for place, amount in said.items()}, said_on=said_on, to=to)
        assert opposite.total == -found.total

    holds()
