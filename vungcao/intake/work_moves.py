"""A decision's list of works becomes moves: from whoever decides to the owner of each work, for that work alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vungcao.intake.voucher_moves import VoucherDrafting
from vungcao.intake.work_rows import WorkRows
from vungcao.ledger.actions import Move


class WorkVoucherDrafting(WorkRows, VoucherDrafting):
    """The annex of a decision by work (danh mục công trình)."""

    measures = VoucherDrafting.measures | {"code", "owner", "place"}

    def _moves(self, programme: int) -> Iterator[Move]:
        for work in self._work_rows():
            row = work.row
            if not any(self._dong(row, bound)[0] for bound in self._money):
                continue
            if work.component is None:
                sentence = "không rõ công trình thuộc dự án nào: thêm dòng “Dự án …” phía trên, hoặc ghi ở tên biểu."
                self._problem("component.missing", sentence, cell=f"{self._label_col}{row.row}", said=row.label)
                continue
            owner, field = self._owner(work), self._field(row)
            site = self._site(row, owner) if owner is not None else None
            if owner is None or field is None or site is None:
                continue
            placeholder = self._work(row, owner, may_open=True)
            for bound in self._money:
                source = self._source(bound.rule.source)
                to = self._account(work.component, source, owner, field=field, place=site)
                giver = self._giver(to, programme)
                yield from self._move(row, bound, giver, replace(to, spending_object=placeholder))
