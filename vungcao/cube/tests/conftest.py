"""The small cast, and a way to try something and take it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make


@pytest.fixture(scope="module")
def cast_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)


@pytest.fixture
def cast(cast_once: Cast, db: None) -> Cast:
    """The cast, made once a module; each test undoes what it does itself."""
    return cast_once
