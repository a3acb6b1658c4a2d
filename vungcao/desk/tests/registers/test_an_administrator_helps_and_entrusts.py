"""On an official's page: how his sign-in stands, help for who can't sign in, posts that others act in for some days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from vungcao.bodies.actions import appoint
from vungcao.bodies.models import Body, Delegation, Role
from vungcao.bodies.rights import may
from vungcao.desk.tests.pages.reading_pages import rows, said, tree
from vungcao.desk.tests.registers.conftest import COMMUNE
from vungcao.desk.tests.registers.test_forms_are_carried_out_once import drawn
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.territory.models import Place
from vungcao.users import locks

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-vi-du-2026"
NEXT = "mat-khau-moi-vi-du-27"


def page_of(cast: Any, who: str) -> str:
    return f"/so/can-bo/{cast.officials[who].pk}/"


def sent(desk: Client, url: str, **said: Any) -> Any:
    return desk.post(url, {"once": f"{uuid4()}", **said})


def enter(who: str, password: str) -> int:
    form = {"username": who, "password": password, "next": "/tai-khoan/"}
    return Client().post("/dang-nhap/", form).status_code


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def test_a_locked_door_is_seen_and_opened(cast):
    for _try in range(5):
        enter("tinh", "sai")
    assert enter("tinh", PASSWORD) == 429
    desk, url = cast.at("quantri"), page_of(cast, "tinh")
    assert "tạm khóa đến" in rows(tree(desk.get(url)), "sign-in")[0][0]
    assert sent(desk, f"{url}dang-nhap/", what="unlock", reason="gọi điện").status_code == 302
    assert rows(tree(desk.get(url)), "sign-in")[0][0] == "đang dùng" and enter("tinh", PASSWORD) == 302
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.reason) == ("account.helped", "gọi điện")


def test_a_first_password_is_given_anew_and_ends_what_is_open(cast):
    desk, url = cast.at("quantri"), page_of(cast, "tinh")
    for password, sentence in (("", "Hãy nhập mật khẩu"), ("ngan", "quá ngắn")):
        refused = sent(desk, f"{url}dang-nhap/", what="password", reason="quên", password=password)
        assert refused.status_code == 422 and sentence in said(tree(refused))
        assert drawn(tree(refused))["reason"] == "quên"
    done = sent(desk, f"{url}dang-nhap/", what="password", reason="quên", password=NEXT)
    assert done.status_code == 302 and enter("tinh", PASSWORD) == 200 and enter("tinh", NEXT) == 302
    shown = desk.get(url, follow=True).content.decode()
    assert "phải đổi mật khẩu lần đầu" in shown and NEXT not in shown


def test_a_second_step_is_taken_off_and_an_account_stopped_and_opened(cast):
    desk, url, user = cast.at("quantri"), page_of(cast, "tinh"), cast.officials["tinh"].user
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    sent(desk, f"{url}dang-nhap/", what="factors", reason="mất điện thoại")
    assert not Authenticator.objects.exists()
    sent(desk, f"{url}dang-nhap/", what="stop", reason="nghỉ hưu")
    assert enter("tinh", PASSWORD) != 302 and rows(tree(desk.get(url)), "sign-in")[0][0] == "đã ngừng"
    assert sent(desk, f"{url}dang-nhap/", what="unlock", reason="x").status_code == 422
    sent(desk, f"{url}dang-nhap/", what="resume", reason="nhầm")
    assert enter("tinh", PASSWORD) == 302


@pytest.mark.parametrize("who", ["tinh", "doc", "xa"])
def test_who_is_no_administrator_neither_sees_nor_helps(cast, who):
    url = page_of(cast, "doi")
    assert "Bước thứ hai" not in cast.at(who).get(url).content.decode()
    for form in ("dang-nhap", "uy-quyen", "lay-lai"):
        assert sent(cast.at(who), f"{url}{form}/", what="stop", reason="x").status_code == 403


def test_nobody_helps_himself_or_who_acts_beyond_his_reach(cast):
    """With another's password he would have another's rights."""
    assert sent(cast.at("quantri"), f"{page_of(cast, 'quantri')}dang-nhap/", what="stop", reason="x").status_code == 404
    desk, url = cast.at("quantri_xa"), f"{page_of(cast, 'xa')}dang-nhap/"
    assert desk.get(url).status_code == 200
    appoint(official=cast.officials["xa"], body=Body.objects.get(key="BDT-04"), post="Biệt phái (ví dụ)",
            role=Role.SPECIALIST, reach=Place.objects.get(key="04"), by=SYSTEM)  # fmt: skip
    for form in ({"what": "password", "password": NEXT, "reason": "x"}, {"what": "stop", "reason": "x"}):
        assert sent(desk, url, **form).status_code == 404
    assert enter("xa", PASSWORD) == 302 and sent(desk, f"{page_of(cast, 'tinh')}dang-nhap/").status_code == 404
    assert locks.locked_until(cast.officials["xa"].user) is None


def test_a_post_is_lent_for_some_days_and_taken_back(cast):
    desk, url, deputy = cast.at("quantri"), page_of(cast, "tinh"), cast.officials["doc"]
    today = timezone.localdate()
    assert not may(deputy, "files.hand_in", today)
    form = drawn(tree(desk.get(f"{url}uy-quyen/"))) | {"deputy": "doc", "last": day(0), "cites": "05/GUQ-VD"}
    done = desk.post(f"{url}uy-quyen/", form)
    assert done.status_code == 302 and desk.post(f"{url}uy-quyen/", form)["Location"] == done["Location"]
    assert Delegation.objects.count() == 1 and may(deputy, "files.hand_in", today)
    assert not may(deputy, "files.hand_in", today + timedelta(days=1)), "the last day is the last"
    for shown in (url, page_of(cast, "doc")):
        ((_post, holder, acts, *_more, cites),) = rows(tree(desk.get(shown)), "entrusted")
        assert (holder, acts, cites) == ("Cán bộ tinh (ví dụ)", "Cán bộ doc (ví dụ)", "05/GUQ-VD")
    back = drawn(tree(desk.get(f"{url}lay-lai/"))) | {"last": day(-1), "reason": "về sớm"}
    assert desk.post(f"{url}lay-lai/", back).status_code == 302 and not may(deputy, "files.hand_in", today)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"deputy": "khong.co"}, "Không có cán bộ nào trong phạm vi"),
        ({"deputy": "tinh"}, "phải là người khác"),
        ({"last": day(-3)}, "đứng trước ngày đầu"),
        ({"last": day(900)}, "dài hơn một năm"),
        ({"cites": ""}, "Trường này là bắt buộc"),
        ({"posting": "999999"}, "Không có lựa chọn này"),
    ],
)
def test_what_cannot_be_lent_is_told_and_what_was_typed_stays(cast, change, sentence):
    desk, url = cast.at("quantri"), f"{page_of(cast, 'tinh')}uy-quyen/"
    form = drawn(tree(desk.get(url))) | {"deputy": "doc", "last": day(2), "cites": "05/GUQ-VD"} | change
    refused = desk.post(url, form)
    assert refused.status_code == 422 and sentence in said(tree(refused)) and not Delegation.objects.exists()
    assert drawn(tree(refused))["deputy"] == form["deputy"]


def test_a_communes_administrator_lends_no_post_to_or_of_somebody_beyond_it(cast):
    desk, url = cast.at("quantri_xa"), f"{page_of(cast, 'xa')}uy-quyen/"
    form = drawn(tree(desk.get(url))) | {"deputy": "tinh", "last": day(2), "cites": "05/GUQ-VD"}
    assert "trong phạm vi" in said(tree(desk.post(url, form)))
    other = cast.officials["tinh"].postings.get().pk
    assert desk.post(url, {**form, "deputy": "quantri_xa", "posting": other}).status_code == 422
    assert not Delegation.objects.exists() and Body.objects.filter(key=COMMUNE).exists()
