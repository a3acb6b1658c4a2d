"""In a real browser: a row of the matrix opens in place, with and without JavaScript; axe is silent, nothing is cut."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests import cast as province
from vungcao.desk.tests.pages.test_pages_in_a_browser import judged, opened, signed_in
from vungcao.ledger.models import VoucherKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS, MILLION = "/ma-tran/?programme=CT&on=30/06/2024", 1_000_000


@pytest.fixture
def books(db):
    """Two projects, the first with money at its first sub-project and above it."""
    cast = province.make()
    project, part = cast.region("CT.DA1", "h1", "UBND-h1"), cast.region("CT.DA1.TDA1", "h1", "UBND-h1")
    other = cast.region("CT.DA2", "h2", "UBND-h2", source="su_nghiep:NSTW")
    given = [(None, project, 100 * MILLION), (None, part, 200 * MILLION), (None, other, 50 * MILLION)]
    cast.post(VoucherKind.ASSIGNMENT, given, by="TTG", number="01/QĐ-TTg")
    cast.state([(part, 100 * MILLION)], coverage=cast.region("CT", "h1", "UBND-h1"), as_of=date(2024, 6, 30))
    return SimpleNamespace(specialist=cast.officials["tinh"].user)


@pytest.mark.parametrize(
    ("scripts", "width", "colours"), [(True, 1280, "light"), (False, 360, "light"), (True, 360, "dark")]
)
def test_a_row_opens_in_place(browser, live_server, books, scripts, width, colours):
    """With JavaScript the page stays and only the table is drawn again; without it the link does the same."""
    look = {"java_script_enabled": scripts, "viewport": {"width": width, "height": 800}, "color_scheme": colours}
    context, page, complaints = opened(browser, live_server, **look)
    signed_in(context, live_server, books)
    page.goto(live_server.url + ADDRESS)
    if scripts:
        page.evaluate("document.querySelector('h1').dataset.stays = 'yes'")
    page.locator("a.opener").first.click()
    expect(page.locator("a.opener[aria-expanded=true]")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Cấu phần ví dụ CT.DA1.TDA1")).to_be_visible()
    assert "mo=CT.DA1" in page.url
    found: list[str] = []
    if scripts:
        assert page.evaluate("document.querySelector('h1').dataset.stays") == "yes"
        found = judged(page, ADDRESS, None)
    context.close()
    assert not found and not complaints, (found, complaints)
