"""The way of a dossier, by its kind."""

from __future__ import annotations

from typing import Final

from vungcao.ledger.dossiers.adjusting import Adjusting
from vungcao.ledger.dossiers.cancelling import Cancelling
from vungcao.ledger.dossiers.carrying import Carrying
from vungcao.ledger.dossiers.way import Way

WAYS: Final[dict[str, Way]] = {way.kind: way for way in (Adjusting(), Carrying(), Cancelling())}


def way_of(kind: str) -> Way:
    """The way of a kind of dossier."""
    return WAYS[kind]
