"""``vungcao import``."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.progress import Progress

from vungcao.desk.commands.printing import as_json, console, errors, table
from vungcao.evidence import chain
from vungcao.evidence.actions import Signer, Snapshot
from vungcao.intake.importing import Run, run
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount, day, number

OPERATOR = Snapshot("Người vận hành máy", "Quản trị", "")
STATES = {"received": "đã ghi", "held": "đã có, không đổi", "draft": "giữ nháp", "refused": "không nhận"}


def import_(args: argparse.Namespace) -> int:
    """Rehearse or commit files and folders; exit 1 when something stayed a draft or was refused."""
    paths = [Path(said) for said in args.paths]
    missing = [f"{path}" for path in paths if not path.exists()]
    if missing:
        raise Refusal(f"Không thấy tệp hoặc thư mục: {', '.join(missing)}.")
    result = bring(paths, commit=args.commit, profile=args.profile, quiet=args.json)
    if args.json:
        as_json(result.as_json())
    else:
        show(result)
    return 1 if any(one.state in ("draft", "refused") for one in result.outcomes) else 0


def bring(paths: list[Path], *, commit: bool, profile: str | None = None, quiet: bool = False, by: Signer = OPERATOR) -> Run:
    """Run the import with a progress line; extend the chain after a commit."""
    with Progress(console=errors, transient=True, disable=quiet) as progress:
        task = progress.add_task("Đọc", total=None)

        def tell(name: str, done: int, everything: int) -> None:
            progress.update(task, description=f"Đọc {name}" if name else "Ghi vào sổ", completed=done, total=everything)

        result = run(paths, by=by, commit=commit, profile=profile, tell=tell)
    if commit:
        chain.extend()
    return result


def show(result: Run) -> None:
    """What became of each table, then every problem at its cell."""
    title = f"Đã ghi, lần ghi số {result.act}" if result.act else ("Không có gì mới" if result.committed else "Tập dượt (chưa ghi)")
    rows = [
        (
            one.file,
            one.body,
            day(one.as_of) if one.as_of else "",
            f"{one.lines}",
            amount(one.dong) if one.lines else "",
            STATES[one.state] if result.committed or one.state in ("draft", "refused", "held") else "sẽ ghi",
        )
        for one in result.outcomes
    ]
    table(("Tệp", "Đơn vị", "Ngày chốt", "Dòng", "Tổng (triệu đồng)", "Kết quả"), rows, title=title, right=(3, 4))
    words = {"unusable": "phải sửa", "contradicting": "đã ghi, cần giải trình", "notice": "lưu ý"}
    for problem in result.problems:
        console.print(f"• [{words[problem.weight]}] {problem.where}: {problem.sentence}", markup=False, soft_wrap=True)
    console.print(f"{len(result.outcomes)} bảng, {number(len(result.problems))} điều cần xem.")
