"""Several writers at once: each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

PATIENCE = 60  # seconds, for all of them together; whoever waits longer waits for ever


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
