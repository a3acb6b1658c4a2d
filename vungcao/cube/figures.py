"""Answers to questions: rows with their denominator, and the gaps that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from vungcao.bodies.reach import Reach
from vungcao.cube import adjusting, atoms, cautions, chain, flow, gaps
from vungcao.cube.atoms import Atom, Unplaced
from vungcao.cube.comparing import beside
from vungcao.cube.counting import count
from vungcao.cube.denominators import OF_THE_YEAR, Base, Denominator, rate_of
from vungcao.cube.gaps import measure_of
from vungcao.cube.grouping import BY_KEY, OWN, Frame, Groups, NotSplit
from vungcao.cube.kept import Answers
from vungcao.cube.months import by_month
from vungcao.cube.question import ADJUSTED, MONEY, SPOKEN, WITHOUT_PLAN, FigureQuery
from vungcao.cube.refusing import refuse_impossible, refuse_out_of_reach
from vungcao.cube.rows import Answer, Row
from vungcao.evidence.moment import held as held_now
from vungcao.evidence.queries import last_number
from vungcao.kernel.years import Years
from vungcao.ledger.models import StatementLine
from vungcao.ledger.regions import Region
from vungcao.territory import queries as territory

__all__ = ["Answer", "FigureQuery", "Row", "answer"]


def answer(query: FigureQuery, reach: Reach) -> Answer:
    """Answer a question for an asker. Raises ``NotAQuestion`` with a Vietnamese sentence."""
    refuse_out_of_reach(query, reach)
    return _kept.get(query, reach, lambda: _answered(query, lambda one: _plain(one, reach)))


def scanned(query: FigureQuery, reach: Reach) -> Answer:
    """The same answer by reading the register through, whatever is sealed: what the cube is held against."""
    return _answered(query, lambda one: _plain(one, reach, scan=True))


_kept: Final = Answers[Answer](room=2048)


def _answered(query: FigureQuery, plain: Callable[[FigureQuery], Answer]) -> Answer:
    refuse_impossible(query)
    return beside(query, plain) if query.is_beside else plain(query)


def _plain(query: FigureQuery, reach: Reach, *, scan: bool = False) -> Answer:
    """The question's own figure, without what it wants beside it."""

    def plain(one: FigureQuery) -> Answer:
        return _plain(one, reach, scan=scan)

    if "month" in query.by and query.name in MONEY:
        return by_month(query, plain)
    if query.name not in MONEY:
        return count(query, reach)
    if query.name in ("chain", "counterpart"):
        several = chain.chain if query.name == "chain" else chain.counterpart
        return several(query, plain)
    if query.name in ADJUSTED:
        return _Adjusted(query, reach).answer()
    if query.name in WITHOUT_PLAN:
        return _Told(query, reach, scan=scan).answer()
    if scan:
        return Money(query, reach).answer()
    return _parts.get(query, reach, lambda: from_cube(query, reach) or Money(query, reach).answer())


_parts: Final = Answers[Answer](room=2048)


def from_cube(query: FigureQuery, reach: Reach) -> Answer | None:
    """The answer of the sealed cube, where it holds the question: the one place where this is decided."""
    from vungcao.cube.sealed import answering  # it answers with the class below, over sums instead of atoms

    return answering.answered(query, reach)


def spent_from_cube(query: FigureQuery) -> flow.Spent | None:
    """What was spent on any day as the sealed cube holds it; ``None`` where it does not."""
    from vungcao.cube.sealed import answering

    return answering.spent_of(query)


def held_in_cube(query: FigureQuery, reach: Reach) -> list[tuple[int, int, int]] | None:
    """``gaps.held`` as the sealed cube sums it; ``None`` where it does not hold it."""
    from vungcao.cube.sealed import answering

    return answering.held_inside(query, reach)


