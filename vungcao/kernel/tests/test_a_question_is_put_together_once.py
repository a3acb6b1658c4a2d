"""A question put together once says what ``filter`` says, whichever words are said and whoever's connection it is."""

from __future__ import annotations

from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Length
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from vungcao.kernel.put_once import PutOnce, Word

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]
NAMES = ("Bản", "Xóm", "Thôn", "100% %s", "O'")


@pytest.fixture
def groups():
    return {name: Group.objects.create(name=name) for name in NAMES}


def asked() -> PutOnce[Group]:
    rows = Group.objects.annotate(long=Length("name"), other=Value("%"))
    return PutOnce(
        rows.filter(name__gte=Word("name", CharField()), long__lt=Word("long", IntegerField())).order_by("pk")
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("long", [0, 4, 99])
def test_it_answers_as_a_filter_does(groups, name, long):
    wanted = Group.objects.annotate(long=Length("name")).filter(name__gte=name, long__lt=long).order_by("pk")
    found = asked().ask(name=name, long=long)
    assert [(one.pk, one.name, one.long, one.other) for one in found] == [
        (one.pk, one.name, one.long, "%") for one in wanted
    ]


def test_asked_again_nothing_is_put_together(groups, monkeypatch):
    question, made = asked(), []
    compiled = SQLCompiler.as_sql
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda self, *args, **kw: made.append(1) or compiled(self, *args, **kw))
    with CaptureQueriesContext(connection) as queries:
        assert {len(question.ask(name=name, long=99)) for name in NAMES} == {1, 2, 3, 4, 5}
    assert len(queries) == 5 and not made


def test_a_word_of_another_kind_is_refused(groups):
    with pytest.raises(ValueError, match="expected a number"):
        asked().ask(name="a", long="x")


def test_among_no_keys_there_is_nothing_and_nothing_is_asked(groups):
    with CaptureQueriesContext(connection) as queries:
        assert PutOnce(Group.objects.filter(pk__in=[])).ask() == []
    assert not queries.captured_queries


def test_parts_of_rows_are_not_asked_for():
    with pytest.raises(TypeError):
        PutOnce(Group.objects.values("pk"))


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection(groups):
    question, told = asked(), []

    def ask() -> None:
        told.append(len(question.ask(name="", long=99)))
        told.append(connection.queries_log is not here)
        connection.close()

    here = connection.queries_log
    other = Thread(target=ask)
    with CaptureQueriesContext(connection) as queries:
        other.start()
        other.join()
    assert told == [len(NAMES), True] and not queries.captured_queries


def test_words_stand_beside_columns(groups):
    same = PutOnce(Group.objects.filter(name=F("name"), pk=Word("key", IntegerField())))
    assert same.ask(key=groups["Xóm"].pk) == [groups["Xóm"]] and same.ask(key=f"{groups['Bản'].pk}") == [groups["Bản"]]
