"""A Treasury export on its way into the ledger: its codes are looked up, and it becomes a statement of the Treasury."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from vungcao.bodies.models import Batch, BodyVersion
from vungcao.evidence.actions import Signer
from vungcao.intake.drafted import Drafted
from vungcao.intake.names import Names
from vungcao.intake.taker import Taker
from vungcao.intake.taking_statements import StatementTaker
from vungcao.intake.treasury_rows import TreasuryDraft, TreasuryRow
from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.codes import CodeBook, Meaning, Scheme
from vungcao.ledger.drafts import LineDraft, StatementDraft
from vungcao.ledger.models import Basis
from vungcao.ledger.regions import Region, reserved_members, space
from vungcao.programme.models import FundingSource
from vungcao.programme.queries import budget_years
from vungcao.territory.queries import successions_from


class TreasuryTaker(Taker[TreasuryDraft]):
    """Rows that fall into one region (three old codes of one commune) become one line that keeps each of them."""

    def __init__(self, fact: TreasuryDraft, one: Drafted) -> None:
        super().__init__(fact, one)
        self.found: list[Problem] = []

    # codes -> regions --------------------------------------------------------------------------------------
    @cached_property
    def statement(self) -> StatementDraft:
        """The export as a statement; problems with its codes are collected in ``found``."""
        lines: dict[Region, LineDraft] = {}
        for row in self.fact.rows:
            read = self._region(row)
            if read is not None:
                region, part = read
                lines[region] = _joined(lines[region], _line(row, region, part)) if region in lines else _line(
                    row, region, part
                )  # fmt: skip
        coverage = self._coverage(lines)
        fact = self.fact
        return StatementDraft(
            fact.reporter, coverage, Basis.YEAR, fact.as_of, tuple(lines.values()), fact.where, fact.dated, fact.number,
            fact.corrects,
        )  # fmt: skip

    @cached_property
    def _names(self) -> Names:
        names = Names(self.fact.as_of)
        names.reporter = self.fact.reporter
        return names

    @cached_property
    def here(self) -> Any:
        return space(self.fact.as_of)

    @cached_property
    def book(self) -> CodeBook:
        return CodeBook()

    @cached_property
    def sources(self) -> dict[str, int]:
        return dict(FundingSource.objects.values_list("code", "pk"))

    @cached_property
    def stars(self) -> dict[str, int]:
        return reserved_members()

    def _coverage(self, lines: dict[Region, LineDraft]) -> Region:
        """The programme of the title; every programme (which only asserts) when a code names another one."""
        tree = self.here.components
        inside = all(tree.covers(self.fact.programme, region.component) for region in lines)
        place = self.here.bodies.places.get(self.fact.reporter)
        return Region(
            component=self.fact.programme if inside else tree.root,
            field=self.stars["field"],
            source=self.sources[f"{self.fact.kind}:{NOT_DIVIDED}"],
            year_origin=NOT_DIVIDED,
            year_use=str(self.fact.year),
            body=self.stars["body"],
            place=place if place is not None else next(iter(self.here.places.children[None])),
            spending_object=self.stars["spending_object"],
        )

    def _region(self, row: TreasuryRow) -> tuple[Region, dict[str, Any]] | None:
        component = self._meant(row, Scheme.PROGRAMME)
        body, is_old = self._body(row)
        if component is None or body is None:
            return None
        if not self.here.components.covers(self.fact.programme, component):
            named = self.here.components.names.get(component, "")
            said = (
                f"mã CTMT “{row.codes[Scheme.PROGRAMME]}” là của “{named}”, ngoài chương trình của biểu; số vẫn được "
            )
            self._say(row, Scheme.PROGRAMME, "code.other_programme", f"{said}ghi, cả biểu chỉ để đối chiếu.", False)
        item = self._meant(row, Scheme.ITEM) if Scheme.ITEM in row.codes else None
        region = Region(
            component=component,
            field=item if item is not None else self.stars["field"],
            source=self._source(row),
            year_origin=self._origin(row),
            year_use=str(self.fact.year),
            body=body,
            place=self.here.bodies.places[body],
            spending_object=self._object(row),
        )
        return region, _part(row, is_old)

    def _meant(self, row: TreasuryRow, scheme: str) -> int | None:
        """Bearer of the row's code of a scheme; the problem at its cell where there is none."""
        if scheme not in row.codes:
            said = f"dòng “{row.label}” không ghi {Scheme(scheme).label}: ghi mã rồi nộp lại."
            self._say(row, "label", "code.missing", said)
            return None
        meaning = self.book.meaning(scheme, row.codes[scheme], self.fact.as_of)
        if meaning.is_retired:
            self._say(row, scheme, "code.retired", meaning.sentence, scheme != Scheme.ITEM)
        elif meaning.identity is None:
            code = "code.two_bearers" if "đang gắn" in meaning.sentence else "code.unknown"
            self._say(row, scheme, code, meaning.sentence)
        return None if meaning.is_retired else meaning.identity

    def _body(self, row: TreasuryRow) -> tuple[int | None, bool]:
        """(the body that stands on the day, does it use a code that was another's?)

        A retired code of a body whose place went over whole to one other place is that one's: the Treasury has paid,
        so it is written, and flagged.
        """
        if Scheme.BUDGET_USER not in row.codes:
            match = self._names.body(row.label)
            self.one.relied |= self._names.relied
            if match.id is None:
                said = match.sentence or f"“{row.label}” không phải là đơn vị trong danh mục."
                self._say(row, "label", "body.unknown", f"{said} Hoặc thêm cột Mã QHNS.")
            return match.id, False
        meaning = self.book.meaning(Scheme.BUDGET_USER, row.codes[Scheme.BUDGET_USER], self.fact.as_of)
        if meaning.is_retired and meaning.identity is not None:
            heir = self._heir(meaning.identity)
            self._say(row, Scheme.BUDGET_USER, "code.retired", meaning.sentence, heir is None)
            return heir, True
        if meaning.identity is None:
            return self._meant(row, Scheme.BUDGET_USER), False
        if meaning.identity not in self.here.bodies:
            heir = self._heir(meaning.identity)
            ended = f"Mã QHNS “{meaning.code}” là của đơn vị không còn hoạt động ngày {day(self.fact.as_of)}: "
            self._say(row, Scheme.BUDGET_USER, "code.retired", f"{ended}ghi ngày cuối của mã.", heir is None)
            return heir, True
        self._chapter(row, meaning)
        return meaning.identity, meaning.is_inherited

    def _chapter(self, row: TreasuryRow, meaning: Meaning) -> None:
        said = row.codes.get(Scheme.CHAPTER, "")
        if said and self.book.chapter_fits(said, meaning.identity or 0, self.fact.as_of) is False:
            sentence = f"chương “{said}” không phải chương của {self.here.bodies.names[meaning.identity]}."
            self._say(row, Scheme.CHAPTER, "code.other_chapter", sentence, False)

    def _heir(self, body: int) -> int | None:
        """Who holds now what an ended body held: the committee of the one place that its place went to."""
        places = set(BodyVersion.objects.standing().filter(body=body).values_list("place", flat=True))
        for _ in range(9):  # a place can pass on more than once
            gone = [place for place in places if place is not None and place not in self.here.places]
            if not gone:
                break
            places = {one.successor_id for place in gone for one in successions_from(place)} | (places - set(gone))
        heirs = {one for one, place in self.here.bodies.places.items() if place in places and place is not None}
        committees = {one for one in heirs if self.here.bodies.kinds[one] in ("commune", "district")}
        return committees.pop() if len(committees) == 1 and len(places) == 1 else None

    def _source(self, row: TreasuryRow) -> int:
        meant = self._meant(row, Scheme.SOURCE) if Scheme.SOURCE in row.codes else None
        plain = self.sources[f"{self.fact.kind}:{NOT_DIVIDED}"]
        if meant is None:
            return plain
        kind = self.here.sources[meant][0]
        if kind not in (self.fact.kind, NOT_DIVIDED):
            sentence = f"mã nguồn “{row.codes[Scheme.SOURCE]}” không thuộc loại vốn của biểu: kiểm tra mã nguồn."
            self._say(row, Scheme.SOURCE, "code.other_kind", sentence)
            return plain
        return meant

    def _object(self, row: TreasuryRow) -> int:
        meant = self._meant(row, Scheme.PROJECT) if Scheme.PROJECT in row.codes else None
        return meant if meant is not None else self.stars["spending_object"]

    def _origin(self, row: TreasuryRow) -> str:
        """Year of origin: this year's, the year that the head of the carry-over column names, else the span of earlier
        years of the programme; not divided where one row holds money of both.
        """
        carried = bool(row.amounts.get("plan_carried"))
        fresh = any(row.amounts.get(name) for name in ("plan_year", "plan_added"))
        if not carried:
            return str(self.fact.year) if fresh else NOT_DIVIDED
        if fresh:
            said = "một dòng có cả vốn kéo dài và vốn năm nay: số đã chi không chia được theo năm nguồn."
            self._say(row, "plan_carried", "year.two_origins", said, False)
            return NOT_DIVIDED
        if self.fact.carried_year:
            return str(self.fact.carried_year)
        span = budget_years(self.fact.programme)
        first = min(span.first if span else self.fact.year - 1, self.fact.year - 1)
        return str(first) if first == self.fact.year - 1 else f"{first}-{self.fact.year - 1}"

    def _say(self, row: TreasuryRow, name: str, code: str, sentence: str, is_unusable: bool = True) -> None:
        said = row.codes.get(name, row.label)
        problem = Problem(row.cells[name], code, said, sentence, "unusable" if is_unusable else "contradicting")
        if problem not in self.found:
            self.found.append(problem)

    # as a taker --------------------------------------------------------------------------------------------
    @cached_property
    def _inner(self) -> StatementTaker:
        return StatementTaker(self.statement, self.one)

    @property
    def body(self) -> int:
        return self.fact.reporter

    @property
    def on(self) -> date:
        return self.fact.as_of

    @property
    def size(self) -> tuple[int, int]:
        rows = self.fact.rows
        return len(rows), sum(row.amounts.get("disbursed", row.computed_dong) for row in rows)

    def is_held(self) -> bool:
        return not self._unusable() and self._inner.is_held()

    def overtaken(self) -> Problem | None:
        return None if self._unusable() else self._inner.overtaken()

    def problems(self) -> list[Problem]:
        return (self._unusable() and self.found) or [*self.found, *self._inner.problems()]

    def _unusable(self) -> bool:
        self.statement  # noqa: B018 - looks the codes up
        return any(problem.weight == "unusable" for problem in self.found)

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        return self._inner.write(batch=batch, by=by)


