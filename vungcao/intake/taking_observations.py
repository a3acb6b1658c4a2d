"""Observations on their way into monitoring: held already, older than what stands, contradicting it, or recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from vungcao.bodies import actions as body_actions
from vungcao.bodies.models import Batch, BatchState
from vungcao.evidence.actions import Signer
from vungcao.intake.drafted import ObservationDraft
from vungcao.intake.heading import corrects
from vungcao.intake.taker import Taker
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, number
from vungcao.monitoring.actions import Said, record_observations
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import indicators, standing_words

Mark = tuple[str, int, str, str, date]


class ObservationTaker(Taker[ObservationDraft]):
    """Compared with what the same reporter said of the same things; a correction supersedes the whole edition."""

    @property
    def body(self) -> int:
        return self.fact.reporter

    @property
    def on(self) -> date:
        return self.fact.as_of

    @property
    def size(self) -> tuple[int, int]:
        return len(self.fact.rows), 0

    def is_held(self) -> bool:
        """Does all of it stand, and nothing that a correction would leave out?"""
        same = all(_same(self._standing.get(_mark(row)), row) for row in self.fact.rows)
        editions = {batch.pk for batch in self._editions}
        more = self.fact.corrects and any(
            mark not in self._marks and one.batch_id in editions for mark, one in self._standing.items()
        )
        return same and not more

    def overtaken(self) -> Problem | None:
        """A correction of a later day that stands: the figures have gone past this paper."""
        dated = self.fact.dated
        for one in self._editions:
            newer = one.source.dated
            if dated and newer and dated < newer and corrects(one.source.title):
                said = f"bản này (ngày {day(dated)}) đã được thay bằng văn bản số {one.source.number}"
                sentence = f"{said} ngày {day(newer)}; không đổi gì."
                return Problem(self.fact.where, "observation.older", "", sentence, "notice")
        return None

    def problems(self) -> list[Problem]:
        """Cells that say something else than what the same reporter said of the same thing."""
        if self.fact.corrects:
            return []
        pairs = [(row, self._standing.get(_mark(row))) for row in self.fact.rows if row.denominator is None]
        return [self._contradicts(row, before) for row, before in pairs if before and not _same(before, row)]

    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        for edition in self._editions if self.fact.corrects else ():
            reason = f"đã được thay bằng lần gửi số {batch.pk}"
            body_actions.reach(edition, BatchState.SUPERSEDED, reason=reason, by=by)
        record_observations(batch=batch, rows=self.fact.rows, by=by)
        return []

    # what stands -------------------------------------------------------------------------------------------
    @cached_property
    def _marks(self) -> set[Mark]:
        return {_mark(row) for row in self.fact.rows}

    @cached_property
    def _standing(self) -> dict[Mark, Observation]:
        return standing_words(self.fact.reporter, {row.indicator for row in self.fact.rows})

    @cached_property
    def _editions(self) -> list[Batch]:
        """Batches in line of the same kind of table that speak of some of the same things."""
        found = {
            one.batch_id: one.batch
            for mark, one in self._standing.items()
            if one.batch.kind == self.one.profile and mark in self._marks
        }
        return [found[pk] for pk in sorted(found)]

    def _contradicts(self, row: Said, before: Observation) -> Problem:
        where = replace(self.fact.where, cell=row.cell) if row.cell else self.fact.where
        held = Cell(before.batch.source.name, before.sheet, before.cell)
        sentence = (
            f"{indicators()[row.indicator].name}: đã có {number(before.numerator.normalize())} tính đến "
            f"{day(row.as_of)} ({held}), nay ghi {number(row.numerator.normalize())}; nếu là bản sửa thì ghi "
            "“thay thế Báo cáo số … ngày …” rồi nộp lại."
        )
        return Problem(where, "observation.two_for_one_day", f"{row.numerator}", sentence)


def _mark(row: Said) -> Mark:
    return row.indicator, row.place_id, row.group, row.period, row.as_of


def _same(one: Observation | None, row: Said) -> bool:
    said = (row.numerator, row.denominator, row.qualifier)
    return one is not None and (one.numerator, one.denominator, one.qualifier) == said
