"""Search: without marks and case, over every kind, within the asker's reach and rights."""

from __future__ import annotations

import pytest

from vungcao.bodies.models import Body, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.office.actions import record_document
from vungcao.office.tests.conftest import arrival, letter
from vungcao.territory.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


def asked(client, user, words: str):
    client.force_login(user)
    return tree(client.get("/tim/", {"q": words}))


def heads(page) -> list[str]:
    return [said(one) for one in page.xpath("//main//h2")]


def test_places_programmes_files_and_documents_are_found_without_marks(client, example):
    board = Body.objects.get(key="BDT-vd")
    record_document(letter("5", summary="V/v HỌP ĐỒNG BÀO (ví dụ)"), body=board, by=SYSTEM)
    record_document(arrival("9", summary="Mời họp đồng bào (ví dụ)"), body=board, by=SYSTEM)
    page = asked(client, example.specialist, "DONG BAO")
    assert heads(page) == ["Văn bản đi", "Văn bản đến"]
    assert client.get(page.xpath("//main//li/a/@href")[0]).status_code == 200
    assert heads(asked(client, example.specialist, "vi du thuong")) == ["Địa bàn", "Cơ quan, đơn vị", "Biểu đã gửi"]
    assert heads(asked(client, example.specialist, "chương trình 135")) == ["Chương trình, dự án"]
    page = asked(client, example.specialist, "khong co gi nhu the")
    assert heads(page) == [] and "Không thấy “khong co gi nhu the”" in said(page)


def test_what_is_out_of_reach_or_right_is_not_found(client, example):
    record_document(letter("5", summary="Họp kín (ví dụ)"), body=Body.objects.get(key="BDT-vd"), by=SYSTEM)
    assert heads(asked(client, example.elsewhere, "hop kin")) == []
    assert heads(asked(client, example.elsewhere, "vi du thuong")) == ["Địa bàn"]
    with acting("test.keeper", by=SYSTEM) as act:
        place = Place.objects.get(key="vd-tinh")
        keeper = players._official(act, "qt", Body.objects.get(key="BDT-vd"), Role.ADMIN, place)
    assert heads(asked(client, keeper, "vi du thuong")) == ["Cơ quan, đơn vị"]
    assert heads(asked(client, example.stranger, "vi du thuong")) == []
    assert heads(asked(client, example.retired, "vi du thuong")) == []


@pytest.mark.parametrize("words", ["x", "%", "_", "", " "])
def test_a_word_too_short_is_told_and_signs_of_the_database_are_letters(client, example, words):
    page = asked(client, example.specialist, words)
    assert heads(page) == []
    assert ("ít nhất hai chữ" in said(page)) is bool(words.strip())
    assert heads(asked(client, example.specialist, "%%")) == heads(asked(client, example.specialist, "__")) == []


def test_of_many_only_the_first_are_shown_and_it_says_so(client, example, django_assert_max_num_queries):
    for no in range(12):
        record_document(
            letter(f"{no + 1}", summary=f"Giấy mời {no} (ví dụ)"), body=Body.objects.get(key="BDT-vd"), by=SYSTEM
        )
    client.force_login(example.specialist)
    client.get("/tim/", {"q": "giay moi"})
    with django_assert_max_num_queries(20):
        page = tree(client.get("/tim/", {"q": "giay moi"}))
    assert len(page.xpath("//main//li")) == 10 and "Còn nữa" in said(page)
