"""The overview is kept as drawn: for its official and question only, until something is written."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from vungcao.desk import views
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.users.models import User


@pytest.fixture
def drawn(monkeypatch):
    """How often the overview was drawn, by the name of its official."""
    names: list[str] = []
    page = views.page

    def drawing(request, *args, **kwargs):
        names.append(request.official.name)
        return page(request, *args, **kwargs)

    monkeypatch.setattr(views, "page", drawing)
    return names


def client_of(user: User, **about) -> Client:
    client = Client(**about)
    client.force_login(user)
    return client


def test_it_is_drawn_again_only_for_another_question_another_asker_or_a_new_act(cast, drawn):
    here, there = client_of(cast.specialist), client_of(cast.elsewhere)
    home = reverse("desk:overview")
    first, again = here.get(home), here.get(home)
    assert len(drawn) == 1 and mask(first.content) == mask(again.content)
    assert cast.elsewhere.official.name in there.get(home).content.decode()
    here.get(home, {"on": "2024-06-30"})
    assert len(drawn) == 3
    with acting("test.something", by=SYSTEM):
        pass
    here.get(home)
    assert len(drawn) == 4
    here.cookies["django_language"] = "en"
    assert 'lang="en"' in here.get(home).content.decode()


def test_the_forms_of_a_kept_page_work_for_whoever_gets_it(cast):
    home = reverse("desk:overview")
    for _ in range(2):
        client = client_of(cast.specialist, enforce_csrf_checks=True)
        page = client.get(home).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"', page)[1]
        assert client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token}).status_code == 302


def mask(page: bytes) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page)
