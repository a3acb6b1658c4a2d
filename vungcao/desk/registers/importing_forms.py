"""Lines of a workbook that are forms filled in: each is asked what the form asks, and refused in its words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vungcao.desk.registers.declaring import Doing, FormProfile
from vungcao.kernel.refusal import Problem, Refusal
from vungcao.kernel.vietnamese import day

if TYPE_CHECKING:
    from vungcao.desk.registers.importing import Line, Result


def fill_in(profile: FormProfile, lines: Sequence[Line], doing: Doing, result: Result) -> list[int]:
    """Write every line that says something new; keys of what was written. What is refused goes to the problems, each
    at its cell. Call it inside a transaction that is rolled back where there are problems.

    A line may stand above the one that it needs (a village before its commune): what was refused is tried again as
    long as others go in.
    """
    written: list[int] = []
    told: list[tuple[str, list[Any]]] = []
    waiting: list[Line] = list(lines)
    refused: list[tuple[Line, list[Problem]]] = []
    while waiting:
        refused = []
        for line in waiting:
            problems, made = _sent(profile, line, doing)
            if problems:
                refused.append((line, problems))
            elif made is None:
                result.same += 1
            else:
                written.append(made)
                told.append((line.cell.cell, sorted(line.row.items())))
        waiting = [line for line, _ in refused] if len(refused) < len(waiting) else []
    result.problems += [problem for _, problems in refused for problem in problems]
    result.problems.sort(key=lambda one: (one.where.sheet, _row(one.where.cell)))
    result.new = len(written)
    result.digest = hashlib.sha256(repr(sorted(told)).encode()).hexdigest()
    return written


def _sent(profile: FormProfile, line: Line, doing: Doing) -> tuple[list[Problem], int | None]:
    """What is wrong with a line, or the key of what it wrote; neither: the register has it already."""
    try:
        if profile.held(replace(doing, said=line.row)) is not None:
            return [], None
        form = profile.form(line.row, official=doing.by, reach=doing.reach)
        if form.is_valid():
            return [], profile.does(replace(doing, said=form.cleaned_data))
    except Refusal as refusal:
        field = refusal.facts.get("field")
        return [Problem(line.at(field), refusal.code, _shown(line, field), str(refusal))], None
    return [
        Problem(line.at(name), "register.form", _shown(line, name), f"{_label(form, name)}{' '.join(map(str, errors))}")
        for name, errors in form.errors.items()
    ], None


def _label(form: Any, name: str) -> str:
    return f"{form.fields[name].label}: " if name in form.fields else ""


def _shown(line: Line, name: object) -> str:
    said = line.row.get(f"{name}", "")
    return day(said) if isinstance(said, date) else f"{said}" if isinstance(said, str) else ""


def _row(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
