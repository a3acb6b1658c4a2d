"""A Treasury export at the door: each row is kept as said, with its codes. What the codes mean is asked when it is
taken in, so a list of codes of the same run is already there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungcao.intake.reading import Row
from vungcao.intake.statement_lines import StatementDrafting
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import money
from vungcao.ledger.codes import Scheme

SCHEMES: Final = tuple(str(scheme) for scheme in Scheme)
AMOUNTS: Final = (
    "plan_year", "plan_added", "plan_carried", "plan_all", "completed", "advance", "cleared", "restored", "cancelled",
    "disbursed", "remaining",
)  # fmt: skip
_YEAR: Final = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class TreasuryRow:
    """One row: codes by scheme and đồng by measure, as said (absent: blank); ``cells`` says where each stands."""

    label: str
    codes: Mapping[str, str]
    amounts: Mapping[str, int]
    cells: Mapping[str, Cell]

    @property
    def where(self) -> Cell:
        """The cell of the figure itself: the cumulative one, else what was really spent."""
        return next(self.cells[name] for name in ("disbursed", "completed", "advance", "label") if name in self.cells)

    @property
    def plan_dong(self) -> int | None:
        """What may be used: as said, else the sum of its parts; ``None`` where none was said."""
        parts = [self.amounts[name] for name in ("plan_carried", "plan_year", "plan_added") if name in self.amounts]
        return self.amounts.get("plan_all", sum(parts) if parts else None)

    @property
    def computed_dong(self) -> int:
        """Completed + advances − cleared − restored."""
        said = self.amounts
        return sum(said.get(name, 0) for name in ("completed", "advance")) - sum(
            said.get(name, 0) for name in ("cleared", "restored")
        )


@dataclass(frozen=True)
class TreasuryDraft:
    """An export as read. ``kind``: of capital. ``carried_year``: the year of origin that the head of the carry-over
    column names (0: it names none).
    """

    reporter: int
    programme: int
    kind: str
    year: int
    as_of: date
    rows: tuple[TreasuryRow, ...]
    where: Cell
    dated: date | None = None
    number: str = ""
    corrects: bool = False
    carried_year: int = 0


class TreasuryDrafting(StatementDrafting):
    """A table of the Treasury, by codes."""

    measures = frozenset({"label", *SCHEMES, *AMOUNTS})
    amounts = frozenset(AMOUNTS)

    def _make(self, programme: int) -> None:
        reporter = self._issuer()
        rows = tuple(self._treasury_rows())
        if not rows and self.out.is_usable:
            self._problem("statement.empty", "không có dòng nào mang mã và số tiền.", cell=self.top)
        if reporter is None or not rows:
            return
        assert self.heading.year is not None
        draft = TreasuryDraft(
            reporter=reporter,
            programme=programme,
            kind=self.fit.profile.rule["source"],
            year=self.heading.year,
            as_of=self.here.on,
            rows=rows,
            where=Cell(self.file, self.sheet.name, self.top),
            dated=self.heading.dated,
            number=self.heading.number,
            corrects=self.heading.corrects,
            carried_year=self._carried_year(),
        )
        self.out.facts.append(draft)

    def _carried_year(self) -> int:
        for bound in self.fit.bound:
            if bound.rule.measure == "plan_carried":
                found = _YEAR.search(" ".join(self.table.column(bound.col).path))
                return int(found[1]) if found else 0
        return 0

    def _treasury_rows(self) -> Iterator[TreasuryRow]:
        labels: dict[int, str] = {}
        for row in self._rows():
            labels[row.row] = row.label or labels.get(row.parent or 0, "")
            if row.kind == "total":
                continue
            found = self._row(row, labels[row.row])
            if found.amounts and found.codes.keys() & {Scheme.PROGRAMME, Scheme.BUDGET_USER, Scheme.PROJECT}:
                self._claims(found)
                yield found
            elif found.amounts and self._leaf(row):
                sentence = f"dòng “{row.label}” có số tiền nhưng không có mã nào: ghi mã rồi nộp lại."
                self._problem("code.missing", sentence, cell=found.where.cell, said=row.label)

    def _row(self, row: Row, label: str) -> TreasuryRow:
        codes: dict[str, str] = {}
        amounts: dict[str, int] = {}
        cells = {"label": Cell(self.file, self.sheet.name, f"{self._label_col}{row.row}")}
        for bound in self.fit.bound:
            name = bound.rule.measure
            cell = Cell(self.file, self.sheet.name, f"{bound.col}{row.row}")
            if name in SCHEMES:
                value = row.values.get(bound.col)
                if value is not None and value.kind not in ("empty", "not_applicable") and value.said.strip():
                    codes[name], cells[name] = value.said.strip(), cell
            elif name in AMOUNTS:
                dong, _ = self._dong(row, bound)
                if dong is not None:
                    amounts[name], cells[name] = dong, cell
        return TreasuryRow(label, codes, amounts, cells)

    def _claims(self, row: TreasuryRow) -> None:
        """What a row says of itself: the cumulative figure of its parts, what remains of the plan."""
        said = row.amounts
        spent = said.get("disbursed", row.computed_dong)
        has_parts = bool(said.keys() & {"completed", "advance"})
        if "disbursed" in said and has_parts and spent != row.computed_dong:
            self._contradicts(row, "disbursed", "lũy kế", spent, row.computed_dong)
        if "remaining" in said and row.plan_dong is not None:
            left = row.plan_dong - spent - said.get("cancelled", 0)
            if left != said["remaining"]:
                self._contradicts(row, "remaining", "còn lại", said["remaining"], left)

    def _contradicts(self, row: TreasuryRow, name: str, what: str, said: int, computed: int) -> None:
        cell = row.cells[name].cell
        if any(problem.where.cell == cell and problem.code == "check.fails" for problem in self.out.problems):
            return  # the row of column numbers claims the same
        sentence = (
            f"{what} ghi {money(said)}, tính lại từ các cột được {money(computed)}; vẫn được ghi, đề nghị xem lại."
        )
        self._problem("check.fails", sentence, cell=cell, said=f"{said}", weight="contradicting")
