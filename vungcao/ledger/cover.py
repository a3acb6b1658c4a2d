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
from functools import cached_property

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
    qualifier: str = ""


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

    @cached_property
    def near(self) -> Near:
        """Finds what is admitted near a region; made when it is first asked for, and kept with the cover."""
        found = Near()
        for one in self.admitted:
            found.add(one)
        return found


def walk_order(said: Iterable[Said], spaces: Spaces) -> list[Said]:
    """Reporter's rank, depths rising, later as-of, lower number, then the line's own key."""
    return sorted(
        said,
        key=lambda one: (one.rank, spaces(one.as_of).depth(one.region), -one.as_of.toordinal(), one.act, one.line),
    )


@dataclass
class _Index:
    """Admitted regions of one day's trees: at each place and component, and under them."""

    space: Space
    at: dict[tuple[int, int], list[Admitted]] = field(default_factory=lambda: defaultdict(list))
    under_place: dict[tuple[int, int], list[Admitted]] = field(default_factory=lambda: defaultdict(list))
    under_component: dict[tuple[int, int], list[Admitted]] = field(default_factory=lambda: defaultdict(list))
    under_both: dict[tuple[int, int], list[Admitted]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Admitted) -> None:
        region = one.said.region
        components = list(self.space.components.up(region.component))
        self.at[region.place, region.component].append(one)
        for component in components:
            self.under_component[region.place, component].append(one)
        for place in self.space.places.up(region.place):
            self.under_place[place, region.component].append(one)
            for component in components:
                self.under_both[place, component].append(one)

    def near(self, region: Region) -> Iterator[Admitted]:
        """Those that meet the region in place and in component, each once: at it or under it, or above it."""
        above_place = [place for place in self.space.places.up(region.place) if place != region.place]
        above_component = [one for one in self.space.components.up(region.component) if one != region.component]
        yield from self.under_both.get((region.place, region.component), ())
        for component in above_component:
            yield from self.under_place.get((region.place, component), ())
        for place in above_place:
            yield from self.under_component.get((place, region.component), ())
            for component in above_component:
                yield from self.at.get((place, component), ())


class Near:
    """Finds the admitted regions that may meet another; a commune may pass from one district to another, so each day
    has its own index.
    """

    def __init__(self) -> None:
        self._admitted: list[Admitted] = []
        self._days: dict[date, _Index] = {}

    def add(self, one: Admitted) -> None:
        self._admitted.append(one)
        for index in self._days.values():
            index.add(one)

    def to(self, region: Region, space: Space) -> Iterator[Admitted]:
        """Those that may meet the region in the trees of a day."""
        if space.on not in self._days:
            self._days[space.on] = index = _Index(space)
            for one in self._admitted:
                index.add(one)
        return self._days[space.on].near(region)


def cover(said: Iterable[Said], spaces: Spaces) -> Cover:
    """Walk the lines once. Containment follows the trees of each line's own as-of day: a district abolished
    since still holds its communes of then.
    """
    found, near = Cover(), Near()
    order: dict[int, int] = {}
    for one in walk_order(said, spaces):
        space = spaces(one.as_of)
        met = [other for other in near.to(one.region, space) if space.meets(other.said.region, one.region)]
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
        near.add(admitted)
    return found


def _contains(space: Space, other: Admitted, one: Said) -> bool:
    return (
        other.said.region != one.region
        and other.said.as_of == one.as_of
        and space.covers(other.said.region, one.region)
    )
