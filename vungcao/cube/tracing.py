"""The thread back: from a figure to the lines it sums, their papers and cells, who took them in, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch
from vungcao.bodies.queries import batch_states
from vungcao.bodies.reach import Reach
from vungcao.cube import adjusting, atoms, cautions, flow
from vungcao.cube.atoms import Atom
from vungcao.cube.counting import trace_count
from vungcao.cube.denominators import OF_THE_YEAR, OF_THE_YEAR_RULE, WORDS, Base
from vungcao.cube.figures import Answer, answer
from vungcao.cube.following import OF_EACH_ROW, trace_beside
from vungcao.cube.grouping import Frame
from vungcao.cube.question import ADJUSTED, MONEY, SPOKEN, WITHOUT_PLAN, FigureQuery, NotAQuestion
from vungcao.cube.refusing import refuse_impossible
from vungcao.cube.threads import Trace, TraceLine, in_words, step_rule
from vungcao.evidence.models import Act
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import spending
from vungcao.ledger.balances import entries_on
from vungcao.ledger.cover import Admitted, Asserted
from vungcao.ledger.models import Entry, Measure, Opening, Statement, StatementLine
from vungcao.programme.models import PlanLine


def trace(figure_id: str, reach: Reach) -> Trace:
    """Follow a figure's id. Raises ``NotAQuestion`` for a text that no figure bears."""
    query = FigureQuery.of_id(figure_id)
    refuse_impossible(query)
    if query.name in ("chain", "counterpart"):
        raise NotAQuestion(_("Dòng này gồm nhiều số liệu: hỏi nguồn gốc của từng số theo mã riêng của nó (ids)."))
    if query.is_beside:

        def ask(one: FigureQuery) -> Answer:
            return answer(one, reach)

        return trace_beside(figure_id, ask(query), lambda one: trace(one, reach), ask)
    if "month" in query.by:
        raise NotAQuestion(OF_EACH_ROW)
    if query.name not in MONEY:
        return trace_count(figure_id, query, reach)
    return _Follow(figure_id, query, reach).trace()


