"""An expired session in mid-form keeps what was typed.

A POST without a session is refused as always, but its text is laid by, signed and for one hour, in the visitor's new
session. After sign-in a page shows it with one button that sends it again; nothing is ever sent by opening a page.
Files and passwords are not kept. A form that fails the CSRF check, which comes first, is kept only where the browser
says that it was sent from a page of this site: one drawn before the last sign-in, in another tab.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.views.csrf import csrf_failure
from django_htmx.http import HttpResponseClientRedirect

from vungcao.ui.rights import is_own_or_open

KEY: Final = "kept_form"
HOLDS: Final = 3600  # seconds
LARGEST: Final = 32 * 1024  # characters of names and values together
_NEVER: Final = re.compile(r"pass|mat_?khau|secret|token|credential|csrf", re.IGNORECASE)


@dataclass(frozen=True)
class KeptForm:
    """A form that could not be sent: where to, its fields as (name, value), whether files were chosen."""

    to: str
    back: str
    fields: list[list[str]]
    had_files: bool


class SignInFirst(LoginRequiredMiddleware):
    """Everything but the door needs a session; a form that comes without one is kept."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated and request.method == "POST" and KEY in request.session:
            kept = kept_form(request)
            if kept is None or kept.to == request.get_full_path():
                discard(request)
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(  # type: ignore[override]  # a script is answered with a header, not a redirect
        self, request: HttpRequest, view: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        answer: HttpResponse = super().handle_no_permission(request, view)
        if request.method == "POST":
            answer = redirect_to_login(reverse("send-again") if keep(request) else _page_of(request))
        return HttpResponseClientRedirect(answer["Location"]) if request.headers.get("HX-Request") else answer


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What the CSRF check answers: a form of our own page older than the sign-in is laid by, no other."""
    came_from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not came_from_here or is_own_or_open(resolve(request.path_info).func) or not keep(request):
        return csrf_failure(request, reason)
    to = reverse("send-again")
    answer = redirect(to) if request.user.is_authenticated else redirect_to_login(to)
    return HttpResponseClientRedirect(answer["Location"]) if request.headers.get("HX-Request") else answer


def keep(request: HttpRequest) -> bool:
    """Lay the form by; ``False`` when it holds nothing to keep or is too large."""
    fields = [[name, value] for name, values in request.POST.lists() for value in values if not _NEVER.search(name)]
    if not any(value.strip() for _name, value in fields) or sum(len(a) + len(b) for a, b in fields) > LARGEST:
        return False
    kept = KeptForm(request.get_full_path(), _page_of(request), fields, bool(request.FILES))
    request.session[KEY] = signing.dumps(asdict(kept), salt=KEY, compress=True)
    return True


def kept_form(request: HttpRequest) -> KeptForm | None:
    """What was laid by; ``None`` when nothing, or an hour has gone by."""
    try:
        return KeptForm(**signing.loads(request.session.get(KEY, ""), salt=KEY, max_age=HOLDS))
    except signing.BadSignature:
        return None


def discard(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEY, None)


def _page_of(request: HttpRequest) -> str:
    """The page the form stood on: the referring page of this site, else where it was sent."""
    origin = f"{request.scheme}://{request.get_host()}"
    came = request.META.get("HTTP_REFERER", "")
    return came.removeprefix(origin) if came.startswith(f"{origin}/") else request.get_full_path()
