"""One's own account: what protects it, where it is signed in, what happened at its door; and sending a form again."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vungcao.ui.rights import at_the_door, own_account
from vungcao.users import events
from vungcao.users.client import device
from vungcao.users.kept_form import discard, kept_form
from vungcao.users.models import EventKind, User

LATEST = 12


@own_account
@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What protects the account, and the last things that happened at its door."""
    user: User = request.user  # type: ignore[assignment]  # the page needs a session
    factors = {one.type: one for one in Authenticator.objects.filter(user=user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "account/account.html",
        {
            "totp": factors.get(Authenticator.Type.TOTP),
            "passkeys": Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by(
                "created_at"
            ),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
            "sessions": len(UserSession.objects.purge_and_list(user)),
            "events": events.of(user)[:LATEST],
        },
    )


class Sessions(ListUserSessionsView):
    """The asker's sessions; a POST with one's number ends that one, without it all others."""

    template_name = "account/sessions.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        told = super().get_context_data(**more)
        rows = [
            {"session": one, "device": device(one.user_agent), "here": one.is_current()}
            for one in sorted(told["sessions"], key=lambda one: one.last_seen_at, reverse=True)
        ]
        return {
            **told,
            "rows": rows,
            "idle": settings.SESSION_COOKIE_AGE // 60,
            "longest": settings.SESSION_LONGEST // 3600,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        number = self.request.POST.get("session", "")
        mine = UserSession.objects.filter(user=self.request.user)
        chosen = next((one for one in mine if f"{one.pk}" == number), None)
        if number and chosen is None:
            raise Http404
        events.note(EventKind.SESSIONS_ENDED, request=self.request, user=self.request.user)
        if chosen is None:
            answer: HttpResponse = super().form_valid(form)
            return answer
        end_sessions(self.request, [chosen])
        messages.success(self.request, _("Đã kết thúc phiên."))
        return redirect("sessions")


class AddPasskey(AddWebAuthnView):
    """As the library's; what the browser is asked stands in an attribute, since no script may stand in a page."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        told = super().get_context_data(**more)
        return {**told, "options": told["js_data"]["creation_options"]}


class PasskeyAgain(ReauthenticateWebAuthnView):
    """A passkey before a sensitive page."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        told = super().get_context_data(**more)
        return {**told, "options": told["js_data"]["request_options"]}


@own_account
@never_cache
@require_safe
def send_again(request: HttpRequest) -> HttpResponse:
    """What was typed when the session had ended, with one button that sends it."""
    kept = kept_form(request)
    if kept is None:
        messages.info(request, _("Không còn biểu nào chờ gửi lại."))
        return redirect("desk:home")
    shown = [(name, value) for name, value in kept.fields if value.strip()]
    return render(request, "account/send_again.html", {"kept": kept, "shown": shown})


@own_account
@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """Forget what was typed."""
    discard(request)
    messages.info(request, _("Đã bỏ, không gửi gì."))
    return redirect("desk:home")


@own_account
@never_cache
@require_safe
def no_password(request: HttpRequest) -> HttpResponse:
    """Who signs in through the identity provider only has no password here to change."""
    messages.info(
        request,
        _("Tài khoản này đăng nhập qua hệ thống định danh, không có mật khẩu riêng ở đây."),
    )
    return redirect("account")


@at_the_door
@never_cache
def inactive(request: HttpRequest) -> HttpResponse:
    """The account was stopped."""
    return render(request, "account/inactive.html", status=403)
