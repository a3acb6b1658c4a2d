"""Where the browser sends files in pieces (static/desk/uploading.js): begin, a piece, how far. Answers are JSON."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vungcao.desk.rights import OfficialRequest, needs
from vungcao.intake import checking_files
from vungcao.intake.checking_files import CannotTake, OtherPlace
from vungcao.intake.models import ResumableUpload

_CHECKSUM: Final = re.compile(r"sha256 ([0-9a-f]{64})")


@require_POST
@needs("files.hand_in")
def begin(request: OfficialRequest) -> HttpResponse:
    """``name``, ``size``, ``sha256`` of a file → ``{id, received}``; more than 0 where it was begun before."""
    said = [request.POST.get(name, "") for name in ("name", "size", "sha256")]
    try:
        upload = checking_files.begin(request.official, said[0], _whole(said[1]), said[2])
    except CannotTake as refusal:
        return JsonResponse({"said": str(refusal)}, status=422)
    return JsonResponse({"id": str(upload.pk), "received": upload.received}, status=201)


@require_http_methods(["GET", "PATCH"])
@needs("files.hand_in")
def piece(request: OfficialRequest, upload: UUID) -> HttpResponse:
    """PATCH with ``Upload-Offset`` and ``Upload-Checksum: sha256 HEX`` → ``{received}``; 409 where another is due."""
    held = get_object_or_404(ResumableUpload, official=request.official, pk=upload)
    if request.method == "GET":
        return JsonResponse({"id": str(held.pk), "received": held.received})
    told = _CHECKSUM.fullmatch(request.headers.get("Upload-Checksum", ""))
    try:
        at, body = _whole(request.headers.get("Upload-Offset", "")), request.body
        held = checking_files.take_piece(request.official, upload, at, body, told[1] if told else "")
    except ResumableUpload.DoesNotExist:
        raise Http404 from None
    except OtherPlace as other:
        return JsonResponse({"received": other.facts["received"]}, status=409)
    except CannotTake as refusal:
        return JsonResponse({"said": str(refusal), "received": held.received}, status=422)
    except RequestDataTooBig:
        return JsonResponse({"said": _("Phần vừa gửi lớn quá."), "received": held.received}, status=413)
    return JsonResponse({"id": str(held.pk), "received": held.received})


def _whole(said: str) -> int:
    """Bytes as said; -1 for what is no whole number."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else -1
