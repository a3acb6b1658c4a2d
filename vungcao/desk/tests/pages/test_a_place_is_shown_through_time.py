"""A place through time: Cao Bằng's communes before and after 1/7/2025, with the clause that merged them."""

from __future__ import annotations

import pytest

from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.territory.models import Place, Succession

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests


@pytest.fixture
def reader(client, cao_bang):
    made = create_official(
        username="doc", name="Cán bộ ví dụ", password="mat-khau-dai-cua-vi-du", body=body("BDT-04"), post="Ví dụ",
        role=Role.READER, reach=Place.objects.get(key="04"), by=SYSTEM, demo=True,
    )  # fmt: skip
    client.force_login(made.user)
    return client


def test_a_commune_of_today_names_what_it_was_made_of_and_by_which_clause(reader):
    page = tree(reader.get("/dia-ban/01321@2025-07-01/"))
    assert said(page.xpath("//h1")[0]) == "Xã Bảo Lạc" and "Đang có" in said(page)
    made_of = rows(page, "came-from")
    count = Succession.objects.standing().filter(successor__key="01321@2025-07-01").count()
    assert len(made_of) == count > 1
    assert {row[1] for row in made_of} == {"01/07/2025"} and all("NQ" in row[3] for row in made_of)
    assert "Thị trấn Bảo Lạc" in {row[0] for row in made_of}


def test_a_commune_that_ended_says_where_it_went_and_its_last_day(reader):
    page = tree(reader.get("/dia-ban/01342/"))
    assert said(page.xpath("//h1")[0]) == "Xã Hồng Trị" and "Đã kết thúc" in said(page)
    ((where, on, part, _cites),) = rows(page, "went-to")
    assert (where, on, part) == ("Xã Bảo Lạc", "01/07/2025", "toàn bộ")
    assert rows(page, "names")[-1][1:4] == ["Huyện Bảo Lạc", "–", "30/06/2025"]
    assert reader.get(page.xpath("//section[2]//tbody//a/@href")[0]).status_code == 200


def test_a_district_that_was_abolished_says_so(reader):
    page = tree(reader.get("/dia-ban/04.043/"))
    assert "Đã kết thúc" in said(page)
    assert rows(page, "names")[-1][3] == "30/06/2025"


def test_no_page_of_many_queries_and_none_of_what_is_not_there(reader, django_assert_max_num_queries):
    assert reader.get("/dia-ban/khong-co/").status_code == 404
    reader.get("/dia-ban/04/")
    with django_assert_max_num_queries(20):
        reader.get("/dia-ban/01321@2025-07-01/")
