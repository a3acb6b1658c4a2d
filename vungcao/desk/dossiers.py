"""Pages of dossiers of capital: the list, one dossier, and what is sent from it. Everything works without JavaScript.

Who sees the drafting body (the Board's province) sees a dossier whole; a district or commune sees, and proposes, the
lines within its reach. Drafts that are open stand in the list of whoever may propose, by name only.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vungcao.bodies.models import Body, BodyVersion
from vungcao.bodies.queries import posting_today
from vungcao.desk import dossier_forms
from vungcao.desk.dossier_seen import facts, heads, lines, seen, sees_whole
from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds, last_day
from vungcao.ledger import actions
from vungcao.ledger.actions.dossiers import FLAGS, WrongStep
from vungcao.ledger.dossiers.standing import Standing
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, OpinionAsked, Side, SpendingObject, Taken, Verdict
from vungcao.ledger.regions import Region
from vungcao.reports.adjusting.actions import print_papers
from vungcao.territory import queries as territory

Done = Callable[[Dossier, dict[str, Any], OfficialRequest], None]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("dossiers.see", to_send="dossiers.prepare")
@once("desk:dossiers")
def dossiers(request: OfficialRequest) -> HttpResponse:
    """Every dossier within reach; a POST opens one, drafted by the asker's own body."""
    form = dossier_forms.OpeningForm(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            return redirect("desk:dossier", _open(form.cleaned_data, request).code)
        except Refusal as refusal:
            refused = str(refusal)
    kind = request.GET.get("loai", "")
    found = [one for one in seen(request) if not kind or (one.dossier.kind or "adjustment") == kind]
    context = {
        "rows": heads(request, found), "form": form,
        "kinds": [(one.value or "adjustment", one.label) for one in DossierKind], "kind": kind,
        "may_prepare": may(request.official, "dossiers.prepare"), "refused": refused,
    }  # fmt: skip
    return page(request, "desk/dossiers.html", context, status=422 if request.method == "POST" else 200)


def _open(said: dict[str, Any], request: OfficialRequest) -> Dossier:
    posting, _name = posting_today(request.official)
    if posting is None:
        raise WrongStep(_("Hôm nay không giữ vị trí công tác nào nên không lập được hồ sơ."))
    return actions.open_dossier(
        title=said["title"], planned_for=said["planned_for"], drafted_by=posting.body, on=timezone.localdate(),
        kind=said["kind"], plan=said["plan"], circumstances=[flag for flag in FLAGS if said[flag]], by=request.official,
    )  # fmt: skip


@require_safe
@needs("dossiers.see")
def dossier(request: OfficialRequest, code: str) -> HttpResponse:
    """One dossier as far as the asker sees it."""
    return _page(request, _found(request, code))


@require_POST
@needs("dossiers.propose")
@once("desk:dossier", "code")
def propose(request: OfficialRequest, code: str) -> HttpResponse:
    """A line, within the asker's reach; another row in the place of one that stands."""
    return _sent(request, code, dossier_forms.LineForm(request.POST).of(_found(request, code).dossier), _propose)


@require_POST
@needs("dossiers.propose")
@once("desk:dossier", "code")
def take_back(request: OfficialRequest, code: str) -> HttpResponse:
    """A line that the asker sees, taken back."""
    return _sent(request, code, dossier_forms.TakeBackForm(request.POST), _take_back)


@require_POST
@needs("dossiers.prepare")
@once("desk:dossier", "code")
def step(request: OfficialRequest, code: str, step: str) -> HttpResponse:
    """Hold the money, submit, return, withdraw."""
    if step not in _STEPS:
        raise Http404
    return _sent(request, code, dossier_forms.StepForm(request.POST), _STEPS[step], whole=True)


@require_POST
@needs("dossiers.prepare")
@once("desk:dossier", "code")
def ask(request: OfficialRequest, code: str) -> HttpResponse:
    """An opinion asked."""
    return _sent(request, code, dossier_forms.AskForm(request.POST), _ask, whole=True)


@require_POST
@needs("dossiers.prepare")
@once("desk:dossier", "code")
def answer(request: OfficialRequest, code: str) -> HttpResponse:
    """An opinion answered, taken up or not."""
    form = dossier_forms.AnswerForm(request.POST)
    _of_dossier(form, _found(request, code).dossier)
    return _sent(request, code, form, _answer, whole=True)


@require_POST
@needs("dossiers.record")
@once("desk:dossier", "code")
def record(request: OfficialRequest, code: str) -> HttpResponse:
    """The signed paper; it is stored whatever our rules say, and the page then says what they say."""
    return _sent(request, code, dossier_forms.RecordForm(request.POST), _record, whole=True)


@require_safe
@needs("dossiers.see")
def paper(request: OfficialRequest, code: str, paper: str) -> HttpResponseBase:
    """One paper as Word, or the annexes as a workbook; for who sees the dossier whole."""
    now = _found(request, code)
    found = now.dossier
    if not sees_whole(request, found):
        raise Http404
    with TemporaryDirectory() as folder:
        try:
            files = {path.stem.removeprefix(f"{found.code}-"): path for path in print_papers(found, Path(folder))}
        except Refusal as refusal:
            return _page(request, now, refused=str(refusal), status=422)
        if paper not in files:
            raise Http404
        content, name = files[paper].read_bytes(), files[paper].name
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name)


