"""The log of the door: an administrator filters it by person, day and outcome; old lines go, and that is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from vungcao.bodies import accounts
from vungcao.bodies.accounts import forget_door_log
from vungcao.bodies.models import Body, Role
from vungcao.desk.commands import serving
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act, AuditRow
from vungcao.territory.models import Place
from vungcao.users import events
from vungcao.users.models import EventKind, SignInEvent

pytestmark = pytest.mark.django_db
ADDRESS = "/cua-vao/"


@pytest.fixture
def keeper(client, example):
    with acting("official.created", by=SYSTEM) as act:
        user = players._official(
            act, "qt", Body.objects.get(key="BDT-vd"), Role.ADMIN, Place.objects.get(key="vd-tinh")
        )
    client.force_login(user)
    SignInEvent.objects.all().delete()  # what the test's own sign-in may have left
    return client


def found(client, **asked) -> list[tuple[str, str]]:
    """Account and what happened, row by row."""
    page = tree(client.get(ADDRESS, asked))
    return [(said(row[1]).split("Cán bộ")[0], said(row[2])) for row in page.xpath("//main//tbody/tr")]


def aged(event: SignInEvent, days: int) -> None:
    SignInEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(days=days))


def test_events_are_found_by_person_day_and_outcome(keeper, example):
    events.note(EventKind.SIGNED_IN, user=example.specialist, means="password")
    events.note(EventKind.FAILED, account="chuyen.vien")
    aged(events.note(EventKind.LOCKED, user=example.elsewhere), 10)
    assert len(found(keeper)) == 3 and found(keeper)[0] == ("huyen.khac", "Tạm khóa")
    assert [word for _who, word in found(keeper, who="CAN BO Chuyen")] == ["Mật khẩu sai", "Đăng nhập"]
    assert found(keeper, outcome="refused", who="chuyen") == [("chuyen.vien", "Mật khẩu sai")]
    long_ago = f"{timezone.localdate() - timedelta(days=5):%d/%m/%Y}"
    assert found(keeper, until=long_ago) == [("huyen.khac", "Tạm khóa")] and len(found(keeper, since=long_ago)) == 2
    assert keeper.get(ADDRESS, {"since": "hôm qua"}).status_code == 422


def test_fifty_at_a_time_without_a_gap(keeper, example, django_assert_max_num_queries):
    for _ in range(60):
        events.note(EventKind.SIGNED_OUT, user=example.specialist)
    page = tree(keeper.get(ADDRESS))
    assert len(page.xpath("//main//tbody/tr")) == 50 and "60 sự kiện" in said(page)
    with django_assert_max_num_queries(20):
        rest = tree(keeper.get(ADDRESS + page.xpath("//main//p/a[contains(@href, 'truoc=')]/@href")[0]))
    assert len(rest.xpath("//main//tbody/tr")) == 10


def test_only_an_administrator_of_the_province_reads_it(client, example):
    client.force_login(example.specialist)
    assert client.get(ADDRESS).status_code == 403


def test_old_lines_go_once_a_day_and_the_act_says_how_many(example, settings):
    settings.DOOR_LOG_DAYS = 400
    aged(events.note(EventKind.FAILED, account="chuyen.vien"), 402)
    kept = events.note(EventKind.SIGNED_IN, user=example.specialist)
    aged(kept, 399)
    today = timezone.localdate()
    assert forget_door_log(on=today, by=SYSTEM) == 1
    assert list(SignInEvent.objects.values_list("pk", flat=True)) == [kept.pk]
    told = AuditRow.objects.get(verb="account.door_log_forgotten")
    assert told.after["events"] == 1
    acts = Act.objects.count()
    assert forget_door_log(on=today, by=SYSTEM) == 0 and Act.objects.count() == acts, "nothing old: nothing written"


def test_of_two_workers_who_forget_the_same_lines_one_writes_that_he_did(example, monkeypatch):
    aged(events.note(EventKind.FAILED, account="chuyen.vien"), 1000)
    today, others = timezone.localdate(), []

    def acting_late(*about, **more):
        monkeypatch.undo()
        others.append(forget_door_log(on=today, by=SYSTEM))
        return acting(*about, **more)

    monkeypatch.setattr(accounts, "acting", acting_late)
    assert forget_door_log(on=today, by=SYSTEM) == 0 and others == [1]
    assert Act.objects.filter(verb="account.door_log_forgotten").count() == 1


def test_the_worker_forgets_on_its_round(example):
    aged(events.note(EventKind.FAILED, account="chuyen.vien"), 1000)
    serving._keep_days()
    assert not SignInEvent.objects.exists()
