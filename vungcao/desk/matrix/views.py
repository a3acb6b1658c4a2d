"""Pages of the matrix: on screen, opened by a link, and as a workbook."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.desk import questions
from vungcao.desk.kept_pages import kept
from vungcao.desk.matrix.asking import DIMS, MEASURES, MatrixForm
from vungcao.desk.matrix.drawing import shown
from vungcao.desk.matrix.table import Matrix
from vungcao.desk.matrix.workbook import write
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.kernel.refusal import Refusal


@require_safe
@needs("figures.see")
@kept
def matrix(request: OfficialRequest) -> HttpResponse:
    """Rows open in place by a plain link; htmx only saves drawing the rest of the page again."""
    form = MatrixForm(request.GET, request.reach)
    if not form.days and not form.chosen:
        return page(
            request,
            "desk/nothing_yet.html",
            {"form": form, "is_elsewhere": questions.is_anything_said(), "there": None},
        )
    if not form.is_valid():
        return page(request, "desk/matrix.html", {"form": form}, status=422)
    try:
        there = _asked(form, request)
        rows = shown(there, form.cleaned_data["measure"], request.GET)
    except Refusal as refusal:
        return page(request, "desk/matrix.html", {"form": form, "refused": str(refusal)})
    said = form.cleaned_data
    context: dict[str, Any] = {
        "form": form,
        "there": there.overview,
        "matrix": there,
        "rows": rows,
        "measure": said["measure"],
        "measure_word": MEASURES[said["measure"]],
        "down_word": DIMS[said["down"]],
        "across_word": DIMS[said["across"]],
        "state_words": questions.state_words(there.query.state),
        "apart": there.not_apportioned,
        "sheet": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return page(request, "desk/matrix.html", context)


@require_safe
@needs("figures.see")
def matrix_sheet(request: OfficialRequest) -> HttpResponseBase:
    """What is on the screen as a workbook, with the sheet that says where each figure comes from."""
    form = MatrixForm(request.GET, request.reach)
    if not form.is_valid():
        raise Http404(_("Câu hỏi của bảng này có chỗ chưa đúng."))
    held = io.BytesIO()
    try:
        write(_asked(form, request), held)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    held.seek(0)
    return FileResponse(held, as_attachment=True, filename="ma-tran.xlsx")


def _asked(form: MatrixForm, request: OfficialRequest) -> Matrix:
    said = form.cleaned_data
    return Matrix(form.query(), request.reach, said["down"] or "component", said["across"] or "source", form.open)
