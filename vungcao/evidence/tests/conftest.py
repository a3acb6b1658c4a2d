"""What the tests of evidence share: writing something under an act, raw SQL, and the tables that are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Source, SourceKind

Write = Callable[[str], Source]


@pytest.fixture
def write() -> Write:
    """Write one paper under an act of its own."""

    def write_one(name: str) -> Source:
        with acting("test.written", by=SYSTEM) as act:
            return Source.objects.create(act=act, kind=SourceKind.PAPER, name=name)

    return write_one


@pytest.fixture
def sql() -> Callable[..., int]:
    """Run one statement as somebody at a database prompt would; returns how many rows it touched."""

    def run(text: str, *values: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute(text, values or None)
            return int(cursor.rowcount)

    return run
