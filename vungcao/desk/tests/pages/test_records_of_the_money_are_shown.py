"""An account, a voucher, a statement: what each page tells, how the pages lead to each other, who sees how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from tests import cast as province
from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger.actions import hold, open_dossier, propose, reverse
from vungcao.ledger.actions.dossiers import LineDraft
from vungcao.ledger.models import Account, Side, Statement, Voucher, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@dataclass
class Books:
    """The cast and what was written: 900 to UBND, of it 300 to district h1 and 200 to h2, spent 120 of h1's."""

    cast: province.Cast
    whole: Account
    mine: Account
    theirs: Account
    allocation: Voucher
    first: Statement
    second: Statement


@pytest.fixture
def books(db) -> Books:
    cast = province.make()
    whole, mine, theirs = (
        cast.region("CT.DA1", place, body) for place, body in (("vd", "UBND"), ("h1", "UBND-h1"), ("h2", "UBND-h2"))
    )
    cast.post(VoucherKind.ASSIGNMENT, [(None, whole, 900 * MILLION)], by="TTG", number="01/QĐ-TTg")
    allocation = cast.post(
        VoucherKind.ALLOCATION, [(whole, mine, 300 * MILLION), (whole, theirs, 200 * MILLION)],
        dated=date(2024, 2, 1), number="02/QĐ-UBND",
    )  # fmt: skip
    lines = [(mine, 100 * MILLION)]
    about = {"coverage": cast.region("CT", "h1", "UBND-h1"), "as_of": date(2024, 6, 30), "number": "5/BC"}
    first = cast.state(lines, **about)
    second = cast.state([(mine, 120 * MILLION)], corrects=True, **about)

    def account(region) -> Account:
        return Account.objects.get(**region.columns())

    return Books(cast, account(whole), account(mine), account(theirs), allocation, first, second)


@pytest.fixture
def province_desk(client, books):
    client.force_login(books.cast.officials["tinh"].user)
    return client


def test_given_is_passed_on_and_left_entry_by_entry(province_desk, books):
    page = tree(province_desk.get(f"/tai-khoan-von/{books.whole.pk}/"))
    values = [said(one) for one in page.xpath("//dl[@class='headline']//div[@class='value']")]
    assert values == ["900", "500", "400", "0"]
    moves = rows(page, "moves")
    assert [row[4] for row in moves] == ["900.000.000", "600.000.000", "400.000.000"]
    assert [row[0] for row in moves] == ["15/01/2024", "01/02/2024", "01/02/2024"] and "01/QĐ-TTg" in moves[0][1]


def test_the_day_asked_for_is_the_day_shown(province_desk, books):
    page = tree(province_desk.get(f"/tai-khoan-von/{books.whole.pk}/", {"on": "31/01/2024"}))
    assert len(rows(page, "moves")) == 1 and "Đến hết ngày 31/01/2024" in said(page)
    wrong = province_desk.get(f"/tai-khoan-von/{books.whole.pk}/", {"on": "hôm qua"})
    assert wrong.status_code == 422 and "ngày/tháng/năm" in said(tree(wrong))


def test_an_account_shows_who_holds_it_and_what_is_said_of_it(province_desk, books):
    mine = tree(province_desk.get(f"/tai-khoan-von/{books.mine.pk}/"))
    said_of_it = rows(mine, "said")
    assert [row[4] for row in said_of_it] == ["120.000.000", "100.000.000"]
    assert said_of_it[0][3] == "đúng tài khoản này" and "đã có bản thay" in said_of_it[1][1]
    assert "Không hồ sơ nào đang giữ" in said(mine)


