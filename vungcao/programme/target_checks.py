"""Truths of targets and of what goes on from what, over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from vungcao.kernel.refusal import Finding
from vungcao.kernel.years import Years
from vungcao.programme.component_trees import naming
from vungcao.programme.models import ComponentSuccession, ComponentVersion, PlanTarget, PlanVersion
from vungcao.programme.targets import targets, years


def of_targets() -> Iterator[Finding]:
    """Targets of the plans that stand; successions whose ends are not there."""
    replaced = PlanVersion.objects.exclude(supersedes=None).values("supersedes")
    plans = list(PlanVersion.objects.exclude(pk__in=replaced).select_related("programme"))
    held = targets(plans=plans)
    days = _days()
    for one in held:
        yield from _node(one, days)
        yield from _years(one)
    yield from _two_values(held)
    yield from _successions(days)


def _days() -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for row in ComponentVersion.objects.standing():
        found[row.component_id].append((row.valid_from or date.min, row.valid_to or date.max))
    return found


def _node(one: PlanTarget, days: dict[int, list[tuple[date, date]]]) -> Iterator[Finding]:
    """A target's node stands at some time of its years, and belongs to the plan's programme."""
    year = Years.parse(one.year_use)
    first, after = date(max(year.first, 1), 1, 1), date(min(year.last, 9998) + 1, 1, 1)
    if not any(start < after and end > first for start, end in days[one.component_id]):
        sentence = f"{_called(one)}: nội dung {one.component.code} không có hiệu lực ngày nào trong {one.year_use}."
        yield Finding("programme", "target.node_not_in_force", _key(one), sentence)
    if one.component.code.partition(".")[0] != one.plan.programme.code:
        sentence = f"{_called(one)}: nội dung {one.component.code} không thuộc chương trình {one.plan.programme.code}."
        yield Finding("programme", "target.of_another_programme", _key(one), sentence)


def _years(one: PlanTarget) -> Iterator[Finding]:
    if not years(one.plan).covers(Years.parse(one.year_use)):
        sentence = f"{_called(one)}: năm {one.year_use} nằm ngoài kế hoạch {one.plan.span}."
        yield Finding("programme", "target.outside_plan", _key(one), sentence)


def _two_values(held: Iterable[PlanTarget]) -> Iterator[Finding]:
    found: dict[tuple[Any, ...], list[PlanTarget]] = defaultdict(list)
    for one in held:
        found[one.plan_id, one.code, one.component_id, one.year_use, one.place_id].append(one)
    for rows in found.values():
        if len(rows) > 1:
            said = "; ".join(f"“{one.value_said}”" for one in rows)
            sentence = f"{_called(rows[0])}, {rows[0].year_use}: có {len(rows)} mức ({said}); rút bớt, chỉ để một mức."
            yield Finding("programme", "target.two_values", _key(rows[0]), sentence)


def _successions(days: dict[int, list[tuple[date, date]]]) -> Iterator[Finding]:
    """The successor stands at some time in the first year it is said to go on in, or later."""
    for row in ComponentSuccession.objects.standing().select_related("component", "successor"):
        if not any(end > date(row.year, 1, 1) for _, end in days[row.successor_id]):
            before, after = (naming(one, None).code for one in (row.component_id, row.successor_id))
            sentence = f"{after} được nói là tiếp nối {before} từ năm {row.year} mà đã hết hiệu lực trước năm ấy."
            yield Finding("programme", "succession.successor_ended", f"{before} {after}", sentence)


def _called(one: PlanTarget) -> str:
    return f"Chỉ tiêu {one.code} “{one.indicator}” của {one.plan}"


def _key(one: PlanTarget) -> str:
    return f"{one.plan_id} {one.code} {one.component.code} {one.year_use}"
