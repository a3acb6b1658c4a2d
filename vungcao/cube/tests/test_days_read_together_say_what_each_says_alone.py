"""Money, papers and spending of several days are read in one question, and are what each day says when asked alone."""

from __future__ import annotations

from datetime import date
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from vungcao.bodies.reach import Reach
from vungcao.cube import atoms
from vungcao.cube.figures import FigureQuery, Row, scanned
from vungcao.cube.tests import ugly
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number
from vungcao.ledger import ahead, spending
from vungcao.ledger.models import Basis

DAYS = [date(year, month, 15) for year in (2021, 2024, 2026) for month in (1, 4, 7, 12)]
WHATS = ("ttg", "council", "assigned", "adjusted", "with_carry_over")
BASES = (Basis.YEAR, Basis.PHASE)
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
            ahead.read_ahead(DAYS)
            together = said(known)
        assert together == alone
        assert len({len(found) for found in alone}) > 3
        summed = sum('SUM("ledger_entry"."dong")' in query["sql"] for query in asked)
        assert summed == len(ASKED) / len(DAYS) - 2  # the year's own money is among all of it, in both states


def spent(known: int) -> list[list[atoms.Atom]]:
    atoms._kept.clear()
    spending._covers.clear()
    walks = [(day, basis, state) for basis in BASES for state in ("draft", "received") for day in ugly.DAYS]
    return [atoms.spent(day, known=known, state=state, basis=basis) for day, basis, state in walks]


def test_spending_of_days_read_together_is_what_each_says_alone(cast):
    ugly.play(cast, Random(13), 60)
    earlier = last_number()
    ugly.play(cast, Random(14), 30)
    for known in (earlier, last_number()):
        alone = spent(known)
        with one_moment(), CaptureQueriesContext(connection) as asked:
            ahead.read_ahead(ugly.DAYS, *BASES)
            together = spent(known)
        assert together == alone
        assert len({len(found) for found in alone}) > 3
        assert (
            1 <= sum('"ledger_statementline"."disbursed_dong"' in query["sql"] for query in asked) <= 2
        )  # a state each


def test_papers_of_days_read_together_are_those_of_each_day_alone(cast):
    ugly.play(cast, Random(11), 80)
    earlier = last_number()
    ugly.play(cast, Random(12), 40)

    def told(known: int) -> list[list[Row]]:
        queries = [FigureQuery("disbursement", day, known=known, year=day.year, by=("body",)) for day in ugly.DAYS]
        return [scanned(query, Reach.all_for_operator()).rows for query in queries]

    for known in (earlier, last_number()):
        alone = told(known)
        with one_moment(), CaptureQueriesContext(connection) as asked:
            ahead.read_ahead(ugly.DAYS)
            together = told(known)
        assert together == alone
        assert len({row.denominator.voucher for rows in alone for row in rows if row.denominator}) > 3
        assert sum('SELECT DISTINCT "ledger_entry"."account_id"' in query["sql"] for query in asked) == 1
