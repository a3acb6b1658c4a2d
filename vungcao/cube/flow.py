"""What was spent in a month: the cumulative figure of the day less that of the end of the month before.

A month's spending is told only of whoever spoke in the month before as well: another's figure says what was spent
since the year began or since an older day, not in which month. Such a difference stands beside as *not split* along
``month``; rows and what is not split add up to the whole. In the first month of the year everything is of the month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from vungcao.cube import atoms
from vungcao.cube.atoms import Atom
from vungcao.cube.question import FigureQuery
from vungcao.evidence.moment import held
from vungcao.ledger.models import StatementLine
from vungcao.ledger.regions import REGION_COLUMNS, Region, Space, space

Spent = Callable[[date], list[Atom]]
_COVERAGE: Final = [f"statement__{name}" for name in REGION_COLUMNS]
WAS: Final = {"line": "was line", "opening": "was opening"}  # kinds of atoms of the day before the month


def before(on: date) -> date:
    """The last day of the month before: 10/6 and 30/6 → 31/5."""
    return on.replace(day=1) - timedelta(days=1)


def flow(query: FigureQuery, spent: Spent | None = None) -> tuple[list[Atom], list[Atom]]:
    """Atoms of the month of ``query.on``: what stands now and, of another kind and with its sign turned, what stood
    before; and those whose difference tells no month. ``spent``: the atoms of a day, by default from the register.
    """
    now, then = ((spent or _from_register(query))(on) for on in (query.on, before(query.on)))
    turned = [replace(atom, dong=-atom.dong, kind=WAS[atom.kind]) for atom in then]
    if before(query.on).year < query.year_use:
        return [*now, *turned], []
    told = _Told(query, then)
    same = {(WAS[atom.kind], atom.ref) for atom in now} & {(atom.kind, atom.ref) for atom in turned}
    split: list[Atom] = []
    apart: list[Atom] = []
    for atom in (*now, *turned):
        stands = (WAS.get(atom.kind, atom.kind), atom.ref) in same
        (split if stands or told.of_the_month(atom) else apart).append(atom)
    return split, apart


def _from_register(query: FigureQuery) -> Spent:
    return lambda on: atoms.spent(on, known=query.known, state=query.state, basis=query.basis)


def is_new(row: Sequence[Atom]) -> bool:
    """Did anybody say anything in the month that counts in it? The same lines on both days are no word about it, and
    no zero; nor is it one where lines only went, since a word that does not count took the place of theirs.
    """
    refs = {atom.kind: set[int]() for atom in row}
    for atom in row:
        refs[atom.kind].add(atom.ref)
    is_said = any(refs.get(kind, set()) - refs.get(was, set()) for kind, was in WAS.items())
    return is_said or sum(atom.dong for atom in row) != 0


def read_ahead(days: Iterable[date]) -> None:
    """Read once what the flows up to several days are about to ask in this moment."""
    here = _months_read()
    if ends := {before(on) for on in days} - here.keys():
        every = _said_between(min(ends).replace(day=1), max(ends))
        here |= {end: _of_month(every, end) for end in ends}


def _said_in(end: date) -> dict[int, Region]:
    """Line → coverage of its statement, of the statements as of the days of a month up to its end."""
    read = _months_read().get(end)
    return _of_month(_said_between(end.replace(day=1), end), end) if read is None else read


def _months_read() -> dict[date, dict[int, Region]]:
    """What was read ahead in this moment, by the last day of the month."""
    return held("said in months", dict)


def _of_month(said: dict[int, tuple[date, Region]], end: date) -> dict[int, Region]:
    return {pk: coverage for pk, (as_of, coverage) in said.items() if end.replace(day=1) <= as_of <= end}


def _said_between(first: date, last: date) -> dict[int, tuple[date, Region]]:
    """Line → day and coverage of its statement, of the statements as of these days; in one question."""
    lines = StatementLine.objects.filter(statement__as_of__gte=first, statement__as_of__lte=last)
    said: dict[int, tuple[date, Region]] = {}
    found: dict[int, tuple[date, Region]] = {}
    for pk, of, as_of, *region in lines.values_list("pk", "statement", "statement__as_of", *_COVERAGE):
        found[pk] = said.setdefault(of, (as_of, Region(*region)))
    return found


class _Told:
    """Of what somebody had spoken in the month before."""

    def __init__(self, query: FigureQuery, then: Sequence[Atom]) -> None:
        day = before(query.on)
        counted = {atom.ref for atom in then if atom.kind == "line"}
        recent = _said_in(day)
        self.lines = {pk for pk in recent if pk in counted}
        self.here: Space = space(day, query.known)
        self.coverages = {recent[pk] for pk in self.lines}

    def of_the_month(self, atom: Atom) -> bool:
        """Does the atom's difference tell the month? What is handed over in it is nobody's spending of the month."""
        if atom.kind == WAS["line"]:
            return atom.ref in self.lines
        return atom.kind == "line" and any(self.here.meets(one, atom.region) for one in self.coverages)
