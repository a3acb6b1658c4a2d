"""Names set right: a name that was written wrong, of the days on which it was, with the reason."""

from __future__ import annotations

from vungcao.evidence.actions import Signer
from vungcao.evidence.seen import name_set_right
from vungcao.kernel.vietnamese import nfc
from vungcao.territory.models import PlaceVersion


def correct_name(*, seen: int, name: str, reason: str, by: Signer) -> PlaceVersion:
    """Set right how a place is called, for all the days of the row that was seen.

    Not for a new name: that is ``actions.rename_place``, from a day on. Raises ``Refusal``, ``Overtaken``.
    """
    return name_set_right(
        PlaceVersion, seen, {"name": nfc(name)},
        verb="territory.name_corrected", locks="territory.places", of="place", reason=reason, by=by,
    )  # fmt: skip
