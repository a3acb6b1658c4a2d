"""The Treasury's rows find the statement that speaks for them; what differs is explained; misplaced money is found."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.bodies.reach import Reach
from vungcao.bodies.rights import reach_for
from vungcao.evidence.actions import SYSTEM
from vungcao.kernel.refusal import Cell
from vungcao.ledger import actions as ledger
from vungcao.ledger.actions import CodeDraft, bring_codes
from vungcao.ledger.checks import findings
from vungcao.ledger.codes import Scheme
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Statement, StatementLine, VoucherKind
from vungcao.ledger.treasury.facts import CauseKind
from vungcao.ledger.treasury.reconciling import days_of_treasury, reconcile

pytestmark = pytest.mark.django_db
APRIL, MAY, JUNE = date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 30)
ALL = Reach.all_for_operator()


def treasury(cast, *lines, as_of=MAY, kind="dau_tu"):
    """Record an export of one kind: (region, đồng, what else its one part says)."""
    drafts = tuple(
        LineDraft(
            region, dong, Cell("kb.xlsx", "DT", f"K{row}"),
            codes={"parts": [{"cell": f"K{row}", "label": "dòng", "dong": dong, **more}]},
        )
        for row, (region, dong, more) in enumerate(lines, start=7)
    )  # fmt: skip
    coverage = cast.region("CT", "vd", "*", f"{kind}:*", origin="*")
    draft = StatementDraft(cast.bodies["KB"], coverage, Basis.YEAR, as_of, drafts, Cell("kb.xlsx", "DT", "A1"))
    return ledger.record_statement(draft, batch=cast.batch("KB", name=f"kb {as_of}.xlsx"), by=SYSTEM)


def unit(cast, lines, *, body="UBND-h1", place="h1", as_of=MAY):
    said = [(cast.region(code, place, body, "dau_tu:*", origin="*"), dong) for code, dong in lines]
    return cast.state(said, coverage=cast.region("CT", place, body, "*:*", origin="*"), as_of=as_of, reporter=body)


def in_short(found):
    return [
        (one.body, row.component, row.difference, [cause.kind for cause in row.explained.causes])
        for one in found
        for row in one.rows
    ]


def test_many_rows_of_the_treasury_stand_against_one_of_the_unit(cast):
    unit(cast, [("CT.DA1", 90)])
    treasury(
        cast,
        (cast.region("CT.DA1.TDA1", "h1", "UBND-h1"), 60, {}),
        (cast.region("CT.DA1.TDA2", "h1", "UBND-h1"), 30, {}),
    )
    assert in_short(reconcile(MAY, ALL)) == [("UBND-h1", "CT.DA1", 0, [])]


def test_rows_of_communes_stand_against_their_district_unless_a_commune_speaks(cast):
    unit(cast, [("CT.DA1", 50)])
    treasury(cast, (cast.region("CT.DA1", "x1", "UBND-x1"), 40, {}), (cast.region("CT.DA1", "x2", "UBND-x2"), 10, {}))
    assert in_short(reconcile(MAY, ALL)) == [("UBND-h1", "CT.DA1", 0, [])]
    unit(cast, [("CT.DA1", 30)], body="UBND-x1", place="x1")
    assert ("UBND-x1", "CT.DA1", 10, []) in in_short(reconcile(MAY, ALL))


def test_finance_is_asked_where_the_unit_is_silent_and_nobody_leaves_it_uncompared(cast):
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1"), 40, {}))
    (silent,) = reconcile(MAY, ALL)
    assert silent.statement is None and silent.rows[0].is_silent
    finance = [(cast.region("CT.DA1", "h1", "UBND-h1", "dau_tu:*", origin="*"), 40)]
    cast.state(finance, coverage=cast.region("CT", "vd", "*", "*:*", origin="*"), as_of=MAY, reporter="STC")
    assert in_short(reconcile(MAY, ALL)) == [("STC", "CT.DA1", 0, [])]


def test_what_the_treasury_lacks_is_a_difference_only_where_its_export_covers_it(cast):
    unit(cast, [("CT.DA1", 40), ("CT.DA2", 5)])
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1", "su_nghiep:NSTW"), 40, {}), kind="su_nghiep")
    assert in_short(reconcile(MAY, ALL)) == [("UBND-h1", "CT.DA1", 40, [])]  # no export of investment: not compared
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1"), 40, {}))
    assert ("UBND-h1", "CT.DA2", -5, []) in in_short(reconcile(MAY, ALL))


def test_an_export_of_the_units_day_proves_what_lies_between_two_days(cast):
    unit(cast, [("CT.DA1", 40)])
    row = cast.region("CT.DA1", "h1", "UBND-h1")
    treasury(cast, (row, 40, {"CTMT": "VD1"}))
    treasury(cast, (row, 55, {"CTMT": "VD1"}), as_of=JUNE)
    (one,) = reconcile(JUNE, ALL)
    assert in_short([one]) == [("UBND-h1", "CT.DA1", 15, [CauseKind.CUT_OFF])]
    assert one.rows[0].explained.is_exact and "0,000055 − 0,00004 = 0,000015" in one.rows[0].sentences[0]
    assert days_of_treasury(ALL) == [JUNE, MAY] and days_of_treasury(Reach()) == []


def test_a_later_statement_of_the_unit_is_set_back_to_the_treasurys_day(cast):
    unit(cast, [("CT.DA1", 40)])
    unit(cast, [("CT.DA1", 70)], as_of=JUNE)
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1"), 40, {}))
    assert in_short(reconcile(JUNE, ALL)) == [("UBND-h1", "CT.DA1", -30, [CauseKind.CUT_OFF])]


def test_nobody_sees_beyond_his_reach(cast):
    unit(cast, [("CT.DA1", 40)])
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1"), 41, {}), (cast.region("CT.DA1", "h2", "UBND-h2"), 1, {}))
    seen = {who: reach_for(cast.officials[who], "figures.see", MAY) for who in ("tinh", "huyen", "khong")}
    assert [len(reconcile(MAY, seen[who])) for who in ("tinh", "huyen", "khong")] == [2, 1, 0]


def test_nothing_is_applied(cast):
    unit(cast, [("CT.DA1", 10)])
    treasury(cast, (cast.region("CT.DA1", "h1", "UBND-h1"), 40, {"advance": 30}))
    before = Statement.objects.count(), StatementLine.objects.count()
    assert in_short(reconcile(MAY, ALL))[0][3] == [CauseKind.ADVANCE]
    assert (Statement.objects.count(), StatementLine.objects.count()) == before


def misused():
    return [(one.key.split("|")[1], one.sentence) for one in findings() if one.code == "treasury.wrong_purpose"]


def test_a_project_booked_outside_its_component_is_not_for_its_purpose(cast):
    where = Cell("ma.xlsx", "MA", "C7")
    code = CodeDraft(
        Scheme.PROJECT, "VD10001", None, "Đường ví dụ", None, None, where, cast.components["CT.DA1"], cast.fields["280"]
    )
    bring_codes([code], by=SYSTEM)
    right, wrong = (cast.region(one, "h1", "UBND-h1") for one in ("CT.DA1.TDA1", "CT.DA2"))
    treasury(cast, (right, 5, {"DU_AN": "VD10001"}), (wrong, 7, {"DU_AN": "VD10001", "CTMT": "VD2"}))
    ((cell, sentence),) = misused()
    assert cell == "K8" and "không đúng mục đích" in sentence and "Mã CTMT VD2" in sentence


def test_money_where_the_unit_was_given_none_is_not_for_its_purpose(cast):
    given = cast.region("CT.DA1", "h1", "UBND-h1")
    cast.post(VoucherKind.ASSIGNMENT, [(None, given, 100)])
    treasury(cast, (given, 5, {}), (cast.region("CT.DA2", "h1", "UBND-h1"), 7, {}))
    ((cell, sentence),) = misused()
    assert cell == "K8" and "không được giao vốn ở đó" in sentence


def test_without_any_money_given_nothing_can_be_said(cast):
    treasury(cast, (cast.region("CT.DA2", "h1", "UBND-h1"), 7, {}))
    assert misused() == []
