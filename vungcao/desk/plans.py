"""Pages of plans: every version, one as a tree, two side by side, a series over programmes. No JavaScript needed.

Plans of a place are seen by whoever reaches into it or under it; who records them must reach the place.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vungcao.cube.series import PLAN_WORDS, Series, series
from vungcao.desk import plan_forms
from vungcao.desk.dossier_lost import SURE, TONES
from vungcao.desk.once import once
from vungcao.desk.pages import page
from vungcao.desk.plan_reading import a_component, a_place, a_target, line_drafts, target_draft
from vungcao.desk.plan_seen import place_name, seen, sees_place, tree, writes_place
from vungcao.desk.plan_told import CHANGES
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import MILLION_DONG, number
from vungcao.programme.comparing import Change, Comparison, TargetChange, difference
from vungcao.programme.models import Component, PlanKind, PlanLine, PlanVersion
from vungcao.programme.queries import plans_beside, targets
from vungcao.programme.recording import NotAPlan, record_plan, record_target, take_back_target
from vungcao.territory import queries as territory

CHANGE_TONES = {
    Change.ADDED: "holds", Change.DROPPED: "fails", Change.RAISED: "holds", Change.LOWERED: "warns",
    Change.UNCHANGED: "quiet", Change.REWORDED: "warns", Change.OPEN: "warns",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs("plans.see", to_send="plans.record")
@once("desk:plans")
def plans(request: OfficialRequest) -> HttpResponse:
    """Every version within reach; a POST records one as signed."""
    found = seen(request.reach)
    form = plan_forms.PlanForm(found, request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            made = _record(form.cleaned_data, found, request)
            messages.success(request, _("Đã ghi kế hoạch %(plan)s.") % {"plan": f"{made}"})
            return redirect("desk:plan", made.pk)
        except Refusal as refusal:
            refused = str(refusal)
    replaced = {one.supersedes_id for one in found}
    lines = dict(PlanLine.objects.filter(plan__in=found).order_by().values_list("plan").annotate(n=Count("pk")))
    aimed = Counter(one.plan_id for one in targets(plans=found))
    rows = [
        {"plan": one, "place": place_name(one.place_id), "lines": lines.get(one.pk, 0), "targets": aimed[one.pk],
         "is_replaced": one.pk in replaced, "sure": SURE[one.confidence], "tone": TONES[one.confidence]}
        for one in found
    ]  # fmt: skip
    context = {
        "rows": rows, "form": form, "refused": refused, "may_record": may(request.official, "plans.record"),
        "compare_form": plan_forms.CompareForm(found, None),
    }  # fmt: skip
    return page(request, "desk/plans.html", context, status=422 if request.method == "POST" else 200)


def _record(said: dict[str, Any], found: list[PlanVersion], request: OfficialRequest) -> PlanVersion:
    place = a_place(said["place"], said["dated"])
    if not writes_place(request.reach)(place.pk):
        raise NotAPlan(_("Địa bàn này nằm ngoài phạm vi của vị trí công tác."))
    old = next((one for one in found if f"{one.pk}" == said["supersedes"]), None)
    return record_plan(
        programme=a_component(said["programme"], said["dated"]), kind=said["kind"], place=place,
        first_year=said["first_year"], last_year=said["last_year"], number=said["number"], dated=said["dated"],
        lines=line_drafts(said["lines"].splitlines(), unit=MILLION_DONG, on=said["dated"]), signer=said["signer"],
        note=said["note"], supersedes=old, by=request.official,
    )  # fmt: skip


@require_safe
@needs("plans.see")
def plan(request: OfficialRequest, plan: int) -> HttpResponse:
    """One version: what it adds up to, its nodes with their lines and targets."""
    return _page(request, _found(request, plan))


@require_POST
@needs("plans.record")
@once("desk:plan", "plan")
def target(request: OfficialRequest, plan: int) -> HttpResponse:
    """A target of the version, or one in the place of another."""
    found, form = _found(request, plan), plan_forms.TargetForm(request.POST)
    return _sent(request, found, form, _write_target)


@require_POST
@needs("plans.record")
@once("desk:plan", "plan")
def target_back(request: OfficialRequest, plan: int) -> HttpResponse:
    """A target taken back, with its reason."""
    found, form = _found(request, plan), plan_forms.TargetBackForm(request.POST)
    return _sent(request, found, form, _take_back)


def _write_target(found: PlanVersion, said: dict[str, Any], request: OfficialRequest) -> None:
    draft = target_draft(found, said, found.dated or timezone.localdate())
    old = a_target(found, said["replaces"]) if said["replaces"] else None
    record_target(plan=found, target=draft, replaces=old, by=request.official)


def _take_back(found: PlanVersion, said: dict[str, Any], request: OfficialRequest) -> None:
    take_back_target(a_target(found, said["target"]), reason=said["reason"], by=request.official)


def _sent(request: OfficialRequest, found: PlanVersion, form: forms.Form, write: Any) -> HttpResponse:
    refused = _("Chưa ghi: kiểm tra lại các ô được đánh dấu.")
    if not _may_write(request, found):
        raise Http404
    if form.is_valid():
        try:
            write(found, form.cleaned_data, request)
            return redirect("desk:plan", found.pk)
        except Refusal as refusal:
            refused = str(refusal)
    return _page(request, found, refused=refused, said=form, status=422)


def _may_write(request: OfficialRequest, found: PlanVersion) -> bool:
    """The nation's plans come with the program; an officer writes those of his own places."""
    written = found.kind != PlanKind.IMPLIED and may(request.official, "plans.record")
    return written and writes_place(request.reach)(found.place_id)


