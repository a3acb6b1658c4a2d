"""What is looked at on every request of a signed-in person: how old the session is, whose password stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vungcao.ui.rights import is_own_or_open

Answer = Callable[[HttpRequest], HttpResponseBase]
LOOK_EVERY: Final = 300  # seconds between two notes of "last seen": a page that is only read writes nothing
BEGAN, SEEN = "session_began", "session_seen"


class SessionAge:
    """A session ends after some hours without use (the cookie's age) and after a day's work at the latest.

    Every five minutes it notes when it was last seen, in the session (which moves the end of idleness) and in the list
    that its owner sees.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault(BEGAN, now)
            if now - began > settings.SESSION_LONGEST:
                logout(request)
            elif now - request.session.get(SEEN, 0) >= LOOK_EVERY:
                request.session[SEEN] = now
                UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
        return self.get_response(request)


class FirstPassword:
    """Who signs in with a password that somebody else chose may only choose his own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(request.user, "must_choose_password", False) or is_own_or_open(view):
            return None
        messages.warning(request, _("Mật khẩu này do người khác đặt. Hãy đổi mật khẩu rồi mới làm việc tiếp."))
        back = {"next": request.get_full_path()} if request.method == "GET" else {}
        return redirect(f"{reverse('account_change_password')}{'?' if back else ''}{urlencode(back)}")


class SecureHeaders:
    """Headers that Django does not write: no page needs camera, place or microphone; passkeys only here."""

    ALLOWED: Final = "camera=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self)"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", self.ALLOWED)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer
