"""The log of the door: written when allauth and axes report what happened, read by administrators and by its owner."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models import QuerySet
from django.http import HttpRequest

from vungcao.users.client import address, device
from vungcao.users.models import EventKind, SignInEvent, User


def note(
    kind: EventKind, *, request: HttpRequest | None = None, user: Any = None, account: str = "", means: str = ""
) -> SignInEvent:
    """Write one event. ``account`` is what was typed; a name that nobody bears is not kept, since it may well be a
    password typed in the wrong place.
    """
    known = user if isinstance(user, User) else User.objects.filter(username=account).first() if account else None
    if known is None and account:
        means = means or "unknown"
    return SignInEvent.objects.create(
        kind=kind,
        user=known,
        account=known.get_username() if known else "",
        address=address(request) if request else None,
        device=device(request.META.get("HTTP_USER_AGENT", "")) if request else "",
        means=means,
    )


def of(user: User) -> QuerySet[SignInEvent]:
    """What happened to one account, newest first."""
    return SignInEvent.objects.filter(user=user).order_by("-at", "-pk")


def listen() -> None:
    """Connect the log; called once, when the room is ready."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="log")
    account.password_changed.connect(_password_changed, dispatch_uid="log")
    user_login_failed.connect(_failed, dispatch_uid="log")
    user_logged_out.connect(_signed_out, dispatch_uid="log")
    user_locked_out.connect(_locked, dispatch_uid="log")
    mfa.authentication_failed.connect(_code_failed, dispatch_uid="log")
    mfa.authenticator_added.connect(_factor(EventKind.FACTOR_ADDED), dispatch_uid="log", weak=False)
    mfa.authenticator_removed.connect(_factor(EventKind.FACTOR_REMOVED), dispatch_uid="log", weak=False)
    mfa.authenticator_reset.connect(_factor(EventKind.CODES_RENEWED), dispatch_uid="log", weak=False)


def _signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    from allauth.account.internal.flows.login import get_authentication_records

    steps = get_authentication_records(request, user)
    means = " + ".join(str(step.get("type") or step.get("provider") or step["method"]) for step in steps[-2:])
    note(EventKind.SIGNED_IN, request=request, user=user, means=means)


def _password_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    note(EventKind.PASSWORD_CHANGED, request=request, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    if not getattr(request, "axes_locked_out", False):  # a try at a locked door is told as the lock it meets
        note(EventKind.FAILED, request=request, account=str(credentials.get("username") or ""))


def _locked(request: HttpRequest, username: str | None = None, **_more: Any) -> None:
    note(EventKind.LOCKED, request=request, account=username or "")


def _signed_out(request: HttpRequest, user: Any = None, **_more: Any) -> None:
    if isinstance(user, User):
        note(EventKind.SIGNED_OUT, request=request, user=user)


def _code_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    note(EventKind.CODE_FAILED, request=request, user=user, means=authenticator.type)


def _factor(kind: EventKind) -> Any:
    def noted(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
        note(kind, request=request, user=user, means=authenticator.type)

    return noted
