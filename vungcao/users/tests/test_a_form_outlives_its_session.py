"""A session that ends in mid-form loses nothing that was typed, and sends nothing by itself."""

from __future__ import annotations

import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vungcao.users import kept_form
from vungcao.users.tests.conftest import PASSWORD, enter, words

pytestmark = pytest.mark.django_db
TO = "/don-doc/?chuong-trinh=1719"
TYPED = {"muc": "60,5", "ghi_chu": "Đã gọi <b>xã</b>\nhai lần", "chon": ["a", "b"], "csrfmiddlewaretoken": "x"}


def test_what_was_typed_is_shown_after_sign_in_with_one_button_that_sends_it(client, mai):
    refused = client.post(TO, TYPED)
    assert refused["Location"] == "/dang-nhap/?next=/tai-khoan/gui-lai/"
    assert "được giữ lại" in words(client.get(refused["Location"]))
    assert enter(client, next="/tai-khoan/gui-lai/")["Location"] == "/tai-khoan/gui-lai/"
    page = client.get("/tai-khoan/gui-lai/").content.decode()
    assert f'action="{TO}"' in page and "60,5" in page and "<b>xã" not in page and "&lt;b&gt;xã" in page
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert [(name, value) for name, value in kept if name == "chon"] == [("chon", "a"), ("chon", "b")]
    assert page.count('name="csrfmiddlewaretoken"') >= 2 and 'value="x"' not in page


def test_opening_the_page_twice_sends_nothing_and_sending_it_forgets_it(client, mai):
    client.post(TO, TYPED)
    enter(client)
    for _look in range(2):
        assert client.get("/tai-khoan/gui-lai/").status_code == 200
    client.post("/giao-dien/", {})
    assert kept_form.KEY in client.session, "another form is not this one"
    client.post(TO, TYPED)
    assert kept_form.KEY not in client.session
    assert client.get("/tai-khoan/gui-lai/")["Location"] == "/viec/"


def test_it_can_be_let_go(client, mai):
    client.post(TO, TYPED)
    enter(client)
    client.post("/tai-khoan/gui-lai/bo/")
    assert kept_form.KEY not in client.session


def test_passwords_and_files_are_not_kept_and_the_missing_file_is_said(client, mai):
    file = SimpleUploadedFile("bieu.xlsx", b"x" * 100)
    client.post("/nop-bang-tinh/", {"ky": "2026-11", "mat_khau": PASSWORD, "password": PASSWORD, "files": file})
    enter(client)
    page = client.get("/tai-khoan/gui-lai/")
    assert "2026-11" in words(page) and "chọn lại tệp" in words(page)
    assert PASSWORD not in page.content.decode() and "xxx" not in page.content.decode()


@pytest.mark.parametrize("typed", [{}, {"a": "  "}, {"a": "x" * (kept_form.LARGEST + 1)}])
def test_nothing_worth_keeping_or_too_much_is_not_kept(client, mai, typed):
    refused = client.post("/don-doc/", typed, HTTP_REFERER="http://testserver/don-doc/?a=1")
    assert refused["Location"] == "/dang-nhap/?next=/don-doc/%3Fa%3D1"
    assert kept_form.KEY not in client.session


def test_a_forged_form_from_elsewhere_is_not_kept(mai):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(TO, TYPED).status_code == 403
    assert kept_form.KEY not in strict.session


HERE = "http://testserver"


def token(client: Client, url: str = "/tai-khoan/phien/") -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(url).content.decode())[0]


def test_a_page_older_than_the_sign_in_in_another_tab_loses_nothing(mai):
    tabs = Client(enforce_csrf_checks=True)
    door = {"username": "mai", "password": PASSWORD, "next": "/tai-khoan/"}
    for _sign_in in range(2):
        drawn = token(tabs, "/dang-nhap/")
        assert tabs.post("/dang-nhap/", {**door, "csrfmiddlewaretoken": drawn}).status_code == 302
        old, tabs.cookies["sessionid"] = token(tabs), ""
    signed_in = {**door, "csrfmiddlewaretoken": token(tabs, "/dang-nhap/")}
    tabs.post("/dang-nhap/", signed_in)
    refused = tabs.post(TO, {**TYPED, "csrfmiddlewaretoken": old}, headers={"origin": HERE})
    assert refused["Location"] == "/tai-khoan/gui-lai/"
    page = tabs.get("/tai-khoan/gui-lai/").content.decode()
    assert f'action="{TO}"' in page and "60,5" in page and "&lt;b&gt;xã" in page


@pytest.mark.parametrize(
    "origin", [None, "null", "http://ke-xau.example", "https://testserver", "http://testserver:81"]
)
def test_a_form_that_another_site_sends_is_never_kept(mai, origin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mai)
    refused = strict.post(TO, TYPED, headers={"origin": origin} if origin else {})
    assert refused.status_code == 403 and kept_form.KEY not in strict.session


def test_an_old_form_of_the_door_is_not_kept(mai):
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/dang-nhap/", {"username": "mai", "password": PASSWORD}, headers={"origin": HERE})
    assert refused.status_code == 403 and "trang mở quá lâu" in words(refused)
    assert kept_form.KEY not in strict.session


def test_a_changed_or_old_one_is_not_shown(client, mai, monkeypatch):
    client.post(TO, TYPED)
    enter(client)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + kept_form.HOLDS + 1)
    assert client.get("/tai-khoan/gui-lai/").status_code == 302
    monkeypatch.setattr(time, "time", real)
    session = client.session
    session[kept_form.KEY] += "x"
    session.save()
    assert client.get("/tai-khoan/gui-lai/").status_code == 302


def test_a_fragment_asked_for_by_script_sends_the_whole_page_to_the_door(client, mai):
    answer = client.get("/giao-dien/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 200 and answer["HX-Redirect"] == "/dang-nhap/?next=/giao-dien/"
