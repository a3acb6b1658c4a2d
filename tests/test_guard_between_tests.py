"""The guard on kept rows is lifted only while a transactional test's tables are emptied, on both databases."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from vungcao.evidence import guard
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Source, SourceKind


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_kept_rows_are_emptied_and_the_guard_stands_again(turn):
    """The second turn finds no row of the first, and every trigger in its place."""
    assert not Source.objects.exists()
    assert guard.missing() == []
    with acting("test.kept", by=SYSTEM) as act:
        Source.objects.create(act=act, kind=SourceKind.PAPER, name=f"ví dụ {turn}")
    with pytest.raises(DatabaseError, match="HISTORY_IS_KEPT"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_source")
    assert Source.objects.count() == 1
