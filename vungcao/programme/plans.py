"""Plans as published: five-year totals, and plans implied by a rate somebody printed.

A plan is not money: it never enters totals of the ledger. Lines may be nested (a programme's total and one of its
projects): the line of a node stands for all below it, and ``planned`` never adds a node to its own part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vungcao.evidence.actions import cite
from vungcao.evidence.keeping import known_at
from vungcao.evidence.models import SourceKind
from vungcao.evidence.reference_rows import Loading
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.trees import Tree
from vungcao.kernel.vietnamese import BILLION_DONG, MILLION_DONG
from vungcao.kernel.years import Years
from vungcao.programme.models import Component, FundingSource, PlanKind, PlanLine, PlanVersion
from vungcao.programme.targets import bring_targets
from vungcao.programme.vocabularies import FundingSources
from vungcao.territory.models import Place

_LINE: Final = ("component_id", "source_id", "year_use", "place_id", "low_dong", "high_dong", "rate_said", "cites")


def implied_interval(disbursed_dong: int, rate_said: str) -> tuple[int, int]:
    """Plan behind a printed rate, in đồng rounded to whole million đồng: every plan that prints as that rate.

    ``implied_interval(15_213_000_000, "72.9")`` is 15,213/0,7295 … 15,213/0,7285 tỷ đồng. Raises ``ValueError`` for a
    rate that leaves no upper end.
    """
    rate = Decimal(rate_said.replace(",", ".").rstrip("% "))
    half = Decimal(1).scaleb(int(rate.as_tuple().exponent)) / 2
    if rate <= half:
        raise ValueError(f"Tỷ lệ {rate_said} quá nhỏ: không suy ra được kế hoạch.")
    low, high = (Decimal(disbursed_dong) * 100 / edge for edge in (rate + half, rate - half))
    return _to_million(low), _to_million(high)


def dong(billion: str) -> int:
    """Whole đồng from tỷ đồng as printed (``"54324.848"``); raises ``ValueError`` when a đồng would be lost."""
    exact = Decimal(billion) * BILLION_DONG
    if exact != exact.to_integral_value():
        raise ValueError(f"{billion} tỷ đồng không phải là số nguyên đồng.")
    return int(exact)


def _to_million(value: Decimal) -> int:
    return int((value / MILLION_DONG).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * MILLION_DONG


@dataclass(frozen=True)
class Planned:
    """An amount of a plan: equal ends for a figure, an interval when it is implied; the lines it is made of."""

    low_dong: int
    high_dong: int
    lines: tuple[PlanLine, ...]


def plan_lines(
    *,
    kind: str | Collection[str],
    components: Iterable[int] | None = None,
    places: Iterable[int] | None = None,
    year_use: str | None = None,
    known: int | None = None,
) -> QuerySet[PlanLine]:
    """Lines of the latest versions of plans of a kind (or of several), as known at an act number; filters are keys.

    ``components`` and ``places`` are exact nodes: the caller says whether what is below counts.
    """
    replaced = PlanVersion.objects.exclude(supersedes=None).filter(known_at(known)).values("supersedes")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    found = PlanLine.objects.filter(known_at(known), plan__kind__in=kinds).exclude(plan__in=replaced)
    if components is not None:
        found = found.filter(component__in=list(components))
    if places is not None:
        found = found.filter(place__in=list(places))
    if year_use is not None:
        found = found.filter(year_use=year_use)
    return found.select_related("plan__source", "plan__programme", "component", "source", "act__numbered").order_by(
        "pk"
    )


def planned(
    lines: Sequence[PlanLine],
    node: int,
    tree: Tree,
    *,
    source: int | None = None,
    sources: FundingSources | None = None,
) -> Planned | None:
    """What ``lines`` (one place, one span of years) plan for a component: its own lines, else those of its parts.

    With ``source``, only lines inside that funding source. ``None`` when nothing is planned there.
    """
    inside = [
        line for line in lines if source is None or (sources is not None and sources.covers(source, line.source_id))
    ]
    own = [line for line in inside if line.component_id == node]
    if not own:
        parts = [planned(inside, child, tree) for child in tree.children.get(node, ())]
        own = [line for part in parts if part for line in part.lines]
    if not own:
        return None
    return Planned(sum(line.low_dong for line in own), sum(line.high_dong for line in own), tuple(own))


def bring_plans(shelf: Loading, plans: Iterable[Mapping[str, Any]]) -> None:
    """Write each plan of the file that does not stand as it says; a changed one becomes the next version."""
    components = dict(Component.objects.values_list("code", "pk"))
    sources = dict(FundingSource.objects.values_list("code", "pk"))
    for plan in plans:
        place = Place.objects.filter(key=plan["place"]).first()
        if place is None:
            raise Refusal(
                _("Chưa có địa bàn %(place)s: hãy nạp danh mục địa bàn trước khi nạp kế hoạch.")
                % {"place": plan["place"]}
            )
        lines = [_line(line, plan, components, sources, place) for line in plan["lines"]]
        version = _bring_plan(shelf, plan, components[plan["programme"]], place, lines)
        bring_targets(shelf, version, plan.get("targets", ()), components)


def _bring_plan(
    shelf: Loading, plan: Mapping[str, Any], programme: int, place: Place, lines: list[PlanLine]
) -> PlanVersion:
    identity = {
        "programme_id": programme,
        "kind": plan["kind"],
        "place": place,
        "first_year": plan["first_year"],
        "last_year": plan["last_year"],
        "number": plan.get("number", ""),
    }
    last = PlanVersion.objects.filter(**identity).order_by("-version").first()
    if last is not None and (not last.act.verb.endswith(".loaded") or _values(last.lines.all()) == _values(lines)):
        return last
    paper = cite(
        act=shelf.act,
        kind=SourceKind.PAPER if plan.get("number") else SourceKind.PRESS,
        name=plan["seen_in"],
        number=plan.get("number", ""),
        dated=plan.get("dated"),
    )
    version = PlanVersion(
        **identity,
        version=last.version + 1 if last else 1,
        supersedes=last,
        dated=plan.get("dated"),
        signer=plan.get("signer", ""),
        source=paper,
        confidence=plan["confidence"],
        note=plan.get("note", ""),
    )
    shelf.write([version])
    for line in lines:
        line.plan = version
    shelf.write(lines)
    return version


def _line(
    line: Mapping[str, Any],
    plan: Mapping[str, Any],
    components: Mapping[str, int],
    sources: Mapping[str, int],
    place: Place,
) -> PlanLine:
    if plan["kind"] == PlanKind.IMPLIED:
        low, high = implied_interval(dong(line["disbursed_billion"]), line["rate_said"])
    else:
        low = high = dong(line["billion"])
    return PlanLine(
        component_id=components[line["component"]],
        source_id=sources[line["source"]],
        year_use=line.get("year_use", f"{Years(plan['first_year'], plan['last_year'])}"),
        place=place,
        low_dong=low,
        high_dong=high,
        rate_said=line.get("rate_said", ""),
        confidence=line["confidence"],
        cites=line["cites"],
    )


def _values(lines: Iterable[PlanLine]) -> list[tuple[Any, ...]]:
    return sorted(tuple(getattr(line, name) for name in _LINE) for line in lines)


def widest(lines: Iterable[PlanLine], tree: Tree) -> list[PlanLine]:
    """Lines that no line of the same plan at a node above already includes: these, and only these, may be added up."""
    kept = list(lines)
    nodes: dict[int, set[int]] = {}
    for line in kept:
        nodes.setdefault(line.plan_id, set()).add(line.component_id)
    return [
        line
        for line in kept
        if not any(above in nodes[line.plan_id] for above in tree.up(line.component_id) if above != line.component_id)
    ]
