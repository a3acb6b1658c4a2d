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
        rows = [self._line("total", "", f"{self.name}: tổng số", self.query, self.total)]
        tree = space(self.on, self.figures.known).components
        found = self.components
        holders = {row.dims["component"] for row in found.rows if tree.children.get(tree.ids[row.dims["component"]])}
        notes = self.not_divided(found, "các dự án")
        for index, row in enumerate(self._in_order(found.rows), start=1):
            code, mark = row.dims["component"], _mark(row.dims["component"], index)
            kind = "section" if holders else "item"
            rows.append(self._line(kind, mark, row.names["component"], FigureQuery.of_id(row.id), row))
            if code in holders:
                below = self.figures.ask(replace(self.query, component=code, by=("component",)))
                for part, inner in enumerate(below.rows, start=1):
                    inner_mark = f"{mark}.{_mark(inner.dims['component'], part)}"
                    label = inner.names["component"]
                    rows.append(self._line("item", inner_mark, label, FigureQuery.of_id(inner.id), inner))
                if below.rows:
                    notes += self.not_divided(below, f"các tiểu dự án của Dự án {mark}")
        return self._annex("I", "THEO DỰ ÁN", self._table("Nội dung", rows), notes)

    def _in_order(self, rows: list[Row]) -> list[Row]:
        """Components in the order of the programme, however they rank."""
        tree = space(self.on, self.figures.known).components
        return sorted(rows, key=lambda row: tree.order.get(tree.ids.get(row.dims["component"], 0), 0))

    def _by_unit(self) -> Annex:
        rows = [self._line("total", "", "Tổng số", self.query, self.total)]
        units = sorted(self.units.rows, key=lambda row: sort_key(row.names["body"]))
        for index, row in enumerate(units, start=1):
            rows.append(self._line("item", f"{index}", row.names["body"], FigureQuery.of_id(row.id), row))
        notes = self.not_divided(self.units, "các đơn vị")
        return self._annex("II", "THEO ĐƠN VỊ", self._table("Đơn vị", rows), notes)

    def _annex(self, roman: str, how: str, table: Table, notes: list[str]) -> Annex:
        title = f"GIẢI NGÂN {self.name} {how} {self.period}".upper()
        return Annex(roman, title, table, notes=(*self.notes(), *notes))

    def _line(self, kind: str, mark: str, label: str, query: FigureQuery, row: Row | None) -> TableRow:
        kinds = {code: self._first(replace(query, source=code)) for code in ("dau_tu", "su_nghiep")}
        cells = (
            Cell(mark),
            Cell(label),
            self.figures.cell(row, "given_dong", "money"),
            self.figures.cell(row, "disbursed_dong", "money"),
            self.figures.cell(kinds["dau_tu"], "disbursed_dong", "money"),
            self.figures.cell(kinds["su_nghiep"], "disbursed_dong", "money"),
            self.figures.cell(row, "remainder_dong", "money"),
            self.figures.cell(row, "rate", "percent"),
            self.figures.cell(row, "rank", "count"),
            self.figures.cell(row, "last_year_rate", "percent"),
            self.figures.cell(row, "last_year_points", "percent"),
        )
        return TableRow(kind, cells)  # type: ignore[arg-type]  # one of the kinds of row, from the callers above

    def _first(self, query: FigureQuery) -> Row | None:
        rows = self.figures.ask(query).rows
        return rows[0] if rows else None

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