class _Follow:
    def __init__(self, figure_id: str, query: FigureQuery, reach: Reach) -> None:
        self.id, self.query, self.reach = figure_id, query, reach
        self.frame = Frame(query, reach)
        self.base = Base(self.frame)
        self.states: dict[int, str] = {}
        self.counted: set[int] = set()

    def trace(self) -> Trace:
        lines: list[TraceLine] = []
        total = 0
        is_spoken = self.query.name in SPOKEN
        if is_spoken:
            spent = self._flow() if self.query.name == "flow" else list(self._spent(SPOKEN[self.query.name][1]))
            total = sum(line.dong for line in spent if line.counted)
            lines += spent
        if self.query.name in ADJUSTED:
            lines += self._adjusted()
            total = sum(line.dong for line in lines)
        given = [] if self.query.name in WITHOUT_PLAN else list(self._given())
        if given and not is_spoken:
            total = sum(line.dong for line in given if line.counted)
        lines += given
        rules = [*self._rules(), *self._counted_twice()]
        return Trace(self.id, in_words(self.query, self.frame.codes), total, lines, rules)

    # what was spent ----------------------------------------------------------------------------------------
    def _inside(self, found: Iterable[Atom]) -> list[Atom]:
        return self.frame.select(self.frame.read(found, by=())[0])[0]

    def _flow(self) -> list[TraceLine]:
        """Lines of the day, and with their sign turned those of the end of the month before; what stands on both days
        unchanged has gone.
        """
        kept = {(atom.kind, atom.ref) for atom in flow.flow(self.query)[0]}
        now = list(self._spent(Measure.DISBURSED, kept={ref for kind, ref in kept if kind in flow.WAS}))
        query, frame = self.query, self.frame
        try:
            self.query = replace(query, on=flow.before(query.on), year=query.year_use)
            self.frame = Frame(self.query, self.reach)
            then = [line for line in self._spent(Measure.DISBURSED) if line.counted]
        finally:
            self.query, self.frame = query, frame
        same = {line for line in now if line in then}
        why = _("đã có ở cuối tháng trước")
        turned = [replace(line, dong=-line.dong, why=why) for line in then if line not in same]
        return [*(line for line in now if line not in same), *turned]

    def _spent(self, measure: str, kept: set[int] | None = None) -> Iterator[TraceLine]:
        query = self.query
        known, state, basis = query.known, query.state, query.spoken_basis
        cover = spending.spending_on(query.on, known=known, state=state, basis=basis, measure=measure)
        by_line = {one.said.line: one for one in cover.admitted}
        parts: dict[int, int] = {}
        handed: list[Atom] = []
        for atom in self._inside(atoms.spent(query.on, known=known, state=state, basis=basis, measure=measure)):
            if kept is not None and atom.ref not in kept:
                continue
            if atom.kind == "opening":
                handed.append(atom)
            else:
                parts[atom.ref] = parts.get(atom.ref, 0) + atom.dong
        self.counted = set(parts)
        rows = _lines([*parts, *(one.said.line for one in cover.asserted)])
        for ref in parts:
            one = by_line[ref]
            holder = one.parent if one.parent and one.parent.said.line in parts else None
            dong = _subtree(one, parts) if holder is None else one.said.dong
            why = _("chi tiết của ô %(cell)s") % {"cell": _cell(rows, holder)} if holder else ""
            yield self._of_line(rows[ref], dong, counted=holder is None, why=why)
        yield from self._handed_over(handed)
        yield from self._asserted(cover.asserted, rows)

    def _handed_over(self, handed: list[Atom]) -> Iterator[TraceLine]:
        rows = Opening.objects.select_related("batch__source", "act__numbered").in_bulk({atom.ref for atom in handed})
        for atom in handed:
            opening, went = rows[atom.ref], atom.dong < 0
            yield self._cited(
                opening,
                opening.batch,
                kind="opening",
                of=opening.batch_id,
                label=_("Số đã chi bàn giao đi") if went else _("Số đã chi nhận bàn giao"),
                dong=atom.dong,
                body=self._name(opening.from_body_id if went else opening.body_id),
                as_of=opening.dated,
                paper=_numbered(opening.number, opening.dated),
                counted=True,
            )

    def _asserted(self, asserted: Iterable[Asserted], rows: dict[int, StatementLine]) -> Iterator[TraceLine]:
        for one in asserted:
            probe = Atom(one.said.region, one.said.dong, one.said.as_of, "line", one.said.line)
            inside = self.frame.select([probe])[0]
            if inside:
                against = (
                    _("chỉ đối chiếu: số của %(n)s dòng khác được dùng") % {"n": len(one.met)}
                    if one.met
                    else _("chỉ đối chiếu (phạm vi rộng hơn một chương trình)")
                )
                yield self._of_line(rows[one.said.line], one.said.dong, counted=False, why=against)

    # what was given ----------------------------------------------------------------------------------------
    def _given(self) -> Iterator[TraceLine]:
        counted = self.query.name not in SPOKEN
        inside = self._inside(self.base.atoms)
        if self.base.what in ("five_year", "implied"):
            for line in self.base.counted_lines(inside):
                yield _of_plan(line, counted)
            return
        here: dict[int, int] = {}
        for atom in inside:
            here[atom.ref] = here.get(atom.ref, 0) + atom.dong
        whole = {atom.ref: atom.dong for atom in self.base.atoms}
        entries = entries_on(self.query.on, known=self.query.known, state=self.query.state).filter(account__in=here)
        if self.base.what not in ("adjusted", "with_carry_over"):
            entries = entries.filter(atoms.given_as(self.base.what))
        related = ("voucher__batch__source", "act__numbered", "voucher__decided_by", "account__body")
        for entry in entries.select_related(*related).order_by("voucher__dated", "pk"):
            told = self._of_entry(entry, counted)
            shared = here[entry.account_id] != whole[entry.account_id]
            yield replace(told, counted=False, why=_("vốn của địa bàn đã chia tách")) if shared else told
            if shared and here[entry.account_id]:
                part, here[entry.account_id] = here[entry.account_id], 0
                yield replace(told, label=_("Phần theo tỷ phần đã công bố"), dong=part)

    def _adjusted(self) -> list[TraceLine]:
        """Lines of decisions of adjustment, each by its own đồng (or its part, where a place was divided)."""
        parts: dict[int, int] = {}
        for atom in self._inside(adjusting.moved(self.query)):
            parts[atom.ref] = parts.get(atom.ref, 0) + atom.dong
        related = ("voucher__batch__source", "act__numbered", "voucher__decided_by", "account__body")
        found = Entry.objects.filter(pk__in=parts).select_related(*related).order_by("voucher__dated", "pk")
        return [replace(self._of_entry(entry, True), dong=parts[entry.pk]) for entry in found]

    # lines -------------------------------------------------------------------------------------------------
    def _state(self, batch: Batch) -> str:
        if batch.pk not in self.states:
            state = batch_states(self.query.known).get(batch.pk)
            self.states[batch.pk] = _(str(state.label)) if state else ""
        return self.states[batch.pk]

    def _name(self, body: int) -> str:
        return self.frame.codes.name_of_node("body", body)

    def _of_line(self, line: StatementLine, dong: int, *, counted: bool, why: str) -> TraceLine:
        statement = line.statement
        return self._cited(
            line,
            statement.batch,
            kind="statement",
            of=statement.pk,
            label=line.label,
            dong=dong,
            body=self._name(statement.reporter_id),
            as_of=statement.as_of,
            paper=_paper_of(statement),
            counted=counted,
            why=why,
        )

    def _of_entry(self, entry: Entry, counted: bool) -> TraceLine:
        voucher, codes = entry.voucher, self.frame.codes
        return self._cited(
            entry,
            voucher.batch,
            kind="voucher",
            of=voucher.pk,
            label=f"{_(voucher.get_kind_display())}: {codes.name_of_node('component', entry.account.component_id)}",
            dong=entry.dong,
            body=self._name(entry.account.body_id),
            as_of=voucher.dated,
            paper=_numbered(voucher.number, voucher.dated),
            counted=counted,
            why="" if counted else _("mẫu số"),
        )

    def _cited(self, row: StatementLine | Entry | Opening, batch: Batch, **said: Any) -> TraceLine:
        """A line of the trace with where it stands, who took it in, and how far its batch has come."""
        source = batch.source
        return TraceLine(
            state=self._state(batch),
            file=source.name,
            file_sha=source.sha256,
            sheet=row.sheet,
            cell=row.cell,
            said_by=row.act.official_name,
            act=_number(row.act),
            **said,
        )

    # words -------------------------------------------------------------------------------------------------
    def _counted_twice(self) -> list[str]:
        if self.query.name != "disbursement":
            return []
        found = cautions.counted_twice(self.counted, known=self.query.known, state=self.query.state)
        return cautions.in_words(found)

    def _is_of_the_year(self) -> bool:
        return self.query.name in ("disbursement", "estimate") and self.base.what in OF_THE_YEAR

    def _rules(self) -> list[str]:
        return [
            step_rule(self.query.state),
            *([] if self.query.name in WITHOUT_PLAN else [_("Mẫu số: %(plan)s.") % {"plan": _(WORDS[self.base.what])}]),
            *([_(OF_THE_YEAR_RULE)] if self._is_of_the_year() else []),
            _(
                "Mỗi nguồn báo cáo dùng bản mới nhất tính đến ngày hỏi; "
                "phạm vi rộng hơn đi trước, dòng nằm trong chỉ là chi tiết."
            ),
        ]


