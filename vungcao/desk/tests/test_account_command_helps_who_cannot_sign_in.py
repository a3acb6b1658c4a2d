"""`vungcao account`: exit codes, JSON of a fixed shape, and what an administrator reads."""

from __future__ import annotations

import json

import pytest

from vungcao.desk.commands import accounting
from vungcao.intake.tests.conftest import cao_bang, loaded_once
from vungcao.users.models import SignInEvent, User

pytestmark = pytest.mark.django_db
__all__ = ["cao_bang", "loaded_once"]  # fixtures of the door's own tests
ROW = {"account", "name", "role", "state", "factors", "last"}
NEW = ("account", "mai", "--create", "--named", "Cán bộ ví dụ", "--body", "BDT-04", "--post", "Chuyên viên",
       "--role", "specialist", "--reach", "04")  # fmt: skip


@pytest.fixture
def said(commanding):
    """Run `vungcao …`: (exit code, what was printed)."""
    return commanding(accounting)


def answer(said, *words):
    code, printed = said(*words, "--json")
    assert code == 0, printed.err
    return json.loads(printed.out)


def enter(client, password):
    return client.post("/dang-nhap/", {"username": "mai", "password": password, "next": "/tai-khoan/"})


def test_an_account_is_made_with_a_password_that_works_once_to_choose_ones_own(said, cao_bang, client):
    made = answer(said, *NEW)
    assert set(made) == {"account", "said", "first_password"} and set(made["account"]) == ROW
    assert (made["account"]["state"], made["account"]["role"]) == ("phải đổi mật khẩu", "Chuyên viên tổng hợp")
    assert enter(client, made["first_password"])["Location"] == "/tai-khoan/"
    assert client.get("/")["Location"] == "/tai-khoan/mat-khau/?next=%2F"


def test_what_is_missing_or_unknown_is_named(said, cao_bang):
    code, printed = said("account", "mai", "--create", "--body", "BDT-04")
    assert code == 2 and "--named, --post, --role, --reach" in printed.err
    code, printed = said(*[("KHONG-CO" if word == "BDT-04" else word) for word in NEW])
    assert code == 2 and "đơn vị “KHONG-CO”" in printed.err
    code, printed = said("account", "khong.co", "--unlock")
    assert code == 2 and "Không có tài khoản “khong.co”" in printed.err
    assert not User.objects.exists()


def test_a_locked_account_is_seen_in_the_list_and_unlocked(said, cao_bang, client):
    password = answer(said, *NEW)["first_password"]
    for _try in range(5):
        enter(client, "sai")
    [row] = answer(said, "account")["accounts"]
    assert row["state"].startswith("khóa đến ")
    code, printed = said("account", "mai", "--unlock")
    assert code == 0 and "Đã mở khóa" in printed.out
    assert enter(client, password).status_code == 302


def test_the_log_is_read_whole_or_for_one_account(said, cao_bang, client):
    answer(said, *NEW)
    enter(client, "sai")
    client.post("/dang-nhap/", {"username": "khac", "password": "sai"})
    whole, one = answer(said, "account", "--log")["events"], answer(said, "account", "mai", "--log")["events"]
    assert [event["account"] for event in whole] == ["", "mai"] and [event["kind"] for event in one] == ["failed"]
    assert set(one[0]) == {"at", "account", "kind", "said", "means", "by", "address", "device"}
    _code, printed = said("account", "--log")
    assert "Mật khẩu sai" in printed.out


def test_without_a_verb_it_only_tells_and_never_a_password(said, cao_bang):
    password = answer(said, *NEW)["first_password"]
    code, printed = said("account", "mai")
    assert code == 0 and "phải đổi mật khẩu" in printed.out and password not in printed.out
    assert not SignInEvent.objects.exists()
