"""The three readings of an additive total: as reported then, in the units of a day, in today's units.

Amounts are whole đồng or whole counts, by place; rates are never recast, they recompute from what is. Forward, a place
that has ended passes its amount to its successor, or shares it out (largest remainder) where every share is known.
Backward, a place that was not yet there passes its amount to its one predecessor, or by shares of origin. What cannot
be placed without guessing is returned apart: nothing is made and nothing is lost.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from vungcao.kernel.splitting import split
from vungcao.kernel.vietnamese import day
from vungcao.territory import queries, telling
from vungcao.territory.models import Succession

FORWARD: Final = 1
BACKWARD: Final = -1
NOT_HANDED_OVER: Final = "chưa bàn giao cho đơn vị nào"


@dataclass
class Recast:
    """Where amounts stand in the units of the day asked for.

    ``placed`` by place; ``not_apportioned`` (place, amount, why) for what belonged to a place that nobody took over;
    ``needs_share`` (place, amount) for a place that divided, or was merged from several, without known shares: it is
    the place at which the amount is stuck. The three together add up to what was given in.
    """

    placed: dict[int, int] = field(default_factory=dict)
    not_apportioned: list[tuple[int, int, str]] = field(default_factory=list)
    needs_share: list[tuple[int, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Everything: equal to the sum of the amounts given in."""
        apart = sum(amount for _, amount, _ in self.not_apportioned) + sum(amount for _, amount in self.needs_share)
        return sum(self.placed.values()) + apart


def recast(amounts: Mapping[int, int], *, said_on: date, to: date | None, known: int | None = None) -> Recast:
    """Amounts by place, as said on a day, in the units of the day ``to``; ``to=None``: as reported then.

    A place is moved because its life ended by ``to`` or began after it, not because of the day on the paper (an
    abolished district may still report); ``said_on`` stands in the reason for an amount that nobody took over.
    """
    return Recast(placed=dict(amounts)) if to is None else Units(to, known).recast(amounts, said_on=said_on)


def standing_above(place_id: int, *, to: date, known: int | None = None) -> int | None:
    """See ``Units.above``."""
    return Units(to, known).above(place_id)


