"""Posting decided movements of spending authority; corrections reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.models import Act
from vungcao.kernel.refusal import Cell, Refusal
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import balances
from vungcao.ledger.actions.accounts import Outside, open_accounts
from vungcao.ledger.models import Account, Entry, ObjectKind, SpendingObject, Voucher, VoucherKind
from vungcao.ledger.regions import Region


class NotEnoughLeft(Refusal):
    """We would decide to pass on more than is there, on that day or a later one."""

    code = "ledger.not_enough_left"

    def __init__(self, asked: int, left: int) -> None:
        super().__init__(
            gettext("Không đủ vốn để chuyển: cần %(asked)s, từ ngày đó trở đi chỉ còn %(left)s.")
            % {"asked": money(asked), "left": money(left)},
            asked=asked,
            left=left,
        )


class WrongMove(Refusal):
    """A movement that its kind of voucher does not allow."""

    code = "ledger.wrong_move"


@dataclass(frozen=True)
class Move:
    """Whole đồng from one region to another; ``giver=None`` is money from outside (its contra account).

    ``taken_at`` is the cell that names the taker, where it is another than the giver's.
    """

    giver: Region | None
    taker: Region | None
    dong: int
    where: Cell | None = None
    taken_at: Cell | None = None


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
    the giver on that day or any later one (raises ``NotEnoughLeft``). The same numbered paper again changes nothing:
    the voucher that stands is returned.
    """
    _check(kind, moves)
    _check_objects(kind, moves)
    sides = list(_sides(moves, decided_by, dated))
    with acting("ledger.posted", by=by) as act:
        lock("voucher", str(kind), number, dated, decided_by.pk)
        if held := _held(sides, kind=kind, number=number, dated=dated, decided_by=decided_by):
            return held
        accounts = open_accounts(dict(side for _, pair in sides for side in pair), act=act)
        if decided_here:
            _refuse_overdraft(sides, accounts, dated)
        voucher = Voucher.objects.create(
            act=act, kind=kind, number=number, dated=dated, decided_by=decided_by, batch=batch, note=note
        )
        Entry.objects.bulk_create(_entries(sides, accounts, voucher, act))
        after = {"kind": kind, "number": number, "dated": f"{dated}", "entries": 2 * len(moves)}
        record(act, voucher, after=after)
    return voucher


def reverse(voucher: Voucher, *, dated: date, by: Signer, reason: str) -> Voucher:
    """Undo a voucher by its opposite; both stay in sight. Raises ``WrongMove`` when it was reversed already, or for a
    day before the voucher's own: nothing can be taken back before it was given.
    """
    if dated < voucher.dated:
        raise WrongMove(
            gettext("Ghi đảo không thể có ngày %(day)s, trước ngày %(dated)s của chứng từ.")
            % {"day": day(dated), "dated": day(voucher.dated)}
        )
    with acting("ledger.reversed", by=by, reason=reason) as act:
        lock("reversal", voucher.pk)
        if voucher.kind == VoucherKind.REVERSAL or Voucher.objects.filter(reverses=voucher).exists():
            raise WrongMove(
                gettext("Chứng từ %(voucher)s đã được ghi đảo hoặc chính là bút toán đảo.") % {"voucher": voucher}
            )
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
            Entry(
                act=act,
                voucher=opposite,
                account_id=entry.account_id,
                dong=-entry.dong,
                sheet=entry.sheet,
                cell=entry.cell,
            )
            for entry in voucher.entries.order_by("pk")
        )
        record(act, opposite, before={"voucher": voucher.pk}, after={"reason": reason})
    return opposite


Side = tuple[Region, bool]  # a region, and whether it stands for the outside
Sides = tuple[Move, tuple[Side, Side]]


def _sides(moves: Sequence[Move], decided_by: Body, dated: date) -> Iterator[Sides]:
    """Giver and taker of each move; what comes from or goes outside has a contra region."""
    outside: Outside | None = None
    for move in moves:
        inner = move.taker or move.giver
        if inner is None:
            raise WrongMove(gettext("Bút toán thiếu cả bên giao và bên nhận."))
        if move.giver and move.taker:
            yield move, ((move.giver, False), (move.taker, False))
            continue
        outside = outside or Outside(giver=decided_by.pk, on=dated)
        there = (outside.of(inner), True)
        yield move, ((move.giver, False) if move.giver else there, (move.taker, False) if move.taker else there)


