"""Where the office asks a role for a second factor, only one's own account opens until there is one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vungcao.desk.second_factor import RequiredSecondFactor
from vungcao.desk.tests.pages.reading_pages import said, tree

pytestmark = pytest.mark.django_db


def factor(user, kind: str) -> None:
    Authenticator.objects.create(user=user, type=kind, data={"secret": "x", "seed": "x", "used_mask": 0})


@pytest.mark.parametrize("url", ["/", "/bao-cao/", "/giao-dien/", "/nop-bang-tinh/"])
def test_until_it_is_set_up_only_the_account_opens(desk, settings, url):
    settings.REQUIRE_MFA = ["specialist"]
    away = desk.get(url)
    assert away.status_code == 302 and away["Location"] == "/tai-khoan/"
    assert "phải có bước xác thực thứ hai" in said(tree(desk.get("/tai-khoan/")))
    assert desk.get("/tai-khoan/mat-khau/").status_code == 200


def test_an_app_or_a_passkey_opens_the_rest_and_paper_codes_alone_do_not(desk, example, settings):
    settings.REQUIRE_MFA = ["specialist", "leader"]
    factor(example.specialist, "recovery_codes")
    assert desk.get("/").status_code == 302
    factor(example.specialist, "totp")
    assert desk.get("/").status_code == 200


def test_other_roles_and_posts_of_another_day_are_not_asked(client, desk, example, settings):
    settings.REQUIRE_MFA = ["leader"]
    assert desk.get("/").status_code == 200
    settings.REQUIRE_MFA = ["reader"]
    client.force_login(example.retired)
    assert client.get("/").status_code == 403, "no post today: told so, not asked for a second factor"


def test_where_no_role_is_named_nothing_is_asked_of_the_database(desk, settings):
    assert settings.REQUIRE_MFA == []
    with CaptureQueriesContext(connection) as asked:
        desk.get("/giao-dien/")
    assert asked.captured_queries and not [one for one in asked if "mfa_authenticator" in one["sql"]]


def test_a_role_that_does_not_exist_stops_the_site_from_starting(settings):
    settings.REQUIRE_MFA = ["leaders"]
    with pytest.raises(ImproperlyConfigured, match="leaders"):
        RequiredSecondFactor(lambda request: None)
