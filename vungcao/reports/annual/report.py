"""The annual report's money section: prose and annexes from figures, every number with its id.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I; annexes after the monthly forms 01 and 02 of practice (by project, by
unit). What is not known is said, never filled in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from vungcao.cube.figures import FigureQuery, Row
from vungcao.kernel.vietnamese import day, sort_key
from vungcao.ledger.regions import space
from vungcao.reports.money import Composed, MoneyReport
from vungcao.reports.paper import Annex, Cell, HeadCell, Paragraph, Section, Table, TableRow
from vungcao.reports.paper.parts import RowKind

KIND = "annual"
NAME = "báo cáo năm, phần giải ngân"


def compose(**asked: Any) -> Composed:
    """Write the money section; ``asked`` is what every report about money is told (see ``MoneyReport``)."""
    return _Annual(**asked).compose()


class _Annual(MoneyReport):
    span = "year"

    def compose(self) -> Composed:
        said = [self.headline(), Paragraph.of("Chi tiết theo dự án tại Phụ lục I, theo đơn vị tại Phụ lục II.")]
        children = (
            Section("1", "Kết quả chung", tuple(said)),
            Section("2", "So với kỳ trước, cùng kỳ và bình quân", tuple(self.comparison())),
        )
        made = self.paper(
            f"Kết quả giải ngân {self.name} {self.period}, số liệu đến ngày {day(self.on)}",
            sections=(Section("I", "KẾT QUẢ GIẢI NGÂN", children=children), self.gaps()),
            annexes=(self._by_component(), self._by_unit()),
        )
        return Composed(made, self.figures)

    # annexes -----------------------------------------------------------------------------------------------
    def _by_component(self) -> Annex:
        tree = space(self.on, self.figures.known).components
        found, order = self.components, self._in_order(self.components.rows)
        marks = {row.dims["component"]: _mark(row.dims["component"], index) for index, row in enumerate(order, start=1)}
        parts = {code: self._parts(code, mark) for code, mark in marks.items() if tree.children.get(tree.ids[code])}
        kind: RowKind = "section" if any(below for below, _ in parts.values()) else "item"
        kinds = self._kinds(self.query, "component")
        rows = [self._line("total", "", f"{self.name}: tổng số", self.total, self._kinds(self.query))]
        notes = self.not_divided(found, "các dự án")
        for row in order:
            code = row.dims["component"]
            rows.append(self._line(kind, marks[code], row.names["component"], row, kinds))
            below, said = parts.get(code, ([], []))
            rows += below
            notes += said
        return self._annex("I", "THEO DỰ ÁN", self._table("Nội dung", rows), notes)

    def _parts(self, code: str, mark: str) -> tuple[list[TableRow], list[str]]:
        """Rows of a project's parts, and what is not divided among them."""
        query = replace(self.query, component=code)
        below = self.figures.ask(replace(query, by=("component",)))
        if not below.rows:
            return [], []
        kinds = self._kinds(query, "component")
        rows = [
            self._line("item", f"{mark}.{_mark(row.dims['component'], part)}", row.names["component"], row, kinds)
            for part, row in enumerate(below.rows, start=1)
        ]
        return rows, self.not_divided(below, f"các tiểu dự án của Dự án {mark}")

    def _in_order(self, rows: list[Row]) -> list[Row]:
        """Components in the order of the programme, however they rank."""
        tree = space(self.on, self.figures.known).components
        return sorted(rows, key=lambda row: tree.order.get(tree.ids.get(row.dims["component"], 0), 0))

    def _by_unit(self) -> Annex:
        kinds = self._kinds(self.query, "body")
        rows = [self._line("total", "", "Tổng số", self.total, self._kinds(self.query))]
        units = sorted(self.units.rows, key=lambda row: sort_key(row.names["body"]))
        for index, row in enumerate(units, start=1):
            rows.append(self._line("item", f"{index}", row.names["body"], row, kinds))
        return self._annex("II", "THEO ĐƠN VỊ", self._table("Đơn vị", rows), self.not_divided(self.units, "các đơn vị"))

    def _annex(self, roman: str, how: str, table: Table, notes: list[str]) -> Annex:
        title = f"GIẢI NGÂN {self.name} {how} {self.period}".upper()
        return Annex(roman, title, table, notes=(*self.notes(), *notes))

    def _kinds(self, query: FigureQuery, *by: str) -> dict[tuple[str, ...], Row]:
        """Rows by kind of capital, of every row of a table at once."""
        return {tuple(row.dims.values()): row for row in self.figures.ask(replace(query, by=(*by, "source"))).rows}

    def _line(
        self, kind: RowKind, mark: str, label: str, row: Row | None, kinds: dict[tuple[str, ...], Row]
    ) -> TableRow:
        key = tuple(row.dims.values()) if row else ()
        cell = self.figures.cell
        cells = (
            Cell(mark),
            Cell(label),
            cell(row, "given_dong", "money"),
            cell(row, "disbursed_dong", "money"),
            cell(kinds.get((*key, "dau_tu:*")), "disbursed_dong", "money"),
            cell(kinds.get((*key, "su_nghiep:*")), "disbursed_dong", "money"),
            cell(row, "remainder_dong", "money"),
            cell(row, "rate", "percent"),
            cell(row, "rank", "count"),
            cell(row, "last_year_rate", "percent"),
            cell(row, "last_year_points", "percent"),
        )
        return TableRow(kind, cells)

    def _table(self, what: str, rows: list[TableRow]) -> Table:
        head = (
            (
                HeadCell("STT", 2),
                HeadCell(what, 2),
                HeadCell("Kế hoạch vốn", 2),
                HeadCell("Giải ngân lũy kế từ đầu năm", 1, 3),
                HeadCell("Còn lại", 2),
                HeadCell("Tỷ lệ giải ngân (%)", 2),
                HeadCell("Xếp hạng", 2),
                HeadCell("So với cùng kỳ", 1, 2),
            ),
            (
                *(HeadCell(one) for one in ("Tổng số", "Vốn đầu tư", "Vốn sự nghiệp")),
                *(HeadCell(one) for one in ("Tỷ lệ (%)", "Tăng, giảm (điểm %)")),
            ),
        )
        return Table("", head, rows, widths=(0.5, 3.4, 1.4, 1.25, 1.25, 1.4, 1.35, 0.95, 0.7, 0.85, 0.95))


def _mark(code: str, index: int) -> str:
    """The number that a component bears (``1719.DA5.TDA3`` → 3), else its place in the list."""
    found = re.search(r"(\d+)$", code.rpartition(".")[2])
    return found[1] if found else f"{index}"
