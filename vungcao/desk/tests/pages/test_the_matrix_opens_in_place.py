"""The matrix: two dimensions crossed, opened by a plain link, adding up at every level, each cell with its thread."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from tests import cast as province
from vungcao.cube.figures import FigureQuery
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.ledger.models import VoucherKind

pytestmark = pytest.mark.django_db
ADDRESS, MILLION = "/ma-tran/", 1_000_000
ASKED = {"programme": "CT", "on": "30/06/2024"}


@pytest.fixture
def specialist(client, db):
    """CT.DA1 of h1: 300 of capital, of it 200 at its first sub-project, 100 of it spent; CT.DA2 of h2: 50, silent."""
    cast = province.make()
    project, part, other = (
        cast.region("CT.DA1", "h1", "UBND-h1"),
        cast.region("CT.DA1.TDA1", "h1", "UBND-h1"),
        cast.region("CT.DA2", "h2", "UBND-h2", source="su_nghiep:NSTW"),
    )
    given = [(None, project, 100 * MILLION), (None, part, 200 * MILLION), (None, other, 50 * MILLION)]
    cast.post(VoucherKind.ASSIGNMENT, given, by="TTG", number="01/QĐ-TTg")
    cast.state([(part, 100 * MILLION)], coverage=cast.region("CT", "h1", "UBND-h1"), as_of=date(2024, 6, 30))
    client.force_login(cast.officials["tinh"].user)
    return client


def page_of(client, **asked):
    answer = client.get(ADDRESS, {**ASKED, **asked})
    assert answer.status_code == 200
    return tree(answer)


def figures(page, measure: str = "") -> list[list[str]]:
    """Rows of the matrix with the first text of each cell, the main one."""
    return [[cell.split(" từ đâu?")[0].split(" giao ")[0] for cell in row] for row in rows(page, "crossed")]


def test_projects_stand_against_sources_with_plan_and_rate_beside(specialist):
    page = page_of(specialist)
    total, first, second = rows(page, "crossed")
    assert total[1].startswith("100") and "giao 350" in total[1] and "28,6%" in total[1]
    assert first[1].startswith("100") and "giao 300" in first[1] and "33,3%" in first[1]
    assert second[1].startswith("chưa có số liệu") and "giao 50" in second[1], "silent is missing, not zero"
    assert first[3] == "" and second[2] == "", "nobody gave and nobody said: an empty cell"
    words = said(page)
    assert "so với kế hoạch năm sau điều chỉnh" in words and "Đơn vị ví dụ UBND-h2" in words  # denominator, silent


def test_a_node_opens_by_a_plain_link_and_its_parts_add_up(specialist):
    page = page_of(specialist)
    (link,) = page.xpath("//a[@class='opener']/@href")
    assert urlsplit(link).fragment == "n-CT.DA1" and parse_qs(urlsplit(link).query)["mo"] == ["CT.DA1"]
    opened = tree(specialist.get(ADDRESS + link.partition("#")[0]))
    labels = [row[0] for row in rows(opened, "crossed")]
    assert labels == ["Tổng cộng", "Cấu phần ví dụ CT.DA1", "Cấu phần ví dụ CT.DA1.TDA1",
                      "Chưa chia xuống dưới: Cấu phần ví dụ CT.DA1", "Cấu phần ví dụ CT.DA2"]  # fmt: skip
    part, rest = rows(opened, "crossed")[2:4]
    assert "giao 200" in part[1] and "giao 100" in rest[1] and "giao 100" in rest[2]
    closing = opened.xpath("//a[@aria-expanded='true']/@href")[0]
    assert "mo" not in parse_qs(urlsplit(closing).query)


def test_every_figure_leads_to_its_thread_at_one_act_over_one_plan(specialist):
    page = page_of(specialist, mo="CT.DA1")
    links = page.xpath("//a[@class='traced']/@href")
    assert len(links) >= 6
    asked = [FigureQuery.of_id(parse_qs(urlsplit(link).query)["id"][0]) for link in links]
    assert len({(one.known, one.on) for one in asked}) == 1 and asked[0].known
    for link in links:
        assert specialist.get(link).status_code == 200


@pytest.mark.parametrize(
    ("down", "across", "heads"),
    [
        ("place", "component", ["Tổng cộng", "Cấu phần ví dụ CT.DA1", "Cấu phần ví dụ CT.DA2"]),
        ("body", "place", ["Tổng cộng", "Huyện Hai", "Huyện Một"]),
        ("source", "body", ["Tổng cộng", "Đơn vị ví dụ UBND-h1", "Đơn vị ví dụ UBND-h2"]),
    ],
)
def test_any_two_dimensions_may_be_crossed(specialist, down, across, heads):
    page = page_of(specialist, down=down, across=across, measure="given")
    assert [said(one) for one in page.xpath("//table[contains(@class, 'crossed')]/thead//th")][1:] == heads
    whole, *parts = rows(page, "crossed")
    assert whole[1].startswith("350") and sum(row[1].startswith(("300", "50")) for row in parts) == 2


def test_one_dimension_cannot_run_both_ways_and_says_so(specialist):
    answer = specialist.get(ADDRESS, {**ASKED, "down": "place", "across": "place"})
    assert answer.status_code == 422 and "hai chiều khác nhau" in said(tree(answer))


def test_a_code_that_nobody_bears_opens_nothing(specialist):
    assert len(rows(page_of(specialist, mo="khong-co"), "crossed")) == 3


def test_the_workbook_has_the_open_rows_and_names_its_cells(specialist):
    answer = specialist.get(f"{ADDRESS}xlsx/", {**ASKED, "mo": "CT.DA1"})
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet, sources = book.worksheets
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    labels = [f"{row[0]}".strip() for row in texts]
    assert "Cấu phần ví dụ CT.DA1.TDA1" in labels and "Chưa chia xuống dưới: Cấu phần ví dụ CT.DA1" in labels
    assert sources.title == "Nguồn số liệu"
    cells = {row[-1].value for row in sources.iter_rows()}
    assert "B7" in cells, "the cell of the statement behind a figure"


def test_more_open_nodes_ask_no_more_of_the_database(specialist, django_assert_max_num_queries, monkeypatch):
    specialist.get(ADDRESS, ASKED)
    specialist.get(ADDRESS, {**ASKED, "mo": "CT.DA1"})
    with django_assert_max_num_queries(20):
        specialist.get(ADDRESS, {**ASKED, "mo": ["CT.DA1", "CT.DA1.TDA1"]})


def test_out_of_reach_is_in_no_cell(client, specialist):
    client.logout()
    assert client.get(ADDRESS, ASKED).status_code == 302
