"""A proposal workbook into a dossier, at its page: first what it would do, faults at their cells; then written."""

from __future__ import annotations

import shutil
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vungcao.bodies.queries import naming
from vungcao.desk.dossier_seen import OPEN, seen
from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.registers.importing_pages import path_of, take
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.intake import dossier_lines
from vungcao.intake.dossier_lines import Line, Lines
from vungcao.intake.profile import profiles
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import Dossier, Side
from vungcao.programme.queries import FundingSources
from vungcao.territory import queries as territory

STATES = {"new": gettext_lazy("dòng mới"), "same": gettext_lazy("đã có"), "replaces": gettext_lazy("thay dòng")}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("dossiers.propose")
def hand_in(request: OfficialRequest, code: str) -> HttpResponse:
    """Which columns a proposal must have, and the form that takes its workbook."""
    one, refused = _open(request, code), ""
    if request.method == "POST":
        try:
            return redirect("desk:dossier-file-tried", code, take(request.official, request.FILES.get("file")))
        except Refusal as refusal:
            refused = str(refusal)
    columns = next(found for found in profiles() if found.code == dossier_lines.PROFILE).columns
    context = {"one": one, "refused": refused, "columns": columns}
    return page(request, "desk/dossier_file.html", context, 422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("dossiers.propose")
@once("desk:dossier", "code")
def tried(request: OfficialRequest, code: str, sha256: str) -> HttpResponse:
    """What a workbook would do to the dossier; a POST does it, if it would still do the same."""
    one, path = _open(request, code), path_of(request.official, sha256)
    commit, tree = request.method == "POST", territory.tree(one.planned_for)
    try:
        result = dossier_lines.run(
            one, path, by=request.official, commit=commit, seen=request.POST.get("seen", "-") if commit else "",
            sees=lambda place, body: request.reach.sees(place, body, tree),
        )  # fmt: skip
    except (dossier_lines.CannotRead, Refusal) as no:
        shutil.rmtree(path.parent, ignore_errors=True)  # of what is no proposal of ours, or secret, nothing is kept
        messages.error(request, str(no))
        return redirect("desk:dossier-file", code)
    if result.committed or (commit and not result.changes_something and not result.problems):
        shutil.rmtree(path.parent, ignore_errors=True)
        messages.success(request, _said(result))
        return redirect("desk:dossier", code)
    return page(request, "desk/dossier_file_tried.html", _told(one, result, commit), 409 if commit else 200)


def _open(request: OfficialRequest, code: str) -> Dossier:
    """The dossier of a code, as far as the asker may see it and it still takes lines."""
    for one in seen(request, code):
        if one.step in OPEN:
            return one.dossier
    raise Http404


def _told(one: Dossier, result: Lines, was_refused: bool) -> dict[str, Any]:
    draft = Draft(one)
    sources = FundingSources.all().names
    return {
        "one": one,
        "result": result,
        "was_refused": was_refused,
        "counts": [(word, len(result.of(state))) for state, word in STATES.items()],
        "blocks": [
            (side, rows)
            for side in Side
            if (rows := [_row(draft, line, sources) for line in result.lines if line.said.side == side])
        ],
    }


def _row(draft: Draft, line: Line, sources: dict[int, str]) -> dict[str, Any]:
    region = line.said.region
    return {
        "said": line.said,
        "cell": line.said.where,
        "component": draft.here.components.codes.get(region.component, ""),
        "body": naming(region.body, draft.on)[0],
        "source": sources[region.source],
        "state": STATES[line.state],
        "standing": line.standing if line.state == "replaces" else None,
    }


def _said(result: Lines) -> str:
    if not result.committed:
        return _("Hồ sơ đã có đúng các dòng này, không ghi thêm gì.")
    return _("Đã ghi %(new)s dòng mới, thay %(replaced)s dòng, %(same)s dòng đã có sẵn.") % {
        "new": len(result.of("new")),
        "replaced": len(result.of("replaces")),
        "same": len(result.of("same")),
    }
