"""Movements of spending authority: every voucher sums to zero, nothing is made or lost, corrections reverse."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from vungcao.evidence import chain
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.ledger import balances, book, checks
from vungcao.ledger.actions import NotEnoughLeft, WrongMove, open_account, reverse
from vungcao.ledger.actions.accounts import NotAnAccount
from vungcao.ledger.models import Account, Entry, Voucher, VoucherKind
from vungcao.ledger.regions import Region
from vungcao.ledger.tests.sequences import DAYS, Sequence, sequences

JANUARY, MARCH, JUNE, DECEMBER = (date(2024, month, 10) for month in (1, 3, 6, 12))


@pytest.fixture
def given_100(cast):
    """A hundred đồng from the centre, held by the province."""
    held = cast.region(body="UBND")
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, 100)], dated=JANUARY, by="TTG", number="1/QĐ-VD")
    return held


def account(region: Region) -> Account:
    return Account.objects.get(**region.columns())


def left(region: Region, on: date = DECEMBER) -> int:
    return balances.balance(account(region), on=on).left


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=some.data())
def test_random_decisions_keep_every_dong(cast, data):
    """Against a plain list of movements: per account and day, and in all."""
    with transaction.atomic():
        played: Sequence = data.draw(sequences(cast))
        for on in DAYS:
            wanted = Counter()
            for dated, region, dong in played.moved:
                if dated <= on:
                    wanted[region] += dong
            held = {Region.of(one): balances.balance(one, on=on) for one in Account.objects.filter(is_contra=False)}
            assert {region: one.left for region, one in held.items() if one.left} == {
                region: dong for region, dong in wanted.items() if dong
            }
            assert all(one.given == one.passed_on + one.left for one in held.values())
            outside = sum(balances.balance(one, on=on).left for one in Account.objects.filter(is_contra=True))
            assert sum(one.left for one in held.values()) + outside == 0
        assert not [one for one in checks.findings() if one.code == "voucher.not_zero"]
        assert bean_check() == []
        transaction.set_rollback(True)


def bean_check() -> list[str]:
    """What an independent bookkeeping program finds wrong with our book."""
    from beancount import loader

    _, errors, _ = loader.load_string("\n".join(book.book()))
    return [error.message for error in errors]


def test_an_independent_judge_finds_a_book_that_does_not_balance(given_100):
    assert bean_check() == []
    text = "\n".join(book.book())
    assert "100 VND" in text
    from beancount import loader

    _, errors, _ = loader.load_string(text.replace("  100 VND", "  99 VND", 1))
    assert errors


def test_money_from_outside_comes_from_a_contra_account_and_the_voucher_sums_to_zero(cast, given_100):
    entries = {entry.account.is_contra: entry.dong for entry in Entry.objects.select_related("account")}
    assert entries == {True: -100, False: 100}
    contra = Account.objects.get(is_contra=True)
    assert (contra.component.code, contra.body.key, contra.place.key) == ("CT", "TTG", "VN")


def test_one_combination_has_one_account(cast, given_100):
    with acting("test.opened", by=SYSTEM) as act:
        assert open_account(given_100, act=act) == account(given_100)
        with pytest.raises(IntegrityError, match=r"unique|UNIQUE|HISTORY_IS_KEPT"), transaction.atomic():
            Account.objects.create(act=act, **given_100.columns())


def test_an_account_has_one_year_of_use_and_the_outside_holds_nothing_of_ours(cast, given_100):
    with acting("test.opened", by=SYSTEM) as act:
        with pytest.raises(NotAnAccount, match="một năm sử dụng"):
            open_account(cast.region(year="2021-2025"), act=act)
        with pytest.raises(NotAnAccount, match="bên ngoài"):
            open_account(Region.of(Account.objects.get(is_contra=True)), act=act)


def test_what_we_decide_may_not_overdraw_that_day_or_a_later_one(cast, given_100):
    one, other = cast.region(body="UBND-h1", place="h1"), cast.region(body="UBND-h2", place="h2")
    cast.post(VoucherKind.ALLOCATION, [(given_100, one, 70)], dated=JUNE, decided_here=True)
    with pytest.raises(NotEnoughLeft) as refused:
        cast.post(VoucherKind.ALLOCATION, [(given_100, other, 31)], dated=MARCH, decided_here=True)
    assert refused.value.facts == {"asked": 31, "left": 30}
    assert not Account.objects.filter(**other.columns()).exists(), "a refused decision leaves nothing"
    with pytest.raises(NotEnoughLeft):
        cast.post(VoucherKind.ALLOCATION, [(given_100, other, 1)], dated=date(2024, 1, 9), decided_here=True)
    cast.post(VoucherKind.ALLOCATION, [(given_100, other, 30)], dated=MARCH, decided_here=True)
    assert (left(given_100), left(one), left(other)) == (0, 70, 30)


def test_the_lines_of_one_decision_count_together(cast, given_100):
    one, other = cast.region(body="UBND-h1", place="h1"), cast.region(body="UBND-h2", place="h2")
    with pytest.raises(NotEnoughLeft):
        cast.post(VoucherKind.ALLOCATION, [(given_100, one, 60), (given_100, other, 41)], decided_here=True)
    below = cast.region(body="UBND-x1", place="x1")
    cast.post(VoucherKind.ALLOCATION, [(given_100, one, 60), (one, below, 60)], decided_here=True)
    assert (left(given_100), left(one), left(below)) == (40, 0, 60)


def test_what_was_decided_outside_is_stored_although_it_overdraws_and_is_found(cast, given_100):
    one = cast.region(body="UBND-h1", place="h1")
    cast.post(VoucherKind.ALLOCATION, [(given_100, one, 130)])
    assert (left(given_100), left(one)) == (-30, 130)
    (found,) = (one for one in checks.findings() if one.code == "account.below_zero")
    assert found.key == "CT|dau_tu:NSTW|2024|2024|UBND"


def test_a_reversal_leaves_both_in_sight_and_is_made_once(cast, given_100):
    one = cast.region(body="UBND-h1", place="h1")
    wrong = cast.post(VoucherKind.ALLOCATION, [(given_100, one, 70)], dated=MARCH)
    undone = reverse(wrong, dated=JUNE, by=SYSTEM, reason="nhập sai")
    assert (left(one, MARCH), left(one), left(given_100)) == (70, 0, 100)
    assert set(Voucher.objects.filter(pk__in=[wrong.pk, undone.pk])) == {wrong, undone}
    assert (undone.reverses, undone.kind, undone.note) == (wrong, VoucherKind.REVERSAL, "nhập sai")
    for again in (wrong, undone):
        with pytest.raises(WrongMove, match="đã được ghi đảo"):
            reverse(again, dated=JUNE, by=SYSTEM, reason="")


def test_nothing_is_taken_back_before_it_was_given(cast, given_100):
    with pytest.raises(WrongMove, match="trước ngày 10/01/2024"):
        reverse(Voucher.objects.get(), dated=date(2024, 1, 9), by=SYSTEM, reason="nhập sai")
    assert left(given_100) == 100
    reverse(Voucher.objects.get(), dated=JANUARY, by=SYSTEM, reason="nhập sai")
    assert left(given_100, JANUARY) == 0


def test_the_same_paper_again_changes_nothing_until_it_is_reversed(cast, given_100):
    same = {"dated": JANUARY, "by": "TTG", "number": "1/QĐ-VD"}
    first = Voucher.objects.get()
    assert cast.post(VoucherKind.ASSIGNMENT, [(None, given_100, 100)], **same) == first
    assert left(given_100) == 100
    other = cast.post(VoucherKind.ASSIGNMENT, [(None, given_100, 90)], **same)
    assert other != first and left(given_100) == 190, "another amount under one number is for the door to judge"
    reverse(other, dated=MARCH, by=SYSTEM, reason="thử")
    reverse(first, dated=MARCH, by=SYSTEM, reason="thử")
    assert cast.post(VoucherKind.ASSIGNMENT, [(None, given_100, 100)], **same) not in (first, other)
    assert left(given_100) == 100


def test_decisions_without_a_number_are_each_their_own(cast):
    held = cast.region(body="UBND")
    for _ in range(2):
        cast.post(VoucherKind.ASSIGNMENT, [(None, held, 10)], by="TTG")
    assert left(held) == 20


def test_a_kind_allows_only_its_own_moves(cast):
    here, there = cast.region(body="UBND"), cast.region(body="UBND-h1", place="h1")
    wrong = [
        (VoucherKind.ASSIGNMENT, here, there, 5, "sai bên giao"),
        (VoucherKind.ASSIGNMENT, here, None, 5, "sai bên giao"),
        (VoucherKind.CANCELLATION, None, here, 5, "sai bên giao"),
        (VoucherKind.ALLOCATION, None, here, 5, "sai bên giao"),
        (VoucherKind.ALLOCATION, here, cast.region(body="UBND", year="2025"), 5, "year_use"),
        (VoucherKind.ADJUSTMENT, here, cast.region(body="UBND", source="su_nghiep:NSTW"), 5, "source"),
        (VoucherKind.CARRY_OVER, here, there, 5, "body, place"),
        (VoucherKind.HANDOVER, here, cast.region("CT.DA1", body="UBND"), 5, "component"),
        (VoucherKind.ALLOCATION, here, here, 5, "trùng nhau"),
        (VoucherKind.ALLOCATION, here, there, 0, "lớn hơn 0"),
        (VoucherKind.ALLOCATION, here, there, -5, "lớn hơn 0"),
        (VoucherKind.REVERSAL, here, there, 5, "từ chứng từ cần đảo"),
    ]
    for kind, giver, taker, dong, why in wrong:
        with pytest.raises(WrongMove, match=why):
            cast.post(kind, [(giver, taker, dong)])
    with pytest.raises(WrongMove, match="không có dòng"):
        cast.post(VoucherKind.ALLOCATION, [])
    assert not Voucher.objects.exists()


def test_an_entry_moves_money(cast, given_100):
    row = Entry.objects.first()
    with pytest.raises(IntegrityError, match="entry_moves_money"), transaction.atomic():
        Entry.objects.create(act=row.act, voucher=row.voucher, account=row.account, dong=0)


def test_raw_sql_on_the_ledger_is_stopped_or_found(cast, given_100):
    chain.extend()
    for text in (
        "UPDATE ledger_entry SET dong = dong * 2",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_voucher SET note = 'x'",
    ):
        with pytest.raises(DatabaseError, match="HISTORY_IS_KEPT"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)
    row = Entry.objects.filter(dong=100).get()
    Entry.objects.create(act=row.act, voucher=row.voucher, account=row.account, dong=7)  # slipped in, as by raw SQL
    assert [one.code for one in chain.verify()] == ["audit.changed"]
    assert [one.code for one in checks.findings()] == ["voucher.not_zero"]


def test_a_late_paper_carries_its_own_day(cast, given_100):
    one = cast.region(body="UBND-h1", place="h1")
    late = cast.post(VoucherKind.ALLOCATION, [(given_100, one, 40)], dated=MARCH)
    known_before = late.act.numbered.no - 1
    assert balances.balance(account(one), on=MARCH).left == 40
    assert balances.balance(account(one), on=date(2024, 3, 9)).left == 0
    assert balances.balance(account(one), on=DECEMBER, known=known_before).left == 0


def test_the_book_asserts_every_account_on_each_report_day(cast, given_100):
    one = cast.region(body="UBND-h1", place="h1")
    cast.post(VoucherKind.ALLOCATION, [(given_100, one, 70)], dated=JUNE)
    cast.state([(one, 10)], coverage=one, as_of=MARCH)
    text = "\n".join(book.book())
    asserted = {line.split(" ")[0] for line in text.splitlines() if " balance " in line}
    assert asserted == {"2024-03-11", "2024-06-11"} and bean_check() == []
    held = next(
        line for line in text.splitlines() if line.startswith("2024-03-11 balance") and line.endswith(" 100 VND")
    )
    from beancount import loader

    _, errors, _ = loader.load_string(text.replace(held, held.replace(" 100 VND", " 30 VND")))
    assert errors, "what stood on the report day, not only at the end, is judged"
