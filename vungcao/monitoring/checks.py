"""Truths of monitoring over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from vungcao.bodies.queries import LEFT_THE_LINE, batch_state
from vungcao.evidence.reference_rows import read_yaml
from vungcao.kernel.refusal import Finding
from vungcao.kernel.vietnamese import number
from vungcao.monitoring.loading import REFERENCE
from vungcao.monitoring.models import Observation
from vungcao.territory import telling


def findings() -> Iterator[Finding]:
    """Groups that do not add up to their whole, and corrections of something else than what they replace."""
    yield from _wholes()
    yield from _chains()


def _wholes() -> Iterator[Finding]:
    groups = {
        one["code"]: one["groups"] for one in read_yaml(REFERENCE / "indicators.yaml")["indicators"] if "groups" in one
    }
    said: dict[tuple[str, int, int, str, date], dict[str, Observation]] = defaultdict(dict)
    rows = Observation.objects.filter(indicator__code__in=groups).select_related("indicator", "batch").order_by("pk")
    out = {pk for pk in {row.batch_id for row in rows} if batch_state(pk) in LEFT_THE_LINE}
    for row in rows:
        if row.batch_id not in out:
            said[row.indicator.code, row.batch.body_id, row.place_id, row.period, row.as_of][row.group] = row
    for (code, _, place_id, period, as_of), parts in said.items():
        if "*" not in parts or not all(group in parts for group in groups[code]):
            continue
        total = sum((parts[group].numerator for group in groups[code]), Decimal(0))
        whole = parts["*"].numerator
        if total != whole:
            place = telling.name(place_id, as_of)
            sentence = (
                f"{parts['*'].indicator.name}, {place}, kỳ {period}: các nhóm cộng lại {number(total.normalize())}, "
                f"tổng số ghi {number(whole.normalize())}."
            )
            yield Finding("monitoring", "groups.sum", f"{code} {place_id} {period} {as_of:%Y-%m-%d}", sentence)


def _chains() -> Iterator[Finding]:
    for row in Observation.objects.exclude(supersedes=None).select_related("supersedes__batch", "batch"):
        before = row.supersedes
        if before is None:
            continue
        names = ("indicator_id", "place_id", "group", "period", "as_of")
        same = all(getattr(row, name) == getattr(before, name) for name in names)
        if not same or row.batch.body_id != before.batch.body_id:
            sentence = (
                f"Số liệu số {row.pk} thay cho số {before.pk} nhưng không cùng nội dung, địa bàn, kỳ hoặc nơi báo cáo."
            )
            yield Finding("monitoring", "supersedes.other", f"{row.pk}", sentence)
