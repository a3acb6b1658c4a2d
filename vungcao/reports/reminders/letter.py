"""A reminder as a công văn: the body's own figures, each with its id; what is missing is said to be missing.

Between peers the words are *đề nghị, đôn đốc*; *yêu cầu* belongs to the People's Committee (practice §1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import BodyKind
from vungcao.cube.codes import Codes
from vungcao.cube.denominators import WORDS
from vungcao.cube.figures import FigureQuery, Row
from vungcao.cube.tracing import trace
from vungcao.kernel.vietnamese import day
from vungcao.reports.figuring import Ledgered
from vungcao.reports.paper import (
    Cell,
    HeadCell,
    Issuer,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
    TableRow,
    board,
    department,
    issued,
    peoples_committee,
    prose,
)
from vungcao.reports.paper.issuing import Signer
from vungcao.reports.reminders.behind import Behind, Line
from vungcao.reports.reminders.phone import short_text

SAID_AS: Final = {"hon": "hơn", "tren": "trên", "gan": "gần", "khoang": "khoảng", "uoc": "ước"}
OPEN_DAY: Final = "ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"


@dataclass(frozen=True)
class Sender:
    """Who sends the letters: the Board, or the People's Committee for it; who signs; until when an answer is wanted."""

    by_committee: bool = False
    signer: Signer = "deputy"
    reply_by: date | None = None

    def issuer(self, on: date) -> Issuer:
        """The Board (or the department that follows it) on a day, or the province's People's Committee."""
        there = bodies.tree(on)
        name = next((there.names[one] for one in there.keys if there.kinds[one] == BodyKind.BOARD), "")
        province = name.rpartition("tỉnh ")[2] if "tỉnh " in name else "Cao Bằng"
        if self.by_committee:
            return peoples_committee(province)
        return department(province) if "Tôn giáo" in name else board(province)


@dataclass(frozen=True)
class Letter:
    """One letter composed: the paper, the text for the phone, the numbers both print."""

    about: Behind
    paper: Paper
    short_text: str
    figures: Ledgered


def compose(one: Behind, query: FigureQuery, line: Line, sender: Sender, asked: Ledgered, **marks: Any) -> Letter:
    """Write the letter to ``one``; ``asked`` collects the numbers; ``marks`` are further fields of the paper."""
    return _Letter(one, query, line, sender, asked).compose(marks)


