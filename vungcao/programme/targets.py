"""Targets of plans: which stand, which plan is in force for a node on a day, what a node's targets are.

A target changed by an officer is another row that names the one it replaces; a printed plan with two values for one
target keeps both, and ``checks`` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from vungcao.evidence.keeping import known_at
from vungcao.evidence.reference_rows import Loading
from vungcao.kernel.trees import Tree
from vungcao.kernel.years import Years
from vungcao.programme.models import PlanKind, PlanTarget, PlanVersion

Where = Literal["own", "below", "above"]
_SAID: Final = (
    "component_id", "place_id", "year_use", "indicator", "numerator", "denominator", "value_said", "value", "value_to",
    "unit", "qualifier", "node_note", "confidence", "cites", "seen_in",
)  # fmt: skip


def targets(
    plan: PlanVersion | None = None, *, plans: Iterable[PlanVersion] = (), known: int | None = None
) -> list[PlanTarget]:
    """The targets that stand in a plan version (or in several), in the order they were written."""
    wanted = [plan] if plan is not None else list(plans)
    rows = PlanTarget.objects.filter(known_at(known), plan__in=wanted)
    replaced = rows.exclude(replaces=None).values("replaces")
    found = rows.filter(is_withdrawn=False).exclude(pk__in=replaced)
    return list(found.select_related("component", "place", "plan").order_by("pk"))


def plans_of(programmes: Collection[int], *, known: int | None = None) -> dict[int, list[PlanVersion]]:
    """Programme → its plan versions of all places and days; in one question. Implied ones are no plan."""
    rows = PlanVersion.objects.filter(known_at(known), programme__in=programmes).exclude(kind=PlanKind.IMPLIED)
    found: dict[int, list[PlanVersion]] = {programme: [] for programme in programmes}
    for row in rows.select_related("place", "source").order_by("pk"):
        found[row.programme_id].append(row)
    return found


def in_force(
    on: date,
    *,
    programme: int,
    places: Iterable[int],
    year_use: str,
    known: int | None = None,
    among: Mapping[int, list[PlanVersion]] | None = None,
) -> list[PlanVersion]:
    """Plan versions of a programme that stand on a day for a budget year, for one of ``places`` (the nearest first).

    A version signed later replaces an earlier one only from its own day. Annual plans come before medium-term ones;
    implied ones are no plan. ``among``: plans by programme (``plans_of``), where they have been asked for already.
    """
    year, order = Years.parse(year_use), {place: number for number, place in enumerate(places)}
    rows = (plans_of([programme], known=known) if among is None else among)[programme]
    signed = [row for row in rows if row.place_id in order and since(row) <= on]
    replaced = {row.supersedes_id for row in signed}
    standing = [row for row in signed if row.pk not in replaced and years(row).covers(year)]
    return sorted(standing, key=lambda row: (order[row.place_id], row.kind != PlanKind.ANNUAL, -since(row).toordinal()))


def since(plan: PlanVersion) -> date:
    """The day from which a plan stands: its paper's; where that is not known, the first of its years."""
    return plan.dated or date(plan.first_year, 1, 1)


def years(plan: PlanVersion) -> Years:
    return Years(plan.first_year, plan.last_year)


@dataclass(frozen=True)
class Nearest:
    """Targets nearest to a node in one plan, and where they stand: at it, below it, above it."""

    plan: PlanVersion
    where: Where
    targets: tuple[PlanTarget, ...]


def targets_by_plan(plans: Iterable[PlanVersion], *, known: int | None = None) -> dict[int, list[PlanTarget]]:
    """Plan version (its key) → its targets; in one question, none without a plan."""
    wanted = list(plans)
    found: dict[int, list[PlanTarget]] = {plan.pk: [] for plan in wanted}
    for one in targets(plans=wanted, known=known) if wanted else ():
        found[one.plan_id].append(one)
    return found


def nearest(
    plans: Iterable[PlanVersion],
    node: int,
    tree: Tree,
    *,
    year_use: str,
    known: int | None = None,
    among: Mapping[int, list[PlanTarget]] | None = None,
) -> list[Nearest]:
    """Of each plan the targets at the node; else those of its parts. Where no plan has any there: those of the nearest
    node above it. A target that a plan before (of a nearer place) has is not told again. ``among``: the plans' targets
    (``targets_by_plan``), where they have been asked for already.
    """
    asked, told, found = Years.parse(year_use), set[str](), list[Nearest]()
    wanted = list(plans)
    there = targets_by_plan(wanted, known=known) if among is None else among
    for plan in wanted:
        held = [one for one in there[plan.pk] if Years.parse(one.year_use).meets(asked)]
        where, mine = _nearest([one for one in held if one.code not in told], node, tree)
        told |= {one.code for one in mine}
        if mine:
            found.append(Nearest(plan, where, tuple(mine)))
    return [one for one in found if one.where != "above"] or found


def _nearest(held: list[PlanTarget], node: int, tree: Tree) -> tuple[Where, list[PlanTarget]]:
    own = [one for one in held if one.component_id == node]
    if own:
        return "own", own
    parts = [one for one in held if tree.covers(node, one.component_id)]
    if parts:
        return "below", parts
    for above in tree.up(node):
        if mine := [one for one in held if one.component_id == above]:
            return "above", mine
    return "above", []


# loading -----------------------------------------------------------------------------------------------------
def bring_targets(
    shelf: Loading, plan: PlanVersion, said: Iterable[Mapping[str, Any]], components: Mapping[str, int]
) -> None:
    """Make the targets of a loaded plan what the file says; those that an officer wrote are his."""
    wanted = {_mark(one): one for one in (_target(row, plan, components) for row in said)}
    standing = {_mark(one): one for one in targets(plan)}
    new: list[PlanTarget] = []
    for mark, one in wanted.items():
        held = standing.get(mark)
        if held is None:
            new.append(one)
        elif held.act.verb.endswith(".loaded") and _values(held) != _values(one):
            one.replaces = held
            new.append(one)
    for mark, held in standing.items():
        if mark not in wanted and held.act.verb.endswith(".loaded"):
            new.append(withdrawn(held))
    shelf.write(new)


def withdrawn(held: PlanTarget) -> PlanTarget:
    """The row that takes a target back; not written yet."""
    same = {name: getattr(held, name) for name in ("plan_id", "code", *_SAID)}
    return PlanTarget(**same, replaces=held, is_withdrawn=True)


def _target(row: Mapping[str, Any], plan: PlanVersion, components: Mapping[str, int]) -> PlanTarget:
    return PlanTarget(
        plan=plan,
        code=row["code"],
        component_id=components[row["component"]],
        place_id=plan.place_id,
        year_use=row.get("year_use", plan.span),
        indicator=row["indicator"],
        numerator=row.get("numerator", ""),
        denominator=row.get("denominator", ""),
        value_said=row["said"],
        value=_decimal(row.get("value")),
        value_to=_decimal(row.get("value_to")),
        unit=row.get("unit", ""),
        qualifier=row.get("qualifier", ""),
        node_note=row.get("node_note", ""),
        confidence=row["confidence"],
        cites=row.get("cites", ""),
        seen_in=row.get("seen_in", plan.source.name),
    )


def _decimal(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _mark(one: PlanTarget) -> tuple[Any, ...]:
    return one.code, one.component_id, one.year_use, one.place_id


def _values(one: PlanTarget) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in _SAID)
