"""Two people with accounts (ví dụ), and the ways in."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from vungcao.users.models import EventKind, SignInEvent, User

PASSWORD = "mat-khau-vi-du-2026"


@pytest.fixture(autouse=True)
def _no_rate_left_over():
    cache.clear()


@pytest.fixture
def mai(db) -> User:
    return User.objects.create_user("mai", password=PASSWORD)


@pytest.fixture
def long(db) -> User:
    return User.objects.create_user("long", password=PASSWORD)


def enter(client: Client, username: str = "mai", password: str = PASSWORD, **more):
    """Post the sign-in form."""
    to = more.pop("next", "/tai-khoan/")
    return client.post("/dang-nhap/", {"username": username, "password": password, "next": to}, **more)


def confirm(client: Client, password: str = PASSWORD) -> None:
    """Say again who one is, before a sensitive page."""
    client.post("/tai-khoan/xac-nhan/", {"password": password, "next": "/tai-khoan/"})


def words(response) -> str:
    """The text of a page, one space between words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())).strip()


def kinds(user: User | None = None) -> list[EventKind]:
    """What the log says, oldest first."""
    rows = SignInEvent.objects.order_by("pk")
    return [EventKind(one.kind) for one in (rows.filter(user=user) if user else rows)]
