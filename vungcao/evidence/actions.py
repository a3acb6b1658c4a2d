"""Verbs of evidence: open an act, number it at commit, record what it did, keep a file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from vungcao.evidence.current import first_of_all, under_way
from vungcao.evidence.models import Act, ActNumber, AuditRow, Source
from vungcao.evidence.moment import let_go

ORDER_LOCK: Final = 0x56_43_41_4F  # "VCAO": one lock for the order of knowledge
_whole: ContextVar[bool] = ContextVar("whole", default=False)


@dataclass(frozen=True)
class Snapshot:
    """Who acts, as text that stays true when the person changes post; ``user_id`` is the account, if any."""

    name: str
    post: str = ""
    body: str = ""
    user_id: int | None = None

    @property
    def snapshot(self) -> Snapshot:
        return self


class Signer(Protocol):
    """Anyone who can sign an act: an official (``bodies``) or a snapshot."""

    @property
    def snapshot(self) -> Snapshot: ...


SYSTEM: Final = Snapshot(name="vungcao", post="Hệ thống")


@contextmanager
def acting(verb: str, *, by: Signer, reason: str = "", is_whole: bool = False) -> Iterator[Act]:
    """One writing transaction with one act; inside another act it joins that one.

    The number is given by the last statement (order lock, then max + 1), so whoever sees N sees 1…N and a
    rollback leaves no gap. The lock falls only after the commit is visible. A joined part that is refused leaves
    nothing behind, even where the outer act goes on; an act that ``is_whole`` never goes on, so its parts need no
    savepoints.
    """
    current = under_way.get()
    if current is not None:
        with transaction.atomic(savepoint=not _whole.get()):
            yield current
        return
    who = by.snapshot
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        act = Act.objects.create(
            verb=verb,
            reason=reason,
            user_id=who.user_id,
            official_name=who.name,
            official_post=who.post,
            official_body=who.body,
            opened_at=timezone.now(),
        )
        token, whole = under_way.set(act), _whole.set(is_whole)
        try:
            if (first := first_of_all.get()) is not None:
                first(act)
            yield act
        finally:
            _whole.reset(whole)
            under_way.reset(token)
            let_go()
        _number(act, is_last=is_outermost)
    let_go()


def lock(*key: object, then: QuerySet[Any] | None = None) -> bool:
    """Let one transaction at a time decide about ``key`` (to the commit). SQLite's writers already go one by one.

    Is there one of the rows ``then``? That is asked behind the lock, in the same trip.
    """
    if connection.vendor != "postgresql":
        return then is not None and then.exists()
    digest = hashlib.sha256(repr(key).encode()).digest()
    sql, words = "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)]
    with connection.cursor() as cursor:
        if then is None:
            cursor.execute(sql, words)
            return False
        asked, more = then.order_by().values("pk")[:1].query.sql_with_params()
        cursor.execute(f"{sql}; {asked}", [*words, *more])
        cursor.nextset()
        return cursor.fetchone() is not None


def _number(act: Act, *, is_last: bool) -> None:
    """Give the next number, in one trip, so that nobody waits behind our interpreter for the order lock: what this
    transaction still has to prove (its keys) is proved before the lock is asked for, not while the others wait, and
    where nothing comes after it (``is_last``) the commit goes along: what Django then commits is committed already.
    SQLite's IMMEDIATE transaction already holds the lock.
    """
    table, at = ActNumber._meta.db_table, connection.ops.adapt_datetimefield_value(timezone.now())
    is_postgres = connection.vendor == "postgresql"
    before = (
        f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SELECT pg_advisory_xact_lock({ORDER_LOCK}); "
    )
    last = f"(SELECT recorded_at FROM {table} ORDER BY no DESC LIMIT 1)"
    given = (
        f"INSERT INTO {table} (no, act_id, recorded_at) SELECT coalesce(max(no), 0) + 1, %s, "
        f"{'greatest' if is_postgres else 'max'}(coalesce({last}, %s), %s) FROM {table}"
    )
    after = "; COMMIT" if is_postgres and is_last else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{before if is_postgres else ''}{given}{after}", [act.pk, at, at])


def record(
    act: Act, thing: models.Model, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    """Write the audit row of what ``act`` did to ``thing``, in the same transaction."""
    AuditRow.objects.create(
        act=act, verb=act.verb, subject=thing._meta.label, key=str(thing.pk), before=before, after=after
    )


def file_folder() -> Path:
    """Where kept files stand, by hash."""
    folder: Path = settings.HOME / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep_file(path: Path, *, act: Act, kind: str, **about: Any) -> Source:
    """Keep a file's bytes by their hash and write its source row.

    The bytes are written before the row and never overwritten, so a killed process leaves at most a file that
    no row names.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    kept = file_folder() / f"{digest}{path.suffix.lower()}"
    if not kept.exists():
        half = kept.with_suffix(f"{kept.suffix}.part{act.pk}")  # no other worker writes into this half
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(kept)
    return Source.objects.create(act=act, kind=kind, name=path.name, sha256=digest, **about)


def cite(*, act: Act, kind: str, name: str, number: str = "", dated: date | None = None, **about: Any) -> Source:
    """The source row of a paper that is cited but not held as a file; the same paper is cited once, also by two who
    cite it at once.
    """
    lock("cite", kind, name, number, dated)
    known = Source.objects.filter(kind=kind, name=name, number=number, dated=dated, sha256="").order_by("id").first()
    return known or Source.objects.create(act=act, kind=kind, name=name, number=number, dated=dated, **about)
