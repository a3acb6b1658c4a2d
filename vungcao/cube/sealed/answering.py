"""Answers from the sealed cube: the same rows as reading the register through, from sums the database has made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import BodyKind
from vungcao.bodies.reach import Reach
from vungcao.cube import cautions
from vungcao.cube.atoms import Atom, Unplaced
from vungcao.cube.denominators import Base, Denominator, told
from vungcao.cube.figures import Money
from vungcao.cube.flow import Spent
from vungcao.cube.grouping import Groups, NotSplit
from vungcao.cube.question import PLACES, FigureQuery
from vungcao.cube.rows import Answer, Row
from vungcao.cube.sealed import asking, sealing, spent
from vungcao.cube.sealed.fitting import Fit
from vungcao.cube.sealed.given import level_of
from vungcao.cube.sealed.holding import Holding
from vungcao.cube.sealed.nodes import Nodes
from vungcao.cube.sealed.reading import Read
from vungcao.cube.sealed.runner import Runner
from vungcao.cube.sealed.tables import day_of, number_of
from vungcao.evidence.current import under_way
from vungcao.ledger.regions import Region

NAMES: Final = ("disbursement", "given", "estimate")  # figures over money given, which is sealed
DECIDER: Final = {"ttg": BodyKind.CENTRAL, "council": BodyKind.COUNCIL, "assigned": BodyKind.PROVINCE}
_held: dict[str, Holding] = {}


def held() -> Holding | None:
    """What this process holds, with everything written since taken in; ``None`` where nothing is sealed."""
    found = _held.get("")
    if found is not None and found.process == os.getpid():
        with found.lock:
            if found.take_in():
                return found
    anew = sealing.held_anew()
    if anew is None:
        _held.pop("", None)
    else:
        _held[""] = anew
    return anew


def is_held(query: FigureQuery) -> bool:
    """Are the facts of a question sealed, as far as its own words tell?"""
    return query.name in NAMES and not query.object and "object" not in query.by and under_way.get() is None


def _is_spent_held(query: FigureQuery) -> bool:
    """Is what was spent sealed too? That of another step, another basis or an estimate is read from the register."""
    return query.name in ("disbursement", "flow") and query.state == spent.STATE and query.basis == spent.BASIS


def answered(query: FigureQuery, reach: Reach) -> Answer | None:
    """The answer of the cube; ``None`` where it does not hold the question."""
    if not is_held(query):
        return None
    here = held()
    if here is None:
        return None
    with here.lock:
        point = here.point_of(query.known)
        if point is None and _is_spent_held(query):
            return None
        return _FromCube(query, reach, here, point or 0).answer()


def held_inside(query: FigureQuery, reach: Reach) -> list[tuple[int, int, int]] | None:
    """(body, component, đồng) of the money given that a question is about (``gaps.held``)."""
    asked = replace(query, name="disbursement", denominator=None)
    here = held() if is_held(asked) else None
    if here is None:
        return None
    with here.lock:
        return list(_FromCube(asked, reach, here, 0)._held())


def spent_of(query: FigureQuery) -> Spent | None:
    """What was spent on any day, as atoms; ``None`` where it is not held."""
    here = held() if _is_spent_held(query) and not query.object and under_way.get() is None else None
    point = here.point_of(query.known) if here else None
    if here is None or point is None:
        return None
    known = query.known if query.known is not None else here.taken[0]

    def on(day: date) -> list[Atom]:
        with here.lock:
            there = Runner(here, day=number_of(day), known=known, point=point, level=level_of(spent.STATE))
            return [_atom(*row) for row in there.every(query.known)]

    return on


def _atom(dong: int, ref: int, kind: str, said: int, _word: str, _includes: bool, *region: Any) -> Atom:
    return Atom(Region(*region), dong, day_of(said), kind, ref)


class _FromCube(Money):
    """One question about money, answered from sums."""

    def __init__(self, query: FigureQuery, reach: Reach, here: Holding, point: int) -> None:
        super().__init__(query, reach)
        known = query.known if query.known is not None else here.taken[0]
        self.runner = Runner(here, day=number_of(query.on), known=known, point=point, level=level_of(query.state))
        self.lines: dict[tuple[str, ...], int] = {}
        self.words: dict[tuple[str, ...], list[str]] = {}
        self.papers: dict[tuple[str, ...], set[tuple[str, date]]] = {}
        self.including: set[int] = set()
        self.stuck: dict[tuple[str, str, tuple[str, ...], str], list[Unplaced]] = {}
        self._judged: tuple[str, str, tuple[str, ...], str] | None = None
        self._rolls: dict[tuple[tuple[str, ...], bool], str] = {}
        self._inside: list[tuple[int, int, int]] | None = None

    def _base(self) -> Base:
        return _Base(self)

    def _given(self, base: Base) -> Groups:
        if base.what in ("five_year", "implied"):
            return self._groups(base.atoms)
        own = self._judge_given(base.what, self.query.by)
        found = self._summed("account", own)
        assert self._judged is not None
        self.runner.find_papers(self._judged[-1])
        for *key, number, dated in self.runner.ask("papers_of", own=own):
            self.papers.setdefault(tuple(key), set()).add((number, day_of(dated)))
        return found

    def _said(self) -> Groups:
        if not _is_spent_held(self.query):
            return self._said_in_register()
        self._judge("spent", "", self.query.by)
        found = self._summed("line", False)
        for *key, n in self.runner.ask("lines_of"):
            self.lines[tuple(key)] = n
        for *key, word in self.runner.ask("words_of"):
            self.words.setdefault(tuple(key), []).append(word)
        self.including = {ref for (ref,) in self.runner.ask("including")}
        return found

    def _said_in_register(self) -> Groups:
        found = super()._said()
        self._judged = None  # the atoms of the day are no longer those in memory
        words = super()._qualifiers(found)
        for key, row in found.rows.items():
            self.lines[key] = len({(atom.kind, atom.ref) for atom in row})
            self.words[key] = list({words[atom.ref] for atom in row if atom.kind == "line" and atom.ref in words})
        return found

    def _counted_twice(self) -> list[cautions.Included]:
        if not _is_spent_held(self.query):
            return super()._counted_twice()
        return cautions.counted_twice(self.including, known=self.query.known, state=self.query.state)

    def _judge_given(self, what: str, by: tuple[str, ...], *, by_body: bool = False) -> bool:
        """Judge the accounts' money of a denominator, ready to be summed; true where only that of the year's own
        budget is to be summed of it.
        """
        own = what == "adjusted"
        what = "with_carry_over" if own else what
        self._judge("given", what, by, self._roll(what, by, by_body=by_body))
        return own

    def _roll(self, what: str, by: tuple[str, ...], *, by_body: bool) -> str:
        """The roll-up to ask, ``""`` for the accounts themselves: roll-ups hold what is known now of all money."""
        if what in DECIDER or self.runner.known < self.runner.held.taken[0]:
            return ""
        if (by, by_body) not in self._rolls:
            self._rolls[by, by_body] = Fit(self.frame, self.runner.held.rolls, by).roll(by_body=by_body)
        return self._rolls[by, by_body]

    def years(self) -> list[tuple[str, str]]:
        """The years of origin and of use of the money given inside the question, without those that come to nothing."""
        self._judge_given("with_carry_over", self._plainly, by_body=self.query.name == "disbursement")
        found = self.runner.ask("years_of")
        if any(not comes_to_something for _, _, comes_to_something in found):  # perhaps only in sum: look closer
            self._judge("given", "with_carry_over", self._plainly)
            found = self.runner.ask("years_of")
        self._inside = [(body, component, dong) for body, component, dong in self.runner.ask("held_by")]
        return [(origin, use) for origin, use, comes_to_something in found if comes_to_something]

    @property
    def _plainly(self) -> tuple[str, ...]:
        """How to judge what does not depend on rows: with them where that is the same, to judge once only."""
        return self.query.by if self.frame.units is None else ()

    def _judge(self, table: str, what: str, by: tuple[str, ...], roll: str = "") -> None:
        """Find the atoms of a table, read them in the units asked for, and tell every node what it is."""
        if self._judged == (table, what, by, roll):
            return
        if what in DECIDER:
            self.runner.deciders(
                row.body_id for life in bodies.lives().values() for row in life if row.kind == DECIDER[what]
            )
        moves = self.frame.units is not None and bool(self.query.place or set(PLACES) & set(by))
        self.runner.find(table, what, self.frame.here.known, roll, moves=moves)
        if moves:
            self.stuck[table, what, by, roll] = Read(self.frame, self.runner, by).unplaced
        self.runner.judge(Nodes(self.frame, by))
        self._judged = (table, what, by, roll)

    def _summed(self, kind: str, own: bool) -> Groups:
        """Sums as atoms: one for each row, pair of years and whether its place is still there."""
        assert self._judged is not None
        stuck = self.stuck.get(self._judged, [])
        self.unplaced += [one for one in stuck if not own or _is_own(one.atom.region)]
        found = Groups()
        for gap, node, of_kind, *key, year_origin, year_use, place, dong in self.runner.ask("sums_of", own=own):
            if gap:
                region = Region(0, 0, 0, "*", "*", 0, 0, 0)
                self.gaps.append(NotSplit(gap, node, Atom(region, dong, self.query.on, of_kind, 0)))
            else:
                region = Region(0, 0, 0, year_origin, year_use, 0, place, 0)
                found.rows.setdefault(tuple(key), []).append(Atom(region, dong, self.query.on, kind, 0))
        return found

    def _plan(self, base: Base, key: tuple[str, ...], held: Sequence[Atom]) -> Denominator | None:
        if base.what in ("five_year", "implied") or not held:
            return base.of(held)
        total = sum(atom.dong for atom in held)
        return Denominator(base.what, total, total, voucher=told(self.papers.get(key, set())))

    def _qualifiers(self, spent: Groups) -> dict[int, str]:
        return {}

    def _row(
        self, key: tuple[str, ...], paid: Sequence[Atom] | None, plan: Denominator | None, words: dict[int, str]
    ) -> Row:
        said = ", ".join(sorted(self.words.get(key, ())))
        return replace(super()._row(key, paid, plan, words), lines=self.lines.get(key, 0), qualifier=said)

    def _held(self) -> Iterable[tuple[int, int, int]]:
        if self._inside is None:
            self.years()
        return self._inside or []


def _is_own(region: Region) -> bool:
    return region.year_origin == region.year_use


class _Base(Base):
    """The denominator of a question, its money summed by the database."""

    def __init__(self, asker: _FromCube) -> None:
        self.asker = asker
        super().__init__(asker.frame)

    def _given(self, what: str) -> list[Atom]:
        return []  # summed by the database, when it is known which

    def _default(self, everything: Sequence[Atom]) -> str:
        years = self.asker.years()
        if years:
            return "with_carry_over" if any(origin != use for origin, use in years) else "adjusted"
        return "implied" if self.frame.select(self._planned("implied"))[0] else "adjusted"


__all__ = ["answered", "asking", "held", "is_held"]
