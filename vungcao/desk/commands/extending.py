"""``vungcao extension``: requests for a later last day, what came of them, and what the rules say against either."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.models import Body
from vungcao.desk.commands.dossiering import MissingWords, account_said
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.vietnamese import amount, day
from vungcao.ledger import actions
from vungcao.ledger.extensions import Extension, extensions_on, faults
from vungcao.ledger.models import ExtensionAsked, Outcome


def extension(args: argparse.Namespace) -> int:
    """One step, then the list; 1 where the rules or the books contradict what was just noted, else 0."""
    if not args.step:
        return _show(extensions_on(args.on or date.max), as_data=args.json)
    absent = [f"--{one}" for one in args.needed[args.step] if getattr(args, one.replace("-", "_")) in (None, "")]
    if args.step == "answer" and args.asked is None:
        absent.insert(0, _("SỐ"))
    if absent:
        raise MissingWords(_("Thiếu %(absent)s. Xem `vungcao extension --help`.") % {"absent": ", ".join(absent)})
    made = _ask(args) if args.step == "ask" else _answer(args)
    chain.extend()
    return _show([one for one in extensions_on(date.max) if one.asked.pk == made.pk], as_data=args.json)


def _ask(args: argparse.Namespace) -> ExtensionAsked:
    body = _body(args.body, args.dated)
    by = _body(args.asked_by, args.dated) if args.asked_by else body
    return actions.ask_extension(
        account_said(args, body, args.dated), dong=args.dong, asked_by=by, number=args.number, asked_on=args.dated,
        until=args.until, reason=args.reason, by=OPERATOR,
    )  # fmt: skip


def _answer(args: argparse.Namespace) -> ExtensionAsked:
    asked = ExtensionAsked.objects.filter(pk=args.asked).first()
    if asked is None:
        raise MissingWords(_("Không có đề nghị kéo dài số %(asked)s.") % {"asked": args.asked})
    grants = args.outcome != Outcome.REFUSED
    dong = (args.dong or asked.dong) if grants else args.dong
    until = (args.until or asked.until) if grants else args.until
    said = actions.AnswerSaid(Outcome(args.outcome), args.number, args.dated, dong, until)
    actions.answer_extension(asked, said, decided_by=_body(args.decided_by, args.dated), by=OPERATOR)
    return asked


def _body(said: str, on: date) -> Body:
    found = mapping.meant(said, on, MappingKind.BODY)[1]
    assert isinstance(found, Body)
    return found


def _show(found: Sequence[Extension], *, as_data: bool) -> int:
    wrong = [(one, fault) for one in found for fault in faults(one)]
    if as_data:
        rows = [{**one.as_json(), "faults": [fault.as_json() for fault in faults(one)]} for one in found]
        as_json({"extensions": rows})
        return 1 if wrong else 0
    heads = (
        "Số",
        "Đơn vị",
        "Dự án",
        "Nguồn",
        "Năm",
        "Đề nghị",
        "Văn bản đề nghị",
        "Đến",
        "Kết quả",
        "Được",
        "Đến",
        "Văn bản",
    )
    cells = [
        (f"{one.asked.pk}", one.asked.body.key, one.asked.component.code, one.asked.source.code,
         f"{one.asked.year_origin}/{one.asked.year_use}", amount(one.asked.dong), f"{one.asked}", day(one.asked.until),
         one.state_said, amount(one.granted_dong) if one.answer else "–", day(one.until) if one.until else "–",
         one.cites if one.answer else "–")
        for one in found
    ]  # fmt: skip
    table(heads, cells, title=_("%(count)s đề nghị kéo dài (triệu đồng)") % {"count": len(cells)}, right=(5, 9))
    for _one, fault in wrong:
        console.print(_("✗ Vẫn ghi, nhưng: %(fault)s") % {"fault": fault}, style="bold", markup=False, soft_wrap=True)
    return 1 if wrong else 0
