"""Registers: long lists with one line for each thing (works, households, papers), tried against rules that are data.

``check(path, register)`` → ``Checked``; no room, no database. ``copying.Copying`` puts good lines into a table.
"""

from vungcao.intake.registers.checking import Checked, Fault, check
from vungcao.intake.registers.rules import BadRules, Register, known, load

__all__ = ["BadRules", "Checked", "Fault", "Register", "check", "known", "load"]
