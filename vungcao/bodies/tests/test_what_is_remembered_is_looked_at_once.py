"""Who asks again after an act elsewhere pays one look at the tables, whoever else remembers them."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies import queries
from vungcao.bodies.models import BodyVersion
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.moment import one_moment
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
