"""Who may decide, asked on the page; an administrator adds, confirms, retires and takes back, with paper and name."""

from __future__ import annotations

import pytest

from vungcao.bodies.models import Body, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.law.models import RuleOverlay
from vungcao.law.queries import rulebook
from vungcao.territory.models import Place
from vungcao.users.models import User

pytestmark = pytest.mark.django_db
MOVE = {"year": "2023", "kind": "su_nghiep", "level": "NSTW", "scope": "PROJECTS_SAME_PROGRAMME"}
PAPER = {
    "number": "00/2026/NQ-HĐND (ví dụ)",
    "article": "Điều 9 khoản 1",
    "dated": "01/01/2026",
    "issuer": "HĐND ví dụ",
}
NEW = {
    **PAPER, "rule": "DP-01", "kind": "su_nghiep", "level": "NSTW", "scope": "PROJECTS_SAME_PROGRAMME",
    "decider": "HDND_TINH", "since": "31/12/2025", "prevails_over": "SN-15", "conditions": "một điều (ví dụ)",
}  # fmt: skip


@pytest.fixture
def keeper(example) -> User:
    with acting("test.keeper", by=SYSTEM) as act:
        return players._official(
            act, "qt", Body.objects.get(key="BDT-vd"), Role.ADMIN, Place.objects.get(key="vd-tinh")
        )


def asked(desk, **about):
    return tree(desk.get("/quy-dinh/", {**MOVE, **about}))


def test_the_page_answers_as_the_command_with_article_and_how_sure(desk):
    words = said(asked(desk, on="20/11/2023").xpath("//section")[0])
    assert "Cơ quan quyết định: Thủ tướng Chính phủ" in words and "SN-05" in words and "có nguồn" in words.lower()
    words = said(asked(desk, on="15/06/2024", use_year="2024").xpath("//section")[0])
    assert "SN-08" in words and "111/2024/QH15" in words
    silent = said(asked(desk, on="01/03/2026", year="2026"))
    assert "Hỏi" in silent or "hỏi" in silent


def test_the_day_before_and_the_day_after_a_change_of_rules(desk):
    before, after = (said(asked(desk, on=on).xpath("//section")[0]) for on in ("17/01/2024", "18/01/2024"))
    assert "SN-05" in before and "SN-08" in after


def test_the_table_holds_the_rules_of_the_day_asked_about(desk):
    ids = [row[0].split()[0] for row in rows(asked(desk, on="20/11/2023"), "rules")]
    assert "SN-05" in ids and "SN-08" not in ids
    assert rows(tree(desk.get("/quy-dinh/")), "rules")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "hôm qua"}, "ngày"),
        ({"year": "1999"}, "2000"),
        ({"use_year": "2022", "on": "20/11/2023"}, "Năm sử dụng"),
    ],
)
def test_a_question_that_cannot_be_is_told(desk, wrong, sentence):
    page = asked(desk, **{"on": "20/11/2023", **wrong})
    assert sentence in said(page) and not page.xpath("//*[@id='answer']")


def test_an_administrator_adds_confirms_retires_and_takes_back(client, keeper):
    client.force_login(keeper)
    assert client.post("/quy-dinh/them/", NEW)["Location"] == "/quy-dinh/DP-01/"
    ((what, cites, _since, signed),) = rows(tree(client.get("/quy-dinh/DP-01/")), "changes")
    assert "thêm" in what and cites == "00/2026/NQ-HĐND (ví dụ) Điều 9 khoản 1" and "qt" in signed
    recalled = next(one.id for one in rulebook().rules if one.confidence == "recalled" and one.decider)
    client.post(f"/quy-dinh/{recalled}/", {**PAPER, "what": "confirm"})
    assert rulebook().by_id[recalled].confidence == "sourced"
    client.post("/quy-dinh/DP-01/", {**PAPER, "what": "retire", "on": "01/06/2026"})
    assert f"{rulebook().by_id['DP-01'].valid_to}" == "2026-06-01"
    client.post("/quy-dinh/DP-01/", {**PAPER, "what": "-retire"})
    assert rulebook().by_id["DP-01"].valid_to is None
    assert client.post("/quy-dinh/DP-01/", {**PAPER, "what": "-add"})["Location"] == "/quy-dinh/"
    assert client.get("/quy-dinh/DP-01/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"prevails_over": ""}, "Hãy nói quy tắc nào đi trước"),
        ({"rule": "SN-15"}, "đã có trong danh mục"),
        ({"rule": "dp1"}, "Mã gồm 2 đến 4 chữ"),
        ({"prevails_over": "ZZ-99"}, "ZZ-99"),
        ({"number": ""}, "bắt buộc"),
        ({"until": "01/01/2020"}, ""),
    ],
)
def test_a_rule_that_cannot_stand_is_refused_and_what_was_typed_stays(client, keeper, change, sentence):
    client.force_login(keeper)
    answer = client.post("/quy-dinh/them/", {**NEW, **change})
    page = tree(answer)
    assert answer.status_code == 422 and sentence.lower() in said(page).lower()
    assert page.xpath("//input[@name='article']/@value") == ["Điều 9 khoản 1"]
    assert not RuleOverlay.objects.exists()


def test_a_specialist_sees_and_changes_nothing(desk):
    assert not tree(desk.get("/quy-dinh/SN-05/")).xpath("//main//form")
    assert desk.post("/quy-dinh/SN-05/", {**PAPER, "what": "retire"}).status_code == 403
    assert desk.post("/quy-dinh/them/", NEW).status_code == 403 and not RuleOverlay.objects.exists()
    assert desk.get("/quy-dinh/ZZ-99/").status_code == 404
