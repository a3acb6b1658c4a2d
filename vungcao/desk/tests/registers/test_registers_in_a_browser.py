"""Registers in a real browser: axe is silent, nothing runs over the edge at 360 px, a day's work without JavaScript."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Body, Official, Role
from vungcao.desk.tests.pages.cast import Cast, play
from vungcao.desk.tests.pages.test_pages_in_a_browser import judged, opened, signed_in
from vungcao.evidence.actions import SYSTEM
from vungcao.office.actions import record_document
from vungcao.office.models import Outgoing
from vungcao.office.tests.conftest import arrival, letter
from vungcao.territory.models import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "V/v đôn đốc gửi báo cáo kết quả thực hiện các dự án, tiểu dự án của Chương trình (ví dụ), " * 3


@pytest.fixture
def example(db, tmp_path) -> Cast:
    """Documents of every flag in the register of the Board; an administrator."""
    cast = play(tmp_path)
    board = Body.objects.get(key="BDT-vd")
    record_document(arrival("3", due=date(2025, 2, 20)), body=board, by=SYSTEM)
    lines = {"5": {"summary": LONG, "recipients": "UBND các xã ví dụ"}, "8": {"answers_said": "3"},
             "8a": {"reason": "ký sót (ví dụ)"}, "9": {"state": "cancelled", "reason": "ví dụ"}}  # fmt: skip
    for no, about in lines.items():
        record_document(letter(no, **about), body=board, by=SYSTEM)
    record_document(letter("9", answers_said="77"), body=board, by=SYSTEM)
    place = Place.objects.get(key="vd-tinh")
    cast.stranger = create_official(
        username="quantri", name="Quản trị (ví dụ)", password="mat-khau-vi-du-2026", body=board,
        post="Quản trị (ví dụ)", role=Role.ADMIN, reach=place, by=SYSTEM, demo=True,
    ).user  # fmt: skip
    return cast


def addresses() -> dict[str, list[str]]:
    key = Outgoing.objects.order_by("pk").first().document_id
    documents = ["/so/van-ban-di/", "/so/van-ban-den/", "/so/van-ban-di/?since=31/02/2025", "/so/van-ban-di/ghi-moi/",
                 f"/so/van-ban-di/{key}/", f"/so/van-ban-di/{key}/sua/", f"/so/van-ban-di/{key}/lich-su/",
                 "/so/van-ban-di/nhap/", "/so/van-ban-di/in/"]  # fmt: skip
    body = Body.objects.get(key="BDT-vd").pk
    staff = ["/so/don-vi/", f"/so/don-vi/{body}/", "/so/can-bo/", "/so/can-bo/ghi-moi/"]
    official = Official.objects.exclude(user__username="quantri").filter(postings__body=body).order_by("pk")[0].pk
    forms = ("", "lich-su/", "dang-nhap/", "uy-quyen/", "thoi-giu/")
    staff += [f"/so/can-bo/{official}/{form}" for form in forms]
    place = Place.objects.get(key="vd-a").pk
    places = [f"/so/dia-ban/{place}/", *(f"/so/dia-ban/{place}/{form}/" for form in ("chia", "nhap-chia", "ty-phan"))]
    return {"specialist": documents, "stranger": staff + places}


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "light"), (1280, "dark")])
def test_axe_is_silent_and_nothing_runs_over_the_edge(browser, live_server, example, width, colours):
    rules = {"runOnly": ["color-contrast"]} if colours == "dark" else None
    found: list[str] = []
    for who, urls in addresses().items():
        context, page, complaints = opened(
            browser, live_server, viewport={"width": width, "height": 800}, color_scheme=colours
        )
        example.specialist = getattr(example, who)
        signed_in(context, live_server, example)
        for url in urls:
            answer = page.goto(live_server.url + url)
            assert answer.status == 200, url
            found += judged(page, url, rules)
        context.close()
        assert not complaints, complaints
    assert not found, "\n".join(found)


def test_a_clerks_day_without_javascript(browser, live_server, example):
    """Record a document, mend what was wrong, find it, correct it, read its story, keep the view."""
    context, page, _ = opened(browser, live_server, java_script_enabled=False, viewport={"width": 360, "height": 800})
    signed_in(context, live_server, example)
    page.goto(f"{live_server.url}/so/van-ban-di/")
    page.get_by_role("link", name="Ghi văn bản đi").click()
    page.get_by_label("Số", exact=True).fill("10a")
    page.get_by_label("Ngày văn bản").fill("05/03/2025")
    page.get_by_label("Trích yếu").fill("V/v đồng bào ví dụ")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("phải ghi lý do")).to_be_visible()
    expect(page.get_by_label("Trích yếu")).to_have_value("V/v đồng bào ví dụ")
    page.get_by_label("Lý do").fill("ký sót (ví dụ)")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("10a")
    page.get_by_role("link", name="Sửa dòng này").click()
    page.get_by_label("Nhiệm vụ").fill("Việc ví dụ")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_role("link", name="Lịch sử ghi, sửa").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("ins", has_text="Việc ví dụ")).to_be_visible()
    page.goto(f"{live_server.url}/so/van-ban-di/")
    page.get_by_label("Tìm").fill("dong bao")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("summary", has_text="Cách xem đã lưu").click()
    page.get_by_label("Lưu cách lọc, xếp đang xem với tên").fill("Đồng bào")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".chip a")).to_have_text("Đồng bào")
    context.close()


def test_paper_shows_rows_and_hides_tools(browser, live_server, example):
    context, page, _ = opened(browser, live_server, viewport={"width": 1280, "height": 800})
    signed_in(context, live_server, example)
    page.goto(f"{live_server.url}/so/van-ban-di/in/")
    page.emulate_media(media="print")
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page.locator(".head")).to_be_hidden()
    assert len(page.pdf(prefer_css_page_size=True)) > 5_000
    context.close()


def test_a_mixed_paper_is_recorded_by_keyboard_without_javascript(browser, live_server, example):
    """What is wrong is said at its box, what was typed stays; then the page tells what became of the commune."""
    context, page, _ = opened(browser, live_server, java_script_enabled=False, viewport={"width": 360, "height": 800})
    example.specialist = example.stranger
    signed_in(context, live_server, example)
    page.goto(f"{live_server.url}/so/dia-ban/{Place.objects.get(key='vd-a').pk}/")
    page.get_by_role("link", name="Nhập và chia nhiều nơi").click()
    parts = "vd-a | Huyện Mới | 2/5\nvd-a | Huyện Ví Dụ Thượng | còn lại"
    page.get_by_label("Các nơi nhận").focus()
    page.keyboard.type("Huyện Mới | 999")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(parts)
    page.get_by_label("Có hiệu lực từ ngày").fill("31/12/2026")
    page.get_by_label("Theo văn bản").fill("1/NQ-VD (ví dụ)")
    page.keyboard.press("Enter")
    expect(page.locator(".wrong")).to_contain_text("“Huyện Ví Dụ Thượng” không phải một nơi nhận đã ghi")
    expect(page.get_by_label("Nơi cũ về đâu")).to_have_value(parts)
    page.get_by_label("Các nơi nhận").press("Control+End")
    page.keyboard.type("\nHuyện Ví Dụ Thượng | tiếp tục")
    page.get_by_role("button", name="Ghi", exact=True).press("Enter")
    after = page.locator("section", has=page.locator("#after")).locator("tbody tr")
    expect(after).to_contain_text(["Huyện Mới", "Huyện Ví Dụ Thượng"])
    expect(after).to_contain_text(["2/5", "3/5"])
    context.close()
