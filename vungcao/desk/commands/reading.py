"""``vungcao read`` and ``vungcao check-list``: neither touches a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from vungcao.intake.marking.returning import give_back
from vungcao.intake.reading import CannotRead, read_workbook
from vungcao.intake.reading.show import as_text
from vungcao.intake.reading.show_html import as_page
from vungcao.intake.registers import BadRules, Checked, Register, check
from vungcao.intake.registers.rules import known, load
from vungcao.kernel.vietnamese import number

_SHOWN = 20  # faults in the terminal; all are in the JSON and in the marked copy


def read(args: argparse.Namespace) -> int:
    """Read one workbook; exit 2 with a sentence when it can't be read."""
    try:
        reading = read_workbook(Path(args.file))
    except CannotRead as error:
        print(f"{Path(args.file).name}: {error.said}", file=sys.stderr)
        return 2
    if args.html:
        Path(args.html).write_text(as_page(reading), encoding="utf-8")
    if args.json:
        sys.stdout.writelines(reading.json_pieces())
    elif not args.html:
        print(as_text(reading))
    return 0


def check_list(args: argparse.Namespace) -> int:
    """Try a list against its rules; exit 1 where a line is at fault, 2 with a sentence where it can't be tried."""
    path = Path(args.file)
    try:
        checked = check(path, _rules(args.rules))
    except CannotRead as error:
        print(f"{path.name}: {error.said}", file=sys.stderr)
        return 2
    problems = checked.problems()
    returned = give_back([path], problems, Path(args.marked)) if args.marked else None
    if args.json:
        print(json.dumps(_as_json(checked), ensure_ascii=False))
    else:
        _tell(checked)
        for one in returned.marked if returned else ():
            print(f"Đã trả lại: {one.path}")
    for sentence in returned.unmarked if returned else ():
        print(sentence, file=sys.stderr)
    return 1 if checked.faults else 0


def _rules(said: str) -> Register:
    if said in known():
        return known()[said]
    if Path(said).suffix in (".yaml", ".yml"):
        return load(Path(said))
    raise BadRules(f"Không có bộ quy tắc “{said}”; có sẵn: {', '.join(sorted(known()))}.")


def _as_json(checked: Checked) -> dict[str, object]:
    faults = [
        {"cell": f"{checked.letters[fault.column]}{fault.row}", "row": fault.row, "column": fault.column,
         "rule": fault.rule, "said": fault.said, "sentence": checked.sentence(fault)}
        for fault in checked.faults
    ]  # fmt: skip
    return {
        "file": checked.file, "sheet": checked.sheet, "rules": checked.register.code, "columns": checked.letters,
        "lines": checked.lines, "bad_lines": checked.bad_lines, "faults": faults, "left_out": checked.left_out,
        "hidden": checked.unseen,
    }  # fmt: skip


def _tell(checked: Checked) -> None:
    print(f"{checked.register.label} — {checked.file}, trang {checked.sheet}")
    print(f"{number(checked.lines)} dòng, {number(checked.bad_lines)} dòng phải sửa.")
    for sentence, count in Counter(map(checked.sentence, checked.faults)).most_common():
        print(f"  {number(count)} ô  {sentence}")
    for problem in checked.problems()[:_SHOWN]:
        print(f"  {problem.where.cell}: {problem.sentence} (ghi “{problem.said}”)")
    if len(checked.faults) > _SHOWN:
        print(f"  … còn {number(len(checked.faults) - _SHOWN)} ô nữa: dùng --marked hoặc --json.")
