"""Sealed or not, early or late: the cube answers to the đồng what reading the register through answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vungcao.bodies.reach import Reach
from vungcao.cube import checks
from vungcao.cube.figures import Answer, FigureQuery, answer, scanned
from vungcao.cube.models import Seal
from vungcao.cube.question import NotAQuestion
from vungcao.cube.sealed import answering, holding, sealing, spent
from vungcao.cube.sealed.fitting import Fit
from vungcao.cube.sealed.holding import Holding, folder
from vungcao.cube.sealed.rolling import ROLLS
from vungcao.cube.tests import ugly
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.moment import one_moment
from vungcao.evidence.queries import last_number

ALL = Reach.all_for_operator()
TODAY = date(2026, 3, 1)
pytestmark = pytest.mark.usefixtures("of_its_own")


def both(query: FigureQuery, reach: Reach) -> tuple[str, str] | None:
    """What the cube says and what the scan says, as one text each; ``None`` where the cube does not hold it."""
    try:
        wanted = json.dumps(scanned(query, reach).as_json(), sort_keys=True, ensure_ascii=False)
    except NotAQuestion:
        return None
    found = told(query, reach) if query.name == "flow" else answering.answered(query, reach)
    return None if found is None else (json.dumps(found.as_json(), sort_keys=True, ensure_ascii=False), wanted)


def told(query: FigureQuery, reach: Reach) -> Answer | None:
    """A month's spending, from the days that the cube holds."""
    return answer(query, reach) if answering.spent_of(query) else None


def compare(cast: Cast, rnd: Random, times: int, known: int | None = None) -> int:
    """Ask many questions both ways; returns how many the cube answered."""
    asked = 0
    for _ in range(times):
        query, reach = ugly.question(rnd, known), rnd.choice(ugly.reaches(cast, TODAY))
        said = both(query, reach)
        if said is not None:
            assert said[0] == said[1], query.id
            asked += 1
    return asked


@pytest.mark.parametrize("seed", [0, 1, pytest.param(2, marks=pytest.mark.slow)])
def test_any_question_on_any_day_in_any_reading_by_anybody_is_answered_alike(cast, seed):
    rnd = Random(seed)
    ugly.play(cast, rnd, 12)
    if seed % 2:
        ugly.divide(cast)
    first = sealing.seal()
    asked = compare(cast, rnd, 15)
    ugly.play(cast, rnd, 6)
    if not seed % 2:
        ugly.divide(cast)  # late: what was sealed in the old tree is read in the new one
    asked += compare(cast, rnd, 15)  # the live tail, taken in
    second = last_number()
    ugly.play(cast, rnd, 6)
    asked += compare(cast, rnd, 10)
    for known in (first.no, second):  # what was known at a seal, and between two questions
        assert answering.answered(FigureQuery("disbursement", TODAY, known=known), ALL)
        asked += compare(cast, rnd, 8, known)
    assert sealing.seal().no == last_number()
    answering._held.clear()
    for known in (None, first.no):  # what only that process knew between two seals is read from the register now
        assert answering.answered(FigureQuery("disbursement", TODAY, known=known), ALL)
        asked += compare(cast, rnd, 6, known)
    assert asked >= 40
    assert not list(checks.findings())


def test_every_roll_up_and_the_accounts_themselves_answer_alike(cast, monkeypatch):
    """Each is asked some of the questions, whole months and open ones; what a roll-up can't tell is not asked of it."""
    asked = []
    roll = Fit.roll
    monkeypatch.setattr(Fit, "roll", lambda self, **about: asked.append(roll(self, **about)) or asked[-1])
    rnd = Random(21)
    ugly.play(cast, rnd, 25)
    sealing.seal()
    assert compare(cast, rnd, 25) >= 15
    ugly.divide(cast)
    ugly.play(cast, rnd, 10)  # appended to what was rolled up
    assert compare(cast, rnd, 25) >= 15
    assert set(asked) == {"", *ROLLS}


def test_nodes_that_are_not_alike_never_stand_in_for_one_another(cast, monkeypatch):
    """Were all places, bodies and components taken for alike, answers would only come slower."""
    rnd = Random(22)
    ugly.play(cast, rnd, 25)
    ugly.divide(cast)
    monkeypatch.setattr(holding, "signatures", lambda dim, nodes: dict.fromkeys(nodes))
    sealing.seal()
    answering._held.clear()
    assert compare(cast, rnd, 30) >= 15
    held = answering.held()
    assert len(set(held.rolls.stands["place"].values())) == 1 < len(held.rolls.stands["place"])


