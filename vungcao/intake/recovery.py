"""The register of conclusions (practice §4.10-2): what inspections want paid back, and what has been paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from vungcao.intake.facets import Facets
from vungcao.intake.objects import ObjectDraft, code_of
from vungcao.intake.reading import Row
from vungcao.intake.statement_lines import Place, StatementDrafting
from vungcao.intake.work_rows import WorkRows
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import money
from vungcao.ledger.drafts import LineDraft
from vungcao.ledger.models import ObjectKind
from vungcao.ledger.regions import Region

_NUMBER: Final = re.compile(r"(?:số\s*:?\s*)?(\S*\d\S*?)(?=[,;]?(?:\s|$))", re.I)
_DAY: Final = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*((?:19|20)\d\d)")
_IN_TITLE: Final = re.compile(r"kết luận\s+(?:thanh tra\s+|kiểm tra\s+)?(số\s*:?\s*\S*\d\S*(?:\s+ngày\s+\S+)?)", re.I)


class RecoveryDrafting(WorkRows, StatementDrafting):
    """Each recommendation is a row of a ``unit``; those of one unit under one conclusion are one line. The conclusion
    (its number and day, of a column or of the title) is a spending object, so figures are told by it.

    Measures beside those of a statement: ``unit`` (who pays back), ``left`` (còn lại), ``conclusion``,
    ``conclusion_day``. ``plan`` is what is to be paid.
    """

    measures = StatementDrafting.measures | {"unit", "left", "conclusion", "conclusion_day"}
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
                under = self._conclusion(row, coverage)
                yield row, Place(replace(coverage, body=body, place=place, spending_object=under), Facets())

    def _conclusion(self, row: Row, coverage: Region) -> int:
        """The conclusion of a row; a row that names none, in a table where others do, stands apart from them."""
        said, cell = self._conclusion_of(row)
        if not said and not self._names_conclusions:
            return coverage.spending_object
        numbers, when = _NUMBER.findall(_DAY.sub(" ", said)), _DAY.search(said)
        number = ", ".join(dict.fromkeys(numbers)) or said  # a row may be of several conclusions: they stand together
        day = f"{int(when[1]):02d}/{int(when[2]):02d}/{when[3]}" if when else ""
        name = f"Kết luận số {number}{f' ngày {day}' if day else ''}" if number else "Kiến nghị chưa ghi số kết luận"
        where = Cell(self.file, self.sheet.name, cell)
        code = code_of("KL", self.here.bodies.keys.get(self._issuer() or 0, ""), number, day)
        return self._object(ObjectDraft(code, ObjectKind.CONCLUSION, name, where))

    def _conclusion_of(self, row: Row) -> tuple[str, str]:
        """What a row says of its conclusion (number, and its day where another column has it), and the cell."""
        said, cell = self._text(row, "conclusion")
        on, _ = self._text(row, "conclusion_day")
        if said:
            return f"{said} {on}".strip(), cell
        return self._titled_conclusion, cell

    @cached_property
    def _titled_conclusion(self) -> str:
        texts = (self.table.title or "", *self.heading.texts)
        return next((found[1] for text in texts if (found := _IN_TITLE.search(text))), "")

    @cached_property
    def _names_conclusions(self) -> bool:
        return any(self._conclusion_of(row)[0] for row in self._rows() if row.kind != "total" and self._leaf(row))

    def _told(self, lines: tuple[LineDraft, ...]) -> tuple[LineDraft, ...]:
        """One line for each unit and conclusion; it stands in the cell of its first recommendation."""
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
