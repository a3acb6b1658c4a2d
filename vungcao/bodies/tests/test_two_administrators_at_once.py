"""Two administrators at the same moment: who comes second is told, or does his on what the first has written."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from tests.at_once import Between, only_on_postgresql
from tests.cast import make
from vungcao.bodies import accounts, delegating
from vungcao.bodies.actions import create_official, release
from vungcao.bodies.models import Delegation, Official, Posting, Role
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Refusal
from vungcao.territory.models import Place
from vungcao.users.models import User

FIRST, LAST = date(2024, 3, 1), date(2024, 3, 20)


@pytest.fixture
def two(transactional_db):
    """The cast, and one who stands still; the database lets both in."""
    only_on_postgresql()
    return make(), Between()


def test_of_two_who_give_one_sign_in_the_second_is_told_in_words(two, monkeypatch):
    cast, between = two
    between.stops(monkeypatch, User.objects, "create_user", before=True)
    seat, area = cast.body("BDT"), Place.objects.get(key="vd")
    made = partial(
        create_official, username="moi", name="Cán bộ (ví dụ)", password="mat-khau-vi-du-2026", body=seat,
        post="Chuyên viên (ví dụ)", role=Role.SPECIALIST, reach=area, by=SYSTEM,
    )  # fmt: skip
    first, second = between.run(made, made)
    assert isinstance(first, Official), first
    assert isinstance(second, Refusal) and "moi đã có người dùng" in str(second), second


@pytest.mark.parametrize(
    ("said", "model", "verb"),
    [("can-bo-1", SocialAccount, "get_or_create"), ("mai@example.vn", EmailAddress, "update_or_create")],
)
def test_of_two_who_link_one_identity_the_second_is_told_whose_it_is(two, monkeypatch, said, model, verb):
    cast, between = two
    between.stops(monkeypatch, model.objects, verb, before=True)
    users = [cast.officials[name].user for name in ("tinh", "huyen")]
    first, second = between.run(*[partial(accounts.link, user, said, by=SYSTEM) for user in users])
    assert first is None, first
    assert isinstance(second, Refusal) and "đã gắn với tài khoản khác" in str(second), second
    assert model.objects.get().user == users[0]


def test_a_post_delegated_while_it_ends_takes_its_delegation_with_it(two, monkeypatch):
    cast, between = two
    between.stops(monkeypatch, delegating, "_refuse")
    posting, deputy = Posting.objects.get(official=cast.officials["tinh"]), cast.officials["huyen"]
    about = {"to": deputy, "kind": "acting", "first": FIRST, "last": LAST, "cites": "QĐ 1 (ví dụ)", "by": SYSTEM}
    made, closed = between.run(
        partial(delegating.delegate, posting, **about), partial(release, posting, last_day=date(2024, 3, 9), by=SYSTEM)
    )
    assert isinstance(made, Delegation) and isinstance(closed, Posting), (made, closed)
    (kept,) = Delegation.objects.standing()
    assert (kept.posting, kept.valid_to) == (closed, date(2024, 3, 10))
