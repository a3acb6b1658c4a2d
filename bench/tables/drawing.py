"""Draws one table on a page (title, head, number row, body, notes) and says where everything stands."""

from __future__ import annotations

from random import Random

from openpyxl.utils import get_column_letter

from bench.tables.body import TableBody
from bench.tables.faults import Cell
from bench.tables.figures import print_code, print_day, print_figure
from bench.tables.forms import Col
from bench.tables.heading import HeadDrawing
from bench.tables.lines import NAMES, Node
from bench.tables.page import Ink, Page, at
from bench.tables.truth import Figure, TrueColumn, TrueRow, TrueTable

UNITS = {
    1: ["đồng", "Đồng", "VNĐ"],
    1000: ["nghìn đồng", "1.000 đồng", "ngàn đồng"],
    1_000_000: ["triệu đồng", "Triệu đồng", "tr.đ", "Tr.đồng"],
    1_000_000_000: ["tỷ đồng", "Tỷ đồng", "tỉ đồng"],
}
TEXTS = {
    "ghi_chu": ["", "", "QĐ bổ sung (ví dụ)", "chờ phê duyệt"], "why": ["", "đang chờ hướng dẫn", "hết đối tượng"],
    "note": ["", "", "chuyển tiếp", "khởi công mới"], "paper": ["512/QĐ-UBND", "87/QĐ-UBND", "1250/QĐ-UBND"],
    "body": ["UBND xã ví dụ", "Ban Quản lý ví dụ"], "place": [f"Xã {name}" for name in NAMES[:8]],
}  # fmt: skip
DIGITS = {"ma": 7, "khoan": 6, "code": 7}


