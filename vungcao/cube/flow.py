"""What was spent in a month: the cumulative figure of the day less that of the end of the month before.

A month's spending is told only of whom had spoken before: the first word of a body in a year says what it has spent
since the year began, not in which month. That stands beside as *not split* along ``month``; rows and what is not
split add up to the whole difference. In the first month of the year everything is of the month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from vungcao.cube import atoms
from vungcao.cube.atoms import Atom
from vungcao.cube.question import FigureQuery
from vungcao.ledger import spending
from vungcao.ledger.models import Statement
from vungcao.ledger.regions import Region, Space, space

WAS: Final = {"line": "was line", "opening": "was opening"}  # kinds of atoms of the day before the month


def before(on: date) -> date:
    """The last day of the month before: 10/6 and 30/6 → 31/5."""
    return on.replace(day=1) - timedelta(days=1)


def flow(query: FigureQuery) -> tuple[list[Atom], list[Atom]]:
    """Atoms of the month of ``query.on``: what stands now and, of another kind and with its sign turned, what stood
    before; and first words, which tell no month.
    """
    now, then = _spent(query, query.on), _spent(query, before(query.on))
    turned = [replace(atom, dong=-atom.dong, kind=WAS[atom.kind]) for atom in then]
    if before(query.on).year < query.year_use:
        return [*now, *turned], []
    told, held = _Told(query), {(atom.kind, atom.ref) for atom in then}
    first = [atom for atom in now if (atom.kind, atom.ref) not in held and not told.before(atom)]
    apart = {id(atom) for atom in first}
    return [*(atom for atom in now if id(atom) not in apart), *turned], first


def _spent(query: FigureQuery, on: date) -> list[Atom]:
    return atoms.spent(on, known=query.known, state=query.state, basis=query.basis)


def is_new(row: Sequence[Atom]) -> bool:
    """Did anybody say anything in the month? The same lines on both days are no word about it, and no zero."""
    refs = {atom.kind: set[int]() for atom in row}
    for atom in row:
        refs[atom.kind].add(atom.ref)
    return any(refs.get(kind, set()) != refs.get(was, set()) for kind, was in WAS.items())


class _Told:
    """Of what somebody had spoken at the end of the month before."""

    def __init__(self, query: FigureQuery) -> None:
        day = before(query.on)
        cover = spending.spending_on(day, known=query.known, state=query.state, basis=query.basis)
        statements = {one.said.statement for one in cover.admitted}
        self.here: Space = space(day, query.known)
        self.coverages = {Region.of(one) for one in Statement.objects.filter(pk__in=statements)}

    def before(self, atom: Atom) -> bool:
        """Had anybody spoken of this part? What is handed over in the month is nobody's spending of the month."""
        return atom.kind == "line" and any(self.here.meets(one, atom.region) for one in self.coverages)
