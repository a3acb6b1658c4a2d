"""Loads the programmes: trees, vocabularies, plans and targets, what goes on from what, from ``reference/``.

The files give last days (inside); ``evidence.reference_rows.days`` converts them, here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vungcao.evidence.actions import Signer
from vungcao.evidence.reference_rows import Loaded, Loading, days, loading, read_yaml
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.law.models import Confidence
from vungcao.programme.models import (
    Component,
    ComponentSuccession,
    ComponentVersion,
    FundingSource,
    Level,
    SpendingField,
)
from vungcao.programme.plans import bring_plans

REFERENCE: Final = Path(__file__).parent / "reference"
TREES: Final = ("programmes_other.yaml", "programme_1719.yaml")
_LABELS: Final = {"DA": "Dự án", "TDA": "Tiểu dự án", "ND": "Nội dung"}


def load(*, by: Signer, folder: Path = REFERENCE) -> Loaded:
    """Bring ``folder`` into the database; a second call changes nothing. Needs territory for the plans' places."""
    with loading("programme", by=by) as shelf:
        nodes = [node for name in TREES for node in _nodes(read_yaml(folder / name))]
        ids = shelf.identities(Component, "code", ({"code": node["code"]} for node in nodes))
        shelf.dated(ComponentVersion, [_version(node, ids) for node in nodes], identity=("component",))
        _bring_vocabularies(shelf, read_yaml(folder / "vocabularies.yaml"))
        shelf.dated(
            ComponentSuccession,
            [_succession(row, ids) for row in read_yaml(folder / "succession.yaml")["successions"]],
            identity=("component", "successor"),
        )
        bring_plans(shelf, read_yaml(folder / "plans.yaml")["plans"])
    return shelf.loaded


def short_name(code: str) -> str:
    """Short Vietnamese name from a code: ``1719.DA5.TDA3`` → ``Tiểu dự án 3 - DA 5``."""
    parts = [re.fullmatch(r"(DA|TDA|ND)(\d+)", part) for part in code.split(".")[1:]]
    marks = [(found[1], found[2]) for found in parts if found]
    if not marks:
        return code
    *above, (kind, number) = marks
    return " - ".join([f"{_LABELS[kind]} {number}", *(f"{mark} {no}" for mark, no in reversed(above))])


def _nodes(file: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a file with its parent and days; a component inherits its programme's days."""
    if "root" in file:
        yield {**file["root"], "level": Level.ALL, "parent": None}
    for programme in file["programmes"]:
        yield {**programme, "parent": NOT_DIVIDED}
        for order, node in enumerate(programme.get("components", ()), start=1):
            inherited = {
                "from": programme["from"],
                "last_day": programme["last_day"],
                "order": programme["order"] + order,
            }
            yield {**inherited, **node, "parent": node["code"].rpartition(".")[0]}


def _version(node: Mapping[str, Any], ids: Mapping[str, int]) -> ComponentVersion:
    lead = node.get("lead_agency", "")
    if node.get("lead_confidence") == Confidence.RECALLED:
        lead = f"{lead} (theo trí nhớ)"
    return ComponentVersion(
        component_id=ids[node["code"]],
        parent_id=ids[node["parent"]] if node["parent"] else None,
        level=node["level"],
        name=node["name"],
        name_en=node.get("name_en", ""),
        short_name=node.get("short_name") or short_name(node["code"]),
        also=node.get("also", []),
        years=node.get("years", ""),
        order=node.get("order", 0),
        capital_kinds=node.get("capital_kinds", []),
        lead_agency=lead,
        confidence=node["confidence"],
        cites=node.get("cites", ""),
        seen_in=node.get("seen_in", ""),
        **days(node),
    )


def _succession(row: Mapping[str, Any], ids: Mapping[str, int]) -> ComponentSuccession:
    return ComponentSuccession(
        component_id=ids[row["component"]],
        successor_id=ids[row["successor"]],
        year=row["year"],
        not_comparable=row["not_comparable"],
        confidence=row["confidence"],
        cites=row.get("cites", ""),
        seen_in=row.get("seen_in", ""),
        **days(row),
    )


def source_name(kind: str, level: str) -> str:
    """``Vốn đầu tư, ngân sách trung ương``; a part not divided is left out, both: ``Không chia theo nguồn``."""
    said = ", ".join(part for part in (kind, level) if part)
    return f"{said[0].upper()}{said[1:]}" if said else "Không chia theo nguồn"


def _bring_vocabularies(shelf: Loading, file: Mapping[str, Any]) -> None:
    sources = (
        {"code": f"{kind}:{level}", "kind": kind, "level": level, "name": source_name(kind_name, level_name)}
        for kind, kind_name in file["kinds"].items()
        for level, level_name in file["levels"].items()
    )
    shelf.identities(FundingSource, "code", sources)
    shelf.identities(SpendingField, "code", file["fields"])
