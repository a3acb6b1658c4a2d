"""What the Treasury has entered as a plan is set against what decisions gave the unit, by project and kind."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger import actions as ledger
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, VoucherKind
from vungcao.ledger.treasury.plans import plans

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 31)
ALL = Reach.all_for_operator()


def export(cast, *rows, as_of=MAY):
    """An export of investment: (component, body, place, plan or None, origin)."""
    lines = tuple(
        LineDraft(
            cast.region(code, place, body, origin=origin), 0, Cell("kb.xlsx", "DT", f"K{at}"), label="dòng",
            plan_dong=plan, codes={"parts": [{"cell": f"K{at}", "label": "dòng", "dong": 0}]},
        )
        for at, (code, body, place, plan, origin) in enumerate(rows, start=7)
    )  # fmt: skip
    coverage = cast.region("CT", "vd", "*", "dau_tu:*", origin="*")
    draft = StatementDraft(cast.bodies["KB"], coverage, Basis.YEAR, as_of, lines, Cell("kb.xlsx", "DT", "A1"))
    return ledger.record_statement(draft, batch=cast.batch("KB", name=f"kb {as_of}.xlsx"), by=SYSTEM)


@pytest.fixture
def given(cast):
    """Huyện Một was given 100 of the first project, 30 of it carried over from 2023, and 50 of the second."""
    for code, dong, origin in (("CT.DA1", 70, "2024"), ("CT.DA1", 30, "2023"), ("CT.DA2", 50, "2024")):
        to = cast.region(code, "h1", "UBND-h1", origin=origin)
        cast.post(VoucherKind.ASSIGNMENT, [(None, to, dong)], by="TTG", number=f"{code}/{origin}")
    return cast


def told(found):
    return {(one.body, one.component): (one.treasury_dong, one.given_dong, one.difference) for one in found}


def test_parts_of_a_project_and_money_carried_over_make_its_plan(given):
    rows = (
        ("CT.DA1.TDA1", "UBND-h1", "h1", 70, "2024"),
        ("CT.DA1.TDA2", "UBND-h1", "h1", 30, "2023"),
        ("CT.DA2", "UBND-h1", "h1", 40, "2024"),
    )
    export(given, *rows)
    found = plans(MAY, ALL)
    assert told(found) == {("UBND-h1", "CT.DA1"): (100, 100, 0), ("UBND-h1", "CT.DA2"): (40, 50, -10)}
    assert [one.verdict for one in found] == ["khớp", "Kho bạc nhập thiếu"]
    assert [cell.cell for cell in found[1].cells] == ["K9"]


def test_what_one_side_does_not_say_is_missing_and_not_zero(given):
    export(given, ("CT.DA1", "UBND-h1", "h1", 100, "2024"), ("CT.DA2", "UBND-h2", "h2", 9, "2024"))
    found = told(plans(MAY, ALL))
    assert found["UBND-h1", "CT.DA2"] == (None, 50, None)
    assert found["UBND-h2", "CT.DA2"] == (9, None, None)


def test_a_plan_said_for_the_whole_programme_stands_against_the_whole(given):
    export(given, ("CT", "UBND-h1", "h1", 149, "2024"))
    assert told(plans(MAY, ALL)) == {("UBND-h1", "CT"): (149, 150, -1)}


def test_an_export_without_plans_says_nothing_of_plans(given):
    export(given, ("CT.DA1", "UBND-h1", "h1", None, "2024"))
    assert plans(MAY, ALL) == []


def test_plans_are_those_of_the_day_and_of_the_askers_reach(given):
    export(given, ("CT.DA1", "UBND-h1", "h1", 100, "2024"), ("CT.DA2", "UBND-h1", "h1", 50, "2024"))
    to = given.region("CT.DA2", "h1", "UBND-h1")
    given.post(VoucherKind.ASSIGNMENT, [(None, to, 5)], dated=date(2024, 6, 15), by="TTG", number="sau")
    assert all(one.agrees for one in plans(MAY, ALL)), "what was given in June is no plan of May"
    assert plans(MAY, reach_for(given.officials["khong"], "figures.see", MAY)) == []
    assert len(plans(MAY, reach_for(given.officials["huyen"], "figures.see", MAY))) == 2
