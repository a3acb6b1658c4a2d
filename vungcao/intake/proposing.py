"""A commune's list of proposed works (practice §4.7-1): each row one work; what is kept is how many, and how much, by
field of infrastructure. The list itself stays in the workbook, one click away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from vungcao.intake.counted import Counted, CountedRow
from vungcao.intake.observing import ObservationDrafting
from vungcao.intake.reading import Row
from vungcao.monitoring.queries import WHOLE, group_named

WORKS = "works_proposed"


class ProposalDrafting(ObservationDrafting):
    """Rows are works, column ``field`` (or the section above) says of which field; counts are summed by field.

    A figure stands in the cell of the first work of its field that has one; its note says how many rows it sums.
    """

    measures = ObservationDrafting.measures | {"field", "explain"}

    def _counted_rows(self, coverage: int) -> Iterator[CountedRow]:
        found: dict[tuple[str, str], Counted] = {}
        first: Row | None = None
        for row in self._rows():
            if row.kind == "total" or not self._leaf(row):
                continue
            field = self._field_of(row)
            if field is None:
                continue
            first = first or row
            for one in self._of_work(row):
                for group in (field, WHOLE):
                    _add(found, replace(one, group=group))
        if first is not None:
            yield CountedRow(first.row, first.label, "item", coverage, WHOLE, found)

    def _field_of(self, row: Row) -> str | None:
        """The field of a work: its own cell, else the section it stands under; none is a problem at its cell."""
        bound = self._said("field")[0]
        value, cell = row.values.get(bound.col), f"{bound.col}{row.row}"
        above = next((one.label for one in self.table.rows if one.row == row.parent), "")
        for said in (value.said if value else "", above):
            named = group_named(WORKS, said) if said else None
            if named is not None:
                return named
        if value and value.said:
            self._unknown_group(WORKS, value.said, cell)
        else:
            sentence = f"công trình “{row.label}” không ghi lĩnh vực (giao thông, thủy lợi, nước sinh hoạt…)."
            self._problem("field.missing", sentence, cell=cell, said=row.label)
        return None

    def _of_work(self, row: Row) -> Iterator[Counted]:
        label = f"{self._label_col}{row.row}"
        yield Counted(WORKS, WHOLE, "number", label, Decimal(1), "Số công trình", row.label)
        yield from (one for one in self._cells(row, WHOLE) if one.value is not None)


def _add(found: dict[tuple[str, str], Counted], one: Counted) -> None:
    key = (one.indicator, one.group)
    held = found.get(key)
    total = (held.value or Decimal(0) if held else Decimal(0)) + (one.value or Decimal(0))
    found[key] = replace(held or one, value=total)
