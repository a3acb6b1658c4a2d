"""A statement on its way into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting
from vungcao.intake import objects
from vungcao.intake.drafted import Drafted
from vungcao.intake.heading import corrects
from vungcao.intake.taker import Taker
from vungcao.kernel.refusal import Problem
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import actions as ledger
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.judging import judge, same_as_held, standing_edition
from vungcao.ledger.models import Basis, Measure
from vungcao.ledger.overspending import overspent
from vungcao.ledger.regions import space


class StatementTaker(Taker[StatementDraft]):
    """Judged, compared with what was given, recorded."""

    def __init__(self, fact: StatementDraft, one: Drafted) -> None:
        super().__init__(_with_objects(fact, objects.known(one.objects)), one)

    @property
    def body(self) -> int:
        return self.fact.reporter

    @property
    def on(self) -> date:
        return self.fact.as_of

    @property
    def size(self) -> tuple[int, int]:
        said = {line.region: line.disbursed_dong for line in self.fact.lines}
        return len(said), sum(said[region] for region in space(self.fact.as_of).outermost(said))

    def is_held(self) -> bool:
        return same_as_held(self.fact, file_sha=self.one.sha256)

    def overtaken(self) -> Problem | None:
        """Does a later correction stand? Then the figures have gone past this edition, itself a correction or not."""
        held = standing_edition(self.fact)
        if not held or not held.dated or not self.fact.dated or self.fact.dated >= held.dated:
            return None
        if not corrects(held.batch.source.title):
            return None
        newer = f"văn bản số {held.number} ngày {day(held.dated)}"
        said = f"bản này (ngày {day(self.fact.dated)}) đã được thay bằng {newer}; không đổi gì."
        return Problem(self.fact.where, "statement.older", self.fact.number, said, "notice")

    def problems(self) -> list[Problem]:
        return [*objects.unknown(self.one.objects), *judge(self.fact), *self._more_than_given()]

    def _more_than_given(self) -> list[Problem]:
        if self.fact.measure != Measure.DISBURSED or self.fact.basis == Basis.ESTIMATE:
            return []
        lines = [(line.region, line) for line in self.fact.lines]
        found = []
        for line, given in overspent(lines, self.fact.coverage, self.fact.as_of):
            said = f"giải ngân {money(line.disbursed_dong)} lớn hơn vốn được giao {money(given)}"
            said += "; vẫn được ghi, đề nghị giải trình."
            found.append(Problem(line.where, "statement.more_than_given", line.label, said, "contradicting"))
        return found

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        with acting("ledger.objects_opened", by=by) as act:
            self.fact = _with_objects(self.fact, objects.opened(self.one.objects, act=act))
        ledger.record_statement(self.fact, batch=batch, by=by)
        return []


def _with_objects(fact: StatementDraft, keys: Mapping[int, int]) -> StatementDraft:
    lines = tuple(replace(line, region=objects.with_objects(line.region, keys)) for line in fact.lines)
    return replace(fact, lines=lines)
