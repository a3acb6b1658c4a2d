"""Questions to the order of knowledge."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from vungcao.evidence.current import under_way
from vungcao.evidence.models import ActNumber
from vungcao.evidence.moment import held
from vungcao.kernel.put_once import PutOnce


def last_number() -> int:
    """The greatest act number that this transaction sees; 0 when nothing was ever written."""
    return stamp()[0]


def stamp() -> tuple[int, datetime | None]:
    """The last number with its time: what an answer kept in memory is valid for. (The time tells two databases, or
    a database emptied and filled again, apart.)
    """
    return held("stamp", _stamp)


def _stamp() -> tuple[int, datetime | None]:
    last = _last().ask()
    return (last[0].no, last[0].recorded_at) if last else (0, None)


@cache
def _last() -> PutOnce[ActNumber]:
    return PutOnce(ActNumber.objects.order_by("-no")[:1])


def pinned(known: int | None) -> int | None:
    """``None`` (now) outside an act as the number of the last one: what is asked both ways is asked once."""
    return last_number() if known is None and under_way.get() is None else known


def start_of(day: date) -> datetime:
    """00:00 of a day in Asia/Ho_Chi_Minh: the one definition of where a day ends and the next begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def number_known_on(day: date) -> int:
    """What was known at the end of ``day``: the greatest number before 00:00 of the next day."""
    edge = start_of(day + timedelta(days=1))
    last = ActNumber.objects.filter(recorded_at__lt=edge).order_by("-no").values_list("no", flat=True).first()
    return last or 0
