"""Shares of a split, and parts of a merger, are given later by a paper: totals go on and back by them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from vungcao.desk.command import main
from vungcao.desk.tests.pages.reading_pages import rows, tree
from vungcao.desk.tests.registers.conftest import TODAY
from vungcao.desk.tests.registers.filled_in import PAPER, PLACES, of_place, refused, sent, village
from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn
from vungcao.territory import checks, queries
from vungcao.territory.models import PlaceVersion
from vungcao.territory.readings import recast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day")]


def test_shares_of_a_split_are_given_later_and_set_right(cast, django_assert_max_num_queries):
    desk, url, on = cast.at("quantri"), of_place("01321"), date(2026, 9, 1)
    old = queries.place("01321", TODAY).pk
    assert f"{url}ty-phan/" in tree(desk.get(url)).xpath("//p[@class='acts']/a/@href")  # merged of several in 2025
    parts = {"parts": "Thượng Ví Dụ | 99991\nHạ Ví Dụ | 99992", "kind": "commune"}
    made = sent(desk, f"{url}chia/", since="01/09/2026", cites=PAPER, **parts)
    assert made.status_code == 302, refused(made)
    assert recast({old: 10_001}, said_on=TODAY, to=on).placed == {}
    with django_assert_max_num_queries(20):
        page = tree(desk.get(f"{url}ty-phan/"))
    asked = drawn(page) | {"cites": PAPER}
    (after,) = [key for key in page.xpath("//select[@name='which']/option/@value") if key.startswith("after")]
    mine = asked | {"which": after, "shares": "Xã Thượng Ví Dụ | 40%\n99992 | 3/5"}
    for shares, told in (
        ("Thượng Ví Dụ | 2/5", "Chưa nêu tỷ phần của Xã Hạ Ví Dụ"),
        ("Thượng Ví Dụ | 2/5\nHạ Ví Dụ | 2/5", "cộng thành 1"),
        ("Thượng Ví Dụ | 2/5\nHạ Ví Dụ | nhiều", "Tỷ phần viết như"),
        ("Thượng Ví Dụ | 2/5\n99991 | 3/5\nHạ Ví Dụ | 0", "Xã Thượng Ví Dụ được nêu hai lần"),
        ("Thượng Ví Dụ | 2/5\nBảo Lâm | 3/5", "không phải một nơi của lần sắp xếp này; có: Xã Thượng Ví Dụ và Xã Hạ"),
        ("Thượng Ví Dụ | 1/0\nHạ Ví Dụ | 1e99999999", "Tỷ phần viết như"),
    ):
        assert told in refused(desk.post(f"{url}ty-phan/", mine | {"shares": shares}))
    assert desk.post(f"{url}ty-phan/", mine).status_code == 302
    assert [line[4] for line in rows(tree(desk.get(url)), "after")] == ["2/5", "3/5"]
    placed = recast({old: 10_001}, said_on=TODAY, to=on).placed
    assert sorted(placed.values()) == [4000, 6001] and not list(checks.findings())
    late = desk.post(f"{url}ty-phan/", mine | {"once": f"{uuid4()}", "shares": "99991 | 1/2\n99992 | 1/2"})
    assert late.status_code == 409 and "99991 | 1/2" in drawn(tree(late))["shares"]
    page = tree(desk.get(f"{url}ty-phan/"))
    (after,) = [key for key in page.xpath("//select[@name='which']/option/@value") if key.startswith("after")]
    again = drawn(page) | {"which": after, "cites": PAPER}
    assert "Không có gì khác" in refused(desk.post(f"{url}ty-phan/", again | {"shares": mine["shares"]}))
    assert desk.post(f"{url}ty-phan/", again | {"shares": "99991 | 0,5\n99992 | 0.5"}).status_code == 302
    assert [line[4] for line in rows(tree(desk.get(url)), "after")] == ["1/2", "1/2"]


def test_parts_of_a_merger_let_its_totals_go_back(cast):
    desk, url = cast.at("quantri"), of_place("01321")
    new, day = queries.place("01321", TODAY).pk, date(2025, 6, 30)
    origins = [row.predecessor_id for row in queries.successions_into(new)]
    assert recast({new: 100}, said_on=TODAY, to=day).placed == {}
    form = drawn(tree(desk.get(f"{url}ty-phan/")))
    names = [queries.naming(one, day).full_name for one in origins]
    assert [line.rstrip(" |") for line in form["shares"].splitlines()] == names
    shares = ["60%", *["0"] * (len(origins) - 2), "40%"]
    said = "\n".join(f"{name} | {share}" for name, share in zip(names, shares, strict=True))
    response = desk.post(f"{url}ty-phan/", form | {"cites": PAPER, "shares": said})
    assert response.status_code == 302, refused(response)
    assert [line[5] for line in rows(tree(desk.get(url)), "before")] == ["3/5", *["0"] * (len(origins) - 2), "2/5"]
    placed = recast({new: 100}, said_on=TODAY, to=day).placed
    assert (placed[origins[0]], placed[origins[-1]], sum(placed.values())) == (60, 40, 100)
    village(desk)
    alone = PlaceVersion.objects.standing().get(name="Xóm Ví Dụ").place_id
    told = refused(desk.post(f"{PLACES}{alone}/ty-phan/", {"which": "after-1", "shares": "A | 1", "cites": PAPER}))
    assert "không có lần nhập, chia nào" in told
    assert cast.at("tinh").get(f"{url}ty-phan/").status_code in (403, 404)


def test_shares_are_given_by_command(cast, capsys):
    new = queries.place("01321", TODAY).pk
    names = [queries.naming(row.predecessor_id, date(2025, 6, 30)).full_name for row in queries.successions_into(new)]
    said = ";".join(f"{name} | {1 if name == names[0] else 0}" for name in names)
    assert main(["register", "dia-ban", "ty-phan", "01321", "--set", f"shares={said}", "--set", f"cites={PAPER}"]) == 0
    assert "Ghi tỷ phần: đã ghi Xã Bảo Lạc" in capsys.readouterr().out
    first, *others = [row.predecessor_id for row in queries.successions_into(new)]
    back = recast({new: 9}, said_on=TODAY, to=date(2025, 6, 30)).placed
    assert back == {first: 9, **dict.fromkeys(others, 0)}
