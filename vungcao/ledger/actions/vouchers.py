"""Posting decided movements of spending authority; corrections reverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Cell, Refusal
from vungcao.kernel.vietnamese import money
from vungcao.ledger import balances
from vungcao.ledger.actions.accounts import contra, open_account
from vungcao.ledger.models import Account, Entry, Voucher, VoucherKind
from vungcao.ledger.regions import Region


class NotEnoughLeft(Refusal):
    """We would decide to pass on more than is there, on that day or a later one."""

    code = "ledger.not_enough_left"

    def __init__(self, asked: int, left: int) -> None:
        super().__init__(
            f"Không đủ vốn để chuyển: cần {money(asked)}, từ ngày đó trở đi chỉ còn {money(left)}.", asked=asked, left=left
        )


class WrongMove(Refusal):
    """A movement that its kind of voucher does not allow."""

    code = "ledger.wrong_move"


@dataclass(frozen=True)
class Move:
    """Whole đồng from one region to another; ``giver=None`` is money from outside (its contra account)."""

    giver: Region | None
    taker: Region | None
    dong: int
    where: Cell | None = None


def post(
    *,
    kind: VoucherKind,
    dated: date,
    decided_by: Body,
    batch: Batch,
    moves: Sequence[Move],
    by: Signer,
    number: str = "",
    note: str = "",
    decided_here: bool = False,
) -> Voucher:
    """Record a decision. What was decided outside is always stored; what is ``decided_here`` may not overdraw
    the giver on that day or any later one (raises ``NotEnoughLeft``).
    """
    _check(kind, moves)
    with acting("ledger.posted", by=by) as act:
        lock("voucher", kind, number, dated, decided_by.pk)
        voucher = Voucher.objects.create(
            act=act, kind=kind, number=number, dated=dated, decided_by=decided_by, batch=batch, note=note
        )
        entries = []
        for move in moves:
            giver, taker = _accounts(move, decided_by, dated, act)
            if decided_here and not giver.is_contra:
                lock("account", giver.pk)
                left = balances.lowest_left(giver, since=dated) + sum(e.dong for e in entries if e.account_id == giver.pk)
                if move.dong > left:
                    raise NotEnoughLeft(move.dong, left)
            at = {"sheet": move.where.sheet if move.where else "", "cell": move.where.cell if move.where else ""}
            entries.append(Entry(act=act, voucher=voucher, account=giver, dong=-move.dong, **at))
            entries.append(Entry(act=act, voucher=voucher, account=taker, dong=move.dong, **at))
        Entry.objects.bulk_create(entries)
        record(act, voucher, after={"kind": kind, "number": number, "dated": f"{dated}", "entries": len(entries)})
    return voucher


def reverse(voucher: Voucher, *, dated: date, by: Signer, reason: str) -> Voucher:
    """Undo a voucher by its opposite; both stay in sight. Raises ``WrongMove`` when it was reversed already."""
    if Voucher.objects.filter(reverses=voucher).exists() or voucher.kind == VoucherKind.REVERSAL:
        raise WrongMove(f"Chứng từ {voucher} đã được ghi đảo hoặc chính là bút toán đảo.")
    with acting("ledger.reversed", by=by, reason=reason) as act:
        opposite = Voucher.objects.create(
            act=act,
            kind=VoucherKind.REVERSAL,
            number=voucher.number,
            dated=dated,
            decided_by=voucher.decided_by,
            batch=voucher.batch,
            reverses=voucher,
            note=reason,
        )
        Entry.objects.bulk_create(
            Entry(act=act, voucher=opposite, account_id=entry.account_id, dong=-entry.dong, sheet=entry.sheet, cell=entry.cell)
            for entry in voucher.entries.order_by("pk")
        )
        record(act, opposite, before={"voucher": voucher.pk}, after={"reason": reason})
    return opposite


def _accounts(move: Move, decided_by: Body, dated: date, act: object) -> tuple[Account, Account]:
    inner = move.taker or move.giver
    if inner is None:
        raise WrongMove("Bút toán thiếu cả bên giao và bên nhận.")
    sides = []
    for region in (move.giver, move.taker):
        if region is None:
            sides.append(open_account(contra(inner, giver=decided_by.pk, on=dated), act=act, is_contra=True))
        else:
            sides.append(open_account(region, act=act))
    return sides[0], sides[1]


def _check(kind: VoucherKind, moves: Sequence[Move]) -> None:
    """Refuse moves that the kind does not allow; see the table in the room's README."""
    if not moves:
        raise WrongMove("Chứng từ không có dòng nào.")
    for move in moves:
        if move.dong <= 0:
            raise WrongMove("Số tiền chuyển phải lớn hơn 0.")
        if move.giver == move.taker:
            raise WrongMove("Bên giao và bên nhận trùng nhau.")
        outside = {VoucherKind.ASSIGNMENT: (True, False), VoucherKind.CANCELLATION: (False, True)}.get(kind, (False, False))
        if (move.giver is None, move.taker is None) != outside:
            raise WrongMove(f"{kind.label}: sai bên giao hoặc bên nhận.")
        if move.giver and move.taker:
            _check_inside(kind, move.giver, move.taker)


def _check_inside(kind: VoucherKind, giver: Region, taker: Region) -> None:
    free = {
        VoucherKind.HANDOVER: {"body", "place"},
        VoucherKind.CARRY_OVER: {"year_use"},
        VoucherKind.ALLOCATION: {"component", "field", "source", "body", "place", "spending_object", "year_origin"},
        VoucherKind.ADJUSTMENT: {"component", "field", "body", "place", "spending_object"},
    }[kind]
    changed = {name for name in Region.__dataclass_fields__ if getattr(giver, name) != getattr(taker, name)}
    if changed - free:
        raise WrongMove(f"{kind.label} không được làm đổi: {', '.join(sorted(changed - free))}.")
