"""The small cast, and a way to try something and take it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make
from vungcao.cube.sealed import answering


@pytest.fixture(scope="module")
def cast_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)


@pytest.fixture
def cast(cast_once: Cast, db: None) -> Cast:
    """The cast, made once a module; each test undoes what it does itself."""
    return cast_once


@pytest.fixture
def of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Files of this test only, a day after all that happens, and nothing kept from another world."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 1))
    answering._held.clear()
    yield
    answering._held.clear()
