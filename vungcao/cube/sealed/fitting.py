"""May a question be asked of a roll-up, whose nodes stand in for others?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from vungcao.cube.grouping import Frame
from vungcao.cube.question import PLACES
from vungcao.cube.sealed.asking import WIDE
from vungcao.cube.sealed.nodes import Nodes
from vungcao.cube.sealed.reading import heir_of
from vungcao.cube.sealed.rolling import ROLLS, Rolls
from vungcao.cube.sealed.standing import said_on
from vungcao.cube.sealed.tables import number_of
from vungcao.evidence.queries import stamp
from vungcao.territory import queries as territory


class Fit:
    """One question before the roll-ups: are its answers the same when nodes are replaced by their stand-ins?"""

    def __init__(self, frame: Frame, rolls: Rolls, by: tuple[str, ...]) -> None:
        self.frame, self.rolls, self.nodes = frame, rolls, Nodes(frame, by)
        moves = frame.units is not None and bool(frame.query.place or set(PLACES) & set(by))
        self.units: date | None = frame.units if moves else None
        lives, day = territory.lives(frame.here.known), number_of(frame.query.on)
        self.said = {place: said_on(place, day, lives) for place in rolls.stands["place"]}

    def roll(self, *, by_body: bool) -> str:
        """The smallest roll-up that may answer, ``""`` if none; ``by_body``: bodies are asked for one by one."""
        return next((name for name in ROLLS if self._fits(name, by_body=by_body)), "")

    def _fits(self, name: str, *, by_body: bool) -> bool:
        stood_in = ROLLS[name]
        if by_body and "body" in stood_in:
            return False
        if self.units is not None and ("place" in stood_in or self._is_shared_out(self.units)):
            return False
        return all(self._alike(dim) for dim in stood_in)

    def _is_shared_out(self, to: date) -> bool:
        """Is there a place that passes its money on by shares, or to nobody? Then each account is read by itself."""
        at = stamp()
        return any(heir_of(place, to, self.frame.here.known, at) is None for place in self.said)

    def _alike(self, dim: str) -> bool:
        pairs = [(node, stand) for node, stand in self.rolls.stands[dim].items() if node != stand]
        here = self.frame.here
        if dim == "place":
            if any(self.said[node] != self.said[stand] for node, stand in pairs):
                return False
            return self._told_alike(
                dim, [((node, self.said[node]), (stand, self.said[stand])) for node, stand in pairs]
            )
        if dim == "component":
            programme = here.components.programme_of
            if any(programme(node) != programme(stand) for node, stand in pairs):
                return False
        if self.nodes.is_silent(dim):
            return True
        days = {*self.said.values(), *([number_of(self.units)] if self.units else [])}
        return self._told_alike(dim, [((node, on), (stand, on)) for node, stand in pairs for on in days])

    def _told_alike(self, dim: str, pairs: Iterable[tuple[Any, Any]]) -> bool:
        """Is every node told what its stand-in is, and a row to stand in, so that nobody needs to know which it was?"""
        pairs = list(pairs)
        rows = list(dict.fromkeys(row for pair in pairs for row in pair))
        columns = [values for _, _, values in self.nodes.said(dim, rows)]
        told = dict(zip(rows, zip(*columns, strict=True), strict=True))
        return all(told[one] == told[other] and None not in told[one] and told[one][0] != WIDE for one, other in pairs)