class Units:
    """The units of the day ``to``, as known now or at an act: what each place passes on, and to whom, is looked up once
    for all that is recast to them. To be let go of when the question is answered: it keeps what it has looked up.
    """

    def __init__(self, to: date, known: int | None = None) -> None:
        self.to, self.known = to, known
        self.lives = queries.lives(known)
        self.away, self.into = queries.successions(known)
        self.side, self.parts, self.ending = cache(self._side), cache(self._parts), cache(self._ending)
        self.above = cache(self._standing_above)

    def recast(self, amounts: Mapping[int, int], *, said_on: date) -> Recast:
        """As the function ``recast``."""
        found = Recast()
        ways: dict[int, dict[int, int]] = {FORWARD: {}, BACKWARD: {}}
        for place_id, amount in sorted(amounts.items()):
            side = self.side(place_id)
            if side is None:
                found.not_apportioned.append((place_id, amount, "không có địa bàn này"))
            elif side == 0:
                found.placed[place_id] = amount
            else:
                ways[side][place_id] = amount
        for way, waiting in ways.items():
            self._carry(waiting, way, said_on, found)
        return found

    def _side(self, place_id: int) -> int | None:
        """``FORWARD`` if the place ended by ``to``, ``BACKWARD`` if it is not there yet, 0 if it is; else ``None``."""
        life = self.lives.get(place_id)
        if not life:
            return None
        begin, end = life[0].valid_from, life[-1].valid_to
        if end is not None and end <= self.to:
            return FORWARD
        return BACKWARD if begin is not None and begin > self.to else 0

    def _edge(self, place_id: int, way: int) -> date:
        """The day on which the place ended (forward) or began (backward)."""
        life = self.lives[place_id]
        return (life[-1].valid_to if way == FORWARD else life[0].valid_from) or date.min

    def _turn(self, place_id: int, way: int) -> int:
        """When its turn comes in the order of events, along the way."""
        return way * self._edge(place_id, way).toordinal()

    def _carry(self, waiting: dict[int, int], way: int, said_on: date, found: Recast) -> None:
        """Empty ``waiting`` in the order of events, so that what has merged divides as one amount."""
        line = [(self._turn(place_id, way), place_id) for place_id in waiting]
        heapq.heapify(line)
        while line:
            here, place_id = heapq.heappop(line)
            amount, parts = waiting.pop(place_id), self.parts(place_id, way)
            if parts is None:
                found.not_apportioned.append((place_id, amount, self._why(place_id, way, said_on)))
            elif not parts:
                found.needs_share.append((place_id, amount))
            else:
                for there, part in zip(parts, split(amount, list(parts.values())), strict=True):
                    if self.side(there) == way and self._turn(there, way) > here:
                        if there not in waiting:
                            heapq.heappush(line, (self._turn(there, way), there))
                        waiting[there] = waiting.get(there, 0) + part
                    elif self.side(there) == 0:
                        found.placed[there] = found.placed.get(there, 0) + part
                    else:
                        found.not_apportioned.append((there, part, f"không có địa bàn này ngày {day(self.to)}"))

    def _parts(self, place_id: int, way: int) -> dict[int, Fraction] | None:
        """Where the place's amount goes, with shares; nothing when a share is needed; ``None`` if it goes nowhere."""
        rows = (self.away if way == FORWARD else self.into).get(place_id, [])
        rows = [row for row in rows if row.event.effective == self._edge(place_id, way)]
        parts = {there: share for row in rows for there, share in [_step(row, way)] if there is not None}
        if not parts:
            return None
        if len(parts) == 1:
            return {there: share or Fraction(1) for there, share in parts.items() if share in (None, 1)}
        known = {there: share for there, share in parts.items() if share is not None}
        return known if len(known) == len(parts) and sum(known.values()) == 1 else {}

    def _standing_above(self, place_id: int) -> int | None:
        """The nearest place in force that surely holds all that ``place_id`` held; itself where it is in force.

        Where it went to several, that is what lies above them all; where nobody took it over, what it lay in when it
        ended (or began). ``None`` where nothing surely does.
        """
        return self._above(place_id, frozenset())

    def _above(self, place_id: int, seen: frozenset[int]) -> int | None:
        """``seen`` are the places that led here."""
        side = self.side(place_id)
        if side == 0 or side is None or place_id in seen:
            return place_id if side == 0 else None
        rows = (self.away if side == FORWARD else self.into).get(place_id, [])
        steps = [_step(row, side)[0] for row in rows if row.event.effective == self._edge(place_id, side)]
        there = [step for step in steps if step is not None]
        if not there:
            life = self.lives[place_id]
            there = [parent] if (parent := (life[-1] if side == FORWARD else life[0]).parent_id) is not None else []
        found = [self._above(one, seen | {place_id}) for one in there]
        tree = queries.tree(self.to, self.known)
        paths = [list(tree.up(one)) if one is not None else [] for one in found]
        return next((node for node in paths[0] if all(node in path for path in paths)), None) if paths else None

    def _why(self, place_id: int, way: int, said_on: date) -> str:
        if way == BACKWARD:
            return f"{self.lives[place_id][0].full_name} chưa có ngày {day(self.to)}; không rõ tách ra từ đâu"
        return f"{self.ending(place_id)}; số nêu ngày {day(said_on)} {NOT_HANDED_OVER}"

    def _ending(self, place_id: int) -> str:
        return telling.ending(self.lives[place_id][-1], self.known)


def _step(row: Succession, way: int) -> tuple[int | None, Fraction | None]:
    return (row.successor_id, row.share) if way == FORWARD else (row.predecessor_id, row.origin)
