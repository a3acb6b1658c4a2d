"""Signing in through an OpenID Connect provider: a real one answers on the loopback. It opens linked accounts only."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from vungcao.users.models import EventKind, User
from vungcao.users.tests.conftest import kinds, words

# The provider's own libraries announce their next versions.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ADDRESS = "mai@example.vn"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that runs in this process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    people = [
        oidc_provider_mock.User(sub="can-bo-1", claims={"email": ADDRESS, "email_verified": True}),
        oidc_provider_mock.User(sub="can-bo-2", claims={"email": ADDRESS, "email_verified": False}),
        oidc_provider_mock.User(sub="can-bo-3", claims={"email": ADDRESS, "email_verified": True}),
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _the_office_uses_it(settings, provider):
    app = {"provider_id": settings.OIDC_PROVIDER, "name": "SSO tỉnh (ví dụ)", "client_id": "vungcao", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": provider}}]}
    }


def comes_as(client: Client, subject: str):
    """Go to the provider, say there who one is, come back."""
    away = client.post("/dang-nhap/dinh-danh/dinh-danh/?process=login&next=/tai-khoan/")
    assert away.status_code == 302
    back = requests.post(away["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
    there = urlsplit(back.headers["Location"])
    assert there.path == "/dang-nhap/dinh-danh/dinh-danh/ve/"
    return client.get(f"{there.path}?{there.query}")


def test_the_door_names_it(client):
    page = client.get("/dang-nhap/")
    assert "Đăng nhập qua SSO tỉnh (ví dụ)" in words(page)


def test_a_linked_subject_comes_in(client, mai, settings):
    SocialAccount.objects.create(user=mai, provider=settings.OIDC_PROVIDER, uid="can-bo-2")
    assert comes_as(client, "can-bo-2")["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").context["user"] == mai
    assert kinds(mai) == [EventKind.SIGNED_IN]


def test_who_is_not_linked_is_told_what_to_do_and_no_account_is_made(client, mai):
    said = comes_as(client, "can-bo-1")
    assert "chưa có tài khoản nào ở đây được gắn" in words(said) and "người quản trị" in words(said)
    assert User.objects.count() == 1 and not SocialAccount.objects.exists()
    assert client.get("/tai-khoan/").status_code == 302 and kinds() == [EventKind.NOT_LINKED]


def test_a_checked_address_links_once_and_then_only_that_subject_comes_in(client, mai):
    EmailAddress.objects.create(user=mai, email=ADDRESS, verified=True)
    assert comes_as(client, "can-bo-1")["Location"] == "/tai-khoan/"
    assert SocialAccount.objects.get().uid == "can-bo-1"
    other = Client()
    assert "chưa có tài khoản nào" in words(comes_as(other, "can-bo-3")), "the address was given to somebody else"
    assert "chưa có tài khoản nào" in words(comes_as(other, "can-bo-2")), "the provider does not vouch for the address"


def test_an_address_typed_on_the_account_but_never_checked_links_nothing(client, mai):
    User.objects.update(email=ADDRESS)
    EmailAddress.objects.create(user=mai, email=ADDRESS, verified=False)
    assert "chưa có tài khoản nào" in words(comes_as(client, "can-bo-1"))


def test_a_second_step_is_asked_for_here_too(client, mai, settings):
    from allauth.mfa.models import Authenticator

    from vungcao.users import sealing

    SocialAccount.objects.create(user=mai, provider=settings.OIDC_PROVIDER, uid="can-bo-1")
    Authenticator.objects.create(user=mai, type="totp", data={"secret": sealing.seal("A" * 32)})
    assert comes_as(client, "can-bo-1")["Location"] == "/dang-nhap/buoc-hai/"
    assert client.get("/tai-khoan/").status_code == 302


def test_an_answer_nobody_asked_for_opens_nothing(client, mai):
    said = client.get("/dang-nhap/dinh-danh/dinh-danh/ve/?code=x&state=y")
    assert said.status_code == 401 and "định danh" in words(said)
    assert client.get("/tai-khoan/").status_code == 302


def test_without_a_provider_there_is_no_such_address(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert client.get("/dang-nhap/dinh-danh/dinh-danh/").status_code == 404
    assert "Đăng nhập qua" not in words(client.get("/dang-nhap/"))
