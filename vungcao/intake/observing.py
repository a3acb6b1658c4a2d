"""A table of counts becomes observations: a figure for each cell, of the place (or group) of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

from vungcao.intake.counted import Counted, CountedRow
from vungcao.intake.counted_checks import row_problems
from vungcao.intake.drafted import Drafted, ObservationDraft
from vungcao.intake.drafting import Drafting
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Row, Value
from vungcao.intake.statement_lines import qualifier_of
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import day, fold
from vungcao.monitoring.actions import Said
from vungcao.monitoring.models import Indicator
from vungcao.monitoring.queries import WHOLE, group_named, groups_of, indicators

MOST: Final = Decimal(10) ** 15
_PHASE: Final = re.compile(r"giai doan (\d{4})\s*[-–]\s*(\d{4})")


class ObservationDrafting(Drafting):
    """A table of one reporter; its rows are places, or the groups of an indicator."""

    needs = "as_of"
    measures = frozenset({"label", "count", "share", "less"})

    def draft(self) -> Drafted:
        """Everything is read to the end."""
        self._day()
        self._money_unit()
        self._check_problems()
        self._left_out()
        if self.on:
            self._take()
            self.out.relied = self.names.relied
        return self.out

    # problems of the whole table ---------------------------------------------------------------------------
    def _day(self) -> None:
        """The day the figures stand at; a yearly review without one stands at the year's last day, and says so."""
        heading = self.heading
        if self.on is None and heading.unreal_day:
            said = heading.unreal_day
            self._problem("as_of.unreal", f"“{said}”: lịch không có ngày này.", cell=self.top, said=said)
        elif self.on is None and self.rule.get("period") == "year" and heading.year:
            self.on = date(heading.year, 12, 31)
            said = f"biểu năm {heading.year} không ghi ngày chốt; lấy ngày {day(self.on)}."
            self._problem("as_of.year_end", said, cell=self.top, weight="notice")
        elif self.on is None:
            sentence = "không thấy ngày chốt số liệu (“Số liệu đến ngày …/…/…”) hoặc năm của biểu."
            self._problem("as_of.missing", sentence, cell=self.top)
        if self.on is not None and not self.period:
            self._problem("period.missing", "tên biểu không nói của năm nào, giai đoạn nào.", cell=self.top)

    def _money_unit(self) -> None:
        """Columns of money need a unit; columns of households and works are counted one by one."""
        money = [one for one in self._counts if self._indicator(one).unit == "đồng"]
        if money and self.table.unit.dong is None and not all(self._own_unit(one) for one in money):
            cell = f"{money[0].col}{self.table.header.first}"
            self._problem("unit.missing", "cột tiền không ghi đơn vị tính; ghi thêm rồi nộp lại.", cell=cell)

    def _left_out(self) -> None:
        self._hidden_rows()
        beside = [str(row.row) for row in self.table.rows if row.kind == "of_which" and not row.hidden]
        if beside:
            said = f"dòng “trong đó” chỉ để đối chiếu, không nhập: {', '.join(beside)}."
            self._problem("row.of_which", said, weight="notice")

        read = {one.col for one in self.fit.bound}
        left = [one for one in self.table.columns if one.col not in read and one.kind != "mark" and not one.hidden]
        if left:
            listed = ", ".join(f"{one.col} “{' / '.join(one.path)}”" for one in left)
            cell = f"{left[0].col}{self.table.header.first}"
            self._problem("column.left", f"cột không có trong mẫu, không nhập: {listed}.", cell=cell, weight="notice")

    # pieces ------------------------------------------------------------------------------------------------
    @property
    def rule(self) -> Mapping[str, Any]:
        return self.fit.profile.rule

    @cached_property
    def period(self) -> str:
        """``2024`` at a year's end, ``2024-06`` inside it, ``2021-2025`` where the profile speaks of phases."""
        phase = _PHASE.search(self.heading.title)
        if self.rule.get("period") == "phase" and phase:
            return f"{phase[1]}-{phase[2]}"
        year = self.heading.year
        if year is None or self.on is None:
            return ""
        is_whole = self.on >= date(year, 12, 1) or self.rule.get("period") == "phase"
        return f"{year}" if is_whole else f"{self.on:%Y-%m}"

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return indicators()

    def _indicator(self, bound: Bound) -> Indicator:
        return self._indicators[bound.rule.more["indicator"]]

    @cached_property
    def _counts(self) -> list[Bound]:
        return self._said("count")

    @cached_property
    def _groups(self) -> dict[str, str]:
        """Column → the group its head names; an unknown one is said once, at its head."""
        found: dict[str, str] = {}
        for bound in self._counts:
            found[bound.col] = bound.rule.more.get("of", WHOLE)
            if bound.group:
                named = group_named(bound.rule.more["indicator"], bound.group)
                if named is None:
                    cell = f"{bound.col}{self.table.header.first}"
                    self._unknown_group(bound.rule.more["indicator"], " ".join(self.table.column(bound.col).path), cell)
                found[bound.col] = named or ""
        return found

    def _unknown_group(self, indicator: str, said: str, cell: str) -> None:
        known = ", ".join(groups_of(indicator)) or "không có nhóm nào"
        what = self._indicators[indicator].name.lower()
        self._problem("group.unknown", f"“{said}” không phải là nhóm nào của {what} ({known}).", cell=cell, said=said)

    # rows --------------------------------------------------------------------------------------------------
    def _take(self) -> None:
        reporter = self._issuer()
        if reporter is None:
            return
        place = self.here.bodies.places.get(reporter)
        if place is None:
            self._problem("body.no_place", f"chưa rõ địa bàn của {self.here.bodies.names[reporter]}.")
            return
        rows = list(self._counted_rows(place))
        said = [one for row in rows for one in self._figures(row)]
        for row in rows:
            for problem in row_problems(row, self.rule, self._shares, self._is_checked):
                self._problem(
                    problem.code, problem.sentence, cell=problem.cell, said=problem.said, weight=problem.weight
                )
        self._doubled(rows)
        if not said and self.out.is_usable:
            self._problem("observation.empty", "không có con số nào đọc được.", cell=self.top)
        where = Cell(self.file, self.sheet.name, self.top)
        dated, corrects = self.heading.dated, self.heading.corrects
        self.out.facts.append(
            ObservationDraft(reporter, self.period, self.here.on, tuple(said), where, dated=dated, corrects=corrects)
        )

    def _counted_rows(self, coverage: int) -> Iterator[CountedRow]:
        """Rows whose place (or group) is known, with what each of their cells counts."""
        known: dict[int, int] = {}
        areas = re.compile(self.rule["areas"]) if "areas" in self.rule else None
        aside: list[str] = []
        for row in self._rows():
            if areas and row.kind != "total" and areas.fullmatch(fold(row.label)):
                aside.append(str(row.row))
                continue
            found = self._of_row(row, coverage, known)
            if found is None:
                continue
            place, group = found
            known[row.row] = place
            figures = {(one.indicator, one.group): one for one in self._cells(row, group)}
            yield CountedRow(row.row, row.label, row.kind, place, group, figures)
        if aside:
            said = f"dòng cộng theo khu vực chỉ để đối chiếu, không nhập: {', '.join(aside)}."
            self._problem("row.area", said, weight="notice")

    def _of_row(self, row: Row, coverage: int, known: dict[int, int]) -> tuple[int, str] | None:
        cell = f"{self._label_col}{row.row}"
        if row.kind == "total":
            return coverage, WHOLE
        if self.fit.profile.rows == "group":
            group = group_named(self._counts[0].rule.more["indicator"], row.label)
            if group is None:
                self._unknown_group(self._counts[0].rule.more["indicator"], row.label, cell)
                return None
            return coverage, group
        within = known.get(row.parent, coverage) if row.parent is not None else coverage
        found = self.names.place(row.label, within=within)
        if found.id is None:
            self._problem(found.code, found.sentence, cell=cell, said=row.label)
            return None
        return found.id, WHOLE

    def _cells(self, row: Row, group: str) -> Iterator[Counted]:
        for bound in self._counts:
            value = row.values.get(bound.col)
            head = self._groups[bound.col]
            if value is None or not head:
                continue
            about = (
                bound.rule.more["indicator"],
                group if head == WHOLE else head,
                value.kind,
                f"{bound.col}{row.row}",
            )
            number, words = self._number(row, bound, value), (bound.rule.name, value.said, qualifier_of(value))
            yield Counted(*about, number, *words, self._worth(bound))

    def _worth(self, bound: Bound) -> Decimal:
        is_money = self._indicator(bound).unit == "đồng"
        return Decimal(self._own_unit(bound) or self.table.unit.dong or 1) if is_money else Decimal(1)

    def _number(self, row: Row, bound: Bound, value: Value) -> Decimal | None:
        """What a cell counts; ``None`` for blank, "x", "-": missing is not zero."""
        unit = self._indicator(bound).unit
        if unit == "đồng":
            dong, _ = self._dong(row, bound)
            return None if dong is None else Decimal(dong)
        if value.number is None:
            if value.kind in ("error", "text", "range", "date"):
                self._amount_problem("unreadable", f"ô ghi “{value.said}”, không phải một con số.", row, bound, value)
            return Decimal(0) if value.kind == "nil" else None
        if abs(value.number) > MOST:
            self._amount_problem("too_large", f"số {value.said} quá lớn: kiểm tra lại.", row, bound, value)
            return None
        odd = "nhỏ hơn 0" if value.number < 0 else ""
        if not odd and unit in WHOLE_UNITS and value.number != value.number.to_integral_value():
            odd = f"có phần lẻ, mà đếm theo {unit}"
        if odd:
            self._odd(f"số {value.said} {odd}; vẫn được ghi, đề nghị kiểm tra.", f"{bound.col}{row.row}", value.said)
        return value.number

    def _odd(self, sentence: str, cell: str, said: str) -> None:
        weight: Literal["contradicting"] = "contradicting"
        self._problem("amount.odd", sentence, cell=cell, said=said, weight=weight)

    # figures -----------------------------------------------------------------------------------------------
    def _figures(self, row: CountedRow) -> Iterator[Said]:
        for one in row.figures.values():
            if one.value is not None:
                yield self._figure(one.indicator, row.place, one.group, one.value, one)
        for rate in self.rule.get("rates", ()):
            above, below = row.at(rate["above"]), row.at(rate["below"])
            if above and below and above.value is not None and below.value:
                note = f"mẫu số ở ô {below.cell}"
                yield self._figure(rate["indicator"], row.place, row.group, above.value, above, below.value, note)

    def _figure(
        self, indicator: str, place: int, group: str, value: Decimal, one: Counted,
        below: Decimal | None = None, note: str = "",
    ) -> Said:  # fmt: skip
        return Said(
            indicator=indicator,
            place_id=place,
            group=group,
            period=self.period,
            as_of=self.here.on,
            numerator=value,
            denominator=below,
            qualifier=one.qualifier,
            note=note,
            sheet=self.sheet.name,
            cell=one.cell,
            corrects=self.heading.corrects,
        )

    @cached_property
    def _shares(self) -> dict[int, list[tuple[Bound, str, Value]]]:
        """Row → its printed rates and differences."""
        shares = [one for one in self.fit.bound if one.rule.measure in ("share", "less")]
        return {
            row.row: [(one, f"{one.col}{row.row}", row.values[one.col]) for one in shares if one.col in row.values]
            for row in self._rows()
        }

    @cached_property
    def _is_checked(self) -> frozenset[str]:
        """Cells of which the table's own claims already say that they do not come out."""
        return frozenset(check.cell for check in self.table.checks if check.verdict == "fails")

    def _doubled(self, rows: list[CountedRow]) -> None:
        """One place twice in one table: nobody knows which row counts."""
        seen: dict[tuple[int, str], CountedRow] = {}
        for row in rows:
            first = seen.setdefault((row.place, row.group), row)
            if first is not row:
                said = f"“{row.label}” trùng với dòng {first.row} (“{first.label}”): bỏ một dòng."
                self._problem("row.doubled", said, cell=f"{self._label_col}{row.row}", said=row.label)


WHOLE_UNITS: Final = frozenset({"hộ", "người", "xã", "thôn", "xóm", "công trình", "lớp"})
