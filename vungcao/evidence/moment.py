"""One moment: while a page is drawn, the state of knowledge is asked of the database once, not once for every answer.

What another commits meanwhile is seen by the next page. Inside an act nothing is held: what it wrote is part of the
state; and an act that ends lets go of what was held before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from vungcao.evidence.current import under_way

Held = TypeVar("Held")
_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Inside it ``held`` asks each thing once; a moment within a moment is the same one."""
    if _held.get() is not None:
        yield
        return
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def held(what: Hashable, ask: Callable[[], Held]) -> Held:
    """``ask()``, or what it said before in this moment."""
    here = _held.get()
    if here is None or under_way.get() is not None:
        return ask()
    if what not in here:
        here[what] = ask()
    found: Held = here[what]
    return found


def today() -> date:
    """The day in Asia/Ho_Chi_Minh; the same one for everything that a page says."""
    return held("today", timezone.localdate)


def let_go() -> None:
    """Something was written: what was held is asked anew."""
    here = _held.get()
    if here is not None:
        here.clear()