def _found(request: OfficialRequest, code: str) -> Standing:
    for one in seen(request, code):
        return one
    raise Http404


def _page(
    request: OfficialRequest, now: Standing, *, refused: str = "", said: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    one, whole, told = now.dossier, sees_whole(request, now.dossier), facts(request, now)
    context: dict[str, Any] = {
        **told,
        "refused": refused,
        "may_propose": may(request.official, "dossiers.propose"),
        "may_prepare": whole and may(request.official, "dossiers.prepare"),
        "may_record": whole and may(request.official, "dossiers.record"),
        **_forms(one, said, told.get("asked", [])),
    }
    return page(request, "desk/dossier.html", context, status=status)


def _forms(one: Dossier, said: forms.Form | None, asked: list[OpinionAsked]) -> dict[str, forms.Form]:
    """Every form of the page, empty, but the one that was sent."""
    kinds: Sequence[tuple[str, type[forms.Form]]] = (
        ("line_form", dossier_forms.LineForm), ("back_form", dossier_forms.TakeBackForm),
        ("step_form", dossier_forms.StepForm), ("ask_form", dossier_forms.AskForm),
        ("answer_form", dossier_forms.AnswerForm), ("record_form", dossier_forms.RecordForm),
    )  # fmt: skip
    made = {name: said if isinstance(said, kind) else kind() for name, kind in kinds}
    if isinstance(line := made["line_form"], dossier_forms.LineForm) and line is not said:
        line.of(one)
    _of_dossier(made["answer_form"], one)
    choice = made["answer_form"].fields["asked"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.choices = [("", choice.empty_label), *((row.pk, f"{row.pk}: {row.body}") for row in asked)]
    return made


def _of_dossier(form: forms.Form, one: Dossier) -> None:
    """An answer is to an opinion that this dossier asked for."""
    choice = form.fields["asked"]
    assert isinstance(choice, forms.ModelChoiceField)
    choice.queryset = one.opinions.all()


# what is sent ----------------------------------------------------------------------------------------------
def _sent(request: OfficialRequest, code: str, form: forms.Form, done: Done, *, whole: bool = False) -> HttpResponse:
    now = _found(request, code)
    if whole and not sees_whole(request, now.dossier):
        raise Http404
    refused = _("Chưa ghi: kiểm tra lại các ô được đánh dấu.")
    if form.is_valid():
        try:
            done(now.dossier, form.cleaned_data, request)
            return redirect("desk:dossier", code)
        except Refusal as refusal:  # it may be refused for what another has done meanwhile: read again
            refused, now = str(refusal), _found(request, code)
    return _page(request, now, refused=refused, said=form, status=422)


def _thing(said: str, one: Dossier, kind: MappingKind) -> Any:
    return mapping.meant(said, one.planned_for, kind)[1]


def _propose(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    posting, _name = posting_today(request.official)
    body: Body = _thing(said["body"], one, MappingKind.BODY)
    place = place_of(body, one.planned_for)
    if posting is None or place is None:
        raise WrongStep(_("Đơn vị này không gắn với địa bàn nào, hoặc người đề nghị không giữ vị trí công tác nào."))
    if not request.reach.sees(place[0], body.pk, territory.tree(place[1])):
        raise WrongStep(_("Đơn vị giữ vốn nằm ngoài phạm vi của vị trí công tác này."))
    region = Region(
        _thing(said["component"], one, MappingKind.COMPONENT).pk,
        _thing(said["field"] or "*", one, MappingKind.FIELD).pk,
        _thing(said["source"], one, MappingKind.SOURCE).pk,
        f"{said['year']}",
        f"{said['use_year'] or said['year']}",
        body.pk,
        place[0],
        SpendingObject.objects.values_list("pk", flat=True).get(code="*"),
    )
    line = actions.LineDraft(
        Side(said["side"]), region, said["million"], said["reason"], posting.body_id, said["paper"],
        said["paper_dated"], said["targets"], said.get("basis", ""),
        _line(one, said["replaces"], request) if said["replaces"] else None,
    )  # fmt: skip
    actions.propose(one, [line], by=request.official)


def place_of(body: Body, on: date) -> tuple[int, date] | None:
    """The place of a body and a day on which both stood: the day asked for, else one on which the body did."""
    rows = BodyVersion.objects.standing().filter(body=body).exclude(place=None).order_by("valid_from", "pk")
    there = [row for row in rows if holds(row.valid_from, row.valid_to, on)] or list(rows)
    if not there or there[-1].place_id is None:
        return None
    row = there[-1]
    stood = on if holds(row.valid_from, row.valid_to, on) else row.valid_from or last_day(row.valid_to) or on
    return row.place_id, stood


def _line(one: Dossier, number: int, request: OfficialRequest) -> DossierLine:
    for line in lines(request, one):
        if line.pk == number:
            return line
    raise WrongStep(_("Không có dòng số %(number)s trong phạm vi được xem.") % {"number": number})


def _take_back(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    actions.take_back(_line(one, said["line"], request), reason=said["reason"], by=request.official)


def _hold(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    if said["until"] is None:
        raise WrongStep(_("Ghi ngày giữ chỗ đến hết."))
    actions.hold(one, on=timezone.localdate(), until=said["until"], by=request.official)


def _gather(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    got = actions.gather(one, on=timezone.localdate(), by=request.official)
    if not got.lines:
        raise WrongStep(_("Chưa lấy được dòng nào từ biểu nguyên nhân.") + " " + " ".join(got.left_out))


def _submit(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    actions.submit(one, on=timezone.localdate(), by=request.official)


def _send_back(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    actions.send_back(one, on=timezone.localdate(), reason=said["reason"], by=request.official)


def _withdraw(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    actions.withdraw(one, on=timezone.localdate(), reason=said["reason"], by=request.official)


_STEPS: dict[str, Done] = {
    "lay-de-xuat": _gather,
    "giu-cho": _hold,
    "trinh": _submit,
    "tra-lai": _send_back,
    "rut": _withdraw,
}


def _ask(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    actions.ask_opinion(
        one, of=_thing(said["body"], one, MappingKind.BODY), on=said["asked_on"], number=said["number"],
        reply_by=said["reply_by"], by=request.official,
    )  # fmt: skip


def _answer(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    given = actions.Answer(
        said["answered_on"], Verdict(said["verdict"]), said["said"], said["number"], Taken(said["taken"]), said["how"]
    )
    actions.answer_opinion(said["asked"], given, by=request.official)


def _record(one: Dossier, said: dict[str, Any], request: OfficialRequest) -> None:
    decided_by = mapping.meant(said["decided_by"], said["dated"], MappingKind.BODY)[1]
    assert isinstance(decided_by, Body)
    actions.record_decision(one, number=said["number"], dated=said["dated"], decided_by=decided_by, by=request.official)