def _paper_of(statement: Statement) -> str:
    """``Báo cáo 60/BC-UBND ngày 03/06/2024``, as far as it is known."""
    if not statement.dated:
        return _("Báo cáo %(number)s") % {"number": statement.number or ""}
    return _("Báo cáo %(number)s ngày %(day)s") % {"number": statement.number or "", "day": day(statement.dated)}


def _ends(line: PlanLine) -> dict[str, str]:
    return {"low": money(line.low_dong), "high": money(line.high_dong)}


def _subtree(one: Admitted, parts: dict[int, int]) -> int:
    """Đồng of a counted line that belong to the question: its own part and those of the lines inside it."""
    return parts.get(one.said.line, 0) + sum(_subtree(child, parts) for child in one.inside)


def _lines(keys: Iterable[int]) -> dict[int, StatementLine]:
    rows = StatementLine.objects.filter(pk__in=set(keys)).select_related(
        "statement__batch__source", "statement__reporter", "act__numbered"
    )
    return {row.pk: row for row in rows}


def _cell(rows: dict[int, StatementLine], one: Admitted) -> str:
    return rows[one.said.line].cell if one.said.line in rows else ""


def _numbered(number: str, dated: date) -> str:
    return _("%(number)s ngày %(day)s") % {"number": number, "day": day(dated)}


def _number(act: Act) -> int:
    numbered = getattr(act, "numbered", None)
    return numbered.no if numbered else 0


def _of_plan(line: PlanLine, counted: bool) -> TraceLine:
    source = line.plan.source
    return TraceLine(
        kind="plan",
        label=f"{line.plan}: {line.cites}",
        dong=line.low_dong,
        body="",
        as_of=line.plan.dated or date(line.plan.first_year, 1, 1),
        state=_(line.get_confidence_display()),
        paper=f"{source}",
        file=source.name,
        file_sha=source.sha256,
        sheet="",
        cell="",
        said_by=line.act.official_name,
        act=_number(line.act),
        counted=counted,
        why="" if counted else _("mẫu số: từ %(low)s đến %(high)s") % _ends(line),
    )
