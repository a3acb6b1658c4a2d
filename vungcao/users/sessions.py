"""Sessions as Django keeps them in its table; the question for one, asked with every page, is put together once."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
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

    def save(self, must_create: bool = False) -> None:
        """One that is there is written in one trip, without a transaction. Raises ``UpdateError`` where it is gone."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        now = self.create_model_instance(dict(self.items()))
        kept = Session.objects.filter(pk=now.pk)
        if not kept.update(session_data=now.session_data, expire_date=now.expire_date):
            raise UpdateError


@cache
def _open() -> PutOnce[Session]:
    key, now = Word("key", CharField()), Word("now", DateTimeField())
    return PutOnce(Session.objects.filter(session_key=key, expire_date__gt=now))
