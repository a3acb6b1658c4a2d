"""Plan versions asked for: the list, one by its number, and what of its lines may be added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vungcao.evidence.keeping import known_at
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.trees import Tree
from vungcao.kernel.years import Years
from vungcao.programme.component_trees import ComponentTree, tree
from vungcao.programme.models import PlanLine, PlanVersion
from vungcao.programme.targets import years
from vungcao.programme.vocabularies import FundingSources


class NoSuchPlan(Refusal):
    """A number that no plan version bears, or that several bear."""

    code = "plan.unknown"


def plan_versions(known: int | None = None) -> QuerySet[PlanVersion]:
    """Every plan version, by programme, years, place, version."""
    rows = PlanVersion.objects.filter(known_at(known)).select_related("programme", "place", "source", "supersedes")
    return rows.order_by("programme__code", "first_year", "kind", "place__key", "dated", "version", "pk")


def plan_version(said: str, known: int | None = None) -> PlanVersion:
    """The plan version of a number of ours (``7``) or of a paper (``1719/QĐ-TTg``: its latest version).

    Raises ``NoSuchPlan``, also where papers of two bodies bear the same number.
    """
    rows = plan_versions(known)
    if said.isascii() and said.isdigit() and len(said) < 10:
        found = list(rows.filter(pk=int(said)))
    else:
        found = list(rows.filter(number=said))
        last = {one.supersedes_id for one in found}
        found = [one for one in found if one.pk not in last]
    if not found:
        raise NoSuchPlan(_("Không có kế hoạch nào mang số “%(said)s”.") % {"said": said})
    if len(found) > 1:
        ours = ", ".join(f"{one.pk}" for one in found)
        raise NoSuchPlan(
            _("Nhiều kế hoạch mang số “%(said)s”: hỏi theo số thứ tự %(ours)s.") % {"said": said, "ours": ours}
        )
    return found[0]


def lines_of(plan: PlanVersion, known: int | None = None) -> list[PlanLine]:
    """The lines of a version, as known at an act number."""
    return lines_by_plan([plan], known)[plan.pk]


def lines_by_plan(plans: Iterable[PlanVersion], known: int | None = None) -> dict[int, list[PlanLine]]:
    """Plan version (its key) → its lines; in one question, none without a plan."""
    found: dict[int, list[PlanLine]] = {plan.pk: [] for plan in plans}
    rows = PlanLine.objects.filter(known_at(known), plan__in=list(found))
    read = rows.select_related("component", "source", "place", "plan").order_by("pk")
    for line in read if found else ():
        found[line.plan_id].append(line)
    return found


def tree_of(plan: PlanVersion, known: int | None = None) -> ComponentTree:
    """The components on the plan's day; where its programme had not begun by then, on its last."""
    if plan.dated is not None and plan.programme_id in (found := tree(plan.dated, known)):
        return found
    return tree(date(plan.last_year, 12, 31), known)


def plans_beside(plan: PlanVersion, known: int | None = None) -> list[PlanVersion]:
    """Other versions it makes sense to compare with: of its programme and place, years that meet; the newest first."""
    rows = plan_versions(known).filter(programme=plan.programme, place=plan.place).exclude(pk=plan.pk)
    meeting = [one for one in rows.filter(~Q(kind="implied")) if years(one).meets(years(plan))]
    return sorted(meeting, key=lambda one: (one.kind != plan.kind, -one.pk))


def outermost(
    lines: Iterable[PlanLine], nodes: Tree, sources: FundingSources, places: Tree | None = None
) -> list[PlanLine]:
    """Lines of one plan that no other line already holds: these, and only these, may be added up.

    A line lies inside another of the same plan that is at or above its node, of years and a place that hold its own,
    and whose source meets its own (at the same node: covers it). Two lines of one key are two amounts.
    """
    kept = list(lines)
    return [one for one in kept if not any(_inside(one, other, nodes, sources, places) for other in kept)]


def _inside(one: PlanLine, other: PlanLine, nodes: Tree, sources: FundingSources, places: Tree | None) -> bool:
    if _key(one) == _key(other) or not nodes.covers(other.component_id, one.component_id):
        return False
    if not Years.parse(other.year_use).covers(Years.parse(one.year_use)) or not _holds(other, one, places):
        return False
    if one.component_id != other.component_id:
        return sources.meets(other.source_id, one.source_id)
    return sources.covers(other.source_id, one.source_id)


def _holds(other: PlanLine, one: PlanLine, places: Tree | None) -> bool:
    if one.place_id == other.place_id:
        return True
    return places is not None and places.covers(other.place_id, one.place_id)


def _key(line: PlanLine) -> tuple[object, ...]:
    return line.component_id, line.source_id, line.year_use, line.place_id


def total(lines: Sequence[PlanLine]) -> tuple[int, int] | None:
    """Low and high ends added up; ``None`` without a line: no figure is no zero."""
    return (sum(one.low_dong for one in lines), sum(one.high_dong for one in lines)) if lines else None