class Money:
    """One question about money, on its way to an answer."""

    def __init__(self, query: FigureQuery, reach: Reach, *, scan: bool = False) -> None:
        self.query, self.scan = query, scan
        self.frame = Frame(query, reach)
        self.pinned = replace(query, known=query.known if query.known is not None else last_number())
        self.gaps: list[NotSplit] = []
        self.unplaced: list[Unplaced] = []
        self.spoken: list[Atom] = []

    def answer(self) -> Answer:
        measures = self._remainders() if self.query.name == "remainder" else self._spending()
        rows = sorted(measures, key=lambda row: tuple(self._order(dim, code) for dim, code in row.dims.items()))
        twice = self._counted_twice() if self.query.name == "disbursement" else []
        return Answer(
            figure=self.query.name,
            on=self.query.on,
            known_on=self.pinned.known or 0,
            boundaries=f"{self.query.boundaries}",
            state=self.query.state,
            rows=rows,
            not_reported=gaps.not_reported(self.frame, self._held())
            if self.query.name in ("disbursement", "flow")
            else [],
            not_split=gaps.not_split(self.frame, self.gaps),
            not_apportioned=gaps.not_apportioned(self.frame, self.unplaced),
            notes=cautions.in_words(twice),
            counted_twice=[one.as_json() for one in twice],
        )

    # atoms -------------------------------------------------------------------------------------------------
    def _groups(self, found: Iterable[Atom]) -> Groups:
        found, stuck = self.frame.read(found, self.query.by)
        self.unplaced += stuck
        inside, wider = self.frame.select(found)
        self.gaps += [gap for gap in wider if gap.atom.dong]
        groups = self.frame.group(inside)
        self.gaps += [gap for gap in groups.not_split if gap.atom.dong]
        return groups

    def _spending(self) -> Iterable[Row]:
        base = self._base()
        given = self._given(base)
        spent = self._said() if self.query.name in SPOKEN else Groups()
        words = self._qualifiers(spent)
        keys = list(dict.fromkeys([*spent.rows, *given.rows])) or ([()] if not self.query.by else [])
        for key in keys:
            paid, held = spent.rows.get(key), given.rows.get(key, [])
            if not key or not self._has_gone([*(paid or ()), *held]):
                yield self._row(key, paid, self._plan(base, key, held), words)

    def _base(self) -> Base:
        return Base(self.frame)

    def _given(self, base: Base) -> Groups:
        return self._groups(base.atoms)

    def _said(self) -> Groups:
        spent = self._groups(self._spoken())
        self.spoken = [atom for row in spent.rows.values() for atom in row]
        return spent

    def _plan(self, base: Base, key: tuple[str, ...], held: Sequence[Atom]) -> Denominator | None:
        return base.of(held)

    def _has_gone(self, row: Sequence[Atom]) -> bool:
        """Is it a place that has ended and handed over all that it held and had spent? It is no row any more."""
        gone = bool(row) and all(atom.region.place not in self.frame.here.places for atom in row)
        return gone and all(sum(atom.dong for atom in row if measure_of(atom) == name) == 0 for name in _COLUMNS)

    def _spoken(self) -> list[Atom]:
        query, (_, measure) = self.query, SPOKEN[self.query.name]
        if query.name == "flow":
            found, apart = flow.flow(query, None if self.scan else spent_from_cube(query))
            inside, _ = self.frame.select(self.frame.read(apart, by=())[0])
            self.gaps += [NotSplit("month", atom.region.body, atom) for atom in inside if atom.dong]
            return found
        return atoms.spent(query.on, known=query.known, state=query.state, basis=query.spoken_basis, measure=measure)

    def _row(
        self, key: tuple[str, ...], paid: Sequence[Atom] | None, plan: Denominator | None, words: dict[int, str]
    ) -> Row:
        disbursed = sum(atom.dong for atom in paid) if paid is not None else None
        given = plan.low_dong if plan and plan.low_dong == plan.high_dong else None
        measures: dict[str, int | Decimal | None] = {"given_dong": given}
        if self.query.name in SPOKEN:
            measures[SPOKEN[self.query.name][0]] = disbursed
            own = self._of_the_year(paid, plan)
            if own != disbursed:
                measures["carried_over_dong"] = (disbursed or 0) - (own or 0)
            measures["remainder_dong"] = given - own if given is not None and own is not None else None
            measures["rate"] = rate_of(own, plan)
        said = [words[atom.ref] for atom in paid or () if atom.kind == "line" and atom.ref in words]
        return Row(
            id=self._id(key),
            dims=dict(zip(self.query.by, key, strict=True)),
            names=self._names(self.query.by, key),
            short_names=self._short_names(self.query.by, key),
            measures=measures,
            denominator=plan,
            qualifier=", ".join(sorted(set(said))),
            lines=len({(atom.kind, atom.ref) for atom in paid or ()}),
        )

    def _of_the_year(self, paid: Sequence[Atom] | None, plan: Denominator | None) -> int | None:
        """What of the spending a plan is the measure of: over a plan of the year's own money, spending said to be of
        carried-over money is left out.
        """
        if paid is None:
            return None
        if plan is None or plan.what not in OF_THE_YEAR:
            return sum(atom.dong for atom in paid)
        return sum(atom.dong for atom in paid if not _is_carried_over(atom.region))

    def _remainders(self) -> Iterable[Row]:
        """Of each decision, what a row gained is given and what it lost is passed on; a reversal takes that back."""
        by = self.query.by or ("body",)
        self.query = replace(self.query, by=by)
        self.frame.query = self.query
        found = self._groups(atoms.movements(self.query.on, known=self.query.known, state=self.query.state))
        for key, members in found.rows.items():
            net: dict[tuple[int, bool], int] = {}
            for atom in members:
                voucher = (atom.ref, atom.kind == "reversal")
                net[voucher] = net.get(voucher, 0) + atom.dong
            received = sum(dong for (_, undoes), dong in net.items() if (dong > 0) is not undoes)
            passed = -sum(dong for (_, undoes), dong in net.items() if (dong > 0) is undoes)
            yield Row(
                id=self._id(key),
                dims=dict(zip(by, key, strict=True)),
                names=self._names(by, key),
                short_names=self._short_names(by, key),
                measures={"given_dong": received, "passed_on_dong": passed, "remainder_dong": received - passed},
                denominator=None,
                qualifier="",
                lines=len(net),
            )

    def _qualifiers(self, spent: Groups) -> dict[int, str]:
        refs = {atom.ref for row in spent.rows.values() for atom in row if atom.kind == "line"}
        words = held_now("words", _words) if refs else {}
        return {ref: words[ref] for ref in refs & words.keys()}

    def _held(self) -> Iterable[tuple[int, int, int]]:
        """(body, component, đồng) of the money inside the question."""
        inside = None if self.scan else held_in_cube(self.query, self.frame.reach)
        return gaps.held(self.frame) if inside is None else inside

    def _counted_twice(self) -> list[cautions.Included]:
        counted = [*self.spoken, *(gap.atom for gap in self.gaps)]
        lines = {atom.ref for atom in counted if atom.kind == "line"}
        return cautions.counted_twice(lines, known=self.query.known, state=self.query.state)

    # small things ------------------------------------------------------------------------------------------
    def _names(self, by: Sequence[str], key: Sequence[str]) -> dict[str, str]:
        return {dim: self.frame.codes.name(dim, code) for dim, code in zip(by, key, strict=True)}

    def _short_names(self, by: Sequence[str], key: Sequence[str]) -> dict[str, str]:
        return {dim: self.frame.codes.short_name(dim, code) for dim, code in zip(by, key, strict=True)}

    def _id(self, key: tuple[str, ...]) -> str:
        dims = {dim: self._unmistakable(dim, code) for dim, code in zip(self.query.by, key, strict=True)}
        return replace(self.pinned, by=self.query.by).narrowed(dims).id

    def _unmistakable(self, dim: str, code: str) -> str:
        """What narrows to exactly one row: a body itself without those under it, a place by its key where the same
        text is another place's code on that day.
        """
        if dim in ("body", "owner"):
            return f"{OWN}{code}"
        if dim not in ("place", "district", "province"):
            return code
        bearer = self._bearers.get(code)
        return code if bearer is None or self.frame.codes.places[bearer] == code else f"{BY_KEY}{code}"

    @cached_property
    def _bearers(self) -> dict[str, int]:
        return territory.bearers(self.frame.here.on, self.frame.here.known)

    def _order(self, dim: str, code: str) -> tuple[Any, ...]:
        if dim in ("component", "programme"):
            node = self.frame.here.components.ids.get(code)
            return (self.frame.here.components.order.get(node, 0) if node else 0, code)
        return (code,)


