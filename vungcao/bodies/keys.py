"""Keys with which a program asks in an official's name: only to read, and only what he may see himself.

The key is shown once; what is kept is its SHA-256 (256 bits from the system's source of chance need no slow hash).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from vungcao.bodies.models import AccessKey, Official
from vungcao.evidence.actions import Signer, acting, record
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day
from vungcao.kernel.vietnamese import nfc

LONGEST_DAYS: Final = 366
_LONGEST_NAME: Final = 80
_PREFIX: Final = "vc_"


class NoKey(Refusal):
    """A key that can't be given or taken back."""

    code = "key.refused"


def give_key(official: Official, *, name: str, first: date, last: date, by: Signer) -> tuple[AccessKey, str]:
    """A key in force from ``first`` to ``last``; returns its row and the key itself, which nobody can ask for again."""
    words = nfc(name).strip()
    if not words or len(words) > _LONGEST_NAME:
        raise NoKey(_("Ghi khóa này dùng cho việc gì, không quá %(most)s chữ.") % {"most": _LONGEST_NAME})
    if last < first or (last - first).days >= LONGEST_DAYS:
        raise NoKey(_("Khóa có hiệu lực nhiều nhất một năm, và ngày cuối không đứng trước ngày đầu."))
    key = _PREFIX + secrets.token_urlsafe(32)
    with acting("key.given", by=by) as act:
        row = AccessKey.objects.create(
            act=act, official=official, name=words, digest=_digest(key), valid_from=first,
            valid_to=after_last_day(last),
        )  # fmt: skip
        record(act, row, after={"from": f"{first}", "to": f"{last}"})
    return row, key


def take_back_key(row: AccessKey, *, by: Signer) -> None:
    """From now on it opens nothing. Raises ``NoKey`` when it has been taken back before."""
    with acting("key.taken_back", by=by) as act:
        if not AccessKey.objects.filter(pk=row.pk).end(act):
            raise NoKey(_("Khóa này đã được lấy lại."))
        record(act, row, before={"to": f"{row.valid_to}"})


def official_of_key(key: str, on: date) -> Official | None:
    """Whose key it is, while it is in force and his account is active."""
    if not key.startswith(_PREFIX):
        return None
    row = AccessKey.objects.on(on).filter(digest=_digest(key)).select_related("official__user").first()
    return row.official if row is not None and row.official.user.is_active else None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
