"""The act under way in this thread of work, if there is one."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vungcao.evidence.models import Act

under_way: ContextVar[Act | None] = ContextVar("act", default=None)