def test_flows_kept_by_append_are_those_of_the_entries(cast):
    rnd = Random(23)
    ugly.play(cast, rnd, 10)
    sealing.seal()
    held = answering.held()
    for _ in range(6):
        ugly.play(cast, rnd, 4)
        assert answering.held() is held
    for name in ROLLS:
        flows = f"SELECT sum(dong), sum(n) FROM flows_{name}"
        assert held.run(flows) == held.run("SELECT sum(dong), sum(n) FROM given")
        by_hand = (
            "SELECT cell, year(day), month(day), level, sum(dong), sum(n) FROM "
            f"(SELECT *, DATE '1970-01-01' + dated AS day FROM given JOIN cell_of_{name} USING (account)) GROUP BY ALL"
        )
        kept = (
            "SELECT cell, year(day), month(day), level, sum(dong), sum(n) FROM "
            f"(SELECT *, DATE '1970-01-01' + month AS day FROM flows_{name}) GROUP BY ALL"
        )
        assert sorted(held.run(kept)) == sorted(held.run(by_hand))


def test_accounts_that_cancel_out_still_say_of_which_years_the_money_is(cast):
    """One account is as much below nought as the other above: their sum is nothing, and yet there is carried-over
    money.
    """
    taker, giver = (cast.region("CT", place, f"UBND-{place}", year="2025", origin="2024") for place in ("x1", "x2"))
    cast.post("allocation", [(giver, taker, 5)], dated=date(2025, 1, 15))
    sealing.seal()
    query = FigureQuery("given", date(2025, 3, 31))
    assert answering.answered(query, ALL).rows[0].denominator.what == "with_carry_over"
    found, wanted = both(query, ALL)
    assert found == wanted


def test_what_was_known_before_the_cube_knew_is_read_from_the_register(cast):
    rnd = Random(11)
    ugly.play(cast, rnd, 8)
    before = last_number()
    ugly.play(cast, rnd, 8)
    sealing.seal()
    query = FigureQuery("disbursement", date(2025, 12, 31), known=before)
    assert answering.answered(query, ALL) is None
    assert answer(query, ALL).as_json() == scanned(query, ALL).as_json()


def test_a_nil_report_stays_a_nought_and_no_report_stays_nothing(cast):
    coverage = cast.region(place="h1", body="*", source="*:*", origin="*")
    nil = cast.region("CT", "x1", source="*:*", origin="*")
    cast.state([(coverage, 0), (nil, 0)], coverage=coverage, as_of=date(2024, 6, 30))
    sealing.seal()
    query = FigureQuery("disbursement", date(2024, 12, 31), by=("place",), place="h1")
    rows = answering.answered(query, ALL).rows
    assert [(row.dims["place"], row.measures["disbursed_dong"]) for row in rows] == [("x1", 0)]
    (nothing,) = answering.answered(FigureQuery("disbursement", date(2024, 1, 31)), ALL).rows
    assert nothing.measures["disbursed_dong"] is None


def test_shares_leave_no_dong_over_and_the_cube_shares_as_the_scan_does(cast):
    ugly.divide(cast)
    cast.post("assignment", [(None, cast.region("CT", "x3", "UBND-h2"), 10**9 + 1)], by="TTG", number="1/QĐ")
    sealing.seal()
    query = FigureQuery("given", date(2024, 12, 31), boundaries="today", place="vd", by=("place",), denominator="ttg")
    found = answering.answered(query, ALL)
    everything = [row.measures["given_dong"] for row in found.rows] + [gap["dong"] for gap in found.not_apportioned]
    assert sum(everything) + sum(gap["dong"] for gap in found.not_split) == 10**9 + 1
    assert both(query, ALL)[0] == both(query, ALL)[1]


def test_a_paper_that_comes_late_changes_its_days_and_no_others(cast):
    coverage = cast.region(place="h1", source="*:*", origin="*")
    for month in (1, 3):
        cast.state([(coverage, 100 * month)], coverage=coverage, as_of=date(2024, month, 31))
    sealing.seal()
    held = answering.held()
    walked = []
    parts = spent.parts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spent, "parts", lambda one: walked.append(one.first) or parts(one))
        cast.state([(coverage, 150)], coverage=coverage, as_of=date(2024, 2, 29))
        assert answering.held() is held
    assert len(walked) == 1  # from 29/2 to 30/3, and no day before or after
    days = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 30), date(2024, 3, 31))
    rows = [answering.answered(FigureQuery("disbursement", on), ALL).rows[0] for on in days]
    assert [row.measures["disbursed_dong"] for row in rows] == [100, 150, 150, 300]


def test_however_many_days_a_late_paper_changes_they_are_taken_in_with_as_many_questions(cast):
    places = {place: cast.region(place=place, source="*:*", origin="*") for place in ("h1", "h2")}
    for month in range(2, 9):
        cast.state([(places["h1"], month)], coverage=places["h1"], as_of=date(2024, month, 28))
    sealing.seal()
    held = answering.held()
    asked = []
    for as_of in (date(2024, 8, 1), date(2024, 1, 31)):  # before the last of them only, and before all
        cast.state([(places["h2"], 5)], coverage=places["h2"], as_of=as_of, reporter="UBND-h2")
        walks = sum(one.made_from != "" for one in held.timeline)
        with CaptureQueriesContext(connection) as queries:
            assert answering.held() is held
        asked.append(len(queries))
        assert sum(one.made_from != "" for one in held.timeline) == walks + 1
    assert asked[0] == asked[1] <= 8
    assert not list(checks.findings())


