"""Handing workbooks in at the desk: drop files, see what they would do, mend or explain, commit."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vungcao.desk import naming, sheets
from vungcao.desk.checked import Checked, whose_body
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.told_problems import Bound, ExplainForm
from vungcao.intake import checking_files, explaining
from vungcao.intake.checking_files import CannotTake, Received
from vungcao.intake.checking_files.handing_in import MOST_BYTES
from vungcao.intake.importing import WORKBOOKS
from vungcao.intake.models import FileCheck
from vungcao.intake.reading.document import CannotRead
from vungcao.kernel.refusal import Refusal

SHOWN = 50


def _mine(request: OfficialRequest) -> QuerySet[FileCheck]:
    """A check is seen by the official who handed it in, and by nobody else."""
    return FileCheck.objects.filter(official=request.official)


def _check(request: OfficialRequest, check: UUID) -> FileCheck:
    return get_object_or_404(_mine(request), pk=check)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("files.hand_in")
def file_checks(request: OfficialRequest) -> HttpResponse:
    """The queue: my checks, newest first; a POST hands files in."""
    refused = ""
    if request.method == "POST":
        try:
            return redirect("desk:file-check", _hand_in(request).pk)
        except CannotTake as refusal:
            refused = str(refusal)
    found = list(_mine(request)[:SHOWN])
    context = {
        "checks": found,
        "refused": refused,
        **_form(),
        "is_busy": any(one.is_busy for one in found),
    }
    return page(request, "desk/file_checks.html", context, status=422 if refused else 200)


def _hand_in(request: OfficialRequest) -> FileCheck:
    """What was sent, in the queue. Raises ``CannotTake``; a form that broke off on its way is none."""
    once, earlier = _uuid(request.POST.get("once", "")), _uuid(request.POST.get("replaces", ""))
    replaces = _mine(request).filter(pk=earlier).first() if earlier else None
    pieces = [one for said in request.POST.getlist("upload") if (one := _uuid(said))]
    if not pieces and "het" not in request.POST:  # the last field of the form
        raise CannotTake(_("Đường truyền đứt khi đang gửi tệp; chưa nhận tệp nào. Chọn lại tệp rồi gửi lại."))
    try:
        received = checking_files.all_here(request.official, pieces)
        uploads: list[UploadedFile | Received] = [*_uploads(request), *received]
        check = checking_files.hand_in(request.official, uploads, replaces=replaces, sent_as=once)
    except checking_files.Gone:  # with the same form that has been taken, were it a moment ago
        if before := checking_files.sent_before(request.official, once):
            return before
        raise
    checking_files.let_go(received)
    return check


def _uploads(request: OfficialRequest) -> list[UploadedFile]:
    """Files that were chosen, and the workbooks of a folder; what else lies in the folder is left aside."""
    folder = [one for one in request.FILES.getlist("folder") if _is_workbook(one.name or "")]
    return [*request.FILES.getlist("files"), *folder]


def _is_workbook(name: str) -> bool:
    return Path(name).suffix.lower() in WORKBOOKS and not name.startswith(("~$", "."))


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


@require_safe
@needs("files.hand_in")
def file_check(request: OfficialRequest, check: UUID) -> HttpResponse:
    """One check: how far it is; then its tables, the figures it would change, and every problem at its cell."""
    found = _check(request, check)
    answer = page(request, "desk/file_check.html", _told(request, found))
    answer["Cache-Control"] = "no-store"
    return answer


def _form() -> dict[str, object]:
    """What the form that hands in is drawn with: a key of its own, and how large a file may be."""
    return {"once": uuid4(), "most_bytes": MOST_BYTES}


def _told(request: OfficialRequest, check: FileCheck, bound: naming.NameForm | None = None) -> dict[str, object]:
    told = Checked(check, request.official) if check.result is not None else None
    if told is not None and bound is not None:
        told.bound = bound
    return {"check": check, "told": told, **_form()}


@require_POST
@needs("files.hand_in")
def act(request: OfficialRequest, check: UUID, verb: str) -> HttpResponseRedirect:
    """Read it again, commit it, throw it away, or say the unit of a table. What can't be done is said on the page."""
    found = _check(request, check)
    try:
        if verb == "bo":
            if not checking_files.put_away(found):
                raise CannotTake(_("Lần nộp đang được đọc hoặc ghi; đợi xong rồi bỏ."))
            return redirect("desk:file-checks")
        if verb == "doc-lai":
            checking_files.to_rehearse(found)
        elif verb == "ghi":
            checking_files.to_commit(found)
        elif verb == "don-vi-tinh":
            told = [request.POST.get(name, "") for name in ("file", "sheet", "cell", "unit")]
            checking_files.say_unit(found, *told)
        else:
            raise Http404
    except CannotTake as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:file-check", found.pk)


