"""Is a body the one that a rule names as decider?"""

from __future__ import annotations

from datetime import date
from typing import Final

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Body, BodyKind
from vungcao.territory import queries as territory
from vungcao.territory.models import PlaceKind

SIGNS: Final = {
    "QH": {BodyKind.CENTRAL},
    "UBTVQH": {BodyKind.CENTRAL},
    "TTG": {BodyKind.CENTRAL},
    "HDND_TINH": {BodyKind.COUNCIL},
    "HDND_TINH_THUONG_TRUC": {BodyKind.COUNCIL},
    "HDND_HUYEN": {BodyKind.COUNCIL},
    "HDND_XA": {BodyKind.COUNCIL},
    "UBND_TINH": {BodyKind.PROVINCE},
    "UBND_HUYEN": {BodyKind.DISTRICT},
    "CT_UBND": {BodyKind.PROVINCE, BodyKind.DISTRICT, BodyKind.COMMUNE},
    "DVDT1": {BodyKind.BOARD, BodyKind.DEPARTMENT, BodyKind.FINANCE, BodyKind.DISTRICT, BodyKind.COMMUNE},
}
SEAT_OF_COUNCIL: Final = {"HDND_HUYEN": PlaceKind.DISTRICT, "HDND_XA": PlaceKind.COMMUNE}


def signs(decider: str, body: Body, on: date, known: int | None = None) -> bool:
    """Does a body stand, on a day, for the decider that a rule names? No for a decider without a body of ours."""
    row = bodies.version(body.pk, on, known)
    if row is None or row.kind not in SIGNS.get(decider, ()):
        return False
    if decider in ("QH", "UBTVQH", "TTG"):
        return body.key == decider
    if row.kind != BodyKind.COUNCIL:
        return True
    kind = territory.tree(on, known).kinds.get(row.place_id) if row.place_id else None
    return kind is None or kind == SEAT_OF_COUNCIL.get(decider, PlaceKind.PROVINCE)
