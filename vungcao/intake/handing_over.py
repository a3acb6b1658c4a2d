"""Minutes of a handover (biên bản bàn giao, 1/7/2025): money held and money spent go to a new holder, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from vungcao.bodies.models import Batch, Body
from vungcao.evidence.actions import Signer
from vungcao.intake import holdings
from vungcao.intake.drafted import Drafted, VoucherDraft
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Row
from vungcao.intake.taker import Taker
from vungcao.intake.taking_vouchers import VoucherTaker
from vungcao.intake.transfers import Item, TransferDrafting
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import money
from vungcao.ledger import actions as ledger
from vungcao.ledger.actions import Move, OpeningDraft
from vungcao.ledger.models import VoucherKind


@dataclass(frozen=True)
class HandoverDraft:
    """A handover before it is recorded: the voucher, and for some of its moves what had been spent of it."""

    voucher: VoucherDraft
    spent: tuple[tuple[int, int, Cell], ...]  # (place in moves, đồng, cell)
    where: Cell


class HandoverDrafting(TransferDrafting):
    """What goes over is what was given: what is left and, where the paper hands it over, what was spent of it.

    Measures ``left`` (còn lại), ``spent`` (đã giải ngân bàn giao), ``given`` (kế hoạch, where said), ``to`` (bên nhận).
    """

    measures = TransferDrafting.measures | {"left", "spent", "given", "to"}
    amounts = frozenset({"left", "spent", "given"})

    def _make(self, programme: int) -> None:
        self._year_problem(programme)
        decider = self._named(self.fit.profile.rule["decided_by"])
        if decider is None:
            return
        self.spent: list[tuple[int, int, Cell]] = []
        moves: list[Move] = []
        for item in self._items(programme):
            for bound in self._said("left"):
                moves += self._handed(item, bound, len(moves))
        if not moves and self.out.is_usable:
            self._problem("voucher.empty", "không có số tiền nào để ghi.", cell=self.top)
        where = Cell(self.file, self.sheet.name, self.top)
        key = Body.objects.values_list("key", flat=True).get(pk=decider)
        voucher = VoucherDraft(VoucherKind.HANDOVER, key, self.heading.number, tuple(moves), where, finds_accounts=True)
        self.out.facts.append(HandoverDraft(voucher, tuple(self.spent), where))

    def _handed(self, item: Item, bound: Bound, at: int) -> list[Move]:
        row = item.row
        left, spent, spent_cell = *self._dong(row, bound)[:1], *self._beside_cut(row, bound, "spent")
        given, given_cell = self._beside_cut(row, bound, "given")
        if not (left or spent):
            return []
        source, origin = self._capital(row, bound), self._origin_year(row, bound, False)
        said, cell = self._text(row, "to")
        taker = self._body_there(said, cell) if said else None
        if not said:
            sentence = "dòng có số bàn giao nhưng không ghi bên nhận: ghi xã, phường nhận ở cột “Bên nhận”."
            self._problem("handover.no_taker", sentence, cell=cell, said=row.label)
        if source is None or origin is None or taker is None:
            return []
        if min(left or 0, spent or 0) < 0:
            self._problem("amount.negative", "số bàn giao nhỏ hơn 0: sửa rồi nộp lại.", cell=f"{bound.col}{row.row}")
            return []
        dong = (left or 0) + (spent or 0)
        if given is not None and given != dong:
            sentence = f"kế hoạch bàn giao {money(given)} khác tổng còn lại và đã giải ngân {money(dong)}; ghi theo "
            sentence += "còn lại và đã giải ngân, đề nghị đối chiếu."
            self._problem("handover.parts_differ", sentence, cell=given_cell, weight="contradicting")
        giver = self._held_region(item, source, origin, self.heading.year or 0)
        to = replace(giver, body=taker, place=self._place_of(taker))
        if giver == to:
            self._problem("voucher.to_itself", f"{row.label} vừa giao vừa nhận: kiểm tra lại dòng này.", cell=cell)
            return []
        if spent:
            self.spent.append((at, spent, Cell(self.file, self.sheet.name, spent_cell)))
        return [Move(giver, to, dong, Cell(self.file, self.sheet.name, f"{bound.col}{row.row}"))]

    def _beside_cut(self, row: Row, bound: Bound, measure: str) -> tuple[int | None, str]:
        """The figure of another measure for the same kind of capital, budget level and year of origin."""
        mine = self._facets(row, bound)
        for other in self._said(measure):
            said = self._facets(row, other)
            if (said.kind, said.level, said.years) == (mine.kind, mine.level, mine.years):
                return self._dong(row, other)[0], f"{other.col}{row.row}"
        return None, f"{bound.col}{row.row}"


class HandoverTaker(Taker[HandoverDraft]):
    """The voucher and the openings, or neither; more than is held keeps the whole table a draft."""

    rank = 5

    def __init__(self, fact: HandoverDraft, one: Drafted) -> None:
        super().__init__(fact, one)
        self.voucher = VoucherTaker(fact.voucher, one)

    @property
    def body(self) -> int:
        return self.voucher.body

    @property
    def on(self) -> date:
        return self.voucher.on

    @property
    def size(self) -> tuple[int, int]:
        return self.voucher.size

    def is_held(self) -> bool:
        return self.voucher.is_held()

    def problems(self) -> list[Problem]:
        found = self.voucher.problems()
        if not found:
            found = holdings.beyond(self.voucher.fact, self.on)
        return found

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        found = self.voucher.write(batch=batch, by=by)
        moves = self.voucher.fact.moves
        rows = [
            OpeningDraft(moves[at].giver, moves[at].taker, dong, where)  # type: ignore[arg-type]  # both are inside
            for at, dong, where in self.fact.spent
        ]
        if rows:
            ledger.record_openings(batch=batch, dated=self.on, rows=rows, by=by, number=self.fact.voucher.number)
        return found
