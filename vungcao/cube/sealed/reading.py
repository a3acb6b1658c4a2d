"""The reading of held atoms: whole amounts move by a join; what must be shared out is shared atom by atom.

A place that has exactly one heir passes everything on, so its atoms are joined to the heir. Where money is divided by
shares, or is stuck, ``cube.atoms.in_units`` does it one atom after another, as in a full scan: largest remainder on
each atom, so that a ranking, a table of a district and a trace agree to the đồng.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pyarrow as pa

from vungcao.cube.atoms import Atom, Unplaced
from vungcao.cube.grouping import Frame
from vungcao.cube.sealed.runner import Runner
from vungcao.cube.sealed.shapes import ATOMS
from vungcao.cube.sealed.tables import arrow, day_of, number_of
from vungcao.evidence.queries import stamp
from vungcao.ledger.regions import Region
from vungcao.territory.readings import recast

_PROBE = 999_999_937  # an amount that shares could not leave whole by chance


class Read:
    """The atoms found, put in the units of a question; ``unplaced`` is what no unit takes."""

    def __init__(self, frame: Frame, runner: Runner, by: tuple[str, ...]) -> None:
        self.unplaced: list[Unplaced] = []
        assert frame.units is not None
        to, at = frame.units, stamp()
        places = [place for (place,) in runner.places()]
        heirs = {place: heir_of(place, to, frame.here.known, at) for place in places}
        whole = [(place, heir, number_of(to)) for place, heir in heirs.items() if heir is not None]
        runner.move(
            pa.table(
                {
                    "place": pa.array([place for place, _, _ in whole], pa.int64()),
                    "heir": pa.array([heir for _, heir, _ in whole], pa.int64()),
                    "heir_said": pa.array([said for _, _, said in whole], pa.int32()),
                }
            ),
            self._shared([place for place, heir in heirs.items() if heir is None], frame, runner, by),
        )

    def _shared(self, places: list[int], frame: Frame, runner: Runner, by: tuple[str, ...]) -> pa.Table:
        """Atoms of places without one heir, each shared out by itself."""
        rows = runner.atoms_at(places) if places else []
        atoms = []
        said_of: dict[tuple[str, int], tuple[str, bool]] = {}
        for dong, ref, kind, said, qualifier, includes, *region in rows:
            atoms.append(Atom(Region(*region), dong, day_of(said), kind, ref))
            said_of[kind, ref] = (qualifier, includes)
        placed, self.unplaced = frame.read(atoms, by)
        return arrow(
            [
                (
                    one.dong,
                    one.ref,
                    one.kind,
                    number_of(one.said_on),
                    *said_of[one.kind, one.ref],
                    *vars(one.region).values(),
                )
                for one in placed
            ],
            ATOMS,
        )


@lru_cache(maxsize=65_536)
def heir_of(place: int, to: date, known: int | None, at: object) -> int | None:
    """The one place that holds on ``to`` all that ``place`` held; ``None`` where shares decide, or nobody took it."""
    moved = recast({place: _PROBE}, said_on=to, to=to, known=known)
    if moved.needs_share or moved.not_apportioned or len(moved.placed) != 1:
        return None
    return next(iter(moved.placed))
