"""From the statements that stand on a day to facts: rows of the Treasury beside rows of the unit, with their cells."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects

from vungcao.bodies.models import Batch, BodyKind
from vungcao.evidence.moment import held
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.ledger import spending
from vungcao.ledger.codes import CodeBook, Scheme
from vungcao.ledger.models import Basis, Statement, StatementLine
from vungcao.ledger.regions import Region, Space, node_codes, spaces_known_at
from vungcao.ledger.treasury.cases import Case, Cited
from vungcao.ledger.treasury.facts import Booked, Group, Node, finest, grouped

SPEAK_FOR_UNITS: Final = (
    BodyKind.COMMUNE, BodyKind.DISTRICT, BodyKind.DEPARTMENT, BodyKind.FINANCE, BodyKind.BOARD, BodyKind.OWNER,
)  # fmt: skip
_IDENTITY: Final = (Scheme.BUDGET_USER, Scheme.PROJECT, Scheme.PROGRAMME, Scheme.ITEM, Scheme.SOURCE)


@dataclass(frozen=True)
class _Row:
    booked: Booked
    region: Region
    cited: Cited


class Gathering:
    """Everything said as of a day or before, as known at an act number; however many units, in as many questions."""

    @classmethod
    def of(cls, on: date, known: int | None, state: str) -> Gathering:
        """The gathering of a day; in one moment, what is asked about it twice is gathered once."""
        return held(("gathering", on, known, state), lambda: cls(on, known=known, state=state))

    def __init__(self, on: date, *, known: int | None = None, state: str = "received") -> None:
        self.on, self.known, self.state = on, known, state
        self.spaces = spaces_known_at(known)

    @cached_property
    def said(self) -> list[Statement]:
        return spending.statements_until(self.on, known=self.known, state=self.state, basis=Basis.YEAR)

    @cached_property
    def standing(self) -> list[Statement]:
        return spending.latest_of(self.said)

    def of_kinds(self, kinds: Iterable[str]) -> list[Statement]:
        wanted = set(kinds)
        return [one for one in self.standing if self.kind_of(one) in wanted]

    def kind_of(self, one: Statement) -> str:
        return self.spaces(one.as_of).bodies.kinds.get(one.reporter_id, "")

    @cached_property
    def treasury(self) -> list[Statement]:
        """Exports about the budget year of the day; in January also about the one that is closing."""
        years = [self.on.year] if self.on.month > 1 else [self.on.year, self.on.year - 1]
        found = self.of_kinds([BodyKind.TREASURY])
        return [one for one in found if any(Years.parse(one.year_use).meets(Years(year, year)) for year in years)]

    @cached_property
    def order(self) -> dict[tuple[int, str], int]:
        return spending.ranks(self.on, self.known)

    @cached_property
    def book(self) -> CodeBook:
        return CodeBook(self.known, [Scheme.PROJECT])

    @cached_property
    def components(self) -> dict[int, str]:
        return node_codes()["component"]

    @cached_property
    def fields(self) -> dict[int, str]:
        return node_codes()["field"]

    @cached_property
    def objects(self) -> dict[int, str]:
        return node_codes()["object"]

    def node(self, region: Region, here: Space) -> Node:
        """The region in codes; a year of origin that is this year's use is that year."""
        return Node(
            body=str(region.body),
            component=self.components[region.component],
            field=self.fields[region.field],
            kind=here.sources[region.source][0],
            origin=region.year_origin,
            spending_object=self.objects[region.spending_object],
        )

    # rows --------------------------------------------------------------------------------------------------
    def lines(self, statement: Statement) -> list[StatementLine]:
        """Its lines in the order of its table; those of all that are compared, and their papers, are read in one go."""
        return self._lines[statement.pk]

    @cached_property
    def _lines(self) -> dict[int, list[StatementLine]]:
        days = {one.as_of for one in (*self.of_units, *self.treasury)}
        sides = {_whose(one) for one in (*self.of_units, *self.treasury)}
        compared = {*self.of_units, *self.treasury}
        compared |= {one for one in self.said if one.as_of in days and _whose(one) in sides}
        papers = Prefetch("batch", Batch.objects.select_related("source"))
        prefetch_related_objects(list(compared), papers, Prefetch("lines", StatementLine.objects.order_by("pk")))
        return {one.pk: list(one.lines.all()) for one in compared}

    @cached_property
    def treasury_rows(self) -> list[_Row]:
        return [row for one in self.treasury for line in self.lines(one) for row in self._parts(one, line)]

    def _parts(self, statement: Statement, line: StatementLine) -> Iterator[_Row]:
        region, here = Region.of(line), self.spaces(statement.as_of)
        parts = line.codes.get("parts") or [{"cell": line.cell, "dong": line.disbursed_dong, "label": line.label}]
        for at, part in enumerate(parts):
            codes = {scheme: part[scheme] for scheme in Scheme.values if scheme in part}
            advance = part["advance"] - part.get("cleared", 0) if "advance" in part else None
            booked = Booked(
                ("treasury", line.pk, at),
                self.node(region, here),
                part["dong"],
                open_advance=advance,
                restored=part.get("restored"),
                belongs=self.registered(codes, region, statement.as_of, here),
                is_old_code=bool(part.get("old_code")),
                is_carried=region.year_origin not in (NOT_DIVIDED, region.year_use),
                codes=codes,
            )
            cited = Cited(statement, line.pk, part["label"], line.sheet, part["cell"], part["dong"], codes)
            yield _Row(booked, region, cited)

    def registered(self, codes: Mapping[str, str], region: Region, on: date, here: Space) -> Node | None:
        """Where the project of a row is registered, if that is not where it was booked."""
        row = self.book.registered(Scheme.PROJECT, codes.get(Scheme.PROJECT, ""), on)
        if row is None:
            return None
        tree = here.components
        other = row.component_id is not None and not tree.meets(row.component_id, region.component)
        star = here.not_divided["field"]
        other_field = row.field_id is not None and region.field not in (star, row.field_id)
        if not other and not other_field:
            return None
        node = self.node(region, here)
        component = self.components[row.component_id] if row.component_id is not None else node.component
        item = self.fields[row.field_id] if row.field_id is not None else node.field
        return Node(node.body, component, item, node.kind, node.origin, node.spending_object)

    def unit_rows(self, statement: Statement) -> list[_Row]:
        """The finest rows of a unit's statement; what a total says beyond its parts is a row as well."""
        here = self.spaces(statement.as_of)
        rows = {}
        for line in self.lines(statement):
            region = Region.of(line)
            booked = Booked(
                ("unit", line.pk, 0), self.node(region, here), line.disbursed_dong,
                is_carried=region.year_origin not in (NOT_DIVIDED, region.year_use),
            )  # fmt: skip
            cited = Cited(statement, line.pk, line.label, line.sheet, line.cell, line.disbursed_dong)
            rows[booked.key] = _Row(booked, region, cited)
        pairs = [(row.booked, _around(row, rows.values(), here)) for row in rows.values()]
        return [_Row(one, rows[one.key].region, rows[one.key].cited) for one in finest(pairs)]

    # whose is what -----------------------------------------------------------------------------------------
    def unit_of(self, row: _Row) -> Statement | None:
        """The statement that speaks for a row of the Treasury: the body's own, else by the order of reporters."""
        met = [one for one in self.of_units if self.spaces(one.as_of).meets(Region.of(one), row.region)]
        return min(met, key=lambda one: self._nearness(one, row), default=None)

    @cached_property
    def of_units(self) -> list[Statement]:
        return self.of_kinds(SPEAK_FOR_UNITS)

    def _nearness(self, one: Statement, row: _Row) -> tuple[int, ...]:
        here = self.spaces(one.as_of)
        programme = here.components.programme_of(row.region.component)
        rank = self.order.get((programme, self.kind_of(one)))
        rank = rank if rank is not None else self.order.get((here.not_divided["component"], self.kind_of(one)), 99)
        return one.reporter_id != row.region.body, rank, -here.depth(Region.of(one)), one.pk

    def cases(self) -> list[Case]:
        """Every unit that the Treasury or a statement of its own speaks of, in the order of bodies' keys."""
        theirs: dict[int | None, list[_Row]] = {}
        alone: dict[int, list[_Row]] = {}
        for row in self.treasury_rows:
            unit = self.unit_of(row)
            if unit is None:
                alone.setdefault(row.region.body, []).append(row)
            else:
                theirs.setdefault(unit.pk, []).append(row)
        spoken = [unit for unit in self.of_units if unit.pk in theirs or self._is_due(unit)]
        found = [self._case(unit, theirs.get(unit.pk, [])) for unit in spoken]
        found += [self._silent(body, rows) for body, rows in alone.items()]
        return sorted((one for one in found if one.groups), key=lambda one: (one.body, one.unit.pk if one.unit else 0))

    def _is_due(self, unit: Statement) -> bool:
        """Does a unit speak of itself, and is some export there in which its money should stand?"""
        space = self.spaces(unit.as_of)
        own = unit.body_id == unit.reporter_id
        return own and any(space.meets(Region.of(one), Region.of(unit)) for one in self.treasury)

    def _silent(self, body: int, rows: list[_Row]) -> Case:
        """Rows of a unit that has made no statement: shown, not explained."""
        made = []
        day = self.on
        for _, group in grouped([], [row.booked for row in rows], lambda one, other: False):
            made.append(Group(group[0].node.purpose, (), tuple(group), day, day))
        papers = tuple(dict.fromkeys(row.cited.statement for row in rows))
        return Case(body, None, papers, tuple(made), {row.booked.key: row.cited for row in rows})

    def _case(self, unit: Statement, rows: list[_Row]) -> Case:
        ours = [row for row in self.unit_rows(unit) if self._is_comparable(row)]
        regions = {row.booked.key: row.region for row in (*ours, *rows)}
        here = self.spaces(unit.as_of)
        days = {row.booked.key: row.cited.statement for row in rows}
        theirs = [self._with_other_day(row, unit) for row in rows]
        mine = self._with_own_other_day(ours, unit, rows)
        tolerance = _half_a_digit([row.booked.dong for row in ours], [row.booked.dong for row in rows])
        groups = []
        for one, other in grouped(mine, theirs, lambda a, b: here.meets(regions[a.key], regions[b.key])):
            if not other and not any(row.dong for row in one):
                continue  # nothing spent, and the Treasury lists nothing: they agree
            day = max((days[row.key].as_of for row in other), default=self._treasury_day(unit))
            node = _common([row.node for row in one or other])
            groups.append(Group(node, tuple(one), tuple(other), unit.as_of, day, tolerance * max(1, len(one))))
        papers = tuple(dict.fromkeys(row.cited.statement for row in rows))
        cited = {row.booked.key: row.cited for row in (*ours, *rows)}
        return Case(unit.reporter_id, unit, papers, tuple(groups), cited)

    def _treasury_day(self, unit: Statement) -> date:
        return max((one.as_of for one in self.treasury), default=unit.as_of)

    def _is_comparable(self, row: _Row) -> bool:
        """Are the exports there in which the row's money would stand? One that is not split by kind needs both."""
        here = self.spaces(row.cited.statement.as_of)
        met = [Region.of(one) for one in self.treasury if here.meets(Region.of(one), row.region)]
        if any(here.covers(one, row.region) for one in met):
            return True
        return {here.sources[one.source][0] for one in met} >= {"dau_tu", "su_nghiep"}

    # the other day -----------------------------------------------------------------------------------------
    def _with_other_day(self, row: _Row, unit: Statement) -> Booked:
        """With what the Treasury said of the same row on the unit's earlier day, where that export is on file."""
        mine = row.cited.statement
        if mine.as_of <= unit.as_of:
            return row.booked
        then = self._then(mine, unit.as_of)
        return row.booked if then is None else _but(row.booked, then.get(_mark(row.region, row.booked.codes), 0))

    def _with_own_other_day(self, ours: list[_Row], unit: Statement, rows: list[_Row]) -> list[Booked]:
        day = max((row.cited.statement.as_of for row in rows), default=unit.as_of)
        if unit.as_of <= day:
            return [row.booked for row in ours]
        earlier = self._edition(unit, day)
        if earlier is None:
            return [row.booked for row in ours]
        then = {Region.of(line): line.disbursed_dong for line in self.lines(earlier)}
        return [_but(row.booked, then[row.region]) if row.region in then else row.booked for row in ours]

    def _then(self, mine: Statement, day: date) -> dict[Hashable, int] | None:
        """Row by row, what the same export said as of an earlier day."""
        earlier = self._edition(mine, day)
        if earlier is None:
            return None
        parts = [row for line in self.lines(earlier) for row in self._parts(earlier, line)]
        return {_mark(row.region, row.booked.codes): row.booked.dong for row in parts}

    def _edition(self, one: Statement, day: date) -> Statement | None:
        """The statement of the same reporter and coverage as of exactly ``day``."""
        return self._editions.get((*_whose(one), day))

    @cached_property
    def _editions(self) -> dict[tuple[int, Region, date], Statement]:
        return {(*_whose(one), one.as_of): one for one in self.said}


