"""``vungcao plan``: plan versions listed, shown, compared, followed over programmes; a signed one recorded."""

from __future__ import annotations

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.bodies.models import BodyKind, BodyVersion
from vungcao.bodies.reach import Reach
from vungcao.cube.series import series
from vungcao.desk import plan_told as told
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console
from vungcao.desk.plan_reading import Unreadable, a_component, a_place, a_target, line_drafts, target_draft
from vungcao.evidence import chain
from vungcao.kernel.years import Years
from vungcao.programme.models import PlanKind, PlanVersion
from vungcao.programme.queries import Comparison, plan_version
from vungcao.programme.recording import record_plan, record_target, take_back_target
from vungcao.territory import queries as territory
from vungcao.territory.models import Place


def plan(args: argparse.Namespace) -> int:
    """One step, or the list. Exit 2 with a sentence for what is refused."""
    step = args.step or "list"
    absent = [f"--{one}" for one in args.needed[step] if getattr(args, one.replace("-", "_")) in (None, "", [])]
    if len(args.names) != args.counts.get(step, 0):
        absent.insert(
            0, _("%(get)s tên kế hoạch, chương trình sau “%(step)s”") % {"get": args.counts.get(step, 0), "step": step}
        )
    if absent:
        raise Unreadable(_("Thiếu hoặc thừa: %(absent)s. Xem `vungcao plan --help`.") % {"absent": ", ".join(absent)})
    if step == "list":
        return told.show_list(as_data=args.json)
    if step == "show":
        return told.show(plan_version(args.names[0]), as_data=args.json)
    if step == "compare":
        a, b = map(plan_version, args.names)
        places = territory.tree(b.dated or timezone.localdate())
        return told.show_comparison(Comparison(a, b, places=places), as_data=args.json)
    if step == "series":
        on = args.on or timezone.localdate()
        found = series(args.names[0], Reach.all_for_operator(), on=on, place=args.place)
        return told.show_series(found, as_data=args.json)
    made = {"record": _record, "target": _target, "take-back": _take_back}[step](args)
    chain.extend()
    if args.json:
        as_json(told.version_json(made))
    else:
        console.print(
            _("Đã ghi vào kế hoạch %(number)s: %(made)s.") % {"number": made.pk, "made": made},
            markup=False,
            soft_wrap=True,
        )
    return 0


def _record(args: argparse.Namespace) -> PlanVersion:
    try:
        span = Years.parse(args.years)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return record_plan(
        programme=a_component(args.programme, args.dated),
        kind=PlanKind.ANNUAL if span.first == span.last else PlanKind.FIVE_YEAR,
        place=_place(args), first_year=span.first, last_year=span.last, number=args.number, dated=args.dated,
        lines=line_drafts(args.line, unit=1, on=args.dated), signer=args.signer or "", note=args.note or "",
        supersedes=plan_version(args.supersedes) if args.supersedes else None, is_example=args.example, by=OPERATOR,
    )  # fmt: skip


def _place(args: argparse.Namespace) -> Place:
    if args.place:
        return a_place(args.place, args.dated)
    row = BodyVersion.objects.standing().filter(kind=BodyKind.BOARD).exclude(place=None).order_by("body__key").first()
    if row is None or row.place is None:
        raise Unreadable(_("Chưa có cơ quan công tác dân tộc nào gắn với tỉnh: ghi --place."))
    return row.place


def _target(args: argparse.Namespace) -> PlanVersion:
    found = plan_version(args.names[0])
    draft = target_draft(found, vars(args), found.dated or timezone.localdate())
    old = a_target(found, args.replaces) if args.replaces else None
    return record_target(plan=found, target=draft, replaces=old, by=OPERATOR).plan


def _take_back(args: argparse.Namespace) -> PlanVersion:
    return take_back_target(a_target(None, args.target), reason=args.reason, by=OPERATOR).plan
