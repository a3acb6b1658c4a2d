"""The leader's page as a Word file: one side of A4, the same figures, and under them how to follow each to its cells.

Not an issued paper: it has no number and no signature. Laid out by hand, since the forms of Nghị định 30/2020/NĐ-CP
leave no room for it on one side.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.http import FileResponse, HttpResponseBase
from django.http.response import Http404
from django.utils import translation
from django.views.decorators.http import require_safe
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from vungcao.desk import questions
from vungcao.desk.briefing import Briefing
from vungcao.desk.rights import OfficialRequest, within_reach
from vungcao.evidence.models import Source
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount, day, number, percent
from vungcao.reports.paper.header_marks import mark_example
from vungcao.reports.paper.word import without_clock

NONE: Final = "chưa có số liệu"
FONT: Final = "Times New Roman"
WIDTH: Final = 175  # mm between the margins
Rows = Sequence[Sequence[str]]


def write_briefing(brief: Briefing, to: Path | BinaryIO, *, example: bool) -> None:
    """Write the page; the same answers give the same bytes. Vietnamese, whoever asks."""
    with translation.override("vi"):
        content = _Page(brief, example=example).content()
    if isinstance(to, Path):
        to.write_bytes(content)
    else:
        to.write(content)


class _Page:
    def __init__(self, brief: Briefing, *, example: bool) -> None:
        self.brief, self.example = brief, example
        self.document: Any = Document()

    def content(self) -> bytes:
        self._frame()
        self._head()
        self._standing()
        self._lowest()
        self._closing()
        self._open()
        if self.example:
            mark_example(self.document)
        said = io.BytesIO()
        self.document.save(said)
        return without_clock(said.getvalue())

    def _frame(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(20), Mm(15)
        section.top_margin, section.bottom_margin = Mm(15), Mm(12)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(0), Pt(2)
        core = self.document.core_properties
        core.author, core.title, core.language = "", "Trang lãnh đạo", "vi-VN"

    def _head(self) -> None:
        there = self.brief.there
        self._line(f"TRANG LÃNH ĐẠO: GIẢI NGÂN {there.subject.upper()}", size=13, bold=True, centred=True)
        against = f"so với {there.against}" if there.against else "chưa có kế hoạch để so"
        self._line(
            f"Tính đến ngày {day(there.query.on)}, năm ngân sách {there.query.year_use}; {against}; "
            f"số liệu {questions.state_words(there.query.state)}; "
            f"như đã biết ở lần ghi số {there.whole.known_on}. Đơn vị tính: triệu đồng.",
            size=9, italic=True, centred=True,
        )  # fmt: skip

    def _standing(self) -> None:
        line = self.brief.there.headline
        given = NONE if line.low is None else _exact(line.low)
        if line.is_interval and line.high is not None:
            given = f"{given} – {_exact(line.high)} ({line.denominator.qualifier})"
        rate = percent(line.rate) if line.rate is not None else NONE
        spent = f"{line.qualifier} {_exact(line.spent)}".strip()
        self._title("1. Tỷ lệ và so sánh")
        self._line(f"Tỷ lệ giải ngân {rate}: {spent} trên {given}; còn lại {_exact(line.left)}.", bold=True)
        said = [
            (f"{one.word}{f' ({one.note})' if one.note else ''}",
             percent(one.rate) if one.rate is not None else NONE,
             f"{'+' if one.points > 0 else ''}{number(one.points, 1)} điểm %" if one.points is not None else "")
            for one in self.brief.beside
        ]  # fmt: skip
        self._table(("So với", "Tỷ lệ", "Chênh lệch"), said, (95, 40, 40), right=(1, 2))
        self._line("Hạng của tỉnh trong cả nước: chưa có số liệu được ghi vào hệ thống.", size=9, italic=True)

    def _lowest(self) -> None:
        brief = self.brief
        self._title("2. Năm đơn vị thấp nhất")
        if not brief.lowest:
            self._line("Chưa có đơn vị nào có tỷ lệ để xếp hạng: kế hoạch chưa chia đến đơn vị.")
            return
        rows = [(one.name, f"{one.rank}/{one.among}", percent(one.rate), _amount(one.left)) for one in brief.lowest]
        self._table(("Đơn vị", "Hạng", "Tỷ lệ", "Còn lại"), rows, (95, 20, 25, 35), right=(1, 2, 3))
        tied = f" Còn {brief.tied} đơn vị cùng hạng với dòng cuối." if brief.tied else ""
        left_out = f" {len(brief.unranked)} đơn vị chưa có tỷ lệ nên không xếp." if brief.unranked else ""
        self._line(f"Hạng 1 cao nhất, trong {brief.among} đơn vị có tỷ lệ.{tied}{left_out}", size=9, italic=True)

    def _closing(self) -> None:
        self._title("3. Vốn sẽ mất khi hết hạn")
        if not self.brief.fates:
            self._line("Chưa có vốn được giao theo nguồn và năm, hoặc không còn khoản nào chưa giải ngân.")
            return
        rows: list[Sequence[str]] = []
        bold: list[int] = []
        for group in self.brief.fates:
            bold.append(len(rows))
            rows.append((group.title, "", _amount(group.dong), "", ""))
            rows += [
                (line.name, line.one.origin, _amount(line.one.unspent_dong),
                 f"{line.last_day}{f' ({line.left})' if line.left else ''}",
                 f"{line.one.deadline.cites} ({line.sure})" if line.one.deadline.rules
                 else f"chưa có quy tắc: hỏi {line.one.deadline.ask}")
                for line in group.told
            ]  # fmt: skip
        heads = ("Nguồn vốn", "Vốn năm", "Còn lại", "Hạn cuối", "Theo điều nào, chắc chắn")
        self._table(heads, rows, (50, 13, 24, 32, 56), right=(2,), bold=bold)
        if self.brief.notes:
            self._line(" ".join(self.brief.notes), size=8, italic=True)

    def _open(self) -> None:
        brief = self.brief
        self._title(f"4. Chưa khớp: {len(brief.there.open_points)} chỗ")
        for point in brief.points:
            self._line(f"- {point.sentence}", size=9)
        if brief.more_points:
            self._line(f"và {brief.more_points} chỗ khác.", size=9)
        self._title(f"5. Chưa báo cáo: {len(brief.there.not_reported)} đơn vị")
        if brief.silent:
            named = "; ".join(f"{gap['name']} (đang giữ {amount(gap['given_dong'])})" for gap in brief.silent)
            more = f"; và {brief.more_silent} đơn vị khác" if brief.more_silent else ""
            self._line(f"{named}{more}.", size=9)
        said = f"Mỗi số lần được về từng ô bảng tính: vungcao trace '{brief.there.headline.id}'"
        self._line(said, size=8, italic=True)

    # small things ------------------------------------------------------------------------------------------
    def _title(self, text: str) -> None:
        paragraph = self._line(text, size=11, bold=True)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(5), True

    def _line(
        self, text: str, *, size: float = 10, bold: bool = False, italic: bool = False, centred: bool = False
    ) -> Any:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _table(
        self,
        heads: Sequence[str],
        rows: Rows,
        widths: Sequence[int],
        *,
        right: Sequence[int] = (),
        bold: Sequence[int] = (),
    ) -> None:
        table = self.document.add_table(rows=0, cols=len(heads))
        table.style, table.autofit = self.document.styles["Table Grid"], False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide * WIDTH / sum(widths))
        for index, row in enumerate([heads, *rows]):
            cells = table.add_row().cells
            for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
                cell.width = Mm(widths[column] * WIDTH / sum(widths))
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(text)
                run.font.size, run.font.bold = Pt(8.5), index == 0 or index - 1 in bold
                if column in right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for index in bold:
            cells = table.rows[index + 1].cells
            joined = cells[0].merge(cells[1])
            joined._tc.remove(joined.paragraphs[-1]._p)
        _repeat_head(table.rows[0])


def _repeat_head(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _exact(dong: int | None) -> str:
    return NONE if dong is None else amount(dong)


def _amount(dong: int | None) -> str:
    return NONE if dong is None else amount(dong, decimals=1)


@require_safe
@within_reach
def download(request: OfficialRequest) -> HttpResponseBase:
    """The page as Word, for the same question."""
    form = questions.QuestionForm(request.GET, request.reach)
    if not form.days or not form.is_valid():
        raise Http404
    said = io.BytesIO()
    try:
        brief = Briefing(form.query(), request.reach)
        write_briefing(brief, said, example=Source.objects.filter(is_example=True).exists())
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    said.seek(0)
    return FileResponse(said, as_attachment=True, filename=file_name(brief))


def file_name(brief: Briefing) -> str:
    """``trang-lanh-dao-1719-2024-12-31.docx``."""
    return f"trang-lanh-dao-{brief.query.programme or 'moi-chuong-trinh'}-{brief.query.on}.docx"
