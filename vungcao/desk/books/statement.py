"""The page of one statement: who said what was spent, over what, as of when, line by line with its cell; what replaced
it; what it leaves not split; which of its lines figures use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vungcao.bodies.queries import batch_state, batches_in_reach
from vungcao.bodies.reach import Reach
from vungcao.cube.codes import Codes
from vungcao.desk.books import regions
from vungcao.desk.books.reaching import not_there, seen
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.desk.story import story
from vungcao.ledger import spending
from vungcao.ledger.models import Statement, StatementLine

MOST: Final = 500  # lines drawn


@dataclass(frozen=True)
class Line:
    """One line as it is drawn: its region, what figures do with it, what of it no finer line tells."""

    line: StatementLine
    region: regions.Region
    use: str
    tone: str
    undivided_dong: int | None


@require_safe
@needs("figures.see")
def statement(request: OfficialRequest, statement: int) -> HttpResponse:
    """Whole to who sees the batch; to others the lines within reach; without one it is not there."""
    rows = Statement.objects.select_related("reporter", "batch__source", "act__numbered", "supersedes")
    found = regions.with_names(rows.filter(pk=statement)).first()
    if found is None:
        raise not_there()
    whole = batches_in_reach(request.reach).filter(pk=found.batch_id).exists()
    lines, hidden = _lines(found, whole, request.reach)
    if not whole and not lines:
        raise not_there()
    state = batch_state(found.batch_id)
    later = Statement.objects.filter(supersedes=found).first()
    context: dict[str, Any] = {
        "statement": found,
        "region": regions.region(found, found.as_of),
        "reporter": Codes.of(found.as_of).name("body", found.reporter.key),
        "state": state.label if state else "",
        "later": later,
        "whole": whole,
        "hidden": hidden,
        "lines": _drawn(found, lines[:MOST], replaced=later is not None),
        "count": len(lines),
        "has_parts": any(one.completed_dong is not None or one.open_advance_dong is not None for one in lines),
        "has_plan": any(one.plan_dong is not None for one in lines),
        "story": story([(Statement._meta.label, found.pk)], {found.act_id, *([later.act_id] if later else [])}),
    }
    return page(request, "desk/statement.html", context)


def _lines(found: Statement, whole: bool, reach: Reach) -> tuple[list[StatementLine], int]:
    """The lines in sight, in the order of the cells as written, and how many others there are."""
    rows = list(regions.with_names(StatementLine.objects.filter(statement=found)).order_by("pk"))
    if whole:
        return rows, 0
    mine = seen({(row.place_id, row.body_id) for row in rows}, found.as_of, reach)
    inside = [row for row in rows if (row.place_id, row.body_id) in mine]
    return inside, len(rows) - len(inside)


def _drawn(found: Statement, rows: list[StatementLine], *, replaced: bool) -> list[Line]:
    """Each line with what the figures of the statement's own day do with it."""
    cover = spending.spending_on(found.as_of, basis=found.basis, measure=found.measure)
    admitted = {one.said.line: one for one in cover.admitted if one.said.statement == found.pk}
    asserted = {one.said.line for one in cover.asserted if one.said.statement == found.pk}
    drawn = []
    for row in rows:
        one = admitted.get(row.pk)
        if one is not None:
            use, tone = (_("được dùng"), "holds") if one.parent is None else (_("chi tiết của dòng trên"), "quiet")
        elif row.pk in asserted:
            use, tone = _("chỉ đối chiếu"), "quiet"
        else:
            use, tone = (_("đã có bản thay"), "warns") if replaced else (_("chưa được dùng"), "warns")
        rest = one.own_dong if one is not None and one.inside else None
        drawn.append(Line(row, regions.region(row, found.as_of), use, tone, rest))
    return drawn
