"""The monthly form of causes (Biểu 04): money not spent, why, what is proposed, who can resolve it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer
from vungcao.intake.drafting import Drafting
from vungcao.intake.reading import Row
from vungcao.intake.taker import SAID, Taker
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, fold
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger import actions as ledger
from vungcao.ledger import unspent
from vungcao.ledger.actions import UnspentLine
from vungcao.ledger.actions.unspent import said as what_is_said
from vungcao.ledger.models import Cause, Proposal, Resolver
from vungcao.ledger.regions import Region

C = TypeVar("C", Cause, Proposal, Resolver)
CAUSES: Final = {
    Cause.MERGER: r"sap nhap|ban giao chu dau tu",
    Cause.NO_GUIDANCE: r"huong dan",
    Cause.NOBODY_LEFT: r"het doi tuong|khong (?:con )?doi tuong",
    Cause.SITE: r"mat bang",
    Cause.BIDDING: r"dau thau|nha thau",
    Cause.GIVEN_LATE: r"(?:giao|phan bo) von (?:muon|cham)",
    Cause.PRICES: r"gia (?:ca )?(?:vat lieu|vat tu)|vat lieu",
    Cause.SEASON: r"mua vu|thoi tiet|mua lu|mua bao",
    Cause.CAPACITY: r"nang luc",
    Cause.FILE: r"ho so|thu tuc",
}
PROPOSALS: Final = {
    Proposal.DECREASE: r"dieu chinh giam|giam von",
    Proposal.CARRY_OVER: r"keo dai|chuyen nguon",
    Proposal.GIVE_BACK: r"tra lai|hoan tra|huy du toan",
    Proposal.GO_ON: r"tiep tuc",
}
RESOLVERS: Final = {
    Resolver.CENTRE: r"trung uong|bo\b|chinh phu",
    Resolver.PROVINCE: r"tinh\b",
    Resolver.DISTRICT: r"huyen\b",
    Resolver.COMMUNE: r"xa\b|phuong\b",
}


@dataclass(frozen=True)
class UnspentDraft:
    """A form of causes before it is recorded."""

    reporter: int
    as_of: date
    lines: tuple[UnspentLine, ...]
    where: Cell
    corrects: bool = False


class UnspentDrafting(Drafting):
    """Rows are units or components; ``component`` and ``unit`` columns say the other. A cause must be one we code."""

    needs = "as_of"
    measures = frozenset({"label", "component", "dong", "cause", "proposal", "resolver", "explain"})
    amounts = frozenset({"dong"})

    def _make(self, programme: int) -> None:
        reporter = self._issuer()
        if reporter is None:
            return
        lines = tuple(self._lines(programme, reporter))
        if not lines and self.out.is_usable:
            self._problem("unspent.empty", "không có dòng vốn chưa giải ngân nào đọc được.", cell=self.top)
        where = Cell(self.file, self.sheet.name, self.top)
        self.out.facts.append(UnspentDraft(reporter, self.here.on, lines, where, self.heading.corrects))

    def _lines(self, programme: int, reporter: int) -> Iterator[UnspentLine]:
        for row in self._rows():
            (bound,) = self._said("dong")[:1]
            dong, value = self._dong(row, bound)
            if row.kind == "total" or not self._leaf(row) or not dong or value is None:
                continue
            cell = f"{bound.col}{row.row}"
            if dong < 0:
                said = f"vốn chưa giải ngân {value.said} nhỏ hơn 0: sửa rồi nộp lại."
                self._problem("amount.negative", said, cell=cell, said=value.said)
                continue
            component = self._component(row, programme)
            holder = self.names.body(row.label).id or self._section_body(row) or reporter
            cause = self._coded(row, "cause", CAUSES, Cause)
            if component is None or cause is None:
                continue
            yield UnspentLine(
                region=self._account(component, holder),
                dong=dong,
                cause=cause,
                where=Cell(self.file, self.sheet.name, cell),
                proposal=self._coded(row, "proposal", PROPOSALS, Proposal) or Proposal.NOT_SAID,
                resolver=self._coded(row, "resolver", RESOLVERS, Resolver) or Resolver.NOT_SAID,
                label=row.label,
            )

    def _component(self, row: Row, programme: int) -> int | None:
        """The component in its own column, else in the row's label; the programme where neither names one."""
        said = self._cell_text(row, "component")
        if said:
            return self._component_named(said, programme, f"{self._said('component')[0].col}{row.row}")
        if self.names.body(row.label).id is not None:
            return programme
        return self._component_named(row.label, programme, f"{self._label_col}{row.row}")

    def _section_body(self, row: Row) -> int | None:
        above = {one.row: one for one in self.table.rows}
        at = above.get(row.parent) if row.parent is not None else None
        while at is not None:
            found = self.names.body(at.label).id
            if found is not None:
                return found
            at = above.get(at.parent) if at.parent is not None else None
        return None

    def _account(self, component: int, body: int) -> Region:
        place = self.here.bodies.places.get(body) or self.here.places.of_kind({"province"})[0]
        star = self.stars
        return Region(
            component, star["field"], self.sources["*:*"], NOT_DIVIDED, str(self.heading.year), body, place,
            star["spending_object"],
        )  # fmt: skip

    def _cell_text(self, row: Row, measure: str) -> str:
        value = next((row.values.get(bound.col) for bound in self._said(measure)), None)
        return value.said.strip() if value and value.kind not in ("empty", "not_applicable") else ""

    def _coded(self, row: Row, measure: str, words: Mapping[C, str], kind: type[C]) -> C | None:
        """The code of what a cell says: by its words, or by the code itself; an unknown one is a problem."""
        said = self._cell_text(row, measure)
        if not said and measure != "cause":
            return None
        found = [code for code, pattern in words.items() if re.search(pattern, fold(said))]
        found = found or [code for code in words if said == code.value]
        if found:
            return found[0]
        listed = "; ".join(str(code.label).lower() for code in kind if code.value)
        name = {"cause": "nguyên nhân", "proposal": "đề xuất", "resolver": "cấp giải quyết"}[measure]
        cell = next((f"{bound.col}{row.row}" for bound in self._said(measure)), self.top)
        self._problem(
            f"unspent.{measure}_unknown", f"{name} “{said}” không có trong danh mục: dùng {listed}.", cell=cell
        )
        return None


class UnspentTaker(Taker[UnspentDraft]):
    """A second form for the day must say that it replaces the first."""

    rank = SAID + 1

    @property
    def body(self) -> int:
        return self.fact.reporter

    @property
    def on(self) -> date:
        return self.fact.as_of

    @property
    def size(self) -> tuple[int, int]:
        return len(self.fact.lines), sum(line.dong for line in self.fact.lines)

    def is_held(self) -> bool:
        held = unspent.standing(self.fact.reporter, self.fact.as_of)
        return sorted(map(repr, map(what_is_said, held))) == sorted(map(repr, map(what_is_said, self.fact.lines)))

    def problems(self) -> list[Problem]:
        if self.fact.corrects or self.is_held() or not unspent.standing(self.fact.reporter, self.fact.as_of):
            return []
        said = (
            f"đã có biểu nguyên nhân của đơn vị này tính đến {day(self.fact.as_of)} với nội dung khác; nếu là bản sửa, "
        )
        said += "ghi “thay thế” hoặc “sửa lần 2” ở đầu biểu rồi nộp lại."
        return [Problem(self.fact.where, "unspent.two_for_one_day", day(self.fact.as_of), said)]

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        fact = self.fact
        ledger.record_unspent(reporter=fact.reporter, as_of=fact.as_of, lines=fact.lines, batch=batch, by=by)
        return []
