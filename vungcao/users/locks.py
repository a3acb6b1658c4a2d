"""When the door stays shut for a while: five wrong tries, fifteen minutes, by account and address.

Passwords are counted by axes for (account, address); codes of the second step by our log, for the account, since who
guesses those knows the password already. Both counts stand in the database: every process sees the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vungcao.users import events
from vungcao.users.client import address
from vungcao.users.models import EventKind, SignInEvent, User


def locked_page(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """What axes answers at a locked door: until when, in place of any other answer."""
    until = password_locked_until((credentials or {}).get("username") or "", address(request))
    return render(request, "account/locked.html", {"until": until}, status=429)


def password_locked_until(account: str, at: str | None) -> datetime | None:
    """Until when no password of ``account`` is looked at from ``at``; ``None`` when the door is open."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(username=account, ip_address=at, attempt_time__gt=since)
    counted = sum(one.failures_since_start for one in tries)
    if counted < settings.AXES_FAILURE_LIMIT:
        return None
    return max(one.attempt_time for one in tries) + settings.AXES_COOLOFF_TIME


def code_locked_until(user: User) -> datetime | None:
    """Until when no code of the second step is looked at; ``None`` when it is."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    wrong: list[datetime] = []
    for kind, at in events.of(user).filter(at__gt=since).values_list("kind", "at"):
        if kind in (EventKind.SIGNED_IN, EventKind.UNLOCKED):
            break
        if kind == EventKind.CODE_FAILED:
            wrong.append(at)
    if len(wrong) < settings.AXES_FAILURE_LIMIT:
        return None
    return wrong[0] + settings.AXES_COOLOFF_TIME


def locked_until(user: User) -> datetime | None:
    """Until when one account is locked for somebody; ``None`` when it is open to all."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(username=user.username, attempt_time__gt=since)
    shut = [password_locked_until(user.username, one) for one in set(tries.values_list("ip_address", flat=True))]
    return max((until for until in [*shut, code_locked_until(user)] if until), default=None)


def locked_now() -> dict[str, datetime]:
    """Accounts that are locked for somebody, and until when."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    found: dict[str, datetime] = {}
    for account, at in AccessAttempt.objects.filter(attempt_time__gt=since).values_list("username", "ip_address"):
        if until := password_locked_until(account or "", at):
            found[account or ""] = max(until, found.get(account or "", until))
    coded = SignInEvent.objects.filter(kind=EventKind.CODE_FAILED, at__gt=since, user__isnull=False)
    for user in User.objects.filter(pk__in=coded.values("user")):
        if until := code_locked_until(user):
            found[user.username] = max(until, found.get(user.username, until))
    return found


def unlock(user: User) -> None:
    """Open the door before its time, from every address and for both steps."""
    reset(username=user.get_username())
    events.note(EventKind.UNLOCKED, user=user)


def too_often(request: HttpRequest) -> HttpResponse:
    """What allauth answers when one page is asked too often in a minute."""
    return render(request, "account/locked.html", {"until": None}, status=429)
