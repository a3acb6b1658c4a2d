"""The cover against a second reading of the definition, slow and word for word.

"Walk its regions by reporter's rank, then sum of node depths rising, then later as-of, then lower number; admit a
region iff every admitted region it meets strictly contains it and has its as-of day. Roots count once; a region minus
those directly inside it is its chưa chia row."

Here a region is the set of everything it speaks for, dimension by dimension, so that containing is being a superset
and meeting is sharing an element. Nothing of the ledger's own geometry is used.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from vungcao.kernel.years import Years
from vungcao.ledger.cover import Said, cover
from vungcao.ledger.regions import REGION, Region, spaces_known_at

DAYS = (date(2024, 6, 30), date(2024, 9, 30), date(2025, 6, 30), date(2025, 9, 30))
PLACES = ("vd", "h1", "h2", "x1", "x2", "x3", "x4", "x12")
BODIES = ("*", "UBND", "UBND-h1", "UBND-x1", "UBND-x12", "KB")
COMPONENTS = ("*", "CT", "CT.DA1", "CT.DA1.TDA1", "CT.DA1.TDA2", "CT.DA2")
SOURCES = ("*:*", "dau_tu:*", "*:NSTW", "dau_tu:NSTW", "su_nghiep:NSTW")
YEARS = ("*", "2021-2025", "2024")


class Literal:
    """Every node of a dimension as the set of what it speaks for on one day."""

    def __init__(self, cast, spaces, day: date) -> None:
        then = spaces(day)
        self.cast = cast
        self.trees = {"component": then.components.parents, "place": then.places.parents, "body": then.bodies.parents}

    def up(self, dim: str, node: int) -> list[int]:
        """Strictly above, nearest first; every body is under "not divided"."""
        found, here = [], self.trees[dim].get(node)
        while here is not None:
            found.append(here)
            here = self.trees[dim].get(here)
        star = self.cast.bodies["*"]
        return [star] if dim == "body" and not found and node != star else found

    def points(self, region: Region) -> list[set[object]]:
        cast, parts = self.cast, []
        for dim in ("component", "place", "body"):
            node = getattr(region, dim)
            everybody = {*self.trees[dim], node, *(cast.bodies.values() if dim == "body" else ())}
            parts.append({one for one in everybody if one == node or node in self.up(dim, one)})
        code = next(code for code, pk in cast.sources.items() if pk == region.source)
        kind, level = code.split(":")
        parts.append({"dau_tu", "su_nghiep", "?"} if kind == "*" else {kind})
        parts.append({"NSTW", "NSDP_TINH", "?"} if level == "*" else {level})
        everything = set(cast.fields.values())
        parts.append(everything if region.field == cast.fields["*"] else {region.field})
        for year in (region.year_origin, region.year_use):
            span = Years.parse(year)
            parts.append(set(range(max(span.first, 2000), min(span.last, 2050) + 1)))
        return parts

    def holds(self, wide: Region, narrow: Region) -> bool:
        return all(one >= other for one, other in zip(self.points(wide), self.points(narrow), strict=True))

    def meet(self, one: Region, other: Region) -> bool:
        return all(a & b for a, b in zip(self.points(one), self.points(other), strict=True))

    def depth(self, region: Region) -> int:
        code = next(code for code, pk in self.cast.sources.items() if pk == region.source)
        years = {"*": 0, "2021-2025": 1, "2024": 2}
        return (
            sum(len(self.up(dim, getattr(region, dim))) for dim in ("component", "place", "body"))
            + sum(part != "*" for part in code.split(":"))
            + (region.field != self.cast.fields["*"])
            + years[region.year_origin]
            + years[region.year_use]
        )


def read_literally(lines: list[Said], days: dict[date, Literal]) -> tuple[list[Said], list[Said]]:
    """(admitted, asserted), each line compared with every admitted one."""
    order = sorted(
        lines, key=lambda one: (one.rank, days[one.as_of].depth(one.region), -one.as_of.toordinal(), one.act, one.line)
    )
    admitted: list[Said] = []
    asserted: list[Said] = []
    for one in order:
        day = days[one.as_of]
        met = [other for other in admitted if day.meet(other.region, one.region)]
        inside_all = all(
            day.holds(other.region, one.region) and other.region != one.region and other.as_of == one.as_of
            for other in met
        )
        (admitted if inside_all and not one.is_asserting_only else asserted).append(one)
    return admitted, asserted


@some.composite
def lines_said(draw, cast) -> list[Said]:
    """Lines of a few reporters, ranks and days, over regions of every shape."""
    region = some.builds(
        cast.region,
        component=some.sampled_from(COMPONENTS),
        place=some.sampled_from(PLACES),
        body=some.sampled_from(BODIES),
        source=some.sampled_from(SOURCES),
        year=some.sampled_from(YEARS),
        origin=some.sampled_from(YEARS),
        field=some.sampled_from(("*", "280")),
    )
    plain = some.builds(cast.region, component=some.sampled_from(COMPONENTS), place=some.sampled_from(PLACES))
    regions = draw(some.lists(plain | region, min_size=1, max_size=14))
    return [
        Said(
            line=number,
            statement=draw(some.integers(1, 4)),
            act=draw(some.integers(1, 6)),
            reporter=draw(some.integers(1, 3)),
            rank=draw(some.integers(1, 3)),
            as_of=draw(some.sampled_from(DAYS)),
            region=one,
            dong=draw(some.integers(-5, 1000)),
            is_asserting_only=draw(some.integers(0, 9)) == 0,
        )
        for number, one in enumerate(regions, start=1)
    ]


@pytest.fixture
def days(cast):
    spaces = spaces_known_at(None)
    return {day: Literal(cast, spaces, day) for day in DAYS}


quietly = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@quietly
@given(data=some.data())
def test_the_walk_admits_what_the_definition_admits(cast, days, data):
    lines = data.draw(lines_said(cast))
    admitted, asserted = read_literally(lines, days)
    found = cover(lines, spaces_known_at(None))
    assert [one.said for one in found.admitted] == admitted
    assert [one.said for one in found.asserted] == asserted


@quietly
@given(data=some.data())
def test_admitted_regions_are_nested_or_disjoint_and_their_own_parts_add_up_to_the_roots(cast, days, data):
    lines = data.draw(lines_said(cast))
    found = cover(lines, spaces_known_at(None))
    assert sum(one.own_dong for one in found.admitted) == sum(one.said.dong for one in found.roots)
    for one in found.admitted:
        day = days[one.said.as_of]
        around = [
            other
            for other in found.admitted
            if other is not one and other.said.as_of == one.said.as_of and day.holds(other.said.region, one.said.region)
        ]
        innermost = [other for other in around if all(day.holds(o.said.region, other.said.region) for o in around)]
        assert ([one.parent] if one.parent else []) == innermost
        assert {id(child) for child in one.inside} == {id(o) for o in found.admitted if o.parent is one}
    for one, other in combinations(found.admitted, 2):
        if one.said.as_of == other.said.as_of:
            day, first, second = days[one.said.as_of], one.said.region, other.said.region
            assert not day.meet(first, second) or day.holds(first, second) or day.holds(second, first)


@quietly
@given(data=some.data())
def test_regions_are_compared_as_sets_are(cast, days, data):
    one, other = (data.draw(lines_said(cast))[0].region for _ in range(2))
    day = data.draw(some.sampled_from(DAYS))
    space, literal = spaces_known_at(None)(day), days[day]
    assert space.covers(one, other) is literal.holds(one, other)
    assert space.meets(one, other) is literal.meet(one, other)
    assert space.crosses(one, other) is (
        literal.meet(one, other) and not literal.holds(one, other) and not literal.holds(other, one)
    )
    assert space.depth(one) == literal.depth(one)


@quietly
@given(data=some.data())
def test_the_order_in_which_lines_are_handed_over_changes_nothing(cast, data):
    lines = data.draw(lines_said(cast))
    shuffled = data.draw(some.permutations(lines))
    one, other = (cover(said, spaces_known_at(None)) for said in (lines, shuffled))
    assert [row.said for row in one.admitted] == [row.said for row in other.admitted]


def test_a_region_names_every_column_of_an_account(cast):
    assert set(cast.region().columns()) == {name if name.startswith("year") else f"{name}_id" for name in REGION}
