"""Verbs on accounts: what an administrator does to the sign-in of an official. Each is an act and a line of the log."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Official
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.queries import start_of
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day
from vungcao.users import events, locks
from vungcao.users.models import EventKind, SignInEvent, User

_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another on paper


class NoSuchAccount(Refusal):
    """No account bears the name."""

    code = "account.unknown"


def account(username: str) -> User:
    """The account of a name. Raises ``NoSuchAccount``."""
    found = User.objects.filter(username=username).first()
    if found is None:
        raise NoSuchAccount(_("Không có tài khoản “%(username)s”.") % {"username": username})
    return found


def official(username: str) -> Official:
    """The official who signs in by a name. Raises ``NoSuchAccount``."""
    found = Official.objects.filter(user__username=username).first()
    if found is None:
        raise NoSuchAccount(
            _("Không có cán bộ nào với tài khoản “%(username)s”. Xem danh sách cán bộ.") % {"username": username}
        )
    return found


def new_password() -> str:
    """Four groups of four letters, for one use: ``k7pm-x2ra-…``."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(4))


def give_first_password(user: User, *, by: Signer, password: str = "") -> str:
    """Set a password that must be changed at the next sign-in, one made now unless said, and end what is open. Returned
    once, kept nowhere. Raises ``Refusal`` for one that is too weak.

    An account for trying out is one no longer.
    """
    if password:
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise Refusal(" ".join(weak.messages), field="password") from weak
    password = password or new_password()
    with acting("account.password_given", by=by) as act:
        user.set_password(password)
        user.password_given_at, user.is_demo = timezone.now(), False
        user.save(update_fields=["password", "password_given_at", "is_demo"])
        record(act, user, after={"password": "given"})
        events.note(EventKind.PASSWORD_GIVEN, user=user)
        _end_sessions(user)
        locks.unlock(user)
    return password


def unlock(user: User, *, by: Signer) -> None:
    """Open a locked door before its time."""
    with acting("account.unlocked", by=by) as act:
        record(act, user, after={"locked": False})
        locks.unlock(user)


def remove_second_factors(user: User, *, by: Signer) -> int:
    """For who has lost phone and codes: app, recovery codes and passkeys go. Returns how many there were."""
    held = Authenticator.objects.filter(user=user)
    with acting("account.factors_removed", by=by) as act:
        kinds = sorted(held.values_list("type", flat=True))
        record(act, user, before={"factors": kinds}, after={"factors": []})
        for kind in kinds:
            events.note(EventKind.FACTOR_REMOVED, user=user, means=kind)
        held.delete()
        _end_sessions(user)
    return len(kinds)


def end_sessions(user: User, *, by: Signer) -> int:
    """Sign an account out everywhere. Returns from how many browsers."""
    with acting("account.sessions_ended", by=by) as act:
        ended = _end_sessions(user)
        record(act, user, after={"sessions_ended": ended})
    return ended


def stop(user: User, *, active: bool, by: Signer) -> None:
    """Close an account (nobody is ever deleted) or open it again."""
    with acting("account.opened" if active else "account.stopped", by=by) as act:
        record(act, user, before={"active": user.is_active}, after={"active": active})
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            _end_sessions(user)


def link(user: User, said: str, *, by: Signer) -> None:
    """Let the identity provider's person in as ``user``: an e-mail address checked by the office, else a subject.

    Raises ``Refusal`` when another account is linked to it.
    """
    with acting("account.linked", by=by) as act:
        lock("account.link")
        if "@" in said:
            _link_address(user, said.strip().lower())
        else:
            taken = SocialAccount.objects.filter(provider=settings.OIDC_PROVIDER, uid=said).exclude(user=user)
            if taken.exists():
                raise Refusal(_("Mã định danh này đã gắn với tài khoản khác."))
            SocialAccount.objects.get_or_create(user=user, provider=settings.OIDC_PROVIDER, uid=said)
        record(act, user, after={"linked": "address" if "@" in said else "subject"})
        events.note(EventKind.LINKED, user=user, means=settings.OIDC_PROVIDER)


def unlink(user: User, *, by: Signer) -> None:
    """Take every link to the identity provider back."""
    with acting("account.unlinked", by=by) as act:
        SocialAccount.objects.filter(user=user).delete()
        EmailAddress.objects.filter(user=user).delete()
        record(act, user, after={"linked": None})


def forget_door_log(*, on: date, by: Signer) -> int:
    """Delete what happened at the door more than ``DOOR_LOG_DAYS`` before the day ``on``; how many lines went. The act
    keeps how many and before which day; where nothing is so old, nothing is written.
    """
    first_kept = on - timedelta(days=settings.DOOR_LOG_DAYS)
    old = SignInEvent.objects.filter(at__lt=start_of(first_kept))
    if not old.exists():
        return 0
    try:
        with acting("account.door_log_forgotten", by=by, reason=f"sự kiện trước ngày {day(first_kept)}") as act:
            gone: int = old.delete()[0]
            if not gone:
                raise _NothingForgotten
            record(act, act, after={"events": gone, "before": f"{first_kept}"})
    except _NothingForgotten:  # another worker has just forgotten them
        return 0
    return gone


class _NothingForgotten(Exception):
    """Rolls an act back that deleted nothing."""


def _link_address(user: User, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise Refusal(_("“%(address)s” không phải địa chỉ thư điện tử.") % {"address": address}) from wrong
    if EmailAddress.objects.filter(email=address).exclude(user=user).exists():
        raise Refusal(_("Địa chỉ này đã gắn với tài khoản khác."))
    first = not EmailAddress.objects.filter(user=user, primary=True).exclude(email=address).exists()
    EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": first})


def _end_sessions(user: User) -> int:
    open_now = list(UserSession.objects.filter(user=user))
    for session in open_now:
        session.end()
    if open_now:
        events.note(EventKind.SESSIONS_ENDED, user=user)
    return len(open_now)
