"""Which statements figures count on a day: the latest up to it, as known, in the state asked for, by rank."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies import actions as bodies
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.queries import last_number
from vungcao.ledger.actions import order_reporters
from vungcao.ledger.models import Basis
from vungcao.ledger.spending import spending_on, spoke_since
from vungcao.programme.models import Component

JUNE, SEPTEMBER, OCTOBER = date(2024, 6, 30), date(2024, 9, 30), date(2024, 10, 15)


@pytest.fixture
def district(cast):
    return cast.region(place="h1", source="*:*")


def counted(on: date, **about) -> dict[str, int]:
    """What counts, by the reporter's own amount: đồng of the roots."""
    about = {"known": None, "state": "received", "basis": Basis.YEAR, **about}
    return sorted(one.said.dong for one in spending_on(on, **about).roots)


def test_a_statement_for_june_that_arrives_after_the_one_for_september_changes_nothing_at_september(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    assert (counted(JUNE), counted(SEPTEMBER)) == ([], [30])
    cast.state([(district, 20)], coverage=district, as_of=JUNE)
    assert (counted(JUNE), counted(SEPTEMBER), counted(OCTOBER)) == ([20], [30], [30])


def test_a_corrected_statement_changes_todays_figure_and_not_the_figure_as_known_before(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    before = last_number()
    cast.state([(district, 33)], coverage=district, as_of=SEPTEMBER, corrects=True)
    assert (counted(OCTOBER), counted(OCTOBER, known=before), counted(OCTOBER, known=before - 3)) == ([33], [30], [])


def test_a_correction_under_way_never_alters_the_reading_that_stands(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    draft = cast.state([(district, 33)], coverage=district, as_of=SEPTEMBER, corrects=True, state="draft")
    assert counted(OCTOBER) == [30]
    assert counted(OCTOBER, state="draft") == [33]
    bodies.reach(draft.batch, "received", by=SYSTEM)
    assert counted(OCTOBER) == [33]
    bodies.reach(draft.batch, "returned", reason="sai mẫu", by=SYSTEM)
    assert counted(OCTOBER) == [30], "what was returned has left the line, and the earlier edition stands again"


def test_a_statement_counts_from_the_state_asked_for_on(cast, district):
    statement = cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    assert counted(OCTOBER, state="reconciled") == []
    number = last_number()
    bodies.reach(statement.batch, "reconciled", by=SYSTEM)
    assert counted(OCTOBER, state="reconciled") == [30]
    assert counted(OCTOBER, state="reconciled", known=number) == []


def test_treasury_and_unit_differ_on_one_day_and_both_are_seen(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    cast.state([(district, 28)], coverage=district, as_of=SEPTEMBER, reporter="KB")
    found = spending_on(OCTOBER)
    assert [one.said.dong for one in found.admitted] == [30]
    assert [(one.said.dong, [met.said.dong for met in one.met]) for one in found.asserted] == [(28, [30])]


def test_the_order_of_reporters_of_a_programme_says_whose_word_counts(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    cast.state([(district, 28)], coverage=district, as_of=SEPTEMBER, reporter="KB")
    before = last_number()
    order_reporters(Component.objects.get(code="CT"), {"treasury": 1, "district": 2}, since=OCTOBER, by=SYSTEM)
    assert counted(OCTOBER) == [28]
    assert counted(SEPTEMBER) == [30], "the order is dated"
    assert counted(OCTOBER, known=before) == [30], "and known from its act on"


def test_a_line_inside_another_is_detail_and_the_difference_is_not_split(cast, district):
    lines = [(district, 30), (cast.region(place="x1", source="*:*"), 12), (cast.region(place="x2", source="*:*"), 8)]
    cast.state(lines, coverage=district, as_of=SEPTEMBER)
    found = spending_on(OCTOBER)
    assert counted(OCTOBER) == [30]
    assert sorted(one.own_dong for one in found.admitted) == [8, 10, 12]


def test_a_statement_wider_than_one_programme_only_asserts(cast):
    wide = cast.region("*", source="*:*")
    cast.state([(wide, 100), (cast.region("CT", source="*:*"), 40)], coverage=wide, as_of=SEPTEMBER, reporter="STC")
    assert counted(OCTOBER) == []
    assert sorted(one.said.dong for one in spending_on(OCTOBER).asserted) == [40, 100]


def test_bases_do_not_mix(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    cast.state([(district, 300)], coverage=district, as_of=SEPTEMBER, basis=Basis.PHASE)
    assert (counted(OCTOBER), counted(OCTOBER, basis=Basis.PHASE)) == ([30], [300])


def test_who_spoke_is_known_by_day_programme_and_year_of_use(cast, district):
    cast.state([(district, 30)], coverage=district, as_of=SEPTEMBER)
    wanted = {(cast.bodies["UBND-h1"], cast.components["CT"])}
    about = {"known": None, "state": "received"}
    assert spoke_since(OCTOBER, since=SEPTEMBER, year_use=2024, **about) == wanted
    assert spoke_since(OCTOBER, since=OCTOBER, year_use=2024, **about) == set()
    assert spoke_since(OCTOBER, since=SEPTEMBER, year_use=2023, **about) == set()
