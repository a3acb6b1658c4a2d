"""Diễn biến theo tháng: who had not reported is named, with the months, the money he holds and ways to both."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests import cast as province
from tests.walking import faults
from vungcao.bodies.models import BodyVersion
from vungcao.bodies.rights import reach_for
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.ledger.models import VoucherKind

pytestmark = pytest.mark.django_db
MILLION = 1_000_000
HELD = ("UBND-h1", "UBND-h2")
ASKED = "/dien-bien/?programme=CT&on=31/08/2024"


@pytest.fixture
def cast(db):
    """Two districts hold money: the first spoke at the ends of March 2023 and June 2024, the second never."""
    cast = province.make()
    for year, spoke in (("2023", date(2023, 3, 31)), ("2024", date(2024, 6, 30))):
        first, second = (
            cast.region("CT.DA1", place, body, year=year) for place, body in (("h1", "UBND-h1"), ("h2", "UBND-h2"))
        )
        cast.post(
            VoucherKind.ASSIGNMENT, [(None, first, 300 * MILLION), (None, second, 200 * MILLION)],
            dated=date(int(year), 1, 15), by="TTG", number=f"01/{year}",
        )  # fmt: skip
        coverage = cast.region("CT", "h1", "UBND-h1", year=year)
        cast.state([(first, spoke.month * 10 * MILLION)], coverage=coverage, as_of=spoke)
    return cast


@pytest.fixture
def reader(client, cast):
    client.force_login(cast.officials["tinh"].user)
    return client


def test_each_is_named_with_his_months_of_both_years(reader, cast):
    page = tree(reader.get(ASKED))
    found = [row[1:5] for row in rows(page, "not-reported")]
    assert found == [["CT", "1–5, 7–8", "1–2, 4–8", "300"], ["CT", "1–8", "1–8", "200"]]
    assert [row[0] for row in rows(page, "not-reported")] == [
        BodyVersion.objects.get(body__key=key).name for key in HELD
    ]


def test_a_point_of_which_somebody_was_silent_says_so_in_either_year(reader, cast):
    table = rows(tree(reader.get(ASKED)), "months")
    assert table[5][2] == "60" and table[5][4].startswith("1 đơn vị")
    assert table[2][6] == "30" and table[2][7].startswith("1 đơn vị")
    assert table[6][2] == table[3][6] == "không có báo cáo" and table[6][4].startswith("2 đơn vị")


def test_how_many_leads_to_their_names_as_of_that_day(reader, cast):
    page = tree(reader.get(ASKED))
    links = page.xpath("//td/a[contains(@href, '#not-reported')]")
    assert len(links) == 16
    for link in links:
        named = tree(reader.get(link.get("href")))
        assert len(rows(named, "not-reported")) == int(said(link).split()[0])
        assert said(link).endswith(parse_qs(urlsplit(link.get("href")).query)["on"][0])


def test_every_number_leads_to_lines_that_show_it(reader, cast):
    page = tree(reader.get(ASKED))
    links = page.xpath("//main//tbody//a[@class='whence']/@href")
    assert len(links) == 8 + 1 + 2
    reach = reach_for(cast.officials["tinh"], "figures.see", timezone.localdate())
    walked, wrong = faults(page.xpath("//main")[0], reach)
    assert walked == 8 + 1 + 1 + 1 + 2
    assert [one for one in wrong if "reaches no cell" not in one] == []


def test_before_anything_is_given_nobody_is_silent(reader, cast):
    page = tree(reader.get("/dien-bien/?programme=CT&on=10/01/2023"))
    assert "chưa có vốn được giao và chưa có báo cáo nào" in said(page.xpath("//p[contains(@class, 'empty')]")[0])
    assert not page.xpath("//tbody")


def test_money_of_a_year_told_of_in_the_next_goes_on_and_what_is_too_late_is_refused(reader, cast):
    page = tree(reader.get(f"{ASKED}&year=2023"))  # the day of 2024
    assert "xem được đến hết ngày 30/06/2024" in said(page.xpath("//*[@role='alert']")[0])
    page = tree(reader.get("/dien-bien/?programme=CT&on=31/01/2024&year=2023"))
    assert [row[0].split()[0] for row in rows(page, "months")] == [*(f"{month}" for month in range(1, 13)), "1/2024"]
    assert rows(page, "not-reported")[1][2] == "1–12, 1/2024"
    links = page.xpath("//td/a[contains(@href, '#not-reported')]/@href")
    assert len(rows(tree(reader.get(links[-1])), "not-reported")) == 2
