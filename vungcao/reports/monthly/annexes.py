"""Annexes of the monthly report: forms 01 (by project) and 02 (by unit) of practice §4.2, on A3 lying down.

Adjustments are those of decisions on file, advances what counted statements say, causes what holders say in their form
of causes: where nothing was recorded the column stands empty. The estimate has a column only where somebody estimated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from vungcao.bodies.models import BodyKind
from vungcao.cube.figures import Answer, FigureQuery, Row
from vungcao.kernel.vietnamese import day, sort_key
from vungcao.ledger.regions import space
from vungcao.ledger.spending import OWES_NOTHING
from vungcao.reports.monthly.causes import Causes
from vungcao.reports.paper import Annex, Cell, HeadCell, Table, TableRow
from vungcao.reports.paper.parts import RowKind

if TYPE_CHECKING:
    from vungcao.reports.money import MoneyReport

KINDS: Final = ("dau_tu:*", "su_nghiep:*")
_OFFICES, _PLACES, _NOT_YET = "A. Sở, ban, ngành của tỉnh", "B. Địa phương", "C. Chưa phân bổ về đơn vị, còn ở"
OFFICES: Final = (BodyKind.BOARD, BodyKind.DEPARTMENT)
Key = tuple[str, ...]


@dataclass
class _Asked:
    """Everything that the rows of one table print, by their key (the code of a component or body)."""

    main: Answer
    flow: dict[Key, Row] = field(default_factory=dict)
    spent: dict[Key, Row] = field(default_factory=dict)
    carried: dict[Key, Row] = field(default_factory=dict)
    own: dict[Key, Row] = field(default_factory=dict)
    increased: dict[Key, Row] = field(default_factory=dict)
    decreased: dict[Key, Row] = field(default_factory=dict)
    advance: dict[Key, Row] = field(default_factory=dict)
    estimate: dict[Key, Row] = field(default_factory=dict)


class Annexes:
    """The two tables of a report, whose figures it asks through the report's own collector."""

    def __init__(self, report: MoneyReport) -> None:
        self.report, self.figures = report, report.figures
        self.year = report.period.first.year
        self.estimate_day = date(self.year + 1, 1, 31)
        self.causes = Causes.on(report.on, report.programme, known=self.figures.known, reach=self.figures.reach)
        self.whole = self._asked(report.query, (), report.whole)
        self.has_estimate = any(row.measures.get("estimated_dong") is not None for row in self.whole.estimate.values())

    # asking ------------------------------------------------------------------------------------------------
    def _asked(self, query: FigureQuery, by: tuple[str, ...], main: Answer) -> _Asked:
        def rows(asked: FigureQuery) -> dict[Key, Row]:
            return {tuple(row.dims.values()): row for row in self.figures.ask(asked).rows}

        kinds = (*by, "source")
        given = replace(query, name="given", denominator="with_carry_over")
        up, down = (rows(replace(query, name=name, by=kinds)) for name in ("increased", "decreased"))
        return _Asked(
            main,
            flow=rows(replace(query, name="flow", by=by)),
            spent=rows(replace(query, by=kinds)),
            carried=rows(replace(given, by=kinds, year_origin=f"{self.year - 9}-{self.year - 1}")),
            own=rows(replace(given, by=kinds, year_origin=f"{self.year}")),
            increased=up,
            decreased=down,
            advance=rows(replace(query, name="advance", by=by)),
            estimate=rows(replace(query, name="estimate", on=self.estimate_day, year=self.year, by=by)),
        )

    # tables ------------------------------------------------------------------------------------------------
    def by_component(self) -> Annex:
        """Form 01: projects in the order of the programme, sub-projects below them."""
        report = self.report
        asked = self._asked(report.query, ("component",), report.components)
        tree = space(report.on, self.figures.known).components
        rows = [self._total(f"{report.name}: tổng số")]
        notes = report.not_divided(asked.main, "các dự án")
        order = sorted(asked.main.rows, key=lambda row: tree.order.get(tree.ids.get(row.dims["component"], 0), 0))
        marks = {row.dims["component"]: _mark(row.dims["component"], index) for index, row in enumerate(order, start=1)}
        parts = {code: self._parts(code, mark) for code, mark in marks.items() if tree.children.get(tree.ids[code])}
        kind: RowKind = "section" if any(below for below, _ in parts.values()) else "item"
        for row in order:
            code = row.dims["component"]
            why = self.causes.of_component(code)
            rows.append(self._line(kind, marks[code], row.names["component"], row, asked, why))
            below, said = parts.get(code, ([], []))
            rows += below
            notes += said
        return self._annex("I", "THEO DỰ ÁN", "Nội dung", rows, notes)

    def _parts(self, code: str, mark: str) -> tuple[list[TableRow], list[str]]:
        """Rows of a project's parts, which are compared but not ranked, and what is not divided among them."""
        query = replace(self.report.query, component=code)
        compare = ("last_year", "last_period")
        main = self.figures.ask(replace(query, by=("component",), compare=compare, span=self.report.span))
        if not main.rows:
            return [], []
        asked = self._asked(query, ("component",), main)
        rows = [
            self._line(
                "item", f"{mark}.{_mark(part, n)}", row.names["component"], row, asked, self.causes.of_component(part)
            )
            for n, row in enumerate(main.rows, start=1)
            for part in [row.dims["component"]]
        ]
        return rows, self.report.not_divided(main, f"các tiểu dự án của Dự án {mark}")

    def by_unit(self) -> Annex:
        """Form 02: offices of the province, then districts or communes, each in Vietnamese order."""
        report = self.report
        asked = self._asked(report.query, ("body",), report.units)
        here = space(report.on, self.figures.known)
        ids = {code: node for node, code in report.codes.bodies.items()}
        blocks: dict[str, list[Row]] = {title: [] for title in (_OFFICES, _PLACES, _NOT_YET)}
        for row in sorted(asked.main.rows, key=lambda row: sort_key(row.names["body"])):
            kind = here.bodies.kinds.get(ids[row.dims["body"]])
            blocks[_OFFICES if kind in OFFICES else _NOT_YET if kind in OWES_NOTHING else _PLACES].append(row)
        rows = [self._total("Tổng số")]
        numbers = iter(range(1, len(asked.main.rows) + 1))
        for title, held in blocks.items():
            if held and len(held) < len(asked.main.rows):
                rows.append(TableRow("note", (Cell(title),)))
            rows += [
                self._line("item", f"{next(numbers)}", row.names["body"], row, asked, why)
                for row in held
                for why in [self.causes.of_body(ids[row.dims["body"]])]
            ]
        return self._annex("II", "THEO ĐƠN VỊ", "Đơn vị", rows, report.not_divided(asked.main, "các đơn vị"))

    def _annex(self, roman: str, how: str, what: str, rows: list[TableRow], notes: list[str]) -> Annex:
        report = self.report
        title = f"GIẢI NGÂN {report.name} {how} {report.period}".upper()
        day_and_plan, empty = " ".join(report.notes()[:-1]), report.notes()[-1]
        columns = [_ADJUSTED, *self._advances_said(rows), *self.causes.notes()]
        said = [day_and_plan, " ".join([empty, *self._first_words()]), *notes, " ".join(columns), _RANKS]
        return Annex(roman, title, self._table(what, rows), paper="A3", notes=tuple(said))

    def _first_words(self) -> list[str]:
        flow = self.figures.ask(replace(self.report.query, name="flow"))
        names = {gap["name"] for gap in flow.not_split if gap["dim"] == "month"}
        said = f"Cột “trong tháng” chưa gồm {len(names):02d} đơn vị không báo cáo ở tháng trước, chỉ có lũy kế."
        return [said] if names else []

    def _advances_said(self, rows: Sequence[TableRow]) -> list[str]:
        """How many of the table's lines with spending say nothing of advances: their total is of the others only."""
        lines = [row.cells for row in rows if row.kind == "item" and row.cells[_SPENT].value is not None]
        silent = sum(cells[_ADVANCE].value is None for cells in lines)
        said = f"Cột “tạm ứng chưa thu hồi” chỉ gồm báo cáo có ghi; {silent:02d} dòng có giải ngân mà không ghi."
        return [said] if silent else []

    # rows --------------------------------------------------------------------------------------------------
    def _total(self, label: str) -> TableRow:
        row = self.report.total
        return TableRow("total", self._cells("", label, row, (), self.whole, ""))

    def _line(self, kind: RowKind, mark: str, label: str, row: Row, asked: _Asked, why: str) -> TableRow:
        cells = self._cells(mark, label, row, tuple(row.dims.values()), asked, why)
        return TableRow(kind, cells)

    def _cells(self, mark: str, label: str, row: Row | None, key: Key, asked: _Asked, why: str) -> list[Cell]:
        cell = self.figures.cell

        def by_kind(rows: dict[Key, Row], measure: str) -> list[Cell]:
            return [cell(rows.get((*key, kind)), measure, "money") for kind in KINDS]

        spent = [cell(row, "disbursed_dong", "money"), *by_kind(asked.spent, "disbursed_dong")]
        cells = [
            Cell(mark),
            Cell(label),
            *by_kind(asked.carried, "given_dong"),
            *by_kind(asked.own, "given_dong"),
            *by_kind(asked.increased, "increased_dong"),
            *by_kind(asked.decreased, "decreased_dong"),
            cell(row, "given_dong", "money"),
            cell(asked.flow.get(key), "flow_dong", "money"),
            *spent,
            cell(asked.advance.get(key), "open_advance_dong", "money"),
            cell(row, "rate", "percent"),
            cell(row, "rank", "count"),
            cell(row, "last_period_rate", "percent"),
            cell(row, "last_period_points", "percent"),
            cell(row, "last_year_disbursed_dong", "money"),
            cell(row, "last_year_rate", "percent"),
            cell(row, "last_year_points", "percent"),
            cell(row, "remainder_dong", "money"),
        ]
        if self.has_estimate:
            cells.append(cell(asked.estimate.get(key), "estimated_dong", "money"))
        return [*cells, Cell(why or None)]

    # the head ----------------------------------------------------------------------------------------------
    def _table(self, what: str, rows: list[TableRow]) -> Table:
        groups: list[tuple[str, Sequence[str]]] = [
            ("Vốn các năm trước kéo dài", ("Đầu tư", "Sự nghiệp")),
            (f"Kế hoạch năm {self.year}, sau điều chỉnh", ("Đầu tư", "Sự nghiệp")),
            ("Trong đó điều chỉnh tăng", ("Đầu tư", "Sự nghiệp")),
            ("Trong đó điều chỉnh giảm", ("Đầu tư", "Sự nghiệp")),
            ("Tổng kế hoạch", ()),
            ("Giải ngân trong tháng", ()),
            ("Giải ngân lũy kế từ đầu năm", ("Tổng số", "Đầu tư", "Sự nghiệp", "Tạm ứng chưa thu hồi")),
            ("Tỷ lệ so kế hoạch (%)", ()),
            ("Xếp hạng", ()),
            ("So với kỳ trước", ("Tỷ lệ (%)", "Tăng, giảm (điểm %)")),
            ("So với cùng kỳ năm trước", ("Giải ngân", "Tỷ lệ (%)", "Tăng, giảm (điểm %)")),
            ("Còn lại", ()),
        ]
        if self.has_estimate:
            groups.append((f"Ước đến {day(self.estimate_day)}", ()))
        groups.append(("Nguyên nhân chưa giải ngân", ()))
        above = [HeadCell("STT", 2), HeadCell(what, 2)]
        below = []
        for title, parts in groups:
            above.append(HeadCell(title, 1, len(parts)) if parts else HeadCell(title, 2))
            below += [HeadCell(part) for part in parts]
        claims = {11: "11=3+4+5+6", 13: "13=14+15", 17: "17=13/11", 24: "24=11-13"}
        columns = 2 + sum(len(parts) or 1 for _, parts in groups)
        numbers = [_claim(claims.get(n, f"{n}"), rows) for n in range(1, columns + 1)]
        widths = tuple({1: 0.7, 2: 5.0, 11: 1.8, columns: 3.0}.get(n, 1.35) for n in range(1, columns + 1))
        return Table("", (tuple(above), tuple(below)), rows, number_row=numbers, widths=widths)


