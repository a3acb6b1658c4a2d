"""A list of Treasury codes at the door: each row names a code, its bearer and its days; problems name the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from django.utils import timezone

from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer
from vungcao.intake.drafting import Drafting
from vungcao.intake.names import Names
from vungcao.intake.reading import Row, Value
from vungcao.intake.taker import Taker
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.validity import after_last_day
from vungcao.kernel.vietnamese import fold
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.actions import CodeDraft, bring_codes
from vungcao.ledger.actions.codes import is_held, judge_codes
from vungcao.ledger.codes import Scheme, tidy
from vungcao.programme.models import Component, FundingSource, SpendingField

_SCHEMES: Final = {
    Scheme.PROGRAMME: re.compile(r"ctmt|chuong trinh"),
    Scheme.BUDGET_USER: re.compile(r"qhns|quan he ngan sach"),
    Scheme.PROJECT: re.compile(r"du an|du_an"),
    Scheme.ITEM: re.compile(r"khoan"),
    Scheme.SOURCE: re.compile(r"nguon"),
    Scheme.CHAPTER: re.compile(r"chuong"),
}
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class CodeList:
    """Every row of one list; they enter together or not at all."""

    drafts: tuple[CodeDraft, ...]
    where: Cell


class CodeListDrafting(Drafting):
    """A table of codes. It needs no day, programme or unit of its own."""

    needs = "as_of"
    measures = frozenset({"label", "code", "bearer", "first", "last", "component", "item"})

    def draft(self):  # type: ignore[no-untyped-def]  # as Drafting's, without the questions about money
        drafts = tuple(self._drafts())
        if not drafts and self.out.is_usable:
            self._problem("codes.empty", "không có dòng mã nào đọc được.", cell=self.top)
        if drafts:
            self.out.facts.append(CodeList(drafts, Cell(self.file, self.sheet.name, self.top)))
        return self.out

    def _drafts(self) -> Iterator[CodeDraft]:
        for row in self._rows():
            found = self._draft_of(row)
            if found is not None:
                yield found

    def _draft_of(self, row: Row) -> CodeDraft | None:
        scheme = self._scheme(row)
        code, bearer = tidy(self._text(row, "code")), self._text(row, "bearer")
        if scheme is None:
            return None
        if not code or not bearer:
            self._problem("code.empty", "dòng thiếu mã hoặc thiếu cột “Ứng với”.", cell=self._cell(row, "code"))
            return None
        first, last = self._day(row, "first"), self._day(row, "last")
        if first and last and last < first:
            self._problem("code.days", "ngày cuối trước ngày đầu.", cell=self._cell(row, "last"))
            return None
        identity = self._identity(scheme, bearer, first, last, row)
        component, field = self._registered(row, scheme)
        where = Cell(self.file, self.sheet.name, self._cell(row, "code"))
        if identity is None and scheme != Scheme.PROJECT:
            return None
        return CodeDraft(scheme, code, identity, bearer, first, after_last_day(last), where, component, field)

    def _scheme(self, row: Row) -> Scheme | None:
        said = fold(row.label)
        found = next((scheme for scheme, words in _SCHEMES.items() if words.search(said)), None)
        if found is None:
            listed = ", ".join(str(scheme.label) for scheme in Scheme)
            sentence = f"“{row.label}” không phải là một bộ mã; ghi một trong: {listed}."
            self._problem("code.unknown_scheme", sentence, cell=f"{self._label_col}{row.row}", said=row.label)
        return found

    def _identity(self, scheme: Scheme, said: str, first: date | None, last: date | None, row: Row) -> int | None:
        """Key of the bearer: a body of the first day (else the last, else today), a component, a source, a field."""
        if scheme == Scheme.PROJECT:
            return None
        sentence = ""
        if scheme in (Scheme.BUDGET_USER, Scheme.CHAPTER):
            match = Names(first or last or timezone.localdate()).body(said)
            found, sentence = match.id, match.sentence
        elif scheme == Scheme.PROGRAMME:
            found, sentence = self.components.get(said.upper()), "ghi mã cấu phần của hệ thống, ví dụ 1719.DA5.TDA1."
        elif scheme == Scheme.SOURCE:
            found = self.funding.get(said, self.funding.get(fold(said)))
            sentence = "ghi nguồn vốn như dau_tu:NSTW hoặc “Vốn đầu tư, ngân sách trung ương”."
        else:
            found, sentence = self.fields.get(said.split("-")[0]), "ghi loại của lĩnh vực chi, ví dụ 280."
        if found is None:
            said_so = f"“{said}” không tìm thấy: {sentence}" if scheme not in (Scheme.BUDGET_USER,) else sentence
            self._problem("code.bearer_unknown", said_so, cell=self._cell(row, "bearer"), said=said)
        return found

    def _registered(self, row: Row, scheme: Scheme) -> tuple[int | None, int | None]:
        """For what a project is registered, where the list says."""
        component, item = self._text(row, "component"), self._text(row, "item")
        if scheme != Scheme.PROJECT:
            return None, None
        found = self.components.get(component.upper()) if component else None
        if component and found is None:
            said = f"“{component}” không tìm thấy: ghi mã cấu phần của hệ thống, ví dụ 1719.DA4."
            self._problem("code.bearer_unknown", said, cell=self._cell(row, "component"), said=component)
        return found, self.fields.get(item.split("-")[0]) if item else None

    # cells -------------------------------------------------------------------------------------------------
    def _value(self, row: Row, measure: str) -> Value | None:
        return next((row.values.get(one.col) for one in self.fit.bound if one.rule.measure == measure), None)

    def _text(self, row: Row, measure: str) -> str:
        value = self._value(row, measure)
        return "" if value is None or value.kind in ("empty", "not_applicable") else value.said.strip()

    def _cell(self, row: Row, measure: str) -> str:
        col = next((one.col for one in self.fit.bound if one.rule.measure == measure), self._label_col)
        return f"{col}{row.row}"

    def _day(self, row: Row, measure: str) -> date | None:
        value, said = self._value(row, measure), self._text(row, measure)
        if value is not None and isinstance(value.value, date):
            return value.value
        found = _DAY.search(said)
        try:
            if found:
                parts = [int(part) for part in found.groups() if part]
                return date(*parts) if found[4] else date(parts[2], parts[1], parts[0])
        except ValueError:
            found = None
        if said:
            sentence = f"“{said}” không phải là một ngày: viết 01/07/2025."
            self._problem("code.days", sentence, cell=self._cell(row, measure), said=said)
        return None

    @cached_property
    def components(self) -> dict[str, int]:
        return {code.upper(): pk for code, pk in Component.objects.values_list("code", "pk")}

    @cached_property
    def funding(self) -> dict[str, int]:
        rows = list(FundingSource.objects.values_list("code", "name", "pk"))
        return {fold(name): pk for _, name, pk in rows} | {code: pk for code, _, pk in rows}

    @cached_property
    def fields(self) -> dict[str, int]:
        return dict(SpendingField.objects.exclude(code=NOT_DIVIDED).values_list("code", "pk"))


class CodeListTaker(Taker[CodeList]):
    """Codes come before everything that is told by them."""

    rank = -1

    @property
    def body(self) -> int:
        star = bodies.body(NOT_DIVIDED)
        assert star is not None
        return star.pk

    @property
    def on(self) -> date:
        return timezone.localdate()

    @property
    def size(self) -> tuple[int, int]:
        return len(self.fact.drafts), 0

    def is_held(self) -> bool:
        return is_held(self.fact.drafts)

    def problems(self) -> list[Problem]:
        return judge_codes(self.fact.drafts)

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        bring_codes(self.fact.drafts, by=by)
        return []
