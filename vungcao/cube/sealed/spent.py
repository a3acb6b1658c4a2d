"""Rows of what counts as spent: the cover of each day, kept as the days and acts for which each line counted.

Between two days on which anything could change, the cover is one; it is walked again only where what it is made from
(the standing statements, the order of reporters, the openings, the trees) is not what it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import Final

from vungcao.bodies import queries as bodies
from vungcao.cube import atoms
from vungcao.cube.sealed.tables import FIRST_DAY, LAST_DAY, NEVER, day_of, number_of
from vungcao.evidence.keeping import Dated
from vungcao.evidence.remembering import standing_in
from vungcao.ledger import spending, spoken
from vungcao.ledger.models import Basis, OpeningSaid
from vungcao.ledger.moving import DATED, moved
from vungcao.ledger.openings import openings_on
from vungcao.ledger.regions import Region, spaces_known_at
from vungcao.ledger.spoken import Spoken

STATE: Final = "received"  # what is held: spending of this state, cumulative in the year
BASIS: Final = Basis.YEAR

__all__ = ["moved", "parts", "stretches", "whole"]

Part = tuple[int, str, int | None, int, str, bool, Region]  # (ref, kind, said, đồng, qualifier, includes, region)
NOTHING: Final = ""  # made from no statement at all


@dataclass(frozen=True)
class Stretch:
    """Days from ``first`` up to ``end`` (not inside), and a digest of what their cover is made from."""

    first: int
    end: int
    made_from: str


def stretches() -> list[Stretch]:
    """The whole of time cut where the cover may change, as known now."""
    statements = _counting()
    edges = _edges(statements)
    trees, odd, spaces = standing_in(*DATED), _without_kind(statements), spaces_known_at(None)
    openings = openings_on(date.max, known=None, state=STATE)
    standing: dict[tuple[int, Region], int] = {}
    found = [Stretch(FIRST_DAY, number_of(edges[0]) if edges else LAST_DAY, NOTHING)]
    at = 0
    for here, after in pairwise([*edges, None]):
        assert here is not None
        while at < len(statements) and statements[at].as_of <= here:
            standing[statements[at].reporter, statements[at].region] = statements[at].pk
            at += 1
        made_from = (
            sorted(standing.values()),
            sorted(spending.ranks(here, None).items()),
            [one.pk for one in openings if one.dated <= here],
            [spaces(here).bodies.kinds.get(body) for body in odd],
            trees,
        )
        digest = hashlib.sha256(repr(made_from).encode()).hexdigest() if standing else NOTHING
        end = number_of(after) if after else LAST_DAY
        if found[-1].made_from == digest:
            found[-1] = Stretch(found[-1].first, end, digest)
        else:
            found.append(Stretch(number_of(here), end, digest))
    return found


def _counting() -> list[Spoken]:
    """The statements that may stand, in the order in which each replaces the last of its reporter and coverage."""
    return spoken.that_count(known=None, state=STATE, basis=BASIS)


def _edges(statements: list[Spoken]) -> list[date]:
    """Days on which the cover may become another, rising; before the first of them nothing is spent."""
    found: set[date] = {one.as_of for one in statements}
    found |= {one.dated for one in openings_on(date.max, known=None, state=STATE)}
    lasting: list[Dated] = list(spending.orders(None))
    if _without_kind(statements):
        lasting += chain.from_iterable(bodies.lives().values())
    return sorted(found | {edge for row in lasting for edge in (row.valid_from, row.valid_to) if edge is not None})


def _without_kind(statements: list[Spoken]) -> list[int]:
    """Reporters that were no body on the day they spoke of: their rank follows the day asked about."""
    spaces = spaces_known_at(None)
    return sorted({one.reporter for one in statements if one.reporter not in spaces(one.as_of).bodies.kinds})


def read_ahead(walks: list[Stretch]) -> None:
    """Read what is said in stretches of days that are all to be walked: in one moment their lines come together."""
    days = [day_of(one.first) for one in walks if one.made_from != NOTHING]
    if not days:
        return
    counting = _counting()
    standing = spoken.latest(one for one in counting if one.as_of <= min(days))
    later = [one for one in counting if min(days) < one.as_of <= max(days)]
    spoken.lines(one.pk for one in (*standing, *later))


def parts(stretch: Stretch) -> Counter[Part]:
    """What each counted line accounts for by itself in a stretch of days: ``cube.atoms.spent``, with its words."""
    if stretch.made_from == NOTHING:
        return Counter()
    found = atoms.spent(day_of(stretch.first), known=None, state=STATE, basis=BASIS)
    cover = spending.spending_on(day_of(stretch.first), known=None, state=STATE, basis=BASIS)
    said = {one.said.line: one.said for one in cover.admitted}
    words = {line: one.qualifier for line, one in said.items() if one.qualifier}
    includes = {line for line, one in said.items() if one.opening == OpeningSaid.INCLUDED}
    return Counter(
        (
            one.ref,
            one.kind,
            None if one.kind == "opening" and one.dong > 0 else number_of(one.said_on),
            one.dong,
            words.get(one.ref, "") if one.kind == "line" else "",
            one.kind == "line" and one.ref in includes,
            one.region,
        )
        for one in found
    )


def whole(timeline: list[Stretch]) -> Iterator[tuple[object, ...]]:
    """Rows of the table `spent` as known now, as if known from the first act on: one walk a stretch."""
    open_: dict[Part, list[int]] = {}
    for stretch in timeline:
        here = parts(stretch)
        for part in list(open_):
            while len(open_[part]) > here[part]:
                yield row(part, open_[part].pop(), stretch.first, 0)
            if not open_[part]:
                del open_[part]
        for part, n in here.items():
            begun = open_.setdefault(part, [])
            begun.extend([stretch.first] * (n - len(begun)))
    for part, begun in open_.items():
        for first in begun:
            yield row(part, first, LAST_DAY, 0)


def row(part: Part, day_from: int, day_to: int, no_from: int, no_to: int = NEVER) -> tuple[object, ...]:
    """A row of the table `spent`."""
    ref, kind, said, dong, qualifier, includes, region = part
    return (no_from, no_to, day_from, day_to, dong, ref, kind, said, qualifier, includes, *vars(region).values())
