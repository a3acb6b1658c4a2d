"""``vungcao import``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from rich.progress import Progress

from vungcao.cube.sealed import sealing
from vungcao.desk.commands.printing import as_json, console, errors, table
from vungcao.desk.weights import WEIGHTS
from vungcao.evidence import chain
from vungcao.evidence.actions import Signer, Snapshot
from vungcao.intake.importing import Run, run, workbooks
from vungcao.intake.marking import Returned, give_back, refuse_within
from vungcao.intake.outcome import Effect, Outcome
from vungcao.intake.profile import counts_things
from vungcao.intake.telling import told
from vungcao.kernel.vietnamese import amount, day, money, number

OPERATOR: Final = Snapshot("Người vận hành máy", "Quản trị", "")
STATES: Final = {
    "received": ("đã ghi", "sẽ ghi"),
    "held": ("đã có, không đổi", "đã có, không đổi"),
    "older": ("đã có bản mới hơn", "đã có bản mới hơn"),
    "draft": ("giữ nháp", "sẽ giữ nháp"),
    "refused": ("không nhận", "không nhận"),
}


def import_(args: argparse.Namespace) -> int:
    """Rehearse or commit files and folders; exit 1 when something stayed a draft or was refused."""
    paths = [Path(said) for said in args.paths]
    folder = Path(args.marked) if args.marked else None
    if folder:
        refuse_within(folder, paths)
    result = bring(paths, commit=args.commit, profile=args.profile, quiet=args.json)
    with translation.override("vi"):  # marked copies go back to an office
        returned = give_back(workbooks(paths)[0], result.problems, folder) if folder else None
    if result.act:
        sealing.seal()
    if args.json:
        as_json(result.as_json() | (returned.as_json() if returned else {}))
    else:
        show(result)
        if returned:
            show_returned(returned)
    return 1 if result.needs_work else 0


def bring(
    paths: list[Path], *, commit: bool, profile: str | None = None, quiet: bool = False, by: Signer = OPERATOR
) -> Run:
    """Run the import with a progress line; extend the chain after a commit."""
    with Progress(console=errors, transient=True, disable=quiet) as progress:
        task = progress.add_task(_("Đọc"), total=None)

        def tell(name: str, done: int, everything: int) -> None:
            progress.update(
                task,
                description=_("Đọc %(name)s") % {"name": name} if name else _("Ghi vào sổ"),
                completed=done,
                total=everything,
            )

        with translation.override("vi"):  # what is kept of it, whoever asks
            result = run(paths, by=by, commit=commit, profile=profile, tell=tell)
    if commit:
        chain.extend()
    return result


def show(result: Run) -> None:
    """What became of each table, what it changes in figures, then every problem at its cell."""
    unwritten = _("Không có gì mới") if result.committed else _("Tập dượt (chưa ghi)")
    title = _("Đã ghi, lần ghi số %(act)s") % {"act": result.act} if result.act else unwritten
    heads = ("Tệp", "Đơn vị", "Ngày chốt", "Dòng", "Tổng (triệu đồng)", "Kết quả")
    table(heads, [_row(one, is_rehearsed=not result.committed) for one in result.outcomes], title=title, right=(3, 4))
    if result.effects:
        console.print(_("Đã làm thay đổi:") if result.committed else _("Sẽ làm thay đổi:"))
        for effect in result.effects:
            _line(f"  {say(effect)}")
    for one in told(result.problems):
        _line(f"• [{WEIGHTS[one.weight][0]}] {one}")
    if result.left_aside:
        _line(_("Không đọc, vì không phải bảng tính: %(left_aside)s.") % {"left_aside": ", ".join(result.left_aside)})
    console.print(
        _("%(count)s bảng, %(problems)s điều cần xem.")
        % {"count": len(result.outcomes), "problems": number(len(result.problems))}
    )
    if not result.committed:
        console.print(_("Chưa ghi gì. Thêm --commit để ghi."))


def show_returned(returned: Returned) -> None:
    """Where the marked copies are, and which file got none."""
    for one in returned.marked:
        _line(_("Bản đánh dấu: %(path)s%(note)s") % {"path": one.path, "note": f" ({one.note})" if one.note else ""})
    for sentence in returned.unmarked:
        _line(_("Không có bản đánh dấu: %(sentence)s") % {"sentence": sentence})
    if not returned.marked and not returned.unmarked:
        console.print(_("Không tệp nào có lỗi nên không có bản đánh dấu."))


def _line(text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)


def _row(one: Outcome, *, is_rehearsed: bool) -> tuple[str, ...]:
    return (
        one.file,
        one.body,
        day(one.as_of) if one.as_of else "",
        f"{one.lines}",
        amount(one.dong) if one.lines and not counts_things(one.what) else "",
        _(STATES[one.state][is_rehearsed]),
    )


def say(effect: Effect) -> str:
    """One changed figure in words."""
    what = {"assigned": _("vốn được giao"), "disbursed": _("giải ngân")}[effect.figure]
    since = _(" từ đầu giai đoạn") if effect.basis == "phase" else ""
    return _(
        "Chương trình %(programme)s, vốn năm %(year)s, %(what)s%(since)s đến %(on)s: %(before_dong)s → %(after_dong)s"
    ) % {
        "programme": effect.programme,
        "year": effect.year,
        "what": what,
        "since": since,
        "on": day(effect.on),
        "before_dong": amount(effect.before_dong),
        "after_dong": money(effect.after_dong),
    }
