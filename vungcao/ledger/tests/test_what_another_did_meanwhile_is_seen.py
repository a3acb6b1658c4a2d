"""Another's commit falls between a look and the lock: what he did is seen, not done again and no reason to refuse."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Cell
from vungcao.ledger import balances
from vungcao.ledger.actions import gathering, reserving
from vungcao.ledger.actions.dossiers import LineDraft, open_dossier, propose
from vungcao.ledger.actions.gathering import gather
from vungcao.ledger.actions.reserving import hold, release_lapsed, withdraw
from vungcao.ledger.actions.unspent import UnspentLine, record_unspent
from vungcao.ledger.dossiers import standing
from vungcao.ledger.models import Account, Cause, DossierKind, Proposal, Reservation, Side, StepTaken, VoucherKind

GIVEN, OPENED = date(2023, 2, 1), date(2023, 12, 20)
LAST_OF_YEAR, FIRST_OF_YEAR, DAY = date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 25)


@pytest.fixture
def money(cast):
    """100 of central recurrent money of 2023 at project 1 of district one."""
    region = cast.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023", origin="2023")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 100)], dated=GIVEN, by="TTG", number="1/QĐ-VD")
    return region


@pytest.fixture
def dossier(cast):
    return open_dossier(
        title="Hồ sơ ví dụ", planned_for=DAY, drafted_by=cast.body("BDT"), on=OPENED, kind=DossierKind.CARRY_OVER,
        by=SYSTEM,
    )  # fmt: skip


@pytest.fixture
def lapsed(cast, money, dossier) -> Reservation:
    """70 of it, held up to the last day of the year."""
    propose(dossier, [LineDraft(Side.OVER, money, 70, "ví dụ", cast.bodies["UBND-h1"], basis="CO-08")], by=SYSTEM)
    return hold(dossier, on=OPENED, until=LAST_OF_YEAR, by=SYSTEM)


def left(region):
    return balances.balance(Account.objects.get(**region.columns()), on=date(2024, 12, 31)).left


def test_who_gathers_beside_another_does_not_double_his_lines(cast, money, dossier, monkeypatch):
    said = UnspentLine(money, 60, Cause.FILE, Cell("x", "NN", "D60"), Proposal.CARRY_OVER)
    reporter = cast.bodies["UBND-h1"]
    record_unspent(reporter=reporter, as_of=LAST_OF_YEAR, lines=[said], batch=cast.batch("UBND-h1"), by=SYSTEM)
    others, held = [], gathering._held

    def held_late(*about):
        monkeypatch.undo()
        others.append(gather(dossier, on=FIRST_OF_YEAR, by=SYSTEM))
        return held(*about)

    monkeypatch.setattr(gathering, "_held", held_late)
    acts = Act.objects.count()
    ours = gather(dossier, on=FIRST_OF_YEAR, by=SYSTEM)
    assert [line.dong for one in others for line in one.lines] == [60] == [one.dong for one in standing.lines(dossier)]
    assert not ours.lines and "đã có dòng của đơn vị này" in ours.left_out[0]
    assert Act.objects.count() == acts + 1, "who found everything there wrote nothing"


def test_a_draft_whose_money_lapsed_while_it_is_withdrawn_is_withdrawn(money, lapsed, monkeypatch):
    gone, held = [], standing.held

    def held_late(of):
        found = held(of)
        monkeypatch.undo()
        gone.extend(release_lapsed(on=FIRST_OF_YEAR, by=SYSTEM))
        return found

    monkeypatch.setattr(reserving.standing, "held", held_late)
    withdraw(lapsed.dossier, on=FIRST_OF_YEAR, reason="ví dụ", by=SYSTEM)
    assert gone == [lapsed] and standing.step(lapsed.dossier) == StepTaken.WITHDRAWN
    assert left(money) == 100, "given back once"


def test_money_given_back_by_its_dossier_is_not_lapsed_as_well(money, lapsed, monkeypatch):
    def acting_late(*about, **more):
        monkeypatch.undo()
        withdraw(lapsed.dossier, on=LAST_OF_YEAR, reason="ví dụ", by=SYSTEM)
        return acting(*about, **more)

    monkeypatch.setattr(reserving, "acting", acting_late)
    assert release_lapsed(on=FIRST_OF_YEAR, by=SYSTEM) == []
    assert left(money) == 100 and not Act.objects.filter(verb="dossier.lapsed").exists()
