"""Loads the instruments that the house cites, from ``reference/instruments.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vungcao.evidence.actions import Signer
from vungcao.evidence.reference_rows import Loaded, days, loading, read_yaml
from vungcao.law.models import Instrument

REFERENCE: Final = Path(__file__).parent / "reference"


def load(*, by: Signer, folder: Path = REFERENCE) -> Loaded:
    """Bring the list into the database; a second call changes nothing. An identity is a number of an issuer."""
    rows = [
        Instrument(
            number=row["number"],
            issuer=row["issuer"],
            dated=row.get("dated"),
            subject=row["subject"],
            changed_by=row.get("changed_by", ""),
            confidence=row["confidence"],
            seen_in=row.get("seen_in", ""),
            **days(row),
        )
        for row in read_yaml(folder / "instruments.yaml")["instruments"]
    ]
    with loading("law", by=by) as shelf:
        shelf.dated(Instrument, rows, identity=("number", "issuer"))
    return shelf.loaded
