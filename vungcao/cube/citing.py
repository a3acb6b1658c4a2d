"""Cells behind every row of an answer at once: what a workbook's sheet of sources lists, row by row.

One pass over the question's atoms instead of a trace for each row; the cells are those of the trace's counted lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vungcao.bodies.reach import Reach
from vungcao.cube import adjusting, atoms, flow
from vungcao.cube.atoms import Atom
from vungcao.cube.denominators import Base
from vungcao.cube.figures import Money
from vungcao.cube.question import ADJUSTED, SPOKEN, WITHOUT_PLAN, FigureQuery
from vungcao.ledger import spending
from vungcao.ledger.balances import entries_on
from vungcao.ledger.models import Entry, Opening, StatementLine
from vungcao.programme.models import PlanLine


@dataclass(frozen=True)
class Cited:
    """Where one line stands."""

    file: str
    sheet: str
    cell: str


@dataclass
class Behind:
    """What a row counts: cells of what somebody said, and of what was given."""

    said: list[Cited] = field(default_factory=list)
    given: list[Cited] = field(default_factory=list)


_LINES: Final = ("line", "was line")
_OPENINGS: Final = ("opening", "was opening")
Key = tuple[str, ...]  # of a row: its codes in the order of ``by``
Asked = tuple[date, int | None, str, str]  # day, act number, step and denominator: whose entries an account is read by


@dataclass
class _Refs:
    """What a row counts, before its cells are read. ``accounts``: money given, with how its accounts are read."""

    said: list[tuple[str, int]] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    accounts: list[int] = field(default_factory=list)
    asked: Asked | None = None
    plans: list[Cited] = field(default_factory=list)


def behind(query: FigureQuery, reach: Reach) -> dict[Key, Behind]:
    """Key of a row → its cells. The question is a plain one about money."""
    return behind_each([query], reach)[query]


def behind_each(queries: Iterable[FigureQuery], reach: Reach) -> dict[FigureQuery, dict[Key, Behind]]:
    """Of each question what ``behind`` says of it; however many there are, each table of cells is read once (entries
    once for each day and denominator).
    """
    found = {query: _Citing(query, reach).refs() for query in queries}
    cells = _Cells([refs for rows in found.values() for refs in rows.values()])
    return {query: {key: cells.of(refs) for key, refs in rows.items()} for query, rows in found.items()}


class _Citing(Money):
    """A question whose rows are wanted as cells."""

    def refs(self) -> dict[Key, _Refs]:
        found: dict[Key, _Refs] = defaultdict(_Refs)
        if self.query.name in SPOKEN:
            for key, members in self._said().rows.items():
                found[key].said = _tops(self.query, members)
        if self.query.name in ADJUSTED:
            for key, members in self._groups(adjusting.moved(self.query)).rows.items():
                found[key].entries = list(dict.fromkeys(atom.ref for atom in members))
        if self.query.name not in WITHOUT_PLAN:
            base = self._base()
            for key, members in self._given(base).rows.items():
                self._of_base(found[key], base, members)
        return found

    def _of_base(self, refs: _Refs, base: Base, members: Sequence[Atom]) -> None:
        """The accounts of a row; of a plan, the papers that its lines stand in."""
        if base.what in ("five_year", "implied"):
            refs.plans = [_of_plan(line) for line in base.counted_lines(members)]
            return
        refs.accounts = list(dict.fromkeys(atom.ref for atom in members))
        refs.asked = (self.query.on, self.query.known, self.query.state, base.what)


def _tops(query: FigureQuery, members: Sequence[Atom]) -> list[tuple[str, int]]:
    """Lines that no other line of the row holds, and what was handed over; in the order of the books."""
    covers = {"line": query.on, "was line": flow.before(query.on)} if query.name == "flow" else {"line": query.on}
    refs: list[tuple[str, int]] = []
    for kind, on in covers.items():
        cover = spending.spending_on(
            on, known=query.known, state=query.state, basis=query.spoken_basis, measure=SPOKEN[query.name][1]
        )
        parents = {one.said.line: one.parent.said.line if one.parent else None for one in cover.admitted}
        own = {atom.ref for atom in members if atom.kind == kind}
        refs += [(kind, ref) for ref in sorted(own) if parents.get(ref) not in own]
    others = {(atom.kind, atom.ref) for atom in members if atom.kind not in _LINES}
    return [*refs, *sorted(others)]


class _Cells:
    """Where lines, openings, entries and the entries of accounts stand."""

    def __init__(self, wanted: Sequence[_Refs]) -> None:
        said = {ref for refs in wanted for ref in refs.said}
        self._said = _of_lines(said)
        self._entries = _of_entries({ref for refs in wanted for ref in refs.entries})
        accounts: dict[Asked, set[int]] = defaultdict(set)
        for refs in wanted:
            if refs.asked is not None:
                accounts[refs.asked].update(refs.accounts)
        self._accounts = {asked: _of_accounts(asked, keys) for asked, keys in accounts.items()}

    def of(self, refs: _Refs) -> Behind:
        of_accounts = self._accounts[refs.asked] if refs.asked is not None else {}
        given = [one for ref in refs.accounts for one in of_accounts.get(ref, ())]
        return Behind(
            said=[self._said[ref] for ref in refs.said if ref in self._said],
            given=[*(self._entries[ref] for ref in refs.entries), *given, *refs.plans],
        )


def _of_lines(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Cited]:
    found: dict[tuple[str, int], Cited] = {}
    for table, file, kinds in (
        (StatementLine, "statement__batch__source__name", _LINES),
        (Opening, "batch__source__name", _OPENINGS),
    ):
        refs = {ref for kind, ref in wanted if kind in kinds}
        rows = table.objects.filter(pk__in=refs).values_list("pk", file, "sheet", "cell")
        for ref, name, sheet, cell in rows:
            found |= {(kind, ref): Cited(name, sheet, cell) for kind in kinds}
    return found


def _of_accounts(asked: Asked, accounts: Collection[int]) -> dict[int, list[Cited]]:
    """Account → cells of its entries that make the denominator, the earliest first."""
    on, known, state, what = asked
    entries = entries_on(on, known=known, state=state).filter(account__in=accounts)
    entries = entries.filter(atoms.given_as(what)).order_by("voucher__dated", "pk")
    found: dict[int, list[Cited]] = defaultdict(list)
    for account, name, sheet, cell in entries.values_list("account", "voucher__batch__source__name", "sheet", "cell"):
        found[account].append(Cited(name, sheet, cell))
    return found


def _of_entries(keys: Collection[int]) -> dict[int, Cited]:
    columns = ("pk", "voucher__batch__source__name", "sheet", "cell")
    return {pk: Cited(*where) for pk, *where in Entry.objects.filter(pk__in=keys).values_list(*columns)}


def _of_plan(line: PlanLine) -> Cited:
    return Cited(line.plan.source.name, "", "")
