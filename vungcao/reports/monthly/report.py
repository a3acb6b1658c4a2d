"""The monthly disbursement report: what was spent, in the month and since January, beside every figure it is judged by.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I; annexes after the monthly forms 01 (by project) and 02 (by unit) of practice
§4.2, on A3. What is not known is said, never filled in.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from vungcao.cube.figures import Answer
from vungcao.kernel.periods import Period
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, percent
from vungcao.reports.money import Composed, MoneyReport
from vungcao.reports.monthly.annexes import Annexes
from vungcao.reports.paper import Chart, Paragraph, Run, Section, charts, prose

KIND = "monthly"
NAME = "báo cáo giải ngân tháng"


class NotAMonth(Refusal):
    """The monthly report of something that is no month."""

    code = "report.not_a_month"


def compose(*, period: Period, **asked: Any) -> Composed:
    """Write the report of one month; ``asked`` is what every report about money is told (see ``MoneyReport``).

    Raises ``NotAMonth`` for another period.
    """
    if (period.first.year, period.first.month) != (period.last.year, period.last.month):
        raise NotAMonth(
            _("Báo cáo tháng cần kỳ là một tháng, ví dụ %(year)s-06; kỳ được nêu là %(period)s.")
            % {"year": period.first.year, "period": period}
        )
    return _Monthly(period=period, **asked).compose()


class _Monthly(MoneyReport):
    def compose(self) -> Composed:
        annexes = Annexes(self)
        results = Section("I", "KẾT QUẢ GIẢI NGÂN", children=(self._in_all(), self._compared(), self._by_unit()))
        made = self.paper(
            f"Kết quả giải ngân {self.name} {self.period}, số liệu đến ngày {day(self.on)}",
            sections=(results, self._with_months(self.gaps())),
            annexes=(annexes.by_component(), annexes.by_unit()),
        )
        return Composed(made, self.figures)

    @cached_property
    def flow(self) -> Answer:
        """What was spent in the month, in all."""
        return self.figures.ask(replace(self.query, name="flow"))

    def _in_all(self) -> Section:
        said = [self.headline(), self._of_the_month(), *self._by_kind()]
        said.append(Paragraph.of("Chi tiết theo dự án tại Phụ lục I, theo đơn vị tại Phụ lục II."))
        return Section("1", "Kết quả chung", tuple(said))

    def _of_the_month(self) -> Paragraph:
        row = self.flow.rows[0] if self.flow.rows else None
        first = [gap for gap in self.flow.not_split if gap["dim"] == "month"]
        value = row.measures.get("flow_dong") if row else None
        if row is None or value is None:
            if not first:
                return Paragraph.of(f"Trong {_month(self.period)}, đến ngày chốt, chưa có số liệu mới.")
            said = f"Chưa tách được số giải ngân riêng của {_month(self.period)}"
            return Paragraph.of(f"{said}: {_first_words(first)}.")
        parts: dict[str, Run | str] = {"flow": self.figures.run(row, "flow_dong", prose.amount_text(int(value)))}
        pattern = f"Riêng {_month(self.period)} giải ngân {{flow}}, là phần tăng của lũy kế từ cuối tháng trước"
        if first:
            pattern += f"; chưa gồm {_first_words(first)}"
        return prose.sentence(f"{pattern}.", **parts)

    def _with_months(self, gaps: Section) -> Section:
        """The gaps, and whose spending can't be told by months."""
        names = list(dict.fromkeys(gap["name"] for gap in self.flow.not_split if gap["dim"] == "month"))
        if len(names) <= MOST_NAMES:
            return gaps
        said = f"Chưa tách được số giải ngân riêng trong tháng (tháng trước không báo cáo): {prose.listing(names)}."
        return replace(gaps, paragraphs=(*gaps.paragraphs, Paragraph.of(said)))

    def _by_kind(self) -> list[Paragraph]:
        """Each kind of capital in a sentence, where the figures are told by kind."""
        said: list[Paragraph] = []
        for row in self.figures.ask(replace(self.query, by=("source",))).rows:
            spent, rate = row.measures.get("disbursed_dong"), row.measures.get("rate")
            if spent is None:
                continue
            kind = _KINDS.get(row.dims["source"], row.names["source"])
            parts: dict[str, Run | str] = {
                "spent": self.figures.run(row, "disbursed_dong", prose.amount_text(int(spent)))
            }
            pattern = f"{kind}: giải ngân {{spent}}"
            if isinstance(rate, Decimal):
                parts["rate"] = self.figures.run(row, "rate", prose.rate_text(rate, "kế hoạch"))
                pattern += ", {rate}"
            said.append(prose.sentence(f"{pattern}.", **parts))
        return said

    def _compared(self) -> Section:
        return Section("2", "So với kỳ trước, cùng kỳ và bình quân", tuple(self.comparison()))

    def _by_unit(self) -> Section:
        """The rates of all bodies as bars, with the line of their average."""
        ranked = [row for row in self.units.rows if row.measures.get("rank") is not None]
        title = "Xếp hạng đơn vị"
        if len(ranked) < 2:
            return Section("3", title, (Paragraph.of("Chưa đủ đơn vị có kế hoạch và số liệu để so sánh."),))
        rates = [(row.names["body"], Decimal(row.measures["rate"] or 0)) for row in ranked]
        average = Decimal(ranked[0].measures["average_rate"] or 0)
        drawn = [self.figures.run(row, "rate", percent(one[1])).figure for row, one in zip(ranked, rates, strict=True)]
        silent = len(self.units.rows) - len(ranked)
        chart = Chart(
            title=f"Tỷ lệ giải ngân của các đơn vị đến ngày {day(self.on)}",
            spec=charts.rates(rates, line=average, line_name="Bình quân chung"),
            alt=f"Tỷ lệ giải ngân từ cao xuống thấp: {', '.join(f'{name} {percent(rate)}' for name, rate in rates)}.",
            figures=[one for one in drawn if one],
        )
        said = [Paragraph.of("Thứ hạng và mức tăng, giảm của từng đơn vị ở Phụ lục II.")]
        if silent:
            said.append(Paragraph.of(f"{silent:02d} đơn vị có vốn hoặc số liệu nhưng chưa đủ để xếp hạng."))
        return Section("3", title, tuple(said), charts=(chart,))


MOST_NAMES = 4
_KINDS = {"dau_tu:*": "Vốn đầu tư", "su_nghiep:*": "Vốn sự nghiệp"}


def _month(period: Period) -> str:
    return f"{period}"


def _first_words(gaps: list[dict[str, Any]]) -> str:
    """Bodies whose figure can't be told by months."""
    names = list(dict.fromkeys(gap["name"] for gap in gaps))
    whose = prose.listing(names) if len(names) <= MOST_NAMES else f"{len(names):02d} đơn vị (nêu tên ở mục II)"
    dong = prose.amount_text(sum(gap["dong"] for gap in gaps))
    return f"{dong} của {whose}, tháng trước không báo cáo nên chỉ có lũy kế"
