"""A line of money that is lost if it is not spent, divided by the extensions that were granted of it.

What is granted falls on its new day and no longer on the old one; what is only asked stays where it is and says so.
Where less is left than was granted, all that is left has the new day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vungcao.bodies.models import Body
from vungcao.bodies.reach import Reach
from vungcao.kernel.trees import Tree
from vungcao.ledger.extensions import Extension, extensions_on
from vungcao.ledger.regions import space
from vungcao.territory import queries as territory
from vungcao.territory.models import Place

if TYPE_CHECKING:
    from vungcao.cube.expiring import Expiring
    from vungcao.cube.question import FigureQuery


def extensions_of(query: FigureQuery, reach: Reach) -> list[Extension]:
    """The requests inside a question and within reach, with their answers up to its day."""
    here, tree = space(query.on, query.known), territory.tree(query.on)
    found = extensions_on(query.on, known=query.known)
    places = _inside(here.places, _key_of(Place, query.place if found else None))
    bodies = _inside(here.bodies, _key_of(Body, query.body if found else None))
    return [
        one
        for one in found
        if _is_of(one.asked.component.code, query.component or query.programme)
        and (not query.place or one.asked.place_id in places)
        and (not query.body or one.asked.body_id in bodies)
        and reach.sees(one.asked.place_id, one.asked.body_id, tree)
    ]


def years_extended(found: Sequence[Extension], on: date) -> set[int]:
    """Years of use of which something is still extended on a day: they are in hand though they are over."""
    return {int(one.asked.year_use) for one in found if one.until and one.until >= on}


def divided(line: Expiring, found: Sequence[Extension], levels: Sequence[str], on: date) -> Iterator[Expiring]:
    """What has a new day, a line for each last day, then the rest with what is asked of it. ``levels``: their codes."""
    mine = [one for one in found if _touches(one, line, levels)]
    rest = line
    for until in sorted({one.until for one in mine if one.until}):
        granted = [one for one in mine if one.until == until]
        dong = sum(one.granted_dong for one in granted)
        if rest.unspent_dong is not None:
            dong = min(dong, rest.unspent_dong)
        if dong <= 0:
            continue
        day = granted[0].deadline()
        for other in granted[1:]:
            day = replace(day, readings=tuple(dict.fromkeys((*day.readings, *other.deadline().readings))))
        yield replace(
            line, given_dong=dong, disbursed_dong=None if rest.unspent_dong is None else 0,
            unspent_dong=None if rest.unspent_dong is None else dong, deadline=day, state=day.state(on),
            days_left=(until - on).days, added=(), extensions=tuple(granted),
        )  # fmt: skip
        rest = replace(
            rest,
            given_dong=rest.given_dong - dong,
            unspent_dong=None if rest.unspent_dong is None else rest.unspent_dong - dong,
        )
    if rest.unspent_dong != 0 and rest.given_dong > 0:
        yield replace(rest, extensions=tuple(one for one in mine if not one.granted_dong))


def _touches(one: Extension, line: Expiring, levels: Sequence[str]) -> bool:
    """Money of the same source and year of origin, in the year of the request or carried into the next."""
    source, asked = one.asked.source, one.asked
    return (
        source.kind == line.source.split(":")[0]
        and source.level in levels
        and asked.year_origin == line.origin
        and int(asked.year_use) in (line.used, line.used - 1)
    )


def _is_of(code: str, asked: str | None) -> bool:
    return not asked or code == asked or code.startswith(f"{asked}.")


def _key_of(model: type[Place] | type[Body], key: str | None) -> int | None:
    return model.objects.filter(key=key).values_list("pk", flat=True).first() if key else None


def _inside(tree: Tree, node: int | None) -> set[int]:
    return set(tree.below(node)) if node is not None and node in tree else set()