def _held(sides: Sequence[Sides], *, kind: VoucherKind, number: str, dated: date, decided_by: Body) -> Voucher | None:
    """The standing voucher of the same paper that moves the same money, if there is one: as much from and to each
    account, whoever is set against whom.
    """
    if not number:
        return None
    wanted = _net((side, dong) for move, (giver, taker) in sides
                  for (side, _), dong in ((giver, -move.dong), (taker, move.dong)))  # fmt: skip
    same = Voucher.objects.filter(kind=kind, number=number, dated=dated, decided_by=decided_by, reversed_by=None)
    for voucher in same.order_by("pk"):
        rows = voucher.entries.select_related("account")
        if _net((Region.of(entry.account), entry.dong) for entry in rows) == wanted:
            return voucher
    return None


def _net(entries: Iterable[tuple[Region, int]]) -> dict[Region, tuple[int, int]]:
    """Account → what goes out of it and what comes in, in all."""
    found: dict[Region, tuple[int, int]] = {}
    for region, dong in entries:
        out, into = found.get(region, (0, 0))
        found[region] = (out + min(dong, 0), into + max(dong, 0))
    return found


def _refuse_overdraft(sides: Sequence[Sides], accounts: Mapping[Region, Account], dated: date) -> None:
    """No account may fall below zero, on the day or a later one, by what this decision takes from it in all."""
    net: Counter[Region] = Counter()
    for move, ((giver, _), (taker, _)) in sides:
        net[giver] -= move.dong
        net[taker] += move.dong
    givers = [(accounts[region], -dong) for region, dong in net.items() if dong < 0 and not accounts[region].is_contra]
    for account, asked in sorted(givers, key=lambda pair: pair[0].pk):
        lock("account", account.pk)
        left = balances.lowest_left(account, since=dated)
        if asked > left:
            raise NotEnoughLeft(asked, left)


def _entries(sides: Sequence[Sides], accounts: Mapping[Region, Account], voucher: Voucher, act: Act) -> list[Entry]:
    entries = []
    for move, ((giver, _), (taker, _)) in sides:
        for region, dong, cell in ((giver, -move.dong, move.where), (taker, move.dong, move.taken_at or move.where)):
            at = {"sheet": cell.sheet if cell else "", "cell": cell.cell if cell else ""}
            entries.append(Entry(act=act, voucher=voucher, account=accounts[region], dong=dong, **at))
    return entries


def _check(kind: VoucherKind, moves: Sequence[Move]) -> None:
    """Refuse moves that the kind does not allow; see the table in the room's README."""
    if kind == VoucherKind.REVERSAL:
        raise WrongMove(gettext("Bút toán đảo được lập từ chứng từ cần đảo."))
    if not moves:
        raise WrongMove(gettext("Chứng từ không có dòng nào."))
    for move in moves:
        if move.dong <= 0:
            raise WrongMove(gettext("Số tiền chuyển phải lớn hơn 0."))
        if move.giver == move.taker:
            raise WrongMove(gettext("Bên giao và bên nhận trùng nhau."))
        outside = {VoucherKind.ASSIGNMENT: (True, False), VoucherKind.CANCELLATION: (False, True)}.get(
            kind, (False, False)
        )
        if (move.giver is None, move.taker is None) != outside:
            raise WrongMove(gettext("%(kind)s: sai bên giao hoặc bên nhận.") % {"kind": gettext(f"{kind.label}")})
        if move.giver and move.taker:
            _check_inside(kind, move.giver, move.taker)


def _check_objects(kind: VoucherKind, moves: Sequence[Move]) -> None:
    """A reservation moves money to the object of its draft, a commitment to a contract; nothing else does."""
    wanted = {VoucherKind.RESERVATION: ObjectKind.RESERVATION, VoucherKind.COMMITMENT: ObjectKind.CONTRACT}.get(kind)
    if wanted is None:
        return
    takers = {move.taker.spending_object for move in moves if move.taker}
    if SpendingObject.objects.filter(pk__in=takers).exclude(kind=wanted).exists():
        raise WrongMove(
            gettext("%(kind)s: bên nhận phải là “%(wanted)s”.")
            % {"kind": gettext(f"{kind.label}"), "wanted": gettext(f"{wanted.label}")}
        )


def _check_inside(kind: VoucherKind, giver: Region, taker: Region) -> None:
    free = {
        VoucherKind.HANDOVER: {"body", "place"},
        VoucherKind.CARRY_OVER: {"year_use"},
        VoucherKind.ALLOCATION: {"component", "field", "source", "body", "place", "spending_object", "year_origin"},
        VoucherKind.ADJUSTMENT: {"component", "field", "body", "place", "spending_object"},
        VoucherKind.RESERVATION: {"spending_object"},
        VoucherKind.COMMITMENT: {"spending_object"},
    }[kind]
    changed = {name for name in Region.__dataclass_fields__ if getattr(giver, name) != getattr(taker, name)}
    if changed - free:
        raise WrongMove(
            gettext("%(kind)s không được làm đổi: %(changed)s.")
            % {"kind": gettext(f"{kind.label}"), "changed": ", ".join(sorted(changed - free))}
        )