def test_what_a_draft_proposes_and_holds_stands_on_the_account_and_its_voucher(province_desk, books):
    today, board = timezone.localdate(), books.cast.body("BDT")
    dossier = open_dossier(title="Hồ sơ ví dụ", planned_for=date(2024, 9, 1), drafted_by=board, on=today, by=SYSTEM)
    line = LineDraft(Side.DOWN, Region.of(books.mine), 40 * MILLION, "thừa vốn (ví dụ)", books.cast.bodies["UBND-h1"])
    propose(dossier, [line], by=SYSTEM)
    held = hold(dossier, on=today, until=today, by=SYSTEM)
    page = tree(province_desk.get(f"/tai-khoan-von/{books.mine.pk}/"))
    assert "40.000.000" in rows(page, "held")[0] and "A. Giảm" in rows(page, "proposed")[0]
    assert "còn dùng được 260 triệu đồng" in said(page), "money held by a draft leaves no received account"
    told = said(tree(province_desk.get(f"/chung-tu/{held.voucher_id}/")))
    assert dossier.code in told and "Giữ chỗ cho dự thảo" in told


def test_a_voucher_shows_both_sides_with_their_accounts_and_its_reversal(province_desk, books):
    opposite = reverse(books.allocation, dated=date(2024, 3, 1), by=SYSTEM, reason="ghi nhầm (ví dụ)")
    page = tree(province_desk.get(f"/chung-tu/{books.allocation.pk}/"))
    taken, given = rows(page, "taken"), rows(page, "given")
    assert (taken[0][-2], given[0][-2]) == ("-500.000.000", "500.000.000")
    assert [row[0] for row in given[1:]] == [f"{books.mine.pk}", f"{books.theirs.pk}"]
    assert page.xpath(f"//main//a[@href='/chung-tu/{opposite.pk}/']")
    back = tree(province_desk.get(f"/chung-tu/{opposite.pk}/"))
    assert back.xpath(f"//main//a[@href='/chung-tu/{books.allocation.pk}/']") and "ghi nhầm (ví dụ)" in said(back)


def test_a_statement_names_its_cells_and_what_replaced_it(province_desk, books):
    page = tree(province_desk.get(f"/bao-cao-don-vi/{books.second.pk}/"))
    (line,) = rows(page, "lines")
    assert "được dùng" in line and "120.000.000" in line and "B7" in line[-1]
    assert page.xpath(f"//main//a[@href='/bao-cao-don-vi/{books.first.pk}/']")
    older = tree(province_desk.get(f"/bao-cao-don-vi/{books.first.pk}/"))
    assert "đã có bản thay" in said(older) and older.xpath(f"//main//a[@href='/bao-cao-don-vi/{books.second.pk}/']")


def test_a_line_over_others_says_what_of_it_is_not_split(province_desk, books):
    cast = books.cast
    whole, part = cast.region("CT.DA1", "h2", "UBND-h2"), cast.region("CT.DA1.TDA1", "h2", "UBND-h2")
    made = cast.state(
        [(whole, 90 * MILLION), (part, 60 * MILLION)], coverage=cast.region("CT", "h2", "UBND-h2"),
        as_of=date(2024, 6, 30), reporter="UBND-h2",
    )  # fmt: skip
    over, inside = rows(tree(province_desk.get(f"/bao-cao-don-vi/{made.pk}/")), "lines")
    assert "30.000.000" in over and "được dùng" in over and "chi tiết của dòng trên" in inside


def test_the_thread_the_batch_and_the_search_lead_to_the_record(province_desk, books):
    thread = tree(province_desk.get("/tu-dau/", {"id": "disbursement:on=2024-06-30,programme=CT"}))
    assert thread.xpath(f"//a[@href='/bao-cao-don-vi/{books.second.pk}/']")
    assert thread.xpath(f"//a[@href='/chung-tu/{books.allocation.pk}/']")
    batch = tree(province_desk.get(f"/lan-gui/{books.allocation.batch_id}/"))
    assert batch.xpath(f"//a[@href='/chung-tu/{books.allocation.pk}/']")
    found = tree(province_desk.get("/tim/", {"q": "02/qd"}))
    assert found.xpath(f"//main//a[@href='/chung-tu/{books.allocation.pk}/']")


