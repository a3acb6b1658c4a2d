"""The page of the Treasury: both sides, the difference, the cause with its arithmetic, cells to open; within reach."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast as province
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger import actions as ledger
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 31)
MILLION = 1_000_000
ADDRESS = "/doi-chieu-kho-bac/"


@pytest.fixture
def books(db):
    """District h1 says 700 of its first project and 50 of its second; the Treasury has 1.000 with 300 advanced, and 50.
    District h2 has said nothing."""
    cast = province.make()
    ours = [
        (cast.region("CT.DA1", "h1", "UBND-h1", "dau_tu:*", origin="*"), 700 * MILLION),
        (cast.region("CT.DA2", "h1", "UBND-h1", "dau_tu:*", origin="*"), 50 * MILLION),
    ]
    cast.state(ours, coverage=cast.region("CT", "h1", "UBND-h1", "*:*", origin="*"), as_of=MAY)
    lines = (
        _line(cast.region("CT.DA1", "h1", "UBND-h1"), 1_000, "K7", advance=300),
        _line(cast.region("CT.DA2", "h1", "UBND-h1"), 50, "K8"),
        _line(cast.region("CT.DA2", "h2", "UBND-h2"), 9, "K9"),
    )
    draft = StatementDraft(
        cast.bodies["KB"], cast.region("CT", "vd", "*", "dau_tu:*", origin="*"), Basis.YEAR, MAY, lines,
        Cell("kho bac.xlsx", "DT", "A1"),
    )  # fmt: skip
    ledger.record_statement(draft, batch=cast.batch("KB", name="kho bạc ví dụ.xlsx"), by=SYSTEM)
    return cast


def _line(region, million, cell, advance=None):
    dong = million * MILLION
    open_dong = None if advance is None else advance * MILLION
    part = {"cell": cell, "label": "công trình ví dụ", "dong": dong, "CTMT": "VD0511"}
    part |= {} if open_dong is None else {"advance": open_dong}
    return LineDraft(
        region, dong, Cell("kho bac.xlsx", "DT", cell), completed_dong=dong - (open_dong or 0), advance_dong=open_dong,
        open_advance_dong=open_dong, codes={"parts": [part]},
    )  # fmt: skip


@pytest.fixture
def specialist(client, books):
    client.force_login(books.officials["tinh"].user)
    return client


def test_a_difference_shows_both_sides_and_its_cause_with_the_arithmetic(specialist):
    page = tree(specialist.get(ADDRESS))
    heading, line, *_ = rows(page, "differences")
    assert heading[0] == "Đơn vị ví dụ UBND-h1"
    assert line[1:4] == ["70031/05/2024", "1.00031/05/2024", "300"]
    assert "Kho bạc tính tạm ứng" in line[4] and "(1.000 − 300 = 700)" in line[4]
    assert "Trang1, B7" in line[5] and "DT, K7" in line[6]
    assert "1 dòng khớp, 1 dòng lệch, trong đó 0 dòng chưa rõ nguyên nhân" in said(page)


def test_a_unit_that_has_not_reported_is_shown_and_not_compared(specialist):
    *_, line = rows(tree(specialist.get(ADDRESS)), "differences")
    assert "chưa" in line[1] and line[2].startswith("9")
    assert line[3] == "" and "đơn vị chưa báo cáo" in line[4]


def test_a_line_that_the_treasurys_covers_and_lacks_says_that_nothing_is_recorded_and_when(specialist, books):
    more = (books.region("CT.DA1", "h2", "UBND-h2", "dau_tu:*", origin="*"), 40 * MILLION)
    books.state([more], coverage=books.region("CT", "h2", "UBND-h2", "*:*", origin="*"), as_of=MAY)
    lines = rows(tree(specialist.get(ADDRESS)), "differences")
    (line,) = [one for one in lines if one[3:4] == ["-40"]]
    assert line[1:3] == ["4031/05/2024", "không ghi31/05/2024"]


def test_it_asks_as_much_for_one_unit_as_for_more(specialist, books):
    specialist.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        specialist.get(ADDRESS)
    for body, place in (("UBND-h2", "h2"), ("UBND-x1", "x1"), ("UBND-x2", "x2")):
        ours = [(books.region("CT.DA1", place, body, "dau_tu:*", origin="*"), 40 * MILLION)]
        about = {"reporter": body, "coverage": books.region("CT", place, body, "*:*", origin="*"), "as_of": MAY}
        books.state(ours, **about)
    specialist.get(ADDRESS)  # what was written is taken in
    with CaptureQueriesContext(connection) as many:
        page = tree(specialist.get(ADDRESS))
    assert len(page.xpath("//table/tbody")) > 3
    assert len(many) <= len(few), [one["sql"][:200] for one in many]


def test_what_agrees_is_shown_when_asked_for(specialist):
    lines = rows(tree(specialist.get(ADDRESS, {"everything": "on"})), "differences")
    assert [line[4] for line in lines if line[3:4] == ["0"]] == ["khớp"]


def test_an_official_of_a_district_sees_his_own_and_no_link_to_the_treasurys_file(client, books, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: MAY)  # the district ended a year later
    client.force_login(books.officials["huyen"].user)
    page = tree(client.get(ADDRESS))
    assert len(page.xpath("//table/tbody")) == 1 and "Đơn vị ví dụ UBND-h2" not in said(page)
    assert not page.xpath("//a[contains(@href, '/tep/')]")


def test_without_a_post_nothing_is_seen(client, books):
    client.force_login(books.officials["khong"].user)
    response = client.get(ADDRESS)
    assert response.status_code == 403 and "1.000" not in response.content.decode()
    client.logout()
    assert client.get(ADDRESS).status_code == 302


def test_a_day_that_is_not_there_gets_a_sentence(specialist):
    assert "Không có lựa chọn này trong danh sách" in said(tree(specialist.get(ADDRESS, {"on": "2021-13-45"})))


def test_it_is_only_read(specialist):
    assert specialist.post(ADDRESS).status_code == 405


def test_an_empty_book_says_how_to_begin(client, cast):
    client.force_login(cast.specialist)
    assert "vungcao codes" in said(tree(client.get(ADDRESS)))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_is_silent_about_a_full_table(browser, live_server, books, width):
    from vungcao.desk.tests.pages.cast import Cast
    from vungcao.desk.tests.pages.test_pages_in_a_browser import judged, opened, signed_in

    context, page, complaints = opened(browser, live_server, viewport={"width": width, "height": 800})
    user = books.officials["tinh"].user
    signed_in(context, live_server, Cast(user, user, user, user, None, None, None))
    page.goto(f"{live_server.url}{ADDRESS}")
    found = judged(page, ADDRESS, None)
    context.close()
    assert not found and not complaints
