"""A decision's table becomes moves of money: from the giver's account to the takers', at the level of control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from vungcao.bodies import queries as bodies
from vungcao.intake.drafted import Counterpart, VoucherDraft
from vungcao.intake.drafting import Drafting
from vungcao.intake.profile import Bound
from vungcao.intake.reading import Row
from vungcao.kernel.refusal import Cell
from vungcao.kernel.years import NOT_DIVIDED, Years
from vungcao.ledger.actions import Move
from vungcao.ledger.models import VoucherKind
from vungcao.ledger.regions import Region
from vungcao.programme.models import Level
from vungcao.programme.queries import budget_years

_FIELD: Final = re.compile(r"\d{3}")


class VoucherDrafting(Drafting):
    """The annex of one decision.

    Of the profile's rule: ``kind``; ``decided_by``, ``giver`` and ``taker`` are keys of bodies, ``issuer`` (in the
    corner), ``row``, ``title`` ("… cho Sở Y tế") or, for a giver, ``outside``; ``giver_component``: ``same``,
    ``programme`` or ``control`` (the project above); ``own_levels``: budget levels whose money the decider brings in.
    """

    needs = "dated"
    measures = frozenset({"label", "dong", "counterpart", "field", "explain"})
    amounts = frozenset({"dong", "counterpart"})

    def _make(self, programme: int) -> None:
        rule = self.fit.profile.rule
        self._year_problem(programme)
        self._explained()
        decider = self._named(rule["decided_by"])
        if decider is None:
            return
        moves = tuple(self._moves(programme))
        self._doubled(moves)
        if not moves and self.out.is_usable:
            self._problem("voucher.empty", "không có số tiền nào để ghi.", cell=self.top)
        where, key = Cell(self.file, self.sheet.name, self.top), self.here.bodies.keys[decider]
        brought = tuple(Move(None, move.giver, move.dong, move.where) for move in moves if self._is_own(move))
        if brought:
            self.out.facts.append(VoucherDraft(VoucherKind.ASSIGNMENT, key, self.heading.number, brought, where))
        parts = tuple(self._counterparts(moves)) if self._said("counterpart") else None
        self.out.facts.append(
            VoucherDraft(VoucherKind(rule["kind"]), key, self.heading.number, moves, where, counterparts=parts)
        )

    def _year_problem(self, programme: int) -> None:
        span, used = budget_years(programme), Years.parse(str(self.heading.year))
        if span and not span.covers(used):
            said = f"năm kế hoạch {used} nằm ngoài chương trình ({span}): kiểm tra lại năm hoặc tên chương trình."
            self._problem("year.outside", said, cell=self.top, said=str(used))

    def _explained(self) -> None:
        """Columns that the profile says are no money of this decision, where they hold figures."""
        for bound in self._said("explain"):
            if "notice" in bound.rule.more and any(self._dong(row, bound)[0] for row in self._rows()):
                cell = f"{bound.col}{self.table.header.first}"
                self._problem("column.explains", bound.rule.more["notice"], cell=cell, weight="notice")

    def _doubled(self, moves: tuple[Move, ...]) -> None:
        """One account given twice in one paper: counted once, nobody knows which."""
        seen: dict[Region | None, Cell | None] = {}
        for move in moves:
            first = seen.setdefault(move.taker, move.where)
            if first != move.where and first and move.where:
                said = f"số tiền này trùng dự án, nguồn vốn và đơn vị với ô {first.cell}."
                self._problem("row.doubled", said, cell=move.where.cell)

    def _is_own(self, move: Move) -> bool:
        levels = self.fit.profile.rule.get("own_levels", ())
        return move.giver is not None and self._levels[move.giver.source] in levels

    @cached_property
    def _levels(self) -> dict[int, str]:
        return {key: code.partition(":")[2] for code, key in self.sources.items()}

    def _counterparts(self, moves: tuple[Move, ...]) -> Iterator[Counterpart]:
        """What a row says is local money within its sums, with the moves it may be part of."""
        for row in self._rows():
            for bound in self._said("counterpart"):
                dong, _ = self._dong(row, bound)
                of_row = tuple(
                    at
                    for at, move in enumerate(moves)
                    if move.where and re.sub(r"\D", "", move.where.cell) == f"{row.row}"
                )
                if dong and of_row:
                    yield Counterpart(dong, of_row, Cell(self.file, self.sheet.name, f"{bound.col}{row.row}"))

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
        rows = [(row, known[row.row]) for row in self._rows() if row.row in known]
        named = {component for row, component in rows if row.kind != "total"}
        return [(row, component) for row, component in rows if row.kind != "total" or component not in named]

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

    def _control_node(self, component: int, level: str = "") -> int | None:
        """The node of the control level at or above ``component``; ``None`` where it lies above that level."""
        level, tree = level or self.fit.profile.control_level, self.here.components
        return next((node for node in tree.up(component) if tree.levels.get(node) == level), None)

    def _below_without_control(self, rows: list[tuple[Row, int]], controls: dict[int, int | None]) -> None:
        """Money said only below the control level would be lost: say so."""
        level = Level(self.fit.profile.control_level).label.lower()
        for bound in self._money:
            said = {component for row, component in rows if self._dong(row, bound)[0]}
            for row, component in rows:
                control = controls[component]
                if control in (None, component) or control in said or component not in said:
                    continue
                name = self.here.components.short_names[control] if control is not None else ""
                sentence = f"văn bản này ghi sổ ở cấp {level}, nhưng dòng của {name} không có số mà chỉ dòng này có; "
                self._problem("control.missing", f"{sentence}ghi thêm.", cell=f"{bound.col}{row.row}", said=row.label)

    @cached_property
    def _money(self) -> list[Bound]:
        """Columns that are posted: where a column is divided by budget level, its own total is not."""
        amounts = self._said("dong")
        divided = {(one.component, one.rule.source.partition(":")[0]) for one in amounts if ":" in one.rule.source}
        return [one for one in amounts if ":" in one.rule.source or (one.component, one.rule.source) not in divided]

    def _row_moves(self, row: Row, component: int, programme: int) -> Iterator[Move]:
        if not any(self._dong(row, bound)[0] for bound in self._money):
            return
        taker = self._taker(row)
        field = self._field(row)
        if taker is None or field is None:
            return
        for bound in self._money:
            named = self._in_head.get(bound.component) if bound.component else component
            if named is None:
                continue
            to = self._account(named, self._source(bound.rule.source), taker, field=field)
            yield from self._move(row, bound, self._giver(to, programme), to)

    def _move(self, row: Row, bound: Bound, giver: Region | None, to: Region) -> Iterator[Move]:
        """One cell as a move; a negative one and one to itself are problems."""
        dong, value = self._dong(row, bound)
        cell = f"{bound.col}{row.row}"
        if not dong or value is None:
            return
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

    # who and where -----------------------------------------------------------------------------------------
    def _named(self, said: str) -> int | None:
        """The body that a rule means: by its key, or in the corner, or in the title."""
        if said == "issuer":
            return self._issuer()
        if said == "title":
            return self._addressee
        found = bodies.body(said)
        return found.pk if found else None

    @cached_property
    def _addressee(self) -> int | None:
        """Who is given to by name: "giao kế hoạch vốn … cho Sở Y tế theo dự án"."""
        found = re.search(r"\bcho\s+(.+?)(?:\s+(?:theo|chi tiết|năm|thực hiện|từ)\b|$)", self.table.title or "", re.I)
        if found is None:
            sentence = "tên biểu không nói giao cho đơn vị nào (“giao … cho Sở Y tế …”); ghi thêm rồi nộp lại."
            self._problem("body.missing", sentence, cell=self.top)
            return None
        return self._body_of(found[1], self.top)

    def _taker(self, row: Row) -> int | None:
        said = self.fit.profile.rule["taker"]
        return self._body_of(row.label, f"{self._label_col}{row.row}") if said == "row" else self._named(said)

    def _field(self, row: Row) -> int | None:
        """The spending field of the row's "Loại, khoản"; not divided where the paper does not say it."""
        bound = next(iter(self._said("field")), None)
        value = row.values.get(bound.col) if bound else None
        if bound is None or value is None or value.kind in ("empty", "not_applicable"):
            return self.stars["field"]
        known = [self.fields[code] for code in _FIELD.findall(value.said) if code in self.fields]
        if known:
            return known[0]
        listed = ", ".join(sorted(code for code in self.fields if code != NOT_DIVIDED))
        sentence = f"“{value.said}” không phải một loại chi trong danh mục ({listed}): sửa mã Loại, hoặc để trống."
        self._problem("field.unknown", sentence, cell=f"{bound.col}{row.row}", said=value.said)
        return None

    def _account(
        self, component: int, source: int, body: int, *, field: int | None = None, place: int | None = None
    ) -> Region:
        year = str(self.heading.year)
        place = place or self.here.bodies.places.get(body) or self.here.places.of_kind({"province"})[0]
        field = self.stars["field"] if field is None else field
        return Region(component, field, source, year, year, body, place, self.stars["spending_object"])

    def _giver(self, to: Region, programme: int) -> Region | None:
        rule = self.fit.profile.rule
        if rule["giver"] == "outside":
            return None
        found = self._named(rule["giver"])
        wanted = rule.get("giver_component", "same")
        component = {"programme": programme, "control": self._control_node(to.component, Level.PROJECT)}.get(wanted)
        return self._account(component or to.component, to.source, found or 0)
