"""Cells behind every row of an answer at once: what a workbook's sheet of sources lists, row by row.

One pass over the question's atoms instead of a trace for each row; the cells are those of the trace's counted lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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


def behind(query: FigureQuery, reach: Reach) -> dict[tuple[str, ...], Behind]:
    """Key of a row (its codes in the order of ``by``) → its cells. The question is a plain one about money."""
    return _Citing(query, reach).behind()


class _Citing(Money):
    """A question whose rows are wanted as cells."""

    def behind(self) -> dict[tuple[str, ...], Behind]:
        found: dict[tuple[str, ...], Behind] = {}
        if self.query.name in SPOKEN:
            rows = self._said().rows
            cells = _of_lines(rows.values())
            for key, members in rows.items():
                refs = _tops(self.query, members)
                found.setdefault(key, Behind()).said = [cells[ref] for ref in refs if ref in cells]
        if self.query.name in ADJUSTED:
            moved = self._groups(adjusting.moved(self.query)).rows
            of = _of_entries(atom.ref for members in moved.values() for atom in members)
            for key, members in moved.items():
                found.setdefault(key, Behind()).given = [of[ref] for ref in dict.fromkeys(one.ref for one in members)]
        if self.query.name not in WITHOUT_PLAN:
            base = self._base()
            rows = self._given(base).rows
            for key, cited in _of_accounts(self.query, base, rows).items():
                found.setdefault(key, Behind()).given = cited
        return found


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


def _of_lines(rows: Iterable[Sequence[Atom]]) -> dict[tuple[str, int], Cited]:
    wanted = {(atom.kind, atom.ref) for row in rows for atom in row}
    found: dict[tuple[str, int], Cited] = {}
    for table, file, kinds in (
        (StatementLine, "statement__batch__source__name", _LINES),
        (Opening, "batch__source__name", ("opening", "was opening")),
    ):
        refs = {ref for kind, ref in wanted if kind in kinds}
        rows_ = table.objects.filter(pk__in=refs).values_list("pk", file, "sheet", "cell")
        for ref, name, sheet, cell in rows_:
            found |= {(kind, ref): Cited(name, sheet, cell) for kind in kinds}
    return found


def _of_accounts(
    query: FigureQuery, base: Base, rows: dict[tuple[str, ...], list[Atom]]
) -> dict[tuple[str, ...], list[Cited]]:
    """Cells of the entries of each row's accounts; of a plan, the paper that it stands in."""
    if base.what in ("five_year", "implied"):
        lines = {key: base.counted_lines(members) for key, members in rows.items()}
        return {key: [_of_plan(line) for line in members] for key, members in lines.items()}
    accounts = {atom.ref for members in rows.values() for atom in members}
    entries = entries_on(query.on, known=query.known, state=query.state).filter(account__in=accounts)
    entries = entries.filter(atoms.given_as(base.what)).order_by("voucher__dated", "pk")
    cells: dict[int, list[Cited]] = {}
    for account, name, sheet, cell in entries.values_list("account", "voucher__batch__source__name", "sheet", "cell"):
        cells.setdefault(account, []).append(Cited(name, sheet, cell))
    return {
        key: [one for ref in dict.fromkeys(atom.ref for atom in members) for one in cells.get(ref, ())]
        for key, members in rows.items()
    }


def _of_entries(keys: Iterable[int]) -> dict[int, Cited]:
    columns = ("pk", "voucher__batch__source__name", "sheet", "cell")
    return {pk: Cited(*where) for pk, *where in Entry.objects.filter(pk__in=set(keys)).values_list(*columns)}


def _of_plan(line: PlanLine) -> Cited:
    return Cited(line.plan.source.name, "", "")
