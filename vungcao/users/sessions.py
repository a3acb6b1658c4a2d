"""Sessions as Django keeps them in its table; the question for one, asked with every page, is put together once."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from vungcao.kernel.put_once import PutOnce, Word


class SessionStore(db.SessionStore):
    """``SESSION_ENGINE`` finds it by this name."""

    def _get_session_from_db(self) -> Session | None:
        found = _open().ask(key=self.session_key, now=timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None


@cache
def _open() -> PutOnce[Session]:
    key, now = Word("key", CharField()), Word("now", DateTimeField())
    return PutOnce(Session.objects.filter(session_key=key, expire_date__gt=now))
