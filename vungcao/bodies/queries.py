"""Questions to bodies: who is there on a day, who holds which post, how far a batch has come, who may see what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from vungcao.bodies.models import (
    STATE_LINE,
    Batch,
    BatchEvent,
    BatchState,
    Body,
    BodyVersion,
    Delegation,
    Official,
    Posting,
)
from vungcao.bodies.reach import Reach
from vungcao.evidence.every_row import EveryRow
from vungcao.evidence.keeping import known_at
from vungcao.evidence.moment import held
from vungcao.evidence.remembering import Remembered
from vungcao.kernel.trees import Tree
from vungcao.kernel.validity import last_day, lives_of
from vungcao.kernel.years import NOT_DIVIDED

Postings = tuple[tuple[Posting, ...], tuple[Posting, ...]]
LEFT_THE_LINE = (BatchState.RETURNED, BatchState.SUPERSEDED)


class BodyTree(Tree):
    """The bodies in force on one day. The root is ``*``, "not divided by body"; who has no superior hangs from it."""

    def __init__(self, versions: Iterable[BodyVersion]) -> None:
        rows = sorted(versions, key=lambda row: row.body.key)
        standing = {row.body_id for row in rows}
        root = next((row.body_id for row in rows if row.body.key == NOT_DIVIDED), None)
        super().__init__(
            {
                row.body_id: None if row.body_id == root else row.parent_id if row.parent_id in standing else root
                for row in rows
            }
        )
        self.root = root
        self.keys: Mapping[int, str] = {row.body_id: row.body.key for row in rows}
        self.ids: Mapping[str, int] = {key: node for node, key in self.keys.items()}
        self.names: Mapping[int, str] = {row.body_id: row.name for row in rows}
        self.also: Mapping[int, tuple[str, ...]] = {row.body_id: tuple(row.also) for row in rows}
        self.kinds: Mapping[int, str] = {row.body_id: row.kind for row in rows}
        self.places: Mapping[int, int | None] = {row.body_id: row.place_id for row in rows}


_every: Final[EveryRow[BodyVersion]] = EveryRow(BodyVersion, "body")
_trees: Remembered[BodyTree] = Remembered(BodyVersion)
_lives: Remembered[Any] = Remembered(BodyVersion, room=8)
_postings: Final[Remembered[Postings]] = Remembered(Posting, Delegation, room=512)


def body(key: str) -> Body | None:
    """The body of a key, in force or not."""
    return Body.objects.filter(key=key).first()


def tree(on: date, known: int | None = None) -> BodyTree:
    """The bodies in force on ``on`` as known at act number ``known`` (``None``: now)."""
    return _trees.get(on, known, lambda: BodyTree(row for row in _versions(known) if row.holds_on(on)))


def version(body_id: int, on: date, known: int | None = None) -> BodyVersion | None:
    """The version of a body in force on a day."""
    return next((row for row in lives(known).get(body_id, []) if row.holds_on(on)), None)


def _versions(known: int | None) -> list[BodyVersion]:
    """Every version that stands, of any day; kept in memory: the trees of all days are made of one reading."""
    found: list[BodyVersion] = _lives.get("versions", known, lambda: _every.standing(known))
    return found


def lives(known: int | None = None) -> dict[int, list[BodyVersion]]:
    """Every version that stands, by body, the earliest first; kept in memory."""

    made: dict[int, list[BodyVersion]] = _lives.get("lives", known, lambda: lives_of(_versions(known), "body_id"))
    return made


def naming(body_id: int, on: date | None = None, known: int | None = None) -> tuple[str, date | None]:
    """Name of a body on any day and its last day in force: the version of the day, else the latest one."""
    rows = lives(known).get(body_id, [])
    there = [row for row in rows if on and row.holds_on(on)]
    found = next(reversed(there or rows), None)
    if found is None:
        return Body.objects.values_list("key", flat=True).get(pk=body_id), None
    return found.name, last_day(found.valid_to)


def posting_today(official: Official) -> tuple[Posting | None, str]:
    """The first post in force today and the name of its body; ``(None, "")`` without a post."""
    today = timezone.localdate()
    mine, _acted = postings_of(official, today)
    posting = min(mine, key=lambda one: (one.valid_from or date.min, one.pk), default=None)
    return (posting, naming(posting.body_id, today)[0]) if posting else (None, "")


def postings_of(official: Official, on: date) -> Postings:
    """His own posts in force on a day and those of others in which he acts, each by database key; kept in memory."""

    def ask() -> Postings:
        acts_in = Delegation.objects.on(on).filter(deputy=official).values("posting")
        rows = list(Posting.objects.on(on).filter(Q(official=official) | Q(pk__in=acts_in)).order_by("pk"))
        own = tuple(row for row in rows if row.official_id == official.pk)
        return own, tuple(row for row in rows if row.official_id != official.pk)

    return _postings.get((official.pk, on), None, ask)


def batches_reached(state: str, known: int | None = None) -> QuerySet[BatchEvent, Any]:
    """Keys (``values("batch")``, for use as a subquery) of batches that have reached ``state`` and are still in line.

    A batch that was returned or superseded has left the line; handed in again, it counts from there anew.
    """
    if state not in STATE_LINE:
        raise ValueError(f"{state!r} is no state of the line")
    line = STATE_LINE[STATE_LINE.index(BatchState(state)) :]
    events = BatchEvent.objects.filter(known_at(known)).order_by().values("batch")
    # One pass grouped by batch: nothing in it looks at another row, so no planner without statistics can go astray.
    return (
        events.annotate(reached=Max("pk", filter=Q(state__in=line)), left=Max("pk", filter=Q(state__in=LEFT_THE_LINE)))
        .filter(reached__gt=Coalesce("left", 0))
        .values("batch")
    )


def batch_state(batch_id: int, known: int | None = None) -> BatchState | None:
    """The state a batch stands in; ``None`` when it was not known yet."""
    said = BatchEvent.objects.filter(known_at(known), batch_id=batch_id).order_by("-pk").values_list("state", flat=True)
    last = said.first()
    return BatchState(last) if last else None


def batch_states(known: int | None = None) -> dict[int, BatchState]:
    """The state of every batch known then; a page that names many asks once."""

    def ask() -> dict[int, BatchState]:
        last = BatchEvent.objects.filter(known_at(known)).order_by().values("batch").annotate(last=Max("pk"))
        rows = BatchEvent.objects.filter(pk__in=last.values("last")).values_list("batch", "state")
        return {batch: BatchState(state) for batch, state in rows}

    return held(("batch states", known), ask)


def batches_in_reach(reach: Reach) -> QuerySet[Batch]:
    """Batches handed in by bodies that the asker may see; a file holds the figures of its whole body."""
    return Batch.objects.filter(body__in=reach.all_bodies()).select_related("source", "body").order_by("pk")
