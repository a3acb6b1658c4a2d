"""A list of approved works (practice §4.7-2): each becomes a spending object; money comes with another paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting
from vungcao.intake import objects
from vungcao.intake.taker import Taker
from vungcao.intake.work_rows import WorkRows
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import money


@dataclass(frozen=True)
class WorkList:
    """The works of one decision, by their placeholders; total investment is told, not kept."""

    decided_by: int
    dated: date
    works: tuple[int, ...]
    total_dong: int
    where: Cell


class WorkListDrafting(WorkRows):
    """Measures ``total`` (TMĐT) and ``dropped`` (bị loại vì …) beside those of works: a work dropped is not opened."""

    needs = "dated"
    measures = frozenset({"label", "code", "owner", "place", "total", "dropped", "explain"})
    amounts = frozenset({"total"})

    def _make(self, programme: int) -> None:
        decider = self._issuer()
        if decider is None:
            return
        works: list[int] = []
        total = 0
        for work in self._work_rows():
            if self._text(work.row, "dropped")[0] or not work.row.label.strip():
                continue
            owner = self._owner(work)
            if owner is None:
                continue
            place = self._work(work.row, owner, may_open=True)
            if place in works:
                said = "công trình này đã có ở một dòng khác của danh mục: bỏ một dòng, hoặc ghi mã dự án khác nhau."
                self._problem("work.doubled", said, cell=f"{self._label_col}{work.row.row}", said=work.row.label)
            works.append(place)
            total += next((self._dong(work.row, bound)[0] or 0 for bound in self._said("total")), 0)
        if not works and self.out.is_usable:
            self._problem("works.none", "không có công trình nào đọc được.", cell=self.top)
        where = Cell(self.file, self.sheet.name, self.top)
        self.out.facts.append(WorkList(decider, self.here.on, tuple(works), total, where))


class WorkListTaker(Taker[WorkList]):
    """Held once every work of it is on file."""

    rank = 1

    @property
    def body(self) -> int:
        return self.fact.decided_by

    @property
    def on(self) -> date:
        return self.fact.dated

    @property
    def size(self) -> tuple[int, int]:
        return len(self.fact.works), self.fact.total_dong

    def is_held(self) -> bool:
        return len(objects.known(self.one.objects)) == len(self.one.objects)

    def problems(self) -> list[Problem]:
        return []

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        with acting("ledger.objects_opened", by=by) as act:
            objects.opened(self.one.objects, act=act)
        if not self.fact.total_dong:
            return []
        said = (
            f"tổng mức đầu tư {money(self.fact.total_dong)} không phải vốn được giao: không ghi vào sổ vốn; nộp quyết "
        )
        said += "định giao kế hoạch vốn theo công trình khi có."
        return [Problem(self.fact.where, "works.no_money", "", said, "notice")]
