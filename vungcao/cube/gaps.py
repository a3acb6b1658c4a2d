"""What stands beside the rows of an answer about money: who has not reported, what is not split, what has no unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from vungcao.cube import atoms
from vungcao.cube.atoms import Atom, Unplaced
from vungcao.cube.flow import WAS
from vungcao.cube.grouping import Frame, NotSplit
from vungcao.cube.question import SPOKEN
from vungcao.evidence.moment import held as held_now
from vungcao.kernel.periods import month_end_before
from vungcao.ledger import spending
from vungcao.ledger.regions import space

SPENT: Final = (*WAS, *WAS.values())  # kinds of atoms that somebody said were spent

_NAMED: Final = {"month": "body"}  # what is not told by months is named by whose figure it is


def measure_of(atom: Atom) -> str:
    """Which column money beside the rows belongs to."""
    return "disbursed_dong" if atom.kind in SPENT else "given_dong"


def _column(frame: Frame, atom: Atom) -> str:
    """The column of the rows that the money would stand in: what was paid back is not called disbursed."""
    name = frame.query.name
    said = name in SPOKEN and (name == "flow" or atom.kind in SPENT)
    return SPOKEN[name][0] if said else measure_of(atom)


def not_reported(frame: Frame, money: Iterable[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """Bodies that hold money of the year of use and have said nothing of it since the last month-end; ``money`` as
    ``held`` has it.
    """
    query = frame.query
    since = month_end_before(query.on)
    here = space(query.on, query.known)
    asked = (query.on, since, query.known, query.state, query.year_use)
    spoke = held_now(
        ("spoke", *asked),
        lambda: spending.spoke_since(
            query.on, since=since, known=query.known, state=query.state, year_use=query.year_use
        ),
    )
    held: dict[tuple[int, int], int] = {}
    for body, component, dong in money:
        key = (body, here.components.programme_of(component))
        held[key] = held.get(key, 0) + dong
    codes = frame.codes
    return [
        {
            "body": codes.bodies[body],
            "name": codes.name_of_node("body", body),
            "programme": codes.components.get(programme, ""),
            "since": since,
            "given_dong": dong,
        }
        for (body, programme), dong in sorted(held.items())
        if dong > 0 and (body, programme) not in spoke and _owes(here.bodies.kinds.get(body))
    ]


def held(frame: Frame) -> list[tuple[int, int, int]]:
    """(body, component, đồng) of the money given that the question is about."""
    query = frame.query
    found, _ = frame.read(atoms.given(query.on, known=query.known, state=query.state), by=())
    return [(one.region.body, one.region.component, one.dong) for one in frame.select(found)[0]]


def _owes(kind: str | None) -> bool:
    """Does a body of this kind owe figures of the money it holds? One that has ended can't speak any more."""
    return kind is not None and kind not in spending.OWES_NOTHING


def not_split(frame: Frame, gaps: Iterable[NotSplit]) -> list[dict[str, Any]]:
    """Money said above the level asked for, by dimension and node; nothing that adds up to 0."""
    sums: dict[tuple[str, int, str], int] = {}
    for gap in gaps:
        key = (gap.dim, gap.node, _column(frame, gap.atom))
        sums[key] = sums.get(key, 0) + gap.atom.dong
    return [
        {
            "dim": dim,
            "node": frame.codes.code_of(_NAMED.get(dim, dim), node),
            "name": frame.codes.name_of_node(_NAMED.get(dim, dim), node),
            "measure": measure,
            "dong": dong,
        }
        for (dim, node, measure), dong in sorted(sums.items())
        if dong
    ]


def not_apportioned(frame: Frame, unplaced: Iterable[Unplaced]) -> list[dict[str, Any]]:
    """Money of places that nobody took over, by place and why; nothing that adds up to 0."""
    sums: dict[tuple[int, str, str], int] = {}
    for one in unplaced:
        key = (one.place, _column(frame, one.atom), one.why)
        sums[key] = sums.get(key, 0) + one.dong
    codes = frame.codes
    return [
        {
            "place": codes.places.get(place, ""),
            "name": codes.name_of_node("place", place),
            "measure": measure,
            "dong": dong,
            "why": why,
        }
        for (place, measure, why), dong in sorted(sums.items())
        if dong
    ]
