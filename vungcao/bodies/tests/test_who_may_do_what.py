"""Rights are rows: what a post carries, in which body, for which area of work, and who acts in it for some days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from vungcao.bodies import delegating, rights
from vungcao.bodies.actions import appoint, create_official, release
from vungcao.bodies.models import Delegation, Official, Posting, Role, Subject
from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.territory import queries as territory
from vungcao.territory.models import Place

ON = date(2021, 11, 15)
Make = Callable[..., Official]


@pytest.fixture
def officer(cao_bang) -> Make:
    def make(name: str, key: str = "BDT-04", place: str = "04", role: Role = Role.SPECIALIST) -> Official:
        return create_official(
            username=name, name=f"{name} (ví dụ)", password="vi-du-mat-khau-2021", body=body(key), post="Ví dụ",
            role=role, reach=Place.objects.get(key=place), by=SYSTEM, on=date(2020, 1, 1),
        )  # fmt: skip

    return make


def post_of(official: Official) -> Posting:
    return Posting.objects.standing().get(official=official)


def entrusted(posting: Posting, to: Official, first: date = ON, last: date = ON) -> Delegation:
    return delegating.delegate(posting, to=to, kind="acting", first=first, last=last, cites="QĐ 1 (ví dụ)", by=SYSTEM)


def test_a_verb_is_for_its_roles_its_bodies_and_its_area_of_work(officer):
    board, district, reader = (
        officer("ban"),
        officer("huyen", "UBND-04.043", "04.043"),
        officer("doc", role=Role.READER),
    )
    assert rights.may(board, "reports.freeze", ON) and not rights.may(district, "reports.freeze", ON)
    assert rights.may(district, "files.hand_in", ON) and not rights.may(reader, "files.hand_in", ON)
    narrow = officer("hep")
    release(post_of(narrow), last_day=ON - timedelta(days=1), by=SYSTEM)
    appoint(official=narrow, body=body("BDT-04"), post="Ví dụ", role=Role.SPECIALIST, by=SYSTEM, on=ON,
            reach=Place.objects.get(key="04"), subjects=[Subject.PAPERS])  # fmt: skip
    assert rights.verbs_of(narrow, ON) == {"documents.see", "documents.record"}
    assert rights.may(narrow, "reports.freeze", ON - timedelta(days=1))


def test_a_verb_without_a_row_is_nobodys(officer):
    with pytest.raises(KeyError):
        rights.may(officer("ban"), "money.take", ON)
    with pytest.raises(ValueError, match="la"):
        rights.Verb.of_row({"verb": "x", "said": "x", "subject": "money", "roles": ["reader"], "la": None})


def test_an_administrator_sees_no_figure_by_that_post(officer):
    keeper = officer("qt", role=Role.ADMIN)
    assert not rights.may(keeper, "figures.see", ON) and rights.may(keeper, "staff.record", ON)


def test_the_deputy_has_the_posts_verbs_and_reach_on_those_days_only(officer):
    head, deputy = officer("truong", role=Role.LEADER), officer("xa", "UBND-01330", "01330", Role.ENTRY)
    entrusted(post_of(head), deputy, ON, ON + timedelta(days=2))
    for shift, there in ((-1, False), (0, True), (2, True), (3, False)):
        day = ON + timedelta(days=shift)
        reach = rights.reach_for(deputy, "figures.see", day)
        assert reach.sees(Place.objects.get(key="04").pk, body("*").pk, territory.tree(day)) is there
        assert rights.may(deputy, "reports.freeze", day) is there
        assert rights.may(deputy, "files.hand_in", day)  # by his own post, all the time


def test_a_post_acted_in_is_not_passed_on_and_two_posts_are_not_multiplied(officer):
    head, deputy, third = officer("truong", role=Role.LEADER), officer("pho", "SYT-04"), officer("ba", "SYT-04")
    entrusted(post_of(head), deputy)
    entrusted(post_of(deputy), third)
    assert rights.may(deputy, "reports.freeze", ON) and not rights.may(third, "reports.freeze", ON)


def test_a_post_that_ends_takes_its_delegation_with_it(officer):
    head, deputy = officer("truong", role=Role.LEADER), officer("pho")
    entrusted(post_of(head), deputy, ON, ON + timedelta(days=20))
    release(post_of(head), last_day=ON + timedelta(days=4), by=SYSTEM)
    (kept,) = Delegation.objects.standing()
    assert kept.valid_to == ON + timedelta(days=5) and kept.posting == post_of(head)
    assert len(rights.posts(deputy, ON + timedelta(days=4))) == 2
    assert len(rights.posts(deputy, ON + timedelta(days=5))) == 1


def test_taken_back_before_its_first_day_it_never_was(officer):
    head, deputy = officer("truong", role=Role.LEADER), officer("pho")
    made = entrusted(post_of(head), deputy, ON, ON + timedelta(days=5))
    assert delegating.take_back(made, last=ON - timedelta(days=1), by=SYSTEM) is None
    assert not Delegation.objects.standing().exists()
    with pytest.raises(delegating.NotDelegated, match="vừa được người khác"):
        delegating.take_back(made, last=ON, by=SYSTEM)
