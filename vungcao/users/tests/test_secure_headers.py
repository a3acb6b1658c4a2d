"""What the browser is told on every page, and Django's own list of what a site on a network must set."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from vungcao.users.tests.conftest import enter

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGES = ["/dang-nhap/", "/tai-khoan/", "/tai-khoan/phien/", "/giao-dien/", "/khong-co/"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_told_to_trust_nothing_but_itself(client, mai, page):
    enter(client)
    answer = client.get(page)
    policy = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
    assert "unsafe" not in answer["Content-Security-Policy"] and "*" not in answer["Content-Security-Policy"]
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin" and answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_no_page_of_the_door_holds_a_script_or_style_of_its_own(client, mai):
    enter(client)
    for page in PAGES:
        text = client.get(page).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), page


def test_pages_of_a_signed_in_person_are_not_kept_by_others(client, mai):
    enter(client)
    assert client.get("/giao-dien/")["Cache-Control"] == "private, no-cache"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, mai):
    enter(client)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.slow
def test_over_https_django_finds_nothing_left_to_say(tmp_path):
    """The settings are read anew with VUNGCAO_HTTPS, as a server on a network reads them."""
    said = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR,
        env={**os.environ, "VUNGCAO_HTTPS": "1", "VUNGCAO_PROXIES": "1", "VUNGCAO_HOME": str(tmp_path),
             "VUNGCAO_OIDC_URL": "https://sso.example.vn/realms/tinh", "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    found = json.loads(said.stdout)
    assert found["complaints"] == []
    assert found["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    assert "form-action 'self' https://sso.example.vn" in found["headers"]["Content-Security-Policy"]
    assert found["cookies_secure"]


ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
answer = Client().get("/dang-nhap/", headers={"X-Forwarded-Proto": "https"})
print(json.dumps({
    "complaints": [str(one) for one in run_checks(include_deployment_checks=True) if not one.is_silenced()],
    "headers": dict(answer.headers),
    "cookies_secure": settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE,
}))
"""
