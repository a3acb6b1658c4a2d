"""Pages of frozen reports: the list, one report with every number it prints, its files."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import story
from vungcao.reports.actions import changes, print_out
from vungcao.reports.models import FrozenReport
from vungcao.reports.queries import papers_in_reach, reports_in_reach


@require_safe
@needs("reports.see")
def reports(request: OfficialRequest) -> HttpResponse:
    """Frozen reports, the newest first."""
    return page(request, "desk/reports.html", {"reports": reports_in_reach(request.reach)})


@require_safe
@needs("reports.see")
def report(request: OfficialRequest, report: int) -> HttpResponse:
    """One frozen report: as of when, known at which number, what changed, and each number with its thread."""
    found = get_object_or_404(papers_in_reach(request.reach), pk=report)
    figures = [
        {"printed": row.printed, "measure": row.measure, "question": row.figure.partition("#")[0]}
        for row in found.figures.order_by("order")
    ]
    told = story([(FrozenReport._meta.label, found.pk)], {found.act_id})
    context = {"report": found, "figures": figures, "changes": changes(found), "story": told}
    return page(request, "desk/report.html", context)


@require_safe
@needs("reports.see")
def report_file(request: OfficialRequest, report: int, form: str) -> HttpResponseBase:
    """The paper as Word or its annexes as Excel, printed again from what was frozen."""
    found = get_object_or_404(papers_in_reach(request.reach), pk=report)
    with TemporaryDirectory() as folder:
        files = {path.suffix.removeprefix("."): path for path in print_out(found, Path(folder))}
        if form not in files:
            raise Http404
        content, name = files[form].read_bytes(), files[form].name
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
