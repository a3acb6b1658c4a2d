"""``vungcao key``: keys with which a program reads the API in an official's name."""

from __future__ import annotations

import argparse
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies import accounts
from vungcao.bodies.keys import LONGEST_DAYS, NoKey, give_key, take_back_key
from vungcao.bodies.models import AccessKey
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.kernel.validity import last_day
from vungcao.kernel.vietnamese import day


def key(args: argparse.Namespace) -> int:
    """Give, take back, or list; the key itself is printed once, here."""
    if args.take_back is not None:
        return _take_back(args)
    if not args.account:
        return _list(args)
    today = timezone.localdate()
    last = args.until or today + timedelta(days=LONGEST_DAYS - 1)
    row, made = give_key(accounts.official(args.account), name=args.name or "", first=today, last=last, by=OPERATOR)
    chain.extend()
    if args.json:
        as_json({**_said(row), "key": made})
        return 0
    console.print(
        _("Khóa số %(number)s của %(name)s, dùng đến hết %(last)s:")
        % {"number": row.pk, "name": row.official.name, "last": day(last)},
        markup=False,
        soft_wrap=True,
    )
    console.print(made, markup=False, soft_wrap=True)
    console.print(_("Chỉ hiện một lần này; mất thì lấy lại (--take-back) và cấp khóa khác."))
    return 0


def _take_back(args: argparse.Namespace) -> int:
    row = AccessKey.objects.filter(pk=args.take_back).first()
    if row is None:
        raise NoKey(_("Không có khóa số %(take_back)s. Xem số: vungcao key.") % {"take_back": args.take_back})
    take_back_key(row, by=OPERATOR)
    chain.extend()
    as_json(_said(row)) if args.json else console.print(
        _("Đã lấy lại khóa số %(number)s (%(name)s).") % {"number": row.pk, "name": row.name}, markup=False
    )
    return 0


def _list(args: argparse.Namespace) -> int:
    rows = AccessKey.objects.standing().select_related("official").order_by("pk")
    if args.json:
        as_json({"keys": [_said(row) for row in rows]})
        return 0
    heads = ("Số", "Của", "Dùng cho việc", "Từ", "Đến hết")
    table(
        heads,
        [tuple(f"{value}" for value in _said(row).values()) for row in rows],
        title=_("%(count)s khóa") % {"count": len(rows)},
    )
    return 0


def _said(row: AccessKey) -> dict[str, object]:
    last = last_day(row.valid_to)
    return {
        "id": row.pk, "official": row.official.name, "name": row.name,
        "from": day(row.valid_from) if row.valid_from else "", "until": day(last) if last else "",
    }  # fmt: skip
