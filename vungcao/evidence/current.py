"""The act under way in this thread of work, if there is one, and what every act does first."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vungcao.evidence.models import Act

under_way: ContextVar[Act | None] = ContextVar("act", default=None)
first_of_all: ContextVar[Callable[[Act], None] | None] = ContextVar("first_of_all", default=None)
