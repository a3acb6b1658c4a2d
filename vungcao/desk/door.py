"""The log of the door for an administrator: who signed in or failed to, when, from where, by which means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vungcao.bodies.models import Official
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.evidence.queries import start_of
from vungcao.kernel.vietnamese import fold
from vungcao.ui.forms import PlainForm
from vungcao.users.models import EventKind, SignInEvent

A_PAGE: Final = 50
REFUSED: Final = (EventKind.FAILED, EventKind.CODE_FAILED, EventKind.LOCKED, EventKind.NOT_LINKED)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "15/11/2026"}),
        error_messages={"invalid": gettext_lazy("Ngày viết theo ngày/tháng/năm, ví dụ 15/11/2021.")},
    )


class DoorForm(PlainForm):
    """Which events: whose, between which days, with which outcome."""

    ids = "door"
    who = forms.CharField(label=gettext_lazy("Tài khoản hoặc họ tên"), required=False, max_length=120)
    since = _day(gettext_lazy("Từ ngày"))
    until = _day(gettext_lazy("Đến hết ngày"))
    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("outcome", [("", _("tất cả")), ("refused", _("không vào được")), *EventKind.choices])

    def asked(self) -> Q:
        """The condition; only of a valid form."""
        said = self.cleaned_data
        found = Q()
        if said["since"]:
            found &= Q(at__gte=start_of(said["since"]))
        if said["until"]:
            found &= Q(at__lt=start_of(said["until"] + timedelta(days=1)))
        if said["outcome"]:
            found &= Q(kind__in=REFUSED) if said["outcome"] == "refused" else Q(kind=said["outcome"])
        if said["who"]:
            found &= _of_who(fold(said["who"]))
        return found


def _of_who(wanted: str) -> Q:
    """Accounts whose name, or whose official's name, holds the words, without marks and case."""
    officials = Official.objects.exclude(user=None).values_list("user", "name")
    users = {user for user, name in officials if wanted in fold(name)}
    names = SignInEvent.objects.order_by("account").values_list("account", flat=True).distinct()
    return Q(user__in=users) | Q(account__in=[name for name in names if name and wanted in fold(name)])


@dataclass(frozen=True)
class Told:
    """One event, with whose account it is."""

    event: SignInEvent
    name: str
    tone: str


@require_safe
@needs("door.see")
def door(request: OfficialRequest) -> HttpResponse:
    """Fifty at a time, the newest first; ``truoc`` is the key before which the next page begins."""
    form = DoorForm(request.GET or None)
    rows = SignInEvent.objects.order_by("-pk")
    if form.is_bound:
        rows = rows.filter(form.asked()) if form.is_valid() else rows.none()
    counted = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    before = request.GET.get("truoc", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: A_PAGE + 1])
    context = {
        "form": form,
        "events": _told(shown[:A_PAGE]),
        "more": shown[A_PAGE - 1].pk if len(shown) > A_PAGE else 0,
        "kept": {name: value for name, value in request.GET.items() if name != "truoc" and value},
        "count": sum(counted.values()),
        "refused": sum(counted.get(kind, 0) for kind in REFUSED),
        "days": settings.DOOR_LOG_DAYS,
    }
    return page(request, "desk/door.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


def _told(events: list[SignInEvent]) -> list[Told]:
    users = {event.user_id for event in events} - {None}
    names = dict(Official.objects.filter(user__in=users).values_list("user", "name"))
    return [Told(one, names.get(one.user_id or 0, ""), "fails" if one.kind in REFUSED else "quiet") for one in events]
