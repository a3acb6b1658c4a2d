"""In a real browser without JavaScript: a commune proposes, the Board holds, submits, records; axe is silent."""

from __future__ import annotations

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.cast import Cast, make
from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.models import DossierDecision, VoucherKind
from vungcao.territory.models import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def page_of(browser: Browser, live_server, cast: Cast, name: str, *, script: bool = False) -> Page:
    user = cast.officials[name].user
    user.password_given_at = None
    user.save(update_fields=["password_given_at"])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    context = browser.new_context(locale="vi-VN", java_script_enabled=script)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])
    return context.new_page()


def propose(page: Page, side: str, component: str, body: str) -> None:
    form = page.locator("form[action$='/dong/']")
    form.get_by_label("Khối").select_option(label=side)
    form.get_by_label("Nguồn vốn").select_option(value="su_nghiep:NSTW")
    for label, said in {
        "Dự án, nội dung": component, "Đơn vị giữ vốn": body, "Năm nguồn": "2024", "Số tiền (triệu đồng)": "300,5",
        "Lý do": "hết đối tượng (ví dụ)",
    }.items():  # fmt: skip
        form.get_by_label(label, exact=True).fill(said)
    form.get_by_role("button", name="Ghi dòng").click()


def test_from_a_communes_proposal_to_the_recorded_resolution(browser, live_server, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2024, 2, 1))
    cast = make()
    held = cast.region("CT.DA1", body="UBND-x1", place="x1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 900_000_000)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    cast.officials["xa"] = create_official(
        username="xa", name="Cán bộ (ví dụ)", password="mat-khau-vi-du-2026", body=cast.body("UBND-x1"), post="Ví dụ",
        role=Role.ENTRY, reach=Place.objects.get(key="x1"), by=SYSTEM, on=date(2020, 1, 1), demo=True,
    )  # fmt: skip
    board = page_of(browser, live_server, cast, "tinh")
    board.goto(f"{live_server.url}/ho-so-dieu-chinh/")
    board.get_by_label("Tên hồ sơ").fill("Điều chỉnh vốn ví dụ")
    board.get_by_label("Ngày dự kiến quyết định").fill("15/03/2024")
    board.get_by_role("button", name="Lập hồ sơ").click()
    here = board.url

    commune = page_of(browser, live_server, cast, "xa")
    commune.goto(f"{live_server.url}/ho-so-dieu-chinh/")
    commune.get_by_role("link", name="DC-2024-01").click()
    propose(commune, "A. Giảm", "CT.DA1", "UBND-x1")
    assert "hết đối tượng (ví dụ)" in commune.content()
    district = page_of(browser, live_server, cast, "huyen")
    district.goto(f"{live_server.url}/ho-so-dieu-chinh/")
    district.get_by_role("link", name="DC-2024-01").click()
    assert "hết đối tượng (ví dụ)" in district.content()
    propose(district, "B. Tăng", "CT.DA2", "UBND-h2")
    assert "nằm ngoài phạm vi" in district.get_by_role("alert").inner_text()

    board.goto(here)
    propose(board, "B. Tăng", "CT.DA2", "UBND-h2")
    assert "111/2024/QH15 Điều 4 khoản 2" in board.content()
    board.get_by_label("Giữ chỗ đến hết ngày").fill("30/04/2024")
    board.get_by_role("button", name="Giữ chỗ vốn").click()
    assert "30/04/2024" in board.locator("dl.facts").inner_text()
    board.get_by_role("button", name="Trình hồ sơ").click()
    assert "đã trình" in board.locator("dl.facts").inner_text()
    board.get_by_label("Số, ký hiệu").fill("5/NQ-VD")
    board.get_by_label("Ngày ký").fill("20/03/2024")
    board.get_by_label("Cơ quan quyết định").fill("HDND")
    board.get_by_role("button", name="Ghi quyết định").click()
    assert "5/NQ-VD ngày 20/03/2024" in board.locator("dl.facts").inner_text()
    assert DossierDecision.objects.get().vouchers.get().voucher.kind == VoucherKind.ADJUSTMENT

    judged = page_of(browser, live_server, cast, "tinh", script=True)
    judged.goto(here)
    wrong = Axe().run(judged).response["violations"]
    assert not wrong, [(one["id"], one["nodes"][0]["html"]) for one in wrong]
