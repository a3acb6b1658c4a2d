"""The first page of a process that was warmed, and the first after an act, ask at most twenty questions.

Pages of figures stand apart: their answers are read from the sealed cube and kept as they are drawn.
"""

from __future__ import annotations

import functools
import gc

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vungcao.cube import atoms, cautions
from vungcao.cube.kept import Answers
from vungcao.desk.navigation import AREAS
from vungcao.desk.tests.pages.cast import Cast
from vungcao.desk.warming import warm
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.remembering import Remembered, _tables
from vungcao.ledger import moving, regions, spending, spoken

MOST = 20
FIGURES = {"desk:overview", "desk:matrix", "desk:course", "desk:briefing", "desk:chain"}
pytestmark = pytest.mark.django_db


def forget_everything() -> None:
    """As a process is when it begins: nothing of the database in memory."""
    for one in gc.get_objects():
        if issubclass(type(one), Remembered | Answers):
            one._answers.clear()
        elif type(one) is functools._lru_cache_wrapper and f"{one.__module__}".startswith("vungcao."):
            one.cache_clear()
    for kept in (spoken._kept, regions._kept, moving._last, moving._newest, spending._covers, spending._handed):
        kept.clear()
    atoms._kept.clear()
    cautions._kept.clear()
    _tables.forget()


def asked(client: Client, name: str) -> tuple[int, int]:
    """Status of a page, and how many questions it asked."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(name))
    return response.status_code, len(queries)


def test_no_first_page_asks_more_than_twenty_questions(cast: Cast):
    client = Client()
    client.force_login(cast.specialist)
    client.get(reverse("account"))  # when the session was first seen is noted once
    found: dict[str, tuple[int, int]] = {}
    for name in [page.name for area in AREAS for page in area.pages if page.name not in FIGURES]:
        forget_everything()
        warm()
        status, cold = asked(client, name)
        if status == 403:  # another post's
            continue
        with acting("test.something", by=SYSTEM):
            pass
        again, after = asked(client, name)
        assert status == again == 200, name
        found[name] = cold, after
    assert len(found) >= 8 and "desk:home" in found and "desk:van-ban-den" in found
    assert not {name: counts for name, counts in found.items() if max(counts) > MOST}, found
