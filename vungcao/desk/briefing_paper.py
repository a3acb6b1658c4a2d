"""The leader's page as a Word file: one side of A4, the same figures, and under them how to follow each to its cells.

Not an issued paper: it has no number and no signature.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from django.http import FileResponse, HttpResponseBase
from django.http.response import Http404
from django.utils import translation
from django.views.decorators.http import require_safe

from vungcao.desk import questions
from vungcao.desk.briefing import Briefing
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.evidence.examples import holds_examples
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount, day, number, percent
from vungcao.reports.paper.one_side import OneSide

NONE: Final = "chưa có số liệu"


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
        self.page = OneSide("Trang lãnh đạo")

    def content(self) -> bytes:
        self._head()
        self._standing()
        self._lowest()
        self._closing()
        self._open()
        return self.page.content(example=self.example)

    def _head(self) -> None:
        there = self.brief.there
        self.page.line(f"TRANG LÃNH ĐẠO: GIẢI NGÂN {there.subject.upper()}", size=13, bold=True, centred=True)
        against = f"so với {there.against}" if there.against else "chưa có kế hoạch để so"
        self.page.line(
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
        self.page.title("1. Tỷ lệ và so sánh")
        self.page.line(f"Tỷ lệ giải ngân {rate}: {spent} trên {given}; còn lại {_exact(line.left)}.", bold=True)
        said = [
            (f"{one.word}{f' ({one.note})' if one.note else ''}",
             percent(one.rate) if one.rate is not None else NONE,
             f"{'+' if one.points > 0 else ''}{number(one.points, 1)} điểm %" if one.points is not None else "")
            for one in self.brief.beside
        ]  # fmt: skip
        self.page.table(("So với", "Tỷ lệ", "Chênh lệch"), said, (95, 40, 40), right=(1, 2))
        self.page.line("Hạng của tỉnh trong cả nước: chưa có số liệu được ghi vào hệ thống.", size=9, italic=True)

    def _lowest(self) -> None:
        brief = self.brief
        self.page.title("2. Năm đơn vị thấp nhất")
        if not brief.lowest:
            self.page.line("Chưa có đơn vị nào có tỷ lệ để xếp hạng: kế hoạch chưa chia đến đơn vị.")
            return
        rows = [(one.name, f"{one.rank}/{one.among}", percent(one.rate), _amount(one.left)) for one in brief.lowest]
        self.page.table(("Đơn vị", "Hạng", "Tỷ lệ", "Còn lại"), rows, (95, 20, 25, 35), right=(1, 2, 3))
        tied = f" Còn {brief.tied} đơn vị cùng hạng với dòng cuối." if brief.tied else ""
        left_out = f" {len(brief.unranked)} đơn vị chưa có tỷ lệ nên không xếp." if brief.unranked else ""
        self.page.line(f"Hạng 1 cao nhất, trong {brief.among} đơn vị có tỷ lệ.{tied}{left_out}", size=9, italic=True)

    def _closing(self) -> None:
        self.page.title("3. Vốn sẽ mất khi hết hạn")
        if not self.brief.fates:
            self.page.line("Chưa có vốn được giao theo nguồn và năm, hoặc không còn khoản nào chưa giải ngân.")
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
        self.page.table(heads, rows, (50, 13, 24, 32, 56), right=(2,), bold=bold)
        if self.brief.notes:
            self.page.line(" ".join(self.brief.notes), size=8, italic=True)

    def _open(self) -> None:
        brief = self.brief
        self.page.title(f"4. Chưa khớp: {len(brief.there.open_points)} chỗ")
        for point in brief.points:
            self.page.line(f"- {point.sentence}", size=9)
        if brief.more_points:
            self.page.line(f"và {brief.more_points} chỗ khác.", size=9)
        self.page.title(f"5. Chưa báo cáo: {len(brief.there.not_reported)} đơn vị")
        if brief.silent:
            named = "; ".join(f"{gap['name']} (đang giữ {amount(gap['given_dong'])})" for gap in brief.silent)
            more = f"; và {brief.more_silent} đơn vị khác" if brief.more_silent else ""
            self.page.line(f"{named}{more}.", size=9)
        said = f"Mỗi số lần được về từng ô bảng tính: vungcao trace '{brief.there.headline.id}'"
        self.page.line(said, size=8, italic=True)


def _exact(dong: int | None) -> str:
    return NONE if dong is None else amount(dong)


def _amount(dong: int | None) -> str:
    return NONE if dong is None else amount(dong, decimals=1)


@require_safe
@needs("figures.see")
def download(request: OfficialRequest) -> HttpResponseBase:
    """The page as Word, for the same question."""
    form = questions.QuestionForm(request.GET, request.reach)
    if not form.days or not form.is_valid():
        raise Http404
    said = io.BytesIO()
    try:
        brief = Briefing(form.query(), request.reach)
        write_briefing(brief, said, example=holds_examples())
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    said.seek(0)
    return FileResponse(said, as_attachment=True, filename=file_name(brief))


def file_name(brief: Briefing) -> str:
    """``trang-lanh-dao-1719-2024-12-31.docx``."""
    return f"trang-lanh-dao-{brief.query.programme or 'moi-chuong-trinh'}-{brief.query.on}.docx"
