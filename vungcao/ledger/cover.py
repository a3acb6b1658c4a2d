"""Which lines of which statements feed figures, and which only assert.

For (day, known-on, state, basis): per reporter and coverage the standing statement with the latest as-of ≤ day;
its lines are walked by reporter's rank, then depths rising, then later as-of, then lower act number. A region is
admitted iff every admitted region it meets strictly contains it and has its as-of day. Roots count once; a region
minus those directly inside it is its "chưa chia" part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from vungcao.ledger.regions import Region, Space, Spaces


@dataclass(frozen=True)
class Said:
    """One statement line, ready to be walked."""

    line: int
    statement: int
    act: int
    reporter: int
    rank: int
    as_of: date
    region: Region
    dong: int
    is_asserting_only: bool = False
    opening: str = ""


@dataclass
class Admitted:
    """A line that feeds figures; ``inside`` are the admitted regions directly inside it."""

    said: Said
    parent: Admitted | None = None
    inside: list[Admitted] = field(default_factory=list)

    @property
    def own_dong(self) -> int:
        """What no admitted region inside it accounts for: the "chưa chia" part (negative: a finding)."""
        return self.said.dong - sum(child.said.dong for child in self.inside)


@dataclass(frozen=True)
class Asserted:
    """A line that is only compared, and the admitted regions that kept it out."""

    said: Said
    met: tuple[Admitted, ...]


@dataclass
class Cover:
    """The outcome: admitted regions (laminar: nested or disjoint) and assertions."""

    admitted: list[Admitted] = field(default_factory=list)
    asserted: list[Asserted] = field(default_factory=list)

    @property
    def roots(self) -> list[Admitted]:
        return [one for one in self.admitted if one.parent is None]


def walk_order(said: Iterable[Said], spaces: Spaces) -> list[Said]:
    """Reporter's rank, depths rising, later as-of, lower number, then the line's own key."""
    return sorted(
        said,
        key=lambda one: (one.rank, spaces(one.as_of).depth(one.region), -one.as_of.toordinal(), one.act, one.line),
    )


class ByPlace:
    """Finds the admitted regions that may meet a place: those at it, above it and below it in the trees of a day."""

    def __init__(self) -> None:
        self.at: dict[int, list[Admitted]] = defaultdict(list)
        self._under: dict[date, dict[int, list[Admitted]]] = {}
        self._days: dict[date, Space] = {}

    @classmethod
    def of(cls, cover: Cover) -> ByPlace:
        """All that a cover admits."""
        index = cls()
        for one in cover.admitted:
            index.add(one)
        return index

    def add(self, one: Admitted) -> None:
        place = one.said.region.place
        self.at[place].append(one)
        for on, under in self._under.items():
            for above in self._days[on].places.up(place):
                under[above].append(one)

    def near(self, place: int, space: Space) -> Iterator[Admitted]:
        yield from self._of_day(space)[place]
        for above in space.places.up(place):
            if above != place:
                yield from self.at[above]

    def _of_day(self, space: Space) -> dict[int, list[Admitted]]:
        """Place → what is admitted at it or below it; a commune may pass from one district to another."""
        if space.on not in self._under:
            self._days[space.on] = space
            under: dict[int, list[Admitted]] = defaultdict(list)
            for place, found in self.at.items():
                for above in space.places.up(place):
                    under[above] += found
            self._under[space.on] = under
        return self._under[space.on]


def cover(said: Iterable[Said], spaces: Spaces) -> Cover:
    """Walk the lines once. Containment follows the trees of each line's own as-of day: a district abolished
    since still holds its communes of then.
    """
    found, index = Cover(), ByPlace()
    order: dict[int, int] = {}
    for one in walk_order(said, spaces):
        space = spaces(one.as_of)
        met = [other for other in index.near(one.region.place, space) if space.meets(other.said.region, one.region)]
        if one.is_asserting_only or not all(_contains(space, other, one) for other in met):
            found.asserted.append(Asserted(one, tuple(met)))
            continue
        # All that it met hold it, so they lie in each other, and the last admitted is the innermost.
        parent = max(met, key=lambda other: order[other.said.line], default=None)
        admitted = Admitted(one, parent)
        if parent:
            parent.inside.append(admitted)
        order[one.line] = len(order)
        found.admitted.append(admitted)
        index.add(admitted)
    return found


def _contains(space: Space, other: Admitted, one: Said) -> bool:
    return (
        other.said.region != one.region
        and other.said.as_of == one.as_of
        and space.covers(other.said.region, one.region)
    )
