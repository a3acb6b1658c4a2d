"""An administrator keeps places, components and sources by papers: nothing is rewritten, bad input gets a sentence."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from vungcao.desk.registers import sending
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import TODAY
from vungcao.desk.tests.registers.filled_in import PAPER, PLACES, of_place, refused, sent, village
from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.intake import mapping
from vungcao.ledger.codes import CodeBook, Scheme
from vungcao.programme import checks as programme_checks
from vungcao.programme import queries as programmes
from vungcao.programme.loading import load
from vungcao.programme.models import Component, ComponentVersion, FundingSource
from vungcao.territory import checks, queries
from vungcao.territory.models import Place, PlaceVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day")]
PARTS, SOURCES = "/so/cau-phan/", "/so/nguon-von/"


def of_part(code: str) -> str:
    return f"{PARTS}{Component.objects.get(code=code).pk}/"


def beside(code: str) -> int:
    """Another commune of the province."""
    here = queries.place("04", TODAY).pk, queries.place(code, TODAY).pk
    return next(one for one in queries.tree(TODAY).children[here[0]] if one != here[1])


def test_a_new_village_is_in_every_tree_at_once(cast):
    desk = cast.at("quantri")
    before = queries.tree(TODAY)  # kept in memory from here on
    made = village(desk)
    assert made.status_code == 302, refused(made)
    row = PlaceVersion.objects.get(name="Xóm Ví Dụ")
    assert row.place_id not in before and queries.tree(TODAY).names[row.place_id] == "Xóm Ví Dụ"
    assert mapping.meant("Xóm Ví Dụ", TODAY, "place")[1] == row.place
    assert (row.act.verb, row.act.reason) == ("territory.opened", PAPER) and not list(checks.findings())
    page = tree(desk.get(made["Location"]))
    assert rows(page, "versions") == [["Xóm Ví Dụ", "Xã Bảo Lạc", "01/01/2026", "", ""]]
    (event,) = rows(tree(desk.get(f"{made['Location']}lich-su/")), "story")
    assert "Cán bộ quantri (ví dụ)" in event[1] and "Thuộc: Xã Bảo Lạc" in event[3]
    listed = rows(tree(desk.get(PLACES, {"q": "vi du", "kind": "village"})), "rows")
    assert [line[0] for line in listed] == ["Xóm Ví Dụ"]


def test_a_paper_that_comes_late_follows_the_merger_since(cast):
    """A village of 2024 under a commune that was merged in 2025 stands under both, each on its days."""
    old = Place.objects.get(key="01342")  # Xã Hồng Trị, merged
    made = village(cast.at("quantri"), parent="Xã Hồng Trị", since="01/02/2024")
    assert made.status_code == 302, refused(made)
    row = PlaceVersion.objects.filter(name="Xóm Ví Dụ").order_by("valid_from")
    heir = queries.successions_from(old.pk)[0].successor_id
    assert [(one.parent_id, one.valid_from, one.valid_to) for one in row] == [
        (old.pk, date(2024, 2, 1), date(2025, 7, 1)), (heir, date(2025, 7, 1), None),
    ]  # fmt: skip
    assert not list(checks.findings())


def test_communes_merge_are_abolished_and_stay_in_sight(cast):
    desk = cast.at("quantri")
    village(desk)
    row = PlaceVersion.objects.standing().get(name="Xóm Ví Dụ").place_id
    url = of_place("01321")
    other = queries.tree(TODAY).children[queries.place("04", TODAY).pk][0]
    other = (
        other
        if other != queries.place("01321", TODAY).pk
        else queries.tree(TODAY).children[queries.place("04", TODAY).pk][1]
    )
    words = {"others": queries.tree(TODAY).codes[other], "name": "Ghép Ví Dụ", "code": "99999",
             "since": "31/12/2026", "cites": PAPER, "clause": "1"}  # fmt: skip
    made = sent(desk, f"{url}nhap/", **words)
    assert made.status_code == 302, refused(made)
    new = Place.objects.get(key="99999")
    eve, day = date(2026, 12, 30), date(2026, 12, 31)
    assert queries.version(other, eve) and not queries.version(other, day)
    assert queries.tree(day).parents[row] == new.pk and new.pk not in queries.tree(eve)
    page = tree(desk.get(made["Location"]))
    assert {line[0] for line in rows(page, "before")} >= {"Xã Bảo Lạc"}
    assert all(line[2:4] == ["31/12/2026", f"{PAPER}, khoản 1"] for line in rows(page, "before"))
    assert rows(tree(desk.get(url)), "after")[0][0] == "Xã Ghép Ví Dụ"
    acts = tree(desk.get(url)).xpath("//p[@class='acts']/a/@href")
    assert f"{url}nhap/" not in acts and f"{url}lich-su/" in acts
    assert "đã ghi việc khác" in refused(sent(desk, f"{url}bo/", since="01/10/2026", cites=PAPER))
    assert not list(checks.findings())


def test_a_commune_is_split_with_its_villages_told_apart(cast):
    desk = cast.at("quantri")
    village(desk, "Xóm Một")
    village(desk, "Xóm Hai")
    url = f"{of_place('01321')}chia/"
    words = {"since": "01/09/2026", "cites": PAPER, "kind": "commune"}
    told = refused(sent(desk, url, parts="Thượng Ví Dụ | 99991\nHạ Ví Dụ | 99992", **words))
    assert "Chưa nói Xóm Một và Xóm Hai thuộc phần nào" in told or "Chưa nói" in told
    told = refused(
        sent(desk, url, parts="Thượng Ví Dụ | 99991 | 2/5 | Xóm Một, Xóm Hai\nHạ Ví Dụ | 99992 | 2/5", **words)
    )
    assert "cộng thành 1" in told
    made = sent(desk, url, parts="Thượng Ví Dụ | 99991 | 2/5 | Xóm Một\nHạ Ví Dụ | 99992 | 3/5 | Xóm Hai", **words)
    assert made.status_code == 302, refused(made)
    grown = queries.tree(date(2026, 9, 1))
    named = {grown.names[node]: node for node in grown.names}
    assert grown.parents[named["Xóm Hai"]] == named["Xã Hạ Ví Dụ"]
    assert [line[4] for line in rows(tree(desk.get(of_place("99991") if False else url[:-5])), "after")] == [
        "2/5",
        "3/5",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"parent": "Xã Hồng Trị"}, "Xã Hồng Trị đã nhập vào"),
        ({"parent": "không có"}, "Không có địa bàn nào"),
        ({"kind": "province"}, "không thể thuộc Xã Bảo Lạc"),
        ({"kind": "commune", "parent": "04", "code": "01321"}, "Mã 01321 ngày 01/01/2026 là của Xã Bảo Lạc"),
        ({"kind": "commune", "parent": "04", "name": "Bảo Lạc", "code": "99998"}, "đã có"),
        ({"since": "31/12/9999"}, "nằm ngoài khoảng"),
        ({"since": "31/02/2026"}, ""),
        ({"code": "12a"}, "chỉ gồm chữ số"),
        ({"cites": "  "}, ""),
    ],
)
def test_a_place_that_cannot_be_gets_a_sentence_and_loses_nothing(cast, words, sentence):
    about = {"name": "Xóm Ví Dụ", "kind": "village", "parent": "01321", "since": "01/01/2026", "cites": PAPER, **words}
    acts = Act.objects.count()
    response = sent(cast.at("quantri"), f"{PLACES}ghi-moi/", **about)
    assert sentence in refused(response) and Act.objects.count() == acts
    assert drawn(tree(response))["name"] == about["name"]


def test_no_place_comes_to_stand_under_itself(cast):
    desk = cast.at("quantri")
    village(desk)
    row = PlaceVersion.objects.standing().get(name="Xóm Ví Dụ")
    told = refused(sent(desk, f"{of_place('01321')}bo/", since="01/09/2026", cites=PAPER, children_to=row.place.key))
    assert "nằm dưới" in told
    other = beside("01321")
    told = refused(
        sent(desk, f"{of_place('01321')}nhap/", since="01/09/2026", cites=PAPER, name="Mới", kind="village",
             parent="01321", others=queries.tree(TODAY).codes[other])
    )  # fmt: skip
    assert "không còn" in told and not list(checks.findings())


def test_a_name_set_right_keeps_the_wrong_one_in_history(cast):
    desk = cast.at("quantri")
    url = village(desk, "Xóm Vi Dụ")["Location"]
    assert "lý do" in refused(sent(desk, f"{url}dinh-chinh/", name="Xóm Ví Dụ", reason=" ")).lower()
    assert sent(desk, f"{url}dinh-chinh/", name="Xóm Ví Dụ", reason="gõ sót dấu (ví dụ)").status_code == 302
    assert "Tên: Xóm Vi Dụ" in said(tree(desk.get(f"{url}lich-su/"))) and "gõ sót dấu" in said(
        tree(desk.get(f"{url}lich-su/"))
    )
    mine = drawn(tree(desk.get(f"{url}dinh-chinh/")))
    assert sent(desk, f"{url}doi-ten/", name="Xóm Khác", since="01/03/2026", cites=PAPER).status_code == 302
    late = desk.post(f"{url}dinh-chinh/", mine | {"name": "Xóm Nữa", "reason": "ví dụ"})
    assert late.status_code == 409 and "đã ghi bản khác" in said(tree(late))


def test_a_component_of_the_province_begins_within_its_parent_and_ends_by_paper(cast):
    desk = cast.at("quantri")
    programmes.tree(TODAY)
    about = {"code": "1719.DA5.ND9", "name": "Nội dung ví dụ của tỉnh", "also": "ND ví dụ\n", "since": "01/03/2024",
             "until": "", "cites": PAPER}  # fmt: skip
    made = sent(desk, f"{PARTS}ghi-moi/", **about)
    assert made.status_code == 302, refused(made)
    row = ComponentVersion.objects.get(component__code="1719.DA5.ND9")
    over = ComponentVersion.objects.standing().get(component__code="1719.DA5")
    assert (row.level, row.parent_id, row.valid_to) == ("content", over.component_id, over.valid_to)
    day = date(2024, 6, 1)
    assert programmes.tree(day).ids["1719.DA5.ND9"] == row.component_id
    assert programmes.component_match("ND ví dụ", "1719", day).component_id == row.component_id
    assert sent(desk, f"{made['Location']}doi-ten/", name="Tên sau", since="01/01/2025", cites=PAPER).status_code == 302
    assert (
        programmes.component_match("Nội dung ví dụ của tỉnh", "1719", date(2025, 2, 1)).component_id == row.component_id
    )
    assert not [one for one in programme_checks.findings() if "1719.DA5" in one.key]
    assert not load(by=SYSTEM).changed  # what the files say leaves it alone


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"code": "1719.DA5"}, "Mã 1719.DA5 đã có"),
        ({"code": "1719.DA77.ND1"}, "ghi 1719.DA77 trước"),
        ({"code": "1719.XX1"}, "không đúng dạng"),
        ({"code": "135.DA9", "since": "01/01/2023"}, "135 đã hết ngày 31/01/2022"),
        ({"since": "01/01/2010"}, "mới có"),
        ({"until": "01/01/2024"}, "Ngày cuối đứng trước"),
        ({"code": "135.DA9", "since": "01/03/2018", "until": "31/12/2190"}, "không dài hơn"),
        ({"years": "26-30"}, "Năm viết như"),
    ],
)
def test_a_component_that_cannot_be_gets_a_sentence(cast, words, sentence):
    about = {"code": "1719.DA5.ND9", "name": "Ví dụ", "since": "01/03/2024", "until": "", "cites": PAPER, **words}
    acts = Act.objects.count()
    response = sent(cast.at("quantri"), f"{PARTS}ghi-moi/", **about)
    assert sentence in refused(response) and Act.objects.count() == acts
    assert drawn(tree(response))["code"] == about["code"]


def test_a_project_ends_with_what_is_below_only_if_that_is_said(cast):
    desk = cast.at("quantri")
    url = f"{of_part('1719.DA5')}ket-thuc/"
    assert "Bên dưới còn" in refused(sent(desk, url, since="31/12/2024", cites=PAPER))
    done = sent(desk, url, since="31/12/2024", cites=PAPER, with_parts="on")
    assert done.status_code == 302, refused(done)
    row = ComponentVersion.objects.standing().get(component__code="1719.DA5.TDA3")
    assert row.valid_to == date(2024, 12, 31) and "1719.DA5.TDA3" not in programmes.tree(row.valid_to).ids
    assert "1719.DA5.TDA3" in programmes.tree(date(2024, 12, 30)).ids
    assert not [one for one in programme_checks.findings() if one.code.startswith("version")]


def test_sources_take_codes_and_names_and_are_not_added_to(cast):
    desk = cast.at("quantri")
    assert desk.get(f"{SOURCES}ghi-moi/").status_code == 404
    assert "không thêm bớt ở đây" in said(tree(desk.get(SOURCES)))
    one, other = FundingSource.objects.get(code="dau_tu:NSTW"), FundingSource.objects.get(code="su_nghiep:NSTW")
    url = f"{SOURCES}{one.pk}/"
    assert sent(desk, f"{url}ghi-ma/", code="49", since="01/01/2026", cites=PAPER).status_code == 302
    assert CodeBook().meaning(Scheme.SOURCE, "49", TODAY).identity == one.pk
    again = {"code": "49", "since": "01/03/2026", "cites": PAPER}
    assert "đang là của" in refused(sent(desk, f"{SOURCES}{other.pk}/ghi-ma/", **again))
    row = CodeBook().rows[(Scheme.SOURCE, "49")][0]
    mine = drawn(tree(desk.get(f"{url}thoi-ma/")))
    assert sent(desk, f"{url}thoi-ma/", code=f"{row.pk}", since="01/05/2026", cites=PAPER).status_code == 302
    forged = desk.post(f"{url}thoi-ma/", mine | {"code": f"{row.pk}", "since": "01/04/2026", "cites": PAPER,
                                                 "once": f"{uuid4()}"})  # fmt: skip
    assert "Không có lựa chọn này" in refused(forged)
    assert CodeBook().meaning(Scheme.SOURCE, "49", date(2026, 4, 30)).identity == one.pk
    assert CodeBook().meaning(Scheme.SOURCE, "49", date(2026, 5, 1)).is_retired
    assert sent(desk, f"{url}ten-goi/", said="vốn TW đầu tư (ví dụ)").status_code == 302
    page = tree(desk.get(url))
    assert rows(page, "names") == [["vốn TW đầu tư (ví dụ)", "chưa rõ", ""]] and rows(page, "codes")[0][0] == "49"
    assert [line[0] for line in rows(tree(desk.get(SOURCES, {"q": "dau tu trung uong"})), "rows")] == [one.name]


def test_a_form_sent_twice_or_gone_back_to_is_done_once(cast):
    desk = cast.at("quantri")
    form = drawn(tree(desk.get(f"{PLACES}ghi-moi/"))) | {
        "name": "Xóm Ví Dụ", "kind": "village", "parent": "01321", "since": "01/01/2026", "cites": PAPER,
    }  # fmt: skip
    first, second = desk.post(f"{PLACES}ghi-moi/", form), desk.post(f"{PLACES}ghi-moi/", form)
    assert first["Location"] == second["Location"] and PlaceVersion.objects.filter(name="Xóm Ví Dụ").count() == 1
    assert "đã có" in refused(desk.post(f"{PLACES}ghi-moi/", form | {"once": f"{uuid4()}"}))


def test_a_row_beyond_the_thousandth_is_named_as_it_is(cast, monkeypatch):
    desk, url = cast.at("quantri"), f"{of_place('01321')}doi-ten/"
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_pk", lambda row: 1404)
        mine = drawn(tree(desk.get(url))) | {"name": "Tên Hai", "since": "01/10/2026", "cites": PAPER}
    assert mine["seen"] == "1404"
    assert desk.post(url, mine | {"seen": "1.404"}).status_code == 404


def test_of_two_administrators_the_second_is_told(cast):
    desk = cast.at("quantri")
    url = f"{of_place('01321')}doi-ten/"
    his = drawn(tree(desk.get(url))) | {"name": "Tên Hai", "since": "01/10/2026", "cites": PAPER}
    assert sent(desk, url, name="Tên Một", since="01/09/2026", cites=PAPER).status_code == 302
    late = desk.post(url, his)
    assert late.status_code == 409 and "đã ghi bản khác" in said(tree(late))
    part = f"{of_part('1719.DA5.TDA3')}ket-thuc/"
    his = drawn(tree(desk.get(part))) | {"since": "01/10/2024", "cites": PAPER}
    assert desk.post(part, his).status_code == 302
    late = desk.post(part, his | {"once": f"{uuid4()}"})
    assert late.status_code == 409 and drawn(tree(late))["since"] == "01/10/2024"
    forged = f"{PlaceVersion.objects.standing().exclude(place=queries.place('01321', TODAY)).first().pk}"
    assert desk.post(url, drawn(tree(desk.get(url))) | {"name": "X", "since": "01/11/2026", "cites": PAPER,
                                                        "seen": forged}).status_code == 404  # fmt: skip


def test_only_administrators_of_the_province_write_and_only_within_their_reach(cast):
    for who in ("tinh", "doc", "xa", "quantri_xa"):
        desk = cast.at(who)
        for url in (PLACES, PARTS, SOURCES, of_place("01321")):
            assert desk.get(url).status_code == 200, (who, url)
            assert not tree(desk.get(url)).xpath("//a[contains(@href, 'ghi-moi') or contains(@href, 'nhap/')]")
        for url in (f"{PLACES}ghi-moi/", f"{of_place('01321')}bo/", f"{of_part('1719')}ket-thuc/"):
            assert desk.get(url).status_code == desk.post(url, {}).status_code == 403, (who, url)
    url = f"{PLACES}{Place.objects.get(key='VN').pk}/dinh-chinh/"
    told = refused(sent(cast.at("quantri"), url, name="Ví Dụ", reason="ví dụ"))
    assert "ngoài phạm vi" in told
    for url in (f"{PLACES}{2**62}/", f"{PLACES}{2**70}/", f"{PARTS}999999/ket-thuc/", f"{SOURCES}0/"):
        assert cast.at("quantri").get(url).status_code == 404
