"""``vungcao dossier``: an adjustment, a carry-over or a cancellation, from proposals to the signed paper, a step a
command.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import Body, BodyKind, BodyVersion
from vungcao.desk import dossier_told as told
from vungcao.desk.commands.dossier_lining import lines
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.evidence import chain
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import day, money
from vungcao.ledger import actions
from vungcao.ledger.actions.dossiers import FLAGS
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import of_decision
from vungcao.ledger.models import Dossier, DossierKind, DossierLine, OpinionAsked, Side, SpendingObject, Taken, Verdict
from vungcao.ledger.regions import Region

Step = Callable[[Dossier, argparse.Namespace, date], Any]


class MissingWords(Refusal):
    """A step without what it needs."""

    code = "dossier.missing_words"


def dossier(args: argparse.Namespace) -> int:
    """One step, or the list. Exit 2 with every reason for what is refused, figure and article."""
    if not args.step:
        return told.show_list(Dossier.objects.order_by("pk"), as_data=args.json)
    absent = [
        _("TỆP") if one == "file" else f"--{one}"
        for one in args.needed[args.step]
        if getattr(args, one.replace("-", "_")) in (None, "")
    ]
    if not args.name and args.step != "release":
        absent.insert(0, _("TÊN") if args.step == "open" else _("MÃ"))
    if absent:
        raise MissingWords(_("Thiếu %(absent)s. Xem `vungcao dossier --help`.") % {"absent": ", ".join(absent)})
    on = args.on or timezone.localdate()
    if args.step == "open":
        return _told(_open(args, on), args, _("Đã lập"))
    if args.step == "release":
        return _release(on, as_data=args.json)
    found = standing.dossier(args.name)
    if args.step == "look":
        return told.show(Draft(found, args.on), as_data=args.json)
    if args.step == "papers":
        return _papers(found, args)
    if args.step == "lines":
        return lines(found, args)
    said = _STEPS[args.step](found, args, on)
    chain.extend()
    return _told(standing.dossier(args.name), args, said)


def _told(made: Dossier, args: argparse.Namespace, said: str) -> int:
    """The dossier after the step; 1 where a signed decision was stored and our rules call it wrong."""
    wrong = of_decision(made.decision) if args.step == "record" else []
    if args.json:
        as_json({"done": said, **told.dossier_json(Draft(made, made.decision.dated if wrong else None))})
        return 1 if wrong else 0
    console.print(
        _("%(said)s: hồ sơ %(code)s “%(title)s”.") % {"said": said, "code": made.code, "title": made.title},
        markup=False,
        soft_wrap=True,
    )
    for fault in wrong:
        console.print(_("✗ Vẫn ghi, nhưng: %(fault)s") % {"fault": fault}, style="bold", markup=False, soft_wrap=True)
    return 1 if wrong else 0


def _thing(said: str, on: date, kind: MappingKind) -> Any:
    return mapping.meant(said, on, kind)[1]


def _open(args: argparse.Namespace, on: date) -> Dossier:
    planned = getattr(args, "for")
    board = BodyVersion.objects.on(on).filter(kind=BodyKind.BOARD).order_by("body__key").first()
    drafter = _thing(args.body, on, MappingKind.BODY) if args.body else board.body if board else None
    if not isinstance(drafter, Body):
        raise MissingWords(_("Chưa có cơ quan công tác dân tộc nào vào ngày này: ghi --body."))
    made = actions.open_dossier(
        title=args.name, planned_for=planned, drafted_by=drafter, on=on, kind=_kind(args),
        plan=args.plan, is_example=args.example,
        circumstances=[flag for flag in FLAGS if getattr(args, flag)], by=OPERATOR,
    )  # fmt: skip
    chain.extend()
    return made


def _kind(args: argparse.Namespace) -> str:
    said = args.kind or "adjustment"
    return DossierKind.ADJUSTMENT.value if said == "adjustment" else str(said)


def _add(side: Side) -> Step:
    def add(found: Dossier, args: argparse.Namespace, on: date) -> str:
        day_of = found.planned_for
        body = _thing(args.body, day_of, MappingKind.BODY)
        by = _thing(args.proposed_by, day_of, MappingKind.BODY) if args.proposed_by else body
        region = account_said(args, body, day_of)
        line = actions.LineDraft(
            side, region, args.dong, args.reason, by.pk, args.paper or "", args.paper_dated, args.targets or "",
            args.basis or "", _line(found, args.line) if args.line else None,
        )  # fmt: skip
        (made,) = actions.propose(found, [line], by=OPERATOR)
        return _("Đã ghi dòng %(number)s, %(side)s %(dong)s") % {
            "number": made.pk,
            "side": _(made.get_side_display()),
            "dong": money(made.dong),
        }

    return add


def account_said(args: argparse.Namespace, body: Body, on: date) -> Region:
    """The account that the options name, codes and names read as of a day."""
    return Region(
        _thing(args.component, on, MappingKind.COMPONENT).pk,
        _thing(args.field or "*", on, MappingKind.FIELD).pk,
        _thing(args.source, on, MappingKind.SOURCE).pk,
        f"{args.year}",
        f"{args.use_year or args.year}",
        body.pk,
        _place(args, body, on),
        _object(args.object or "*"),
    )


def _place(args: argparse.Namespace, body: Body, on: date) -> int:
    if args.place:
        return int(_thing(args.place, on, MappingKind.PLACE).pk)
    rows = BodyVersion.objects.standing().filter(body=body).exclude(place=None)
    row = rows.order_by("-valid_from").first()
    if row is None or row.place_id is None:
        raise MissingWords(_("Đơn vị %(key)s không gắn với địa bàn nào: ghi --place.") % {"key": body.key})
    return int(row.place_id)


def _object(code: str) -> int:
    found = SpendingObject.objects.filter(code=code).first()
    if found is None:
        raise MissingWords(_("Không có công trình, đợt hỗ trợ nào mang mã “%(code)s”.") % {"code": code})
    return int(found.pk)


def _line(found: Dossier, number: int) -> DossierLine:
    for line in standing.lines(found):
        if line.pk == number:
            return line
    raise MissingWords(
        _("Hồ sơ %(code)s không có dòng số %(number)s đang đứng.") % {"code": found.code, "number": number}
    )


def _take_back(found: Dossier, args: argparse.Namespace, on: date) -> str:
    actions.take_back(_line(found, args.line), reason=args.reason, by=OPERATOR)
    return _("Đã rút dòng %(line)s") % {"line": args.line}


def _gather(found: Dossier, args: argparse.Namespace, on: date) -> str:
    got = actions.gather(found, on=on, by=OPERATOR)
    left = "".join(_("; bỏ qua %(said)s") % {"said": said.rstrip(".")} for said in got.left_out)
    return _("Đã lấy %(count)s dòng từ đề xuất của đơn vị%(left)s") % {"count": len(got.lines), "left": left}


def _hold(found: Dossier, args: argparse.Namespace, on: date) -> str:
    actions.hold(found, on=on, until=args.until, by=OPERATOR)
    return _("Đã giữ chỗ đến hết %(until)s") % {"until": day(args.until)}


def _release(on: date, *, as_data: bool) -> int:
    gone = actions.release_lapsed(on=on, by=OPERATOR)
    chain.extend()
    codes = [one.dossier.code for one in gone]
    if as_data:
        as_json({"on": f"{on}", "released": codes})
    else:
        console.print(
            _("Trả %(count)s lần giữ chỗ đã hết hạn trước ngày %(on)s: %(codes)s.")
            % {"count": len(codes), "on": day(on), "codes": ", ".join(codes) or _("không có")}
        )
    return 0


def _ask(found: Dossier, args: argparse.Namespace, on: date) -> str:
    of = _thing(args.body, on, MappingKind.BODY)
    made = actions.ask_opinion(found, of=of, on=on, number=args.number or "", reply_by=args.reply_by, by=OPERATOR)
    return _("Đã ghi lần xin ý kiến %(number)s") % {"number": made.pk}


def _answer(found: Dossier, args: argparse.Namespace, on: date) -> str:
    asked = OpinionAsked.objects.filter(dossier=found, pk=args.asked).first()
    if asked is None:
        raise MissingWords(
            _("Hồ sơ %(code)s không có lần xin ý kiến %(asked)s.") % {"code": found.code, "asked": args.asked}
        )
    answer = actions.Answer(
        on, Verdict(args.verdict), args.said or "", args.number or "", Taken(args.taken), args.how or ""
    )
    actions.answer_opinion(asked, answer, by=OPERATOR)
    return _("Đã ghi ý kiến trả lời của %(key)s") % {"key": asked.body.key}


def _submit(found: Dossier, args: argparse.Namespace, on: date) -> str:
    actions.submit(found, on=on, by=OPERATOR)
    return _("Đã trình")


def _return(found: Dossier, args: argparse.Namespace, on: date) -> str:
    actions.send_back(found, on=on, reason=args.reason, by=OPERATOR)
    return _("Đã trả lại")


def _withdraw(found: Dossier, args: argparse.Namespace, on: date) -> str:
    actions.withdraw(found, on=on, reason=args.reason, by=OPERATOR)
    return _("Đã rút")


def _record(found: Dossier, args: argparse.Namespace, on: date) -> str:
    decided_by = _thing(args.decided_by, args.dated, MappingKind.BODY)
    made = actions.record_decision(found, number=args.number, dated=args.dated, decided_by=decided_by, by=OPERATOR)
    return _("Đã ghi %(decision)s") % {"decision": made.decision}


def _papers(found: Dossier, args: argparse.Namespace) -> int:
    from vungcao.reports.adjusting.actions import print_papers  # the Word builder is slow to load: only where it prints

    files = print_papers(found, Path(args.out), on=args.on, pdf=args.pdf)
    if args.json:
        as_json({"dossier": found.code, "files": [f"{path}" for path in files]})
    else:
        for path in files:
            console.print(f"{path}", soft_wrap=True, markup=False)
    return 0


_STEPS: Final[dict[str, Step]] = {
    "down": _add(Side.DOWN), "up": _add(Side.UP), "carry": _add(Side.OVER), "cancel": _add(Side.OFF),
    "gather": _gather, "take-back": _take_back, "hold": _hold, "ask": _ask,
    "answer": _answer, "submit": _submit, "return": _return, "withdraw": _withdraw, "record": _record,
}  # fmt: skip
