"""Questions about money not spent yet and its causes."""

from __future__ import annotations

from datetime import date

from vungcao.bodies.queries import batches_reached
from vungcao.evidence.keeping import known_at
from vungcao.ledger.models import Unspent


def standing(reporter: int, as_of: date, *, known: int | None = None, state: str = "received") -> list[Unspent]:
    """Lines of the latest form of a reporter for a day, in its order."""
    rows = Unspent.objects.filter(
        known_at(known), reporter=reporter, as_of=as_of, batch__in=batches_reached(state, known)
    ).order_by("pk")
    latest = rows.values_list("batch", flat=True).last()
    return list(rows.filter(batch=latest)) if latest else []


def latest_forms(on: date, *, known: int | None = None, state: str = "received") -> list[Unspent]:
    """Lines of every reporter's latest form as of a day up to ``on``, by reporter, in the form's order."""
    said = Unspent.objects.filter(known_at(known), as_of__lte=on, batch__in=batches_reached(state, known))
    latest: dict[int, date] = {}
    for reporter, as_of in said.values_list("reporter", "as_of").distinct():
        latest[reporter] = max(as_of, latest.get(reporter, as_of))
    return [
        line for reporter in sorted(latest) for line in standing(reporter, latest[reporter], known=known, state=state)
    ]