def _found(request: OfficialRequest, key: int) -> PlanVersion:
    for one in seen(request.reach):
        if one.pk == key:
            return one
    raise Http404


def _page(
    request: OfficialRequest,
    found: PlanVersion,
    *,
    refused: str = "",
    said: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    nodes, total = tree(found, request.reach)
    later = PlanVersion.objects.filter(supersedes=found).first()
    may_see = sees_place(request.reach)
    context = {
        "plan": found, "place": place_name(found.place_id), "nodes": nodes, "total": total, "later": later,
        "sure": SURE[found.confidence], "tone": TONES[found.confidence], "refused": refused,
        "beside": [(one, plan_forms.label(one)) for one in plans_beside(found) if may_see(one.place_id)],
        "may_write": _may_write(request, found),
        "target_form": said if isinstance(said, plan_forms.TargetForm) else plan_forms.TargetForm(),
        "back_form": said if isinstance(said, plan_forms.TargetBackForm) else plan_forms.TargetBackForm(),
    }  # fmt: skip
    return page(request, "desk/plan.html", context, status=status)


@require_safe
@needs("plans.see")
def compare(request: OfficialRequest) -> HttpResponse:
    """Two versions node by node: lines and targets, what was added, dropped, raised, lowered."""
    found = seen(request.reach)
    form = plan_forms.CompareForm(found, request.GET if {"a", "b"} & set(request.GET) else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        a, b = (next(one for one in found if f"{one.pk}" == form.cleaned_data[name]) for name in ("a", "b"))
        places = territory.tree(b.dated or timezone.localdate())
        pair = Comparison(a, b, places=places, seen=sees_place(request.reach))
        context |= _compared(pair, only_changed=form.cleaned_data["changed"])
    return page(request, "desk/plan_compare.html", context, status=422 if form.is_bound and form.errors else 200)


def _compared(pair: Comparison, *, only_changed: bool) -> dict[str, Any]:
    lines = [
        {"row": one, "level": min(one.node.depth, 3), "word": CHANGES[one.change], "tone": CHANGE_TONES[one.change]}
        for one in pair.lines
        if not (only_changed and one.change == Change.UNCHANGED)
    ]
    aims = [
        {"row": one, "level": min(one.node.depth, 3), "word": CHANGES[one.change], "tone": CHANGE_TONES[one.change],
         "gap": _gap(one), "sure": SURE[one.one.confidence], "sure_tone": TONES[one.one.confidence]}
        for one in pair.targets
        if not (only_changed and one.change == Change.UNCHANGED)
    ]  # fmt: skip
    a, b = pair.totals
    return {
        "pair": pair, "lines": lines, "aims": aims, "total_a": a, "total_b": b, "total_gap": difference(a, b),
        "same": a == b, "place_a": place_name(pair.a.place_id), "place_b": place_name(pair.b.place_id),
    }  # fmt: skip


def _gap(one: TargetChange) -> str:
    gap = one.difference
    return f"{'+' if gap > 0 else ''}{number(gap.normalize())} {one.one.unit}" if gap else ""


@require_safe
@needs("plans.see")
def follow(request: OfficialRequest) -> HttpResponse:
    """Planned and disbursed a year over programmes that go on from each other, breaks marked."""
    form = plan_forms.SeriesForm(request.GET if "ma" in request.GET else {"ma": "135"})
    context: dict[str, Any] = {"form": form, "refused": ""}
    if form.is_valid():
        said = form.cleaned_data
        try:
            if said["place"] and not sees_place(request.reach)(a_place(said["place"], timezone.localdate()).pk):
                raise NotAPlan(_("Địa bàn này nằm ngoài phạm vi của vị trí công tác."))
            found = series(said["ma"], request.reach, on=timezone.localdate(), place=said["place"] or None)
            context |= _followed(found)
        except Refusal as refusal:
            context["refused"] = str(refusal)
    return page(request, "desk/plan_series.html", context, status=422 if form.is_bound and form.errors else 200)


def _followed(found: Series) -> dict[str, Any]:
    """Rows with each break before the first year that it breaks."""
    rows: list[dict[str, Any]] = []
    told: set[Component] = set()
    for row in found.rows:
        if row.component not in told:
            told.add(row.component)
            rows += [
                {"gap": one, "sure": SURE[one.confidence], "tone": TONES[one.confidence]}
                for one in found.breaks
                if one.after == row.component
            ]
        rows.append({"row": row, "word": _(PLAN_WORDS[row.planned.what]) if row.planned else ""})
    place = place_name(found.place.pk) if found.place else ""
    return {"series": found, "rows": rows, "place_name": place, "members": [one.code for one in found.chain.members]}
