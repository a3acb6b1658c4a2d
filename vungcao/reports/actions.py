"""Freezing a report: its figures at an act number, its words, and the head of the chain; reprinting it identically."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.evidence import chain
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.examples import holds_examples
from vungcao.evidence.heads import PRINTED
from vungcao.evidence.models import Act, ReleasedHead
from vungcao.evidence.queries import last_number
from vungcao.kernel.periods import Period
from vungcao.kernel.refusal import Refusal
from vungcao.reports import templates
from vungcao.reports.annual import report as annual
from vungcao.reports.changing import changes, replaces, with_changes
from vungcao.reports.figuring import Printed, last_spoken
from vungcao.reports.models import FrozenReport, ReportFigure
from vungcao.reports.money import Composed
from vungcao.reports.monthly import report as monthly
from vungcao.reports.paper import from_json, to_json, with_pictures, write_docx, write_xlsx
from vungcao.reports.paper.kinds import kind_named
from vungcao.reports.paper.pdf import to_pdf
from vungcao.reports.paper.storing import source_from_json

__all__ = ["KINDS", "NoSuchReport", "changes", "file_stem", "freeze", "print_out", "value_of"]
KINDS: Final = {annual.KIND: annual, monthly.KIND: monthly}


class NoSuchReport(Refusal):
    """A kind, period or day that no report can be made for."""

    code = "report.unknown"


@translation.override("vi")
def freeze(*, kind: str, period: str, programme: str, reach: Reach, by: Signer, on: date | None = None) -> FrozenReport:
    """Compose a report at the last act number and keep it. The same again returns the report that stands.

    A report whose figures have changed since becomes a new edition that says which paper it replaces. Papers are
    Vietnamese, whatever language the asker's pages are in.
    """
    if kind not in KINDS:
        raise NoSuchReport(
            _("Không có loại báo cáo %(kind)r; có: %(kinds)s.") % {"kind": kind, "kinds": ", ".join(KINDS)}
        )
    try:
        span = Period.parse(period)
    except ValueError as error:
        raise NoSuchReport(str(error)) from error
    as_of = on or last_spoken(programme, span.first, span.last)
    if as_of is None:
        raise NoSuchReport(
            _(
                "Chưa có báo cáo giải ngân nào của chương trình %(programme)s trong %(span)s: nạp báo cáo của các "
                "đơn vị, hoặc nêu ngày chốt số liệu (--on)."
            )
            % {"programme": programme, "span": span}
        )
    known = last_number()
    standing = _standing(kind, span.code, programme)
    if standing and standing.as_of == as_of and _still_so(standing, reach, known):
        return standing
    head = chain.release_head(f"báo cáo {kind} {span.code}", by=by)
    made = KINDS[kind].compose(
        period=span,
        on=as_of,
        programme=programme,
        known=known,
        reach=reach,
        is_example=holds_examples(),
        head=f"{head.no}:{head.digest[:PRINTED]}",
        replaces=replaces(standing) if standing else "",
    )
    if standing:
        made = with_changes(made, standing)
    try:
        return _keep(kind, span, as_of, programme, made, head, standing, known, by)
    except _Overtaken:  # somebody froze it while ours was composed: the same again is the report that stands
        return freeze(kind=kind, period=period, programme=programme, reach=reach, by=by, on=on)


class _Overtaken(Exception):
    """Another edition came to stand meanwhile."""


def _standing(kind: str, period: str, programme: str) -> FrozenReport | None:
    found = FrozenReport.objects.filter(kind=kind, period=period, programme=programme, superseded_by=None)
    return found.first()


def _keep(
    kind: str, span: Period, as_of: date, programme: str, made: Composed, head: ReleasedHead,
    standing: FrozenReport | None, known: int, by: Signer,
) -> FrozenReport:  # fmt: skip
    """Write what was composed, unless another edition stands by now.

    Everything is drawn and cited before the act begins: while one is under way no answer is kept in memory.
    """
    paper = to_json(with_pictures(made.paper))
    sources = [to_json(line) for line in made.figures.sources()]
    with acting("report.frozen", by=by) as act:
        lock("report", kind, span.code, programme)
        if _standing(kind, span.code, programme) != standing:
            raise _Overtaken
        report = FrozenReport.objects.create(
            act=act,
            kind=kind,
            period=span.code,
            programme=programme,
            as_of=as_of,
            known_no=known,
            edition=standing.edition + 1 if standing else 1,
            supersedes=standing,
            title=made.paper.subject,
            paper=paper,
            template=templates.in_use(kind_named(made.paper.kind), act=act),
            sources=sources,
            head_no=head.no,
            head_digest=head.digest,
        )
        keep_figures(report, made.figures.printed, act)
        record(act, report, after={"known": known, "figures": len(made.figures.printed), "head": head.digest})
    return report


def keep_figures(report: FrozenReport, printed: Sequence[Printed], act: Act) -> None:
    """Keep every number of a paper, in the order of print."""
    ReportFigure.objects.bulk_create(
        ReportFigure(
            act=act,
            report=report,
            order=order,
            figure=one.figure,
            printed=one.text,
            measure=one.measure,
            value=f"{one.value}",
        )
        for order, one in enumerate(printed, start=1)
    )


def _still_so(report: FrozenReport, reach: Reach, known: int) -> bool:
    """Would every number be printed the same, asked at ``known``?"""
    made = KINDS[report.kind].compose(
        period=Period.parse(report.period),
        on=report.as_of,
        programme=report.programme,
        known=known,
        reach=reach,
        is_example=False,
    )
    held = list(report.figures.order_by("order").values_list("measure", "value"))
    return held == [(one.measure, f"{one.value}") for one in made.figures.printed]


def print_out(report: FrozenReport, folder: Path, *, pdf: bool = False) -> list[Path]:
    """Write the frozen paper as docx and xlsx (a paper without annexes has no xlsx), and as PDF if asked.

    Printing again gives the same document, in the template it was frozen with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paper = from_json(json.loads(json.dumps(report.paper)))
    stem = file_stem(report)
    docx = folder / f"{stem}.docx"
    kept = report.template
    write_docx(paper, docx, templates.content(kept) if kept else None, name=kept.name if kept else "")
    paths = [docx]
    if paper.annexes:
        paths.append(folder / f"{stem}-phu-luc.xlsx")
        write_xlsx(paper, paths[-1], [source_from_json(line) for line in report.sources])
    return [*paths, to_pdf(docx, folder)] if pdf else paths


def file_stem(report: FrozenReport) -> str:
    """``bao-cao-annual-135-2021-ban-1``; a letter names the body it is about."""
    about = f"-{re.sub(r'[^0-9A-Za-z.-]+', '-', report.about)}" if report.about else ""
    what = "cong-van" if report.about else "bao-cao"
    return f"{what}-{report.kind}-{report.programme}{about}-{report.period}-ban-{report.edition}"


def value_of(row: ReportFigure) -> int | Decimal:
    """A kept value as a number."""
    return int(row.value) if row.measure.endswith("_dong") else Decimal(row.value)
