"""``vungcao codes``: lists of Treasury codes in, and which code means what on a day."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.desk.commands.importing import bring, show
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import holds, last_day
from vungcao.kernel.vietnamese import day
from vungcao.ledger.codes import CodeBook, Scheme, bearer, label


def codes(args: argparse.Namespace) -> int:
    """Rehearse or commit a list; without a file, list the codes of a day. Exit 1 when the list stayed a draft."""
    if args.scheme and args.scheme not in Scheme.values:
        raise Refusal(
            _("Không có bộ mã “%(scheme)s”; chọn một trong %(values)s.")
            % {"scheme": args.scheme, "values": ", ".join(Scheme.values)}
        )
    if not args.file:
        return _list(args)
    result = bring([Path(args.file)], commit=args.commit, profile="danh_muc_ma", quiet=args.json)
    if args.json:
        as_json(result.as_json())
    else:
        show(result)
    return 1 if result.needs_work else 0


def _list(args: argparse.Namespace) -> int:
    on = args.on or timezone.localdate()
    rows: list[dict[str, str | None]] = [
        {
            "scheme": row.scheme,
            "code": row.code,
            "bearer": bearer(row),
            "from": f"{row.valid_from}" if row.valid_from else None,
            "last_day": f"{last_day(row.valid_to)}" if row.valid_to else None,
        }
        for (scheme, _code), found in sorted(CodeBook().rows.items())
        for row in found
        if scheme in Scheme.values and args.scheme in (None, scheme) and holds(row.valid_from, row.valid_to, on)
    ]
    if args.json:
        as_json({"on": f"{on}", "codes": rows})
        return 0
    heads = ("Bộ mã", "Mã", "Ứng với", "Từ ngày", "Đến hết ngày")
    cells = [
        (_(label(row["scheme"] or "")), *[row[name] or "" for name in ("code", "bearer", "from", "last_day")])
        for row in rows
    ]
    table(heads, cells, title=_("Mã Kho bạc có hiệu lực ngày %(on)s") % {"on": day(on)})
    if not rows:
        console.print(_("Chưa có mã nào: nạp danh mục mã bằng `vungcao codes TỆP --commit`."))
    return 0
