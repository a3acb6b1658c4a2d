"""A table of disbursement becomes a statement: a line for each figure, over the region that row and column name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vungcao.intake.drafting import Drafting
from vungcao.intake.reading import Row, Value
from vungcao.kernel.refusal import Cell
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis
from vungcao.ledger.regions import Region

_WORDS: Final = {"gần": "gan", "trên": "tren", "hơn": "hon", "ước": "uoc", "khoảng": "khoang"}


class StatementDrafting(Drafting):
    """A table of cumulative disbursement of one reporter."""

    needs = "as_of"
    measures = frozenset({"label", "disbursed", "plan", "rate"})
    amounts = frozenset({"disbursed", "plan"})

    def _make(self, programme: int) -> None:
        reporter = self._issuer()
        if reporter is None:
            return
        place = self.here.bodies.places.get(reporter)
        if place is None:
            self._problem("body.no_place", f"chưa rõ địa bàn của {self.here.bodies.names[reporter]}.")
            return
        coverage = Region(
            component=programme,
            field=self.stars["field"],
            source=self.sources["*:*"],
            year_origin=NOT_DIVIDED,
            year_use=str(self.heading.year),
            body=self.stars["body"] if self.fit.profile.rows == "place" else reporter,
            place=place,
            spending_object=self.stars["spending_object"],
        )
        lines = tuple(self._lines(coverage, programme))
        if not lines and self.out.is_usable:
            self._problem("statement.empty", "không có dòng giải ngân nào đọc được.", cell=self.top)
        said = StatementDraft(
            reporter=reporter,
            coverage=coverage,
            basis=Basis.PHASE if self.heading.is_phase else Basis.YEAR,
            as_of=self.here.on,
            lines=lines,
            where=Cell(self.file, self.sheet.name, self.top),
            dated=self.heading.dated,
            number=self.heading.number,
            corrects=self.heading.corrects,
            as_of_where=Cell(self.file, self.sheet.name, self.heading.as_of_cell or self.top),
        )
        self.out.facts.append(said)

    def _lines(self, coverage: Region, programme: int) -> Iterator[LineDraft]:
        known: dict[int, int] = {}
        for row in self._rows():
            region = self._region_of(row, coverage, known, programme)
            if region is None:
                continue
            for bound in self.fit.bound:
                if bound.rule.measure != "disbursed" or (bound.rule.source != "*" and not self._leaf(row)):
                    continue
                dong, value = self._dong(row, bound)
                if dong is None or value is None:
                    continue
                cell = f"{bound.col}{row.row}"
                if dong < 0:
                    said = f"giải ngân lũy kế {value.said} nhỏ hơn 0; vẫn được ghi, đề nghị giải trình."
                    self._problem("amount.negative", said, cell=cell, said=value.said, weight="contradicting")
                yield LineDraft(
                    region=replace(region, source=self._source(bound.rule.source)),
                    disbursed_dong=dong,
                    where=Cell(self.file, self.sheet.name, cell),
                    label=row.label,
                    plan_dong=self._beside(row, "plan", bound.rule.source),
                    rate_said=self._rate(row) if bound.rule.source == "*" else "",
                    qualifier=qualifier_of(value),
                )

    def _region_of(self, row: Row, coverage: Region, known: dict[int, int], programme: int) -> Region | None:
        if self.fit.profile.rows == "component":
            component = self._component_of(row, known, programme)
            if component is None:
                return None
            known[row.row] = component
            return replace(coverage, component=component)
        if row.kind == "total":
            return coverage
        found = self.names.place(row.label, within=coverage.place)
        if found.id is None:
            self._problem(found.code, found.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
            return None
        return replace(coverage, place=found.id)

    def _beside(self, row: Row, measure: str, source: str) -> int | None:
        for bound in self.fit.bound:
            if bound.rule.measure == measure and bound.rule.source == source:
                return self._dong(row, bound)[0]
        return None

    def _rate(self, row: Row) -> str:
        for bound in self.fit.bound:
            if bound.rule.measure == "rate":
                value = row.values.get(bound.col)
                return f"{value.number:f}"[:12] if value and value.number is not None else ""
        return ""


def qualifier_of(value: Value) -> str:
    """The word of degree of a cell, as the rooms keep it; empty for an exact figure."""
    if value.kind != "approximate":
        return ""
    return next((code for word, code in _WORDS.items() if word in value.said.lower()), "khoang")
