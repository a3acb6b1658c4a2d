"""Money given by several days is summed in one question, and is what each day says when it is asked alone."""

from __future__ import annotations

from datetime import date
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from vungcao.cube import atoms
from vungcao.cube.tests import ugly
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number

DAYS = [date(year, month, 15) for year in (2021, 2024, 2026) for month in (1, 4, 7, 12)]
WHATS = ("ttg", "council", "assigned", "adjusted", "with_carry_over")
ASKED = [(day, what, state) for what in WHATS for state in ("draft", "received") for day in DAYS]


def said(known: int) -> list[list[atoms.Atom]]:
    atoms._kept.clear()
    return [atoms.given(day, known=known, state=state, what=what) for day, what, state in ASKED]


def test_days_read_together_say_what_each_says_alone(cast):
    ugly.play(cast, Random(11), 30)
    earlier = last_number()
    ugly.play(cast, Random(12), 20)
    for known in (earlier, last_number()):
        alone = said(known)
        with one_moment(), CaptureQueriesContext(connection) as asked:
            atoms.read_ahead(DAYS)
            together = said(known)
        assert together == alone
        assert len({len(found) for found in alone}) > 3
        summed = sum('SUM("ledger_entry"."dong")' in query["sql"] for query in asked)
        assert summed == len(ASKED) / len(DAYS)
