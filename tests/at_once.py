"""Several writers at once: each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

PATIENCE = 180  # seconds; whoever waits longer waits for ever, however busy the machine


def only_on_postgresql(why: str = "SQLite lets one writer in at a time") -> None:
    """Skip the test on SQLite, which has one writer (and in memory one connection), or for the reason given."""
    if connection.vendor != "postgresql":
        pytest.skip(why)  # the half on PostgreSQL runs it


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in a thread, begun together; what each returned or raised. Fails where one does not come back."""
    ended: list[object] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int) -> None:
        try:
            gate.wait(PATIENCE)
            ended[place] = works[place]()
        except BaseException as error:
            ended[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    waiting = [place for place, thread in enumerate(threads) if thread.is_alive()]
    assert not waiting, f"these did not come back in {PATIENCE} s: {waiting} of {len(works)}"
    return ended


_WAITING = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid() AND pid IN
        (SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""  # of this database: another process of the tests has its own on the same server


class Between:
    """One stands still where he has looked and has not written yet, while another does all of his; on PostgreSQL.

    The second begins once the first stands, and the first goes on once the second is through or waits behind him.
    """

    def __init__(self) -> None:
        self._looked, self._through = threading.Event(), threading.Event()

    def stops(self, patch: pytest.MonkeyPatch, thing: object, name: str, *, before: bool = False) -> None:
        """The first who calls ``thing.name`` stands still once he has his answer (or ``before`` he asks); nobody who
        calls it later does.
        """
        real = getattr(thing, name)

        def late(*about: Any, **more: Any) -> Any:
            patch.undo()
            if before:
                self._stand()
            told = real(*about, **more)
            if not before:
                self._stand()
            return told

        patch.setattr(thing, name, late)

    def _stand(self) -> None:
        self._looked.set()
        with connection.cursor() as cursor:
            for _look in range(PATIENCE * 100):
                cursor.execute(_WAITING)
                if cursor.fetchone()[0] or self._through.wait(0.01):
                    return
        raise AssertionError(f"the other neither came through nor waited in {PATIENCE} s")

    def run(self, first: Callable[[], object], second: Callable[[], object]) -> list[object]:
        """What each of the two returned or raised."""
        return at_once(first, lambda: self._after_the_look(second))

    def _after_the_look(self, second: Callable[[], object]) -> object:
        assert self._looked.wait(PATIENCE), "the first did not come to where he looks"
        try:
            return second()
        finally:
            self._through.set()
