"""An app that makes codes, and codes on paper: set up, asked for, used once, taken away; guesses are counted."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from vungcao.users import locks, sealing
from vungcao.users.models import EventKind, User
from vungcao.users.tests.conftest import confirm, enter, kinds, words

pytestmark = pytest.mark.django_db


def code(secret: str, late: int = 0) -> str:
    """What the app shows now, or ``late`` half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + late))


def turned_on(client: Client) -> tuple[str, list[str]]:
    """Secret and recovery codes of an account that has just turned codes on."""
    confirm(client)
    page = client.get("/tai-khoan/ung-dung-ma/").content.decode()
    [secret] = re.findall(r'<code class="secret">(\w+)</code>', page)
    shown = client.post("/tai-khoan/ung-dung-ma/", {"code": code(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\d{8})</code></li>", shown.content.decode())


@pytest.fixture
def app(client, mai, django_capture_on_commit_callbacks) -> tuple[str, list[str]]:
    enter(client)
    with django_capture_on_commit_callbacks(execute=True):
        return turned_on(client)


def test_a_sensitive_page_asks_again_who_one_is(client, mai):
    enter(client)
    assert client.get("/tai-khoan/ung-dung-ma/")["Location"].startswith("/tai-khoan/xac-nhan/?next=")
    assert "Mật khẩu chưa đúng" in words(client.post("/tai-khoan/xac-nhan/", {"password": "sai"}))
    confirm(client)
    assert client.get("/tai-khoan/ung-dung-ma/").status_code == 200


def test_the_secret_stands_on_the_page_as_a_drawing_and_as_text_without_style_or_script(client, mai):
    enter(client)
    confirm(client)
    page = client.get("/tai-khoan/ung-dung-ma/").content.decode()
    assert "<svg" in page and re.search(r'<code class="secret">[A-Z2-7]{32}</code>', page)
    assert "<?xml" not in page and " style=" not in page and "<script" not in page


def test_turning_it_on_gives_ten_codes_that_are_shown_once(client, mai, app):
    _secret, paper = app
    assert len(set(paper)) == 10
    again = words(client.get("/tai-khoan/ma-du-phong/"))
    assert "không hiện lại" in again and not any(one in again for one in paper)
    assert kinds(mai)[-2:] == [EventKind.FACTOR_ADDED, EventKind.FACTOR_ADDED]


def test_a_wrong_first_code_turns_nothing_on(client, mai):
    enter(client)
    confirm(client)
    client.get("/tai-khoan/ung-dung-ma/")
    assert "Mã chưa đúng" in words(client.post("/tai-khoan/ung-dung-ma/", {"code": "000000"}))
    assert not Authenticator.objects.exists()


def test_the_next_sign_in_asks_for_a_code_before_anything_opens(mai, app):
    secret, _paper = app
    client = Client()
    assert enter(client)["Location"].startswith("/dang-nhap/buoc-hai/")
    assert client.get("/tai-khoan/").status_code == 302, "the password alone opens nothing"
    assert "Bước xác thực thứ hai" in words(client.get("/dang-nhap/buoc-hai/"))
    assert "Mã chưa đúng" in words(client.post("/dang-nhap/buoc-hai/", {"code": "000000"}))
    assert client.post("/dang-nhap/buoc-hai/", {"code": code(secret, late=1)})["Location"] == "/tai-khoan/"
    assert kinds(mai)[-2:] == [EventKind.CODE_FAILED, EventKind.SIGNED_IN]


def test_a_code_on_paper_opens_once(mai, app):
    _secret, paper = app
    for opens in (True, False):
        client = Client()
        enter(client)
        assert (client.post("/dang-nhap/buoc-hai/", {"code": paper[3]}).status_code == 302) is opens


def test_a_code_of_the_app_opens_once(mai, app):
    secret, _paper = app
    now = code(secret, late=1)
    for opens in (True, False):
        client = Client()
        enter(client)
        assert (client.post("/dang-nhap/buoc-hai/", {"code": now}).status_code == 302) is opens


def test_a_code_of_the_app_opens_once_whichever_process_is_asked(mai, app):
    """What one process remembers in its own memory, the other does not."""
    secret, _paper = app
    now = code(secret, late=1)
    for opens in (True, False):
        cache.clear()
        client = Client()
        enter(client)
        assert (client.post("/dang-nhap/buoc-hai/", {"code": now}).status_code == 302) is opens
    assert kinds(mai)[-1] == EventKind.CODE_FAILED
    client = Client()
    enter(client)
    assert client.post("/dang-nhap/buoc-hai/", {"code": code(secret)}).status_code == 200, "nor one from before it"


def test_five_wrong_codes_shut_the_second_step_even_for_the_right_one(mai, app):
    secret, _paper = app
    client = Client()
    enter(client)
    for _try in range(5):
        client.post("/dang-nhap/buoc-hai/", {"code": "000000"})
    shut = words(client.post("/dang-nhap/buoc-hai/", {"code": code(secret, late=1)}))
    assert "tạm khóa đến" in shut and EventKind.LOCKED in kinds(mai)
    assert locks.locked_now().keys() == {"mai"}
    locks.unlock(mai)
    assert client.post("/dang-nhap/buoc-hai/", {"code": code(secret, late=1)}).status_code == 302


def test_secrets_are_kept_sealed(mai, app, settings):
    secret, _paper = app
    held = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in held and sealing.unseal(held) == secret
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-new-key-of-the-site"
    assert sealing.unseal(held) == secret, "a changed key may be kept beside the new one"


def test_new_codes_end_the_old_ones(client, mai, app, django_capture_on_commit_callbacks):
    _secret, paper = app
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/tai-khoan/ma-du-phong/moi/")
    visitor = Client()
    enter(visitor)
    assert visitor.post("/dang-nhap/buoc-hai/", {"code": paper[0]}).status_code == 200
    assert EventKind.CODES_RENEWED in kinds(mai)


def test_taking_the_app_off_takes_the_paper_codes_with_it(client, mai, app):
    assert client.post("/tai-khoan/ung-dung-ma/go/")["Location"] == "/tai-khoan/"
    assert not Authenticator.objects.exists() and kinds(mai).count(EventKind.FACTOR_REMOVED) == 2
    assert enter(Client()).status_code == 302


def test_nobody_renames_or_removes_anothers_passkey(client, mai, long):
    theirs = Authenticator.objects.create(user=long, type="webauthn", data={"name": "khóa của Long", "credential": {}})
    enter(client)
    confirm(client)
    for address in (f"/tai-khoan/khoa/{theirs.pk}/ten/", f"/tai-khoan/khoa/{theirs.pk}/go/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "của tôi"}).status_code == 404
    assert User.objects.count() == 2 and Authenticator.objects.get().data["name"] == "khóa của Long"