def test_out_of_reach_is_not_there_and_of_a_voucher_only_the_own_entries(client, books):
    """A commune of 2025 sees its own account; of the voucher that gave it money, its own entry and no batch."""
    cast = books.cast
    whole, own, other = (
        cast.region("CT.DA1", place, body, year="2025")
        for place, body in (("vd", "UBND"), ("x12", "UBND-x12"), ("x3", "UBND"))
    )
    moves = [(whole, own, 7 * MILLION), (whole, other, 200 * MILLION)]
    given = cast.post(VoucherKind.ALLOCATION, moves, dated=date(2025, 8, 1), number="03/QĐ-UBND")
    mine = Account.objects.get(**own.columns())
    commune = create_official(
        username="xa", name="Cán bộ xã (ví dụ)", demo=True, password="mat-khau-dai-cua-vi-du",
        body=cast.body("UBND-x12"), post="Chuyên viên", role=Role.SPECIALIST, by=SYSTEM,
        reach=Place.objects.get(key="x12"), on=date(2025, 8, 1),
    )  # fmt: skip
    client.force_login(commune.user)
    assert client.get(f"/tai-khoan-von/{mine.pk}/").status_code == 200
    contra = Account.objects.get(is_contra=True)
    others = [books.theirs, books.whole, contra, Account.objects.get(**other.columns())]
    hidden = [f"/tai-khoan-von/{one.pk}/" for one in others]
    hidden += [f"/chung-tu/{books.allocation.pk}/", f"/bao-cao-don-vi/{books.second.pk}/", "/tai-khoan-von/999999/",
               "/chung-tu/999999/", "/bao-cao-don-vi/999999/"]  # fmt: skip
    assert {client.get(address).status_code for address in hidden} == {404}
    page = tree(client.get(f"/chung-tu/{given.pk}/"))
    assert [row[0] for row in rows(page, "given")[1:]] == [f"{mine.pk}"] and "200.000.000" not in said(page)
    assert "3 bút toán khác nằm ngoài" in said(page) and not page.xpath("//main//a[contains(@href, '/lan-gui/')]")
    found = tree(client.get("/tim/", {"q": "qd-ubnd"})).xpath("//main//a[contains(@href, '/chung-tu/')]/@href")
    assert found == [f"/chung-tu/{given.pk}/"]


def test_every_record_tells_who_wrote_it(province_desk, books):
    for address in (f"/tai-khoan-von/{books.mine.pk}/", f"/chung-tu/{books.allocation.pk}/",
                    f"/bao-cao-don-vi/{books.second.pk}/", f"/lan-gui/{books.second.batch_id}/",
                    "/dia-ban/h1/"):  # fmt: skip
        told = rows(tree(province_desk.get(address)), "story")
        assert told and all("lần ghi số" in row[0] and row[1] for row in told), address


def test_no_page_asks_more_however_many_rows(province_desk, books, django_assert_max_num_queries):
    cast = books.cast
    many = [(None, cast.region("CT.DA2", "h1", "UBND-h1"), (n + 1) * MILLION) for n in range(150)]
    voucher = cast.post(VoucherKind.ASSIGNMENT, many, by="TTG", number="99/QĐ")
    account = voucher.entries.filter(account__is_contra=False).first().account_id
    lines = [(cast.region("CT.DA1", f"x{n}", "UBND-h2", field=field), MILLION) for n in (3,) for field in ("*",)]
    made = cast.state(lines, coverage=cast.region("CT", "h2", "UBND-h2"), as_of=date(2024, 5, 31), reporter="UBND-h2")
    for address in (f"/tai-khoan-von/{account}/", f"/chung-tu/{voucher.pk}/", f"/bao-cao-don-vi/{made.pk}/"):
        province_desk.get(address)
        with django_assert_max_num_queries(20):
            page = province_desk.get(address)
        assert page.status_code == 200
    page = tree(province_desk.get(f"/tai-khoan-von/{account}/"))
    assert len(rows(page, "moves")) == 50 and "dòng 101–150 trong 150" in said(page)
    first = tree(province_desk.get(f"/tai-khoan-von/{account}/", {"trang": "1"}))
    assert len(rows(first, "moves")) == 100