def test_what_a_rollback_took_away_is_not_held_on(cast):
    sealing.seal()
    held = answering.held()
    with pytest.raises(LookupError), transaction.atomic():
        cast.state([(cast.region(place="h1"), 100)], coverage=cast.region(place="h1"), as_of=date(2024, 3, 31))
        assert answering.held() is held
        raise LookupError
    cast.state([(cast.region(place="h1"), 30)], coverage=cast.region(place="h1"), as_of=date(2024, 3, 31))
    found, wanted = both(FigureQuery("disbursement", date(2024, 12, 31)), ALL)
    assert found == wanted and answering.held() is not held


def test_while_an_act_is_under_way_the_register_answers(cast):
    sealing.seal()
    query = FigureQuery("disbursement", date(2024, 12, 31))
    assert answering.is_held(query)
    with acting("test.under_way", by=SYSTEM):
        assert not answering.is_held(query)
    assert answering.is_held(query)


def test_a_sealing_that_is_killed_leaves_the_seal_before_in_force(cast, monkeypatch):
    ugly.play(cast, Random(3), 8)
    first = sealing.seal()
    ugly.play(cast, Random(4), 8)

    def killed(**_about):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Seal.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            sealing.seal()
    assert sealing.last_seal() == first
    assert len(list(folder().iterdir())) == 4  # two files that no seal names lie about
    answering._held.clear()
    assert compare(cast, Random(5), 10)
    assert sealing.seal().no == last_number()


def test_nothing_new_is_not_sealed_again_and_old_files_go(cast):
    seals = []
    for seed in range(4):
        ugly.play(cast, Random(seed), 3)
        seals.append(sealing.seal())
        assert sealing.seal() == seals[-1]
    named = {name for seal in seals[-sealing.KEPT_SEALS :] for name in (seal.given_file, seal.spent_file)}
    assert {path.name for path in folder().iterdir()} == named


def test_lost_files_are_told_and_the_register_answers(cast):
    ugly.play(cast, Random(6), 8)
    made = sealing.seal()
    (folder() / made.spent_file).unlink()
    assert [one.code for one in checks.findings()] == ["seal.missing"]
    query = FigureQuery("disbursement", date(2025, 12, 31))
    assert answering.answered(query, ALL) is None
    assert answer(query, ALL).as_json() == scanned(query, ALL).as_json()
    assert sealing.seal().pk != made.pk and not list(checks.findings())


def test_what_differs_from_the_register_is_found_and_not_sealed(cast, monkeypatch):
    ugly.play(cast, Random(7), 12)
    cast.post("assignment", [(None, cast.region("CT", "vd", "UBND"), 5)], dated=date(2024, 1, 31))
    coverage = cast.region(place="h1", source="*:*", origin="*")
    cast.state([(coverage, 7)], coverage=coverage, as_of=date(2024, 1, 31))
    made = sealing.seal()
    whole = Holding.of_seal

    def tampered(seal: Seal) -> Holding:
        held = whole(seal)
        held.run("UPDATE given SET dong = dong + 1")
        held.run("UPDATE spent SET dong = dong + 1")
        return held

    with monkeypatch.context() as patch:
        patch.setattr(Holding, "of_seal", tampered)
        assert {one.code for one in checks.findings()} == {"seal.differs"}
        ugly.play(cast, Random(8), 4)
        again = sealing.seal()
    assert again.pk != made.pk
    assert not list(checks.findings())


@pytest.mark.parametrize("seed", [31, 32])
def test_the_months_of_a_year_beside_those_before_are_answered_as_by_full_scans(cast, seed):
    """One question for all months, whatever step, reading, act and asker; gaps of each month too."""
    rnd = Random(seed)
    ugly.play(cast, rnd, 20)
    ugly.divide(cast)
    sealing.seal()
    before = last_number()
    ugly.play(cast, rnd, 6)
    asked = 0
    for known in (None, None, None, before):
        query = replace(
            ugly.question(rnd, known),
            name=rnd.choice(("disbursement", "given", "flow")),
            basis="year",
            year=None,
            denominator=None,
            by=("month", *rnd.choice(((), ("component",)))),
            compare=rnd.choice(((), ("last_year",))),
        )
        reach = rnd.choice(ugly.reaches(cast, TODAY))
        try:
            wanted = scanned(query, reach).as_json()
        except NotAQuestion:
            continue
        assert answer(query, reach).as_json() == wanted, query.id
        asked += 1
    assert asked >= 2


def test_the_months_of_two_years_are_asked_with_few_questions_of_the_register(cast, django_assert_max_num_queries):
    rnd = Random(33)
    ugly.play(cast, rnd, 20)
    sealing.seal()
    answer(FigureQuery("disbursement", TODAY), ALL)  # the process is warm
    query = FigureQuery("disbursement", date(2025, 12, 31), by=("month",), compare=("last_year",))
    with django_assert_max_num_queries(15), one_moment():
        assert len(answer(query, ALL).rows) == 12
