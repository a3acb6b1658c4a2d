"""Cao Bằng's places, bodies and indicators, loaded once a module; what a test records it undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from vungcao.bodies import actions as bodies_actions
from vungcao.bodies import loading as bodies
from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.evidence.reference_rows import Loaded
from vungcao.monitoring import loading
from vungcao.monitoring.actions import Said
from vungcao.monitoring.models import Indicator
from vungcao.territory import loading as territory
from vungcao.territory.models import Place


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        territory.load(by=SYSTEM)
        bodies.load(by=SYSTEM)
        yield loading.load(by=SYSTEM)
        transaction.set_rollback(True)


@pytest.fixture
def cao_bang(loaded_once: Loaded, db: None) -> Loaded:
    """With three invented indicators: two counts and a rate, and one that cannot be summed."""
    with acting("test.indicators", by=SYSTEM) as act:
        for code, additive, rate in [
            ("vd_a", True, False),
            ("vd_b", True, False),
            ("vd_rate", False, True),
            ("vd_high", False, False),
        ]:
            Indicator.objects.create(
                act=act, code=code, name=f"Ví dụ {code}", unit="hộ", is_additive=additive, is_rate=rate
            )
    return loaded_once


@pytest.fixture
def place(cao_bang: Loaded) -> Callable[[str], int]:
    return lambda key: Place.objects.values_list("pk", flat=True).get(key=key)


@pytest.fixture
def said(place: Callable[[str], int]) -> Callable[..., Said]:
    """A figure of a place on 31/12/2023 unless said otherwise."""

    def make(indicator: str, key: str, value: object, **about: object) -> Said:
        facts = {"period": "2023", "as_of": date(2023, 12, 31), **about}
        return Said(indicator=indicator, place_id=place(key), numerator=Decimal(str(value)), **facts)

    return make


@pytest.fixture
def handed_in(cao_bang: Loaded) -> Callable[..., Batch]:
    """A batch of a body, brought to a state."""

    def make(key: str = "UBND-04.042", state: str = "received") -> Batch:
        with acting("test.handed_in", by=SYSTEM) as act:
            paper = cite(act=act, kind="workbook", name="ví dụ.xlsx")
            batch = bodies_actions.hand_in(
                body=Body.objects.get(key=key), kind="observation", period="2023", source=paper, sheet="", act=act
            )
        if state != "draft":
            bodies_actions.reach(batch, state, by=SYSTEM)
        return batch

    return make
