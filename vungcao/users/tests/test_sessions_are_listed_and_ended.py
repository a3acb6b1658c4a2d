"""One sees where one is signed in, ends one or all others; a session ends by itself."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vungcao.users import middleware
from vungcao.users.models import EventKind
from vungcao.users.tests.conftest import enter, kinds, words

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def phone(mai) -> Client:
    client = Client(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="10.1.1.1")
    enter(client)
    return client


def test_each_row_says_device_address_since_when_and_which_is_this_one(client, mai, phone):
    enter(client)
    shown = words(client.get("/tai-khoan/phien/"))
    assert "Chrome, Android" in shown and "10.1.1.1" in shown and shown.count("Phiên này") == 1
    assert f"{timezone.localtime():%d/%m/%Y}" in shown


def test_one_is_ended_and_the_other_goes_on(client, mai, phone):
    enter(client)
    theirs = UserSession.objects.get(ip="10.1.1.1")
    assert client.post("/tai-khoan/phien/", {"session": theirs.pk})["Location"] == "/tai-khoan/phien/"
    assert phone.get("/tai-khoan/").status_code == 302 and client.get("/tai-khoan/").status_code == 200
    assert EventKind.SESSIONS_ENDED in kinds(mai)


def test_all_others_are_ended(client, mai, phone):
    enter(client)
    client.post("/tai-khoan/phien/")
    assert phone.get("/tai-khoan/").status_code == 302 and client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize("number", ["", "x", "0", "999999", "²", "9" * 5000, "1\0"])
def test_a_forged_number_ends_nothing_of_anybody_else(client, mai, long, phone, number):
    enter(client, username="long")
    theirs = UserSession.objects.get(user=mai)
    client.post("/tai-khoan/phien/", {"session": number})
    assert client.post("/tai-khoan/phien/", {"session": theirs.pk}).status_code == 404
    assert phone.get("/tai-khoan/").status_code == 200


def test_a_page_that_is_only_read_writes_nothing_for_five_minutes(client, mai):
    enter(client)
    client.get("/giao-dien/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/giao-dien/")
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    session = client.session
    session[middleware.SEEN] = int(time.time()) - middleware.LOOK_EVERY
    session.save()
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    with CaptureQueriesContext(connection) as asked:
        client.get("/giao-dien/")
    assert [words[0] for query in asked if (words := query["sql"].split())[0] != "SELECT"] == ["UPDATE", "UPDATE"]
    assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(minutes=1)
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()


def test_a_session_ends_after_a_days_work_whether_used_or_not(client, mai):
    enter(client)
    client.get("/giao-dien/")
    session = client.session
    session[middleware.BEGAN] = int(time.time()) - settings.SESSION_LONGEST - 1
    session.save()
    assert client.get("/giao-dien/")["Location"] == "/dang-nhap/?next=/giao-dien/"


def test_a_session_ends_two_hours_after_it_was_last_used(client, mai):
    enter(client)
    client.get("/giao-dien/")
    assert settings.SESSION_COOKIE_AGE == client.session.get_expiry_age() == 7200
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == "", "the browser forgets it when closed"
