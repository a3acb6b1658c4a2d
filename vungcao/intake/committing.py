"""A list of contracts becomes commitments: money of a work set aside for the contract that it has to pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vungcao.intake.objects import ObjectDraft, code_of
from vungcao.intake.transfers import Item, TransferDrafting
from vungcao.kernel.refusal import Cell
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import Move
from vungcao.ledger.models import ObjectKind


class CommitmentDrafting(TransferDrafting):
    """Rows are works that hold money; ``contract`` is a contract's number, ``signed`` its day, ``dong`` its amount."""

    measures = TransferDrafting.measures | {"contract", "signed"}
    needs_component = False

    def _moves(self, programme: int) -> Iterator[Move]:
        for item in self._items(programme):
            contract = self._contract(item)
            (bound,) = self._said("dong")[:1]
            if contract is None:
                continue
            said = self._facets(item.row, bound)
            kind, level = said.kind, said.level
            source = self._source(f"{kind}:{level}" if level != NOT_DIVIDED else kind)
            giver = self._held_region(item, source, NOT_DIVIDED, self.heading.year or 0)
            yield from self._move(item.row, bound, giver, replace(giver, spending_object=contract))

    def _contract(self, item: Item) -> int | None:
        """Placeholder of the contract of a row, under its work."""
        number, cell = self._text(item.row, "contract")
        if not number:
            sentence = "dòng có giá trị nhưng không ghi số hợp đồng: ghi số và ngày hợp đồng."
            self._problem("contract.missing", sentence, cell=cell, said=item.row.label)
            return None
        signed, _ = self._text(item.row, "signed")
        work = self.out.objects[item.spending_object]
        name = f"Hợp đồng {number}{f' ngày {signed}' if signed else ''}: {work.name}"
        where = Cell(self.file, self.sheet.name, cell)
        code = code_of("HD", number, signed, work.code)
        return self._object(ObjectDraft(code, ObjectKind.CONTRACT, name, where, parent=item.spending_object))
