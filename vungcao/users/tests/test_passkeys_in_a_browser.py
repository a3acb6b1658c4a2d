"""Passkeys in a real browser with a virtual authenticator; the pages of the door as axe, a phone and paper see them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from vungcao.users.models import EventKind
from vungcao.users.tests.conftest import PASSWORD, kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose complaints about the content policy fail the test."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert not complaints, complaints


def authenticator(context: BrowserContext, page: Page) -> tuple:
    """A security device inside the browser that always says yes."""
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device = wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return wire, device


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng nhập", exact=True).click()


def confirmed(page: Page) -> None:
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Xác nhận").click()


def add_passkey(page: Page, name: str, alone: bool = True) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name="Thêm khóa đăng nhập").click()
    if page.get_by_role("heading", name="Xác nhận lại").is_visible():
        confirmed(page)
    page.get_by_label("Tên khóa").fill(name)
    page.get_by_label(re.compile("chỉ bằng khóa này")).set_checked(alone)
    with page.expect_navigation():
        page.get_by_role("button", name="Thêm khóa").click()


def test_a_passkey_is_added_named_used_alone_and_removed(context, page, live_server, mai):
    authenticator(context, page)
    sign_in(page, live_server.url)
    add_passkey(page, "máy ở phòng")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    page.get_by_role("link", name="Đã cất, về tài khoản").click()
    page.get_by_role("link", name="Đổi tên máy ở phòng").click()
    page.get_by_label("Tên khóa").fill("máy của Mai")
    page.get_by_role("button", name="Ghi tên").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng xuất").click()
    page.goto(f"{live_server.url}/dang-nhap/?next=/tai-khoan/")
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    expect(page.locator("main")).to_contain_text("máy của Mai")
    with page.expect_navigation():
        page.get_by_role("link", name="Gỡ máy của Mai").click()
    if page.get_by_role("heading", name="Xác nhận lại").is_visible():
        confirmed(page)
    page.get_by_role("button", name="Gỡ khóa").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã gỡ khóa")
    assert not Authenticator.objects.exists()
    assert [one for one in kinds(mai) if one == EventKind.SIGNED_IN] == [EventKind.SIGNED_IN] * 2


def test_a_passkey_is_the_second_step_after_the_password(context, page, live_server, mai):
    wire, device = authenticator(context, page)
    sign_in(page, live_server.url)
    add_passkey(page, "khóa USB", alone=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bước xác thực thứ hai")
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Dùng khóa đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")


def test_a_key_that_this_site_never_saw_is_told_and_opens_nothing(context, page, live_server, mai):
    authenticator(context, page)
    page.goto(f"{live_server.url}/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    expect(page.get_by_role("alert")).to_contain_text("Không dùng được khóa", timeout=65_000)
    page.goto(f"{live_server.url}/tai-khoan/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "light"), (360, "dark")])
def test_axe_is_silent_and_nothing_runs_over_the_edge(browser, live_server, mai, width, colours):
    context = browser.new_context(locale="vi-VN", viewport={"width": width, "height": 800}, color_scheme=colours)
    page = context.new_page()
    found = []
    page.goto(f"{live_server.url}/dang-nhap/")
    found += judged(page, "/dang-nhap/")
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan/xac-nhan/?next=/tai-khoan/ung-dung-ma/")
    found += judged(page, "/tai-khoan/xac-nhan/")
    confirmed(page)
    authenticator(context, page)
    for address in ("ung-dung-ma/", "khoa/them/", "mat-khau/", "phien/"):
        page.goto(f"{live_server.url}/tai-khoan/{address}")
        found += judged(page, address)
    page.goto(f"{live_server.url}/tai-khoan/")
    add_passkey(page, "một khóa có tên rất dài để xem chữ xuống dòng thế nào", alone=False)
    found += judged(page, "/tai-khoan/ma-du-phong/")
    for address in ("", "ma-du-phong/", "ma-du-phong/moi/"):
        page.goto(f"{live_server.url}/tai-khoan/{address}")
        found += judged(page, address)
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, live_server.url)
    found += judged(page, "/dang-nhap/buoc-hai/")
    context.close()
    assert not found, "\n".join(found)


def judged(page: Page, address: str) -> list[str]:
    """What axe says, and whether the page scrolls sideways."""
    if folder := os.environ.get("PICTURES_OF_THE_DOOR"):
        name = re.sub(r"\W+", "-", address).strip("-") or "tai-khoan"
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    said = [
        f"{address}: {one['id']} {[node['html'][:90] for node in one['nodes']][:3]}"
        for one in Axe().run(page).response["violations"]
    ]
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*said, *([f"{address}: {over} px over the edge"] if over > 0 else [])]


def test_without_javascript_everything_but_passkeys_works(browser, live_server, mai):
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    page.get_by_role("link", name="Bật ứng dụng sinh mã").click()
    confirmed(page)
    expect(page.locator(".qr svg")).to_be_visible()
    page.goto(f"{live_server.url}/tai-khoan/khoa/them/")
    expect(page.locator("main")).to_contain_text("cần JavaScript")
    page.goto(f"{live_server.url}/tai-khoan/phien/")
    page.get_by_role("button", name="Kết thúc mọi phiên khác").click()
    expect(page.get_by_role("status")).to_contain_text("Đã kết thúc các phiên khác")
    context.close()


def test_recovery_codes_print_without_tools_around_them(context, page, live_server, mai):
    authenticator(context, page)
    sign_in(page, live_server.url)
    add_passkey(page, "khóa")
    with page.expect_download() as told:
        page.get_by_role("link", name="Tải về").click()
    with open(told.value.path(), encoding="utf-8") as file:  # noqa: PTH123  # the browser's own temporary file
        assert len(file.read().split()) == 10
    page.emulate_media(media="print")
    expect(page.locator(".codes")).to_be_visible()
    expect(page.get_by_role("link", name="Tải về")).to_be_hidden()
