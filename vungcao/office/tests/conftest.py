"""Cao Bằng's places and bodies, loaded once a module; lines as an invented clerk would say them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from vungcao.bodies import loading as bodies
from vungcao.bodies.models import Body
from vungcao.evidence.actions import SYSTEM
from vungcao.office.actions import record_document
from vungcao.office.models import Incoming, Outgoing
from vungcao.territory import loading as territory


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        territory.load(by=SYSTEM)
        bodies.load(by=SYSTEM)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def board(loaded_once: None, db: None) -> Body:
    return Body.objects.get(key="BDT-04")


def letter(no: str = "7", **about: object) -> Outgoing:
    """A document out, unsaved."""
    said = {"symbol": "CV-VD", "dated": date(2025, 3, 3), "summary": "V/v đôn đốc báo cáo (ví dụ)", "signer": "Ví Dụ A"}
    return Outgoing(said_no=no, **{**said, **about})


def arrival(no: str = "7", **about: object) -> Incoming:
    """A document in, unsaved."""
    said = {
        "arrived": date(2025, 2, 3),
        "sender": "UBND xã Ví Dụ",
        "their_number": "9/UBND-VD",
        "summary": "Xin (ví dụ)",
    }
    return Incoming(said_no=no, **{**said, **about})


@pytest.fixture
def sent(board: Body) -> Callable[..., Outgoing]:
    return lambda no="7", **about: record_document(letter(no, **about), body=board, by=SYSTEM)


@pytest.fixture
def came(board: Body) -> Callable[..., Incoming]:
    return lambda no="7", **about: record_document(arrival(no, **about), body=board, by=SYSTEM)
