"""Lists at the door: a table that fits no profile but has the heads of a known register is tried against its rules.

No room takes such lists yet, so its file stays a draft; the officer gets every fault at its cell all the same.
"""

from __future__ import annotations

from pathlib import Path

from vungcao.intake.drafted import Drafted
from vungcao.intake.reading import CannotRead
from vungcao.intake.registers import Checked, check
from vungcao.intake.registers.rules import known
from vungcao.kernel.refusal import Cell, Problem
from vungcao.kernel.vietnamese import number


def try_as_lists(path: Path, drafts: list[Drafted]) -> None:
    """Put the faults of a list in the place of "fits no profile", for each table without one."""
    unfit = {one.sheet: one for one in drafts if any(problem.code == "table.no_profile" for problem in one.problems)}
    if not unfit:
        return
    for register in known().values():
        try:
            checked = check(path, register)
        except CannotRead:
            continue
        if checked.sheet in unfit:
            one = unfit.pop(checked.sheet)
            kept = [problem for problem in one.problems if problem.code != "table.no_profile"]
            one.problems[:] = [*kept, _told(checked), *checked.problems()]


def _told(checked: Checked) -> Problem:
    first = min(checked.letters.values(), key=lambda letter: (len(letter), letter))
    sentence = (
        f"đây là “{checked.register.label}”: đã kiểm {number(checked.lines)} dòng theo quy tắc, "
        f"{number(checked.bad_lines)} dòng phải sửa; hệ thống chưa có sổ nhận danh sách này nên chỉ giữ nháp."
    )
    return Problem(Cell(checked.file, checked.sheet, f"{first}1"), "list.checked", checked.register.label, sentence)