_COLUMNS: Final = ("disbursed_dong", "given_dong")


def _is_carried_over(region: Region) -> bool:
    origin, used = Years.parse(region.year_origin), Years.parse(region.year_use)
    return bool(origin.depth and used.depth) and origin.last < used.first


def _words() -> dict[int, str]:
    """Line → the word that qualifies it; few have one."""
    return dict(StatementLine.objects.exclude(qualifier="").values_list("pk", "qualifier"))


class _Told(Money):
    """Figures that are not measured against money given: credit, and money paid back to the budget beside what was to
    be paid back as the same paper says it.
    """

    def _spending(self) -> Iterable[Row]:
        spoken, column = self._said(), SPOKEN[self.query.name][0]
        words = self._qualifiers(spoken)
        for key in spoken.rows or ([()] if not self.query.by else []):
            found = spoken.rows.get(key)
            is_told = bool(found) and (self.query.name != "flow" or flow.is_new(found or ()))
            total = sum(atom.dong for atom in found or ()) if is_told else None
            measures: dict[str, int | Decimal | None] = {column: total}
            refs = {atom.ref for atom in found or ()}
            if self.query.name == "recovered":
                measures |= self._to_recover(refs, measures[column])
            yield Row(
                id=self._id(key),
                dims=dict(zip(self.query.by, key, strict=True)),
                names=self._names(self.query.by, key),
                short_names=self._short_names(self.query.by, key),
                measures=measures,
                denominator=None,
                qualifier=", ".join(dict.fromkeys(words[ref] for ref in sorted(refs) if ref in words)),
                lines=len(refs),
            )

    def _to_recover(self, refs: set[int], recovered: int | Decimal | None) -> dict[str, int | Decimal | None]:
        """What the same lines say was to be paid back; ``None`` where one of them does not say."""
        said = list(StatementLine.objects.filter(pk__in=refs).values_list("plan_dong", flat=True))
        wanted = sum(one for one in said if one is not None) if said and None not in said else None
        left = wanted - int(recovered) if wanted is not None and recovered is not None else None
        return {"to_recover_dong": wanted, "remainder_dong": left}


class _Adjusted(Money):
    """What decisions of adjustment moved; a row in which they moved nothing that way has no figure."""

    def _spending(self) -> Iterable[Row]:
        found = self._groups(adjusting.moved(self.query)).rows
        for key in found or ([()] if not self.query.by else []):
            members = found.get(key)
            yield Row(
                id=self._id(key),
                dims=dict(zip(self.query.by, key, strict=True)),
                names=self._names(self.query.by, key),
                short_names=self._short_names(self.query.by, key),
                measures={f"{self.query.name}_dong": sum(atom.dong for atom in members) if members else None},
                denominator=None,
                qualifier="",
                lines=len({atom.ref for atom in members or ()}),
            )
