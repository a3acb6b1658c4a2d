"""In a real browser: axe is silent, nothing runs over the edge, keyboard and no-JavaScript work, paper is paper."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect

from vungcao.bodies.actions import reach as take
from vungcao.bodies.models import Body, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.cast import PASSWORD, Cast, plan_of
from vungcao.desk.tests.pages.test_the_matrix_of_rights import records_of
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.intake import checking_files
from vungcao.territory.models import Place
from vungcao.users import events
from vungcao.users.models import EventKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


FOCUSED = """(() => {
    const here = document.activeElement;
    const region = here.getAttribute('role') === 'region' ? here.getAttribute('aria-labelledby') : '';
    const whence = [...document.querySelectorAll('a.whence')].indexOf(here);
    return [whence, region, getComputedStyle(here).outlineStyle, here === document.body];
})()"""


def signed_in(context: BrowserContext, live_server, cast: Cast) -> None:
    """The session a sign-in would have made, without waiting for the password's hash."""
    session = SessionStore()
    session[SESSION_KEY] = str(cast.specialist.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = cast.specialist.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])


def addresses(cast: Cast) -> list[str]:
    sha, records = cast.workbook.sha256, records_of(cast)
    return [
        "/",
        "/lanh-dao/",
        "/dien-bien/?programme=135&on=15/11/2021",
        "/?on=31/02/2021",
        "/tu-dau/?id=disbursement:on=2021-11-15",
        f"/tep/{sha}/BM01/?o=C6",
        f"/tep/{sha}/Rộng & dài/?o=Z99",
        f"/lan-gui/{cast.batch.pk}/",
        "/doi-chieu-kho-bac/",
        "/ho-so-dieu-chinh/",
        "/ke-hoach/",
        f"/ke-hoach/{plan_of(cast).pk}/",
        f"/ke-hoach/so-sanh/?a={plan_of(cast).pk}&b={plan_of(cast).pk}",
        "/ke-hoach/noi-tiep/?ma=135",
        "/nop-bang-tinh/",
        f"/nop-bang-tinh/{cast.check.pk}/",
        f"/nop-bang-tinh/{cast.check.pk}/tep/0/BM01/?o=C5",
        "/viec/",
        "/tim/?q=vi+du",
        "/quy-dinh/?on=20/11/2023&year=2023&kind=su_nghiep&level=NSTW&scope=PROJECTS_SAME_PROGRAMME",
        "/quy-dinh/SN-05/",
        "/dia-ban/vd-z/",
        f"/bao-cao-don-vi/{records['statement']}/",
        f"/chung-tu/{records['voucher']}/",
        f"/tai-khoan-von/{records['account']}/",
        "/giao-dien/",
        "/khong-co/",
    ]


def opened(browser: Browser, live_server, **look) -> tuple[BrowserContext, Page, list[str]]:
    context = browser.new_context(locale="vi-VN", **look)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    return context, page, complaints


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "light"), (1280, "dark")])
def test_axe_is_silent_and_nothing_runs_over_the_edge(browser, live_server, example, width, colours):
    context, page, complaints = opened(
        browser, live_server, viewport={"width": width, "height": 800}, color_scheme=colours
    )
    page.goto(f"{live_server.url}/dang-nhap/")
    rules = {"runOnly": ["color-contrast"]} if colours == "dark" else None  # only colours change in the dark
    found = judged(page, "/dang-nhap/", rules)
    signed_in(context, live_server, example)
    for address in addresses(example):
        page.goto(live_server.url + address)
        found += judged(page, address, rules)
    context.close()
    assert not found, "\n".join(found)
    assert not complaints, complaints


def judged(page: Page, address: str, rules: dict | None) -> list[str]:
    """What axe says about a page, and whether the page scrolls sideways or a word is cut."""
    wide = "Rộng" in address  # 8.000 cells: axe takes a minute and learns nothing that BM01 does not show
    said = (
        []
        if wide
        else [
            f"{address}: {one['id']} {[node['html'][:90] for node in one['nodes']][:3]}"
            for one in Axe().run(page, options=rules).response["violations"]
        ]
    )
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*said, *([f"{address}: {over} px over the edge"] if over > 0 else [])]


@pytest.mark.parametrize("width", [1280, 360])
def test_the_keepers_pages_are_silent_too(browser, live_server, example, width):
    """Acts, one act, the log of the door: what only an administrator opens."""
    with acting("official.created", by=SYSTEM) as act:
        province = Place.objects.get(key="vd-tinh")
        keeper = players._official(act, "qt", Body.objects.get(key="BDT-vd"), Role.ADMIN, province)
    events.note(EventKind.FAILED, account="chuyen.vien")
    take(example.batch, "returned", reason="ví dụ", by=example.specialist.official)
    context, page, complaints = opened(browser, live_server, viewport={"width": width, "height": 800})
    signed_in(context, live_server, replace(example, specialist=keeper))
    found: list[str] = []
    for address in ("/nhat-ky/", "/nhat-ky/1/", "/cua-vao/"):
        page.goto(live_server.url + address)
        found += judged(page, address, None)
    context.close()
    assert not found and not complaints, (found, complaints)