class TableDrawing:
    """One table on its page; rows and columns count from 1."""

    def __init__(
        self,
        chance: Random,
        page: Page,
        body: TableBody,
        features: set[str],
        unit: int,
        *,
        left: int | None = None,
        serials: float = 0.88,
    ) -> None:
        """``left``: its first column (None: A or B); ``serials``: how often it has a column of marks."""
        self.chance, self.page, self.body, self.features, self.unit = chance, page, body, features, unit
        self.form, self.lines = body.form, body.lines
        self.unit_name = chance.choice(UNITS[unit])
        first = 1 if chance.random() < 0.85 else 2
        self.left = left or first
        self.serial = chance.random() < serials
        if not self.serial:
            features.add("marks_in_labels")
        self.label_col = self.left + int(self.serial)
        self.place = {col.key: self.label_col + 1 + index for index, col in enumerate(self.form.cols)}
        self.right = self.label_col + len(self.form.cols)
        self.texts: dict[tuple[int, int], Figure] = {}
        self.marks: dict[Node, str | None] = {}
        self.head = HeadDrawing(chance, page, body, features, self.unit_name, self.place, self.left, self.label_col)

    # above and below

    def preamble(self, row: int, bodies: list[str] | None) -> int:
        """Letterhead, title, closing day, unit; returns the first row of the head."""
        chance, page = self.chance, self.page
        middle = max(self.left + 1, (self.left + self.right) // 2)
        if bodies and chance.random() < 0.7:
            page.put(row, self.left, chance.choice(bodies))
            if chance.random() < 0.6:
                page.put(row, self.right, chance.choice(["Biểu số 02", "Phụ lục I", "Biểu mẫu 01"]))
            row += 1
            if chance.random() < 0.3:
                page.put(row, self.left, "BAN DÂN TỘC")
                row += 1
        title_col = self.left if chance.random() < 0.6 else middle
        title = self.form.title
        if "extract" in self.features:
            title = chance.choice([f"TRÍCH {title}", f"{title} (TRÍCH)"])
        page.put(row, title_col, title)
        if title_col == self.left:
            page.merge(row, self.left, row, self.right)
        row += 1
        for text in (
            f"(Số liệu đến ngày 30/9/{self.form.year})",
            f"(Kèm theo Báo cáo số 512/BC-BDT ngày 05/10/{self.form.year} ví dụ)",
        ):
            if chance.random() < 0.45:
                page.put(row, title_col, text)
                row += 1
        row += chance.random() < 0.3
        said = self._unit_over_table()
        if said:
            page.put(row, max(self.right - chance.randint(0, 2), self.left), said)
            row += 1
        return row + (chance.random() < 0.15)

    def _unit_over_table(self) -> str | None:
        chance = self.chance
        if not self.form.has_money:
            unit = "người" if self.form.name == "census" else "hộ"
            return f"Đơn vị tính: {unit}" if chance.random() < 0.5 else None
        if "unit_over_table" not in self.features:
            return None
        return chance.choice(
            ["Đơn vị tính: {}", "ĐVT: {}", "Đơn vị: {}", "(Đơn vị tính: {})", "Đơn vị tính : {}"]
        ).format(self.unit_name)

    def closing(self, row: int, *, signed: bool) -> int:
        """Blank rows, notes, signatures; returns the last row written."""
        chance, page = self.chance, self.page
        if chance.random() < 0.3:  # rows with borders only
            for blank in range(1, chance.randint(2, 4)):
                for col in range(self.left, self.right + 1):
                    page.put(row + blank, col, Ink(None, "#,##0"))
            row += 1
        if chance.random() < 0.35:
            row += 1 + (chance.random() < 0.5)
            page.put(
                row,
                self.left,
                chance.choice(["Ghi chú: số liệu ví dụ.", "(*) Số ước thực hiện.", "Nguồn: các đơn vị (ví dụ)"]),
            )
        if signed and chance.random() < 0.6:
            row += 2
            page.put(row, self.right, f"Ví dụ, ngày 05 tháng 10 năm {self.form.year}")
            row += 1
            page.put(row, self.label_col, "NGƯỜI LẬP BIỂU")
            page.put(row, self.right, "THỦ TRƯỞNG ĐƠN VỊ")
            row += 1
            page.put(row, self.label_col, "(Ký, ghi rõ họ tên)")
            page.put(row, self.right, "(Ký, đóng dấu)")
        return row

    # the table

    def draw(self, top: int) -> int:
        self.top = top
        self.head_last = self.head.draw(top)
        row = self.head_last
        for node in self.body.printed_nodes:
            row += 1
            node.row = row
        for node in self.body.printed_nodes:
            self._row(node)
        self.last = row
        return row

    def _row(self, node: Node) -> None:
        if node.hidden:
            self.page.hidden_rows.add(node.row)
        self._mark_and_label(node)
        for col in self.form.cols:
            place = (node.row, self.place[col.key])
            ink, figure = self._cell(node, col)
            self.page.put(*place, ink)
            self.texts[place] = figure
            if col.hidden:
                self.page.hidden_cols.add(place[1])

    def _mark_and_label(self, node: Node) -> None:
        chance, page, mark = self.chance, self.page, node.mark
        in_label = mark is not None and (not self.serial or (node.kind == "of_which" and chance.random() < 0.5))
        self.marks[node] = mark
        if in_label:
            dot = "" if mark in ("-", "+") or str(mark).endswith(")") else "."
            page.put(node.row, self.label_col, f"{mark}{dot} {node.label}")
            return
        if mark is None and node.kind == "total" and self.serial and chance.random() < 0.35:
            page.put(node.row, self.left, node.label)
            page.merge(node.row, self.left, node.row, self.label_col)
            return
        page.put(node.row, self.label_col, node.label)
        if mark is not None:
            page.put(node.row, self.left, Ink(int(mark)) if mark.isdigit() and chance.random() < 0.7 else mark)

    def _cell(self, node: Node, col: Col) -> tuple[Ink, Figure]:
        chance = self.chance
        if col.kind in ("text", "code", "date"):
            if col.key == "dvt" and node.unit:
                return Ink(node.unit), Figure((None,), ("text",), node.unit)
            if node.kind != "item" or node.children or not node.valued:
                return Ink(None), Figure((None,), ("empty",), "")
            if col.kind == "code":
                return print_code(chance, DIGITS[col.key])
            if col.kind == "date":
                return print_day(chance, self.form.year - 1)
            text = chance.choice(TEXTS.get(col.key, [""]))
            return Ink(text or None), Figure((None,), ("text",) if text else ("empty",), text)
        shown = self.body.figures[node, col.key]
        ink, figure = print_figure(chance, shown, self.body.printing[col.key])
        formula = self._formula(node, col) if self.body.formulas else None
        if formula:
            ink.formula = formula
            ink.cached = "with_results" in self.features
            figure = Figure(figure.values, (*figure.kinds, "formula"))
        return ink, figure

    def _formula(self, node: Node, col: Col) -> str | None:
        """The formula an office would have put there; None where figures are typed."""
        if (node, col.key) in self.body.overtyped or not node.valued or col.key in ("rank", "before"):
            return None
        if node.kind == "of_which":
            return None if not col.formula else self._across(node, col)
        if col.formula:
            return self._across(node, col)
        if not node.children:
            return None
        terms = [term for child in node.children for term in _printed_terms(child)]
        rows = [term.row for term in terms]
        letter = get_column_letter(self.place[col.key])
        if rows == list(range(rows[0], rows[0] + len(rows))) and len(rows) > 1:
            return f"SUM({letter}{rows[0]}:{letter}{rows[-1]})"
        return "+".join(f"{letter}{row}" for row in rows)

    def _across(self, node: Node, col: Col) -> str:
        if col.is_rate:
            above, below = (at(node.row, self.place[key]) for key in col.rate)
            return f"{above}/{below}" + ("" if self.body.printing[col.key].style == "fraction" else "*100")
        terms = [f"{'-' if sign < 0 else '+'}{at(node.row, self.place[key])}" for sign, key in col.terms]
        return "".join(terms).lstrip("+")

    # what is true of it

    def truth(self, done: dict[Cell, str]) -> TrueTable:
        cells = {cell: at(cell[0].row, self.place[cell[1]]) for cell in self.body.figures}
        must, may = self.body.judged(cells)
        rows = [self._true_row(node) for node in self.body.printed_nodes]
        left, right = get_column_letter(self.left), get_column_letter(self.right)
        return TrueTable(
            self.top, self.last, left, right, (self.top, self.head_last),
            [self._true_column(col) for col in self.form.cols], rows, set(must), set(may),
            {cells[cell] for cell in self.body.corrupted}, self.body.faults(done, cells),
            {cells[cell] for cell in self.body.overtyped},
        )  # fmt: skip

    def _true_row(self, node: Node) -> TrueRow:
        parent = node.parent.row if node.parent else None
        parents: tuple[int | None, ...] = (parent,)
        if node.kind == "of_which" and node.parent and node.parent.parts[0].header and not node.header:
            parents = (parent, node.parent.parts[0].row)
        values = {get_column_letter(self.place[c.key]): self.texts[node.row, self.place[c.key]] for c in self.form.cols}
        above, line = [], node.parent
        while line:
            above.append(line.row)
            line = line.parent
        return TrueRow(
            node.row, self.marks[node], node.label, node.kind, parents, values, node.hidden, node.unit, tuple(above)
        )

    def _true_column(self, col: Col) -> TrueColumn:
        letter = get_column_letter(self.place[col.key])
        kinds: tuple[str, ...] = {"code": ("text",), "date": ("date",), "text": ("text",)}.get(col.kind, (col.kind,))
        said = "unit_not_said" not in self.features
        if col.kind == "money" and not said:
            kinds = ("money", "count")
        dong = self.unit if col.kind == "money" and said else None
        return TrueColumn(letter, self.head.paths[col.key], kinds, dong, col.hidden)


def _printed_terms(node: Node) -> list[Node]:
    return (
        [node]
        if node.valued or not node.children
        else [one for child in node.children for one in _printed_terms(child)]
    )
