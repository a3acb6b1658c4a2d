"""Rows of money given: entries of the ledger, counted while their batch stands in the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from django.db.models import F, Q

from vungcao.bodies.models import STATE_LINE, BatchEvent
from vungcao.bodies.queries import LEFT_THE_LINE
from vungcao.cube.sealed.tables import number_of
from vungcao.evidence.models import Act
from vungcao.ledger.models import Entry, Voucher, VoucherKind
from vungcao.ledger.models.accounts import REGION

OUT = -1  # the level of a batch that is not in the line
_CHUNK = 20_000
_LEVEL = {str(state.value): level for level, state in enumerate(STATE_LINE)}


def level_of(state: str) -> int:
    """The place of a state in the line: a batch at a level counts for every state up to it."""
    return _LEVEL[state]


def levels(after: int = 0) -> dict[int, list[tuple[int, int]]]:
    """Batch → (act, level from that act on), rising; only of batches with an event after act ``after``."""
    rows = BatchEvent.objects.exclude(act__numbered=None)
    if after:
        rows = rows.filter(batch__in=rows.filter(act__numbered__no__gt=after).order_by().values("batch"))
    events: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for batch, pk, no, state in rows.values_list("batch", "pk", "act__numbered__no", "state"):
        events[batch].append((no, pk, state))
    return {batch: list(_steps(found)) for batch, found in events.items()}


def _steps(events: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The level after each act that brought an event, as ``bodies.queries.batches_reached`` has it."""
    for no in sorted({no for no, _, _ in events}):
        known = [(pk, state) for at, pk, state in events if at <= no]
        left = max((pk for pk, state in known if state in LEFT_THE_LINE), default=0)
        yield no, max((_LEVEL[state] for pk, state in known if pk > left and state in _LEVEL), default=OUT)


def rows(after: int = 0, *, with_events: bool = True) -> Iterator[list[tuple[object, ...]]]:
    """Rows of the table `given` with an act after ``after``, some thousands at a time. ``with_events=False``: no batch
    is known to have had an event since.
    """
    steps: dict[int, list[tuple[int, int]]] | None = None
    touched = set(levels(after)) if after and with_events else set()
    new = Q(act__in=Act.objects.filter(numbered__no__gt=after))  # few acts, found by their index
    wanted = new | Q(voucher__in=Voucher.objects.filter(batch__in=touched)) if after else Q()
    entries = (
        Entry.objects.exclude(act__numbered=None)
        .filter(wanted, account__is_contra=False)
        .annotate(undone=F("voucher__reverses__kind"))
        .values_list(
            *("act__numbered__no", "voucher__batch", "voucher__dated", "dong", "account", "pk", "voucher__number"),
            *("voucher__kind", "undone", "voucher__decided_by"),
            *(f"account__{name}" for name in REGION),
        )
    )
    found: list[tuple[object, ...]] = []
    for entry in entries.iterator(chunk_size=_CHUNK):
        if steps is None:  # most acts bring no entry
            steps = levels()
        found += _of_entry(entry, steps, after)
        if len(found) >= _CHUNK:
            yield found
            found = []
    if found:
        yield found


def _of_entry(
    entry: tuple[object, ...], steps: Mapping[int, list[tuple[int, int]]], after: int
) -> Iterator[tuple[object, ...]]:
    written, batch, dated, dong, account, pk, number, kind, undone, decided_by, *region = entry
    is_reversal = kind == VoucherKind.REVERSAL
    about = (account, pk, number, undone or kind, is_reversal, decided_by, *region)
    changes = [(max(no, written), level) for no, level in steps.get(batch, ())]  # type: ignore[call-overload]  # the columns named above
    last = dict(changes)  # of several steps before the entry was written, the last
    for (_, before), (no, level) in pairwise([(0, OUT), *sorted(last.items())]):
        if no <= after or before == level:
            continue
        if before != OUT:
            yield (no, before, number_of(dated), -dong, -1, *about)  # type: ignore[arg-type, operator]  # as above
        if level != OUT:
            yield (no, level, number_of(dated), dong, 1, *about)  # type: ignore[arg-type]  # as above