def _whose(one: Statement) -> tuple[int, Region]:
    return one.reporter_id, Region.of(one)


def _but(row: Booked, other_day: int) -> Booked:
    return replace(row, other_day=other_day)


def _mark(region: Region, codes: Mapping[str, str]) -> Hashable:
    """What makes a row of one export the same as one of another: its region and the codes it prints."""
    return region, tuple(codes.get(scheme, "") for scheme in _IDENTITY)


def _around(row: _Row, rows: Iterable[_Row], here: Space) -> Booked | None:
    """The narrowest other row of the same statement that holds all of this one."""
    over = [one for one in rows if one.region != row.region and here.covers(one.region, row.region)]
    found = max(over, key=lambda one: here.depth(one.region), default=None)
    return found.booked if found else None


def _common(nodes: list[Node]) -> Node:
    """What the nodes agree on; ``*`` where they differ, the shortest component that begins them all."""
    first = nodes[0]
    said: dict[str, Any] = {
        name: value if all(getattr(one, name) == value for one in nodes) else NOT_DIVIDED
        for name, value in vars(first).items()
    }
    if said["component"] == NOT_DIVIDED:
        parts = [one.component.split(".") for one in nodes]
        same = [part[0] for part in zip(*parts, strict=False) if len(set(part)) == 1]
        said["component"] = ".".join(same) or NOT_DIVIDED
    return Node(**said)


def _half_a_digit(unit: list[int], treasury: list[int]) -> int:
    """How far rounding may take one figure of the unit: half of the last place that it prints, if the Treasury prints
    finer; at most half a triệu.
    """
    grain = _printed_in(unit)
    return 0 if grain <= 1 or all(dong % grain == 0 for dong in treasury) else grain // 2


def _printed_in(amounts: list[int]) -> int:
    said = [dong for dong in amounts if dong]
    grain = 1
    while said and grain < 1_000_000 and all(dong % (grain * 10) == 0 for dong in said):
        grain *= 10
    return grain
