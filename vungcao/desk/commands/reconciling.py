"""``vungcao reconcile``: the Treasury against the units, with the likely cause of each difference."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount, day
from vungcao.ledger.treasury.cases import Cited
from vungcao.ledger.treasury.plans import PlanCompared, plans
from vungcao.ledger.treasury.reconciling import Compared, Reconciled, days_of_treasury
from vungcao.ledger.treasury.reconciling import reconcile as compare

KINDS = {"dau_tu": "ĐT", "su_nghiep": "SN", "*": "ĐT, SN"}


def reconcile(args: argparse.Namespace) -> int:
    """Every unit that the Treasury speaks of; exit 1 when something differs and the cause is not known."""
    everything = Reach.all_for_operator()
    days = days_of_treasury(everything)
    if not days:
        raise Refusal(_("Chưa có số liệu Kho bạc: nạp danh mục mã rồi nạp biểu của Kho bạc bằng `vungcao import`."))
    on = args.on or days[0]
    found = compare(on, everything, programme=args.programme, body=args.body)
    unknown = sum(row.sign == "fails" for one in found for row in one.rows)
    entered = plans(on, everything, programme=args.programme, body=args.body)
    if args.json:
        units = [one.as_json() for one in found]
        as_json(
            {
                "on": f"{on}",
                "programme": args.programme,
                "units": units,
                "unknown": unknown,
                "plans": [one.as_json() for one in entered],
                "plan_differences": sum(not one.agrees for one in entered),
            }
        )
        return 1 if unknown else 0
    heads = ("Đơn vị", "Dự án, nội dung", "Vốn", "Đơn vị báo cáo", "Kho bạc", "Lệch", "Nguyên nhân có thể")
    rows = [_cells(one, row) for one in found for row in one.rows if row.sign != "holds" or row.is_rounding]
    table(heads, rows, title=_("Đối chiếu Kho bạc, đến %(on)s (triệu đồng)") % {"on": day(on)}, right=(3, 4, 5))
    for said in _explained(found):
        console.print(said, soft_wrap=True, markup=False)
    _show_plans(entered, on)
    agreed = sum(one.agreeing for one in found)
    said = _("%(agreed)s dòng khớp, %(count)s dòng nêu trên, %(unknown)s dòng chưa rõ nguyên nhân") % {
        "agreed": agreed,
        "count": len(rows),
        "unknown": unknown,
    }
    console.print(_("%(said)s. Không số nào bị sửa.") % {"said": said})
    return 1 if unknown else 0


def _show_plans(entered: Sequence[PlanCompared], on: date) -> None:
    """Plans that differ, or how many agree."""
    if not entered:
        return
    heads = ("Đơn vị", "Dự án", "Vốn", "Kho bạc nhập", "Quyết định giao", "Lệch", "")
    rows = [
        (
            one.name,
            one.component,
            _(KINDS.get(one.kind, one.kind)),
            "–" if one.treasury_dong is None else amount(one.treasury_dong),
            "–" if one.given_dong is None else amount(one.given_dong),
            "" if one.difference is None else amount(one.difference),
            one.verdict,
        )
        for one in entered
        if not one.agrees
    ]
    if rows:
        table(heads, rows, title=_("Kế hoạch vốn, đến %(on)s (triệu đồng)") % {"on": day(on)}, right=(3, 4, 5))
    console.print(
        _("Kế hoạch vốn: %(count)s dòng khớp, %(others)s dòng lệch.")
        % {"count": len(entered) - len(rows), "others": len(rows)}
    )


def _cells(one: Reconciled, row: Compared) -> tuple[str, ...]:
    group = row.explained.group
    return (
        one.name,
        row.component,
        _(KINDS.get(group.node.kind, group.node.kind)),
        amount(group.unit_dong) if row.unit_cells else "–",
        amount(group.treasury_dong) if row.treasury_cells else "–",
        "" if row.is_silent else amount(row.difference),
        row.verdict,
    )


def _explained(found: Sequence[Reconciled]) -> Iterator[str]:
    for one in found:
        for row in one.differing:
            yield f"• {one.name}, {row.component}: {row.arithmetic or row.verdict}"
            yield from (f"    {said}" for said in row.sentences)
            if row.explained.others:
                yield _("    (cũng có thể do nguyên nhân khác: có hơn một cách cộng ra đúng số lệch)")
            for word, cells in ((_("đơn vị"), row.unit_cells), (_("Kho bạc"), row.treasury_cells)):
                if cells:
                    yield f"    {word}: {'; '.join(_at(cell) for cell in cells[:4])}{'; …' if len(cells) > 4 else ''}"


def _at(cell: Cited) -> str:
    return f"{cell.file}, {cell.sheet} {cell.cell} = {amount(cell.dong)}"
