"""Whole days at the desk, by role, on the example as a newcomer starts it: a commune, a specialist, a leader, a keeper
of accounts. The commune works on a phone without JavaScript, the leader by keyboard.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.site import Site, chromium, example_site, shared_by_workers
from vungcao.intake.tests.papers import DA1, STATEMENT, write

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 800}
OF_COMMUNE = STATEMENT.but(
    corner=("ỦY BAN NHÂN DÂN", "XÃ BẢO LẠC"),
    right=("Biểu số 01", "Số: 90/BC-UBND (ví dụ), ngày 05/01/2026"),
    title="BÁO CÁO GIẢI NGÂN CHƯƠNG TRÌNH MTQG 1719 NĂM 2025",
    under=("(Số liệu đến ngày 31/12/2025; lũy kế từ ngày 01/01/2025)",),
    rows=(("", "TỔNG CỘNG", 30, 20, 10), ("I", DA1, 30, 20, 10)),
)


FOCUSED = """([wanted, word]) => {
    const here = document.activeElement;
    return here.matches(wanted) && here.innerText.includes(word);
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with example_site(shared_by_workers(tmp_path_factory) / "example-site", tmp_path_factory.mktemp("site")) as there:
        yield there


@pytest.fixture(scope="module")
def browser_of_days():
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser_of_days):
    contexts = []

    def fresh(**how) -> Page:
        context = browser_of_days.new_context(locale="vi-VN", **how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    yield fresh
    for context in contexts:
        context.close()


def choose(page: Page, area: str, under: str = "") -> None:
    """Go there by the ways in the head of the page."""
    page.locator("nav.nav a", has_text=area).click()
    if under:
        page.locator("nav.near a", has_text=under).click()


def handed_in(page: Page, path, button: str) -> None:
    page.get_by_label("Tệp Excel, ODS hoặc CSV").set_input_files(path)
    page.get_by_role("button", name=button, exact=True).click()
    _until_read(page)


def _until_read(page: Page) -> None:
    """Without JavaScript a page is looked at again; the officer may also go away and come back."""
    for _look in range(60):
        if page.get_by_role("button", name="Đọc lại").count() or page.get_by_text("Đã ghi vào sổ").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


def test_a_communes_day_on_a_phone_without_javascript(opened, site: Site, tmp_path):
    """Hand in the year's statement, be told of the sum that does not hold, mend it, write it, see it at one's place."""
    page = opened(viewport=PHONE, java_script_enabled=False)
    site.enter(page, "xabaolac")
    choose(page, "Nộp bảng tính")
    wrong = OF_COMMUNE.but(rows=(("", "TỔNG CỘNG", 31, 20, 10), *OF_COMMUNE.rows[1:]))
    handed_in(page, write(tmp_path / "BC xa Bao Lac 31.12.2025.xlsx", wrong), "Kiểm tệp")
    expect(page.locator("main")).to_contain_text("C10")
    with page.expect_download() as marked:
        page.get_by_role("link", name="Tải bản đánh dấu").click()
    assert marked.value.suggested_filename.endswith(".xlsx")
    handed_in(page, write(tmp_path / "BC xa Bao Lac 31.12.2025 (sua).xlsx", OF_COMMUNE), "Nộp lại")
    expect(page.locator("main")).to_contain_text("30 triệu đồng")
    page.get_by_role("button", name=re.compile("Ghi vào sổ")).click()
    _until_read(page)
    choose(page, "Việc")
    expect(page.locator("main")).to_contain_text("Bảo Lạc")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Tìm").click()
    page.get_by_label("Tìm").fill("bao lam")
    page.get_by_label("Tìm").press("Enter")
    expect(page.get_by_text("BC giai ngan 1719 H. Bao Lam")).to_have_count(0)  # another's files are not there for it


def test_a_specialists_day(opened, site: Site):
    """What is not reported, letters to who is silent, a figure followed to its cell."""
    page = opened(viewport=DESK)
    site.enter(page, "chuyenvien")
    choose(page, "Số liệu", "Chuỗi giao vốn")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chuỗi giao vốn")
    choose(page, "Báo cáo", "Đôn đốc")
    page.get_by_label("Chương trình").select_option("1719")
    page.get_by_label("Số liệu đến ngày").fill("31/05/2024")
    page.get_by_role("button", name="Xem", exact=True).click()
    page.get_by_role("button", name="Lập công văn cho các đơn vị trên").click()
    expect(page.locator("#letters")).to_be_visible(timeout=120_000)
    page.locator("section:has(#letters) tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ông văn")
    choose(page, "Số liệu", "Tổng quan")
    page.get_by_label("Chương trình").select_option("135")
    page.get_by_label("Số liệu đến ngày").fill("15/11/2021")
    page.get_by_role("button", name="Xem", exact=True).click()
    page.locator("tbody a.whence").nth(1).click()
    page.locator("a[href^='/tep/'][href*='?o=']").first.click()
    expect(page.locator("td.asked")).to_be_visible()


def test_a_leaders_day_by_keyboard(opened, site: Site):
    """From the door to the leader's page, to where the rate comes from, and out, without a mouse."""
    page = opened(viewport=DESK)
    page.goto(f"{site.url}/dang-nhap/")
    _to(page, "[name=username]")
    page.keyboard.type("lanhdao")
    _to(page, "[name=password]")
    page.keyboard.type(site.passwords["lanhdao"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/")
    _follow(page, "nav.nav a", "Số liệu")
    _follow(page, "nav.near a", "Trang lãnh đạo")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trang lãnh đạo")
    pages = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pages)) == 1, "one side of A4"
    _follow(page, "a.whence", "từ đâu?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Từ đâu?")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trang lãnh đạo")
    _to(page, "form[action*='dang-xuat'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_a_keeper_of_accounts_lets_somebody_in_who_then_changes_the_password(opened, site: Site):
    keeper, new = opened(viewport=DESK), opened(viewport=PHONE)
    site.enter(keeper, "quantri")
    choose(keeper, "Sổ", "Cán bộ")
    keeper.get_by_role("link", name="Ghi cán bộ mới").click()
    said = {
        "Họ tên": "Người mới ví dụ",
        "Tên đăng nhập": "nguoimoi",
        "Mật khẩu lần đầu": "lan-dau-vi-du-2026",
        "Đơn vị": "UBND-01321@2025-07-01",
        "Chức vụ": "Công chức ví dụ",
        "Địa bàn được xem": "01321@2025-07-01",
    }
    for label, text in said.items():
        keeper.get_by_label(label, exact=True).fill(text)
    keeper.get_by_label("Vai trò").select_option("entry")
    keeper.get_by_role("button", name="Ghi", exact=True).click()
    expect(keeper.get_by_role("heading", level=1)).to_contain_text("Người mới ví dụ")
    new.goto(f"{site.url}/dang-nhap/")
    new.get_by_label("Tên đăng nhập").fill("nguoimoi")
    new.get_by_label("Mật khẩu").fill("lan-dau-vi-du-2026")
    new.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(new.get_by_role("heading", level=1)).to_contain_text("mật khẩu")
    new.goto(f"{site.url}/")
    expect(new.get_by_role("heading", level=1)).to_contain_text("mật khẩu")  # nothing opens before it is changed
    new.locator("[name=oldpassword]").fill("lan-dau-vi-du-2026")
    for name in ("password1", "password2"):
        new.locator(f"[name={name}]").fill("cua-rieng-toi-vi-du-2026")
    new.locator("main form button").first.click()
    choose(new, "Việc")
    expect(new.locator("main")).to_contain_text("Công chức ví dụ")
    keeper.locator("nav.nav a", has_text="Nhật ký").click()
    expect(keeper.locator("main tbody tr").first).to_be_visible()


def _to(page: Page, wanted: str) -> None:
    """Tab until something that fits has the focus, and can be seen to have it."""
    for _step in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, [wanted, ""]):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def _follow(page: Page, wanted: str, word: str) -> None:
    """Tab to the link of that word, press Enter, wait for the page."""
    for _step in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, [wanted, word]):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach “{word}”")
