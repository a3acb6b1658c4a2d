"""Verbs of plans: record a version as signed, add a target, take one back. Keyword-only, signed, nothing rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, cite, lock, record
from vungcao.evidence.models import SourceKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc
from vungcao.kernel.years import Years
from vungcao.law.models import Confidence
from vungcao.programme.models import Component, FundingSource, PlanKind, PlanLine, PlanTarget, PlanVersion, Qualifier
from vungcao.programme.targets import withdrawn, years
from vungcao.territory.models import Place


class NotAPlan(Refusal):
    """What can't be recorded as a plan or a target of one."""

    code = "plan.refused"


@dataclass(frozen=True)
class LineDraft:
    """One amount in whole đồng; ``year_use`` is a year or a span (``2021-2025``) inside the plan's."""

    component: Component
    source: FundingSource
    year_use: str
    dong: int
    cites: str = ""


@dataclass(frozen=True)
class TargetDraft:
    """A target as the paper says it. ``value`` is its figure in ``unit``; ``None`` where words said it."""

    code: str
    component: Component
    indicator: str
    said: str
    year_use: str
    value: Decimal | None = None
    value_to: Decimal | None = None
    unit: str = ""
    qualifier: str = Qualifier.EXACT
    numerator: str = ""
    denominator: str = ""
    cites: str = ""


def record_plan(
    *,
    programme: Component,
    kind: str,
    place: Place,
    first_year: int,
    last_year: int,
    number: str,
    dated: date,
    lines: Sequence[LineDraft],
    by: Signer,
    signer: str = "",
    note: str = "",
    supersedes: PlanVersion | None = None,
    is_example: bool = False,
) -> PlanVersion:
    """Record a plan version as its paper prints it, all lines at once. The same paper for the same plan again is
    refused; ``supersedes`` is the version that it replaces.

    Raises ``NotAPlan`` for a paper without a number, years the wrong way round or outside the plan, a node of another
    programme, an amount below zero, a version that is already replaced or is of another plan.
    """
    number, span = nfc(number), _span(kind, first_year, last_year)
    if not number:
        raise NotAPlan(_("Ghi số, ký hiệu của quyết định giao kế hoạch."))
    for line in lines:
        _refuse_line(line, programme, span)
    with acting("plan.recorded", by=by) as act:
        lock("plan.record", programme.pk, place.pk)
        if supersedes is not None:
            _refuse_replacing(supersedes, programme, place, kind)
        same = PlanVersion.objects.filter(programme=programme, kind=kind, place=place, number=number, dated=dated)
        if same.exists() and supersedes is None:
            raise NotAPlan(
                _("Kế hoạch %(number)s của chương trình này đã ghi; bản sửa thì nêu thay cho bản nào.")
                % {"number": number}
            )
        paper = cite(act=act, kind=SourceKind.PAPER, name=number, number=number, dated=dated, is_example=is_example)
        made = PlanVersion.objects.create(
            act=act, programme=programme, kind=kind, place=place, first_year=first_year, last_year=last_year,
            version=supersedes.version + 1 if supersedes else 1, number=number, dated=dated, signer=nfc(signer),
            source=paper, confidence=Confidence.SOURCED, supersedes=supersedes, note=nfc(note),
        )  # fmt: skip
        PlanLine.objects.bulk_create(
            PlanLine(
                act=act, plan=made, component=one.component, source=one.source, year_use=one.year_use, place=place,
                low_dong=one.dong, high_dong=one.dong, confidence=Confidence.SOURCED, cites=nfc(one.cites),
            )
            for one in lines
        )  # fmt: skip
        record(act, made, after={"number": number, "lines": len(lines), "dong": sum(one.dong for one in lines)})
    return made


def _span(kind: str, first_year: int, last_year: int) -> Years:
    if kind not in (PlanKind.ANNUAL, PlanKind.FIVE_YEAR):
        raise NotAPlan(_("Chỉ ghi kế hoạch năm hoặc kế hoạch trung hạn."))
    if last_year < first_year:
        raise NotAPlan(_("Năm cuối đứng trước năm đầu."))
    if kind == PlanKind.ANNUAL and first_year != last_year:
        raise NotAPlan(_("Kế hoạch năm chỉ có một năm."))
    return Years(first_year, last_year)


def _refuse_line(line: LineDraft, programme: Component, span: Years) -> None:
    _refuse_node(line.component, programme)
    _refuse_year(line.year_use, span)
    if line.dong < 0:
        raise NotAPlan(_("%(code)s: số tiền không được âm.") % {"code": line.component.code})


