"""The register of conclusions (practice §4.10-2): what inspections want paid back, and what has been paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vungcao.intake.facets import Facets
from vungcao.intake.reading import Row
from vungcao.intake.statement_lines import Place, StatementDrafting
from vungcao.kernel.vietnamese import money
from vungcao.ledger.drafts import LineDraft
from vungcao.ledger.regions import Region


class RecoveryDrafting(StatementDrafting):
    """Each recommendation is a row of a ``unit``; those of one unit are one line, as the ledger knows no conclusion.

    Measures beside those of a statement: ``unit`` (who pays back), ``left`` (còn lại). ``plan`` is what is to be paid.
    """

    measures = StatementDrafting.measures | {"unit", "left"}
    amounts = StatementDrafting.amounts | {"left"}

    def _placed(self, coverage: Region) -> Iterator[tuple[Row, Place]]:
        for row in self._rows():
            if row.kind == "total" or not self._leaf(row):
                continue
            self._left_over(row)
            bound = self._said("unit")[0]
            value, cell = row.values.get(bound.col), f"{bound.col}{row.row}"
            body = self._body_of(value.said if value else row.label, cell)
            if body is not None:
                place = self.here.bodies.places.get(body) or coverage.place
                yield row, Place(replace(coverage, body=body, place=place), Facets())

    def _told(self, lines: tuple[LineDraft, ...]) -> tuple[LineDraft, ...]:
        """One line for each unit; it stands in the cell of its first recommendation."""
        found: dict[Region, LineDraft] = {}
        for line in lines:
            first = found.get(line.region)
            if first is None:
                found[line.region] = line
                continue
            plans = [plan for plan in (first.plan_dong, line.plan_dong) if plan is not None]
            found[line.region] = replace(
                first,
                disbursed_dong=first.disbursed_dong + line.disbursed_dong,
                plan_dong=sum(plans) if plans else None,
                label=f"{first.label}; {line.label}",
            )
        return tuple(found.values())

    def _left_over(self, row: Row) -> None:
        """To be paid − paid = left."""
        wanted, paid, left = (
            next((self._dong(row, bound)[0] for bound in self._said(name)), None)
            for name in ("plan", "disbursed", "left")
        )
        if wanted is None or left is None or wanted - (paid or 0) == left:
            return
        said = (
            f"kiến nghị {money(wanted)} trừ đã nộp {money(paid or 0)} là {money(wanted - (paid or 0))}, biểu ghi còn "
        )
        said += f"lại {money(left)}; vẫn được ghi, đề nghị giải trình."
        cell = f"{self._said('left')[0].col}{row.row}"
        self._problem("recovery.left_differs", said, cell=cell, said=row.label, weight="contradicting")
