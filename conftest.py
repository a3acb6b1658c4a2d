"""Plumbing for every room's tests: nothing here knows the domain."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests.site import CHROMIUM, chromium

NEEDS = {
    "browser": CHROMIUM,
    "office": ("soffice", "libreoffice"),
}

LATER = (
    "vungcao/desk/tests/pages/",
    "vungcao/desk/tests/registers/",
    "vungcao/users/",
    "vungcao/reports/",
    "tests/test_the_first_thread.py",
    "tests/test_every_number_has_its_thread.py",
)
"""What stands above the rooms: PostgreSQL is asked by `make test-slow`; the SQL is the rooms', asked there each time.

A test here that is about locks, or about SQL of its own, is marked `each_database`.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--nothing-missing", action="store_true", help="fail, do not skip, where Chromium or LibreOffice is absent"
    )
    parser.addoption(
        "--only-database",
        choices=("all", "soon", "later"),
        help="run only the tests that touch the database (for the second one): all, those of `make test`, the others",
    )


LAST_SECONDS = 120
"""Before midnight in Cao Bằng no test begins: one whose day changes under it asks for today twice and gets two days."""


def pytest_configure(config: pytest.Config) -> None:
    _flush_past_the_guard()
    _hash_passwords_cheaply()
    # How long one example takes is said by what else the machine does; a test that means a time measures it itself.
    settings.register_profile("vungcao", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("vungcao")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if when := config.getoption("--only-database"):
        away = [item for item in items if not _asked_again(item, when)]
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if _asked_again(item, when)]


def _asked_again(item: pytest.Item, when: str) -> bool:
    if not _touches_database(item):
        return False
    later = item.nodeid.startswith(LATER) and not item.get_closest_marker("each_database")
    return when == "all" or later == (when == "later")


def pytest_runtest_setup(item: pytest.Item) -> None:
    _let_the_day_end()
    for marker, programs in NEEDS.items():
        if item.get_closest_marker(marker) and not any(shutil.which(program) for program in programs):
            stop = pytest.fail if item.config.getoption("--nothing-missing") else pytest.skip
            stop(f"needs {' or '.join(programs)}; see scripts/system_needs.sh")


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A page asked for in English leaves its language in the thread; the next test begins in Vietnamese, and what this
    one asked for in the minute is not counted against its user, whose key may be the same.
    """
    translation.deactivate()
    cache.clear()


def _let_the_day_end() -> None:
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    left = 86_400 - (now.hour * 3600 + now.minute * 60 + now.second)
    if left <= LAST_SECONDS:
        time.sleep(left)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless, one for each process; who uses it marks the test `browser`."""
    with pytest.MonkeyPatch.context() as patch, chromium() as opened:
        # The driver keeps an event loop in this thread, and Django would take every query for an asynchronous one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield opened


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    if item.get_closest_marker("django_db"):
        return True
    if {"db", "transactional_db", "live_server", "django_db_setup"} & set(getattr(item, "fixturenames", ())):
        return True
    return isinstance(cls := getattr(item, "cls", None), type) and issubclass(cls, TransactionTestCase)


def _hash_passwords_cheaply() -> None:
    """Argon2 as it stands, at its least cost: a quarter of a second for each account of each test buys nothing."""
    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 8
    Argon2PasswordHasher.parallelism = 1


def _flush_past_the_guard() -> None:
    """A transactional test ends by emptying every table, which the append-only triggers would refuse."""
    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with _guard_lifted():
            plain(self)

    TransactionTestCase._fixture_teardown = teardown


@contextlib.contextmanager
def _guard_lifted() -> Iterator[None]:
    """On PostgreSQL the tests' own role may let its triggers sleep; two hundred need not be made anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = origin")
        return
    guard = importlib.import_module("vungcao.evidence.guard")
    with guard.lifted():
        yield
