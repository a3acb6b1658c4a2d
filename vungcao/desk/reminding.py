"""The page of who owes a figure or is slow: one click writes the letters; each letter with its text for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.questions import programmes
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.kernel.refusal import Refusal
from vungcao.reports.models import FrozenReport
from vungcao.reports.queries import letters_in_reach, sees_the_province
from vungcao.reports.reminders.actions import look, remind
from vungcao.reports.reminders.letter import Sender
from vungcao.reports.reminders.phone import both
from vungcao.ui.forms import PageQuestion


class ReminderForm(PageQuestion):
    """Which programme, as of when, below which rate a body is slow; until when an answer is wanted."""

    programme = forms.ChoiceField(label=gettext_lazy("Chương trình"))
    on = forms.DateField(
        label=gettext_lazy("Số liệu đến ngày"), required=False, help_text=gettext_lazy("để trống: ngày mới nhất có số")
    )
    below = forms.DecimalField(
        label=gettext_lazy("Chậm là dưới (%)"),
        required=False,
        min_value=1,
        max_value=100,
        localize=True,
        help_text=gettext_lazy("để trống: bình quân cả tỉnh"),
    )
    reply_by = forms.DateField(label=gettext_lazy("Hạn trả lời"), required=False)

    def __init__(self, data: Any) -> None:
        said = data.copy()
        listed = programmes()
        if listed:
            said.setdefault("programme", listed[0][0])
        super().__init__(said)
        self.choose("programme", listed)


@dataclass(frozen=True)
class Sent:
    """A letter that stands, with its text for a phone with and without marks."""

    letter: FrozenReport
    accented: str
    plain: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs("reminders.see", to_send="reminders.write")
@once("desk:reminders")
def reminders(request: OfficialRequest) -> HttpResponse:
    """Who owes a figure or is slow, asked with the asker's reach; a POST writes the letters to all of them."""
    if not sees_the_province(request.reach, timezone.localdate()):
        raise PermissionDenied(_("Trang đôn đốc dành cho người được xem số liệu của cả tỉnh."))
    form = ReminderForm(request.POST if request.method == "POST" else request.GET)
    context: dict[str, Any] = {
        "form": form,
        "may_write": may(request.official, "reminders.write"),
        "refused": "",
        "found": None,
    }
    if not form.is_valid():
        return page(request, "desk/reminders.html", context, status=422 if request.method == "POST" else 200)
    asked = form.cleaned_data
    try:
        if request.method == "POST":
            return _write(request, asked)
        query, found = look(programme=asked["programme"], on=asked["on"], below=asked["below"], reach=request.reach)
    except Refusal as refusal:
        return page(request, "desk/reminders.html", {**context, "refused": str(refusal)})
    letters = letters_in_reach(request.reach).filter(
        kind="reminder", programme=asked["programme"], period=query.on.isoformat(), superseded_by=None
    )
    sent = [Sent(one, *both(one.short_text)) for one in letters.order_by("pk")]
    return page(request, "desk/reminders.html", {**context, "on": query.on, "found": found, "sent": sent})


def _write(request: OfficialRequest, asked: dict[str, Any]) -> HttpResponse:
    remind(
        programme=asked["programme"],
        on=asked["on"],
        below=asked["below"],
        sender=Sender(reply_by=asked["reply_by"]),
        reach=request.reach,
        by=request.official,
    )
    said = {name: request.POST.get(name, "") for name in ("programme", "on", "below", "reply_by")}
    return redirect(f"{reverse('desk:reminders')}?{urlencode({k: v for k, v in said.items() if v})}#letters")
