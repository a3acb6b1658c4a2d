"""Verbs of monitoring: record what a batch says of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.utils.translation import gettext

from vungcao.bodies.models import Batch, BatchState
from vungcao.bodies.queries import LEFT_THE_LINE, batch_state, naming
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, number
from vungcao.law.models import Confidence
from vungcao.monitoring.models import Indicator, Observation
from vungcao.territory import telling

Mark: TypeAlias = tuple[int, int, str, str, date]


@dataclass(frozen=True)
class Said:
    """One figure as said: indicator (its code), place (key), group, period, day; a rate as numerator and denominator.

    ``corrects`` says that it replaces what the same reporter said of the same thing.
    """

    indicator: str
    place_id: int
    period: str
    as_of: date
    numerator: Decimal
    denominator: Decimal | None = None
    group: str = "*"
    qualifier: str = ""
    note: str = ""
    confidence: str = Confidence.SOURCED
    sheet: str = ""
    cell: str = ""
    corrects: bool = False


class Doubled(Refusal):
    """One reporter says two things of the same indicator, place, group, period and day, and neither replaces."""

    code = "observation.doubled"


def record_observations(*, batch: Batch, rows: Sequence[Said], by: Signer) -> list[Observation]:
    """Write the figures of a batch; those said already in the same words are left as they stand.

    Raises ``Doubled`` for a second, different figure that does not say it corrects the first, and ``Refusal`` for an
    unknown indicator or a rate without denominator; then nothing is written.
    """
    indicators = {one.code: one for one in Indicator.objects.filter(code__in={row.indicator for row in rows})}
    _check(rows, indicators)
    with acting("monitoring.observed", by=by) as act:
        lock("monitoring.reporter", batch.body_id)
        standing = _standing(batch.body_id, indicators.values())
        new: list[Observation] = []
        for row in rows:
            mark = (indicators[row.indicator].pk, row.place_id, row.group, row.period, row.as_of)
            before = standing.get(mark)
            if before is not None and _in_line(before):
                if _same(before, row):
                    continue
                if not row.corrects:
                    raise Doubled(_doubled(before, row, batch))
            observation = Observation(
                act=act,
                batch=batch,
                indicator=indicators[row.indicator],
                place_id=row.place_id,
                group=row.group,
                period=row.period,
                as_of=row.as_of,
                numerator=row.numerator,
                denominator=row.denominator,
                qualifier=row.qualifier,
                note=row.note,
                confidence=row.confidence,
                supersedes=before,
                sheet=row.sheet,
                cell=row.cell,
            )
            observation.save()
            standing[mark] = observation
            new.append(observation)
        record(act, batch, after={"observations": len(new)})
    return new


def _check(rows: Iterable[Said], indicators: dict[str, Indicator]) -> None:
    seen: dict[tuple[str, int, str, str, date], Said] = {}
    for row in rows:
        if row.indicator not in indicators:
            raise Refusal(gettext("Không có chỉ tiêu mang mã %(code)s.") % {"code": row.indicator})
        if indicators[row.indicator].is_rate and not row.denominator:
            raise Refusal(
                gettext("Chỉ tiêu %(name)s là tỷ lệ: phải có tử số và mẫu số khác 0.")
                % {"name": indicators[row.indicator].name}
            )
        mark = (row.indicator, row.place_id, row.group, row.period, row.as_of)
        if mark in seen:
            place = telling.name(row.place_id, row.as_of)
            name = indicators[row.indicator].name
            raise Doubled(
                gettext("%(name)s của %(place)s, kỳ %(period)s, nhóm %(group)s được nêu hai lần trong một lần gửi.")
                % {"name": name, "place": place, "period": row.period, "group": row.group}
            )
        seen[mark] = row


def _standing(reporter: int, indicators: Iterable[Indicator]) -> dict[Mark, Observation]:
    """The last word of a reporter on each thing, in line or not: the end of each chain of corrections."""
    found = Observation.objects.filter(batch__body_id=reporter, indicator__in=list(indicators)).order_by("pk")
    return {(one.indicator_id, one.place_id, one.group, one.period, one.as_of): one for one in found}


def _in_line(observation: Observation) -> bool:
    state: BatchState | None = batch_state(observation.batch_id)
    return state is not None and state not in LEFT_THE_LINE


def _same(before: Observation, row: Said) -> bool:
    return (before.numerator, before.denominator, before.qualifier) == (row.numerator, row.denominator, row.qualifier)


def _doubled(before: Observation, row: Said, batch: Batch) -> str:
    who, _ = naming(batch.body_id, row.as_of)
    place = telling.name(row.place_id, row.as_of)
    return gettext(
        "%(who)s đã nêu %(before)s, nay nêu %(now)s cho %(name)s của %(place)s, kỳ %(period)s, tính đến %(day)s: "
        "ghi rõ là bản thay thế nếu muốn đính chính."
    ) % {
        "who": who,
        "before": number(before.numerator.normalize()),
        "now": number(row.numerator.normalize()),
        "name": before.indicator.name,
        "place": place,
        "period": row.period,
        "day": day(row.as_of),
    }
