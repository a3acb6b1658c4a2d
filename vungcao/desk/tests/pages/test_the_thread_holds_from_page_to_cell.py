"""Nothing replaced: the cube's own answer on the page, its trace, and the cell of the kept workbook it came from."""

from __future__ import annotations

import pytest

from vungcao.desk.tests.pages.reading_pages import rows, said, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(db, tmp_path):
    """The reserved members and words of the rooms, then the cast."""
    from vungcao.bodies import loading as bodies
    from vungcao.desk.tests.pages.cast import play
    from vungcao.evidence.actions import SYSTEM
    from vungcao.law import loading as law
    from vungcao.ledger import loading as ledger
    from vungcao.programme import loading as programme
    from vungcao.territory import loading as territory

    for room in (territory, law, bodies, programme, ledger):
        room.load(by=SYSTEM)
    return play(tmp_path)


def test_a_figure_of_the_overview_is_followed_to_its_cell(client, whole):
    client.force_login(whole.specialist)
    page = tree(client.get("/?programme=135&on=15/11/2021"))
    assert said(page.xpath("//dl[@class='headline']//*[@class='value']")[1]) == "9.150,5"
    back = tree(client.get(page.xpath("//dl[@class='headline']//a[@class='whence']/@href")[0]))
    assert [row[1] for row in rows(back, "counted")] == ["9.150.500.000"]
    cell = tree(
        client.get(
            back.xpath("//*[@aria-labelledby='counted']//td/a[starts-with(@href, '/tep/')]/@href")[0].split("#")[0]
        )
    )
    assert said(cell.xpath("//td[@id='o']")[0]).startswith("9.150,5 ")


def test_an_official_of_another_district_sees_none_of_it(client, whole):
    client.force_login(whole.elsewhere)
    page = tree(client.get("/?programme=135&on=15/11/2021"))
    assert "9.150,5" not in said(page) and "Ví Dụ Thượng" not in said(page)
    back = tree(client.get("/tu-dau/?id=disbursement:on=2021-11-15,programme=135"))
    assert "9.150" not in said(back)
