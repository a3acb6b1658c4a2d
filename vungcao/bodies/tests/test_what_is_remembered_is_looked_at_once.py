"""Who asks again after an act elsewhere pays one look at the tables, whoever else remembers them."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies import queries
from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.evidence import remembering
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number
from vungcao.evidence.remembering import Remembered

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)


def test_after_an_act_that_wrote_other_tables_two_memories_of_one_table_look_once(django_assert_num_queries):
    other: Remembered[int] = Remembered(BodyVersion)
    tree, count = queries.tree(DAY), other.get("count", None, BodyVersion.objects.count)
    with acting("test.elsewhere", by=SYSTEM):
        pass
    with one_moment(), django_assert_num_queries(2):  # the last act; the table
        assert queries.tree(DAY) is tree and other.get("count", None, lambda: -1) == count
    with one_moment(), django_assert_num_queries(1):  # the last act
        assert queries.tree(DAY) is tree


def test_rows_that_are_never_ended_are_remembered_alike():
    kept: Remembered[int] = Remembered(Body)
    count = kept.get("count", None, Body.objects.count)
    with acting("test.elsewhere", by=SYSTEM):
        pass
    assert kept.get("count", None, lambda: -1) == count
    a_body("vd-1")
    assert kept.get("count", None, Body.objects.count) == count + 1


def bodies_known(kept: Remembered[int], known: int) -> int:
    return kept.get("count", known, BodyVersion.objects.standing(known).count)


def a_body(key: str) -> int:
    """One more body (ví dụ); the number of the act."""
    with acting("test.bodies", by=SYSTEM) as act:
        body = Body.objects.create(act=act, key=key)
        BodyVersion.objects.create(act=act, body=body, name=f"Đơn vị ví dụ {key}", kind=BodyKind.DEPARTMENT)
    return last_number()


def test_what_is_asked_as_of_the_last_act_stays_after_one_that_wrote_other_tables():
    kept: Remembered[int] = Remembered(BodyVersion)
    first = bodies_known(kept, a_body("vd-1"))
    with acting("test.elsewhere", by=SYSTEM):
        pass
    assert kept.get("count", last_number(), lambda: -1) == first


def test_one_that_wrote_them_is_seen_and_each_earlier_act_keeps_its_own_answer():
    kept: Remembered[int] = Remembered(BodyVersion)
    before = a_body("vd-1")
    first = bodies_known(kept, before)
    after = a_body("vd-2")
    assert bodies_known(kept, after) == first + 1
    assert bodies_known(kept, before) == first and bodies_known(kept, after) == first + 1


def test_an_act_that_comes_between_two_looks_lends_its_tables_to_no_earlier_one(monkeypatch):
    """Somebody commits after the last act was asked and before the tables are looked at."""
    kept: Remembered[int] = Remembered(BodyVersion)
    before, look = a_body("vd-1"), remembering._of_tables

    def late(models):
        monkeypatch.setattr(remembering, "_of_tables", look)
        a_body("vd-2")
        return look(models)

    with one_moment():
        last_number()
        monkeypatch.setattr(remembering, "_of_tables", late)
        monkeypatch.setattr("vungcao.evidence.actions.let_go", lambda: None, raising=False)  # it is another process's
        first = bodies_known(kept, before)
    assert bodies_known(kept, last_number()) == first + 1
    assert bodies_known(kept, before) == first


def test_rows_that_are_never_ended_are_remembered_too(django_assert_num_queries):
    kept: Remembered[int] = Remembered(Body)
    a_body("vd-1")
    first = kept.get("count", None, Body.objects.count)
    with acting("test.elsewhere", by=SYSTEM):
        pass
    with one_moment(), django_assert_num_queries(2):  # the last act; the table
        assert kept.get("count", None, lambda: -1) == first
    a_body("vd-2")
    assert kept.get("count", None, Body.objects.count) == first + 1


def test_tables_with_and_without_an_end_are_told_apart_in_one_look():
    a_body("vd-1")
    number, there = remembering._of_tables([Body, BodyVersion])
    assert number == last_number() and there[Body] == remembering._of_tables([Body])[1][Body]
    assert there[BodyVersion] == remembering._of_tables([BodyVersion])[1][BodyVersion]
