"""Questions to the programmes: what other rooms ask, in one place."""

from __future__ import annotations

from vungcao.programme.comparing import Comparison
from vungcao.programme.component_trees import (
    ComponentTree,
    Naming,
    budget_years,
    component,
    lives,
    naming,
    tree,
)
from vungcao.programme.matching import Match, component_match
from vungcao.programme.plans import Planned, implied_interval, plan_lines, planned, widest
from vungcao.programme.succession import Break, Chain, PlannedYear, chain, planned_years
from vungcao.programme.targets import Nearest, in_force, nearest, plans_of, targets, targets_by_plan
from vungcao.programme.versions import lines_by_plan, outermost, plan_version, plan_versions, plans_beside
from vungcao.programme.vocabularies import FundingSources, funding_source, spending_field

__all__ = [
    "Break",
    "Chain",
    "Comparison",
    "ComponentTree",
    "FundingSources",
    "Match",
    "Naming",
    "Nearest",
    "Planned",
    "PlannedYear",
    "budget_years",
    "chain",
    "component",
    "component_match",
    "funding_source",
    "implied_interval",
    "in_force",
    "lines_by_plan",
    "lives",
    "naming",
    "nearest",
    "outermost",
    "plan_lines",
    "plan_version",
    "plan_versions",
    "planned",
    "planned_years",
    "plans_beside",
    "plans_of",
    "spending_field",
    "targets",
    "targets_by_plan",
    "tree",
    "widest",
]
