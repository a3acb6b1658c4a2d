"""Questions to the programmes: what other rooms ask, in one place."""

from __future__ import annotations

from vungcao.programme.component_trees import ComponentTree, Naming, budget_years, component, naming, tree
from vungcao.programme.matching import Match, component_match
from vungcao.programme.plans import Planned, implied_interval, plan_lines, planned, widest
from vungcao.programme.vocabularies import FundingSources, funding_source, spending_field

__all__ = [
    "ComponentTree",
    "FundingSources",
    "Match",
    "Naming",
    "Planned",
    "budget_years",
    "component",
    "component_match",
    "funding_source",
    "implied_interval",
    "naming",
    "plan_lines",
    "planned",
    "spending_field",
    "tree",
    "widest",
]
