"""What a new edition says differently from the one it replaces, number by number, in words and as an annex."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from vungcao.cube.codes import Codes
from vungcao.cube.grouping import BY_KEY, OWN
from vungcao.cube.question import FigureQuery
from vungcao.kernel.vietnamese import day
from vungcao.reports.models import FrozenReport
from vungcao.reports.money import Composed
from vungcao.reports.paper import Annex, Cell, HeadCell, Paper, Table, TableRow

Change = tuple[str, str, str]  # what, as printed before, as printed now
NOT_THERE: Final = "không có"
GONE: Final = "không còn"
MEASURES: Final = {
    "given_dong": "kế hoạch",
    "disbursed_dong": "giải ngân lũy kế",
    "flow_dong": "giải ngân trong tháng",
    "increased_dong": "điều chỉnh tăng",
    "decreased_dong": "điều chỉnh giảm",
    "open_advance_dong": "tạm ứng chưa thu hồi",
    "estimated_dong": "ước giải ngân",
    "remainder_dong": "còn lại",
    "rate": "tỷ lệ",
    "rank": "xếp hạng",
    "average_rate": "bình quân chung",
    "national_rate": "bình quân cả nước",
    "national_points": "so với bình quân cả nước",
    "last_period_disbursed_dong": "giải ngân kỳ trước",
    "last_period_rate": "tỷ lệ kỳ trước",
    "last_period_points": "tăng, giảm so với kỳ trước",
    "last_period_percent": "so với kỳ trước",
    "last_year_disbursed_dong": "giải ngân cùng kỳ",
    "last_year_rate": "tỷ lệ cùng kỳ",
    "last_year_points": "tăng, giảm so với cùng kỳ",
    "last_year_percent": "so với cùng kỳ",
}
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def replaces(standing: FrozenReport) -> str:
    """The sentence of a new edition; the number of the paper it replaces is left for the clerk."""
    sign = standing.paper.get("number_sign", "") if isinstance(standing.paper, dict) else ""
    room = "\u00a0" * 8
    return (
        f"Báo cáo này thay thế Báo cáo số{room}{sign} (bản {standing.edition}, số liệu đến ngày "
        f"{day(standing.as_of)}); các số thay đổi nêu ở phụ lục cuối."
    )


def changes(report: FrozenReport) -> list[str]:
    """One line a number that differs from the edition before: ``UBND huyện Bảo Lạc, giải ngân lũy kế: 41 → 42``."""
    if report.supersedes is None:
        return []
    return [f"{what}: {before} → {now}" for what, before, now in _differences(_held(report.supersedes), _held(report))]


def with_changes(made: Composed, standing: FrozenReport) -> Composed:
    """The composed paper with one annex more, which lists what has changed since the edition that stands."""
    found = list(_differences(_held(standing), [(one.figure, one.text) for one in made.figures.printed]))
    annexes = (*made.paper.annexes, _annex(made.paper, standing, found))
    return replace(made, paper=replace(made.paper, annexes=annexes))


def _annex(paper: Paper, standing: FrozenReport, found: list[Change]) -> Annex:
    rows = [
        TableRow("item", (Cell(f"{number}"), Cell(what), Cell(before), Cell(now)))
        for number, (what, before, now) in enumerate(found, start=1)
    ] or [TableRow("note", (Cell("Không có số nào thay đổi."),))]
    head = ((HeadCell("STT"), HeadCell("Số liệu"), HeadCell(f"Bản {standing.edition}"), HeadCell("Bản này")),)
    title = f"SỐ LIỆU THAY ĐỔI SO VỚI BẢN {standing.edition}"
    table = Table("", head, rows, unit=None, widths=(0.6, 6, 2.2, 2.2))
    return Annex(_ROMAN[len(paper.annexes)], title, table, orientation="portrait")


def _held(report: FrozenReport) -> list[tuple[str, str]]:
    return list(report.figures.order_by("order").values_list("figure", "printed"))


def _differences(before: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]) -> Iterable[Change]:
    """Numbers that differ, in the order of the new paper, then those that are gone. A number printed in two ways (tỷ
    đồng in prose, triệu đồng in a table) is one number.
    """
    old = {_timeless(figure): (figure, text) for figure, text in before}
    new = {_timeless(figure): (figure, text) for figure, text in now}
    codes = Codes.of(None)
    for mark, (figure, text) in new.items():
        said = old[mark][1] if mark in old else NOT_THERE
        if said != text:
            yield in_short(figure, codes), said, text
    for mark, (figure, text) in old.items():
        if mark not in new:
            yield in_short(figure, codes), text, GONE


def in_short(figure: str, codes: Codes) -> str:
    """What a printed figure is, in a few words: ``UBND huyện Bảo Lạc, Dự án 5, vốn đầu tư: giải ngân lũy kế``."""
    id, _, measure = figure.partition("#")
    query = FigureQuery.of_id(id)
    row = dict(zip(query.by, query.only, strict=False))
    said = []
    for dim in ("body", "place", "component", "source"):
        value = row.get(dim) or getattr(query, dim)
        if value:
            said.append(codes.short_name(dim, value.removeprefix(OWN).removeprefix(BY_KEY)))
    if query.year_origin:
        said.append("vốn kéo dài" if "-" in query.year_origin else f"vốn năm {query.year_origin}")
    return f"{', '.join(said) or 'Toàn tỉnh'}: {MEASURES.get(measure, measure)}"


def _timeless(figure: str) -> str:
    question, hash_, measure = figure.partition("#")
    name, _, rest = question.partition(":")
    kept = ",".join(part for part in rest.split(",") if not part.startswith(("known=", "on=")))
    return f"{name}:{kept}{hash_}{measure}"
