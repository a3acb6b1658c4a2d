"""Each check speaks when its truth is broken, and only then."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.territory import checks, queries
from vungcao.territory.models import Place, PlaceClass, PlaceCode, PlaceVersion, Reorganisation, Succession
from vungcao.territory.tests.conftest import AFTER


def place(key: str) -> Place:
    return Place.objects.get(key=key)


def second_version(act):
    about = {"name": "Ví Dụ", "kind": "commune", "parent": place("04"), "valid_from": date(2026, 1, 1)}
    PlaceVersion.objects.create(act=act, place=place("01321@2025-07-01"), **about)


def second_bearer(act):
    PlaceCode.objects.create(act=act, identity=place("01342"), scheme="GSO", code="01330")


def orphan(act):
    child = Place.objects.create(act=act, key="vi-du")
    PlaceVersion.objects.create(act=act, place=child, name="Ví Dụ", kind="village", parent=place("01342"))


def nameless(act):
    Place.objects.create(act=act, key="vi-du")


def event_off(act):
    event = Reorganisation.objects.create(act=act, kind="merge", effective=date(2026, 2, 1), cites="01/VÍ-DỤ")
    Succession.objects.create(
        act=act, event=event, predecessor=place("01351@2025-07-01"), successor=place("01321@2025-07-01")
    )


def no_successor(act):
    event = Reorganisation.objects.create(act=act, kind="split", effective=AFTER, cites="01/VÍ-DỤ")
    Succession.objects.create(act=act, event=event, predecessor=place("01342"))


def half_a_share(act):
    row = Succession.objects.standing().filter(predecessor=place("01342"))
    old = row.get()
    row.end(act)
    Succession.objects.create(
        act=act,
        event=old.event,
        predecessor=old.predecessor,
        successor=old.successor,
        share_numerator=1,
        share_denominator=2,
        valid_from=AFTER,
    )


def unsourced_zone(act):
    PlaceClass.objects.create(act=act, place=place("01342"), scheme="zone", value="III", cites="")


def one_too_many(act):
    extra = Place.objects.create(act=act, key="vi-du")
    PlaceVersion.objects.create(
        act=act, place=extra, name="Ví Dụ", kind="commune", parent=place("04"), valid_from=date(2025, 7, 1)
    )


BROKEN = {
    second_version: {"place.versions_overlap"},
    second_bearer: {"place.code_of_two"},
    orphan: {"place.parent_not_in_force"},
    nameless: {"place.nameless"},
    event_off: {"place.event_off_life"},
    no_successor: {"place.no_successor"},
    half_a_share: {"place.share_not_whole"},
    unsourced_zone: {"place.class_without_source"},
    one_too_many: {"place.count"},
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda verb: verb.__name__)
def test_what_is_broken_is_found_and_nothing_else(cao_bang, break_it):
    assert list(checks.findings()) == []
    with acting("test.broken", by=SYSTEM) as act:
        break_it(act)
    found = list(checks.findings())
    assert {finding.code for finding in found} >= BROKEN[break_it]
    assert {finding.code for finding in found} <= BROKEN[break_it] | {"place.event_off_life"}
    assert all(finding.room == "territory" and finding.sentence.endswith(".") for finding in found)


def test_a_change_inside_an_open_act_is_seen_by_the_next_question(cao_bang):
    before = queries.tree(AFTER)
    with acting("test.open", by=SYSTEM) as act:
        one_too_many(act)
        assert len(queries.tree(AFTER).parents) == len(before.parents) + 1
    assert queries.tree(AFTER) is queries.tree(AFTER)
