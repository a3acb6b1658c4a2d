"""Money with a granted extension falls on its new day; what is only asked stays on the old one, and says so."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.cube.expiring import expiring
from vungcao.cube.figures import FigureQuery
from vungcao.evidence.actions import SYSTEM
from vungcao.ledger import extensions
from vungcao.ledger.actions import AnswerSaid, NotAnExtension, answer_extension, ask_extension
from vungcao.ledger.models import Outcome, VoucherKind

ALL = Reach.all_for_operator()
ASKED, ANSWERED = date(2024, 12, 20), date(2025, 1, 20)
CLOSING, AFTER, NEW = date(2025, 1, 31), date(2025, 2, 1), date(2025, 12, 31)


@pytest.fixture
def year(cast):
    """500 of central investment of 2024 at one unit, 180 spent: 320 fall on 31/01/2025 by two laws."""
    region = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 500)], by="TTG")
    coverage = cast.region("CT", "h1", "UBND-h1", source="*:*", origin="*")
    cast.state([(cast.region("CT.DA1", "h1", "UBND-h1", source="dau_tu:*"), 180)], coverage=coverage,
               as_of=date(2024, 11, 30))  # fmt: skip
    return cast, region


def requested(year, dong=200, **more):
    cast, region = year
    said = {
        "asked_by": cast.body("UBND-h1"), "number": "9/UBND-VD", "asked_on": ASKED, "until": NEW,
        "reason": "mặt bằng (ví dụ)", "by": SYSTEM, **more,
    }  # fmt: skip
    return ask_extension(region, dong=dong, **said)


def answered(year, asked, dong=200, outcome=Outcome.GRANTED, by="TTG", dated=ANSWERED, until=NEW):
    said = AnswerSaid(outcome, "12/QĐ-VD", dated, dong, until)
    return answer_extension(asked, said, decided_by=year[0].body(by), by=SYSTEM)


def ask(on, reach=ALL, **about):
    return expiring(FigureQuery("disbursement", on, programme="CT", **about), reach)


def told(found):
    return [(one.unspent_dong, one.deadline.first, one.state) for one in found.lines]


def test_what_is_granted_falls_on_the_new_day_from_the_day_of_its_paper(year):
    asked = requested(year)
    answered(year, asked)
    assert told(ask(date(2025, 1, 19))) == [(320, CLOSING, "open")]
    assert told(ask(ANSWERED)) == [(120, CLOSING, "open"), (200, NEW, "open")]
    assert told(ask(CLOSING))[0] == (120, CLOSING, "open")
    late = ask(AFTER)
    assert sorted(told(late)) == [(120, CLOSING, "carried_over"), (200, NEW, "open")]
    (new,) = [one for one in late.lines if one.deadline.first == NEW]
    assert new.deadline.cites.startswith("12/QĐ-VD ngày 20/01/2025 của") and new.days_left == 333
    assert (late.at_risk_dong, late.carried_dong) == (200, 120)


def test_extended_money_is_in_sight_until_its_new_day_though_its_year_is_over(year):
    answered(year, requested(year))
    assert (200, NEW, "open") in told(ask(NEW))
    assert not any(one.extensions for one in ask(date(2026, 1, 1)).lines if one.state == "open")
    assert (200, NEW, "closed") in [
        (one.unspent_dong, one.deadline.first, one.state) for one in ask(date(2026, 1, 1), year=2024).lines
    ]


def test_what_is_asked_and_not_answered_stays_on_its_day_and_is_shown_as_asked(year):
    requested(year)
    found = ask(AFTER)
    assert told(found) == [(320, CLOSING, "carried_over")]
    (one,) = found.lines[0].extensions
    assert (one.state, one.granted_dong, one.asked.dong) == ("asked", 0, 200)
    assert found.as_json()["rows"][0]["extensions"][0]["asked_number"] == "9/UBND-VD"


def test_a_refusal_and_a_part_are_what_they_are(year):
    asked = requested(year)
    answered(year, asked, dong=80, outcome=Outcome.PARTLY)
    assert told(ask(ANSWERED)) == [(240, CLOSING, "open"), (80, NEW, "open")]
    answered(year, asked, dong=None, outcome=Outcome.REFUSED, until=None, dated=CLOSING)
    assert told(ask(CLOSING)) == [(320, CLOSING, "open")], "the later paper stands"
    assert told(ask(date(2025, 1, 30))) == [(240, CLOSING, "open"), (80, NEW, "open")], "not before its day"


def test_no_more_than_is_left_has_the_new_day(year):
    answered(year, requested(year, dong=400), dong=400)
    assert told(ask(ANSWERED)) == [(320, NEW, "open")]


def test_who_does_not_see_the_unit_does_not_see_its_extension(year):
    answered(year, requested(year))
    cast, _ = year
    for name, seen in (("huyen", True), ("khong", False)):
        lines = ask(ANSWERED, reach_for(cast.officials[name], "figures.see", ANSWERED)).lines
        assert any(one.extensions for one in lines) is seen
    assert not any(one.extensions for one in ask(ANSWERED, place="h2").lines)
    assert any(one.extensions for one in ask(ANSWERED, body="UBND-h1").lines)


def codes(on=date(2026, 1, 1)):
    return [fault.code for one in extensions.extensions_on(on) for fault in extensions.faults(one)]


def test_a_grant_by_the_body_that_the_law_names_has_no_fault(year):
    answered(year, requested(year))
    assert codes() == []


def test_what_contradicts_is_stored_and_flagged_with_figure_and_article(year):
    asked = requested(year, dong=600)
    answered(year, asked, dong=700, by="UBND", dated=date(2024, 12, 19))
    assert codes() == [
        "extension.not_there", "extension.before_its_base", "extension.more_than_asked", "extension.granted_by_another",
    ]  # fmt: skip
    found = list(extensions.findings())
    assert all("Căn cứ: CO-01" in one.sentence and "Luật Đầu tư công 2019" in one.sentence for one in found)
    assert any("0,0006 triệu đồng mà ngày 20/12/2024 chỉ có 0,0005" in one.sentence for one in found)


def test_beyond_the_last_day_of_the_law_it_is_flagged(year):
    answered(year, requested(year), until=date(2026, 1, 1), dated=date(2024, 12, 30))
    assert codes() == ["extension.too_long"]


def test_recurrent_money_has_no_extension_but_a_resolution(cast):
    region = cast.region("CT.DA1", "h1", "UBND-h1", source="su_nghiep:NSTW")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 500)], by="TTG")
    requested((cast, region))
    (fault,) = extensions.faults(extensions.extensions_on(ASKED)[0])
    assert fault.code == "extension.no_rule" and "CO-06: Luật NSNN 83/2015/QH13 Điều 64" in fault.cites


def test_the_same_request_twice_is_one_and_a_request_says_what_it_must(year):
    assert requested(year).pk == requested(year).pk
    for wrong in ({"number": " "}, {"reason": ""}, {"until": ASKED}, {"dong": 0}):
        with pytest.raises(NotAnExtension):
            requested(year, **wrong)
    with pytest.raises(NotAnExtension, match="phải ghi số tiền"):
        answered(year, requested(year), until=None)
    with pytest.raises(NotAnExtension, match="không ghi số tiền"):
        answered(year, requested(year), outcome=Outcome.REFUSED)