def test_a_day_without_javascript(browser, live_server, example):
    """Sign in, choose a day, follow a figure to its cell, sign out."""
    context, page, _ = opened(browser, live_server, java_script_enabled=False)
    page.goto(f"{live_server.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("chuyen.vien")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    page.get_by_role("link", name="Số liệu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giải ngân Chương trình 135")
    page.get_by_label("Số liệu đến ngày").fill("30/09/2021")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".about").first).to_contain_text("30/09/2021")
    page.get_by_role("link", name="từ đâu? Huyện Ví Dụ Thượng").click()
    page.get_by_role("link", name="trang BM01, ô B7").click()
    expect(page.locator("td.asked")).to_contain_text("Dự án 2")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    context.close()


def test_the_keyboard_reaches_the_content_the_tables_and_every_way_back(browser, live_server, example):
    context, page, _ = opened(browser, live_server, viewport={"width": 360, "height": 800})
    signed_in(context, live_server, example)
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    wanted = page.locator("a.whence:visible").count()
    reached: set[int] = set()
    regions: set[str] = set()
    for _step in range(200):
        page.keyboard.press("Tab")
        whence, region, outline, at_end = page.evaluate(FOCUSED)
        assert at_end or outline == "solid", "focus can't be seen"
        reached.add(whence)
        regions.add(region)
        if at_end:
            break
    assert len(reached - {-1}) == wanted >= 12
    assert regions >= {"by-component", "by-place", "not-reported"}
    page.locator("[role=region][aria-labelledby=by-component]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('[aria-labelledby=by-component][role=region]').scrollLeft > 0")
    context.close()


def test_paper_shows_the_figures_and_hides_the_tools(browser, live_server, example):
    context, page, _ = opened(browser, live_server, viewport={"width": 1280, "height": 800})
    signed_in(context, live_server, example)
    page.goto(live_server.url)
    page.emulate_media(media="print")
    for gone in (".filter", ".head", "a.whence >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
    for stays in ("h1", "dl.headline", "#by-place", ".example", "[role=region][aria-labelledby=not-reported] table"):
        expect(page.locator(stays)).to_be_visible()
    assert len(page.pdf(format="A4")) > 10_000
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_handed_in_and_followed_to_its_grid(browser, live_server, example, scripts):
    """Choose a file, wait until the page tells what was found, look at a cell; with and without JavaScript."""
    context, page, complaints = opened(browser, live_server, java_script_enabled=scripts)
    signed_in(context, live_server, example)
    page.goto(f"{live_server.url}/nop-bang-tinh/")
    page.get_by_label("Tệp Excel, ODS hoặc CSV").set_input_files(example.check.paths()[0])
    page.get_by_role("button", name="Kiểm tệp").click()
    expect(page.get_by_role("status").first).to_have_text("Chờ đọc")
    checking_files.work_once()
    expect(page.get_by_role("heading", name="Từng bảng")).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="ô A4").first.click()
    expect(page.locator("td.asked")).to_be_visible()
    context.close()
    assert not complaints, complaints


def test_the_leaders_page_is_one_side_of_a4(browser, live_server, example, monkeypatch):
    """At its fullest: more differences and silent bodies than it tells, twelve lines of money, long names."""
    from vungcao.desk import overview
    from vungcao.desk.tests.pages import example_answers

    sentence = "BC giai ngan 1719 H. Vi Du Thuong 31.12.2021.xlsx, ô I12: " + "giải ngân lớn hơn vốn được giao " * 4
    many = [replace(one, sentence=sentence) for one in example_answers.example_findings(None, None)] * 9
    monkeypatch.setattr(overview, "findings", lambda *_args, **_more: many)
    whole = example_answers.example_answer

    def fuller(query, reach):
        said = whole(query, reach)
        silent = [{**said.not_reported[0], "name": f"UBND xã Ví Dụ Có Tên Rất Dài Số {n}"} for n in range(40)]
        return replace(said, not_reported=silent) if said.not_reported else said

    def richer(query, reach):
        found = example_answers.example_expiry(query, reach)
        return replace(found, lines=found.lines * 6)

    monkeypatch.setattr(overview, "answer", fuller)
    monkeypatch.setattr(overview, "expiring", richer)
    context, page, _ = opened(browser, live_server, viewport={"width": 1280, "height": 800})
    signed_in(context, live_server, example)
    page.goto(f"{live_server.url}/lanh-dao/")
    expect(page.locator("#differences .count")).to_have_text("9")
    page.emulate_media(media="print")
    expect(page.locator(".paper-note")).to_be_visible()
    sides = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    context.close()
    assert sides == 1
