"""``vungcao causes``: why money is not spent, as its holders say in the monthly form of causes (practice §4.2-4)."""

from __future__ import annotations

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.cube.codes import Codes
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.kernel.vietnamese import amount, day
from vungcao.ledger.models import Unspent
from vungcao.ledger.unspent import latest_forms


def causes(args: argparse.Namespace) -> int:
    """Each holder's latest form up to a day, the largest amount first."""
    on = args.on or timezone.localdate()
    rows = sorted(latest_forms(on), key=lambda row: (-row.dong, row.pk))
    if args.programme:
        rows = [row for row in rows if f"{row.component.code}.".startswith(f"{args.programme}.")]
    if args.json:
        as_json({"on": f"{on}", "rows": [_as_json(row) for row in rows]})
    elif rows:
        heads = ("Đơn vị", "Dự án", "Chưa giải ngân", "Nguyên nhân", "Đề xuất", "Cấp giải quyết", "Đến ngày", "Ô")
        told = [_told(row, Codes.of(row.as_of)) for row in rows]
        table(
            heads,
            told,
            title=_("Vốn chưa giải ngân và nguyên nhân, đến %(on)s (triệu đồng)") % {"on": day(on)},
            right=(2,),
        )
    else:
        console.print(_("Chưa có biểu nguyên nhân nào đến ngày %(on)s: nạp Biểu 04.") % {"on": day(on)})
    return 0


def _told(row: Unspent, codes: Codes) -> tuple[str, ...]:
    return (
        codes.name("body", row.body.key),
        codes.short_name("component", row.component.code),
        amount(row.dong),
        _(row.get_cause_display()),
        _(row.get_proposal_display()) if row.proposal else "",
        _(row.get_resolver_display()) if row.resolver else "",
        day(row.as_of),
        f"{row.batch.source.name}, {row.sheet}, {row.cell}",
    )


def _as_json(row: Unspent) -> dict[str, object]:
    return {
        "body": row.body.key,
        "component": row.component.code,
        "source": row.source.code,
        "dong": row.dong,
        "cause": row.cause,
        "proposal": row.proposal or None,
        "resolver": row.resolver or None,
        "as_of": f"{row.as_of}",
        "file": row.batch.source.name,
        "sheet": row.sheet,
        "cell": row.cell,
    }
