"""After signing in: what waits for me, what came back, which posts I hold; nothing of anybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from vungcao.bodies.actions import reach as take
from vungcao.bodies.models import Body, Delegation, Posting, Role
from vungcao.desk.tests.pages import cast as players
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.office.actions import record_document
from vungcao.office.models import Incoming
from vungcao.office.tests.conftest import arrival, letter
from vungcao.territory.models import Place

pytestmark = pytest.mark.django_db


def home(client, user):
    client.force_login(user)
    response = client.get("/viec/")
    assert response.status_code == 200
    return tree(response)


def test_a_file_read_and_not_written_waits_for_who_handed_it_in_only(client, example):
    ((name, state, what),) = rows(home(client, example.specialist), "waiting")
    assert (name, state) == ("vi du thuong.xlsx", "chưa ghi") and "bảng tính" in what
    assert "Không có việc nào đang chờ" in said(home(client, example.elsewhere))


def test_what_was_returned_comes_back_to_the_body_that_sent_it(client, example):
    with acting("test.official", by=SYSTEM) as act:
        theirs = players._official(act, "huyen.gui", example.batch.body, Role.ENTRY, Place.objects.get(key="vd-z"))
    assert not rows_of(home(client, theirs), "came-back")
    take(example.batch, "returned", reason="thiếu biểu 02 (ví dụ)", by=SYSTEM)
    ((name, state, why),) = rows(home(client, theirs), "came-back")
    assert name.startswith("vi du thuong.xlsx") and (state, why) == ("trả lại", "thiếu biểu 02 (ví dụ)")
    assert not rows_of(home(client, example.elsewhere), "came-back")
    assert not rows_of(home(client, example.specialist), "came-back")


def rows_of(page, heading: str) -> list[list[str]]:
    return rows(page, heading) if page.xpath(f"//*[@role='region'][@aria-labelledby='{heading}']") else []


def test_posts_are_told_and_one_acted_in_names_its_paper(client, example):
    today = timezone.localdate()
    with acting("test.delegated", by=SYSTEM) as act:
        Delegation.objects.create(
            act=act, posting=Posting.objects.get(official=example.specialist.official), kind="acting",
            deputy=example.elsewhere.official, cites="QĐ 7/QĐ-VD (ví dụ)", valid_from=today,
            valid_to=today + timedelta(days=3),
        )  # fmt: skip
    own, acted = rows(home(client, example.elsewhere), "posts")
    assert own[1:4] == ["UBND huyện An Ví Dụ", "Huyện An Ví Dụ", "Nhập số liệu của đơn vị"]
    assert "QĐ 7/QĐ-VD (ví dụ)" in acted[0] and acted[1] == "Ban Dân tộc (ví dụ)" and "đến hết" in acted[4]


@pytest.mark.parametrize(
    ("who", "sentence"), [("stranger", "chưa gắn với cán bộ nào"), ("retired", "không giữ vị trí công tác nào")]
)
def test_without_a_post_only_whom_to_ask(client, example, who, sentence):
    words = said(home(client, getattr(example, who)))
    assert sentence in words and "vi du thuong" not in words


def test_a_document_due_waits_until_it_is_answered(client, example):
    today = timezone.localdate()
    for no, days in (("1", -3), ("2", 2), ("3", 30)):
        came = arrival(no, arrived=today - timedelta(days=9), due=today + timedelta(days=days), their_number=f"{no}/VD")
        record_document(came, body=Body.objects.get(key="BDT-vd"), by=SYSTEM)
    waiting = rows(home(client, example.specialist), "waiting")[1:]
    assert [(row[0].split()[0], row[1]) for row in waiting] == [("1/VD", "quá hạn 3 ngày"), ("2/VD", "sắp đến hạn")]
    first = Incoming.objects.get(their_number="1/VD")
    sent = letter("5", dated=today, answers=first.document)
    record_document(sent, body=Body.objects.get(key="BDT-vd"), by=SYSTEM)
    assert [row[0].split()[0] for row in rows(home(client, example.specialist), "waiting")[1:]] == ["2/VD"]


def test_the_page_asks_as_often_however_many_wait(client, example, django_assert_max_num_queries):
    with acting("test.more", by=SYSTEM) as act:
        theirs = players._official(act, "huyen.gui", example.batch.body, Role.ENTRY, Place.objects.get(key="vd-z"))
    take(example.batch, "returned", reason="ví dụ", by=SYSTEM)
    client.force_login(theirs)
    client.get("/viec/")
    with django_assert_max_num_queries(20):
        client.get("/viec/")
