"""Questions to the programmes: what other rooms ask, in one place."""

from __future__ import annotations

from vungcao.programme.comparing import Comparison
from vungcao.programme.component_trees import (
    ComponentTree,
    Naming,
    budget_years,
    component,
    naming,
    since,
    tree,
    versions,
)
from vungcao.programme.matching import Match, component_match
from vungcao.programme.plans import Planned, implied_interval, plan_lines, planned, widest
from vungcao.programme.succession import Break, Chain, PlannedYear, chain, planned_years
from vungcao.programme.targets import Nearest, in_force, nearest, targets
from vungcao.programme.versions import outermost, plan_version, plan_versions, plans_beside
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
    "naming",
    "nearest",
    "outermost",
    "plan_lines",
    "plan_version",
    "plan_versions",
    "planned",
    "planned_years",
    "plans_beside",
    "since",
    "spending_field",
    "targets",
    "tree",
    "versions",
    "widest",
]
