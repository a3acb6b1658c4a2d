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
from itertools import pairwise
from typing import Any, Final

from django.db.models import Max

from vungcao.bodies.models import BodyVersion
from vungcao.bodies.queries import batches_reached
from vungcao.cube import atoms
from vungcao.cube.sealed.tables import FIRST_DAY, LAST_DAY, NEVER, day_of, number_of
from vungcao.evidence.keeping import known_at
from vungcao.ledger import spending
from vungcao.ledger.models import Basis, Measure, Opening, OpeningSaid, ReporterOrder, Statement, StatementLine
from vungcao.ledger.moving import DATED, moved
from vungcao.ledger.regions import Region, spaces_known_at

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
    trees, odd, spaces = _state_of_trees(), _without_kind(statements), spaces_known_at(None)
    reached = Opening.objects.filter(batch__in=batches_reached(STATE)).order_by("dated", "pk")
    openings = list(reached.values_list("dated", "pk"))
    standing: dict[tuple[object, ...], int] = {}
    found = [Stretch(FIRST_DAY, number_of(edges[0]) if edges else LAST_DAY, NOTHING)]
    at = 0
    for here, after in pairwise([*edges, None]):
        assert here is not None
        while at < len(statements) and statements[at][0] <= here:
            standing[statements[at][2:]] = statements[at][1]
            at += 1
        made_from = (
            sorted(standing.values()),
            sorted(spending.ranks(here, None).items()),
            [pk for dated, pk in openings if dated <= here],
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


def _counting() -> list[Any]:
    """(as-of, key, reporter, coverage …) of the statements that may stand, in the order in which each replaces the
    last of its reporter and coverage: as ``ledger.spending.standing_statements`` has it.
    """
    reached = Statement.objects.filter(known_at(None), batch__in=batches_reached(STATE))
    replaced = reached.exclude(supersedes=None).values("supersedes_id")
    rows = reached.filter(basis=BASIS, measure=Measure.DISBURSED).exclude(pk__in=replaced).order_by("as_of", "pk")
    region = ("component", "field", "source", "year_origin", "year_use", "body", "place", "spending_object")
    return list(rows.values_list("as_of", "pk", "reporter", *region))


def _edges(statements: list[Any]) -> list[date]:
    """Days on which the cover may become another, rising; before the first of them nothing is spent."""
    found: set[date] = {row[0] for row in statements}
    found |= set(Opening.objects.values_list("dated", flat=True))
    for edge in ("valid_from", "valid_to"):
        found |= set(ReporterOrder.objects.exclude(**{edge: None}).values_list(edge, flat=True))
        if _without_kind(statements):
            found |= set(BodyVersion.objects.exclude(**{edge: None}).values_list(edge, flat=True))
    return sorted(found)


def _without_kind(statements: list[Any]) -> list[int]:
    """Reporters that were no body on the day they spoke of: their rank follows the day asked about."""
    spaces = spaces_known_at(None)
    return sorted({row[2] for row in statements if row[2] not in spaces(row[0]).bodies.kinds})


def _state_of_trees() -> tuple[object, ...]:
    """What the trees, lives and order of reporters are made from: the newest row and the newest end of each."""
    return tuple(
        tuple(model.objects.aggregate(last=Max("pk"), ended=Max("ended_by"), n=Max("act")).values()) for model in DATED
    )


def parts(stretch: Stretch) -> Counter[Part]:
    """What each counted line accounts for by itself in a stretch of days: ``cube.atoms.spent``, with its words."""
    if stretch.made_from == NOTHING:
        return Counter()
    found = atoms.spent(day_of(stretch.first), known=None, state=STATE, basis=BASIS)
    words = dict(StatementLine.objects.exclude(qualifier="").values_list("pk", "qualifier"))
    including = StatementLine.objects.filter(statement__opening=OpeningSaid.INCLUDED)
    includes = set(including.values_list("pk", flat=True))
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
