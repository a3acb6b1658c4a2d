"""A decision's table becomes moves of money: from the giver's account to the takers', at the level of control."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from vungcao.bodies import queries as bodies
from vungcao.intake.drafted import VoucherDraft
from vungcao.intake.drafting import Drafting
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Row
from vungcao.kernel.refusal import Cell
from vungcao.kernel.years import Years
from vungcao.ledger.actions import Move
from vungcao.ledger.models import VoucherKind
from vungcao.ledger.regions import Region
from vungcao.programme.queries import budget_years


class VoucherDrafting(Drafting):
    """The annex of one decision."""

    needs = "dated"

    def _make(self, programme: int) -> None:
        rule = self.fit.profile.voucher
        self._year_problem(programme)
        moves = tuple(self._moves(programme))
        self._doubled(moves)
        if not moves and self.out.is_usable:
            self._problem("voucher.empty", "không có số tiền nào để ghi.", cell=self.top)
        self.out.voucher = VoucherDraft(
            VoucherKind(rule["kind"]),
            rule["decided_by"],
            self.heading.number,
            moves,
            Cell(self.file, self.sheet.name, self.top),
        )

    def _year_problem(self, programme: int) -> None:
        span, used = budget_years(programme), Years.parse(str(self.heading.year))
        if span and not span.covers(used):
            said = f"năm kế hoạch {used} nằm ngoài chương trình ({span}): kiểm tra lại năm hoặc tên chương trình."
            self._problem("year.outside", said, cell=self.top, said=str(used))

    def _doubled(self, moves: tuple[Move, ...]) -> None:
        """One account given twice in one paper: counted once, nobody knows which."""
        seen: dict[Region | None, Cell | None] = {}
        for move in moves:
            first = seen.setdefault(move.taker, move.where)
            if first != move.where and first and move.where:
                said = f"số tiền này trùng dự án, nguồn vốn và đơn vị với ô {first.cell}."
                self._problem("row.doubled", said, cell=move.where.cell)

    # rows --------------------------------------------------------------------------------------------------
    def _moves(self, programme: int) -> Iterator[Move]:
        for row, component in self._posted(self._component_rows(programme)):
            yield from self._row_moves(row, component, programme)

    def _component_rows(self, programme: int) -> list[tuple[Row, int]]:
        """Rows with the component that each names; rows of bodies all stand for the programme."""
        if self.fit.profile.rows != "component":
            return [(row, programme) for row in self._rows()]
        known: dict[int, int] = {}
        for row in self._rows():
            component = self._component_of(row, known, programme)
            if component is not None:
                known[row.row] = component
        return [(row, known[row.row]) for row in self._rows() if row.row in known]

    def _posted(self, rows: list[tuple[Row, int]]) -> Iterator[tuple[Row, int]]:
        """Rows whose money is posted: at the control level where the profile names one, else those without parts."""
        level = self.fit.profile.control_level
        if not level:
            yield from ((row, component) for row, component in rows if self._leaf(row))
            return
        controls = {component: self._control_node(component) for _, component in rows}
        self._below_without_control(rows, controls)
        for row, component in rows:
            if controls[component] == component or (controls[component] is None and self._leaf(row)):
                yield row, component

    def _control_node(self, component: int) -> int | None:
        """The node of the control level at or above ``component``; ``None`` where it lies above that level."""
        level, tree = self.fit.profile.control_level, self.here.components
        return next((node for node in tree.up(component) if tree.levels.get(node) == level), None)

    def _below_without_control(self, rows: list[tuple[Row, int]], controls: dict[int, int | None]) -> None:
        """Money said only below the control level would be lost: say so."""
        for bound in self._money:
            said = {component for row, component in rows if self._dong(row, bound)[0]}
            for row, component in rows:
                control = controls[component]
                if control in (None, component) or control in said or component not in said:
                    continue
                name = self.here.components.short_names[control] if control is not None else ""
                sentence = f"văn bản phân bổ đến dự án, nhưng dòng của {name} không có số mà chỉ dòng này có; ghi thêm."
                self._problem("control.missing", sentence, cell=f"{bound.col}{row.row}", said=row.label)

    @cached_property
    def _money(self) -> list[Bound]:
        return [bound for bound in self.fit.bound if bound.rule.measure == "dong"]

    def _row_moves(self, row: Row, component: int, programme: int) -> Iterator[Move]:
        taker = self._taker(row)
        if taker is None:
            return
        for bound in self._money:
            dong, value = self._dong(row, bound)
            named = self._in_head.get(bound.component) if bound.component else component
            if not dong or named is None or value is None:
                continue
            cell = f"{bound.col}{row.row}"
            to = self._account(named, self._source(bound.rule.source), taker)
            giver = self._giver(to, programme)
            if dong < 0:
                said = f"số {value.said} nhỏ hơn 0: giảm vốn phải ghi bằng quyết định điều chỉnh."
                self._problem("amount.negative", said, cell=cell, said=value.said)
            elif giver == to:
                said = f"{row.label} vừa giao vừa nhận: kiểm tra lại dòng này."
                self._problem("voucher.to_itself", said, cell=cell, said=row.label)
            else:
                yield Move(giver, to, dong, Cell(self.file, self.sheet.name, cell))

    @cached_property
    def _in_head(self) -> dict[str, int | None]:
        """Text in a head → the component it names; each unknown one is said once, at its column."""
        found: dict[str, int | None] = {}
        for bound in self._money:
            if bound.component and bound.component not in found:
                match = self.names.component(bound.component, self.heading.programme or "")
                found[bound.component] = match.id
                if match.id is None:
                    cell = f"{bound.col}{self.table.header.first}"
                    self._problem(match.code, match.sentence, cell=cell, said=bound.component)
        return found

    def _taker(self, row: Row) -> int | None:
        said = self.fit.profile.voucher["taker"]
        if said != "row":
            found = bodies.body(said)
            return found.pk if found else None
        match = self.names.body(row.label)
        if match.id is None:
            self._problem(match.code, match.sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return match.id

    def _account(self, component: int, source: int, body: int) -> Region:
        year = str(self.heading.year)
        place = self.here.bodies.places.get(body) or self.here.places.of_kind({"province"})[0]
        return Region(component, self.stars["field"], source, year, year, body, place, self.stars["spending_object"])

    def _giver(self, to: Region, programme: int) -> Region | None:
        rule = self.fit.profile.voucher
        if rule["giver"] == "outside":
            return None
        found = bodies.body(rule["giver"])
        component = programme if rule.get("giver_component") == "programme" else to.component
        return self._account(component, to.source, found.pk if found else 0)
