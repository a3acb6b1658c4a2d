"""A table of disbursement by work (Biểu 03): each line over one spending object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vungcao.intake.facets import Facets
from vungcao.intake.reading import Row
from vungcao.intake.statement_lines import Place, StatementDrafting
from vungcao.intake.work_rows import WorkRows
from vungcao.kernel.vietnamese import money
from vungcao.ledger.regions import Region


class WorkStatementDrafting(WorkRows, StatementDrafting):
    """Works must be on file: a paper gave them money. ``volume`` is what was built, no payment: only compared."""

    measures = StatementDrafting.measures | {"code", "volume"}
    amounts = StatementDrafting.amounts | {"volume"}

    def _placed(self, coverage: Region) -> Iterator[tuple[Row, Place]]:
        yield from ((row, Place(coverage, Facets())) for row in self._rows() if row.kind == "total")
        for work in self._work_rows():
            if not any(self._dong(work.row, bound)[0] is not None for bound in self._said("disbursed")):
                continue
            placeholder = self._work(work.row, coverage.body, may_open=False)
            component = work.component or coverage.component
            self._beyond_volume(work.row)
            yield work.row, Place(replace(coverage, component=component, spending_object=placeholder), Facets())

    def _beyond_volume(self, row: Row) -> None:
        """Paid for completed volume (without advances still open) more than was built."""
        volume, disbursed = self._one(row, "volume"), self._one(row, "disbursed")
        advance, cleared = self._one(row, "advance"), self._one(row, "cleared")
        still_open = self._one(row, "open_advance")
        if still_open is None and advance is not None:
            still_open = advance - (cleared or 0)
        if volume is None or disbursed is None or disbursed - (still_open or 0) <= volume:
            return
        said = (
            f"đã thanh toán {money(disbursed - (still_open or 0))} (không kể tạm ứng chưa thu hồi), lớn hơn khối lượng "
        )
        said += f"thực hiện {money(volume)}; vẫn được ghi, đề nghị giải trình."
        cell = f"{self._said('disbursed')[0].col}{row.row}"
        self._problem("work.beyond_volume", said, cell=cell, said=row.label, weight="contradicting")

    def _one(self, row: Row, measure: str) -> int | None:
        return next((self._dong(row, bound)[0] for bound in self._said(measure)), None)
