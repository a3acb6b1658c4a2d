"""The story of what was written: acts by number, the newest first, and what one act did to each thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vungcao.desk.act_words import WORDS, in_words
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import Change, address, changes, word_of
from vungcao.desk.turning import Turn
from vungcao.evidence.models import Act, ActNumber, AuditRow, Link
from vungcao.kernel.vietnamese import fold
from vungcao.ui.forms import PlainForm

A_PAGE: Final = 50


class ActsForm(PlainForm):
    """Which acts: by day, by what was done, by who did it."""

    ids = "acts"
    since = forms.DateField(label=gettext_lazy("Từ ngày"), required=False)
    until = forms.DateField(label=gettext_lazy("Đến hết ngày"), required=False)
    verb = forms.ChoiceField(label=gettext_lazy("Việc"), required=False)
    who = forms.CharField(label=gettext_lazy("Người ghi"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = sorted(((verb, in_words(verb)) for verb in WORDS), key=lambda one: one[1])
        self.choose("verb", [("", _("tất cả")), *verbs])

    def asked(self) -> Q:
        """The condition; only of a valid form."""
        said = self.cleaned_data
        found = Q()
        if said["since"]:
            found &= Q(recorded_at__gte=_start(said["since"]))
        if said["until"]:
            found &= Q(recorded_at__lt=_start(said["until"] + timedelta(days=1)))
        if said["verb"]:
            found &= Q(act__verb=said["verb"])
        if said["who"]:
            found &= Q(act__official_name__in=_named_like(said["who"]))
        return found


def _named_like(said: str) -> list[str]:
    """Names under which somebody wrote that hold the words, without marks and case on either database. (Names are few
    beside acts, and an act's row is never written again to hold a folded one.)
    """
    names = Act.objects.order_by("official_name").values_list("official_name", flat=True).distinct()
    return [name for name in names if fold(said) in fold(name)]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Told:
    """An act in an officer's words."""

    number: ActNumber
    word: str
    who: str
    rows: int


@dataclass(frozen=True)
class Thing:
    """What an act did to one thing, and the page of that thing where it has one."""

    row: AuditRow
    word: str
    changes: list[Change]

    @property
    def name(self) -> str:
        return word_of(self.row.subject)

    @property
    def page(self) -> str:
        return address(self.row.subject, self.row.key)


@require_safe
@needs("audit.see")
def acts(request: OfficialRequest) -> HttpResponse:
    """Fifty at a time; ``truoc`` is the number before which the next page begins."""
    form = ActsForm(request.GET or None)
    found: QuerySet[ActNumber] = ActNumber.objects.order_by("-no").select_related("act")
    if form.is_bound:
        found = found.filter(form.asked()) if form.is_valid() else found.none()
    before = request.GET.get("truoc", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        found = found.filter(no__lt=int(before))
    shown = list(found[: A_PAGE + 1])
    context = {"form": form, "acts": _told(shown[:A_PAGE]), "more": shown[A_PAGE - 1].no if len(shown) > A_PAGE else 0}
    kept = {name: value for name, value in request.GET.items() if name != "truoc" and value}
    return page(
        request,
        "desk/acts.html",
        {**context, "kept": kept},
        status=200 if form.is_valid() or not form.is_bound else 422,
    )


def _told(numbers: list[ActNumber]) -> list[Told]:
    counted = AuditRow.objects.filter(act__in=[one.act_id for one in numbers]).order_by().values_list("act")
    rows = dict(counted.annotate(Count("pk")))
    return [Told(one, in_words(one.act.verb), _who(one), rows.get(one.act_id, 0)) for one in numbers]


def _who(number: ActNumber) -> str:
    act = number.act
    return ", ".join(part for part in (act.official_name, act.official_post, act.official_body) if part)


@require_safe
@needs("audit.see")
def act(request: OfficialRequest, no: int) -> HttpResponse:
    """What one act did: each thing, before and after, and its link of the chain."""
    number = ActNumber.objects.filter(no=min(no, 2**62)).select_related("act").first()
    if number is None:
        raise Http404(_("Không có lần ghi số này."))
    rows = AuditRow.objects.filter(act=number.act_id).order_by("pk")
    count = rows.count()
    turn = Turn.of(request.GET.get("trang") or "1", count, A_PAGE)
    shown = rows[turn.first - 1 : turn.last]
    context = {
        "told": Told(number, in_words(number.act.verb), _who(number), count),
        "turn": turn,
        "rows": [Thing(row, in_words(row.verb), changes(row.before, row.after)) for row in shown],
        "link": Link.objects.filter(no=number.no).first(),
    }
    return page(request, "desk/act.html", context)
