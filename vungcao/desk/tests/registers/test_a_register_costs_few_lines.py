"""A plain register is declared in at most 120 lines, its part of what two share included; its tests stand apart."""

from __future__ import annotations

import importlib.util

from tests.house import ROOT
from vungcao.desk.registers.known import REGISTERS

SCRIPT = importlib.util.spec_from_file_location("register_lines", ROOT / "scripts" / "register_lines.py")


def test_a_plain_register_costs_at_most_120_lines():
    register_lines = importlib.util.module_from_spec(SCRIPT)
    SCRIPT.loader.exec_module(register_lines)
    lines = register_lines.counted()
    assert len(lines) == len(REGISTERS), lines
    assert {name: lines[name] for name in register_lines.PLAIN if lines[name] > register_lines.MOST} == {}
    readme = (ROOT / "vungcao" / "desk" / "registers" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}` {count}" in readme for name, count in lines.items()), f"README.md says other counts: {lines}"
