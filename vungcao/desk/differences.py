"""On a batch's page: what was written although it contradicts, and why; whoever may, explains it there too."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vungcao.bodies.models import Batch, Official
from vungcao.bodies.queries import batches_in_reach
from vungcao.desk import handed_in, naming
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, may, needs
from vungcao.desk.told_problems import Bound, ExplainForm, ToldGroup, ToldProblem, at_the_cell, groups
from vungcao.desk.weights import WEIGHTS
from vungcao.intake import explaining
from vungcao.kernel.refusal import Problem, Refusal


def of_batch(batch: Batch, official: Official, bound: Bound | None = None) -> list[ToldGroup]:
    """What the batch contradicts, those of one fault together, each with what was explained."""
    found = explaining.flagged(batch)
    said = explaining.standing(key for key, _problem in found)
    word, tone = WEIGHTS["contradicting"]
    told = [ToldProblem(one, str(word), tone, None, key=key, explained=said.get(key)) for key, one in found]
    may_explain = may(official, "differences.explain")
    return groups(told, bound=(bound or Bound()) if may_explain else None)


def at_cells(batches: Sequence[Batch], sheet: str) -> dict[str, list[Problem]]:
    """What batches of one file contradict on a sheet, by the first cell named, with what was explained."""
    found = [pair for batch in batches for pair in explaining.flagged(batch) if pair[1].where.sheet == sheet]
    said = explaining.standing(key for key, _problem in found)
    at: dict[str, list[Problem]] = {}
    for key, one in found:
        here = at.setdefault(one.where.cell.replace(",", ":").split(":")[0].strip(), [])
        told = at_the_cell(one, said.get(key))
        if told not in here:
            here.append(told)
    return at


@require_POST
@needs("differences.explain")
def explain(request: OfficialRequest, batch: int) -> HttpResponse:
    """Keep why figures of a batch differ."""
    found = get_object_or_404(batches_in_reach(request.reach), pk=batch)
    known, keys, form = dict(explaining.flagged(found)), request.POST.getlist("key"), ExplainForm(request.POST)
    wanted = {key: known[key] for key in keys if key in known}
    if not wanted:
        raise Http404(_("Lần gửi này không có chỗ lệch ấy."))
    if form.is_valid():
        try:
            explaining.explain(wanted, by=request.official, **form.cleaned_data)
            return redirect("desk:batch", batch)
        except Refusal as refusal:
            form = ExplainForm({} if refusal.facts.get("forget") else request.POST)
            form.add_error("reason", str(refusal))
    context = {"said": handed_in.said(found), **naming.beside(found, request.official)}
    context["differences"] = of_batch(found, request.official, Bound(keys, form))
    return page(request, "desk/batch.html", context, status=422)
