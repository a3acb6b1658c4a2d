"""What reports about money share: who issues them, the headline, what it is compared with, what is not complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.cube.comparing import NAMES, then
from vungcao.cube.denominators import WORDS
from vungcao.cube.figures import Answer, FigureQuery, Row
from vungcao.cube.national import national
from vungcao.kernel.periods import Period
from vungcao.kernel.vietnamese import amount, day, money, percent
from vungcao.reports.figuring import Ledgered
from vungcao.reports.paper import Issuer, Paper, Paragraph, Run, Section, board, department, issued, prose

BESIDE = ("last_year", "last_period", "national")
SAID_AS = {"hon": "hơn", "tren": "trên", "gan": "gần", "khoang": "khoảng", "uoc": "ước"}
CLOSING = "Trên đây là báo cáo kết quả giải ngân; kính trình Ủy ban nhân dân tỉnh xem xét./."


@dataclass(frozen=True)
class Composed:
    """A paper and the numbers it prints."""

    paper: Paper
    figures: Ledgered


class MoneyReport:
    """A report on one programme's money as at a day, as known at one act number."""

    span: ClassVar[str] = "month"  # how long the report's period is: what "the last period" goes back by

    def __init__(
        self,
        *,
        period: Period,
        on: date,
        programme: str,
        known: int,
        reach: Reach,
        is_example: bool,
        head: str = "",
        replaces: str = "",
    ) -> None:
        self.period, self.on, self.programme = period, on, programme
        self.figures = Ledgered(known, reach)
        self.is_example, self.head, self.replaces = is_example, head, replaces
        self.query = FigureQuery("disbursement", on, year=period.first.year, programme=programme)
        self.beside = replace(self.query, compare=BESIDE, span=self.span)
        self.codes = Codes.of(on)
        self.name = self.codes.component_short_names.get(programme, programme)

    @cached_property
    def whole(self) -> Answer:
        return self.figures.ask(self.beside)

    @property
    def total(self) -> Row | None:
        return self.whole.rows[0] if self.whole.rows else None

    @cached_property
    def units(self) -> Answer:
        """The bodies, ranked, each beside last year, the last period and the average of all."""
        compare = ("last_year", "last_period", "average")
        return self.figures.ask(replace(self.query, by=("body",), compare=compare, span=self.span, rank="rate"))

    @cached_property
    def components(self) -> Answer:
        compare = ("last_year", "last_period")
        return self.figures.ask(replace(self.query, by=("component",), compare=compare, span=self.span, rank="rate"))

    # who and to whom ---------------------------------------------------------------------------------------
    @cached_property
    def issuer(self) -> Issuer:
        """The Board, or on later days the department that follows it (whose sign is a working one)."""
        return department() if "Tôn giáo" in self.codes.body_names.get("BDT-04", "") else board()

    def paper(self, subject: str, **parts: Any) -> Paper:
        """The frame that these reports share."""
        return Paper(
            subject=subject,
            year=self.period.first.year,
            addressees=("Ủy ban nhân dân tỉnh Cao Bằng",),
            opening=self._opening(),
            closing=(Paragraph.of(CLOSING),),
            recipients=("- Như trên;", "- Lãnh đạo cơ quan;", "- Lưu: VT, KHTH."),
            example=self.is_example,
            footer_note=f"Số liệu như đã biết ở lần ghi số {self.figures.known}; đầu chuỗi nhật ký {self.head}.",
            **issued(self.issuer, "báo cáo"),
            **parts,
        )

    def _opening(self) -> tuple[Paragraph, ...]:
        said = [self.replaces] if self.replaces else []
        said.append(f"{self.issuer.name} báo cáo kết quả giải ngân {self.name} {self.period} như sau:")
        return tuple(Paragraph.of(one) for one in said)

    # the headline ------------------------------------------------------------------------------------------
    def headline(self) -> Paragraph:
        """Spent, over which plan, by which paper."""
        row = self.total
        spent = row.measures.get("disbursed_dong") if row else None
        if row is None or not isinstance(spent, int):
            return Paragraph.of(f"Chưa có số liệu giải ngân của {self.name} {prose.as_at(self.on)}.")
        base, rate = row.denominator, row.measures.get("rate")
        words = prose.amount_text(spent, qualifier=self._qualifier(row))
        parts: dict[str, Run | str] = {
            "day": prose.capitalised(prose.as_at(self.on)),
            "spent": self.figures.run(row, "disbursed_dong", words),
        }
        pattern = f"{{day}}, {self.name} giải ngân được {{spent}}"
        if base and isinstance(rate, Decimal):
            parts["rate"] = self.figures.run(row, "rate", prose.rate_text(rate, WORDS[base.what]))
            pattern += ", {rate}" + (f" ({base.voucher})" if base.voucher else "")
        elif base is None:
            pattern += f"; chưa tính được tỷ lệ vì chưa có quyết định giao vốn nào của {self.name} trong hệ thống: "
            pattern += "đề nghị nạp quyết định giao vốn"
        if base and base.low_dong != base.high_dong:
            pattern += (
                f"; kế hoạch không được công bố, tỷ lệ đã công bố cho thấy kế hoạch trong khoảng "
                f"{amount(base.low_dong)} đến {amount(base.high_dong)} triệu đồng"
            )
        return prose.sentence(f"{pattern}.", **parts)

    def _qualifier(self, row: Row) -> str:
        return prose.weakest(*[SAID_AS.get(one, "") for one in row.qualifier.split(", ") if one])

    # what it is compared with ------------------------------------------------------------------------------
    def comparison(self) -> list[Paragraph]:
        """The last period, the same day last year, the country, the rank; what is missing is said."""
        is_one = then(self.beside, "last_period") == then(self.beside, "last_year")  # a whole year on its last day
        said = [self._against(what) for what in (("last_year",) if is_one else ("last_period", "last_year"))]
        return [*said, self._of_the_country(), *self._of_the_units()]

    def _against(self, what: str) -> Paragraph:
        row, asked = self.total, then(self.beside, what)
        than = f"{NAMES[what]} ({prose.as_at(asked.on)})"
        past = row.measures.get(f"{what}_disbursed_dong") if row else None
        if row is None or past is None:
            return Paragraph.of(f"So với {NAMES[what]}: {prose.missing(than)}.")
        parts: dict[str, Run | str] = {"past": self._run(row, f"{what}_disbursed_dong", prose.amount_text(int(past)))}
        pattern = f"So với {than}, khi giải ngân {{past}}"
        share = row.measures.get(f"{what}_percent")
        if isinstance(share, Decimal):
            parts["share"] = self._run(row, f"{what}_percent", f"bằng {percent(share)}")
            pattern += ": lũy kế {share}"
        points, rate = row.measures.get(f"{what}_points"), row.measures.get(f"{what}_rate")
        if isinstance(points, Decimal) and isinstance(rate, Decimal):
            parts["points"] = self._run(row, f"{what}_points", _moved(points))
            parts["rate"] = self._run(row, f"{what}_rate", percent(rate))
            pattern += ", tỷ lệ {points} (từ {rate})"
        silent = self.whole.beside.get(what, {}).get("not_reported", [])
        if silent:
            pattern += f"; khi ấy {len(silent):02d} đơn vị chưa báo cáo của kỳ, số dùng là số gần nhất đã gửi"
        return prose.sentence(f"{pattern}.", **parts)

    def _of_the_country(self) -> Paragraph:
        row = self.total
        rate = row.measures.get("national_rate") if row else None
        found = national(replace(self.beside, known=self.figures.known)) if row else None
        if row is None or not isinstance(rate, Decimal) or found is None:
            return Paragraph.of("So với bình quân cả nước: chưa có số liệu được ghi vào hệ thống.")
        words = f"{found.qualifier} " if found.qualifier else ""
        parts = {"rate": self._run(row, "national_rate", f"{words}{percent(rate)}")}
        pattern = f"So với bình quân cả nước {prose.as_at(found.as_of)} là {{rate}}"
        points = row.measures.get("national_points")
        if isinstance(points, Decimal):
            parts["points"] = self._run(row, "national_points", f"{_above(points)}")
            pattern += ": tỷ lệ của tỉnh {points}"
        return prose.sentence(f"{pattern}.", **parts)

    def _of_the_units(self) -> list[Paragraph]:
        """How many bodies are above and below the average of all, and the five lowest."""
        ranked = [row for row in self.units.rows if row.measures.get("rank") is not None]
        if len(ranked) < 2:
            return [Paragraph.of("Xếp hạng đơn vị: chưa đủ đơn vị có kế hoạch và số liệu để xếp hạng.")]
        below = [row for row in ranked if (row.measures["average_points"] or 0) < 0]
        first, average = ranked[0], ranked[0].measures["average_rate"]
        said = prose.sentence(
            f"So với bình quân chung của tỉnh {{average}}: {len(ranked) - len(below):02d} đơn vị bằng hoặc cao hơn, "
            f"{len(below):02d} đơn vị thấp hơn. Cao nhất là {first.names['body']} ({{high}}).",
            average=self._run(first, "average_rate", percent(Decimal(average or 0))),
            high=self._run(first, "rate", percent(Decimal(first.measures["rate"] or 0))),
        )
        lowest = ranked[-5:][::-1] if len(ranked) > 5 else ranked[1:][::-1]
        parts = {
            f"low{n}": self._run(row, "rate", percent(Decimal(row.measures["rate"] or 0)))
            for n, row in enumerate(lowest)
        }
        listed = ", ".join(f"{row.names['body']} {{low{n}}}" for n, row in enumerate(lowest))
        return [said, prose.sentence(f"{len(lowest):02d} đơn vị thấp nhất, từ thấp lên: {listed}.", **parts)]

    def _run(self, row: Row, measure: str, text: str) -> Run:
        return self.figures.run(row, measure, text)

    # what is not complete ----------------------------------------------------------------------------------
    def gaps(self, mark: str = "II") -> Section:
        """Bodies that owe figures with their names, money not divided, money without a place; and what to do."""
        silent = [gap["name"] for gap in self.whole.not_reported]
        said = [prose.not_reported_text(silent) or self._nobody_owes()]
        if silent:
            said.append("Đề nghị các đơn vị nêu trên gửi báo cáo; có số liệu thì lập bản thay thế báo cáo này.")
        for level, answer in (("đơn vị", self.units), ("dự án", self.components)):
            said += [self._not_split(level, gap) for gap in answer.not_split if gap["measure"] == "disbursed_dong"]
        said += [
            f"Giải ngân chưa phân về địa bàn: {prose.amount_text(gap['dong'])} của {gap['name']} ({gap['why']})."
            for gap in self.units.not_apportioned
            if gap["measure"] == "disbursed_dong"
        ]
        return Section(mark, "SỐ LIỆU CHƯA ĐẦY ĐỦ", tuple(Paragraph.of(one) for one in dict.fromkeys(said)))

    def _not_split(self, level: str, gap: dict[str, Any]) -> str:
        name = self.codes.component_short_names.get(gap["node"], gap["name"] or self.name)
        return f"Giải ngân chưa chia theo {level}: {prose.amount_text(gap['dong'])} ({name})."

    def _nobody_owes(self) -> str:
        base = next((row.denominator for row in self.whole.rows if row.denominator), None)
        if base is None or base.what == "implied":
            why = f"Chưa có quyết định giao vốn nào của {self.name} trong hệ thống"
            return f"{why}, nên chưa xác định được đơn vị còn nợ báo cáo."
        return "Các đơn vị giữ vốn đều đã báo cáo kể từ cuối tháng gần nhất."

    def not_divided(self, found: Answer, among: str) -> list[str]:
        """What makes a total more than its lines: said under the table, never spread over them."""
        dong = sum(gap["dong"] for gap in found.not_split if gap["measure"] == "disbursed_dong")
        return [f"Giải ngân chưa chia cho {among}: {money(dong)}."] if dong else []

    def notes(self) -> tuple[str, ...]:
        """What stands under every annex: the day, the act number, the denominator, what an empty cell means."""
        base = next((row.denominator for row in self.whole.rows if row.denominator), None)
        said = [f"Số liệu đến ngày {day(self.on)}, như đã biết ở lần ghi số {self.figures.known}."]
        if base:
            said.append(f"Mẫu số của tỷ lệ: {WORDS[base.what]}{f' ({base.voucher})' if base.voucher else ''}.")
        return (*said, "Ô để trống: chưa có số liệu ở cấp này; không phải bằng 0.")


def _moved(points: Decimal) -> str:
    if points == 0:
        return "không đổi"
    return f"{'tăng' if points > 0 else 'giảm'} {prose.number(abs(points))} điểm %"


def _above(points: Decimal) -> str:
    if points == 0:
        return "bằng bình quân"
    return f"{'cao hơn' if points > 0 else 'thấp hơn'} {prose.number(abs(points))} điểm %"
