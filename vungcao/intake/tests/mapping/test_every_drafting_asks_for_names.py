"""A mapped name is understood by every profile, because nothing in the door asks the rooms' matching but ``names``."""

from __future__ import annotations

import ast
from pathlib import Path

from vungcao import intake

ROOM = Path(intake.__file__).parent
MATCHING = {"vungcao.territory.matching", "vungcao.bodies.matching", "vungcao.programme.matching"}
MAY = {
    "names.py",
    "drafting.py",  # only whether the programme of the title is in force
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_nobody_but_names_asks_the_rooms_matching():
    asking = {path.name for path in ROOM.glob("*.py") if imported(path) & MATCHING}
    assert asking <= MAY, "ask self.names of the drafting instead"
