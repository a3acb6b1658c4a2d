"""Truths of the programmes over live data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from vungcao.evidence.reference_rows import read_yaml
from vungcao.kernel.refusal import Finding
from vungcao.kernel.validity import overlap
from vungcao.kernel.vietnamese import BILLION_DONG, money
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.programme.loading import REFERENCE
from vungcao.programme.models import Component, ComponentVersion, FundingSource, PlanLine
from vungcao.programme.plans import dong, plan_lines
from vungcao.programme.target_checks import of_targets
from vungcao.programme.vocabularies import FundingSources

_SPANS: Final = "Cấu phần {code} có hai phiên bản cùng có hiệu lực trong một ngày."


def findings() -> Iterator[Finding]:
    """Versions that overlap, parts that outlive their parent, reserved members that lack, identities of the plans,
    targets of nodes that are not there or with two values.
    """
    yield from _versions()
    yield from _reserved()
    yield from _identities()
    yield from of_targets()


def _versions() -> Iterator[Finding]:
    rows: dict[int, list[ComponentVersion]] = defaultdict(list)
    for row in ComponentVersion.objects.standing().select_related("component"):
        rows[row.component_id].append(row)
    for versions in rows.values():
        code = versions[0].component.code
        if overlap((row.valid_from, row.valid_to) for row in versions):
            yield Finding("programme", "version.overlap", code, _SPANS.format(code=code))
        for row in versions:
            if row.parent_id and not _inside(row, rows.get(row.parent_id, [])):
                sentence = f"Cấu phần {code} có hiệu lực vào ngày mà cấp trên của nó không có hiệu lực."
                yield Finding("programme", "version.outside_parent", code, sentence)


def _inside(row: ComponentVersion, parents: list[ComponentVersion]) -> bool:
    """Do the parent's versions, laid end to end, hold all the days of ``row``?"""
    reached = row.valid_from or date.min
    for parent in sorted(parents, key=lambda one: one.valid_from or date.min):
        if (parent.valid_from or date.min) <= reached and (parent.valid_to or date.max) > reached:
            reached = parent.valid_to or date.max
    return reached >= (row.valid_to or date.max)


def _reserved() -> Iterator[Finding]:
    if Component.objects.exists():
        if not Component.objects.filter(code=NOT_DIVIDED).exists():
            yield Finding("programme", "reserved.component", NOT_DIVIDED, "Thiếu nút “Mọi chương trình”.")
        if not FundingSource.objects.filter(code=f"{NOT_DIVIDED}:{NOT_DIVIDED}").exists():
            yield Finding("programme", "reserved.source", "*:*", "Thiếu nguồn “Không chia theo nguồn”.")


def _identities() -> Iterator[Finding]:
    """Totals printed in a decision against the lines printed in it, to the đồng."""
    sources = FundingSources.all()
    for plan in read_yaml(REFERENCE / "plans.yaml")["plans"]:
        lines = [
            line
            for line in plan_lines(kind=plan["kind"])
            if line.plan.number == plan.get("number", "")
            and (line.plan.first_year, line.plan.programme.code) == (plan["first_year"], plan["programme"])
        ]
        for said in plan.get("identities", ()) if lines else ():
            found = _sum(lines, said["component"], sources, said["source"])
            wanted = dong(said["billion"])
            if found != wanted:
                amounts = (
                    f"các dòng cộng lại {money(found, BILLION_DONG)}, Quyết định ghi {money(wanted, BILLION_DONG)}"
                )
                paper = plan.get("number") or f"{plan['programme']} {plan['first_year']}-{plan['last_year']}"
                key = f"{paper} {said['component']} {said['source']}"
                yield Finding("programme", "plan.sum", key, f"{paper}, {said['what']}: {amounts}.")


def _sum(lines: list[PlanLine], code: str, sources: FundingSources, source: str) -> int:
    wide = sources.ids[source]
    return sum(line.low_dong for line in lines if line.component.code == code and sources.covers(wide, line.source_id))
