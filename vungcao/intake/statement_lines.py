"""A table of disbursement becomes statements: a line for each figure, over the region that row and column name.

One table may say several things: what was spent since the beginning of the year, in the month, and what is estimated
for a later day. Each is a statement of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from vungcao.intake.drafting import Drafting
from vungcao.intake.facets import CARRIED, OWN, Facets, facets_of
from vungcao.intake.profile import Bound, head_of
from vungcao.intake.reading import Row, Value
from vungcao.intake.statement_columns import Said, crossing, estimated_until, facets_under
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import day, fold, money
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Measure
from vungcao.ledger.regions import Region, space
from vungcao.programme.queries import budget_years

_WORDS: Final = {"gần": "gan", "trên": "tren", "hơn": "hon", "ước": "uoc", "khoảng": "khoang"}
DETAILS: Final = ("completed", "advance", "cleared", "open_advance", "restored")


@dataclass(frozen=True)
class Place:
    """Where a row stands: its region before the column narrows it, and what its section says of the year of origin."""

    region: Region
    facets: Facets


class StatementDrafting(Drafting):
    """A table of one reporter's figures.

    A column's ``basis`` (year, month, estimate) and ``counts`` (a measure; disbursed unless said) say what it counts,
    the profile's rule the ``source`` that the whole table is about.
    """

    needs = "as_of"
    measures = frozenset({"label", "disbursed", "plan", "rate", "allocated", "unallocated", "explain", *DETAILS})
    amounts = frozenset({"disbursed", "plan", "allocated", "unallocated", *DETAILS})

    def _make(self, programme: int) -> None:
        reporter = self._issuer()
        if reporter is None:
            return
        place = self.here.bodies.places.get(reporter)
        if place is None:
            self._problem("body.no_place", f"chưa rõ địa bàn của {self.here.bodies.names[reporter]}.")
            return
        self.programme = programme
        self._replaces_itself()
        coverage = self._coverage(reporter, place)
        rows = list(self._placed(coverage))
        for (measure, basis, on), columns in self._statements.items():
            lines = self._told(tuple(line for row, at in rows for line in self._row_lines(row, at, columns)))
            if not lines or not self._stands(basis, on, reporter, lines):
                continue
            self.out.facts.append(self._statement(reporter, coverage, measure, basis, on, lines))
        if not self.out.statements and self.out.is_usable:
            self._problem("statement.empty", "không có dòng giải ngân nào đọc được.", cell=self.top)
        for row in self._rows():
            self._allocation_problem(row)

    def _statement(
        self, reporter: int, coverage: Region, measure: Measure, basis: Basis, on: date, lines: tuple[LineDraft, ...]
    ) -> StatementDraft:
        return StatementDraft(
            reporter=reporter,
            coverage=coverage,
            basis=basis,
            as_of=on,
            lines=lines,
            where=Cell(self.file, self.sheet.name, self.top),
            dated=self.heading.dated,
            number=self.heading.number,
            corrects=self.heading.corrects,
            measure=measure,
            opening=self.heading.opening,
            as_of_where=Cell(self.file, self.sheet.name, self.heading.as_of_cell or self.top),
        )

    def _told(self, lines: tuple[LineDraft, ...]) -> tuple[LineDraft, ...]:
        """The lines as recorded."""
        return lines

    def _coverage(self, reporter: int, place: int) -> Region:
        return Region(
            component=self.programme,
            field=self.stars["field"],
            source=self._source(self.fit.profile.rule.get("source", NOT_DIVIDED)),
            year_origin=self._origin(Facets(origin="carried", years=self.heading.carried), self.top)
            if self.heading.carried is not None
            else NOT_DIVIDED,
            year_use=str(self.heading.year),
            body=self.stars["body"] if self.fit.profile.rows == "place" else reporter,
            place=place,
            spending_object=self.stars["spending_object"],
        )

    def _replaces_itself(self) -> None:
        """A paper that says it replaces a paper of its own number: which of the two stands, nobody can tell."""
        heading = self.heading
        if heading.replaces and heading.number and heading.replaces == fold(heading.number):
            cell = next((said.cell for said in self.sheet.said if "thay the" in fold(said.text)), self.top)
            said = f"biểu ghi thay thế văn bản số {heading.number}, là chính số của nó; ghi số của bản bị thay thế."
            self._problem("statement.replaces_itself", said, cell=cell, said=heading.number)

    # columns -----------------------------------------------------------------------------------------------
    @cached_property
    def _statements(self) -> dict[tuple[Measure, Basis, date], list[Said]]:
        """(measure, basis, day) → its columns of amounts; those that would cross the others are left to comparison."""
        columns = [said for bound in self._said("disbursed") if (said := self._column(bound)) is not None]
        dropped = crossing(columns)
        if dropped:
            listed = ", ".join(sorted(dropped, key=lambda col: (len(col), col)))
            sentence = f"cột {listed} chia vốn theo cách khác các cột kia: chỉ để đối chiếu, không ghi."
            self._problem("column.compares", sentence, cell=self.top, weight="notice")
        found: dict[tuple[Measure, Basis, date], list[Said]] = {}
        for said in columns:
            if said.bound.col not in dropped:
                found.setdefault((said.measure, said.basis, said.on), []).append(said)
        return found

    def _column(self, bound: Bound) -> Said | None:
        head = head_of(self.table.column(bound.col))
        basis = Basis(bound.rule.more.get("basis", Basis.PHASE if self.heading.is_phase else Basis.YEAR))
        on: date | None = self.here.on
        if basis == Basis.ESTIMATE:
            on = estimated_until(head, self.here.on, self.heading.year or self.here.on.year)
        if on is None or on < self.here.on:
            sentence = "cột ước không nói rõ ước đến ngày nào sau ngày chốt (ví dụ “Ước đến 31/01/2025”); không ghi."
            self._problem("estimate.no_day", sentence, cell=f"{bound.col}{self.table.header.first}", weight="notice")
            return None
        return Said(bound, Measure(bound.rule.more.get("counts", "")), basis, on, facets_under(bound, head))

    def _stands(self, basis: Basis, on: date, reporter: int, lines: Sequence[LineDraft]) -> bool:
        """An estimate for a day on which the reporter or a place has ended has nobody to speak for."""
        if basis != Basis.ESTIMATE:
            return True
        then = space(on)
        is_there = reporter in then.bodies and all(line.region.place in then.places for line in lines)
        if not is_there or self.programme not in then.components:
            said = f"ước đến {day(on)} là sau khi đơn vị, địa bàn hoặc chương trình kết thúc; không ghi."
            self._problem("estimate.after_end", said, cell=self.top, weight="notice")
            return False
        return True

    # rows --------------------------------------------------------------------------------------------------
    def _placed(self, coverage: Region) -> Iterator[tuple[Row, Place]]:
        """Rows with their regions; a row "Vốn kéo dài" or "Vốn giao trong năm" says the origin of what is under it."""
        known: dict[int, Place] = {}
        components: dict[int, int] = {}
        for row in self._rows():
            above = known.get(row.parent) if row.parent is not None else None
            facets = above.facets if above else Facets()
            if self._is_origin(row):
                facets = facets_of(fold(row.label))
                region: Region | None = above.region if above else coverage
                components[row.row] = (region or coverage).component
            else:
                region = self._region_of(row, coverage, components)
            if region is not None:
                known[row.row] = Place(region, facets)
                yield row, known[row.row]

    def _is_origin(self, row: Row) -> bool:
        said = fold(row.label)
        if row.kind == "total" or not (CARRIED.search(said) or OWN.search(said)):
            return False
        programme = self.heading.programme or ""
        return self.names.component(row.label, programme).id is None

    def _row_lines(self, row: Row, at: Place, columns: Sequence[Said]) -> Iterator[LineDraft]:
        for said in columns:
            if not said.is_total and not self._leaf(row):
                continue
            dong, value = self._dong(row, said.bound)
            if dong is None or value is None:
                continue
            cell = f"{said.bound.col}{row.row}"
            region = self._region(at, said, cell, dong)
            if region is None:
                continue
            if dong < 0:
                sentence = f"giải ngân lũy kế {value.said} nhỏ hơn 0; vẫn được ghi, đề nghị giải trình."
                self._problem("amount.negative", sentence, cell=cell, said=value.said, weight="contradicting")
            is_now = said.basis in (Basis.YEAR, Basis.PHASE)
            yield LineDraft(
                region=region,
                disbursed_dong=dong,
                where=Cell(self.file, self.sheet.name, cell),
                label=row.label,
                plan_dong=self._plan(row, said),
                rate_said=self._rate(row) if is_now and said.is_total else "",
                qualifier=qualifier_of(value) or ("uoc" if said.basis == Basis.ESTIMATE else ""),
                **self._details(row, said),
            )

    def _details(self, row: Row, said: Said) -> dict[str, Any]:
        """Of what a cumulative figure is made, where columns of the same money say it."""
        if said.basis not in (Basis.YEAR, Basis.PHASE):
            return {}
        return {f"{name}_dong": self._beside(row, name, said) for name in DETAILS}

    def _region(self, at: Place, said: Said, cell: str, dong: int) -> Region | None:
        """The row's region narrowed by the column's kind, level and year of origin."""
        facets = at.facets
        if said.facets.origin and facets.origin and said.facets.origin != facets.origin:
            if dong:
                sentence = (
                    "dòng và cột nói hai năm nguồn khác nhau (vốn kéo dài / vốn giao trong năm); ghi số vào đúng ô."
                )
                self._problem("origin.contradicts", sentence, cell=cell)
            return None
        origin = said.facets if said.facets.origin else facets
        code = said.facets.kind if said.facets.kind != NOT_DIVIDED else ""
        level = said.facets.level if said.facets.level != NOT_DIVIDED else ""
        region = at.region
        if code or level:
            region = replace(region, source=self._source(f"{code or NOT_DIVIDED}:{level}" if level else code))
        if origin.origin:
            region = replace(region, year_origin=self._origin(origin, cell))
        return region

    def _origin(self, facets: Facets, cell: str) -> str:
        """Year of origin: this year, the year said, or for money carried from nobody says when, the years before."""
        year = self.heading.year or self.here.on.year
        if facets.origin == "own":
            return f"{year}"
        if len(facets.years) == 1:
            return f"{facets.years[0]}"
        if len(facets.years) > 1 and not facets.is_range:
            listed = ", ".join(map(str, facets.years))
            sentence = f"gộp vốn kéo dài của nhiều năm nguồn ({listed}): tách mỗi năm nguồn một cột hoặc một dòng."
            self._problem("origin.several", sentence, cell=cell, said=listed)
        if facets.years:
            return f"{facets.years[0]}-{facets.years[-1]}"
        span = budget_years(self.programme)
        first = min(span.first if span else year - 5, year - 1)
        return f"{first}-{year - 1}" if first < year - 1 else f"{first}"

    def _region_of(self, row: Row, coverage: Region, known: dict[int, int]) -> Region | None:
        if self.fit.profile.rows == "component":
            component = self._component_of(row, known, self.programme)
            if component is None:
                return None
            known[row.row] = component
            return replace(coverage, component=component)
        if row.kind == "total":
            return coverage
        return self._unit_region(row, coverage)

    def _unit_region(self, row: Row, coverage: Region) -> Region | None:
        """A row of a place, or, where the table also lists departments, of a holding body; a mere heading has none."""
        if self._lists_bodies:
            found = self.names.body(row.label)
            if found.id is not None:
                return replace(coverage, body=found.id, place=self.here.bodies.places.get(found.id) or coverage.place)
        else:
            found = self.names.place(row.label, within=coverage.place)
            if found.id is not None:
                return replace(coverage, place=found.id)
        is_heading = not self._leaf(row) and self.names.place(row.label).outcome == "unknown"
        if not is_heading:
            self._problem(found.code, found.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return None

    @cached_property
    def _lists_bodies(self) -> bool:
        """Is a row a body that is no place (a department)?"""
        rows = [row for row in self._rows() if row.kind != "total" and self._leaf(row)]
        names = [row.label for row in rows if self.names.place(row.label).id is None]
        return any(self.names.body(name).id is not None for name in names)

    # what stands beside a figure ---------------------------------------------------------------------------
    def _plan(self, row: Row, said: Said) -> int | None:
        """The plan beside a figure of the same money: after adjustment where the table says it."""
        return self._beside(row, "plan", said, adjusted=True) or self._beside(row, "plan", said)

    def _beside(self, row: Row, measure: str, said: Said, *, adjusted: bool = False) -> int | None:
        for bound in self._said(measure):
            if adjusted and not bound.rule.more.get("adjusted"):
                continue
            cut = Said(
                bound, said.measure, said.basis, said.on, facets_under(bound, head_of(self.table.column(bound.col)))
            ).cut
            if cut == said.cut:
                return self._dong(row, bound)[0]
        return None

    def _rate(self, row: Row) -> str:
        for bound in self._said("rate"):
            value = row.values.get(bound.col)
            return f"{value.number:f}"[:12] if value and value.number is not None else ""
        return ""

    def _allocation_problem(self, row: Row) -> None:
        """Plan after adjustment = allocated + not yet allocated, where the table says the three as one sum each."""
        plan = next((one for one in self._said("plan") if one.rule.more.get("adjusted")), None)
        parts = [self._said(name) for name in ("allocated", "unallocated")]
        if plan is None or any(len(one) != 1 for one in parts):
            return
        whole, *shares = (self._dong(row, bound)[0] for bound in (plan, parts[0][0], parts[1][0]))
        made = sum(share or 0 for share in shares)
        if whole is not None and None not in shares and made != whole:
            said = f"đã phân bổ cộng chưa phân bổ là {money(made)}, kế hoạch sau điều chỉnh là {money(whole)}; "
            said += "vẫn được ghi, đề nghị giải trình."
            self._problem("plan.unallocated", said, cell=f"{plan.col}{row.row}", weight="contradicting")


def qualifier_of(value: Value) -> str:
    """The word of degree of a cell, as the rooms keep it; empty for an exact figure."""
    if value.kind != "approximate":
        return ""
    return next((code for word, code in _WORDS.items() if word in value.said.lower()), "khoang")
