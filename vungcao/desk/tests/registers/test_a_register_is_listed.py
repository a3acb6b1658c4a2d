"""The list of a register: order, pages by key, filters, folded search, count, kept ways of looking, workbook, paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections import OrderedDict
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from vungcao.desk.models import SavedView
from vungcao.desk.registers import paging
from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import COMMUNE
from vungcao.evidence.models import Act

pytestmark = pytest.mark.django_db
OUT = "/so/van-ban-di/"


def numbers(page) -> list[str]:
    return [line[0] for line in rows(page, "rows")] if page.xpath("//table") else []


def test_rows_are_shown_newest_number_first_with_their_flags(cast):
    for no, about in {"5": {}, "6a": {"reason": "ví dụ"}, "6": {}, "9": {}}.items():
        cast.sent(no, **about)
    page = tree(cast.at("tinh").get(OUT))
    assert [(line[0], line[-1]) for line in rows(page, "rows")] == [
        ("9", "thiếu số 7–8"), ("6a", "số chèn"), ("6", ""), ("5", ""),
    ]  # fmt: skip
    assert "4 dòng · đến" in said(page)


@pytest.mark.each_database
@pytest.mark.parametrize("sort", ["number", "-number", "dated", "-dated", "kind", "signer"])
def test_turning_the_pages_shows_every_row_once_and_back_again(cast, fill, monkeypatch, sort):
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {**paging.page_of.__kwdefaults__, "size": 7})
    fill(30)
    desk, url, there, pages = cast.at("tinh"), f"{OUT}?sort={sort}", [], []
    while url:
        page = tree(desk.get(url))
        pages.append(numbers(page))
        there += pages[-1]
        (link,) = page.xpath("//a[@rel='next']/@href") or [""]
        url = OUT + link if link else ""
    assert len(there) == 30 == len(set(there)) and [len(one) for one in pages] == [7, 7, 7, 7, 2]
    back = []
    while (link := page.xpath("//a[@rel='prev']/@href")) and len(back) < 9:
        page = tree(desk.get(OUT + link[0]))
        back.append(numbers(page))
    assert back == pages[-2::-1]


@pytest.mark.parametrize("token", ["x", "bm90", "WyJ4IiwgMV0", "W251bGwsIDFd", "é", "WzEsMl0"])
def test_a_forged_token_opens_nothing_and_breaks_nothing(cast, token):
    cast.sent("5")
    for way in ("sau", "truoc"):
        response = cast.at("tinh").get(OUT, {way: token, "sort": "dated"})
        assert response.status_code == 200


@pytest.mark.each_database
@pytest.mark.parametrize("words", ["đồng bào", "DONG BAO", "ĐỒNG", "bao dong"])
def test_search_is_folded_and_wants_every_word(cast, words):
    cast.sent("1", summary="V/v hỗ trợ ĐỒNG BÀO (ví dụ)")
    cast.sent("2", summary="V/v khác (ví dụ)")
    assert numbers(tree(cast.at("tinh").get(OUT, {"q": words}))) == ["1"]
    assert "Không có dòng nào như vậy" in said(tree(cast.at("tinh").get(OUT, {"q": "đồng ruộng"})))


@pytest.mark.each_database
def test_filters_narrow_and_a_wrong_one_is_told_and_shows_nothing(cast):
    cast.sent("1", dated=date(2024, 5, 1))
    cast.sent("2", dated=date(2025, 5, 1))
    cast.sent("2", dated=date(2025, 5, 2))
    desk = cast.at("tinh")
    assert numbers(tree(desk.get(OUT, {"year": "2024"}))) == ["1"]
    assert numbers(tree(desk.get(OUT, {"since": "02/05/2025"}))) == ["2"]
    assert numbers(tree(desk.get(OUT, {"flag": "double"}))) == ["2", "2"]
    page = tree(desk.get(OUT, {"since": "31/02/2025"}))
    assert page.xpath("//input[@name='since']/@value") == ["31/02/2025"] and page.xpath("//*[@class='wrong']")
    assert not page.xpath("//table")
    assert desk.get(f"{OUT}xuat/", {"since": "31/02/2025"}).status_code == 404


def test_counting_stops_and_says_so(cast, fill, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    fill(3)
    assert " 3 dòng" in said(tree(cast.at("tinh").get(OUT)))
    fill(1, first=4)
    assert "hơn 3 dòng" in said(tree(cast.at("tinh").get(OUT)))


def test_a_way_of_looking_is_kept_replaced_and_let_go(cast):
    desk = cast.at("tinh")
    keep = f"{OUT}cach-xem/"
    response = desk.post(keep, {"name": "Số trùng", "query": "flag=double&sort=-dated&la=1"})
    assert response["Location"] == f"{OUT}?flag=double&sort=-dated"
    desk.post(keep, {"name": "Số trùng", "query": "flag=gap"})
    (view,) = SavedView.objects.standing()
    assert (view.query, view.official_id) == ("flag=gap", cast.officials["tinh"].pk)
    chips = tree(desk.get(OUT)).xpath("//li[@class='chip']/a/@href")
    assert chips == [f"{OUT}?flag=gap"]
    assert not tree(cast.at("doi").get(OUT)).xpath("//li[@class='chip']")
    cast.at("doi").post(keep, {"bo": f"{view.pk}"})
    assert SavedView.objects.standing().count() == 1
    desk.post(keep, {"bo": f"{view.pk}"})
    assert not SavedView.objects.standing() and SavedView.objects.count() == 2


def test_keeping_the_same_again_writes_nothing(cast):
    desk = cast.at("tinh")
    desk.post(f"{OUT}cach-xem/", {"name": "A", "query": "year=2025"})
    acts = Act.objects.count()
    desk.post(f"{OUT}cach-xem/", {"name": "A", "query": "year=2025"})
    desk.post(f"{OUT}cach-xem/", {"name": " ", "query": "year=2025"})
    assert Act.objects.count() == acts


def sheet(response) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_every_row_of_the_view_and_no_formula(cast, fill):
    fill(60)
    cast.sent("61", summary='=cmd|" /C calc"!A0', recipients="+1+1")
    response = cast.at("tinh").get(f"{OUT}xuat/", {"sort": "number"})
    content = response.getvalue()
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert lines[0][:3] == ["Số", "Ký hiệu", "Ngày văn bản"] and len(lines) == 62
    assert (lines[-1][0], lines[-1][4], lines[1][2]) == ("61", '=cmd|" /C calc"!A0', date(2025, 3, 2))
    assert [line[0] for line in sheet(cast.at("tinh").get(f"{OUT}xuat/", {"since": "28/03/2025"}))] == [
        "Số",
        "55",
        "27",
    ]


def test_paper_shows_all_rows_and_says_what_it_leaves_out(cast, fill, monkeypatch):
    fill(55)
    assert len(rows(tree(cast.at("tinh").get(f"{OUT}in/")), "rows")) == 55
    monkeypatch.setattr("vungcao.desk.registers.views.MOST_ON_PAPER", 50)
    page = tree(cast.at("tinh").get(f"{OUT}in/"))
    assert len(rows(page, "rows")) == 50 and "Chỉ in 50 dòng đầu" in said(page)


@pytest.mark.each_database
def test_no_page_asks_more_than_twenty_questions_however_many_rows(cast):
    """Every page of every register: with few rows, then ten times as many."""
    few = asked(cast)
    for no in range(1, 46):
        cast.sent(f"{no}", answers_said=f"{no}")
        cast.came(f"{no}", due=date(2025, 3, 1))
    many = asked(cast)
    assert few.keys() <= many.keys()
    assert not {url: count for url, count in many.items() if count > 20}
    assert not {url: (few[url], many[url]) for url in few if many[url] > few[url] + 1}


def asked(cast) -> dict[str, int]:
    if not cast.at("tinh").get("/so/van-ban-di/").context["lines"]:
        for no in range(1, 5):
            cast.sent(f"{no + 1000}", answers_said=f"{no + 1000}")
            cast.came(f"{no + 1000}")
    found = {}
    for register in REGISTERS:
        who = cast.at("tinh" if register.sees.startswith("documents") else "quantri")
        page = tree(who.get(f"{register.url()}?sort={register.order}"))
        first = page.xpath("//tbody//th/a/@href")[-1]
        urls = {"list": register.url(), "paper": register.url("print"), "sheet": register.url("export"), "row": first,
                "history": f"{first}lich-su/"}  # fmt: skip
        offered = tree(who.get(first)).xpath("//p[@class='acts']/a/@href")
        for form in register.forms:
            url = f"{first}{form.key}/" if form.is_on_row else register.url(form.key)
            if not form.is_on_row or url in offered:  # what has ended takes no more
                urls[form.key] = url
        for name, url in urls.items():
            with CaptureQueriesContext(connection) as queries:
                response = who.get(url)
                if response.streaming:
                    response.getvalue()
            assert response.status_code == 200, (url, response.status_code)
            found[f"{register.key} {name}"] = len(queries)
    return found


def test_a_list_asked_again_while_nobody_writes_asks_four_questions(cast, fill, django_assert_num_queries):
    """The session, the account and who it is, the last act, the rows."""
    fill(2)
    who = cast.at("tinh")
    who.get(OUT), who.get(OUT)
    with django_assert_num_queries(4):
        who.get(OUT)


def test_a_count_is_of_this_moment_and_of_the_asker(cast, fill):
    fill(2)
    cast.sent("9", key=COMMUNE)
    told = {who: cast.at(who) for who in ("tinh", "xa")}

    def counts() -> list[str]:
        return [
            tree(one.get(OUT)).xpath("string(//*[@class='table-head']//*[@role='status'])") for one in told.values()
        ]

    assert [one.split(" ·")[0].strip() for one in counts()] == ["3 dòng", "1 dòng"]
    cast.sent("10", key=COMMUNE)
    assert [one.split(" ·")[0].strip() for one in counts()] == ["4 dòng", "2 dòng"]
    found = tree(told["tinh"].get(f"{OUT}?q=khong+co+dau")).xpath("string(//*[@class='table-head']//*[@role='status'])")
    assert found.startswith("0 dòng")


def test_heads_say_which_way_they_run(cast, fill):
    fill(2)
    page = tree(cast.at("tinh").get(OUT, {"sort": "dated"}))
    (head,) = page.xpath("//th[@aria-sort]")
    assert (head.get("aria-sort"), said(head)) == ("ascending", "Ngày văn bản")
    assert re.search(r"sort=-dated", head.xpath("./a/@href")[0])


@pytest.mark.each_database
def test_the_question_for_a_page_is_put_together_once_for_all_who_reach_as_far(cast, fill, monkeypatch):
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {**paging.page_of.__kwdefaults__, "size": 4})
    monkeypatch.setattr(paging, "_kept", OrderedDict())
    made, put = [], paging._put
    monkeypatch.setattr(paging, "_put", lambda *args: made.append(args[1:]) or put(*args))
    fill(9)
    desk, beyond = cast.at("tinh"), "//a[@rel='next']/@href"
    first = tree(desk.get(OUT))
    second = tree(desk.get(OUT + first.xpath(beyond)[0]))
    third = tree(cast.at("doi").get(OUT + second.xpath(beyond)[0]))
    assert (numbers(first), numbers(second), numbers(third)) == (["9", "8", "7", "6"], ["5", "4", "3", "2"], ["1"])
    assert len(made) == 2  # the first page, and one beyond a row
    fill(1, first=10)
    assert numbers(tree(desk.get(OUT))) == ["10", "9", "8", "7"] and len(made) == 2
    assert not numbers(tree(cast.at("xa").get(OUT))) and len(made) == 3  # who reaches less asks another
    assert numbers(tree(desk.get(OUT, {"q": "khong co"}))) == [] and len(made) == 4
    assert numbers(tree(desk.get(OUT, {"q": "khong co"}))) == [] and len(made) == 5  # what is filtered is not kept
