"""``vungcao expiring``: what is left of each source and year, its last day, by which article, how sure."""

from __future__ import annotations

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.expiring import Expiring, Expiry
from vungcao.cube.expiring import expiring as ask
from vungcao.cube.figures import FigureQuery
from vungcao.desk.commands.asking import known_number
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.desk.expiring import STATES, groups, last_day_said, named, notes
from vungcao.kernel.vietnamese import amount, day
from vungcao.law.models import Confidence


def expiring(args: argparse.Namespace) -> int:
    """One table and what has to be said beside it; no money left is a sentence."""
    query = FigureQuery(
        "disbursement",
        args.on or timezone.localdate(),
        known=known_number(args.known_on),
        year=args.year,
        programme=args.programme,
        place=args.place,
        body=args.body,
    )
    found = ask(query, Reach.all_for_operator())
    if args.json:
        as_json(found.as_json())
    else:
        _show(found)
    return 0


def _show(found: Expiry) -> None:
    title = _("Vốn chưa giải ngân đến %(on)s, theo nguồn và năm (triệu đồng)") % {"on": day(found.on)}
    if not found.lines:
        console.print(
            _("%(title)s: chưa có vốn được giao theo nguồn và năm, hoặc không còn khoản nào.") % {"title": title},
            soft_wrap=True,
        )
    else:
        heads = ("Nguồn vốn", "Năm nguồn", "Dùng năm", "Còn lại", "Hạn cuối", "Tình trạng", "Căn cứ", "Chắc chắn")
        table(heads, [_told(one) for one in found.lines], title=title, right=(3,))
        for group in groups(found):
            left = (
                _("chưa có số liệu") if group.dong is None else _("%(dong)s triệu đồng") % {"dong": amount(group.dong)}
            )
            console.print(f"{group.title}: {left}.", style="bold")
    for said in notes(found):
        console.print(f"• {said}", soft_wrap=True, markup=False)


def _told(one: Expiring) -> tuple[str, ...]:
    left = _("chưa có số liệu") if one.unspent_dong is None else amount(one.unspent_dong)
    day_ = one.deadline
    cites = f"{day_.cites} ({', '.join(day_.rules)})" if day_.rules else _("chưa có: hỏi %(ask)s") % {"ask": day_.ask}
    sure = _(Confidence(day_.confidence).label)
    return (named(one), one.origin, f"{one.used}", left, last_day_said(one), str(STATES[one.state]), cites, sure)
