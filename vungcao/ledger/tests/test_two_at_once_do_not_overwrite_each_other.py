"""On PostgreSQL several people write at once: a thing is stored once, and who comes second is told so."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.at_once import Between, at_once, only_on_postgresql
from tests.cast import make
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.evidence.models import Act
from vungcao.ledger import loading
from vungcao.ledger.actions import (
    AnswerSaid,
    MoneyIsPromised,
    NotEnoughLeft,
    Overtaken,
    WrongMove,
    answer_extension,
    ask_extension,
    open_account,
    record_statement,
    reverse,
)
from vungcao.ledger.actions.dossiers import LineDraft, open_dossier, propose
from vungcao.ledger.actions.reserving import hold
from vungcao.ledger.balances import balance
from vungcao.ledger.models import (
    Account,
    DossierKind,
    ExtensionAnswer,
    ExtensionAsked,
    Outcome,
    Reservation,
    Side,
    SpendingObject,
    Statement,
    Voucher,
    VoucherKind,
)
from vungcao.programme.models import Component

JUNE = date(2024, 6, 30)
TOGETHER = 4


@pytest.fixture
def crowd(transactional_db):
    """The cast for writers of their own; one connection a thread."""
    only_on_postgresql()
    return make()


def test_of_two_loads_at_once_the_second_changes_nothing(transactional_db, monkeypatch):
    only_on_postgresql()
    with acting("programme.loaded", by=SYSTEM) as act:
        Component.objects.create(act=act, code="*")
    between = Between()
    between.stops(monkeypatch, SpendingObject.objects, "create", before=True)
    load = partial(loading.load, by=SYSTEM)
    assert between.run(load, load) == [True, False]
    assert SpendingObject.objects.count() == 1 and Act.objects.filter(verb="ledger.loaded").count() == 1


def test_the_same_statement_recorded_at_once_is_stored_once(crowd):
    region = crowd.region(place="h1", source="*:*")
    draft = crowd.draft([(region, 30)], coverage=region, as_of=JUNE)
    batches = [crowd.batch(name=f"ví dụ {place}.xlsx") for place in range(TOGETHER)]
    ended = at_once(*[lambda batch=batch: record_statement(draft, batch=batch, by=SYSTEM).pk for batch in batches])
    assert len(set(ended)) == 1, ended
    assert Statement.objects.count() == 1


def test_of_two_corrections_at_once_one_wins_and_the_other_is_told(crowd):
    region = crowd.region(place="h1", source="*:*")
    first = crowd.state([(region, 30)], coverage=region, as_of=JUNE)
    drafts = [crowd.draft([(region, dong)], coverage=region, as_of=JUNE, corrects=True) for dong in (31, 32, 33)]
    batches = [crowd.batch() for _ in drafts]
    ended = at_once(
        *[
            lambda draft=draft, batch=batch: record_statement(draft, batch=batch, by=SYSTEM, seen=first.pk)
            for draft, batch in zip(drafts, batches, strict=True)
        ]
    )
    assert sorted(type(one).__name__ for one in ended) == ["Overtaken", "Overtaken", "Statement"], ended
    assert all(isinstance(one, Statement | Overtaken) for one in ended)
    assert Statement.objects.filter(superseded_by=None).count() == 1


def test_of_two_statements_for_one_day_at_once_the_second_needs_a_correction(crowd):
    region = crowd.region(place="h1", source="*:*")
    drafts = [crowd.draft([(region, dong)], coverage=region, as_of=JUNE) for dong in (31, 32)]
    batches = [crowd.batch() for _ in drafts]
    ended = at_once(
        *[
            lambda draft=draft, batch=batch: record_statement(draft, batch=batch, by=SYSTEM)
            for draft, batch in zip(drafts, batches, strict=True)
        ]
    )
    assert sorted(type(one).__name__ for one in ended) == ["Statement", "UnusableStatement"], ended


def test_the_same_paper_posted_at_once_moves_its_money_once(crowd):
    held, batch = crowd.region(body="UBND"), crowd.batch()

    def post() -> int:
        moves = [(None, held, 100)]
        return int(crowd.post(VoucherKind.ASSIGNMENT, moves, by="TTG", number="1/QĐ-VD", batch=batch).pk)

    ended = at_once(*[post] * TOGETHER)
    assert len(set(ended)) == 1, ended
    assert balance(Account.objects.get(**held.columns()), on=JUNE).left == 100


def test_an_account_opened_at_once_is_one(crowd):
    region = crowd.region(body="UBND")

    def open_it() -> int:
        with acting("test.opened", by=SYSTEM) as act:
            return int(open_account(region, act=act).pk)

    ended = at_once(*[open_it] * TOGETHER)
    assert len(set(ended)) == 1, ended
    assert Account.objects.count() == 1


def test_two_decisions_at_once_do_not_overdraw_together(crowd):
    held, batch = crowd.region(body="UBND"), crowd.batch()
    crowd.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], by="TTG", batch=batch)
    takers = [crowd.region(body=f"UBND-{place}", place=place) for place in ("h1", "h2")]
    ended = at_once(
        *[
            lambda taker=taker: crowd.post(
                VoucherKind.ALLOCATION, [(held, taker, 60)], dated=JUNE, batch=batch, decided_here=True
            )
            for taker in takers
        ]
    )
    assert sorted(type(one).__name__ for one in ended) == ["NotEnoughLeft", "Voucher"], ended
    assert any(isinstance(one, NotEnoughLeft) for one in ended)
    assert balance(Account.objects.get(**held.columns()), on=JUNE).left == 40


def test_a_voucher_is_reversed_once_also_by_two_at_once(crowd):
    held = crowd.region(body="UBND")
    voucher = crowd.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], by="TTG")
    ended = at_once(*[lambda: reverse(voucher, dated=JUNE, by=SYSTEM, reason="thử")] * 2)
    assert sorted(type(one).__name__ for one in ended) == ["Voucher", "WrongMove"], ended
    assert any(isinstance(one, WrongMove) for one in ended)
    assert Voucher.objects.count() == 2


def test_two_officials_drafting_over_the_same_money_one_holds_it_and_the_other_is_told(crowd):
    held, taker = crowd.region(body="UBND-h1", place="h1"), crowd.region(body="UBND-h2", place="h2")
    crowd.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], by="TTG")
    officials = [crowd.officials[name] for name in ("tinh", "huyen")]
    drafts = []
    for official in officials:
        made = open_dossier(title="Ví dụ", planned_for=JUNE, drafted_by=crowd.body("BDT"), on=JUNE, by=official)
        sides = ((Side.DOWN, held), (Side.UP, taker))
        lines = [LineDraft(side, region, 70, "ví dụ", crowd.bodies["UBND-h1"]) for side, region in sides]
        propose(made, lines, by=official)
        drafts.append(made)
    until = date(2024, 7, 15)
    pairs = zip(drafts, officials, strict=True)
    ended = at_once(*[lambda draft=draft, by=by: hold(draft, on=JUNE, until=until, by=by) for draft, by in pairs])
    assert sorted(type(one).__name__ for one in ended) == ["MoneyIsPromised", "Reservation"], ended
    (kept,) = [one for one in ended if isinstance(one, Reservation)]
    (told,) = [one for one in ended if isinstance(one, MoneyIsPromised)]
    winner = officials[drafts.index(kept.dossier)]
    assert winner.name in str(told) and "15/07/2024" in str(told)
    assert balance(Account.objects.get(**held.columns()), on=JUNE).left == 30


def test_of_a_carry_over_and_a_cancellation_of_the_same_money_at_once_one_holds_it(crowd):
    held = crowd.region("CT.DA1", body="UBND-h1", place="h1", source="su_nghiep:NSTW", year="2023")
    crowd.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], dated=date(2023, 1, 5), by="TTG")
    drafts = []
    for kind, side in ((DossierKind.CARRY_OVER, Side.OVER), (DossierKind.CANCELLATION, Side.OFF)):
        made = open_dossier(
            title="Ví dụ", planned_for=JUNE, drafted_by=crowd.body("BDT"), on=JUNE, kind=kind, by=SYSTEM
        )
        propose(made, [LineDraft(side, held, 70, "ví dụ", crowd.bodies["UBND-h1"])], by=SYSTEM)
        drafts.append(made)
    until = date(2024, 7, 15)
    ended = at_once(*[lambda draft=draft: hold(draft, on=JUNE, until=until, by=SYSTEM) for draft in drafts])
    assert sorted(type(one).__name__ for one in ended) == ["MoneyIsPromised", "Reservation"], ended
    assert balance(Account.objects.get(**held.columns()), on=JUNE).left == 30


def test_the_same_request_for_an_extension_at_once_is_stored_once(crowd):
    region = crowd.region("CT.DA1", "h1", "UBND-h1")
    said = {"dong": 10, "asked_by": crowd.body("UBND-h1"), "number": "9/UBND-VD", "asked_on": JUNE,
            "until": date(2024, 12, 31), "reason": "ví dụ", "by": SYSTEM}  # fmt: skip
    ended = at_once(*[lambda: ask_extension(region, **said).pk for _ in range(TOGETHER)])
    assert len(set(ended)) == 1, ended
    asked = ExtensionAsked.objects.get()
    answers = [AnswerSaid(Outcome.GRANTED, f"{n}/QĐ-VD", JUNE, 10, date(2024, 12, 31)) for n in range(TOGETHER)]
    answerer = crowd.body("TTG")
    at_once(*[lambda one=one: answer_extension(asked, one, decided_by=answerer, by=SYSTEM).pk for one in answers])
    assert ExtensionAnswer.objects.count() == TOGETHER
    assert ExtensionAnswer.objects.filter(replaced_by=None).count() == 1, "each stands in the place of the one before"
