"""Cao Bằng's places and bodies, six invented officials, and documents in the registers of two bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from vungcao.bodies import loading as bodies
from vungcao.bodies.actions import create_official
from vungcao.bodies.models import Body, Official, Role
from vungcao.evidence.actions import SYSTEM
from vungcao.office.actions import record_document
from vungcao.office.models import Incoming, Outgoing
from vungcao.office.tests.conftest import arrival, letter
from vungcao.programme import loading as programme
from vungcao.territory import loading as territory
from vungcao.territory.models import Place

TODAY = date(2026, 6, 1)  # of the tests that keep registers of reference
COMMUNE = "UBND-01321@2025-07-01"
POSTS = {
    "tinh": ("BDT-04", Role.SPECIALIST, "04"),
    "doi": ("BDT-04", Role.SPECIALIST, "04"),
    "doc": ("BDT-04", Role.READER, "04"),
    "quantri": ("BDT-04", Role.ADMIN, "04"),
    "xa": (COMMUNE, Role.ENTRY, "01321@2025-07-01"),
    "quantri_xa": (COMMUNE, Role.ADMIN, "01321@2025-07-01"),
}


def lay(opened: Workbook, sheet: Worksheet, heads: Sequence[str], lines: Sequence[Sequence[Any]], at: int = 0) -> None:
    """A table on a sheet, its heads in row ``at`` (from 0); days as Excel has them."""
    day = opened.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(at, 0, heads)
    for row, line in enumerate(lines, at + 1):
        for column, cell in enumerate(line):
            sheet.write(row, column, cell, day) if isinstance(cell, date) else sheet.write(row, column, cell)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        territory.load(by=SYSTEM)
        bodies.load(by=SYSTEM)
        programme.load(by=SYSTEM)
        yield
        transaction.set_rollback(True)


@dataclass
class Cast:
    """Officials by name; each signs in with ``at``."""

    officials: dict[str, Official] = field(default_factory=dict)

    def at(self, who: str) -> Client:
        client = Client()
        client.force_login(self.officials[who].user)
        return client

    def sent(self, no: str, key: str = "BDT-04", **about: object) -> Outgoing:
        return record_document(letter(no, **about), body=Body.objects.get(key=key), by=SYSTEM)

    def came(self, no: str, key: str = "BDT-04", **about: object) -> Incoming:
        return record_document(arrival(no, **about), body=Body.objects.get(key=key), by=SYSTEM)


def play() -> Cast:
    """The officials, each with one post."""
    cast = Cast()
    for name, (seat, role, reach) in POSTS.items():
        cast.officials[name] = create_official(
            username=name,
            name=f"Cán bộ {name} (ví dụ)",
            password="mat-khau-vi-du-2026",
            body=Body.objects.get(key=seat),
            post="Chuyên viên (ví dụ)",
            role=role,
            reach=Place.objects.get(key=reach),
            by=SYSTEM,
            demo=True,
        )
    return cast


@pytest.fixture
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is ``TODAY``."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def cast(loaded_once: None, db: None) -> Cast:
    return play()


@pytest.fixture
def fill(cast: Cast) -> Callable[[int], None]:
    """So many documents out of the Board, numbered from 1, on days of March."""

    def make(count: int, first: int = 1) -> None:
        for no in range(first, first + count):
            cast.sent(f"{no}", dated=date(2025, 3, 1 + no % 28), summary=f"Trích yếu ví dụ {no}")

    return make
