"""Who may come in: wrong tries are counted and told, the door shuts for a while, everything is logged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from vungcao.users import client as other_end
from vungcao.users import locks
from vungcao.users.models import EventKind, SignInEvent, User
from vungcao.users.tests.conftest import PASSWORD, enter, kinds, words

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def test_name_and_password_open_the_door_and_the_log_says_from_where(client, mai):
    assert enter(client, HTTP_USER_AGENT=CHROME)["Location"] == "/tai-khoan/"
    [event] = SignInEvent.objects.all()
    assert (event.kind, event.user, event.means) == (EventKind.SIGNED_IN, mai, "password")
    assert (event.address, event.device) == ("127.0.0.1", "Chrome, Windows")
    assert identify_hasher(mai.password).algorithm == "argon2"


def test_it_never_says_which_of_the_two_was_wrong(client, mai):
    wrong_password, wrong_name = enter(client, password="sai"), enter(client, username="khong.co")
    for said in (wrong_password, wrong_name):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in words(said) and said.status_code == 200
    assert kinds() == [EventKind.FAILED, EventKind.FAILED]
    known, unknown = SignInEvent.objects.order_by("pk")
    assert (known.account, known.user) == ("mai", mai)
    assert (unknown.account, unknown.means) == ("", "unknown"), "it may be a password typed in the wrong place"


def test_five_wrong_tries_shut_the_door_for_a_quarter_of_an_hour_and_say_until_when(client, mai):
    for _try in range(4):
        assert enter(client, password="sai").status_code == 200
    shut = enter(client, password="sai")
    until = timezone.localtime(locks.password_locked_until("mai", "127.0.0.1"))
    assert shut.status_code == 429 and f"{until:%H:%M} ngày {until:%d/%m/%Y}" in words(shut)
    assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
    assert enter(client).status_code == 429, "the right password does not open it either"
    assert EventKind.LOCKED in kinds(mai)


def test_a_try_at_a_shut_door_does_not_keep_it_shut_for_longer(client, mai):
    for _try in range(5):
        enter(client, password="sai")
    until = locks.password_locked_until("mai", "127.0.0.1")
    enter(client, password="sai")
    assert locks.password_locked_until("mai", "127.0.0.1") == until


def test_it_shuts_for_one_account_at_one_address_only(client, mai, long):
    for _try in range(5):
        enter(client, password="sai")
    assert enter(client, REMOTE_ADDR="10.0.0.9").status_code == 302
    client.logout()
    assert enter(client, username="long").status_code == 302


def test_when_the_time_is_over_it_opens_and_forgets(client, mai):
    for _try in range(5):
        enter(client, password="sai")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    assert enter(client).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_an_administrator_opens_it_before_its_time(client, mai):
    for _try in range(5):
        enter(client, password="sai")
    assert locks.locked_now().keys() == {"mai"}
    locks.unlock(mai)
    assert enter(client).status_code == 302 and not locks.locked_now()
    assert kinds(mai)[-2:] == [EventKind.UNLOCKED, EventKind.SIGNED_IN]


def test_no_password_is_written_anywhere(client, mai):
    enter(client, password="mot-mat-khau-go-nham")
    held = [*AccessAttempt.objects.values(), *SignInEvent.objects.values()]
    assert held and "mot-mat-khau-go-nham" not in str(held)


def test_behind_a_proxy_the_address_is_what_our_proxy_saw(rf, settings):
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    assert other_end.address(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert other_end.address(request) == "203.0.113.7", "what stands further left was written by the client"
    assert other_end.address(rf.get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR="no address")) is None


@pytest.mark.parametrize("name", ["account_signup", "socialaccount_signup", "account_reset_password", "account_email"])
def test_nobody_signs_up_and_nothing_goes_by_mail(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_stopped_account_is_told_so_only_to_who_knows_nothing_else(client, mai):
    User.objects.update(is_active=False)
    assert "chưa đúng" in words(enter(client))
    assert client.get("/tai-khoan/").status_code == 302


def test_signing_in_leads_nowhere_outside(client, mai):
    assert enter(client, next="https://example.org/")["Location"] == "/viec/"


def test_signing_out_is_logged_and_ends_the_session(client, mai):
    enter(client)
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert client.get("/tai-khoan/")["Location"] == "/dang-nhap/?next=/tai-khoan/"
    assert kinds(mai) == [EventKind.SIGNED_IN, EventKind.SIGNED_OUT]


def test_ones_own_page_shows_what_happened_at_the_door(client, mai, long):
    enter(client, password="sai")
    enter(client, username="long", password="sai")
    enter(client)
    shown = words(client.get("/tai-khoan/"))
    assert "Mật khẩu sai" in shown and "127.0.0.1" in shown and PASSWORD not in shown
    assert shown.count("Mật khẩu sai") == 1, "another account's failure is not mine to see"
