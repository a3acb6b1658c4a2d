"""A password that somebody else chose opens one page: the one that changes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from vungcao.users.models import EventKind, User
from vungcao.users.tests.conftest import PASSWORD, enter, kinds, words

pytestmark = pytest.mark.django_db
OWN = "ba-con-suoi-chay-qua-ban"


@pytest.fixture
def given(mai) -> User:
    mai.password_given_at = timezone.now()
    mai.save()
    return mai


def change(client, old=PASSWORD, new=OWN, again=OWN):
    return client.post("/tai-khoan/mat-khau/", {"oldpassword": old, "password1": new, "password2": again})


def test_until_it_is_changed_no_other_page_opens(client, given):
    enter(client)
    away = client.get("/giao-dien/?a=1")
    assert away["Location"] == "/tai-khoan/mat-khau/?next=%2Fgiao-dien%2F%3Fa%3D1"
    assert "do người khác đặt" in words(client.get(away["Location"]))
    assert client.get("/tai-khoan/").status_code == 200
    assert change(client)["Location"] == "/tai-khoan/"
    assert client.get("/giao-dien/").status_code == 200
    given.refresh_from_db()
    assert given.password_given_at is None and given.check_password(OWN)
    assert kinds(given) == [EventKind.SIGNED_IN, EventKind.PASSWORD_CHANGED]


def test_after_the_change_the_page_asked_for_opens(client, given):
    enter(client)
    done = client.post(
        "/tai-khoan/mat-khau/",
        {"oldpassword": PASSWORD, "password1": OWN, "password2": OWN, "next": "/giao-dien/"},
    )
    assert done["Location"] == "/giao-dien/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "sai"}, "Mật khẩu đang dùng chưa đúng"),
        ({"again": "khac-hoan-toan-nhe"}, "chưa giống nhau"),
        ({"new": PASSWORD, "again": PASSWORD}, "phải khác mật khẩu đang dùng"),
        ({"new": "ngan", "again": "ngan"}, "12"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said(client, given, typed, sentence):
    enter(client)
    assert sentence in words(change(client, **typed))
    given.refresh_from_db()
    assert given.must_choose_password


def test_it_is_good_for_a_week(client, given):
    User.objects.update(password_given_at=timezone.now() - timedelta(days=7, seconds=1))
    assert "đã hết hạn" in words(enter(client))
    User.objects.update(password_given_at=timezone.now() - timedelta(days=6))
    assert enter(client).status_code == 302


def test_an_account_for_trying_out_keeps_its_printed_password(client, given):
    User.objects.update(is_demo=True)
    enter(client)
    assert client.get("/giao-dien/").status_code == 200


def test_changing_it_ends_the_other_sessions(client, mai):
    from django.test import Client

    elsewhere = Client()
    enter(elsewhere)
    enter(client)
    change(client)
    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
