"""Ten screens of the guide keep its checklist, in a newcomer's example; pictures are drawn on the way.

Pictures are left in ``build/screens``; ``make pictures`` puts them into the guide.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.screens import SCREENS, Screen
from tests.site import ROOT, chromium, example_site, shared_by_workers

GUIDE = ROOT / "docs" / "guide"
DRAWN = ROOT / "build" / "screens"
SMALL, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
CROOKED = """() => [...document.querySelectorAll('td.num')].filter(cell => {
    const style = getComputedStyle(cell);
    return style.textAlign !== 'right' || !style.fontVariantNumeric.includes('tabular-nums');
}).map(cell => cell.textContent.trim())"""
CUT = """() => [...document.querySelectorAll('main *')].filter(one => {
    const style = getComputedStyle(one);
    return ['hidden', 'clip'].includes(style.overflowX) && !one.closest('.unseen, svg')
        && one.scrollWidth > one.clientWidth + 1 && one.textContent.trim();
}).map(one => one.textContent.trim().slice(0, 60))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with example_site(shared_by_workers(tmp_path_factory) / "example-site", tmp_path_factory.mktemp("site")) as there:
        yield there


@pytest.fixture(scope="module")
def looks(site):
    """``looks(screen, **how)``: its page in a window of its own, one session for each officer."""
    kept: dict[str, str] = {}
    with chromium() as browser:

        def look(screen: Screen, **how):
            context = browser.new_context(locale="vi-VN", storage_state=kept.get(screen.who), **how)
            page = context.new_page()
            page.set_default_timeout(60_000)
            if screen.who not in kept:
                site.enter(page, screen.who)
                kept[screen.who] = context.storage_state()
            screen.open(page, site)
            return page

        yield look


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.key)
def test_a_screen_keeps_the_checklist(looks, screen):
    DRAWN.mkdir(parents=True, exist_ok=True)
    page = looks(screen, viewport=WIDE)
    said = page.locator("body").inner_text()
    assert re.fullmatch(screen.what, page.locator("h1").inner_text()), "1: what it is"
    assert re.search(screen.as_of, said), "2: as of when"
    assert re.search(screen.over, said), "3: over what"
    assert page.evaluate(CROOKED) == [], "4: figures aligned"
    acts = [one.inner_text() for one in page.locator(".main-act:visible").all()]
    assert len(acts) <= 1 and (not screen.act or acts == [screen.act]), "5: one main act"
    page.screenshot(path=DRAWN / f"{screen.key}-1280.png")
    page.emulate_media(media="print")
    assert not page.locator(".head:visible, .nav:visible, .filter:visible, button:visible").count(), "7: paper is paper"
    ground, ink = page.evaluate("[document.body, document.querySelector('h1')].map((one, n) => "
                                "getComputedStyle(one)[n ? 'color' : 'backgroundColor'])")  # fmt: skip
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), "7: black on white"
    page.context.close()

    page = looks(screen, viewport=SMALL)
    assert page.evaluate(SIDEWAYS) <= 0 and page.evaluate(CUT) == [], "6: nothing cut at 360 px"
    page.screenshot(path=DRAWN / f"{screen.key}-360.png")
    page.context.close()

    page = looks(screen, viewport=WIDE, color_scheme="dark")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert found == [], "8: readable in the dark"
    page.context.close()


def test_each_screen_has_its_picture_in_the_guide():
    checklist = (GUIDE / "man-hinh.md").read_text("utf-8")
    for screen in SCREENS:
        page = (GUIDE / screen.guide).read_text("utf-8")
        assert f"(anh/{screen.key}-1280.png)" in page, f"{screen.guide} shows no picture of {screen.key}"
        assert f"(anh/{screen.key}-1280.png)" in checklist and f"(anh/{screen.key}-360.png)" in checklist
    drawn = {f"{screen.key}-{width}.png" for screen in SCREENS for width in (360, 1280)}
    assert {path.name for path in (GUIDE / "anh").glob("*.png")} == drawn


def test_no_picture_of_the_guide_is_missing_or_heavy():
    for page in sorted(GUIDE.glob("*.md")):
        for name in re.findall(r"\]\((anh/[^)]+)\)", page.read_text("utf-8")):
            picture = Path(GUIDE / name)
            assert picture.stat().st_size < 150_000, name
            assert picture.read_bytes().startswith(b"\x89PNG")
