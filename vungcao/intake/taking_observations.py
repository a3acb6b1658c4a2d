"""Taking a table of counts in: held already, older than what stands, contradicting it, or recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vungcao.bodies import actions as body_actions
from vungcao.bodies import queries as bodies
from vungcao.bodies.models import Batch, BatchState
from vungcao.intake.drafted import ObservationDraft
from vungcao.intake.heading import corrects
from vungcao.intake.outcome import Outcome
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import day, number
from vungcao.monitoring.actions import Said, record_observations
from vungcao.monitoring.models import Indicator, Observation
from vungcao.monitoring.queries import standing_words

if TYPE_CHECKING:
    from vungcao.intake.taking import Taking

Mark = tuple[str, int, str, str, date]


def take_observations(taking: Taking, said: ObservationDraft) -> Outcome:
    """What became of the table; a correction supersedes the whole edition that it replaces."""
    out = taking.outcome
    out.lines, out.body = len(said.rows), bodies.naming(said.reporter, said.as_of)[0]
    out.as_of = said.as_of
    standing = standing_words(said.reporter, {row.indicator for row in said.rows})
    editions = _editions(taking, said, standing.values())
    if taking.one.is_usable and _is_held(said, standing, editions):
        return taking.held()
    if taking.one.is_usable and (newer := _newer(taking, editions)):
        return _older(taking, said, newer)
    if not said.corrects:
        out.problems += _contradicting(said, standing)
    if any(problem.weight == "unusable" for problem in out.problems):
        return taking.draft()
    batch = taking.received(said.reporter)
    for edition in editions if said.corrects else ():
        reason = f"đã được thay bằng lần gửi số {batch.pk}"
        body_actions.reach(edition, BatchState.SUPERSEDED, reason=reason, by=taking.by)
    record_observations(batch=batch, rows=said.rows, by=taking.by)
    return taking.done()


def _mark(row: Said) -> Mark:
    return row.indicator, row.place_id, row.group, row.period, row.as_of


def _editions(taking: Taking, said: ObservationDraft, standing: Iterable[Observation]) -> list[Batch]:
    """Batches in line of the same kind of table that speak of some of the same things."""
    marks = {_mark(row) for row in said.rows}
    found = {
        one.batch_id: one.batch
        for one in standing
        if one.batch.kind == taking.one.profile
        and (one.indicator.code, one.place_id, one.group, one.period, one.as_of) in marks
    }
    return [found[pk] for pk in sorted(found)]


def _is_held(said: ObservationDraft, standing: dict[Mark, Observation], editions: list[Batch]) -> bool:
    """Does all of it stand, and nothing that a correction would leave out?"""
    same = all((one := standing.get(_mark(row))) is not None and _values(one) == _values(row) for row in said.rows)
    marks = {_mark(row) for row in said.rows}
    more = said.corrects and any(
        mark not in marks and one.batch_id in {batch.pk for batch in editions} for mark, one in standing.items()
    )
    return same and not more


def _values(one: Said | Observation) -> tuple[object, ...]:
    return one.numerator, one.denominator, one.qualifier


def _newer(taking: Taking, editions: list[Batch]) -> Batch | None:
    """A correction of a later day that stands: the figures have gone past this paper."""
    dated = taking.one.heading.dated
    for one in editions:
        if dated and one.source.dated and dated < one.source.dated and corrects(one.source.title):
            return one
    return None


def _older(taking: Taking, said: ObservationDraft, newer: Batch) -> Outcome:
    dated = taking.one.heading.dated
    assert dated and newer.source.dated  # without them nothing is newer
    what = f"bản này (ngày {day(dated)}) đã được thay bằng văn bản số {newer.source.number}"
    sentence = f"{what} ngày {day(newer.source.dated)}; không đổi gì."
    taking.outcome.state = "older"
    taking.outcome.problems = [Problem(said.where, "observation.older", "", sentence, "notice")]
    return taking.outcome


def _contradicting(said: ObservationDraft, standing: dict[Mark, Observation]) -> list[Problem]:
    """Cells that say something else than what the same reporter said of the same thing."""
    names = {one.code: one.name for one in Indicator.objects.all()}
    found = []
    for row in said.rows:
        before = standing.get(_mark(row))
        if before is None or _values(before) == _values(row) or row.denominator is not None:
            continue
        where = replace(said.where, cell=row.cell) if row.cell else said.where
        sentence = (
            f"{names[row.indicator]}: đã có {number(before.numerator.normalize())} tính đến {day(row.as_of)} "
            f"({_from(before)}), nay ghi {number(row.numerator.normalize())}; nếu là bản sửa thì ghi "
            "“thay thế Báo cáo số … ngày …” rồi nộp lại."
        )
        found.append(Problem(where, "observation.two_for_one_day", f"{row.numerator}", sentence))
    return found


def _from(before: Observation) -> str:
    return f"{Cell(before.batch.source.name, before.sheet, before.cell)}"
