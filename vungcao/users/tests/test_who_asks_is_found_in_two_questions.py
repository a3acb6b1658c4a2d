"""Session and account of every request: put together once, found as Django finds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import timezone

from vungcao.users.models import User
from vungcao.users.sessions import SessionStore

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


@pytest.fixture
def user():
    return User.objects.create_user("mot")


def test_an_account_comes_with_whose_it_is(user, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = User.objects.get(pk=f"{user.pk}")
        assert found == user and getattr(found, "official", None) is None


def test_an_account_that_is_not_there_is_told_as_ever(user):
    for key in (user.pk + 1, None):
        with pytest.raises(User.DoesNotExist):
            User.objects.get(pk=key)
    with pytest.raises(ValueError, match="expected a number"):
        User.objects.get(pk="x")


def test_of_a_group_only_those_in_it_are_found(user):
    with pytest.raises(User.DoesNotExist):
        Group.objects.create(name="nhóm").user_set.get(pk=user.pk)


def test_an_account_is_read_anew_each_time(user):
    User.objects.get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not User.objects.get(pk=user.pk).is_active


def test_a_session_is_found_until_it_runs_out_or_is_ended(user, django_assert_num_queries):
    assert SessionStore.__module__ == settings.SESSION_ENGINE
    kept = SessionStore()
    kept["what"] = "đây"
    kept.save()
    with django_assert_num_queries(1):
        assert SessionStore(kept.session_key)["what"] == "đây"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    gone = SessionStore(kept.session_key)
    assert gone.get("what") is None and gone.session_key is None
    kept.save()
    assert SessionStore(kept.session_key)["what"] == "đây"
    kept.delete()
    assert SessionStore(kept.session_key).get("what") is None
