"""Pages of the desk: read, ask, answer. All is asked with the asker's reach; what is out of it is not there."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.models import Batch
from vungcao.bodies.queries import batches_in_reach
from vungcao.cube.reconciling import BASES
from vungcao.desk import differences, expiring, handed_in, naming, questions, sheets, tracing
from vungcao.desk.kept_pages import kept
from vungcao.desk.overview import SORTS, Overview
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.tables import heads
from vungcao.desk.trace_sheet import trace_workbook
from vungcao.desk.tracing import follow
from vungcao.intake.reading.document import CannotRead
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.ahead import read_ahead

_SHA256 = re.compile(r"[0-9a-f]{64}")


@require_safe
@needs("figures.see")
@kept
def overview(request: OfficialRequest) -> HttpResponse:
    """Given, spent, rate, by component and place; what does not reconcile, and what is missing."""
    form = questions.QuestionForm(request.GET, request.reach)
    context = {"form": form, "refused": "", "there": None}
    if not form.days and not form.chosen:
        return page(request, "desk/nothing_yet.html", {**context, "is_elsewhere": questions.is_anything_said()})
    if not form.is_valid():
        return page(request, "desk/overview.html", context)
    sort = request.GET.get("sort", "")
    try:
        query = form.query()
        read_ahead([query.on], *BASES)
        there = Overview(query, request.reach, sort if sort.removeprefix("-") in SORTS else "")
        body = _body(request, there)
    except Refusal as refusal:
        return page(request, "desk/overview.html", {**context, "refused": str(refusal)})
    said = {"there": there, "body": body, "state_words": questions.state_words(there.query.state)}
    return page(request, "desk/overview.html", {**context, **said})


def _body(request: OfficialRequest, there: Overview) -> SafeString:
    """Figures, tables and gaps as they are drawn."""
    said = {
        "there": there,
        "fates": expiring.groups(there.expiry),
        "expiry_notes": expiring.notes(there.expiry),
        "component_heads": heads(_("Dự án, nội dung")),
        "place_heads": heads(_("Địa bàn"), asked=request.GET, sort=there.sort, anchor="by-place"),
    }
    return render_to_string("desk/parts/overview.html", said, request)


@require_safe
@needs("figures.see")
def trace(request: OfficialRequest) -> HttpResponse:
    """Từ đâu? The lines, papers, cells and officers behind a figure."""
    try:
        found = follow(request.GET.get("id", ""), request.reach)
    except (Refusal, ValueError) as no:
        raise Http404(str(no)) from no
    turned = request.GET.get("trang", "")
    number = int(turned) if turned.isascii() and turned.isdigit() and len(turned) < 7 else 1
    parts = tracing.parts(found, request.GET.get("phan", ""), number)
    return page(request, "desk/trace.html", {"trace": found, "parts": parts})


@require_safe
@needs("figures.see")
def trace_sheet(request: OfficialRequest) -> HttpResponseBase:
    """The whole thread as a workbook: every line, however many."""
    try:
        found = follow(request.GET.get("id", ""), request.reach)
    except (Refusal, ValueError) as no:
        raise Http404(str(no)) from no
    return FileResponse(trace_workbook(found), as_attachment=True, filename="tu-dau.xlsx")


@require_safe
@needs("figures.see")
def batch(request: OfficialRequest, batch: int) -> HttpResponse:
    """Something handed in: from whom, in which file, the steps it went through, the lines it wrote."""
    found = get_object_or_404(batches_in_reach(request.reach), pk=batch)
    said = handed_in.said(found)
    state = said.events[-1].state if said.events else None
    context = {"said": said, **naming.beside(found, request.official, state=state)}
    context["differences"] = differences.of_batch(found, request.official)
    return page(request, "desk/batch.html", context)


@require_safe
@needs("figures.see")
def sheet(request: OfficialRequest, sha256: str, sheet: str) -> HttpResponse:
    """A kept workbook's sheet, drawn around the cell asked for with ``?o=B7``."""
    batches = _batches(request, sha256)
    frame = {"source": batches[0].source, "batches": batches}
    try:
        grids = sheets.grids(sheets.kept_path(batches[0].source))
    except CannotRead as no:
        return page(request, "desk/sheet.html", {**frame, "cannot": no.said})
    grid = next((one for one in grids if one.name == sheet), None)
    if grid is None:
        raise Http404
    shown = sheets.window(grid, request.GET.get("o", ""), differences.at_cells(batches, sheet))
    return page(request, "desk/sheet.html", {**frame, "names": [one.name for one in grids], "window": shown})


@require_safe
@needs("figures.see")
def download(request: OfficialRequest, sha256: str) -> HttpResponseBase:
    """The file itself, byte for byte as it was handed in."""
    source = _batches(request, sha256)[0].source
    return FileResponse(sheets.kept_path(source).open("rb"), as_attachment=True, filename=source.name)


def _batches(request: OfficialRequest, sha256: str) -> list[Batch]:
    """Batches in reach taken from a kept file; 404 when there is none, so that a hash tells nothing."""
    if not _SHA256.fullmatch(sha256):
        raise Http404
    found = list(batches_in_reach(request.reach).filter(source__sha256=sha256))
    if not found or not sheets.kept_path(found[0].source).exists():
        raise Http404(_("Không có tệp này, hoặc tệp nằm ngoài phạm vi được xem."))
    return found
