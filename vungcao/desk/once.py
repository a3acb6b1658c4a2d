"""A form is carried out once, by the key it was drawn with: sent twice (a double click, two tabs, a broken line), the
second leads where the first led. The same key with other words typed is another form: who goes back may mend and send.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Final
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vungcao.bodies.models import Official
from vungcao.desk.models import SentForm
from vungcao.desk.rights import OfficialRequest
from vungcao.evidence.actions import lock
from vungcao.evidence.current import first_of_all
from vungcao.evidence.models import Act

FIELD: Final = "once"  # drawn by the tag of that name
_UNSAID: Final = {FIELD, "csrfmiddlewaretoken"}


class Done(Exception):
    """This form was carried out before: nothing is written again."""


def claim(act: Act, key: UUID, official: Official, carry_out: Callable[[], str]) -> str:
    """Carry a form out under an act, where no other act did; returns where it leads. Raises ``Done``."""
    if lock("desk.form", key, then=SentForm.objects.filter(key=key)):
        raise Done
    made = SentForm.objects.create(act=act, key=key, official=official, leads_to=carry_out())
    return made.leads_to


def leads_to(key: UUID, official: Official) -> str | None:
    """Where this form of his led when it was carried out; ``None`` when it was not."""
    return SentForm.objects.filter(key=key, official=official).values_list("leads_to", flat=True).first()


def answer_once(
    key: UUID, official: Official, answer: Callable[[], HttpResponse], again: Callable[[str], HttpResponse]
) -> HttpResponse:
    """The answer; of a form that cannot be carried out, ``again`` of where it led if it was carried out before, were it
    by another worker of the site while we read what it speaks of. Of one that can, that is asked behind its lock.
    """
    try:
        told = answer()
    except Http404:
        if (there := leads_to(key, official)) is None:
            raise
        return again(there)
    there = None if 300 <= told.status_code < 400 else leads_to(key, official)
    return told if there is None else again(there)


def once(name: str, *words: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view whose forms are drawn with a key: the first act that it opens is that form's. Sent again it leads to the
    page of this name, with those words of the address. Stands below ``needs``.
    """

    def of(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: OfficialRequest, *args: object, **kwargs: object) -> HttpResponse:
            key = _key(request)
            if key is None:
                return view(request, *args, **kwargs)
            there = reverse(name, kwargs={word: kwargs[word] for word in words})
            token = first_of_all.set(_Claim(key, request.official, there))
            again = partial(_again, request)
            try:
                return answer_once(key, request.official, lambda: view(request, *args, **kwargs), again)
            except Done:
                return again(there)
            finally:
                first_of_all.reset(token)

        return answered

    return of


class _Claim:
    """Of one request: its first act claims the form, those after it are of the same form."""

    def __init__(self, key: UUID, official: Official, there: str) -> None:
        self.key, self.official, self.there = key, official, there
        self.is_ours = False

    def __call__(self, act: Act) -> None:
        if self.is_ours and leads_to(self.key, self.official) is not None:
            return
        claim(act, self.key, self.official, lambda: self.there)
        self.is_ours = True


def _key(request: OfficialRequest) -> UUID | None:
    """Of the form and all that was typed into it; ``None`` where it was drawn without one."""
    try:
        drawn = UUID(request.POST[FIELD])
    except (KeyError, ValueError):
        return None
    said = sorted((name, values) for name, values in request.POST.lists() if name not in _UNSAID)
    return uuid5(drawn, repr((request.path, said)))


def _again(request: OfficialRequest, there: str) -> HttpResponse:
    messages.info(request, _("Mẫu này đã được ghi ở lần gửi trước, không ghi lần thứ hai."))
    return redirect(there)
