"""Cao Bằng's places and bodies, loaded once a module; each test undoes what it does itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from vungcao.bodies import actions, loading
from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.evidence.reference_rows import Loaded
from vungcao.territory import loading as territory


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        territory.load(by=SYSTEM)
        yield loading.load(by=SYSTEM)
        transaction.set_rollback(True)


@pytest.fixture
def cao_bang(loaded_once: Loaded, db: None) -> Loaded:
    return loaded_once


@pytest.fixture
def handed_in(cao_bang: Loaded) -> Callable[[str], Batch]:
    """A batch of the body of a key, just handed in."""

    def make(key: str = "UBND-04.043") -> Batch:
        with acting("test.handed_in", by=SYSTEM) as act:
            paper = cite(act=act, kind="workbook", name="ví dụ.xlsx")
            body = Body.objects.get(key=key)
            return actions.hand_in(body=body, kind="statement", period="2021", source=paper, sheet="BM01", act=act)

    return make
