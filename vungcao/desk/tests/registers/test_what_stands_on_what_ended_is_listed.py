"""The page of a project or a place that ended lists what stands on it, under the asker's rights."""

from __future__ import annotations

import json
from datetime import date

import pytest

from vungcao.bodies.actions import hand_in
from vungcao.bodies.models import Body
from vungcao.desk.command import main
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Source
from vungcao.ledger.actions import Move, post
from vungcao.ledger.models import Account, SpendingObject, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.programme.models import Component, FundingSource, SpendingField
from vungcao.programme.recording import LineDraft, record_plan
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
TY = 1_000_000_000


@pytest.fixture
def money(cast) -> None:
    """3 tỷ of programme 135 at the former Xã Hồng Trị, and a line of a plan; programme 135 ended with 31/01/2022."""
    board, place, node = (
        Body.objects.get(key="BDT-04"),
        Place.objects.get(key="01342"),
        Component.objects.get(code="135"),
    )
    source = FundingSource.objects.get(code="dau_tu:NSTW")
    with acting("test.money", by=SYSTEM) as act:
        paper = Source.objects.create(act=act, kind="workbook", name="ví dụ.xlsx", sha256="0" * 64, is_example=True)
        batch = hand_in(body=board, kind="assignment", period="2021-01", source=paper, sheet="1", act=act)
        star = SpendingObject.objects.get_or_create(code="*", defaults={"act": act})[0]
        field = SpendingField.objects.get(code="*")
        taker = Region(node.pk, field.pk, source.pk, "2021", "2021", board.pk, place.pk, star.pk)
        post(kind=VoucherKind.ASSIGNMENT, dated=date(2021, 1, 15), decided_by=board, batch=batch,
             moves=[Move(None, taker, 3 * TY)], number="12/QĐ-VD", by=SYSTEM)  # fmt: skip
    record_plan(programme=node, kind="five_year", place=place, first_year=2021, last_year=2025,
                number="13/NQ-VD", dated=date(2021, 1, 5), is_example=True, by=SYSTEM,
                lines=[LineDraft(node, source, "2025", 7 * TY)])  # fmt: skip


def test_money_and_plans_on_an_ended_project_are_listed_with_their_pages(cast, money, django_assert_max_num_queries):
    desk = cast.at("tinh")
    url = f"/so/cau-phan/{Component.objects.get(code='135').pk}/"
    desk.get(url)
    with django_assert_max_num_queries(20):
        page = tree(desk.get(url))
    ((title, _, left),) = rows(page, "accounts")
    assert left == "3.000" and "Vốn đầu tư" in title
    account = Account.objects.get(is_contra=False, component__code="135")
    assert page.xpath("//section[h2[@id='accounts']]//th/a/@href") == [f"/tai-khoan-von/{account.pk}/"]
    assert "lập hồ sơ điều chỉnh" in said(page) and page.xpath("//section//a[@href='/ho-so-dieu-chinh/']")
    ((plan, code, year, _, dong),) = rows(page, "plan-lines")
    assert ("13/NQ-VD" in plan, code, year, dong) == (True, "135", "2025", "7.000")
    (link,) = page.xpath("//section[h2[@id='plan-lines']]//th/a/@href")
    assert desk.get(link).status_code == 200 and desk.get(f"/tai-khoan-von/{account.pk}/").status_code == 200
    standing = tree(desk.get(f"/so/cau-phan/{Component.objects.get(code='1719').pk}/"))
    assert not standing.xpath("//h2[@id='accounts']")


def test_of_an_ended_commune_each_sees_what_his_rights_open(cast, money, django_assert_max_num_queries):
    url = f"/so/dia-ban/{Place.objects.get(key='01342').pk}/"
    desk = cast.at("tinh")
    desk.get(url)
    with django_assert_max_num_queries(20):
        page = tree(desk.get(url))
    assert rows(page, "accounts")[0][2] == "3.000" and rows(page, "plan-lines")[0][4] == "7.000"
    assert "biên bản bàn giao" in said(page) and page.xpath("//h2[@id='staff']")
    admin = tree(cast.at("quantri").get(url))
    assert not admin.xpath("//h2[@id='accounts' or @id='plan-lines']") and "3.000" not in said(admin)
    assert not tree(cast.at("doc").get(url)).xpath("//h2[@id='staff']")
    elsewhere = tree(cast.at("xa").get(f"/so/cau-phan/{Component.objects.get(code='135').pk}/"))
    assert "3.000" not in said(elsewhere)  # his reach is another commune


def test_a_row_is_shown_by_command_with_what_stands_on_it(cast, money, capsys):
    assert main(["register", "cau-phan", "xem", "135", "--json"]) == 0
    told = {one["key"]: one for one in json.loads(capsys.readouterr().out)["parts"]}
    assert (told["accounts"]["count"], told["accounts"]["lines"][0][2]) == (1, "3.000")
    assert main(["register", "dia-ban", "xem", "01342"]) == 0
    assert "Vốn còn đứng ở đây: 1 dòng" in capsys.readouterr().out
