"""Decisions that move what is already held: carry-over into the next year, cancellation; and what such papers share.

That is: whose money, of which project, kind of capital and year of origin, a row means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from vungcao.intake.drafted import VoucherDraft
from vungcao.intake.facets import Facets, facets_of
from vungcao.intake.names import Names
from vungcao.intake.profile import Bound, head_of
from vungcao.intake.reading import Row
from vungcao.intake.statement_columns import facets_under
from vungcao.intake.voucher_moves import VoucherDrafting
from vungcao.intake.work_rows import WorkRows
from vungcao.kernel.refusal import Cell
from vungcao.kernel.vietnamese import fold
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import Move
from vungcao.ledger.models import VoucherKind
from vungcao.ledger.regions import Region, space
from vungcao.programme.models import Level

_COMPONENT: Final = re.compile(r"^(tieu )?du an (so )?\d|^t?da ?\d|^noi dung (so )?\d")
_YEARS: Final = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Item:
    """A row without parts: the holder and its place, the component (at the project), the object, the field."""

    row: Row
    component: int
    body: int
    place: int
    spending_object: int
    field: int


class TransferDrafting(WorkRows, VoucherDrafting):
    """Rows are projects, units or works in any nesting; columns ``component``, ``unit``, ``work``, ``capital`` (loại
    vốn), ``field``, ``origin`` (năm nguồn) say what the row's label and the sections above do not.

    Of the rule: ``kind``, ``decided_by``, ``holder`` (who holds what no row names: a key, ``issuer`` or ``title``).
    """

    measures = VoucherDrafting.measures | {"component", "unit", "work", "code", "capital", "origin"}
    needs_component = True

    def _make(self, programme: int) -> None:
        rule = self.fit.profile.rule
        self._year_problem(programme)
        decider = self._named(rule["decided_by"])
        if decider is None:
            return
        moves = tuple(self._moves(programme))
        if not moves and self.out.is_usable:
            self._problem("voucher.empty", "không có số tiền nào để ghi.", cell=self.top)
        self._voucher(VoucherKind(rule["kind"]), decider, moves)

    def _voucher(self, kind: VoucherKind, decider: int, moves: tuple[Move, ...]) -> None:
        where, key = Cell(self.file, self.sheet.name, self.top), self.here.bodies.keys[decider]
        self.out.facts.append(VoucherDraft(kind, key, self.heading.number, moves, where, finds_accounts=True))

    def _moves(self, programme: int) -> Iterator[Move]:
        """Carry-over: the same money, used a year later; cancellation: the same money, gone."""
        carries = self.fit.profile.rule["kind"] == VoucherKind.CARRY_OVER
        for item in self._items(programme):
            for bound in self._said("dong"):
                origin = self._origin_year(item.row, bound, carries)
                source = self._capital(item.row, bound)
                if not self._dong(item.row, bound)[0] or origin is None or source is None:
                    continue
                if carries and self._is_backwards(origin, f"{bound.col}{item.row.row}"):
                    continue
                used = (self.heading.year or 0) - carries
                giver = self._held_region(item, source, origin, used)
                taker = replace(giver, year_use=f"{self.heading.year}") if carries else None
                for move in self._move(item.row, bound, giver, taker or replace(giver, year_use=NOT_DIVIDED)):
                    yield replace(move, taker=taker)

    def _is_backwards(self, origin: str, cell: str) -> bool:
        """Money is carried over into a later year than its own; else a problem at the cell."""
        into = self.heading.year or 0
        if int(origin) < into:
            return False
        said = f"vốn năm {origin} không thể kéo dài sang năm {into}: sửa năm ở tên biểu hoặc năm nguồn rồi nộp lại."
        self._problem("carry_over.backwards", said, cell=cell, said=origin)
        return True

    # rows --------------------------------------------------------------------------------------------------
    def _items(self, programme: int) -> Iterator[Item]:
        components: dict[int, int] = {}
        holders: dict[int, int] = {}
        for row in self._rows():
            if row.kind == "total":
                continue
            component = components.get(row.parent) if row.parent is not None else None
            body = holders.get(row.parent) if row.parent is not None else None
            if _COMPONENT.match(fold(row.label)):
                component = self._component_of(row, components, programme)
            else:
                body = self._standing_body(row.label) or body
            if component is not None:
                components[row.row] = component
            if body is not None:
                holders[row.row] = body
            if self._leaf(row) and any(self._dong(row, bound)[0] for bound in self._amounts):
                item = self._item(row, component, body, programme)
                if item is not None:
                    yield item

    @cached_property
    def _amounts(self) -> list[Bound]:
        return [bound for bound in self.fit.bound if bound.rule.measure in self.amounts]

    def _item(self, row: Row, component: int | None, body: int | None, programme: int) -> Item | None:
        said, cell = self._text(row, "component")
        if said:
            component = self._component_named(said, programme, cell)
        elif component is None:
            component = self._titled
        if component is None and not self.needs_component:
            component = programme
        if component is None:
            sentence = "không rõ số này của dự án nào: ghi “Dự án …” ở dòng, ở dòng trên, hoặc ở tên biểu."
            self._problem("component.missing", sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        said, cell = self._text(row, "unit")
        body = self._body_there(said, cell) if said else body or self._named(self.fit.profile.rule["holder"])
        field = self._field(row)
        if component is None or body is None or field is None:
            return None
        control = self._control_node(component, Level.PROJECT) or component
        spent_on = self._object_of(row, body)
        return Item(row, control, body, self._place_of(body), spent_on, field)

    def _object_of(self, row: Row, body: int) -> int:
        """The work of a row, where the profile's rows are works or a column names one."""
        name, _ = self._text(row, "work")
        if self.fit.profile.rows == "work" and not _COMPONENT.match(fold(row.label)):
            return self._work(row, body, may_open=False)
        return self._work(replace(row, label=name), body, may_open=False) if name else self.stars["spending_object"]

    # bodies that end or begin on the day -------------------------------------------------------------------
    def _body_there(self, said: str, cell: str) -> int | None:
        found = self._standing_body(said)
        return found if found is not None else self._body_of(said, cell)

    def _standing_body(self, said: str) -> int | None:
        """The body on the paper's day, or else on the day before or after: a merger ends some and begins others."""
        for names in self._around:
            found = names.body(said)
            if found.id is not None:
                self.names.relied |= names.relied
                return found.id
        return None

    @cached_property
    def _around(self) -> list[Names]:
        return [self.names, *(Names(on) for on in self._days[1:])]

    @property
    def _days(self) -> tuple[date, date, date]:
        return self.here.on, self.here.on - timedelta(days=1), self.here.on + timedelta(days=1)

    def _place_of(self, body: int) -> int:
        for on in self._days:
            place = space(on).bodies.places.get(body)
            if place is not None:
                return place
        return self.here.places.of_kind({"province"})[0]

    def _named(self, said: str) -> int | None:
        if said == "issuer" and self._issuer_id is None:
            found = next((one for text in self._corner if (one := self._standing_body(text))), None)
            return found if found is not None else self._issuer()
        if said == "title" and not re.search(r"\bcho\b", self.table.title or "", re.I):
            return self._issuer()
        return super()._named(said)

    # what money --------------------------------------------------------------------------------------------
    def _facets(self, row: Row, bound: Bound) -> Facets:
        """Kind and level of a figure: its head's, else the row's "Loại vốn", else the title's."""
        head = facets_under(bound, head_of(self.table.column(bound.col)))
        said, _ = self._text(row, "capital")
        for other in (facets_of(fold(said)), facets_of(fold(self.table.title or ""))):
            kind = head.kind if head.kind != NOT_DIVIDED else other.kind
            level = head.level if head.level != NOT_DIVIDED else other.level
            head = replace(head, kind=kind, level=level)
        return head

    def _capital(self, row: Row, bound: Bound) -> int | None:
        """The source of a figure; a figure of no kind of capital is a problem."""
        said = self._facets(row, bound)
        if said.kind == NOT_DIVIDED:
            if self._dong(row, bound)[0]:
                sentence = "không rõ số này là vốn đầu tư hay vốn sự nghiệp: ghi ở đầu cột, hoặc thêm cột “Loại vốn”."
                self._problem("source.kind_missing", sentence, cell=f"{bound.col}{row.row}")
            return None
        return self._source(f"{said.kind}:{said.level}" if said.level != NOT_DIVIDED else said.kind)

    def _origin_year(self, row: Row, bound: Bound, must_be_said: bool) -> str | None:
        """Year of origin of a figure: its column's, its row's, the title's, else (where it may be) the plan's year."""
        cell, years = f"{bound.col}{row.row}", facets_of(head_of(self.table.column(bound.col))).years
        said, origin_cell = self._text(row, "origin")
        if said:
            years, cell = tuple(sorted({int(year) for year in _YEARS.findall(said)})), origin_cell
        years = years or self.heading.carried or ()
        if len(years) == 1:
            return f"{years[0]}"
        if len(years) > 1:
            listed = ", ".join(map(str, years))
            sentence = f"một ô gộp vốn của nhiều năm nguồn ({listed}): tách mỗi năm nguồn một cột hoặc một dòng."
            self._problem("origin.several", sentence, cell=cell, said=listed)
            return None
        if not must_be_said:
            return f"{self.heading.year}"
        sentence = "không rõ vốn của năm nguồn nào: ghi “vốn năm … kéo dài sang năm …” ở tên biểu hoặc đầu cột."
        self._problem("origin.missing", sentence, cell=self.top)
        return None

    def _held_region(self, item: Item, source: int, origin: str, used: int) -> Region:
        return Region(
            item.component, item.field, source, origin, f"{used}", item.body, item.place, item.spending_object
        )  # fmt: skip
