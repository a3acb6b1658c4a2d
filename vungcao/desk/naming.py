"""Names that a draft does not understand, and the form by which an official says what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vungcao.bodies.models import Batch, BatchState, Body, Official
from vungcao.bodies.queries import batch_state, batches_in_reach
from vungcao.desk import handed_in
from vungcao.desk.counted import counted
from vungcao.desk.owner_form import OwnerForm
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.evidence.models import AuditRow
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.intake.names import Names
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day
from vungcao.ui.forms import PlainForm


class NameForm(PlainForm):
    """What one name means: a code or an official name, from when, until when, for whom."""

    kind = forms.ChoiceField(choices=MappingKind.choices, widget=forms.HiddenInput)
    said = forms.CharField(max_length=200, widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("Hiểu là"),
        max_length=120,
        help_text=gettext_lazy("mã hoặc tên trong danh mục"),
        error_messages={"required": gettext_lazy("Ghi mã hoặc tên trong danh mục.")},
    )
    since = forms.DateField(label=gettext_lazy("Từ ngày"), required=False)
    until = forms.DateField(label=gettext_lazy("Đến hết ngày"), required=False)
    only_reporter = forms.BooleanField(label=gettext_lazy("Chỉ khi đơn vị này viết"), required=False, initial=True)


@dataclass(frozen=True)
class UnknownName:
    """A name at a cell; ``meaning`` is how it is understood now, if somebody has said so since."""

    kind: str
    said: str
    cell: str
    meaning: str
    form: NameForm | None
    owner: OwnerForm | None = None


@dataclass
class NamesOfBatch:
    """What a draft does not understand, and what it understood by words since taken back."""

    unknown: list[UnknownName] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    refused: str = ""


def names_of(
    batch: Batch, official: Official, bound: NameForm | None = None, refused: str = "", state: str | None = None
) -> NamesOfBatch:
    """Names of a batch that is still a draft; ``bound`` is the form just sent, shown again with what is wrong; its
    ``state`` is asked for where it isn't said.
    """
    if (state or batch_state(batch.pk)) != BatchState.DRAFT:
        return NamesOfBatch()
    rows = AuditRow.objects.filter(subject=Batch._meta.label, key=str(batch.pk), after__has_key="unknown")
    last = rows.order_by("-pk").first()
    said = {(kind, name): cell for kind, name, cell in reversed((last.after or {})["unknown"])} if last else {}
    may_map, may_record = may(official, "names.map"), may(official, "owners.record")
    names = [
        UnknownName(
            kind,
            name,
            cell,
            _meaning(kind, name, batch),
            _form(kind, name, batch, bound) if may_map else None,
            _owner_form(name) if may_record and kind == MappingKind.BODY else None,
        )
        for (kind, name), cell in reversed(said.items())
    ]
    return NamesOfBatch(names, [mapping.say(one) for one in mapping.taken_back_under(batch)], refused)


def beside(
    batch: Batch, official: Official, bound: NameForm | None = None, refused: str = "", state: str | None = None
) -> dict[str, Any]:
    """What a batch's page shows beside its lines of money."""
    return {"counted": counted(batch), "names": names_of(batch, official, bound, refused, state)}


def _meaning(kind: str, said: str, batch: Batch) -> str:
    names = Names(timezone.localdate())
    names.reporter = batch.body_id
    return names.meaning(MappingKind(kind), said)


def _form(kind: str, said: str, batch: Batch, bound: NameForm | None) -> NameForm:
    return form_for(kind, said, bound, is_of_reporter=batch.body.key != "*")


def form_for(kind: str, said: str, bound: NameForm | None, *, is_of_reporter: bool) -> NameForm:
    """The form of one name: the one just sent, where it was this name's, so that what is wrong is shown."""
    if bound is not None and (bound.data.get("kind"), bound.data.get("said")) == (kind, said):
        return bound
    start: dict[str, Any] = {"kind": kind, "said": said, "only_reporter": is_of_reporter}
    return NameForm(initial=start, auto_id=f"id_{kind}_%s_{abs(hash(said)) % 10**8}")


def _owner_form(said: str) -> OwnerForm:
    return OwnerForm(initial={"said": said}, auto_id=f"own_%s_{abs(hash(said)) % 10**8}")


@require_POST
@needs("names.map")
def map_name(request: OfficialRequest, batch: int) -> HttpResponse:
    """Remember what a name of a draft means; the draft is taken in when its file is handed in again."""
    found = get_object_or_404(batches_in_reach(request.reach), pk=batch)
    form = NameForm(request.POST)
    refused = ""
    if form.is_valid():
        try:
            remember(form.cleaned_data, request.official, found.body)
            return redirect("desk:batch", batch)
        except Refusal as refusal:
            refused = str(refusal)
    context = {"said": handed_in.said(found), **beside(found, request.official, form, refused)}
    return page(request, "desk/batch.html", context, status=422)


def remember(said: dict[str, Any], official: Official, reporter: Body) -> None:
    """Keep what the form says, for ``reporter`` alone where it says so. Raises a ``Refusal``."""
    kind, target = mapping.meant(said["code"], said["since"] or timezone.localdate(), said["kind"])
    mapping.remember(
        said["said"],
        target,
        kind=kind,
        by=official,
        reporter=reporter if said["only_reporter"] and reporter.key != "*" else None,
        since=said["since"],
        until=after_last_day(said["until"]),
    )
