"""What an administrator does to an account is an act, a line of the log, and never tells a password that stands."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client

from vungcao.bodies import accounts
from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Role
from vungcao.bodies.queries import body
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import AuditRow
from vungcao.kernel.refusal import Refusal
from vungcao.territory.models import Place
from vungcao.users.models import EventKind, SignInEvent, User

GIVEN = "mat-khau-lan-dau-vi-du"


@pytest.fixture
def mai(cao_bang) -> User:
    return made("mai").user


def made(username: str, **more):
    return create_official(
        username=username, name="Cán bộ Ví Dụ", password=GIVEN, body=body("BDT-04"), post="Chuyên viên (ví dụ)",
        role=Role.SPECIALIST, reach=Place.objects.get(key="04"), by=SYSTEM, **more,
    )  # fmt: skip


def entered(password: str) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"username": "mai", "password": password, "next": "/tai-khoan/"})
    return client


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_who_is_given_a_password_must_change_it_and_an_account_for_trying_out_need_not(mai):
    assert mai.must_choose_password and mai.password_given_at
    trying = made("thu", demo=True).user
    assert trying.is_demo and not trying.must_choose_password
    accounts.give_first_password(trying, by=SYSTEM)
    assert trying.must_choose_password, "from then on it is an account like any other"


def test_a_first_password_is_told_once_must_be_changed_and_ends_what_was_open(mai):
    was_open = entered(GIVEN)
    assert is_in(was_open)
    told = accounts.give_first_password(mai, by=SYSTEM)
    assert len(told) == 19 and told != accounts.give_first_password(mai, by=SYSTEM)
    last = accounts.give_first_password(mai, by=SYSTEM)
    assert not is_in(was_open) and not is_in(entered(GIVEN)) and is_in(entered(last))
    mai.refresh_from_db()
    assert mai.must_choose_password
    written = [*AuditRow.objects.values(), *SignInEvent.objects.values()]
    assert last not in str(written) and GIVEN not in str(written)


def test_the_door_is_opened_before_its_time(mai):
    for _try in range(5):
        entered("sai")
    assert not is_in(entered(GIVEN))
    accounts.unlock(mai, by=SYSTEM)
    assert is_in(entered(GIVEN))


def test_who_lost_phone_and_codes_signs_in_with_the_password_again(mai):
    Authenticator.objects.create(user=mai, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=mai, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert accounts.remove_second_factors(mai, by=SYSTEM) == 2
    assert not Authenticator.objects.exists()
    audit = AuditRow.objects.get(verb="account.factors_removed")
    assert (audit.before, audit.after) == ({"factors": ["recovery_codes", "totp"]}, {"factors": []})


def test_a_stopped_account_is_out_at_once_and_can_be_opened_again(mai):
    was_open = entered(GIVEN)
    accounts.stop(mai, active=False, by=SYSTEM)
    assert not is_in(was_open) and not is_in(entered(GIVEN))
    accounts.stop(mai, active=True, by=SYSTEM)
    assert is_in(entered(GIVEN))


def test_a_link_belongs_to_one_account_and_is_taken_back_whole(mai):
    other = made("long").user
    accounts.link(mai, " Mai@Example.vn ", by=SYSTEM)
    accounts.link(mai, "can-bo-1", by=SYSTEM)
    assert EmailAddress.objects.get().email == "mai@example.vn" and EmailAddress.objects.get().verified
    assert SocialAccount.objects.get().provider == settings.OIDC_PROVIDER
    for said in ("mai@example.vn", "can-bo-1"):
        with pytest.raises(Refusal, match="đã gắn với tài khoản khác"):
            accounts.link(other, said, by=SYSTEM)
    with pytest.raises(Refusal, match="không phải địa chỉ"):
        accounts.link(other, "a@b@c", by=SYSTEM)
    accounts.unlink(mai, by=SYSTEM)
    assert not EmailAddress.objects.exists() and not SocialAccount.objects.exists()


def test_a_second_address_opens_the_same_door(mai):
    for said in ("mai@example.vn", "mai.moi@example.vn", "mai@example.vn"):
        accounts.link(mai, said, by=SYSTEM)
    held = EmailAddress.objects.filter(user=mai, verified=True).values_list("email", "primary")
    assert set(held) == {("mai@example.vn", True), ("mai.moi@example.vn", False)}


def test_each_is_an_act_whose_audit_names_no_person_and_a_line_of_the_log(mai):
    accounts.give_first_password(mai, by=SYSTEM)
    accounts.unlock(mai, by=SYSTEM)
    accounts.end_sessions(mai, by=SYSTEM)
    rows = AuditRow.objects.filter(verb__startswith="account.")
    assert {one.verb for one in rows} == {"account.password_given", "account.unlocked", "account.sessions_ended"}
    assert {one.key for one in rows} == {str(mai.pk)} and "mai" not in str([one.after for one in rows])
    told = set(SignInEvent.objects.filter(user=mai).values_list("kind", flat=True))
    assert {EventKind.PASSWORD_GIVEN, EventKind.UNLOCKED} <= told


def test_no_such_account_is_a_sentence(cao_bang):
    with pytest.raises(Refusal, match=r"Không có tài khoản “khong\.co”"):
        accounts.account("khong.co")
