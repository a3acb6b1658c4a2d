"""Pages of dossiers ask the database at most twenty questions, and no more with more dossiers, lines and opinions."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, make
from vungcao.desk.tests.pages.test_a_cold_process_asks_little import MOST
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger import actions
from vungcao.ledger.models import Dossier, DossierKind, Side, Verdict, VoucherKind

pytestmark = pytest.mark.django_db
LIST = "/ho-so-dieu-chinh/"
TODAY, PLANNED = date(2024, 2, 1), date(2024, 3, 15)
MILLION = 1_000_000


@pytest.fixture
def cast(monkeypatch):
    """Today is 01/02/2024; twelve accounts of district one, and as many of district two, have 900 million each."""
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)
    made = make()
    given = [(None, region, 900 * MILLION) for body in ("1", "2") for region in accounts(made, body)]
    made.post(VoucherKind.ASSIGNMENT, given, dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    return made


def accounts(cast: Cast, district: str) -> list:
    return [
        cast.region(component, body=f"UBND-h{district}", place=f"h{district}", source=source, field=field)
        for component in ("CT.DA1.TDA1", "CT.DA1.TDA2", "CT.DA2")
        for field in ("*", "280")
        for source in ("su_nghiep:NSTW", "dau_tu:NSTW")
    ]


def opened(cast: Cast, lines: int, *, dong: int = 5 * MILLION, opinions: int = 0, **more) -> Dossier:
    """An adjustment of so many accounts of district one and of two; every other opinion asked is answered."""
    made = actions.open_dossier(
        title="Điều chỉnh ví dụ", planned_for=PLANNED, drafted_by=cast.body("BDT"), on=TODAY, by=SYSTEM, **more
    )
    propose(cast, made, lines, dong)
    ask(cast, made, opinions)
    return made


def propose(cast: Cast, made: Dossier, lines: int, dong: int = 5 * MILLION) -> None:
    for side, district in ((Side.DOWN, "1"), (Side.UP, "2")):
        by = cast.bodies[f"UBND-h{district}"]
        said = [actions.LineDraft(side, one, dong, "ví dụ", by) for one in accounts(cast, district)[:lines]]
        actions.propose(made, said, by=SYSTEM)


def ask(cast: Cast, made: Dossier, opinions: int) -> None:
    for number in range(opinions):
        asked = actions.ask_opinion(made, of=cast.body(("STC", "KB")[number % 2]), on=TODAY, by=SYSTEM)
        if number % 2:
            late = actions.Answer(date(2024, 3, 20), Verdict.AGREES)  # younger than the decision: a fault that names it
            actions.answer_opinion(asked, late, by=SYSTEM)


def questions(cast: Cast, *addresses: str, officer: str = "tinh") -> list[int]:
    """How many a warm process asks after an act, page by page."""
    client = cast.client(officer)
    counts = []
    for address in addresses:
        for _ in range(2):
            with acting("test.elsewhere", by=SYSTEM):
                pass
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
        assert answer.status_code == 200, answer
        counts.append(len(asked))
    return counts


def pages(one: Dossier) -> tuple[str, str, str]:
    here = f"{LIST}{one.code}/"
    return here, f"{here}van-ban/to-trinh-ban/", f"{here}van-ban/phu-luc/"


def none_over(counts: list[int]) -> bool:
    return max(counts) <= MOST


def test_the_list_asks_no_more_for_six_than_for_one(cast):
    officers = ("tinh", "huyen")
    actions.hold(opened(cast, 1), on=TODAY, until=date(2024, 4, 1), by=SYSTEM)
    few = [questions(cast, LIST, "/viec/", officer=officer) for officer in officers]
    for lines in (1, 2, 3, 4):
        actions.hold(opened(cast, lines, opinions=1), on=TODAY, until=date(2024, 4, 1), by=SYSTEM)
    decided = opened(cast, 2)
    actions.record_decision(decided, number="5/NQ-VD", dated=TODAY, decided_by=cast.body("HDND"), by=SYSTEM)
    assert [questions(cast, LIST, "/viec/", officer=officer) for officer in officers] == few
    assert all(none_over(counts) for counts in few)


def test_one_and_its_papers_ask_no_more_for_twelve_lines_than_for_one(cast):
    one = opened(cast, 1, opinions=2)
    few = questions(cast, *pages(one))
    propose(cast, one, 12)
    ask(cast, one, 6)
    assert questions(cast, *pages(one)) == few and none_over(few)
    assert none_over(questions(cast, pages(one)[0], officer="huyen"))


def test_a_decided_one_asks_no_more_with_more_lines(cast):
    counts = []
    for lines in (1, 12):
        one = opened(cast, lines, opinions=lines)
        actions.record_decision(one, number="5/NQ-VD", dated=TODAY, decided_by=cast.body("STC"), by=SYSTEM)
        counts.append(questions(cast, *pages(one)))
    assert counts[0] == counts[1] and none_over(counts[0])


def test_a_carry_over_and_a_cancellation_ask_no_more_with_more_lines(cast):
    for kind, side in ((DossierKind.CARRY_OVER, Side.OVER), (DossierKind.CANCELLATION, Side.OFF)):
        counts = []
        for lines in (1, 12):
            one = opened(cast, 0, kind=kind)
            said = [actions.LineDraft(side, region, MILLION, "ví dụ", region.body, basis="CO-08")
                    for region in accounts(cast, "1")[:lines]]  # fmt: skip
            actions.propose(one, said, by=SYSTEM)
            counts.append(questions(cast, *pages(one)))
        assert counts[0] == counts[1] and none_over(counts[0])


def test_money_that_others_hold_and_other_pilots_are_asked_for_at_once(cast):
    """Every line takes more than there is; who holds the rest, and which districts are pilots, is told."""
    counts = []
    for others in (1, 4):
        for _ in range(others):
            other = opened(cast, others, circumstances=("pilot_district",))
            actions.submit(other, on=TODAY, by=SYSTEM)
            actions.hold(other, on=TODAY, until=date(2024, 4, 1), by=SYSTEM)
        one = opened(cast, 3 * others, dong=899 * MILLION, circumstances=("pilot_district",))
        counts.append(questions(cast, *pages(one)))
        shown = cast.client("tinh").get(pages(one)[0]).content.decode()
        assert f"đang giữ cho hồ sơ {other.code}" in shown
    assert counts[0] == counts[1] and none_over(counts[0])


def test_lines_of_what_has_ended_are_told_from_memory(cast):
    """Decided on a day after the districts were abolished."""
    counts = []
    for lines in (1, 12):
        one = opened(cast, lines)
        actions.record_decision(one, number="6/NQ-VD", dated=date(2025, 8, 1), decided_by=cast.body("HDND"), by=SYSTEM)
        counts.append(questions(cast, *pages(one)))
    assert "không còn đơn vị" in cast.client("tinh").get(pages(one)[0]).content.decode()
    assert counts[0] == counts[1] and none_over(counts[0])