class _Letter:
    def __init__(self, one: Behind, query: FigureQuery, line: Line, sender: Sender, asked: Ledgered) -> None:
        self.one, self.query, self.line, self.sender, self.asked = one, query, line, sender, asked
        self.issuer = sender.issuer(query.on)
        names = Codes(query.on).component_short_names
        self.money = names.get(query.programme or "", query.programme or "các chương trình")
        self.qualifier = prose.weakest(*[SAID_AS.get(word, "") for word in one.row.qualifier.split(", ") if word])

    def compose(self, marks: dict[str, Any]) -> Letter:
        owes = self.one.why == "not_reported"
        what = "gửi báo cáo giải ngân" if owes else "đẩy nhanh tiến độ giải ngân"
        paper = Paper(
            subject=f"đôn đốc {what} {self.money}, số liệu đến ngày {day(self.query.on)}",
            year=self.query.on.year,
            addressees=(self.one.name,),
            opening=tuple(self._owing() if owes else self._slow()),
            sections=() if owes else (Section("", "", tables=(self._table(),)),),
            closing=tuple(self._asking()),
            recipients=self._recipients(),
            **issued(self.issuer, "công văn", signer=self.sender.signer, drafter="KHTH"),
            **marks,
        )
        said = short_text(self.one, self.money, self.query.on, self.line, self.sender, self.asked)
        return Letter(self.one, paper, said, self.asked)

    # prose -------------------------------------------------------------------------------------------------
    def _given(self) -> Run | str:
        dong = self.one.row.measures.get("given_dong")
        if not isinstance(dong, int):
            return "chưa có số liệu"
        return self._run(self.one.row, "given_dong", prose.amount_text(dong))

    def _run(self, row: Row, measure: str, text: str) -> Run:
        return self.asked.run(row, measure, text)

    def _base(self) -> str:
        base = self.one.row.denominator
        return WORDS[base.what] if base else "kế hoạch được giao"

    def _owing(self) -> list[Paragraph]:
        one = self.one
        said = [
            Paragraph.of(
                f"{self.issuer.name} tổng hợp kết quả giải ngân {self.money} đến ngày {day(self.query.on)}. Đến nay "
                f"chưa nhận được báo cáo giải ngân của {one.name} có số liệu từ ngày {day(one.since or self.query.on)}."
            ),
            prose.sentence("Vốn được giao ({base}): {given}.", base=self._base(), given=self._given()),
        ]
        spent = one.row.measures.get("disbursed_dong")
        if not isinstance(spent, int):
            return [*said, Paragraph.of(f"Từ đầu năm {self.query.year_use} chưa nhận được số liệu giải ngân nào.")]
        words = prose.amount_text(spent, qualifier=self.qualifier)
        pattern = "Số giải ngân gần nhất đã nhận: {spent}{as_of}."
        return [*said, prose.sentence(pattern, spent=self._run(one.row, "disbursed_dong", words), as_of=self._heard())]

    def _heard(self) -> str:
        """The day of the figures last heard, from the lines behind them."""
        days = [
            row.as_of
            for row in trace(self.one.row.id, self.asked.reach).rows
            if row.kind == "statement" and row.counted
        ]
        return f", số liệu đến ngày {day(max(days))}" if days else ""

    def _slow(self) -> list[Paragraph]:
        row = self.one.row
        spent, rate, left = (row.measures.get(name) for name in ("disbursed_dong", "rate", "remainder_dong"))
        parts: dict[str, Run | str] = {
            "spent": self._run(row, "disbursed_dong", prose.amount_text(spent, qualifier=self.qualifier)),  # type: ignore[arg-type]  # who is slow has a figure
            "given": self._given(),
            "rate": self._run(row, "rate", prose.rate_text(rate, self._base())),  # type: ignore[arg-type]  # and a rate
            "line": self._line_run(),
        }
        said = [
            prose.sentence(
                f"Theo số liệu {self.issuer.name} tổng hợp, đến ngày {day(self.query.on)} {self.one.name} giải ngân "
                f"{self.money} được {{spent}} trên số vốn được giao {{given}}, {{rate}}; thấp hơn {{line}}.",
                **parts,
            )
        ]
        if isinstance(left, int):
            said.append(
                prose.sentence(
                    "Số vốn còn phải giải ngân: {left}. Chi tiết theo dự án như biểu sau:",
                    left=self._run(row, "remainder_dong", prose.amount_text(left)),
                )
            )
        return said

    def _line_run(self) -> Run | str:
        row = self.line.row
        return self._run(row, "rate", self.line.words) if row else self.line.words

    def _asking(self) -> list[Paragraph]:
        verb = "Yêu cầu" if self.sender.by_committee else "Đề nghị"
        until = f"ngày {day(self.sender.reply_by)}" if self.sender.reply_by else f"{OPEN_DAY}/{self.query.on.year}"
        if self.one.why == "not_reported":
            asked = (
                f"{verb} {self.one.name} gửi báo cáo giải ngân theo biểu quy định trước {until}. Nếu trong kỳ không có "
                "giải ngân, ghi rõ “không phát sinh” và ký xác nhận; số chưa báo cáo không được tính là bằng 0."
            )
        else:
            asked = (
                f"{verb} {self.one.name} rà soát từng dự án, nêu nguyên nhân chậm, số vốn có khả năng không giải ngân "
                f"hết và đề xuất xử lý, gửi trước {until}; nếu số liệu trên khác sổ của đơn vị, đề nghị đối chiếu lại."
            )
        return [Paragraph.of(asked), Paragraph.of(f"{self.issuer.name} mong nhận được sự phối hợp của quý đơn vị./.")]

    def _recipients(self) -> tuple[str, ...]:
        if self.sender.by_committee:
            return ("- Như trên;", "- Ban Dân tộc;", "- Lưu: VT, KTTH.")
        return ("- Như trên;", "- UBND tỉnh (để b/c);", "- Lãnh đạo cơ quan;", "- Lưu: VT, KHTH.")

    # table -------------------------------------------------------------------------------------------------
    def _table(self) -> Table:
        """The body's own figures by project, the total first."""
        answer = self.asked.ask(replace(FigureQuery.of_id(self.one.row.id), by=("component",)))
        rows = [self._cells("total", "", "Tổng số", self.one.row)]
        for index, row in enumerate(answer.rows, start=1):
            rows.append(
                self._cells("item", f"{index}", row.short_names.get("component") or row.names["component"], row)
            )
        loose = [gap for gap in answer.not_split if gap["dong"]]
        if loose:
            rows.append(
                TableRow("note", (Cell("Tổng số gồm cả phần chưa chia cho dự án; ô trống là chưa có số liệu."),))
            )
        heads = ("STT", "Nội dung", "Vốn được giao", "Giải ngân", "Còn lại", "Tỷ lệ (%)")
        return Table("", (tuple(map(HeadCell, heads)),), rows, widths=(0.6, 4, 1.5, 1.5, 1.5, 1.1))

    def _cells(self, kind: str, mark: str, label: str, row: Row) -> TableRow:
        money = [self.asked.cell(row, name, "money") for name in ("given_dong", "disbursed_dong", "remainder_dong")]
        return TableRow(kind, (Cell(mark), Cell(label), *money, self.asked.cell(row, "rate", "percent")))  # type: ignore[arg-type]  # one of the kinds of row