def _refuse_node(node: Component, programme: Component) -> None:
    if node.code.partition(".")[0] != programme.code:
        raise NotAPlan(
            _("%(code)s không thuộc chương trình %(programme)s.") % {"code": node.code, "programme": programme.code}
        )


def _refuse_year(year_use: str, span: Years) -> None:
    try:
        inside = span.covers(Years.parse(year_use))
    except ValueError as error:
        raise NotAPlan(str(error)) from error
    if not inside:
        raise NotAPlan(_("Năm %(year)s nằm ngoài kế hoạch %(span)s.") % {"year": year_use, "span": f"{span}"})


def _refuse_replacing(old: PlanVersion, programme: Component, place: Place, kind: str) -> None:
    if (old.programme_id, old.place_id, old.kind) != (programme.pk, place.pk, kind):
        raise NotAPlan(_("Bản được thay phải cùng chương trình, cùng địa bàn, cùng loại kế hoạch."))
    if PlanVersion.objects.filter(supersedes=old).exists():
        raise NotAPlan(_("Kế hoạch %(plan)s đã có bản thay.") % {"plan": f"{old}"})


def record_target(
    *, plan: PlanVersion, target: TargetDraft, by: Signer, replaces: PlanTarget | None = None
) -> PlanTarget:
    """Write a target of a plan version, or another row in the place of one that stands. A second value for one target
    is recorded, as the paper may print it, and ``check-facts`` names it.

    Raises ``NotAPlan`` for an empty code, indicator or value, a node of another programme, a year outside the plan, a
    range the wrong way round, a row that no longer stands or is another plan's, a plan worked back from a rate.
    """
    _refuse_target(plan, target)
    with acting("plan.target_recorded", by=by) as act:
        lock("plan.targets", plan.pk)
        if replaces is not None:
            _refuse_stale(replaces, plan)
        made = PlanTarget.objects.create(
            act=act, plan=plan, code=nfc(target.code), component=target.component, place=plan.place,
            year_use=target.year_use, indicator=nfc(target.indicator), numerator=nfc(target.numerator),
            denominator=nfc(target.denominator), value_said=nfc(target.said), value=target.value,
            value_to=target.value_to, unit=nfc(target.unit), qualifier=target.qualifier,
            confidence=Confidence.SOURCED, cites=nfc(target.cites), seen_in=plan.number, replaces=replaces,
        )  # fmt: skip
        before = {"said": replaces.value_said} if replaces else None
        record(
            act, made, before=before, after={"code": made.code, "said": made.value_said, "node": made.component.code}
        )
    return made


def take_back_target(target: PlanTarget, *, reason: str, by: Signer) -> PlanTarget:
    """Take a target back, and why; the rows stay. Raises ``NotAPlan`` without a reason or where it stands no more."""
    if not nfc(reason):
        raise NotAPlan(_("Ghi lý do rút chỉ tiêu."))
    with acting("plan.target_taken_back", by=by, reason=nfc(reason)) as act:
        lock("plan.targets", target.plan_id)
        _refuse_stale(target, target.plan)
        made = withdrawn(target)
        made.act = act
        made.save()
        record(act, made, before={"said": target.value_said}, after={"reason": nfc(reason)})
    return made


def _refuse_target(plan: PlanVersion, target: TargetDraft) -> None:
    if plan.kind == PlanKind.IMPLIED:
        raise NotAPlan(_("Kế hoạch suy ra từ số đã công bố không có chỉ tiêu."))
    if not nfc(target.code) or not nfc(target.indicator) or not nfc(target.said):
        raise NotAPlan(_("Ghi đủ mã, tên và mức của chỉ tiêu."))
    _refuse_node(target.component, plan.programme)
    _refuse_year(target.year_use, years(plan))
    if target.value_to is not None and (target.value is None or target.value_to < target.value):
        raise NotAPlan(_("Mức cuối của khoảng phải lớn hơn mức đầu."))


def _refuse_stale(target: PlanTarget, plan: PlanVersion) -> None:
    if target.plan_id != plan.pk:
        raise NotAPlan(_("Chỉ tiêu này là của kế hoạch khác."))
    if target.is_withdrawn or PlanTarget.objects.filter(replaces=target).exists():
        raise NotAPlan(_("Chỉ tiêu này đã có bản thay hoặc đã rút: mở lại trang."))
