"""``vungcao report``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.evidence import chain
from vungcao.kernel.refusal import Refusal
from vungcao.reports.actions import changes, freeze, print_out
from vungcao.reports.models import FrozenReport


def report(args: argparse.Namespace) -> int:
    """Freeze (or find) a report and write it out; ``--again`` reprints one that is frozen."""
    if args.again is not None:
        found = FrozenReport.objects.filter(pk=args.again).first()
        if found is None:
            raise Refusal(_("Không có báo cáo đã đóng băng số %(again)s.") % {"again": args.again})
    else:
        found = _freeze(args.kind, args.period, args.on, args.programme)
    paths = print_out(found, Path(args.out), pdf=args.pdf)
    if args.json:
        as_json(
            {
                "report": found.pk,
                "title": found.title,
                "as_of": f"{found.as_of}",
                "known_on": found.known_no,
                "edition": found.edition,
                "head": found.head_digest,
                "files": [f"{path}" for path in paths],
                "changes": changes(found),
                "figures": [
                    {"figure": row.figure, "printed": row.printed, "value": row.value}
                    for row in found.figures.order_by("order")
                ],
            }
        )
        return 0
    console.print(
        _("%(found)s — biết đến lần ghi số %(known_no)s, %(count)s số liệu")
        % {"found": found, "known_no": found.known_no, "count": found.figures.count()},
        soft_wrap=True,
    )
    for said in changes(found):
        console.print(f"• {said}", soft_wrap=True)
    for path in paths:
        console.print(_("Đã lập: %(path)s") % {"path": path}, soft_wrap=True)
    return 0


def _freeze(kind: str, period: str, on: date | None, programme: str) -> FrozenReport:
    found = freeze(kind=kind, period=period, programme=programme, reach=Reach.all_for_operator(), by=OPERATOR, on=on)
    chain.extend()
    return found


def make(kind: str, period: str, *, on: date, programme: str, out: Path) -> list[Path]:
    """Freeze and print, for the demonstration."""
    return print_out(_freeze(kind, period, on, programme), out)
