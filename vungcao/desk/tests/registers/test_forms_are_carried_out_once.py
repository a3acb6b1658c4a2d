"""Forms of registers: typed words stay, sent twice is once, who comes second is told, MẬT is refused and forgotten."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from vungcao.bodies.models import Body, BodyVersion, Official, Posting
from vungcao.desk.models import SentForm
from vungcao.desk.registers import officials, sending
from vungcao.desk.registers.known import REGISTERS
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import COMMUNE
from vungcao.evidence.models import Act
from vungcao.office.models import Document, Incoming, Outgoing
from vungcao.territory.models import PlaceVersion

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]
OUT, IN = "/so/van-ban-di/", "/so/van-ban-den/"
LISTS = ("/so/dia-ban/", "/so/cau-phan/", "/so/nguon-von/")
SAID = {"said_no": "15a", "reason": "ký sót (ví dụ)", "dated": "03/03/2025", "summary": "V/v đôn đốc (ví dụ)",
        "state": "used", "urgency": "plain"}  # fmt: skip


def drawn(page) -> dict[str, str]:
    """What the form on a page would send as it stands."""
    (form,) = page.xpath("//form[contains(@class, 'entry')]")
    found = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@name and not(@type='checkbox')]")}
    found |= {one.get("name"): one.text_content().strip() for one in form.xpath(".//textarea")}
    for choice in form.xpath(".//select"):
        found[choice.get("name")] = (choice.xpath("./option[@selected]/@value") or choice.xpath("./option/@value"))[0]
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_document_is_recorded_in_the_officers_own_register(cast):
    desk = cast.at("tinh")
    form = drawn(tree(desk.get(f"{OUT}ghi-moi/")))
    response = desk.post(f"{OUT}ghi-moi/", form | SAID)
    document = Document.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{OUT}{document.pk}/")
    line = Outgoing.objects.get()
    assert (line.body.key, line.said_no, line.act.verb) == ("BDT-04", "15a", "document.out_recorded")
    page = tree(desk.get(response["Location"]))
    assert said(page.xpath("//h1")[0]) == "15a" and "số chèn" in said(page)
    (event,) = rows(tree(desk.get(f"{response['Location']}lich-su/")), "story")
    assert "Cán bộ tinh (ví dụ)" in event[1] and "Trích yếu: V/v đôn đốc (ví dụ)" in event[3]


def test_what_was_typed_stays_when_the_form_is_wrong(cast):
    response = cast.at("tinh").post(
        f"{OUT}ghi-moi/", {**SAID, "reason": "", "dated": "31/02/2025", "once": f"{uuid4()}"}
    )
    page = tree(response)
    assert response.status_code == 422 and not Document.objects.exists()
    sent = drawn(page)
    assert (sent["said_no"], sent["dated"], sent["summary"]) == ("15a", "31/02/2025", SAID["summary"])
    response = cast.at("tinh").post(f"{OUT}ghi-moi/", {**SAID, "reason": ""})
    assert "phải ghi lý do" in said(tree(response).xpath("//*[@id='id_reason_error']")[0])


def test_a_form_sent_twice_is_one(cast):
    desk = cast.at("tinh")
    form = drawn(tree(desk.get(f"{OUT}ghi-moi/"))) | SAID
    first, second = desk.post(f"{OUT}ghi-moi/", form), desk.post(f"{OUT}ghi-moi/", form)
    assert first["Location"] == second["Location"] and first.status_code == second.status_code == 302
    assert Document.objects.count() == SentForm.objects.count() == 1
    assert cast.at("doi").post(f"{OUT}ghi-moi/", form).status_code == 404  # another's form, word for word
    assert Document.objects.count() == 1


def test_a_form_sent_again_with_words_that_went_wrong_still_leads_to_what_it_did(cast):
    desk = cast.at("tinh")
    form = drawn(tree(desk.get(f"{OUT}ghi-moi/"))) | SAID
    first = desk.post(f"{OUT}ghi-moi/", form)
    again = desk.post(f"{OUT}ghi-moi/", form | {"dated": "31/02/2025"})
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert cast.at("doi").post(f"{OUT}ghi-moi/", form | {"dated": "31/02/2025"}).status_code == 422


def test_a_document_is_recorded_with_few_questions(cast, django_assert_max_num_queries):
    """Who asks, and whose he is; the last act, and the tables after it; begin, act, whether this form was carried out,
    document, line, what was done, form, number, end.
    """
    desk = cast.at("tinh")
    for _ in range(2):
        desk.post(f"{OUT}ghi-moi/", {**SAID, "once": f"{uuid4()}"})
    with django_assert_max_num_queries(13):
        assert desk.post(f"{OUT}ghi-moi/", {**SAID, "once": f"{uuid4()}"}).status_code == 302


def test_a_correction_sent_twice_is_one_too(cast):
    line = cast.sent("7")
    url = f"{OUT}{line.document_id}/sua/"
    desk = cast.at("tinh")
    form = drawn(tree(desk.get(url))) | {"summary": "Sửa (ví dụ)"}
    assert desk.post(url, form)["Location"] == desk.post(url, form)["Location"] == f"{OUT}{line.document_id}/"
    assert Outgoing.objects.count() == 2


def test_of_two_who_correct_one_wins_and_the_other_is_told(cast):
    line = cast.sent("7")
    url = f"{OUT}{line.document_id}/sua/"
    mine, his = drawn(tree(cast.at("tinh").get(url))), drawn(tree(cast.at("doi").get(url)))
    assert cast.at("tinh").post(url, mine | {"summary": "Của tôi (ví dụ)"}).status_code == 302
    response = cast.at("doi").post(url, his | {"summary": "Của anh ấy (ví dụ)", "unit": "Phòng Ví Dụ"})
    page = tree(response)
    assert response.status_code == 409 and Outgoing.objects.standing().get().summary == "Của tôi (ví dụ)"
    assert "Trong lúc đó Cán bộ tinh (ví dụ), Chuyên viên (ví dụ) đã ghi bản khác" in said(page)
    assert "Của tôi (ví dụ)" in said(page.xpath("//dl")[0])
    again = drawn(page)
    assert (again["summary"], again["unit"]) == ("Của anh ấy (ví dụ)", "Phòng Ví Dụ")
    assert cast.at("doi").post(url, again).status_code == 302  # looked at, then meant
    assert Outgoing.objects.standing().get().summary == "Của anh ấy (ví dụ)"


def test_a_correction_of_nothing_is_told(cast):
    line = cast.sent("7")
    url = f"{OUT}{line.document_id}/sua/"
    desk = cast.at("tinh")
    response = desk.post(url, drawn(tree(desk.get(url))))
    assert response.status_code == 422 and "Không có gì khác" in said(tree(response))


@pytest.mark.parametrize("secret", [{"secrecy": "Mật"}, {"summary": "Kế hoạch tuần tra (Tối mật)"}])
def test_a_secret_document_is_refused_and_its_words_forgotten(cast, secret):
    acts = Act.objects.count()
    response = cast.at("tinh").post(f"{OUT}ghi-moi/", {**SAID, **secret})
    page = tree(response)
    assert response.status_code == 422 and "dấu MẬT" in said(page)
    assert "tuần tra" not in response.content.decode() and drawn(page)["said_no"] == ""
    assert not Document.objects.exists() and Act.objects.count() == acts


def test_a_document_in_shows_its_answer_and_its_delay(cast):
    came = cast.came("7", due=date(2025, 3, 1))
    desk = cast.at("tinh")
    assert "Chưa có văn bản đi nào" in said(tree(desk.get(f"{IN}{came.document_id}/")))
    desk.post(f"{OUT}ghi-moi/", {**SAID, "answers_said": "7", "once": f"{uuid4()}"})
    page = tree(desk.get(f"{IN}{came.document_id}/"))
    assert rows(page, "answers") == [["15a", "03/03/2025", "V/v đôn đốc (ví dụ)"]]
    (line,) = rows(tree(desk.get(IN)), "rows")
    assert line[-3:] == ["15a", "2", "trễ 2 ngày"]


def test_forms_show_days_as_officers_write_them(cast):
    came = cast.came("7", due=date(2025, 3, 1))
    form = drawn(tree(cast.at("tinh").get(f"{IN}{came.document_id}/sua/")))
    assert (form["due"], form["arrived"]) == ("01/03/2025", "03/02/2025")
    assert Incoming.objects.count() == 1


def test_an_administrator_records_appoints_and_releases(cast):
    desk = cast.at("quantri")
    post = {
        "body": "BDT-04",
        "post": "Phó Trưởng phòng (ví dụ)",
        "role": "specialist",
        "place": "04",
        "since": "01/03/2025",
    }
    new = {**post, "name": "Người Ví Dụ", "username": "nguoi.vd", "password": "mat-khau-vi-du-2026"}
    made = desk.post("/so/can-bo/ghi-moi/", new)
    official = Official.objects.get(user__username="nguoi.vd")
    assert made["Location"] == f"/so/can-bo/{official.pk}/"
    desk.post(
        f"{made['Location']}bo-nhiem/",
        {**post, "post": "Kiêm nhiệm (ví dụ)", "body": "Ban Dân tộc", "once": f"{uuid4()}"},
    )
    assert [line[0] for line in rows(tree(desk.get(made["Location"])), "posts")] == [
        "Phó Trưởng phòng (ví dụ)", "Kiêm nhiệm (ví dụ)",
    ]  # fmt: skip
    url = f"{made['Location']}thoi-giu/"
    form = drawn(tree(desk.get(url))) | {"last_day": "30/06/2025"}
    assert desk.post(url, form).status_code == 302
    assert f"{Posting.objects.standing().exclude(valid_to=None).get().valid_to}" == "2025-07-01"
    words = said(tree(desk.get(f"{made['Location']}lich-su/")))
    assert "Đến hết ngày: 30/06/2025" in words and "mat-khau" not in words


@pytest.mark.parametrize("reads", ["prepare", "row_or_404"])
def test_a_form_that_another_worker_carries_out_while_it_is_read_is_carried_out(cast, monkeypatch, reads):
    """The post it ends is no more among those that can end, and its row may be no more in the register."""
    desk, twin = cast.at("quantri"), cast.at("quantri")
    url = f"/so/can-bo/{cast.officials['doi'].pk}/thoi-giu/"
    form = drawn(tree(desk.get(url))) | {"last_day": "30/06/2025"}
    where, others = {"prepare": officials.ReleaseForm, "row_or_404": sending}[reads], []
    real = getattr(where, reads)

    def late(*about):
        monkeypatch.undo()
        others.append(twin.post(url, form))
        if reads == "row_or_404":
            raise Http404
        return real(*about)

    monkeypatch.setattr(where, reads, late)
    ours = desk.post(url, form)
    assert (ours.status_code, ours["Location"]) == (302, others[0]["Location"])
    assert Posting.objects.standing().exclude(valid_to=None).count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ｑuantri", "quantri đã có người dùng"),  # wide letters are kept as narrow ones
        ("QUANTRI", "đã có người dùng"),
        ("quan tri", "viết liền"),
        ("<b>quantri</b>", "viết liền"),
    ],
)
def test_a_sign_in_name_is_one_word_and_nobody_elses(cast, name, sentence):
    desk, officials = cast.at("quantri"), Official.objects.count()
    new = {
        "name": "Người Ví Dụ", "username": name, "password": "mat-khau-vi-du-2026", "body": "BDT-04",
        "post": "Chuyên viên (ví dụ)", "role": "reader", "place": "04", "since": "01/03/2025",
    }  # fmt: skip
    response = desk.post("/so/can-bo/ghi-moi/", new)
    page = tree(response)
    assert response.status_code == 422 and sentence in said(page)
    assert page.xpath("//*[@id='id_username_error']") and drawn(page)["username"] == name
    assert Official.objects.count() == officials


def test_nobody_gives_away_more_than_he_reaches(cast):
    """A place or body out of reach is told at its field, and nothing is written."""
    desk = cast.at("quantri_xa")
    post = {"post": "X (ví dụ)", "role": "specialist", "since": "01/09/2025"}
    before = Posting.objects.count()
    for body, place, field in (("STC-04", "01321", "body"), (COMMUNE, "không có", "place"), (COMMUNE, "04", "place")):
        sent = {**post, "body": body, "place": place, "once": f"{uuid4()}"}
        response = desk.post(f"/so/can-bo/{cast.officials['xa'].pk}/bo-nhiem/", sent)
        assert response.status_code == 422 and tree(response).xpath(f"//*[@id='id_{field}_error']"), (body, place)
    assert Posting.objects.count() == before
    assert desk.get(f"/so/can-bo/{cast.officials['tinh'].pk}/").status_code == 404


def test_a_body_shows_its_versions_and_who_holds_posts_there(cast):
    desk = cast.at("quantri")
    page = tree(desk.get(f"/so/don-vi/{Body.objects.get(key='BDT-04').pk}/"))
    names = [line[0] for line in rows(page, "versions")]
    assert "Ban Dân tộc tỉnh Cao Bằng" in names and len(names) >= 2
    assert {line[0] for line in rows(page, "posts")} >= {"Cán bộ tinh (ví dụ)", "Cán bộ quantri (ví dụ)"}


def test_bodies_are_found_on_a_day_and_by_kind(cast):
    desk = cast.at("quantri")
    found = {
        on: {line[0] for line in rows(tree(desk.get("/so/don-vi/", {"on": on, "kind": "district"})), "rows")}
        for on in ("30/06/2025",)
    }
    assert (
        len(found["30/06/2025"])
        == PlaceVersion.objects.filter(kind__in=("district", "city"), valid_to="2025-07-01").count()
    )
    assert "Không có dòng nào" in said(tree(desk.get("/so/don-vi/", {"on": "01/07/2025", "kind": "district"})))


def test_an_owner_of_works_is_recorded_from_the_register(cast):
    desk = cast.at("quantri")
    sent = {"name": "Ban QLDA ví dụ", "under": COMMUNE, "since": "01/07/2025", "cites": "1/QĐ-VD"}
    response = desk.post("/so/don-vi/ghi-moi/", sent)
    row = BodyVersion.objects.get(kind="owner")
    assert response["Location"] == f"/so/don-vi/{row.body_id}/"
    refused = desk.post("/so/don-vi/ghi-moi/", {**sent, "name": "Khác", "under": "không có"})
    assert refused.status_code == 422 and tree(refused).xpath("//*[@id='id_under_error']")


def test_every_register_has_its_tab_for_who_may_see_it(cast):
    tabs = {who: tree(cast.at(who).get(url)).xpath("//nav[@class='near']/a/@href")
            for who, url in (("tinh", OUT), ("xa", OUT), ("quantri", "/so/can-bo/"))}  # fmt: skip
    assert tabs == {
        "tinh": [one.url() for one in REGISTERS],
        "xa": [OUT, IN, *LISTS],
        "quantri": ["/so/don-vi/", "/so/can-bo/", *LISTS],
    }
