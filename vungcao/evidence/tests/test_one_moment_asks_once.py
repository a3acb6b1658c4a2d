"""While a page is drawn the state of knowledge is asked once; what is written in between is seen at once."""

from __future__ import annotations

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.moment import held, one_moment
from vungcao.evidence.queries import last_number, stamp

pytestmark = pytest.mark.django_db


def test_in_a_moment_the_last_act_is_asked_once(django_assert_num_queries):
    with one_moment(), django_assert_num_queries(1):
        assert stamp() == stamp() and last_number() == stamp()[0]


def test_outside_of_one_every_question_is_asked(django_assert_num_queries):
    with django_assert_num_queries(2):
        stamp(), stamp()


def test_what_an_act_wrote_is_seen_when_it_ends_even_within_the_moment():
    with one_moment():
        before = last_number()
        with acting("test.written", by=SYSTEM):
            assert held("anything", lambda: "asked") == "asked"
        assert last_number() == before + 1


def test_inside_an_act_nothing_is_held():
    with one_moment(), acting("test.written", by=SYSTEM):
        said = iter(("first", "second"))
        assert [held("thing", lambda: next(said)), held("thing", lambda: next(said))] == ["first", "second"]


def test_a_moment_within_a_moment_is_the_same_one():
    with one_moment():
        assert held("thing", lambda: 1) == 1
        with one_moment():
            assert held("thing", lambda: 2) == 1
        assert held("thing", lambda: 3) == 1
    assert held("thing", lambda: 4) == 4
