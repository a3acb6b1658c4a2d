"""Do the books hold examples? Then every page and print says so."""

from __future__ import annotations

from typing import Final

from vungcao.evidence.current import under_way
from vungcao.evidence.models import Source
from vungcao.evidence.remembering import Remembered

_there: Final[Remembered[bool]] = Remembered(Source, room=4)


def holds_examples() -> bool:
    """Is any source marked as an example? Kept in memory outside acts: sources are only ever added."""

    def ask() -> bool:
        return Source.objects.filter(is_example=True).exists()

    return _there.get("examples", None, ask) if under_way.get() is None else ask()
