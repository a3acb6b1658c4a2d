"""The page of extensions: requests for a later last day with their papers, what came of them, what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vungcao.bodies.models import Body
from vungcao.bodies.queries import naming
from vungcao.desk.dossier_forms import MILLION, MoneyForm
from vungcao.desk.dossiers import place_of
from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.ledger import actions
from vungcao.ledger.actions import NotAnExtension
from vungcao.ledger.extensions import Extension, extensions_on, faults
from vungcao.ledger.models import ExtensionAsked, Outcome, SpendingObject
from vungcao.ledger.regions import Region
from vungcao.territory import queries as territory
from vungcao.ui.forms import PlainForm


class AskForm(MoneyForm):
    """A request, as its paper says it."""

    ids = "extensionasked"
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60)
    dated = forms.DateField(label=gettext_lazy("Ngày văn bản"))
    until = forms.DateField(label=gettext_lazy("Kéo dài đến hết ngày"))
    field_order = ("component", "body", "source", "year", "use_year", "million", "number", "dated", "until", "reason")


class AnswerForm(PlainForm):
    """The paper that answers a request."""

    ids = "extensionanswer"
    asked = forms.ChoiceField(label=gettext_lazy("Đề nghị"))
    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=Outcome.choices)
    million = forms.DecimalField(
        label=gettext_lazy("Số tiền được kéo dài (triệu đồng)"), localize=True, max_digits=15, decimal_places=6,
        required=False,
    )  # fmt: skip
    until = forms.DateField(label=gettext_lazy("Kéo dài đến hết ngày"), required=False)
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60)
    dated = forms.DateField(label=gettext_lazy("Ngày văn bản"))
    decided_by = forms.CharField(label=gettext_lazy("Cơ quan trả lời"), help_text=gettext_lazy("mã hoặc tên"))

    def __init__(self, seen: list[Extension], data: Any = None) -> None:
        super().__init__(data)
        self.choose("asked", ((f"{one.asked.pk}", f"{one.asked.pk}: {one.asked}") for one in seen))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("dossiers.see", to_send="dossiers.propose")
@once("desk:extensions")
def extensions(request: OfficialRequest) -> HttpResponse:
    """Every request within reach; a POST notes one."""
    form = AskForm(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            _ask(form.cleaned_data, request)
            return redirect("desk:extensions")
        except Refusal as refusal:
            refused = str(refusal)
    return _page(request, ask=form, refused=refused, status=422 if request.method == "POST" else 200)


@require_POST
@needs("dossiers.record")
@once("desk:extensions")
def answer(request: OfficialRequest) -> HttpResponse:
    """An answer; it is stored whatever our rules say, and the page then says what they say."""
    form = AnswerForm(_seen(request), request.POST)
    refused = ""
    if form.is_valid():
        try:
            _answer(form.cleaned_data, request)
            return redirect("desk:extensions")
        except Refusal as refusal:
            refused = str(refusal)
    return _page(request, answered=form, refused=refused, status=422)


def _page(
    request: OfficialRequest, *, ask: forms.Form | None = None, answered: forms.Form | None = None,
    refused: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    seen = _seen(request)
    context = {
        "rows": [_told(one) for one in seen],
        "wrong": [fault for one in seen for fault in faults(one)],
        "ask_form": ask or AskForm(),
        "answer_form": answered or AnswerForm(seen),
        "may_ask": may(request.official, "dossiers.propose"),
        "may_answer": bool(seen) and may(request.official, "dossiers.record"),
        "refused": refused,
    }
    return page(request, "desk/extensions.html", context, status=status)


def _seen(request: OfficialRequest) -> list[Extension]:
    tree = territory.tree(timezone.localdate())
    return [one for one in extensions_on(date.max) if request.reach.sees(one.asked.place_id, one.asked.body_id, tree)]


def _told(one: Extension) -> dict[str, Any]:
    signs = {"asked": "warns", "granted": "holds", "partly": "holds", "refused": "fails"}
    return {
        "one": one,
        "body": naming(one.asked.body_id, one.asked.asked_on)[0],
        "said": _(one.state_said),
        "sign": signs[one.state],
    }


def _ask(said: dict[str, Any], request: OfficialRequest) -> None:
    on: date = said["dated"]
    body = mapping.meant(said["body"], on, MappingKind.BODY)[1]
    assert isinstance(body, Body)
    place = place_of(body, on)
    if place is None or not request.reach.sees(place[0], body.pk, territory.tree(place[1])):
        raise NotAnExtension(_("Đơn vị giữ vốn nằm ngoài phạm vi của vị trí công tác này."))

    def key(word: str, kind: MappingKind) -> int:
        return int(mapping.meant(word, on, kind)[1].pk)

    account = Region(
        key(said["component"], MappingKind.COMPONENT), key("*", MappingKind.FIELD),
        key(said["source"], MappingKind.SOURCE), f"{said['year']}", f"{said['use_year'] or said['year']}", body.pk,
        place[0], SpendingObject.objects.values_list("pk", flat=True).get(code="*"),
    )  # fmt: skip
    actions.ask_extension(
        account, dong=int(Decimal(said["million"]) * MILLION), asked_by=body, number=said["number"], asked_on=on,
        until=said["until"], reason=said["reason"], by=request.official,
    )  # fmt: skip


def _answer(said: dict[str, Any], request: OfficialRequest) -> None:
    decided_by = mapping.meant(said["decided_by"], said["dated"], MappingKind.BODY)[1]
    assert isinstance(decided_by, Body)
    dong = int(Decimal(said["million"]) * MILLION) if said["million"] is not None else None
    told = actions.AnswerSaid(Outcome(said["outcome"]), said["number"], said["dated"], dong, said["until"])
    asked = ExtensionAsked.objects.get(pk=int(said["asked"]))
    actions.answer_extension(asked, told, decided_by=decided_by, by=request.official)
