"""A paper gives several communes, whole or in parts, to several: by the form, by command, told on every page."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest

from vungcao.desk.command import main
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import TODAY
from vungcao.desk.tests.registers.filled_in import PAPER, PLACES, of_place, refused, sent, village
from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn
from vungcao.evidence.models import Act
from vungcao.intake.names import Names
from vungcao.territory import checks, queries
from vungcao.territory.models import Place, Reorganisation
from vungcao.territory.readings import recast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_day")]
DAY, EVE = date(2026, 12, 31), date(2026, 12, 30)
A = "01321"  # Xã Bảo Lạc


@pytest.fixture
def codes() -> list[str]:
    """Four communes of today by their codes, Xã Bảo Lạc first."""
    grown = queries.tree(TODAY)
    found = sorted(grown.codes[one] for one in grown.children[queries.place("04", TODAY).pk])
    return [A, *[code for code in found if code != A][:3]]


def named(code: str) -> str:
    return queries.tree(TODAY).names[queries.place(code, TODAY).pk]


def words(codes: list[str], **about: str) -> dict[str, str]:
    """Bảo Lạc two fifths into Thượng, the rest into the third, which goes on; the second whole into Thượng."""
    one, two, three, _ = codes
    lines = [f"{named(one)} | Xã Thượng Ví Dụ | 2/5 | Xóm Một", f"{one} | {named(three)} | còn lại | Hai",
             f"{named(two)} | 99991"]  # fmt: skip
    said = {"heirs": f"Xã Thượng Ví Dụ | 99991\n{named(three)} | tiếp tục", "passages": "\n".join(lines)}
    return {**said, "since": "31/12/2026", "cites": PAPER, "clause": "7", **about}


def test_a_mixed_paper_is_written_by_one_form(cast, codes, django_assert_max_num_queries):
    desk, url = cast.at("quantri"), of_place(A)
    village(desk, "Xóm Một")
    village(desk, "Xóm Hai")
    village(desk, "Xóm Hai", parent=codes[3])  # of the same name, elsewhere
    villages = {queries.tree(TODAY).names[one]: one for one in queries.tree(TODAY).children[queries.place(A, TODAY).pk]}
    old = [queries.place(code, TODAY) for code in codes]
    assert f"{url}nhap-chia/" in tree(desk.get(url)).xpath("//p[@class='acts']/a/@href")
    with django_assert_max_num_queries(20):
        page = tree(desk.get(f"{url}nhap-chia/"))
    assert drawn(page)["passages"] == "Xã Bảo Lạc | | | Xóm Hai, Xóm Một" and drawn(page)["parent"] == "04"
    made = sent(desk, f"{url}nhap-chia/", **words(codes))
    assert made.status_code == 302, refused(made)
    upper, third = queries.place("99991", DAY), queries.place(codes[2], DAY)
    assert third != old[2] and queries.version(third.pk, DAY).full_name == queries.naming(old[2].pk, EVE).full_name
    grown = queries.tree(DAY)
    assert [grown.parents[villages[name]] for name in ("Xóm Một", "Xóm Hai")] == [upper.pk, third.pk]
    placed = recast({one.pk: 100 for one in old}, said_on=TODAY, to=DAY).placed
    assert placed == {upper.pk: 140, third.pk: 160, old[3].pk: 100}
    event = Reorganisation.objects.get(clause="7", cites=PAPER)
    assert (event.kind, event.effective, event.act.verb) == ("rearrange", DAY, "territory.rearranged")
    page = tree(desk.get(made["Location"]))
    after = rows(page, "after")
    assert [line[:3] + line[4:] for line in after] == [
        ["Xã Thượng Ví Dụ", "Nhập và chia", "31/12/2026", "2/5"],
        [named(codes[2]), "Nhập và chia", "31/12/2026", "3/5"],
    ]
    assert after[0][3] == f"{PAPER}, khoản 7"
    assert not [one for one in page.xpath("//p[@class='acts']/a/@href") if one.endswith(("nhap-chia/", "/nhap/"))]
    before = rows(tree(desk.get(f"{PLACES}{upper.pk}/")), "before")
    assert {line[0] for line in before} == {"Xã Bảo Lạc", named(codes[1])}
    assert f"{url}ty-phan/" in tree(desk.get(url)).xpath("//p[@class='acts']/a/@href")
    told = said(tree(cast.at("tinh").get(f"/dia-ban/{old[0].key}/")))
    assert "2/5" in told and "Xã Thượng Ví Dụ" in told
    assert not list(checks.findings())


def test_shares_that_the_paper_leaves_out_are_given_later(cast, codes):
    desk, url = cast.at("quantri"), of_place(A)
    one, two, three, _ = codes
    lines = f"{one}\t{named(three)}\tmột phần\n{one} | Thượng Ví Dụ | còn lại\n{two} | Thượng Ví Dụ | toàn bộ"
    made = sent(desk, f"{url}nhap-chia/", **words(codes, passages=lines))
    assert made.status_code == 302, refused(made)
    olds = [queries.place(code, TODAY).pk for code in codes[:2]]
    upper, third = queries.place("99991", DAY).pk, queries.place(three, DAY).pk
    found = recast(dict.fromkeys(olds, 10), said_on=TODAY, to=DAY)
    assert found.placed == {upper: 10} and found.needs_share == [(olds[0], 10)]
    page = tree(desk.get(f"{url}ty-phan/"))
    (which,) = [key for key in page.xpath("//select[@name='which']/option/@value") if key.startswith("after")]
    shares = f"Xã Thượng Ví Dụ | 30%\n{named(three)} | 70%"
    given = desk.post(f"{url}ty-phan/", drawn(page) | {"which": which, "shares": shares, "cites": PAPER})
    assert given.status_code == 302, refused(given)
    assert recast(dict.fromkeys(olds, 10), said_on=TODAY, to=DAY).placed == {upper: 13, third: 7}


def test_a_place_that_goes_on_is_called_as_workbooks_called_it(cast, codes):
    desk, url = cast.at("quantri"), of_place(A)
    old = queries.place(codes[2], TODAY)
    assert sent(desk, f"{PLACES}{old.pk}/ten-goi/", said="xã cũ mà mới (ví dụ)").status_code == 302
    lines = f"{A} | 99991 | 2/5\n{A} | {named(codes[2])} | còn lại\n{codes[1]} | 99991"
    made = sent(desk, f"{url}nhap-chia/", **words(codes, passages=lines))
    assert made.status_code == 302, refused(made)
    new = queries.place(codes[2], DAY)
    meant = [Names(on).place("xã cũ mà mới (ví dụ)").id for on in (EVE, DAY)]
    assert meant == [old.pk, new.pk]
    assert rows(tree(desk.get(f"{PLACES}{new.pk}/")), "names") == [["xã cũ mà mới (ví dụ)", "31/12/2026", ""]]


def refusals(codes: list[str]) -> list[tuple[dict[str, str], str]]:
    one, two, three, four = codes
    upper, whole = "Xã Thượng Ví Dụ | 99991", f"{one} | 99991\n{two} | 99991"
    halves = f"{one} | Thượng Ví Dụ | %s | Xóm Một\n{one} | Hạ Ví Dụ | %s"
    both = {"heirs": f"{upper}\nHạ Ví Dụ | 99992", "passages": halves % ("2/5", "2/5")}
    return [
        ({"cites": " "}, ""),
        ({"since": "31/12/9999"}, "nằm ngoài khoảng"),
        ({"since": "31/02/2026"}, ""),
        ({"heirs": upper}, f"“{named(three)}” không phải một nơi nhận đã ghi; có: Xã Thượng Ví Dụ"),
        ({"heirs": f"{upper}\nHạ | 99992\n{named(three)} | tiếp tục"}, "Chưa nói Xã Hạ nhận phần nào"),
        ({"heirs": f"{upper}\n{named(three)}"}, f"{named(three)} đang có: ghi “{named(three)} | tiếp tục”"),
        ({"heirs": f"{upper}\n | 99992"}, "Mỗi nơi nhận phải có tên"),
        ({"heirs": f"{upper}\nHạ | 12a"}, "“12a”: mã chỉ gồm chữ số"),
        ({"heirs": f"{upper}\nXã Hồng Trị | tiếp tục"}, "Xã Hồng Trị đã nhập vào"),
        ({"heirs": f"{upper}\n{named(four)} | tiếp tục", "passages": whole}, "không nhận thêm, không bớt đi"),
        ({"heirs": f"Xã Thượng | {four}", "passages": f"{one} | Thượng\n{two} | Thượng"}, f"Mã {four}"),
        ({"heirs": "Tỉnh Thượng | 99991", "passages": f"{one} | Tỉnh Thượng"}, "không thể thuộc"),
        ({"parent": "không có"}, "Không có địa bàn nào"),
        ({"passages": f"{two} | 99991\n{four} | {named(three)}"}, "Chưa nêu Xã Bảo Lạc"),
        ({"passages": f"{one} |"}, "ghi cả nơi cũ và nơi nhận"),
        ({"passages": f"{one} | 99991\nXã Hồng Trị | {three}"}, "Xã Hồng Trị đã nhập vào"),
        ({**both, "passages": halves % ("2/5", "2/5")}, "Tỷ phần của Xã Bảo Lạc phải nêu đủ"),
        ({**both, "passages": halves % ("nhiều", "2/5")}, "Tỷ phần viết như"),
        ({**both, "passages": halves % ("1", "còn lại")}, "Xã Bảo Lạc không còn phần nào"),
        ({**both, "passages": f"{halves % ('2/5', '3/5')} | Xóm Một"}, "Xóm Một được nêu hai lần"),
        ({**both, "passages": halves % ("2/5", "3/5")}, "Chưa nói Xóm Hai thuộc phần nào"),
        ({**both, "passages": f"{halves % ('2/5', '3/5')} | {two}"}, "không nằm ngay dưới Xã Bảo Lạc"),
        ({**both, "passages": f"{one} | Hạ Ví Dụ\n{one} | 99992"}, "vào Xã Hạ Ví Dụ được nêu hai lần"),
    ]


def test_a_paper_that_cannot_be_gets_a_sentence_and_what_was_typed_stays(cast, codes):
    desk, url = cast.at("quantri"), f"{of_place(A)}nhap-chia/"
    village(desk, "Xóm Một")
    village(desk, "Xóm Hai")
    acts = Act.objects.count()
    for about, sentence in refusals(codes):
        typed = words(codes, **about)
        response = sent(desk, url, **typed)
        assert sentence in refused(response), (about, refused(response))
        kept = drawn(tree(response))
        assert [kept[name].split() for name in ("heirs", "passages")] == [
            typed[name].split() for name in ("heirs", "passages")
        ]
    assert Act.objects.count() == acts and not list(checks.findings())


def test_who_comes_second_is_told_and_keeps_what_he_typed(cast, codes):
    desk, url = cast.at("quantri"), of_place(A)
    lines = f"{A} | 99991 | 2/5\n{A} | {named(codes[2])} | còn lại\n{codes[1]} | 99991"
    his = drawn(tree(desk.get(f"{url}nhap-chia/"))) | words(codes, passages=lines)
    assert sent(desk, f"{url}doi-ten/", name="Tên Một", since="01/09/2026", cites=PAPER).status_code == 302
    late = desk.post(f"{url}nhap-chia/", his)
    assert late.status_code == 409 and "đã ghi bản khác" in said(tree(late))
    assert drawn(tree(late))["passages"].splitlines() == lines.splitlines()
    other = drawn(tree(desk.get(f"{of_place(codes[1])}nhap-chia/")))  # the same paper, at another place of it
    mine = other | words(codes, passages=lines) | {"since": "01/10/2026"}
    assert desk.post(f"{of_place(codes[1])}nhap-chia/", mine).status_code == 302
    again = desk.post(f"{of_place(codes[1])}nhap-chia/", mine)
    assert again.status_code == 302 and Reorganisation.objects.filter(cites=PAPER, kind="rearrange").count() == 1
    lines = f"Xã Tên Một | {named(codes[2])}\n{named(codes[1])} | 99991"
    late = desk.post(f"{url}nhap-chia/", drawn(tree(late)) | {"once": f"{uuid4()}", "passages": lines})
    assert "Xã Tên Một đã chia vào Xã Thượng Ví Dụ và" in refused(late)
    assert not list(checks.findings())


def test_only_administrators_of_the_province_write_it_within_their_reach(cast, codes):
    url = f"{of_place(A)}nhap-chia/"
    for who in ("tinh", "doc", "xa", "quantri_xa"):
        desk = cast.at(who)
        assert desk.get(url).status_code == desk.post(url, {}).status_code == 403, who
        assert not tree(desk.get(of_place(A))).xpath("//a[contains(@href, 'nhap-chia')]")
    nation = f"{PLACES}{Place.objects.get(key='VN').pk}/nhap-chia/"
    assert "Quốc gia không đổi" in refused(sent(cast.at("quantri"), nation, **words(codes, parent="04")))


def test_a_mixed_paper_is_written_by_command(cast, codes, capsys):
    lines = f"{A} | Xã Thượng Ví Dụ | 2/5;{A} | {named(codes[2])} | còn lại;{codes[1]} | 99991"
    heirs = f"Xã Thượng Ví Dụ | 99991;{named(codes[2])} | tiếp tục"
    old = queries.place(A, TODAY)
    sets = {"heirs": heirs, "passages": lines, "since": "31/12/2026", "cites": PAPER}
    asked = [
        "register",
        "dia-ban",
        "nhap-chia",
        A,
        *(word for pair in sets.items() for word in ("--set", "=".join(pair))),
    ]
    assert main([*asked, "--set", "heirs=Thượng | 12a"]) == 2
    capsys.readouterr()
    assert main([*asked, "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["form"], done["row"]["id"], done["row"]["until"]) == ("nhap-chia", old.pk, "30/12/2026")
    assert main(["register", "dia-ban", "xem", f"{old.pk}", "--json"]) == 0
    (after,) = [one for one in json.loads(capsys.readouterr().out)["parts"] if one["key"] == "after"]
    assert [line[4] for line in after["lines"]] == ["2/5", "3/5"]
    shares = [row.share for row in queries.successions_from(old.pk)]
    assert shares == [Fraction(2, 5), Fraction(3, 5)]


def test_what_still_stands_on_an_old_commune_is_listed_and_its_officers_are_told(cast, codes, monkeypatch):
    desk, url = cast.at("quantri"), of_place(A)
    lines = f"{A} | 99991 | 2/5\n{A} | {named(codes[2])} | còn lại\n{codes[1]} | 99991"
    made = sent(desk, f"{url}nhap-chia/", **words(codes, passages=lines, since="01/06/2026"))
    assert made.status_code == 302, refused(made)
    page = tree(cast.at("tinh").get(url))
    assert [one for one in ("accounts", "plan-lines", "staff") if not page.xpath(f"//h2[@id='{one}']")] == []
    assert {"Cán bộ xa (ví dụ)", "Cán bộ quantri_xa (ví dụ)"} <= {line[0] for line in rows(page, "staff")}
