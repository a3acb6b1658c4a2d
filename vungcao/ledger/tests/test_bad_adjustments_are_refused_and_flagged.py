"""Each wrong adjustment twice: refused while it is drafted, stored and flagged once signed; with figure and article."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM
from vungcao.ledger import checks
from vungcao.ledger.actions.deciding import record_decision
from vungcao.ledger.actions.dossiers import DossierRefused, LineDraft, open_dossier, propose, submit
from vungcao.ledger.actions.opinions import Answer, answer_opinion, ask_opinion
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Side, Verdict, VoucherKind

OPENED, DAY = date(2024, 1, 10), date(2024, 3, 15)
MILLION = 1_000_000
RECURRENT = {"source": "su_nghiep:NSTW"}


@pytest.fixture
def money(cast):
    """100 triệu đồng of central recurrent money of 2024 at project 1 of district one."""
    held = cast.region("CT.DA1", body="UBND-h1", place="h1", **RECURRENT)
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 100 * MILLION)], dated=date(2024, 1, 5), by="TTG", number="1/QĐ-VD")
    return held


def dossier(cast, money, up, *, down=40, more=40, planned_for=DAY, **said):
    """One line down from the money, one up to ``up``: triệu đồng."""
    made = open_dossier(
        title="Điều chỉnh ví dụ", planned_for=planned_for, drafted_by=cast.body("BDT"), on=OPENED, by=SYSTEM
    )
    why = {"reason": "hết đối tượng (ví dụ)", "proposed_by": cast.bodies["UBND-h1"], **said}
    lines = [LineDraft(Side.DOWN, money, down * MILLION, **why), LineDraft(Side.UP, up, more * MILLION, **why)]
    propose(made, lines, by=SYSTEM)
    return made


def taker(cast, **more):
    return cast.region("CT.DA2", **{"body": "UBND-h2", "place": "h2", **RECURRENT, **more})


def unbalanced(cast, money):
    return dossier(cast, money, taker(cast), more=47)


def not_there(cast, money):
    return dossier(cast, money, taker(cast), down=130, more=130)


def another_kind(cast, money):
    return dossier(cast, money, taker(cast, source="dau_tu:NSTW"))


def another_year(cast, money):
    return dossier(cast, money, taker(cast, origin="2023"))


def before_its_proposal(cast, money):
    return dossier(cast, money, taker(cast), paper="9/UBND-VD", paper_dated=date(2024, 3, 16))


def before_its_opinion(cast, money):
    made = dossier(cast, money, taker(cast))
    asked = ask_opinion(made, of=cast.body("STC"), on=OPENED, by=SYSTEM)
    answer_opinion(asked, Answer(date(2024, 3, 20), Verdict.AGREES), by=SYSTEM)
    return made


CASES = [
    (unbalanced, "dossier.not_zero", "tăng nhiều hơn giảm 7 triệu đồng", "111/2024/QH15 Điều 4 khoản 2"),
    (unbalanced, "dossier.over_total", "đã giao cho tỉnh 100 triệu đồng, theo hồ sơ thành 107 triệu đồng",
     "HM-04: 111/2024/QH15 Điều 4 khoản 1"),
    (not_there, "dossier.not_there", "giảm 130 triệu đồng mà ngày 15/03/2024 chỉ còn 100 triệu đồng",
     "111/2024/QH15 Điều 4 khoản 2"),
    (another_kind, "dossier.mixed", "giảm thừa 40 triệu đồng", "PL-03: 39/2021/QĐ-TTg"),
    (another_kind, "dossier.kind_changes", "Chuyển 40 triệu đồng giữa vốn đầu tư", "HM-02: 39/2021/QĐ-TTg"),
    (another_year, "dossier.mixed", "tăng thừa 40 triệu đồng", "111/2024/QH15 Điều 4 khoản 2"),
    (before_its_proposal, "dossier.before_its_base", "9/UBND-VD ngày 16/03/2024", "111/2024/QH15 Điều 4 khoản 2"),
    (before_its_opinion, "dossier.before_its_base", "ngày 20/03/2024", "111/2024/QH15 Điều 4 khoản 2"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "code", "figure", "article"), CASES)
def test_while_drafted_it_is_refused(cast, money, wrong, code, figure, article):
    made = wrong(cast, money)
    with pytest.raises(DossierRefused) as refused:
        submit(made, on=DAY, by=SYSTEM)
    told(refused.value.faults, code, figure, article)
    assert standing.step(made) == standing.DRAFTING


@pytest.mark.parametrize(("wrong", "code", "figure", "article"), CASES)
def test_once_signed_it_is_stored_and_flagged(cast, money, wrong, code, figure, article):
    made = wrong(cast, money)
    recorded = record_decision(made, number="5/NQ-VD", dated=DAY, decided_by=cast.body("HDND"), by=SYSTEM)
    told(recorded.faults, code, figure, article)
    assert recorded.decision.vouchers.exists() and standing.step(made) == standing.DECIDED
    found = [one for one in checks.findings() if one.code == code]
    assert {one.key for one in found} == {f"{made.code}|5/NQ-VD"} and figure in found[0].sentence


def told(faults, code, figure, article):
    one = next(one for one in faults if one.code == code)
    assert figure in one.sentence and article in one.cites


def test_a_body_that_is_gone_is_refused_when_proposed_and_flagged_when_signed(cast, money):
    """The dossier was right for the day it was planned; the paper was signed after the district had ended."""
    with pytest.raises(DossierRefused) as refused:
        dossier(cast, money, taker(cast), planned_for=date(2025, 7, 1))
    assert "dossier.body_ended" in [one.code for one in refused.value.faults]
    made = dossier(cast, money, taker(cast))
    recorded = record_decision(made, number="6/NQ-VD", dated=date(2025, 7, 1), decided_by=cast.body("HDND"), by=SYSTEM)
    gone = [one for one in recorded.faults if one.code == "dossier.body_ended"]
    assert [one.sentence for one in gone] == [
        f"Ngày 01/07/2025 không còn đơn vị Đơn vị ví dụ UBND-{one} (chỉ đến 30/06/2025)." for one in ("h1", "h2")
    ]
    assert all(one.cites for one in gone)
