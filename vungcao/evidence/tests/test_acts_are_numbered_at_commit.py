"""Knowledge is ordered by a number given at commit: no gap, no overtaking, one act for nested actions."""

from __future__ import annotations

import os
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tests.at_once import Between, at_once, only_on_postgresql
from vungcao.evidence import actions, chain, queries
from vungcao.evidence.actions import SYSTEM, Snapshot, acting, cite, keep_file, lock, record
from vungcao.evidence.current import under_way
from vungcao.evidence.models import Act, ActNumber, AuditRow, Source, SourceKind
from vungcao.kernel.refusal import Refusal


class Breaks(Exception):
    pass


@pytest.mark.django_db
def test_acts_are_numbered_from_one_without_a_gap(write):
    for name in "abc":
        write(name)
    with pytest.raises(Breaks), acting("test.broken", by=SYSTEM):
        raise Breaks
    write("d")
    assert list(ActNumber.objects.order_by("no").values_list("no", flat=True)) == [1, 2, 3, 4]
    assert not Act.objects.filter(verb="test.broken").exists()
    assert queries.last_number() == 4


@pytest.mark.django_db
def test_an_action_inside_an_action_joins_its_act():
    with acting("test.outer", by=SYSTEM) as outer, acting("test.inner", by=SYSTEM) as inner:
        assert inner == outer
    assert list(ActNumber.objects.values_list("no", "act__verb")) == [(1, "test.outer")]


@pytest.mark.django_db
def test_a_joined_part_that_is_refused_leaves_nothing_although_the_act_goes_on():
    with acting("test.outer", by=SYSTEM) as act:
        with pytest.raises(Refusal), acting("test.inner", by=SYSTEM):
            Source.objects.create(act=act, kind=SourceKind.PAPER, name="bị từ chối")
            raise Refusal("không")
        Source.objects.create(act=act, kind=SourceKind.PAPER, name="được ghi")
    assert list(Source.objects.values_list("name", flat=True)) == ["được ghi"]


@pytest.mark.django_db
def test_an_act_keeps_who_signed_it_as_text_of_that_day():
    with acting("test.signed", by=Snapshot("Cán bộ ví dụ", "Chuyên viên", "Ban ví dụ"), reason="thử") as act:
        record(act, act, before={"a": 1}, after={"a": 2})
    kept = Act.objects.get()
    assert (kept.official_name, kept.official_post, kept.official_body, kept.reason) == (
        "Cán bộ ví dụ",
        "Chuyên viên",
        "Ban ví dụ",
        "thử",
    )
    row = AuditRow.objects.get()
    assert (row.verb, row.subject, row.before, row.after) == ("test.signed", "evidence.Act", {"a": 1}, {"a": 2})


@pytest.mark.django_db
def test_the_time_of_an_act_never_goes_back(monkeypatch, write):
    write("a")
    first = ActNumber.objects.get()
    monkeypatch.setattr(timezone, "now", lambda: first.recorded_at - timedelta(days=1))
    write("b")
    assert ActNumber.objects.get(no=2).recorded_at == first.recorded_at


@pytest.mark.django_db
def test_what_was_known_on_a_day_ends_before_midnight_in_vietnam(monkeypatch, write):
    midnight = queries.start_of(date(2026, 3, 2))
    for moment in (midnight - timedelta(microseconds=1), midnight):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        write(f"{moment}")
    assert [queries.number_known_on(date(2026, 3, day)) for day in (1, 2)] == [1, 2]
    assert queries.number_known_on(date(2026, 2, 1)) == 0
    assert f"{midnight:%d %H:%M %z}" == "02 00:00 +0700"


@pytest.mark.django_db
def test_a_number_given_again_after_a_rollback_bears_another_stamp(write):
    seen = []
    for name in "ab":
        with pytest.raises(Breaks), transaction.atomic():
            write(name)
            seen.append(queries.stamp())
            raise Breaks
    assert [one[0] for one in seen] == [1, 1]
    assert seen[0] != seen[1]


@pytest.mark.django_db
def test_the_same_paper_is_cited_once():
    with acting("test.cited", by=SYSTEM) as act:
        rows = [cite(act=act, kind=SourceKind.PAPER, name="QĐ ví dụ", number="1/QĐ-VD", dated=date(2025, 1, 2))] * 2
        other = cite(act=act, kind=SourceKind.PAPER, name="QĐ ví dụ", number="2/QĐ-VD")
    assert rows[0] == rows[1] != other
    assert (str(rows[0]), str(other)) == ("1/QĐ-VD ngày 02/01/2025", "2/QĐ-VD")


@pytest.mark.django_db(transaction=True)
def test_the_same_paper_cited_by_two_at_once_is_cited_once(monkeypatch):
    only_on_postgresql()
    between = Between()
    between.stops(monkeypatch, Source.objects, "create", before=True)

    def cited() -> Source:
        with acting("test.cited", by=SYSTEM) as act:
            return cite(act=act, kind=SourceKind.PAPER, name="QĐ ví dụ", number="1/QĐ-VD", dated=date(2025, 1, 2))

    assert between.run(cited, cited) == [Source.objects.get()] * 2


