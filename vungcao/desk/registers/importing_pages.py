"""Handing a workbook to a register: first what it would do, with every problem at its cell; then it is written."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vungcao.bodies.models import Body, Official
from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.registers.declaring import Register
from vungcao.desk.registers.importing import MOST_FLAGGED, Result, run
from vungcao.desk.registers.owning import own_bodies, own_body
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.intake.checking_files.handing_in import MOST_BYTES, safe_name
from vungcao.intake.importing import WORKBOOKS
from vungcao.intake.reading import CannotRead
from vungcao.intake.registers.rules import known
from vungcao.kernel.refusal import Refusal

KEPT_SECONDS: Final = 24 * 3600
MOST_SHOWN: Final = 200
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def upload(register: Register) -> Callable[..., HttpResponseBase]:
    """Which columns a workbook must have, and the form that takes it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @needs(register.records)
    def seen(request: OfficialRequest) -> HttpResponse:
        refused = ""
        if request.method == "POST":
            try:
                sha256 = take(request.official, request.FILES.get("file"))
                whose = urlencode({"body": request.POST.get("body", "")})
                return redirect(f"{register.url('rehearsal', sha256)}?{whose}")
            except Refusal as refusal:
                refused = str(refusal)
        assert register.profile is not None
        context = {
            "register": register,
            "refused": refused,
            "bodies": own_bodies(request.official, register.records) if register.is_of_lines else {},
            "columns": known()[register.profile.rules].columns,
        }
        return page(request, "desk/registers/import.html", context, 422 if refused else 200)

    return seen


def rehearsal(register: Register) -> Callable[..., HttpResponseBase]:
    """What a workbook would do; a POST does it, if it would still do the same."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @needs(register.records)
    @once(f"desk:{register.key}")
    def seen(request: OfficialRequest, sha256: str) -> HttpResponse:
        path = path_of(request.official, sha256)
        said = request.POST if request.method == "POST" else request.GET
        body = own_body(request.official, register.records, said.get("body", ""))
        if body is None and register.is_of_lines:
            raise Http404(_("Không có sổ của cơ quan này để ghi."))
        commit = request.method == "POST"
        try:
            result = run(
                register, path, body=body, by=request.official, reach=request.reach, commit=commit,
                seen=request.POST.get("seen", "-") if commit else "",
            )  # fmt: skip
        except (CannotRead, Refusal) as no:
            shutil.rmtree(path.parent, ignore_errors=True)  # of what is no list of ours, or secret, nothing is kept
            messages.error(request, str(no))
            return redirect(register.url("import"))
        if result.committed or (commit and not result.changes_something and not result.problems):
            shutil.rmtree(path.parent, ignore_errors=True)
            messages.success(request, _said(result))
            return redirect(register.url())
        status = 409 if commit else 200
        return page(request, "desk/registers/rehearsal.html", _told(register, result, body, commit), status)

    return seen


def _told(register: Register, result: Result, body: Body | None, was_refused: bool) -> dict[str, Any]:
    return {
        "register": register,
        "result": result,
        "body": body,
        "was_refused": was_refused,
        "problems": result.problems[:MOST_SHOWN],
        "corrected": result.corrected[:MOST_SHOWN],
        "flagged": result.flagged[:MOST_FLAGGED],
    }


def _said(result: Result) -> str:
    if not result.committed:
        return _("Sổ đã có đúng các dòng này, không ghi thêm gì.")
    return _("Đã ghi %(new)s dòng mới, sửa %(corrected)s dòng, %(same)s dòng đã có sẵn.") % {
        "new": result.new,
        "corrected": len(result.corrected),
        "same": result.same,
    }


def _folder(official: Official) -> Path:
    return Path(settings.HOME) / "inbox" / "so" / f"{official.pk}"


def take(official: Official, file: UploadedFile | None) -> str:
    """Keep an upload until it is written or a day has gone; returns the hash by which its owner asks for it."""
    if file is None:
        raise Refusal(_("Chưa chọn tệp nào."))
    name = safe_name(file.name or "")
    if Path(name).suffix.lower() not in WORKBOOKS:
        raise Refusal(_("Tệp “%(name)s” không phải bảng tính (xlsx, xls, ods, csv).") % {"name": name})
    if (file.size or 0) > MOST_BYTES:
        raise Refusal(_("Tệp “%(name)s” lớn quá: tách ra rồi nhập lại.") % {"name": name})
    mine = _folder(official)
    mine.mkdir(parents=True, exist_ok=True)
    for old in mine.glob("*"):
        with suppress(FileNotFoundError):  # another worker of the site has just let it go
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(old, ignore_errors=True)
    content = b"".join(file.chunks())
    sha256 = hashlib.sha256(content).hexdigest()
    half = Path(mkdtemp(prefix="new-", dir=mine))
    (half / name).write_bytes(content)
    shutil.rmtree(mine / sha256, ignore_errors=True)
    try:
        half.replace(mine / sha256)
    except OSError:
        shutil.rmtree(half)
        if not (mine / sha256).is_dir():  # else the same bytes, put there by another worker meanwhile
            raise
    return sha256


def path_of(official: Official, sha256: str) -> Path:
    """The file its owner handed in; 404 for anybody else's."""
    folder = _folder(official) / sha256 if _SHA256.fullmatch(sha256) else None
    try:
        found = next(folder.iterdir(), None) if folder is not None else None
    except OSError:
        found = None
    if found is None:
        raise Http404(_("Không còn tệp này: nhập lại từ đầu."))
    return found
