"""From lines that go down and lines that go up to moves of money, and the scope of each in the words of the law.

Money moves only within one group: the same source, year of origin, year of use and spending field (any field, where
the dossier says that the field changes). Within a group what can stay inside a component stays there, then inside a
project, then inside a programme; at each step inside a level-I unit first. So a move's scope is the narrowest there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from vungcao.bodies.models import BodyKind
from vungcao.ledger.models import DossierLine, Side
from vungcao.ledger.regions import Region, Space
from vungcao.programme.models import Level

Group = tuple[int, str, str, int]


@dataclass(frozen=True)
class Moved:
    """Whole đồng from the account of a decrease to that of an increase."""

    down: DossierLine
    up: DossierLine
    dong: int


@dataclass(frozen=True)
class Left:
    """Đồng of a line for which the other block has nothing."""

    line: DossierLine
    dong: int


def group_of(line: DossierLine, *, any_field: bool) -> Group:
    """What may not be mixed: source, year of origin, year of use, spending field."""
    return line.source_id, line.year_origin, line.year_use, 0 if any_field else line.field_id


def moves(lines: Iterable[DossierLine], here: Space, *, any_field: bool) -> tuple[list[Moved], list[Left]]:
    """The moves of a dossier and what is left over of either block; a balanced dossier leaves nothing."""
    groups: dict[Group, list[DossierLine]] = defaultdict(list)
    for line in lines:
        groups[group_of(line, any_field=any_field)].append(line)
    made: list[Moved] = []
    left: list[Left] = []
    for group in groups.values():
        open_dong = {line.pk: line.dong for line in group}
        for key in _narrow_first(here):
            made += _matched(group, open_dong, key)
        left += [Left(line, open_dong[line.pk]) for line in group if open_dong[line.pk]]
    return made, left


def _narrow_first(here: Space) -> Iterator[Callable[[DossierLine], object]]:
    for node in (
        lambda line: line.component_id,
        lambda line: project_of(here, line.component_id),
        lambda line: here.components.programme_of(line.component_id),
        lambda line: None,
    ):
        yield lambda line, node=node: (node(line), level_one(here, line.body_id))  # type: ignore[misc]  # bound now
        yield node


def _matched(
    group: list[DossierLine], open_dong: dict[int, int], key: Callable[[DossierLine], object]
) -> Iterator[Moved]:
    for down in group:
        for up in group:
            if down.side != Side.DOWN or up.side != Side.UP or key(down) != key(up):
                continue
            if Region.of(down) != Region.of(up) and (dong := min(open_dong[down.pk], open_dong[up.pk])):
                open_dong[down.pk] -= dong
                open_dong[up.pk] -= dong
                yield Moved(down, up, dong)


def project_of(here: Space, component: int) -> int:
    """The project a component belongs to; itself where it is above every project."""
    above = here.components.up(component)
    return next((one for one in above if here.components.levels.get(one) == Level.PROJECT), component)


def level_one(here: Space, body: int) -> int:
    """The level-I unit of a body: the one right under the province's Committee; itself where there is none above."""
    line = list(here.bodies.up(body))
    for below, above in pairwise(line):
        if here.bodies.kinds.get(above) == BodyKind.PROVINCE:
            return below
    return body


def scope(here: Space, one: Moved) -> str:
    """The scope of a move between two nodes of the programmes' trees, as ``law`` names it."""
    down, up = one.down.component_id, one.up.component_id
    if here.components.programme_of(down) != here.components.programme_of(up):
        return "BETWEEN_PROGRAMMES"
    if down == up:
        return "UNITS_SAME_CONTENT"
    same = project_of(here, down) == project_of(here, up)
    return "SUBPROJECTS_SAME_PROJECT" if same else "PROJECTS_SAME_PROGRAMME"