@pytest.mark.django_db
def test_a_file_is_kept_by_the_hash_of_its_bytes(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    for name in ("một.XLSX", "hai.xlsx"):
        (tmp_path / name).write_bytes(b"cung mot noi dung")
    with acting("test.kept", by=SYSTEM) as act:
        one, two = (keep_file(tmp_path / name, act=act, kind=SourceKind.WORKBOOK) for name in ("một.XLSX", "hai.xlsx"))
    assert one.sha256 == two.sha256 and (one.name, two.name) == ("một.XLSX", "hai.xlsx")
    (kept,) = (settings.HOME / "files").iterdir()
    assert kept.name == f"{one.sha256}.xlsx"
    assert kept.read_bytes() == b"cung mot noi dung"


@pytest.mark.django_db
def test_two_workers_who_keep_the_same_file_do_not_write_into_one_half(tmp_path, settings, monkeypatch):
    """Workers are copies of one process: what stands in the memory of one may stand at the same place in the other."""
    settings.HOME = tmp_path / "home"
    monkeypatch.setattr(actions, "id", lambda _thing: 1, raising=False)
    (tmp_path / "ví dụ.xlsx").write_bytes(b"cung mot noi dung")
    sync = os.fsync

    def kept() -> None:
        with acting("test.kept", by=SYSTEM) as act:
            keep_file(tmp_path / "ví dụ.xlsx", act=act, kind=SourceKind.WORKBOOK)

    def sync_late(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        ours = under_way.set(None)
        kept()  # the other's, in an act of his own
        under_way.reset(ours)
        sync(handle)

    monkeypatch.setattr(os, "fsync", sync_late)
    kept()
    (there,) = (settings.HOME / "files").iterdir()
    assert there.read_bytes() == b"cung mot noi dung"


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_are_numbered_one_to_n_and_who_sees_n_sees_all_before():
    only_on_postgresql()
    writers, each = 4, 8
    unseen: list[str] = []
    done = threading.Event()

    def write_some() -> None:
        for _ in range(each):
            with acting("test.written", by=SYSTEM) as act:
                Source.objects.create(act=act, kind=SourceKind.PAPER, name="ví dụ")

    def watch() -> None:
        while not done.is_set():
            numbers = set(ActNumber.objects.values_list("no", flat=True))
            last = max(numbers, default=0)
            if numbers != set(range(1, last + 1)):
                unseen.append(f"{last}: {sorted(numbers)}")
            if Source.objects.filter(act__numbered__no__lte=last).count() != last:
                unseen.append(f"{last}: a fact is not seen")

    watcher = threading.Thread(target=lambda: (watch(), connections.close_all()))
    watcher.start()
    raised = at_once(*[write_some] * writers)
    done.set()
    watcher.join(60)
    assert raised == [None] * writers
    assert unseen == []
    assert sorted(ActNumber.objects.values_list("no", flat=True)) == list(range(1, writers * each + 1))


@pytest.mark.django_db(transaction=True)
def test_a_long_act_delays_others_by_its_last_statement_only():
    """An act that is opened first and ends last gets the later number: order is of commits, not of beginnings."""
    only_on_postgresql()
    opened, may_end = threading.Event(), threading.Event()

    def long_import() -> None:
        with acting("test.long", by=SYSTEM):
            opened.set()
            assert may_end.wait(30)

    def short() -> None:
        assert opened.wait(30)
        with acting("test.short", by=SYSTEM):
            pass
        may_end.set()

    assert at_once(long_import, short) == [None, None]
    assert dict(ActNumber.objects.values_list("act__verb", "no")) == {"test.short": 1, "test.long": 2}


@pytest.mark.django_db(transaction=True)
def test_a_lock_lets_one_transaction_at_a_time_decide():
    only_on_postgresql()
    inside, most = 0, 0
    held = threading.Lock()

    def decide() -> None:
        nonlocal inside, most
        for _ in range(5):
            with transaction.atomic():
                lock("test", 7)
                with held:
                    inside += 1
                    most = max(most, inside)
                threading.Event().wait(0.005)
                with held:
                    inside -= 1

    assert at_once(decide, decide, decide) == [None] * 3
    assert most == 1


@pytest.mark.django_db(transaction=True)
def test_who_records_while_the_chain_is_hashed_waits_for_none_of_it(monkeypatch, write):
    only_on_postgresql()
    write("trước")
    behind, recorded = chain._behind, []

    def hashing(head):
        if not recorded:
            recorded.extend(at_once(lambda: write("trong khi nối")))
        return behind(head)

    monkeypatch.setattr(chain, "_behind", hashing)
    assert chain.extend() == 2 and recorded == [Source.objects.get(name="trong khi nối")]
    assert not list(chain.verify())


@pytest.mark.django_db(transaction=True)
def test_two_who_extend_the_chain_at_once_make_one_chain(write):
    only_on_postgresql()
    for no in range(5):
        write(f"{no}")
    assert at_once(*[chain.extend] * 3) == [5, 5, 5]
    assert not list(chain.verify())


@pytest.mark.django_db(transaction=True)
def test_keys_are_proved_before_the_order_lock_is_asked_for(monkeypatch):
    """A long import proves a hundred thousand keys while the others go on recording."""
    only_on_postgresql()
    monkeypatch.setattr(actions, "ORDER_LOCK", 7)  # which is held by us all the while: it must not be waited for
    opened, may_end = threading.Event(), threading.Event()

    def holding() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7)")
            opened.set()
            may_end.wait(60)

    def breaking() -> None:
        opened.wait(60)
        try:
            with acting("test.broken", by=SYSTEM) as act:
                AuditRow.objects.create(act_id=act.pk + 10**6, verb="x", subject="x", key="x")
        finally:
            may_end.set()

    assert isinstance(at_once(holding, breaking)[1], IntegrityError)
