"""Reservations and commitments move money to an object of their own: two drafts cannot promise the same."""

from __future__ import annotations

from datetime import date

import pytest

from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger import balances
from vungcao.ledger.actions import NotEnoughLeft, WrongMove, open_object, reverse
from vungcao.ledger.actions.accounts import NotAnAccount
from vungcao.ledger.models import Account, ObjectKind, VoucherKind
from vungcao.ledger.regions import space

DAY = date(2024, 3, 1)


@pytest.fixture
def held(cast):
    region = cast.region(body="UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, region, 100)], by="TTG")
    return region


def free(region):
    return balances.balance(Account.objects.get(**region.columns()), on=date(2024, 12, 31)).left


def test_two_drafts_cannot_promise_the_same_money(cast, held):
    one = cast.region(body="UBND", spending_object="giu-cho")
    promised = cast.post(VoucherKind.RESERVATION, [(held, one, 70)], dated=DAY, decided_here=True)
    with pytest.raises(NotEnoughLeft):
        cast.post(VoucherKind.RESERVATION, [(held, one, 31)], dated=DAY, decided_here=True)
    assert free(held) == 30
    reverse(promised, dated=DAY, by=SYSTEM, reason="dự thảo đã rút")
    assert free(held) == 100


def test_a_promise_stays_inside_its_node(cast, held):
    """A sum over the node counts each account once, so what is promised is still there."""
    one = cast.region(body="UBND", spending_object="giu-cho")
    cast.post(VoucherKind.RESERVATION, [(held, one, 70)], dated=DAY, decided_here=True)
    here = space(DAY)
    assert here.covers(held, one) and not here.covers(one, held)
    assert free(held) + free(one) == 100


def test_a_contract_stands_under_its_work(cast):
    here = space(DAY)
    work, contract = (cast.region(spending_object=code) for code in ("cong-trinh", "hop-dong"))
    assert here.covers(work, contract) and here.meets(contract, work) and not here.covers(contract, work)
    assert here.depth(contract) == here.depth(work) + 1 == here.depth(cast.region()) + 2
    assert not here.meets(contract, cast.region(spending_object="giu-cho"))


def test_each_kind_goes_to_objects_of_its_own(cast, held):
    for kind, code in ((VoucherKind.RESERVATION, "hop-dong"), (VoucherKind.COMMITMENT, "giu-cho")):
        with pytest.raises(WrongMove, match="bên nhận phải là"):
            cast.post(kind, [(held, cast.region(body="UBND", spending_object=code), 5)])
    with pytest.raises(WrongMove, match="không được làm đổi: component"):
        taker = cast.region("CT.DA1", body="UBND", spending_object="hop-dong")
        cast.post(VoucherKind.COMMITMENT, [(held, taker, 5)])


def test_one_code_is_one_object(cast):
    with acting("test.opened", by=SYSTEM) as act:
        again = open_object("cong-trinh", kind=ObjectKind.WORK, name="Tên khác", act=act)
        assert (again.pk, again.name) == (cast.objects["cong-trinh"], "Công trình ví dụ")
        with pytest.raises(NotAnAccount, match="đã là của"):
            open_object("cong-trinh", kind=ObjectKind.CONTRACT, name="x", act=act)
