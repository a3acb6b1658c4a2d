"""``vungcao body``: record a project management unit or another owner of works, or list those recorded."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.bodies.opening import NotABody, open_owner
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.validity import after_last_day, last_day
from vungcao.kernel.vietnamese import day


def body(args: argparse.Namespace) -> int:
    """Record or list; exit 2 with a sentence for what can't be recorded."""
    if not args.name:
        return _list(args)
    if not args.under:
        raise NotABody(_("Thiếu cấp trên: vungcao body TÊN --under ĐƠN_VỊ, ví dụ --under UBND-04.043."))
    _said, under = mapping.meant(args.under, args.since or timezone.localdate(), MappingKind.BODY)
    assert isinstance(under, Body)
    made = open_owner(
        args.name,
        under=under,
        by=OPERATOR,
        since=args.since,
        until=after_last_day(args.until),
        also=args.also,
        cites=args.cites,
    )
    chain.extend()
    row = BodyVersion.objects.standing().select_related("body", "parent").get(body=made)
    if args.json:
        as_json({"body": row_of(row)})
        return 0
    console.print(
        _("Đã ghi: %(name)s (%(key)s), thuộc %(parent)s.")
        % {"name": row.name, "key": row.body.key, "parent": row.parent},
        markup=False,
        soft_wrap=True,
    )
    console.print(_("Nộp lại các biểu đang giữ nháp vì tên này."))
    return 0


def _list(args: argparse.Namespace) -> int:
    rows = (
        BodyVersion.objects.standing().filter(kind=BodyKind.OWNER).select_related("body", "parent").order_by("folded")
    )
    if args.json:
        as_json({"bodies": [row_of(one) for one in rows]})
        return 0
    heads = ("Tên", "Mã", "Thuộc", "Từ", "Đến hết", "Căn cứ")
    table(
        heads,
        [_cells(one) for one in rows],
        title=_("%(count)s ban quản lý dự án, chủ đầu tư đã ghi") % {"count": len(rows)},
    )
    return 0


def row_of(row: BodyVersion) -> dict[str, Any]:
    """An owner as JSON; ``until`` is its last day."""
    last = last_day(row.valid_to)
    return {
        "key": row.body.key,
        "name": row.name,
        "also": row.also,
        "under": row.parent.key if row.parent else None,
        "since": f"{row.valid_from}" if row.valid_from else None,
        "until": f"{last}" if last else None,
        "cites": row.cites,
    }


def _cells(row: BodyVersion) -> tuple[str, ...]:
    last = last_day(row.valid_to)
    return (
        row.name,
        row.body.key,
        row.parent.key if row.parent else "",
        day(row.valid_from) if row.valid_from else "",
        day(last) if last else "",
        row.cites,
    )