_SPENT, _ADVANCE = 12, 15  # columns of spending and of advances, counted from 0
_ADJUSTED: Final = (
    "Điều chỉnh tăng, giảm: cộng từng dòng của các quyết định điều chỉnh vốn của năm, kể cả chuyển trong cùng một dòng "
    "của biểu; đã nằm trong kế hoạch sau điều chỉnh."
)
_RANKS: Final = (
    "Xếp hạng theo tỷ lệ chưa làm tròn, hạng 1 là cao nhất, bằng nhau thì cùng hạng; "
    "tăng, giảm điểm % tính trên tỷ lệ đã in."
)


def _claim(said: str, rows: Sequence[TableRow]) -> str:
    """The claim of the number row where every row with all its terms keeps it, else the plain number."""
    number, _, terms = said.partition("=")
    if not terms or "/" in terms:
        return said
    for row in rows:
        values = [_of(row, int(one)) for one in re.findall(r"\d+", terms)]
        stated = _of(row, int(number))
        if stated is None or None in values:
            continue
        signs = [-1 if sign == "-" else 1 for sign in re.findall(r"([+-]?)\d+", terms)]
        if sum(sign * value for sign, value in zip(signs, values, strict=True)) != stated:
            return number
    return said


def _of(row: TableRow, column: int) -> Any:
    return row.cells[column - 1].value if len(row.cells) >= column else None


def _mark(code: str, index: int) -> str:
    """The number that a component bears (``1719.DA5.TDA3`` → 3), else its place in the list."""
    found = re.search(r"(\d+)$", code.rpartition(".")[2])
    return found[1] if found else f"{index}"
