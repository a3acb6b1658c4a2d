"""Search: without marks and case, over every kind, within the asker's reach and rights."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from vungcao.bodies.models import Batch, Body, BodyVersion, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import said, tree
from vungcao.desk.tests.pages.test_the_matrix_of_rights import records_of
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Source
from vungcao.kernel.folding import Folded
from vungcao.kernel.vietnamese import fold
from vungcao.ledger.actions import open_dossier
from vungcao.ledger.models import Account, SpendingObject
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
    with django_assert_max_num_queries(20):  # a kind asks once
        page = tree(client.get("/tim/", {"q": "giay moi"}))
    assert len(page.xpath("//main//li")) == 10 and "Còn nữa" in said(page)


def test_accounts_are_found_by_code_name_of_work_and_of_holder_within_reach(client, example):
    key = records_of(example)["account"]
    one = Account.objects.get(pk=key)
    with acting("test.work", by=SYSTEM) as act:
        work = SpendingObject.objects.create(
            act=act, code="CT-VD-1", name="Đường vào xóm Ví Dụ", kind="work", project_code="7999001"
        )
        for_work = Account.objects.create(
            act=act, spending_object=work, component_id=one.component_id, field_id=one.field_id, body_id=one.body_id,
            source_id=one.source_id, place_id=one.place_id, year_origin="2022", year_use="2022",
        )  # fmt: skip
    holder = BodyVersion.objects.get(body=one.body).name
    for words in (f"TK {key}", one.component.code, holder, "duong vao xom", "ĐƯỜNG VÀO", "ct-vd-1", "7999001",
                  f"tk {for_work.pk}"):  # fmt: skip
        page = asked(client, example.specialist, words)
        assert "Tài khoản vốn" in heads(page), words
        for url in page.xpath("//main//li/a[starts-with(@href, '/tai-khoan-von/')]/@href"):
            assert client.get(url).status_code == 200
        assert "Tài khoản vốn" not in heads(asked(client, example.elsewhere, words)), words  # nor of another commune


def test_titles_are_found_folded_however_old_they_are(client, example):
    """Dossiers, plans and the papers files came from have no folded column: the database folds what it reads."""
    with acting("test.titles", by=SYSTEM) as act:
        source = Source.objects.create(
            act=act, kind="paper", name="qd.pdf", number="77/QĐ-VD", title="Về việc giao vốn  ĐỢT HAI (ví dụ)"
        )
        Batch.objects.create(act=act, body=example.batch.body, kind="thu", period="2021", source=source)
    day, board = date(2021, 12, 1), Body.objects.get(key="BDT-vd")
    open_dossier(title="Điều chỉnh vốn đợt hai (ví dụ)", planned_for=day, drafted_by=board, on=day, by=SYSTEM)
    assert heads(asked(client, example.specialist, "dot hai")) == ["Hồ sơ vốn", "Biểu đã gửi"]
    assert heads(asked(client, example.elsewhere, "dot hai")) == []
    assert heads(asked(client, example.specialist, "giao von dot hai")) == ["Biểu đã gửi"]


@pytest.mark.parametrize("text", ["Đường vào  xóm", "ĐIỀU CHỈNH", "Ðắk", "uỷ ban  Ủy", "\tHòa\n An ", "a'b%c_d", ""])
def test_the_database_folds_as_the_house_does(example, text):
    with acting("test.fold", by=SYSTEM) as act:
        key = Source.objects.create(act=act, kind="paper", name="x", title=text).pk
        decomposed = Source.objects.create(act=act, kind="paper", name="x", title=unicodedata.normalize("NFD", text)).pk
    found = dict(Source.objects.filter(pk__in=[key, decomposed]).values_list("pk", Folded("title")))
    assert found == {key: fold(text), decomposed: fold(text)}
