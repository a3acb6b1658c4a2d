"""Deny by default: a page without a stated right fails; without a post nothing is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from vungcao.desk.tests.pages.cast import PASSWORD
from vungcao.desk.tests.pages.reading_pages import said, tree

pytestmark = pytest.mark.django_db
PLUMBING = {"sign-in", "sign-out", "set_language", "openapi-json", "api-root"}


def pages(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from pages(one)
        else:
            yield one


def test_no_page_is_without_a_stated_right():
    silent = [one.name for one in pages() if not getattr(one.callback, "right", "") and one.name not in PLUMBING]
    assert not silent
    assert {one.name for one in pages()} >= {"overview", "trace", "batch", "sheet", "download", "living"} | PLUMBING


@pytest.mark.parametrize("url", ["/", "/tu-dau/?id=x", "/lan-gui/1/", "/tep/abc/", "/tep/abc/BM01/", "/giao-dien/"])
def test_who_has_not_signed_in_is_sent_to_the_door(client, url):
    response = client.get(url)
    assert response.status_code == 302 and response["Location"].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize(
    ("who", "sentence"), [("stranger", "chưa gắn với cán bộ nào"), ("retired", "không giữ vị trí công tác nào")]
)
def test_without_an_official_in_post_one_sentence_and_nothing_else(client, example, who, sentence):
    client.force_login(getattr(example, who))
    for url in (
        "/",
        "/tu-dau/?id=disbursement:on=2021-11-15",
        f"/lan-gui/{example.batch.pk}/",
        f"/tep/{example.workbook.sha256}/",
    ):
        response = client.get(url)
        words = said(tree(response))
        assert response.status_code == 403 and sentence in words
        assert "15.213" not in words and "Dự án" not in words and "Đăng xuất" in words


def test_pages_are_only_read(desk):
    for url in ("/", "/tu-dau/", "/tep/abc/BM01/"):
        assert desk.post(url).status_code == 405


def test_signing_in_and_out(client, cast):
    wrong = client.post("/dang-nhap/", {"username": "chuyen.vien", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in said(tree(wrong).xpath("//*[@role='alert']")[0])
    client.logout()
    assert (
        client.post(
            "/dang-nhap/?next=/giao-dien/", {"username": "chuyen.vien", "password": PASSWORD, "next": "/giao-dien/"}
        )["Location"]
        == "/giao-dien/"
    )
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert client.get("/").status_code == 302
