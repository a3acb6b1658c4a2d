"""The annual report's money section: prose and annexes from figures, every number with its id.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I; annexes after the monthly forms 01 and 02 of practice (by project, by
unit). What is not known is said, never filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.denominators import WORDS
from vungcao.cube.figures import Answer, FigureQuery, Row
from vungcao.kernel.periods import Period
from vungcao.kernel.vietnamese import amount, day, money, sort_key
from vungcao.ledger.regions import space
from vungcao.reports.figuring import Ledgered
from vungcao.reports.paper import (
    Annex,
    Cell,
    HeadCell,
    Paper,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
    TableRow,
    prose,
)

KIND = "annual"
CLOSING = "Trên đây là báo cáo kết quả giải ngân; kính trình Ủy ban nhân dân tỉnh xem xét./."
SAID_AS = {"hon": "hơn", "tren": "trên", "gan": "gần", "khoang": "khoảng", "uoc": "ước"}


@dataclass(frozen=True)
class Composed:
    """A paper and the numbers it prints."""

    paper: Paper
    figures: Ledgered


def compose(
    *,
    period: Period,
    on: date,
    programme: str,
    known: int,
    reach: Reach,
    is_example: bool,
    head: str = "",
    replaces: str = "",
) -> Composed:
    """Write the money section for ``programme`` as at ``on``, as known at act number ``known``.

    ``head`` is the released head of the chain (``NO:DIGEST``), printed at the foot; ``replaces`` the sentence of a
    new edition.
    """
    return _Report(period, on, programme, Ledgered(known, reach), is_example, head, replaces).compose()


class _Report:
    def __init__(
        self, period: Period, on: date, programme: str, figures: Ledgered, is_example: bool, head: str, replaces: str
    ) -> None:
        self.period, self.on, self.programme, self.figures = period, on, programme, figures
        self.is_example, self.head, self.replaces = is_example, head, replaces
        self.query = FigureQuery("disbursement", on, year=period.first.year, programme=programme)
        self.codes = Codes(on)
        self.whole = figures.ask(self.query)
        self.name = self.codes.component_short_names.get(programme, programme)

    def compose(self) -> Composed:
        issuer, sign = self._issuer()
        paper = Paper(
            signature=Signature(("GIÁM ĐỐC",) if sign.endswith("SDTTG") else ("TRƯỞNG BAN",)),
            subject=f"Kết quả giải ngân {self.name} {self.period}, số liệu đến ngày {day(self.on)}",
            issuer=issuer,
            number_sign=sign,
            year=self.period.first.year,
            addressees=("Ủy ban nhân dân tỉnh Cao Bằng",),
            opening=tuple(self._opening(issuer)),
            sections=(self._results(), self._gaps()),
            closing=(Paragraph.of(CLOSING),),
            recipients=("- Như trên;", "- Lãnh đạo cơ quan;", "- Lưu: VT, KHTH."),
            example=self.is_example,
            footer_note=f"Số liệu như đã biết ở lần ghi số {self.figures.known}; đầu chuỗi nhật ký {self.head}.",
            annexes=(self._by_component(), self._by_unit()),
        )
        return Composed(paper, self.figures)

    def _issuer(self) -> tuple[str, str]:
        """The body's name and sign on the day: Ban Dân tộc, later the department (whose sign is a working one)."""
        name = self.codes.body_names.get("BDT-04", "Ban Dân tộc")
        if "Tôn giáo" in name:
            return "SỞ DÂN TỘC VÀ TÔN GIÁO", "/BC-SDTTG"
        return "BAN DÂN TỘC", "/BC-BDT"

    # prose -------------------------------------------------------------------------------------------------
    def _opening(self, issuer: str) -> list[Paragraph]:
        who = f"{prose.capitalised(issuer.lower())}".replace("dân tộc", "Dân tộc").replace("tôn giáo", "Tôn giáo")
        said = [Paragraph.of(f"{who} tỉnh Cao Bằng báo cáo kết quả giải ngân {self.name} {self.period} như sau:")]
        return ([Paragraph.of(self.replaces)] if self.replaces else []) + said

    def _results(self) -> Section:
        row = self.whole.rows[0] if self.whole.rows else None
        first = (
            self._headline(row)
            if row
            else Paragraph.of(f"Chưa có số liệu giải ngân của {self.name} {prose.as_at(self.on)}.")
        )
        said = [first, *self._ends(), Paragraph.of("Chi tiết theo dự án tại Phụ lục I, theo đơn vị tại Phụ lục II.")]
        children = (
            Section("1", "Kết quả chung", tuple(said)),
            Section("2", "So với kỳ trước và cùng kỳ", tuple(self._comparison(row))),
        )
        return Section("I", "KẾT QUẢ GIẢI NGÂN", children=children)

    def _headline(self, row: Row) -> Paragraph:
        spent, base = row.measures.get("disbursed_dong"), row.denominator
        if not isinstance(spent, int):
            return self._nothing()
        words = prose.amount_text(spent, qualifier=self._qualifier(row))
        parts: dict[str, Run | str] = {
            "day": prose.capitalised(prose.as_at(self.on)),
            "spent": self.figures.run(row, "disbursed_dong", words),
        }
        pattern = f"{{day}}, {self.name} giải ngân được {{spent}}"
        rate = row.measures.get("rate")
        if base and rate is not None:
            parts["rate"] = self.figures.run(row, "rate", prose.rate_text(rate, WORDS[base.what]))  # type: ignore[arg-type]  # a rate is a Decimal
            pattern += ", {rate}" + (f" ({base.voucher})" if base.voucher else "")
        if base and base.low_dong != base.high_dong:
            pattern += (
                f"; kế hoạch không được công bố, tỷ lệ đã công bố cho thấy kế hoạch trong khoảng "
                f"{amount(base.low_dong)} đến {amount(base.high_dong)} triệu đồng"
            )
        return prose.sentence(f"{pattern}.", **parts)

    def _nothing(self) -> Paragraph:
        return Paragraph.of(f"Chưa có số liệu giải ngân của {self.name} {prose.as_at(self.on)}.")

    def _qualifier(self, row: Row) -> str:
        return prose.weakest(*[SAID_AS.get(one, "") for one in row.qualifier.split(", ") if one])

    def _ends(self) -> list[Paragraph]:
        """The highest and the lowest unit, where there are rates to compare; else by amount."""
        rows = [row for row in self._units().rows if row.measures.get("disbursed_dong") is not None]
        if len(rows) < 2:
            return []
        measure = "rate" if all(row.measures.get("rate") is not None for row in rows) else "disbursed_dong"
        rows.sort(key=lambda row: (row.measures[measure], row.dims["body"]))
        low, high = rows[0], rows[-1]
        said = {}
        for key, row in (("high", high), ("low", low)):
            value = row.measures[measure]
            text = prose.amount_text(value) if isinstance(value, int) else prose.rate_text(value, "kế hoạch")
            said[key] = self.figures.run(row, measure, text)
        return [
            prose.sentence(
                f"Cao nhất là {high.names['body']}: {{high}}; thấp nhất là {low.names['body']}: {{low}}.", **said
            )
        ]

    def _comparison(self, row: Row | None) -> list[Paragraph]:
        spent = row.measures.get("disbursed_dong") if row else None
        said = []
        before = replace(self.query, on=_year_before(self.on), year=self.period.first.year - 1)
        rows = self.figures.ask(before).rows
        past = rows[0].measures.get("disbursed_dong") if rows else None
        if isinstance(past, int) and isinstance(spent, int):
            text = prose.against_text(spent, past)
            said.append(prose.sentence("Giải ngân {text}.", text=text))
        else:
            said.append(Paragraph.of(f"So với cùng kỳ: {prose.missing(f'cùng kỳ năm {self.period.first.year - 1}')}."))
        said.append(Paragraph.of("So với bình quân cả nước và thứ hạng: chưa có số liệu được ghi vào hệ thống."))
        return said

    def _gaps(self) -> Section:
        said = []
        silent = [gap["name"] for gap in self.whole.not_reported]
        said.append(Paragraph.of(prose.not_reported_text(silent) or self._nobody_owes()))
        for level, gaps in (("đơn vị", self._units().not_split), ("dự án", self._components().not_split)):
            for gap in gaps:
                if gap["measure"] == "disbursed_dong":
                    name = self.codes.component_short_names.get(gap["node"], gap["name"] or self.name)
                    held = f"{prose.amount_text(gap['dong'])} ({name})"
                    said.append(Paragraph.of(f"Giải ngân chưa chia theo {level}: {held}."))
        return Section("II", "SỐ LIỆU CHƯA ĐẦY ĐỦ", tuple(dict.fromkeys(said)))

    def _nobody_owes(self) -> str:
        base = next((row.denominator for row in self.whole.rows if row.denominator), None)
        if base is None or base.what == "implied":
            why = f"Chưa có quyết định giao vốn nào của {self.name} trong hệ thống"
            return f"{why}, nên chưa xác định được đơn vị còn nợ báo cáo."
        return "Các đơn vị giữ vốn đều đã báo cáo kể từ cuối tháng gần nhất."

    # annexes -----------------------------------------------------------------------------------------------
    def _components(self) -> Answer:
        return self.figures.ask(replace(self.query, by=("component",)))

    def _units(self) -> Answer:
        return self.figures.ask(replace(self.query, by=("body",)))

    @property
    def _total(self) -> Row | None:
        return self.whole.rows[0] if self.whole.rows else None

    def _by_component(self) -> Annex:
        rows = [self._line("total", "", f"{self.name}: tổng số", self.query, self._total)]
        tree = space(self.on, self.figures.known).components
        found = self._components()
        holders = {row.dims["component"] for row in found.rows if tree.children.get(tree.ids[row.dims["component"]])}
        notes = self._not_divided(found, "các dự án")
        for index, row in enumerate(found.rows, start=1):
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
                    notes += self._not_divided(below, f"các tiểu dự án của Dự án {mark}")
        return self._annex("I", "THEO DỰ ÁN", self._table("Nội dung", rows), notes)

    def _not_divided(self, found: Answer, among: str) -> list[str]:
        """What makes a total more than its lines: said under the table, never spread over them."""
        dong = sum(gap["dong"] for gap in found.not_split if gap["measure"] == "disbursed_dong")
        return [f"Giải ngân chưa chia cho {among}: {money(dong)}."] if dong else []

    def _by_unit(self) -> Annex:
        rows = [self._line("total", "", "Tổng số", self.query, self._total)]
        units = sorted(self._units().rows, key=lambda row: sort_key(row.names["body"]))
        for index, row in enumerate(units, start=1):
            rows.append(self._line("item", f"{index}", row.names["body"], FigureQuery.of_id(row.id), row))
        notes = self._not_divided(self._units(), "các đơn vị")
        return self._annex("II", "THEO ĐƠN VỊ", self._table("Đơn vị", rows), notes)

    def _annex(self, roman: str, how: str, table: Table, notes: list[str]) -> Annex:
        title = f"GIẢI NGÂN {self.name} {how} {self.period}".upper()
        return Annex(roman, title, table, notes=(*self._notes(), *notes))

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
            ),
            (HeadCell("Tổng số"), HeadCell("Vốn đầu tư"), HeadCell("Vốn sự nghiệp")),
        )
        return Table("", head, rows, widths=(0.5, 3.8, 1.45, 1.3, 1.3, 1.6, 1.4, 1))

    def _notes(self) -> tuple[str, ...]:
        base = next((row.denominator for row in self.whole.rows if row.denominator), None)
        said = [f"Số liệu đến ngày {day(self.on)}, như đã biết ở lần ghi số {self.figures.known}."]
        if base:
            said.append(f"Mẫu số của tỷ lệ: {WORDS[base.what]}{f' ({base.voucher})' if base.voucher else ''}.")
        return (*said, "Ô để trống: chưa có số liệu ở cấp này; không phải bằng 0.")


def _mark(code: str, index: int) -> str:
    """The number that a component bears (``1719.DA5.TDA3`` → 3), else its place in the list."""
    found = re.search(r"(\d+)$", code.rpartition(".")[2])
    return found[1] if found else f"{index}"


def _year_before(on: date) -> date:
    """The same day a year earlier; 29/02 becomes 28/02."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)
