"""Roles that must have a second factor: until it is set up, only one's own account opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import rights
from vungcao.bodies.models import Official, Role
from vungcao.ui.rights import is_own_or_open
from vungcao.users.models import User


class RequiredSecondFactor:
    """``VUNGCAO_REQUIRE_MFA`` names the roles; where it names none, nothing is asked of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if unknown := set(settings.REQUIRE_MFA) - set(Role.values):
            raise ImproperlyConfigured(f"VUNGCAO_REQUIRE_MFA: không có vai trò {sorted(unknown)}; có: {Role.values}.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.REQUIRE_MFA or not isinstance(request.user, User) or is_own_or_open(view):
            return None
        if has_second_factor(request.user) or not must_have_second_factor(request.user):
            return None
        messages.warning(
            request,
            _(
                "Vai trò của tài khoản này phải có bước xác thực thứ hai. "
                "Hãy bật ứng dụng sinh mã hoặc thêm khóa đăng nhập."
            ),
        )
        return redirect("account")


def must_have_second_factor(user: User) -> bool:
    """Does the user hold or act in, today, a post whose role is named in the settings?"""
    official: Official | None = getattr(user, "official", None)
    return official is not None and any(
        post.role in settings.REQUIRE_MFA for post in rights.posts(official, timezone.localdate())
    )


def has_second_factor(user: User) -> bool:
    """An app that makes codes, or a passkey; recovery codes alone are none."""
    wanted = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=wanted).exists()
