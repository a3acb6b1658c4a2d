"""The page of the chain: each step with its thread, what is left after it, counterpart money; missing is not zero."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast as province
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.ledger.models import VoucherKind

pytestmark = pytest.mark.django_db
ADDRESS, MILLION = "/chuoi-giao-von/", 1_000_000
ASKED = {"programme": "CT", "on": "31/12/2024"}


@pytest.fixture
def books(db):
    """1.000 assigned, 900 of it allocated to the first project, nothing to units."""
    cast = province.make()
    whole = cast.region("CT", body="UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, whole, 1_000 * MILLION)], by="TTG")
    project = cast.region("CT.DA1", body="UBND")
    cast.post(VoucherKind.ALLOCATION, [(whole, project, 900 * MILLION)], dated=date(2024, 1, 20), by="HDND")
    return cast


@pytest.fixture
def specialist(client, books):
    client.force_login(books.officials["tinh"].user)
    return client


def test_each_step_and_what_is_left_after_it(specialist):
    whole, first = rows(tree(specialist.get(ADDRESS, ASKED)), "chain")
    assert [cell.split("từ đâu")[0].strip() for cell in whole[1:4]] == ["1.000", "900", "100"]
    assert all("chưa" in cell for cell in whole[4:]), "a step without a paper is missing, not zero"
    assert first[2].startswith("900") and "chưa" in first[1]


def test_an_amount_leads_to_its_papers(specialist):
    page = tree(specialist.get(ADDRESS, ASKED))
    links = [link for link in page.iter("a") if "/tu-dau/" in link.get("href", "")]
    assert links
    for link in links:
        assert specialist.get(link.get("href")).status_code == 200


def test_counterpart_names_its_rule_or_says_that_there_is_none(specialist):
    page = tree(specialist.get(ADDRESS, ASKED))
    (row,) = rows(page, "counterpart")
    assert row[1].startswith("900") and "chưa có quy định mức đối ứng" in said(page)


def test_a_day_that_is_none_gets_a_sentence(specialist):
    assert "ngày/tháng/năm" in said(tree(specialist.get(ADDRESS, {**ASKED, "on": "31/02/2024"})))


def test_who_may_see_nothing_sees_nothing(client, books):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(books.officials["khong"].user)
    assert client.get(ADDRESS, ASKED).status_code == 403
