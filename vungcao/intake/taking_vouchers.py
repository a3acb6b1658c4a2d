"""A decision on its way into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.db.models import Q, Sum

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import Signer, acting
from vungcao.intake import holdings, levels, objects
from vungcao.intake.drafted import Drafted, VoucherDraft
from vungcao.intake.taker import Taker
from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import actions as ledger
from vungcao.ledger import balances
from vungcao.ledger.left_behind import below_spent
from vungcao.ledger.models import Account, StatementLine, Voucher, VoucherKind
from vungcao.ledger.regions import Region

TAKES_WHAT_IS_UNSPENT: Final = frozenset({VoucherKind.ADJUSTMENT, VoucherKind.CARRY_OVER, VoucherKind.CANCELLATION})


class VoucherTaker(Taker[VoucherDraft]):
    """The level of each assignment settled, compared with the same paper as we hold it, posted."""

    rank = 2

    def __init__(self, fact: VoucherDraft, one: Drafted) -> None:
        dated, decider = one.heading.dated, bodies.body(fact.decided_by)
        assert dated is not None and decider is not None  # without them there is no draft
        settle = holdings.settle if fact.finds_accounts else levels.settle
        settled, self.unsettled = settle(_with_objects(fact, objects.known(one.objects)), dated)
        super().__init__(settled, one)
        self.dated: date = dated
        self.decider: Body = decider

    @classmethod
    def order(cls, fact: VoucherDraft) -> int:
        """Decisions from the top down."""
        return {VoucherKind.ASSIGNMENT: 0, VoucherKind.ALLOCATION: 1}.get(fact.kind, cls.rank)

    @property
    def body(self) -> int:
        return self.decider.pk

    @property
    def on(self) -> date:
        return self.dated

    @property
    def size(self) -> tuple[int, int]:
        return len(self.fact.moves), sum(move.dong for move in self.fact.moves)

    def is_held(self) -> bool:
        held, fact = self._same_paper(), self.fact
        return held is not None and _moved(held) == _moved_by(fact)

    def problems(self) -> list[Problem]:
        problems, number = [*self.unsettled, *objects.unknown(self.one.objects)], self.fact.number
        if self._same_paper() and not self.is_held():
            said = f"văn bản số {number} đã được ghi với số tiền khác; nếu có đính chính, ghi đảo bản cũ trước."
            problems.append(Problem(self.fact.where, "voucher.two_editions", number, said))
        return problems

    def _same_paper(self) -> Voucher | None:
        return Voucher.objects.filter(
            kind=self.fact.kind, number=self.fact.number, dated=self.dated, decided_by=self.decider, reversed_by=None
        ).first()

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        with acting("ledger.objects_opened", by=by) as act:
            self.fact = _with_objects(self.fact, objects.opened(self.one.objects, act=act))
        fact, twins = self.fact, self._twins()
        ledger.post(
            kind=fact.kind,
            dated=self.dated,
            decided_by=self.decider,
            batch=batch,
            moves=fact.moves,
            by=by,
            number=fact.number,
        )
        overdrawn = self._overdrawn()
        return [*twins, *overdrawn, *([] if overdrawn else self._beyond_unspent())]

    def _twins(self) -> list[Problem]:
        """Another paper of the same decider that moved the very same money: perhaps this one under another number."""
        fact, total = self.fact, Sum("entries__dong", filter=Q(entries__dong__gt=0))
        held = Voucher.objects.filter(kind=fact.kind, decided_by=self.decider, reversed_by=None)
        for other in held.annotate(total=total).filter(total=self.size[1]).order_by("dated", "pk"):
            if _moved(other) == _moved_by(fact):
                said = f"văn bản số {other.number} ngày {day(other.dated)} đã ghi đúng những khoản này; vẫn được ghi, "
                said += "đề nghị đối chiếu: nếu là một văn bản hai số thì ghi đảo một bản."
                return [Problem(fact.where, "voucher.same_moves", other.number, said, "contradicting")]
        return []

    def _overdrawn(self) -> list[Problem]:
        """Givers that now pass on more than they hold: decided outside, so recorded, and flagged at the first cell."""
        first = {move.giver: move for move in reversed(self.fact.moves) if move.giver is not None}
        accounts = {Region.of(one): one for one in Account.objects.filter(body__in={giver.body for giver in first})}
        lowest = balances.lowest_of([accounts[giver] for giver in first], since=self.dated)
        found = []
        for giver, move in first.items():
            left = lowest[accounts[giver].pk]
            if left < 0:
                said = f"bên giao chuyển đi nhiều hơn số đang giữ, thiếu {money(-left)}; "
                said += "vẫn được ghi, đề nghị đối chiếu."
                where = move.where or self.fact.where
                found.append(Problem(where, "voucher.overdrawn", "", said, "contradicting"))
        return found

    def _beyond_unspent(self) -> list[Problem]:
        """Money that goes although its holder said it was spent: the decision stands, the two are to be compared."""
        if self.fact.kind not in TAKES_WHAT_IS_UNSPENT:
            return []
        first = {move.giver: move for move in reversed(self.fact.moves) if move.giver is not None}
        found = []
        for short in below_spent(first, self.dated):
            line = StatementLine.objects.select_related("statement__batch__source").get(pk=short.line.said.line)
            said = (
                f"bên giao chỉ còn {money(short.given)} ở khoản này, thấp hơn {money(short.disbursed_dong)} đã báo "
                f"giải ngân đến ngày {day(line.statement.as_of)} ({line.statement.batch.source.name}, ô {line.cell}): "
                f"chuyển đi quá số chưa chi {money(short.gap)}; vẫn được ghi, đề nghị đối chiếu."
            )
            where = first[short.giver].where or self.fact.where
            found.append(Problem(where, "voucher.more_than_unspent", line.label, said, "contradicting"))
        return found


def _with_objects(fact: VoucherDraft, keys: Mapping[int, int]) -> VoucherDraft:
    def known(side: Region | None) -> Region | None:
        return objects.with_objects(side, keys) if side else None

    moves = (replace(move, giver=known(move.giver), taker=known(move.taker)) for move in fact.moves)
    return replace(fact, moves=tuple(moves))


def _moved(voucher: Voucher) -> list[tuple[str, int]]:
    """What a voucher gave to whom; what it took from whom, where it went outside."""
    sign = -1 if voucher.kind == VoucherKind.CANCELLATION else 1
    entries = voucher.entries.select_related("account")
    return sorted((repr(Region.of(one.account)), abs(one.dong)) for one in entries if one.dong * sign > 0)


def _moved_by(fact: VoucherDraft) -> list[tuple[str, int]]:
    is_out = fact.kind == VoucherKind.CANCELLATION
    return sorted((repr(move.giver if is_out else move.taker), move.dong) for move in fact.moves)