def _part(row: TreasuryRow, is_old: bool) -> dict[str, Any]:
    """One row as it is kept on its line: codes as printed, đồng as said, its cell."""
    spent = row.amounts.get("disbursed", row.computed_dong)
    said = {**row.codes, **row.amounts, "label": row.label, "cell": row.where.cell, "dong": spent}
    return said | ({"old_code": True} if is_old else {})


def _line(row: TreasuryRow, region: Region, part: dict[str, Any]) -> LineDraft:
    said = row.amounts
    advance = said["advance"] - said.get("cleared", 0) if "advance" in said else None
    return LineDraft(
        region=region,
        disbursed_dong=said.get("disbursed", row.computed_dong),
        where=row.where,
        label=row.label,
        plan_dong=row.plan_dong,
        completed_dong=said.get("completed"),
        advance_dong=said.get("advance"),
        cleared_dong=said.get("cleared"),
        open_advance_dong=advance,
        restored_dong=said.get("restored"),
        codes={"parts": [part]},
    )


def _joined(one: LineDraft, other: LineDraft) -> LineDraft:
    """Two rows of one region: sums; both stay in sight as parts."""
    names = (
        "plan_dong", "completed_dong", "advance_dong", "cleared_dong", "open_advance_dong", "restored_dong",
    )  # fmt: skip
    sums: dict[str, Any] = {name: _sum(getattr(one, name), getattr(other, name)) for name in names}
    return replace(
        one,
        disbursed_dong=one.disbursed_dong + other.disbursed_dong,
        codes={"parts": [*one.codes["parts"], *other.codes["parts"]]},
        **sums,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
