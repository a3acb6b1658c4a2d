"""The trips of an act to the database: the commit goes along with the number, a whole act needs no savepoints."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests.at_once import only_on_postgresql
from vungcao.evidence.actions import SYSTEM, acting, lock
from vungcao.evidence.models import Act, ActNumber, Source, SourceKind
from vungcao.kernel.refusal import Refusal

pytestmark = pytest.mark.each_database


def paper(act: Act, name: str = "ví dụ", act_id: int = 0) -> Source:
    return Source.objects.create(act_id=act_id or act.pk, kind=SourceKind.PAPER, name=name)


@pytest.mark.django_db(transaction=True)
def test_the_commit_goes_along_with_the_number():
    only_on_postgresql()
    sent = []

    def told(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        sent.append((sql, connection.connection.info.transaction_status.name))
        return answer

    after = []
    with connection.execute_wrapper(told), acting("test.alone", by=SYSTEM) as act:
        paper(act)
        transaction.on_commit(lambda: after.append(len(sent)))
    assert sent[-1][0].endswith("; COMMIT") and sent[-1][1] == "IDLE", sent
    assert all(status == "INTRANS" for _sql, status in sent[:-1]) and after == [len(sent)]
    assert ActNumber.objects.get(act=act).no == 1
    assert connection.get_autocommit() and not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_of_another_nothing_is_committed():
    with pytest.raises(Refusal), transaction.atomic():
        with acting("test.within", by=SYSTEM) as act:
            paper(act)
        raise Refusal("không")
    assert not Act.objects.exists() and not ActNumber.objects.exists() and not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_proved_at_the_end_leaves_nothing_and_the_connection_goes_on():
    with pytest.raises(IntegrityError), acting("test.broken", by=SYSTEM) as act:
        paper(act, act_id=act.pk + 10**6)
    assert not Act.objects.exists() and not Source.objects.exists()
    with acting("test.again", by=SYSTEM) as act:
        paper(act)
    assert list(ActNumber.objects.values_list("no", "act__verb")) == [(1, "test.again")]


@pytest.mark.django_db(transaction=True)
def test_a_whole_act_makes_no_savepoints_and_ends_with_a_part_that_is_refused():
    asked = CaptureQueriesContext(connection)
    with asked, acting("test.whole", by=SYSTEM, is_whole=True) as act, acting("test.part", by=SYSTEM):
        paper(act)
    assert not [one for one in asked.captured_queries if "SAVEPOINT" in one["sql"]]
    with pytest.raises(Refusal), acting("test.whole", by=SYSTEM, is_whole=True) as act:
        paper(act, "của phần ngoài")
        with acting("test.part", by=SYSTEM):
            paper(act, "của phần trong")
            raise Refusal("không")
    with pytest.raises(TransactionManagementError), acting("test.whole", by=SYSTEM, is_whole=True) as act:
        with pytest.raises(Refusal), acting("test.part", by=SYSTEM):
            raise Refusal("không")
        paper(act)  # it may not go on
    with acting("test.usual", by=SYSTEM) as act:
        with pytest.raises(Refusal), acting("test.part", by=SYSTEM):
            raise Refusal("không")
        paper(act, "lần khác")
    assert list(Source.objects.order_by("pk").values_list("name", flat=True)) == ["ví dụ", "lần khác"]
    assert list(ActNumber.objects.order_by("no").values_list("no", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_a_lock_tells_what_stands_behind_it(django_assert_num_queries):
    with acting("test.locked", by=SYSTEM) as act:
        rows = Source.objects.filter(name="100% ví dụ").order_by("name")
        with django_assert_num_queries(1):
            assert not lock("test", 1, then=rows)
        paper(act, "100% ví dụ")
        with django_assert_num_queries(1):
            assert lock("test", 1, then=rows)
        assert not lock("test", 1)
