"""At a handover what was spent goes along: nothing is counted twice, nothing is lost, whatever the new holder says."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import MERGED
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger import checks, spending
from vungcao.ledger.actions import OpeningDraft, UnusableStatement, WrongMove, record_openings
from vungcao.ledger.judging import judge
from vungcao.ledger.models import Opening, OpeningSaid

JUNE, SEPTEMBER = date(2025, 6, 30), date(2025, 9, 30)


@pytest.fixture
def district(cast):
    """What Huyện Một had spent when it ended."""
    region = cast.region(place="h1", body="UBND-h1", year="2025")
    cast.state([(region, 100)], coverage=region, as_of=JUNE)
    return region


@pytest.fixture
def commune(cast):
    return cast.region(place="x12", body="UBND-x12", year="2025")


def hand_over(cast, giver, taker, dong, number="9/BB-VD"):
    row = OpeningDraft(giver, taker, dong, Cell("ví dụ.xlsx", "Trang1", "C8"))
    return record_openings(batch=cast.batch(), dated=MERGED, rows=[row], number=number, by=SYSTEM)


def counted(on):
    found = {}
    for region, dong in spending.counted_on(on):
        found[region] = found.get(region, 0) + dong
    return found


def told(cast, commune, dong, opening=OpeningSaid.NOT_SAID, as_of=SEPTEMBER):
    return cast.draft([(commune, dong)], coverage=commune, as_of=as_of, reporter="UBND-x12", opening=opening)


def test_on_the_day_of_the_handover_it_stands_with_the_new_holder(cast, district, commune):
    hand_over(cast, district, commune, 70)
    assert counted(JUNE) == {district: 100}
    assert counted(MERGED) == {district: 30, commune: 70}


def test_a_figure_that_includes_it_counts_alone(cast, district, commune):
    hand_over(cast, district, commune, 70)
    cast.state([(commune, 95)], coverage=commune, as_of=SEPTEMBER, reporter="UBND-x12", opening=OpeningSaid.INCLUDED)
    assert counted(SEPTEMBER) == {district: 30, commune: 95}


def test_a_figure_apart_is_added_to_it(cast, district, commune):
    hand_over(cast, district, commune, 70)
    cast.state([(commune, 25)], coverage=commune, as_of=SEPTEMBER, reporter="UBND-x12", opening=OpeningSaid.APART)
    assert counted(SEPTEMBER) == {district: 30, commune: 95}


def test_a_new_holder_must_say_which(cast, district, commune):
    hand_over(cast, district, commune, 70)
    with pytest.raises(UnusableStatement, match="đã gồm số nhận bàn giao"):
        cast.state([(commune, 95)], coverage=commune, as_of=SEPTEMBER, reporter="UBND-x12")
    assert [one.code for one in judge(told(cast, commune, 60, OpeningSaid.INCLUDED))] == ["opening.more_than_said"]


def test_who_includes_what_nobody_handed_over_is_flagged(cast, district, commune):
    assert [one.code for one in judge(told(cast, commune, 60, OpeningSaid.INCLUDED))] == ["opening.not_on_file"]


def test_until_the_minutes_come_check_facts_says_that_it_counts_twice(cast, district, commune):
    cast.state([(commune, 95)], coverage=commune, as_of=SEPTEMBER, reporter="UBND-x12", opening=OpeningSaid.INCLUDED)
    assert [one.code for one in checks.findings() if one.code.startswith("opening")] == ["opening.not_on_file"]
    hand_over(cast, district, commune, 70)
    assert not [one.code for one in checks.findings() if one.code.startswith("opening")]


def test_a_statement_over_both_holders_need_not_say(cast, district, commune):
    hand_over(cast, district, commune, 70)
    whole = cast.region(place="vd", year="2025")
    assert judge(cast.draft([(whole, 120)], coverage=whole, as_of=SEPTEMBER, reporter="BDT")) == []


def test_without_the_former_holders_figure_nothing_is_made_up(cast, commune):
    hand_over(cast, cast.region(place="h1", body="UBND-h1", year="2025"), commune, 70)
    assert counted(MERGED) == {}


def test_spending_handed_over_that_no_statement_of_the_former_holder_says_is_found(cast, commune):
    giver = cast.region(place="h1", body="UBND-h1", year="2025")
    hand_over(cast, giver, commune, 70)
    (found,) = (one for one in checks.findings() if one.code == "opening.told_by_nobody")
    assert found.key == "9/BB-VD|C8" and "0,00007 " in found.sentence
    cast.state([(giver, 100)], coverage=giver, as_of=JUNE)
    assert not [one for one in checks.findings() if one.code == "opening.told_by_nobody"]


def test_the_same_minutes_again_change_nothing(cast, district, commune):
    first = hand_over(cast, district, commune, 70)
    assert hand_over(cast, district, commune, 70) == first
    assert Opening.objects.count() == 1


def test_only_body_and_place_change_and_something_is_handed_over(cast, district, commune):
    with pytest.raises(WrongMove, match="chỉ đổi đơn vị và địa bàn"):
        hand_over(cast, district, cast.region("CT.DA1", place="x12", body="UBND-x12", year="2025"), 5)
    with pytest.raises(WrongMove, match="chỉ đổi đơn vị và địa bàn"):
        hand_over(cast, district, district, 5)
    with pytest.raises(WrongMove, match="lớn hơn 0"):
        hand_over(cast, district, commune, 0)


def test_more_handed_over_than_was_spent_is_found(cast, district, commune):
    hand_over(cast, district, commune, 70)
    assert not [one for one in checks.findings() if one.code == "opening.more_than_spent"]
    hand_over(cast, district, commune, 31, number="10/BB-VD")
    (found,) = (one for one in checks.findings() if one.code == "opening.more_than_spent")
    assert found.key == "9/BB-VD|C8" and "0,000101" in found.sentence and "0,0001 " in found.sentence


def test_a_correction_known_later_leaves_the_earlier_figure_as_it_was(cast, district, commune):
    known = Opening.objects.count()
    assert known == 0
    before = counted(MERGED)
    hand_over(cast, district, commune, 70)
    made = Opening.objects.get()
    found = dict(spending.counted_on(MERGED, known=made.act.numbered.no - 1))
    assert found == before == {district: 100}
