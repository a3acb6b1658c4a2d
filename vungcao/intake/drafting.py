"""From a read table to drafts of facts: rows and columns become regions, figures become whole đồng."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from vungcao.bodies import matching as body_matching
from vungcao.bodies import queries as bodies
from vungcao.intake.heading import Heading
from vungcao.intake.profile import Bound, Fit
from vungcao.intake.reading import Check, Row, Sheet, Table, Value
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, number
from vungcao.ledger.actions import Move
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis, VoucherKind
from vungcao.ledger.regions import Region, Space, reserved_members, space
from vungcao.programme.matching import component_match
from vungcao.programme.models import FundingSource
from vungcao.territory import matching as place_matching

_WORDS = {"gần": "gan", "trên": "tren", "hơn": "hon", "ước": "uoc", "khoảng": "khoang"}


@dataclass(frozen=True)
class VoucherDraft:
    """A decision before it is recorded."""

    kind: VoucherKind
    decided_by: str
    number: str
    moves: tuple[Move, ...]
    where: Cell


@dataclass
class Drafted:
    """What one table of one sheet became, with every problem found on the way."""

    file: str
    sheet: str
    profile: str
    heading: Heading
    statement: StatementDraft | None = None
    voucher: VoucherDraft | None = None
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return not any(problem.weight == "unusable" for problem in self.problems)


class Drafting:
    """One table under one profile."""

    def __init__(self, file: str, sheet: Sheet, table: Table, fit: Fit, heading: Heading) -> None:
        self.file, self.sheet, self.table, self.fit, self.heading = file, sheet, table, fit, heading
        self.out = Drafted(file, sheet.name, fit.profile.code, heading)
        self.on = heading.as_of or heading.dated

    def draft(self) -> Drafted:
        """Everything is read to the end; problems are collected, not thrown."""
        self._header_problems()
        self._check_problems()
        if self.on and self.heading.programme and not self._missing_year():
            if self.fit.profile.kind == "statement":
                self._statement()
            else:
                self._voucher()
        return self.out

    # problems of the whole table ---------------------------------------------------------------------------
    def _problem(self, code: str, sentence: str, *, cell: str = "", said: str = "", contradicting: bool = False) -> None:
        where = Cell(self.file, self.sheet.name, cell)
        self.out.problems.append(Problem(where, code, said, sentence, "contradicting" if contradicting else "unusable"))

    def _header_problems(self) -> None:
        top = self.table.range.split(":")[0]
        if self.table.unit.dong is None and not any(self.table.column(one.col).unit for one in self.fit.bound):
            self._problem("unit.missing", "biểu không ghi đơn vị tính (đồng, nghìn đồng, triệu đồng…); ghi thêm rồi nộp lại.", cell=top)
        if self.heading.programme is None:
            self._problem("programme.missing", "tên biểu không nói là chương trình nào (135, 1719…).", cell=top)
        if self.fit.profile.kind == "statement" and self.heading.as_of is None:
            self._problem("as_of.missing", "không thấy ngày chốt số liệu (“Số liệu đến ngày …/…/…”).", cell=top)
        if self.fit.profile.kind == "voucher" and self.heading.dated is None:
            self._problem("paper.missing", "không thấy số và ngày quyết định (“Kèm theo Quyết định số … ngày …/…/…”).", cell=top)

    def _missing_year(self) -> bool:
        if self.heading.year is None:
            self._problem("year.missing", "không thấy năm kế hoạch trong tên biểu.")
        return self.heading.year is None

    def _check_problems(self) -> None:
        """Sums and rates that the table claims and that do not come out: written and flagged, never corrected."""
        for check in self.table.checks:
            if check.verdict == "fails":
                self._problem("check.fails", say_check(check), cell=check.cell, said=str(check.printed), contradicting=True)

    # shared pieces -----------------------------------------------------------------------------------------
    @cached_property
    def here(self) -> Space:
        assert self.on is not None
        return space(self.on)

    @cached_property
    def stars(self) -> dict[str, int]:
        return reserved_members()

    @cached_property
    def sources(self) -> dict[str, int]:
        return dict(FundingSource.objects.values_list("code", "pk"))

    def _source(self, said: str) -> int:
        """Key of a source: the kind of the column with the budget level that the paper names."""
        if ":" in said:
            return self.sources[said]
        return self.sources[f"{said}:{'*' if said == '*' else self.heading.level}"]

    def _programme(self) -> int | None:
        """Key of the programme, if it was in force that day; else the problem that says so."""
        code = self.heading.programme or ""
        found = self.here.components.ids.get(code)
        if found is None:
            match = component_match(code, code, self.here.on)
            self._problem("component.not_in_force", match.sentence or f"chương trình {code} không có hiệu lực ngày {day(self.here.on)}.")
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
        match = component_match(row.label, self.heading.programme or "", self.here.on, within=within)
        if match.component_id is None:
            self._problem("component.unknown", match.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return match.component_id

    @property
    def _label_col(self) -> str:
        return next(one.col for one in self.fit.bound if one.rule.measure == "label")

    def _dong(self, row: Row, bound: Bound) -> tuple[int | None, Value | None]:
        """Whole đồng of a cell; ``None`` for blank, "x", "-": missing is not zero."""
        value = row.values.get(bound.col)
        if value is None or value.number is None:
            if value is not None and value.kind in ("error", "text", "range"):
                self._problem(
                    "amount.unreadable", f"ô ghi “{value.said}”, không phải một số tiền.", cell=f"{bound.col}{row.row}", said=value.said
                )
            return (0, value) if value is not None and value.kind == "nil" else (None, value)
        unit = self.table.column(bound.col).unit
        worth = (unit.dong if unit and unit.dong else None) or self.table.unit.dong
        if worth is None:
            return None, value
        dong = value.number * worth
        if dong != dong.to_integral_value():
            self._problem(
                "amount.part_of_dong", f"số {value.said} đổi ra đồng còn phần lẻ.", cell=f"{bound.col}{row.row}", said=value.said
            )
            return None, value
        return int(dong), value

    # statements --------------------------------------------------------------------------------------------
    def _statement(self) -> None:
        programme, reporter = self._programme(), self._reporter()
        if programme is None or reporter is None:
            return
        year = str(self.heading.year)
        place = self.here.bodies.places.get(reporter)
        if place is None:
            self._problem("body.no_place", f"chưa rõ địa bàn của {self.here.bodies.names[reporter]}.")
            return
        coverage = Region(
            programme,
            self.stars["field"],
            self.sources["*:*"],
            "*" if self.heading.programme == "135" else year,
            year,
            self.stars["body"] if self.fit.profile.rows == "place" else reporter,
            place,
            self.stars["spending_object"],
        )
        coverage = replace(coverage, year_origin="*")
        lines = tuple(self._lines(coverage, programme))
        top = Cell(self.file, self.sheet.name, self.table.range.split(":")[0])
        if not lines and self.out.is_usable:
            self._problem("statement.empty", "không có dòng giải ngân nào đọc được.")
        self.out.statement = StatementDraft(
            reporter=reporter,
            coverage=coverage,
            basis=Basis.PHASE if self.heading.is_phase else Basis.YEAR,
            as_of=self.heading.as_of or self.here.on,
            lines=lines,
            where=top,
            dated=self.heading.dated,
            number=self.heading.number,
            corrects=self.heading.corrects,
        )

    def _reporter(self) -> int | None:
        """The body in the top left corner: both its lines together, else the second, else the first."""
        lines = self.heading.issuer_lines
        tries = [" ".join(lines), *reversed(lines)]
        matches = [body_matching.match(said, on=self.here.on) for said in tries if said]
        found = next((match.body_id for match in matches if match.body_id is not None), None)
        if found is None:
            said = matches[0].sentence if matches else "góc trên bên trái biểu không ghi đơn vị báo cáo."
            self._problem("body.unknown", said, said=" ".join(lines))
        return found

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
                yield LineDraft(
                    region=replace(region, source=self._source(bound.rule.source)),
                    disbursed_dong=dong,
                    where=Cell(self.file, self.sheet.name, f"{bound.col}{row.row}"),
                    label=row.label,
                    plan_dong=self._beside(row, "plan", bound.rule.source),
                    rate_said=self._rate(row) if bound.rule.source == "*" else "",
                    qualifier=_qualifier(value),
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
        found = place_matching.match(row.label, on=self.here.on, within=coverage.place)
        if found.place_id is None:
            self._problem("place.unknown", found.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
            return None
        return replace(coverage, place=found.place_id)

    def _beside(self, row: Row, measure: str, source: str) -> int | None:
        for bound in self.fit.bound:
            if bound.rule.measure == measure and bound.rule.source == source:
                return self._dong(row, bound)[0]
        return None

    def _rate(self, row: Row) -> str:
        for bound in self.fit.bound:
            if bound.rule.measure == "rate":
                value = row.values.get(bound.col)
                return f"{value.number:f}" if value and value.number is not None else ""
        return ""

    # vouchers ----------------------------------------------------------------------------------------------
    def _voucher(self) -> None:
        programme, rule = self._programme(), self.fit.profile.voucher
        if programme is None:
            return
        moves = tuple(self._moves(programme))
        if not moves and self.out.is_usable:
            self._problem("voucher.empty", "không có số tiền nào để ghi.")
        self.out.voucher = VoucherDraft(
            VoucherKind(rule["kind"]),
            rule["decided_by"],
            self.heading.number,
            moves,
            Cell(self.file, self.sheet.name, self.table.range.split(":")[0]),
        )

    def _moves(self, programme: int) -> Iterator[Move]:
        known: dict[int, int] = {}
        for row in self._rows():
            component: int | None = programme
            if self.fit.profile.rows == "component":
                component = self._component_of(row, known, programme)
                if component is not None:
                    known[row.row] = component
            if component is None or not self._leaf(row):
                continue
            yield from self._row_moves(row, component, programme)

    def _row_moves(self, row: Row, component: int, programme: int) -> Iterator[Move]:
        taker = self._taker(row)
        if taker is None:
            return
        for bound in self.fit.bound:
            if bound.rule.measure != "dong":
                continue
            dong, _ = self._dong(row, bound)
            named = self._component_in_head(bound) if bound.component else component
            if not dong or named is None:
                continue
            to = self._account(named, self._source(bound.rule.source), taker)
            yield Move(self._giver(to, programme), to, dong, Cell(self.file, self.sheet.name, f"{bound.col}{row.row}"))

    def _component_in_head(self, bound: Bound) -> int | None:
        match = component_match(bound.component, self.heading.programme or "", self.here.on)
        if match.component_id is None:
            self._problem("component.unknown", match.sentence, cell=f"{bound.col}{self.table.header.first}", said=bound.component)
        return match.component_id

    def _taker(self, row: Row) -> int | None:
        said = self.fit.profile.voucher["taker"]
        if said != "row":
            found = bodies.body(said)
            return found.pk if found else None
        match = body_matching.match(row.label, on=self.here.on)
        if match.body_id is None:
            self._problem("body.unknown", match.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return match.body_id

    def _account(self, component: int, source: int, body: int) -> Region:
        year = str(self.heading.year)
        place = self.here.bodies.places.get(body) or self.here.places.of_kind({"province"})[0]
        return Region(component, self.stars["field"], source, year, year, body, place, self.stars["spending_object"])

    def _giver(self, to: Region, programme: int) -> Region | None:
        rule = self.fit.profile.voucher
        if rule["giver"] == "outside":
            return None
        found = bodies.body(rule["giver"])
        component = programme if rule.get("giver_component") == "programme" else to.component
        return self._account(component, to.source, found.pk if found else 0)


def _qualifier(value: Value) -> str:
    if value.kind != "approximate":
        return ""
    return next((code for word, code in _WORDS.items() if word in value.said.lower()), "khoang")


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
