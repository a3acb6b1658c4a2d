"""``vungcao map``: remember what a name in workbooks means, take it back, list what is remembered."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch, Body
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.intake import mapping
from vungcao.intake.mapping import NotMapped
from vungcao.intake.models import MappingKind, NameMapping
from vungcao.intake.names import named
from vungcao.kernel.validity import after_last_day, last_day
from vungcao.kernel.vietnamese import day


def map_(args: argparse.Namespace) -> int:
    """Remember, take back or list; exit 2 with a sentence for what cannot be mapped."""
    if args.list or not args.said:
        return _list(args)
    reporter = _reporter(args.reporter, args.since)
    if args.undo:
        return _undo(args, reporter)
    if not args.code:
        raise NotMapped(_("Thiếu mã: vungcao map TÊN MÃ [--kind place|body|component|source|field]."))
    kind, target = mapping.meant(args.code, args.since or timezone.localdate(), args.kind)
    found = mapping.remember(
        args.said,
        target,
        kind=kind,
        by=OPERATOR,
        reporter=reporter,
        since=args.since,
        until=after_last_day(args.until),
    )
    chain.extend()
    if args.json:
        ended = [row_of(one) for one in found.ended]
        as_json({"mapping": row_of(found.mapping), "new": found.is_new, "ended": ended})
        return 0
    _line(f"{_('Đã nhớ') if found.is_new else _('Đã nhớ từ trước')}: {mapping.say(found.mapping)}.")
    for one in found.ended:
        _line(_("Thôi hiểu trong những ngày ấy: %(say)s.") % {"say": mapping.say(one)})
    return 0


def _undo(args: argparse.Namespace, reporter: Body | None) -> int:
    found = mapping.take_back(args.said, by=OPERATOR, kind=args.kind, reporter=reporter)
    chain.extend()
    if args.json:
        as_json(
            {
                "ended": [row_of(one) for one in found.ended],
                "drafts": [_batch(one) for one in found.drafts],
                "kept": [_batch(one) for one in found.kept],
            }
        )
        return 0
    for one in found.ended:
        _line(_("Đã rút: %(say)s.") % {"say": mapping.say(one)})
    for batch in found.drafts:
        _line(
            _("Bản nháp dựa vào cách hiểu này: lần gửi số %(number)s, %(name)s. Sửa tên rồi nộp lại.")
            % {"number": batch.pk, "name": batch.source.name}
        )
    for batch in found.kept:
        _line(
            _("Số đã ghi theo cách hiểu này không đổi: lần gửi số %(number)s, %(name)s.")
            % {"number": batch.pk, "name": batch.source.name}
        )
    return 0


def _list(args: argparse.Namespace) -> int:
    rows = mapping.standing()
    if args.json:
        as_json({"mappings": [row_of(one) for one in rows]})
        return 0
    heads = ("Tên trong biểu", "Loại", "Là", "Khi đơn vị này viết", "Từ", "Đến hết", "Người ghi")
    table(heads, [_cells(one) for one in rows], title=_("%(count)s cách hiểu tên") % {"count": len(rows)})
    return 0


def row_of(row: NameMapping) -> dict[str, Any]:
    """A mapping as JSON; ``until`` is its last day."""
    last, numbered = last_day(row.valid_to), getattr(row.act, "numbered", None)
    return {
        "said": row.said,
        "kind": row.kind,
        "code": f"{row.target}",
        "name": named(row, row.valid_from or timezone.localdate()),
        "reporter": f"{row.reporter}" if row.reporter else None,
        "since": f"{row.valid_from}" if row.valid_from else None,
        "until": f"{last}" if last else None,
        "by": row.act.official_name,
        "act": numbered.no if numbered else None,
    }


def _cells(row: NameMapping) -> tuple[str, ...]:
    last = last_day(row.valid_to)
    return (
        row.said,
        MappingKind(row.kind).label,
        f"{named(row, row.valid_from or timezone.localdate())} ({row.target})",
        f"{row.reporter}" if row.reporter else "",
        day(row.valid_from) if row.valid_from else "",
        day(last) if last else "",
        row.act.official_name,
    )


def _batch(batch: Batch) -> dict[str, Any]:
    return {"batch": batch.pk, "file": batch.source.name, "kind": batch.kind, "period": batch.period}


def _reporter(said: str | None, on: date | None) -> Body | None:
    if said is None:
        return None
    _, body = mapping.meant(said, on or timezone.localdate(), MappingKind.BODY)
    assert isinstance(body, Body)
    return body


def _line(text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)
