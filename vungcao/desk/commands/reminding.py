"""``vungcao remind``: letters to bodies that owe a figure or are slow, and the short text for a phone."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.kernel.vietnamese import amount, day, percent
from vungcao.reports.actions import print_out
from vungcao.reports.models import FrozenReport
from vungcao.reports.reminders.actions import look
from vungcao.reports.reminders.actions import remind as write
from vungcao.reports.reminders.behind import Behind, Found
from vungcao.reports.reminders.letter import Sender
from vungcao.reports.reminders.phone import both

WHY = {"not_reported": "chưa báo cáo", "slow": "chậm"}


def remind(args: argparse.Namespace) -> int:
    """Write the letters; ``--look`` only says to whom."""
    reach = Reach.all_for_operator()
    query, found = look(programme=args.programme, on=args.on, reach=reach, below=args.below)
    if args.look:
        chosen = [one for one in found.bodies if not args.body or one.body in args.body]
        return _told(args, day(query.on), Found(chosen, found.line), [None] * len(chosen), [])
    sender = Sender(args.committee, "chief" if args.chief else "deputy", args.reply_by)
    made = write(
        programme=args.programme,
        on=query.on,
        below=args.below,
        sender=sender,
        bodies=args.body,
        reach=reach,
        by=OPERATOR,
    )
    chain.extend()
    files = [print_out(letter, Path(args.out), pdf=args.pdf) for letter in made.letters]
    return _told(args, day(query.on), made.found, list(made.letters), files)


def _told(
    args: argparse.Namespace, on: str, found: Found, letters: list[FrozenReport | None], files: list[list[Path]]
) -> int:
    if args.json:
        rows = [_as_json(one, letter) for one, letter in zip(found.bodies, letters, strict=True)]
        for row, paths in zip(rows, files, strict=False):
            row["files"] = [f"{path}" for path in paths]
        as_json({"on": on, "line": found.line.words or None, "letters": rows})
        return 0
    line = found.line.words or _("không có tỷ lệ của cả tỉnh: nêu --below")
    if not found.bodies:
        console.print(
            _("Không đơn vị nào nợ số liệu hoặc chậm đến ngày %(on)s (chậm: dưới %(line)s).") % {"on": on, "line": line}
        )
        return 0
    heads = ("Mã", "Đơn vị", "Vì", "Được giao", "Giải ngân", "Tỷ lệ")
    table(
        heads,
        [_line(one) for one in found.bodies],
        title=_("Đến %(on)s (triệu đồng); chậm: dưới %(line)s") % {"on": on, "line": line},
        right=(3, 4, 5),
    )
    for letter, paths in zip(letters, files, strict=False):
        if letter is not None:
            console.print(
                _("Công văn số %(number)s: %(paths)s")
                % {"number": letter.pk, "paths": ", ".join(f"{path}" for path in paths)},
                soft_wrap=True,
            )
            for text in both(letter.short_text):
                console.print(f"  {text}", soft_wrap=True, highlight=False, markup=False)
    return 0


def _line(one: Behind) -> tuple[str, ...]:
    given, spent, rate = (one.row.measures.get(name) for name in ("given_dong", "disbursed_dong", "rate"))
    money = tuple("–" if dong is None else amount(int(dong)) for dong in (given, spent))
    return (one.body, one.name, WHY[one.why], *money, percent(rate) if rate is not None else "–")  # type: ignore[arg-type]  # a rate is a Decimal


def _as_json(one: Behind, letter: FrozenReport | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "body": one.body,
        "name": one.name,
        "why": one.why,
        "id": one.row.id,
        "measures": {name: f"{value}" if name == "rate" and value is not None else value
                     for name, value in one.row.measures.items()},
    }  # fmt: skip
    if letter is not None:
        accented, plain = both(letter.short_text)
        row |= {"letter": letter.pk, "title": letter.title, "short_text": accented, "short_text_plain": plain}
        row["figures"] = [{"figure": said.figure, "printed": said.printed} for said in letter.figures.order_by("order")]
    return row
