"""Every row of a small dated table in memory, ended or not: what stood at an older act is told without asking again."""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar, cast

from django.db.models import F

from vungcao.evidence.current import under_way
from vungcao.evidence.keeping import Dated
from vungcao.evidence.remembering import Remembered

Row = TypeVar("Row", bound=Dated)
_NUMBERS: Final = {"written_at": F("act__numbered__no"), "ended_at": F("ended_by__numbered__no")}


class EveryRow(Generic[Row]):
    """The rows of one table of reference (bodies, places, programmes; never lines of the ledger) with the numbers of
    the acts that wrote and ended them, read once while none is written or ended. ``related``: keys of identities, whose
    rows are written with their first version and never change.
    """

    def __init__(self, model: type[Row], *related: str) -> None:
        self._model, self._related = model, related
        self._rows: Final[Remembered[list[Row]]] = Remembered(model, room=2)

    def standing(self, known: int | None) -> list[Row]:
        """What ``objects.standing(known)`` finds, by database key. Inside an act the table is asked: the rows of that
        act have no number yet.
        """
        if under_way.get() is not None:
            return list(self._of_table().standing(known))
        rows = self._rows.get("every", None, lambda: list(self._of_table().annotate(**_NUMBERS)))
        return [row for row in rows if _stood(row, known)]

    def _of_table(self) -> Any:
        return cast(Any, self._model).objects.select_related(*self._related).order_by("pk")


def _stood(row: Any, known: int | None) -> bool:
    """As ``standing_at`` has it."""
    if known is None:
        return row.ended_by_id is None
    if row.written_at is None or row.written_at > known:
        return False
    return row.ended_by_id is None or row.ended_at is None or row.ended_at > known
