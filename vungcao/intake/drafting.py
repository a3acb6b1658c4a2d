"""One table under one profile, read to its end: what statements and vouchers have in common."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Final, Literal

from vungcao.bodies.models import BodyKind
from vungcao.intake.drafted import Drafted
from vungcao.intake.heading import Heading
from vungcao.intake.names import Named, Names
from vungcao.intake.profile import Bound, Fit
from vungcao.intake.reading import Check, Row, Sheet, Table, Value
from vungcao.intake.reading.units import parse_unit, unit_over_table
from vungcao.intake.reading.words import say_warning
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, number
from vungcao.ledger.regions import Space, reserved_members, space
from vungcao.programme.matching import component_match
from vungcao.programme.models import FundingSource, SpendingField

MOST_DONG: Final = 10**17  # a hundred million tỷ: above it a figure is a slip, and near what the database can hold
_TOLD: Final[dict[str, Literal["unusable", "contradicting", "notice"]]] = {
    "unit.of_its_own": "unusable",
    "formula.stale": "contradicting",
    "formula.overtyped": "notice",
}


class Drafting:
    """One table. Problems are collected, not thrown; a subclass makes the facts and appends them to ``out.facts``.

    ``needs``: the day without which there is no draft. ``measures``: what a column may mean under a profile of this
    kind; ``amounts``: those of them that are money and need a unit.
    """

    needs: ClassVar[Literal["as_of", "dated"]]
    measures: ClassVar[frozenset[str]]
    amounts: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, file: str, sheet: Sheet, table: Table, fit: Fit, heading: Heading) -> None:
        self.file, self.sheet, self.table, self.fit, self.heading = file, sheet, table, fit, heading
        self.out = Drafted(file, sheet.name, fit.profile.code, heading, digest=digest_of(table, heading))
        self.on = getattr(heading, self.needs)
        self.top = table.range.split(":")[0]

    def draft(self) -> Drafted:
        """Everything is read to the end."""
        self._unit_problems()
        self._heading_problems()
        self._check_problems()
        self._hidden_rows()
        if self.on and self.heading.programme and self.heading.year:
            programme = self._programme()
            if programme is not None:
                self._make(programme)
                self.out.relied = self.names.relied
        return self.out

    def _make(self, programme: int) -> None:
        raise NotImplementedError

    # problems of the whole table ---------------------------------------------------------------------------
    def _problem(
        self, code: str, sentence: str, *, cell: str = "", said: str = "",
        weight: Literal["unusable", "contradicting", "notice"] = "unusable",
    ) -> None:  # fmt: skip
        found = Problem(Cell(self.file, self.sheet.name, cell), code, said, sentence, weight)
        if found not in self.out.problems:
            self.out.problems.append(found)

    def _unit_problems(self) -> None:
        amounts = [one for one in self.fit.bound if one.rule.measure in self.amounts]
        if amounts and self.table.unit.dong is None and not all(self._own_unit(one) for one in amounts):
            sentence = "biểu không ghi đơn vị tính (đồng, nghìn đồng, triệu đồng…); ghi thêm rồi nộp lại."
            self._problem("unit.missing", sentence, cell=self.top)
        said = units_over(self.sheet, self.table)
        if len(set(said.values())) > 1:
            listed = ", ".join(f"“{text}”" for text in said)
            sentence = f"biểu ghi nhiều đơn vị tính tiền ({listed}), không biết số theo đơn vị nào; sửa rồi nộp lại."
            self._problem("unit.mixed", sentence, cell=self.top, said=listed)

    def _own_unit(self, bound: Bound) -> int | None:
        unit = self.table.column(bound.col).unit
        return unit.dong if unit else None

    def _heading_problems(self) -> None:
        heading = self.heading
        if heading.programme is None:
            self._problem("programme.missing", "tên biểu không nói là chương trình nào (135, 1719…).", cell=self.top)
        if len(heading.programmes) > 1:
            listed = ", ".join(heading.programmes)
            sentence = f"tên biểu nói nhiều chương trình ({listed}); tách mỗi chương trình một biểu rồi nộp lại."
            self._problem("programme.several", sentence, cell=self.top, said=listed)
        if self.on is None and heading.unreal_day and self.needs == "as_of":
            said = heading.unreal_day
            self._problem("as_of.unreal", f"“{said}”: lịch không có ngày này.", cell=self.top, said=said)
        elif self.on is None:
            code, sentence = {
                "as_of": ("as_of.missing", "không thấy ngày chốt số liệu (“Số liệu đến ngày …/…/…”)."),
                "dated": ("paper.missing", "không thấy số và ngày quyết định (“Kèm theo Quyết định số … ngày …/…/…”)."),
            }[self.needs]
            self._problem(code, sentence, cell=self.top)
        self._year_problems()

    def _year_problems(self) -> None:
        heading = self.heading
        if heading.year is None:
            self._problem("year.missing", "không thấy năm kế hoạch trong tên biểu.", cell=self.top)
        elif self.needs == "as_of" and self.on and not heading.is_phase and not _is_year_of(heading.year, self.on):
            said = f"tên biểu nói năm {heading.year}, số liệu lại tính đến {day(self.on)}; ghi vào vốn năm "
            said += f"{heading.year}. Nếu là vốn kéo dài, sửa tên biểu rồi nộp lại."
            self._problem("year.other", said, cell=self.top, said=f"{heading.year}", weight="contradicting")

    def _check_problems(self) -> None:
        """Sums and rates that the table claims and that do not come out: written and flagged, never corrected."""
        for check in self.table.checks:
            if check.verdict == "fails":
                said = str(check.printed)
                self._problem("check.fails", say_check(check), cell=check.cell, said=said, weight="contradicting")

        self._warned()

    def _warned(self) -> None:
        """What the reader warns of and the door may not pass over: a figure in a unit of its own would be taken for
        another amount; a stale result and a number typed over a formula are told.
        """
        first, last = self.table.header.first, int(re.sub(r"\D", "", self.table.range.split(":")[-1]))
        for one in self.sheet.warnings:
            row = int(re.sub(r"\D", "", one.cell.split(":")[0].split(",")[0]) or 0)
            if one.code in _TOLD and first <= row <= last:
                self._problem(one.code, say_warning(one.code), cell=one.cell, said=one.said, weight=_TOLD[one.code])

    def _hidden_rows(self) -> None:
        hidden = [str(row.row) for row in self.table.rows if row.hidden]
        if hidden:
            self._problem("row.hidden", f"dòng đang ẩn, không nhập: {', '.join(hidden)}.", weight="notice")

    # shared pieces -----------------------------------------------------------------------------------------
    @cached_property
    def here(self) -> Space:
        return space(self.on)

    @cached_property
    def names(self) -> Names:
        return Names(self.here.on)

    @cached_property
    def stars(self) -> dict[str, int]:
        return reserved_members()

    @cached_property
    def sources(self) -> dict[str, int]:
        return dict(FundingSource.objects.values_list("code", "pk"))

    @cached_property
    def fields(self) -> dict[str, int]:
        return dict(SpendingField.objects.values_list("code", "pk"))

    def _said(self, measure: str) -> list[Bound]:
        """The bound columns of one measure, from left to right."""
        return [bound for bound in self.fit.bound if bound.rule.measure == measure]

    @cached_property
    def _own_level(self) -> str:
        kind = self.here.bodies.kinds.get(self._issuer_id or 0)
        return {BodyKind.DISTRICT: "HUYEN", BodyKind.COMMUNE: "XA"}.get(kind or "", "TINH")  # type: ignore[call-overload]

    @cached_property
    def _issuer_id(self) -> int | None:
        """The body in the top left corner: its second line, else both together; the first alone is the superior."""
        return next((one.id for one in self._issuer_matches if one.id is not None), None)

    @cached_property
    def _issuer_matches(self) -> list[Named]:
        return [self.names.body(said) for said in self._corner]

    @property
    def _corner(self) -> list[str]:
        lines = self.heading.issuer_lines
        return [said for said in (*lines[1:], " ".join(lines)) if said]

    def _issuer(self) -> int | None:
        """The body in the corner, or the problem that says why it is not known."""
        if self._issuer_id is None:
            matches = self._issuer_matches
            said = matches[0].sentence if matches else "góc trên bên trái biểu không ghi đơn vị lập biểu."
            self._problem("body.unknown", said, cell="A1", said=next(iter(self._corner), ""))
        self.names.reporter = self._issuer_id
        return self._issuer_id

    def _body_of(self, said: str, cell: str) -> int | None:
        """The body that a cell names; else the problem that says why not."""
        match = self.names.body(said)
        if match.id is None:
            self._problem(match.code, match.sentence, cell=cell, said=said)
        return match.id

    def _source(self, said: str) -> int:
        """Key of a source: the kind of the column with the budget level that the paper names.

        ``dau_tu:NSDP`` is local money of the level of whoever issues the paper.
        """
        if said.endswith(":NSDP"):
            return self.sources[f"{said}_{self._own_level}"]
        if ":" in said:
            return self.sources[said]
        return self.sources[f"{said}:{'*' if said == '*' else self.heading.level}"]

    def _programme(self) -> int | None:
        """Key of the programme, if it was in force that day; else the problem that says so."""
        code = self.heading.programme or ""
        found = self.here.components.ids.get(code)
        if found is None:
            match = component_match(code, code, self.here.on)
            sentence = match.sentence or f"chương trình {code} không có hiệu lực ngày {day(self.here.on)}."
            self._problem("component.not_in_force", sentence, cell=self.top, said=code)
        return found

    def _leaf(self, row: Row) -> bool:
        """Has the row no parts of its own in the table? A total has, unless it is the only row."""
        if row.kind == "total":
            return all(other.kind == "total" for other in self._rows())
        return not any(other.parent == row.row and other.kind != "of_which" for other in self.table.rows)

    def _rows(self) -> Iterator[Row]:
        for row in self.table.rows:
            if row.kind != "of_which" and not row.hidden:
                yield row

    def _component_of(self, row: Row, known: dict[int, int], programme: int) -> int | None:
        """The component a row names, inside the component of its parent row."""
        if row.kind == "total":
            return programme
        within = known.get(row.parent) if row.parent is not None else None
        found = self.names.component(row.label, self.heading.programme or "", within=within)
        if found.id is None:
            self._problem(found.code, found.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return found.id

    def _component_named(self, said: str, programme: int, cell: str) -> int | None:
        """The component that a cell of its own names; else the problem that says why not."""
        found = self.names.component(said, self.heading.programme or "", within=programme)
        if found.id is None:
            self._problem(found.code, found.sentence, cell=cell, said=said)
        return found.id

    @property
    def _label_col(self) -> str:
        return next(one.col for one in self.fit.bound if one.rule.measure == "label")

    def _dong(self, row: Row, bound: Bound) -> tuple[int | None, Value | None]:
        """Whole đồng of a cell; ``None`` for blank, "x", "-": missing is not zero."""
        value = row.values.get(bound.col)
        if value is None or value.number is None:
            if value is not None and value.kind in ("error", "text", "range", "date"):
                self._amount_problem("unreadable", f"ô ghi “{value.said}”, không phải một số tiền.", row, bound, value)
            return (0, value) if value is not None and value.kind == "nil" else (None, value)
        worth = self._own_unit(bound) or self.table.unit.dong
        if worth is None:
            return None, value
        dong = value.number * worth
        if abs(dong) > MOST_DONG:
            self._amount_problem("too_large", f"số {value.said} quá lớn; kiểm tra lại đơn vị tính.", row, bound, value)
            return None, value
        if dong != dong.to_integral_value():
            self._amount_problem("part_of_dong", f"số {value.said} đổi ra đồng còn phần lẻ.", row, bound, value)
            return None, value
        return int(dong), value

    def _amount_problem(self, code: str, sentence: str, row: Row, bound: Bound, value: Value) -> None:
        where = Cell(self.file, self.sheet.name, f"{bound.col}{row.row}")
        found = Problem(where, f"amount.{code}", value.said, sentence)
        if found not in self.out.problems:
            self.out.problems.append(found)


def units_over(sheet: Sheet, table: Table) -> dict[str, int]:
    """Units of money named above ``table`` and below the table before it: text as said → worth in đồng."""
    before = [int(re.sub(r"\D", "", other.range.split(":")[-1])) for other in sheet.tables]
    start = max((last for last in before if last < table.header.first), default=0)
    found: dict[str, int] = {}
    for said in sheet.said:
        unit = unit_over_table(said.text) if start < said.row < table.header.first else None
        for part in re.split(r"[,;/+]| và ", unit.said or "") if unit and unit.dong else ():
            worth = parse_unit(part).dong
            if worth:
                found[part.strip()] = worth
    return found


def _is_year_of(year: int, on: date) -> bool:
    """Money of a year is paid until 31 January of the next; what is paid after that was carried over."""
    return date(year, 1, 1) <= on <= date(year + 1, 1, 31)


def digest_of(table: Table, heading: Heading) -> str:
    """What a table says, whatever file it stands in and wherever on the sheet."""
    said = [(row.kind, row.label, sorted((col, value.said) for col, value in row.values.items())) for row in table.rows]
    return hashlib.sha256(repr((heading.texts, table.title, table.unit, said)).encode()).hexdigest()


def say_check(check: Check) -> str:
    """A claim that does not come out, in words, with both figures and the difference."""
    printed, computed = check.printed or Decimal(0), check.computed or Decimal(0)
    what = {
        "sum_of_rows": "cộng các dòng",
        "sum_of_columns": "cộng các cột",
        "of_which": "phần “trong đó”",
        "difference": "hiệu số",
        "rate": "tỷ lệ",
        "balance": "cân đối",
    }[check.rule]
    return (
        f"{what} không khớp: ô ghi {number(printed)}, tính lại từ {', '.join(check.terms[:6])}"
        f"{'…' if len(check.terms) > 6 else ''} được {number(computed)}, lệch {number(printed - computed)}."
    )