@require_POST
@needs("names.map")
def map_name(request: OfficialRequest, check: UUID) -> HttpResponse:
    """Remember what a name in the files means, and read them again with it."""
    found = _check(request, check)
    form = naming.NameForm(request.POST)
    if form.is_valid():
        try:
            naming.remember(form.cleaned_data, request.official, whose_body(request.official))
            checking_files.to_rehearse(found)
            return redirect("desk:file-check", found.pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return page(request, "desk/file_check.html", _told(request, found, form), status=422)


@require_POST
@needs("differences.explain")
def explain(request: OfficialRequest, check: UUID) -> HttpResponse:
    """Keep why figures differ; it stands at the cell, in the marked copy and with what is written from then on."""
    found = _check(request, check)
    if found.result is None:
        raise Http404
    told, form, keys = Checked(found, request.official), ExplainForm(request.POST), request.POST.getlist("key")
    wanted = {key: told.differences[key] for key in keys if key in told.differences}
    if not wanted:
        raise Http404(_("Chỗ lệch này không còn trong kết quả đọc của lần nộp."))
    if form.is_valid() and told.may_explain:
        try:
            explaining.explain(wanted, by=request.official, **form.cleaned_data)
            return redirect(f"{reverse('desk:file-check', args=[found.pk])}#tung-bang")
        except Refusal as refusal:
            form = ExplainForm({} if refusal.facts.get("forget") else request.POST)
            form.add_error("reason", str(refusal))
    told.bound_explanation = Bound(keys, form)
    return page(request, "desk/file_check.html", {"check": found, "told": told, **_form()}, status=422)


@require_safe
@needs("files.hand_in")
def checked_sheet(request: OfficialRequest, check: UUID, file: int, sheet: str) -> HttpResponse:
    """A sheet of a file that was handed in, as a grid, with each problem at its cell."""
    found = _check(request, check)
    path = _path(found, file)
    told = Checked(found, request.official) if found.result is not None else None
    frame = {"check": found, "file": file, "name": path.name}
    try:
        grids = sheets.grids(path)
    except CannotRead as no:
        return page(request, "desk/checked_sheet.html", {**frame, "cannot": no.said})
    grid = next((one for one in grids if one.name == sheet), None)
    if grid is None:
        raise Http404
    problems = told.at(path.name, sheet) if told else {}
    shown = sheets.window(grid, request.GET.get("o", ""), problems)
    return page(request, "desk/checked_sheet.html", {**frame, "names": [one.name for one in grids], "window": shown})


@require_safe
@needs("files.hand_in")
def marked_copy(request: OfficialRequest, check: UUID, file: int) -> HttpResponseBase:
    """The officer's own workbook with each problem marked in its cell."""
    found = _check(request, check)
    name = found.files[file].get("marked", "") if file < len(found.files) else ""
    path = found.marked_folder / f"{file}" / name
    if not name or not path.exists():
        raise Http404(_("Không có bản đánh dấu này."))
    since = Checked(found, request.official).explained_at if found.result is not None else None
    if since is not None and since.timestamp() > path.stat().st_mtime:
        checking_files.give_back_again(found)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _path(check: FileCheck, file: int) -> Path:
    paths = check.paths()
    if not 0 <= file < len(paths) or not paths[file].exists():
        raise Http404(_("Lần nộp này không giữ tệp ấy."))
    return paths[file]
