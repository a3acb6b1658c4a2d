"""``vungcao dossier lines MÃ TỆP``: a unit's proposal workbook into a dossier; rehearses unless ``--commit``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from vungcao.bodies.queries import naming
from vungcao.desk.commands.importing import OPERATOR
from vungcao.desk.commands.printing import as_json, console, table
from vungcao.evidence import chain
from vungcao.intake import dossier_lines
from vungcao.intake.dossier_lines import Line, Lines
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import amount
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.models import Dossier, Side
from vungcao.programme.models import FundingSource

STATES: Final = {"new": "mới", "same": "đã có", "replaces": "thay dòng"}


def lines(found: Dossier, args: argparse.Namespace) -> int:
    """0 where nothing is in the way (written, held already, or rehearsed), 1 where the file must be mended."""
    path = Path(args.file)
    if not path.is_file():
        raise Refusal(_("Không thấy tệp %(path)s.") % {"path": path})
    try:
        result = dossier_lines.run(found, path, by=OPERATOR, commit=args.commit)
    except dossier_lines.CannotRead as no:
        raise Refusal(no.said) from None
    if result.committed:
        chain.extend()
    if args.json:
        as_json(lines_json(result))
    else:
        _show(result, committing=args.commit)
    return 1 if result.must_be_mended else 0


def lines_json(result: Lines) -> dict[str, Any]:
    """What a workbook did to the dossier: a contract of ``vungcao dossier lines --json``."""
    draft = Draft(result.dossier)
    counts = {state: len(result.of(state)) for state in STATES}
    return {
        "dossier": result.dossier.code, "file": result.file, "committed": result.committed, "act": result.act, **counts,
        "lines": [_line_json(draft, one) for one in result.lines],
        "problems": [
            {"file": one.where.file, "sheet": one.where.sheet, "cell": one.where.cell, "code": one.code,
             "said": str(one.said or ""), "sentence": one.sentence, "weight": one.weight}
            for one in result.problems
        ],
    }  # fmt: skip


def _line_json(draft: Draft, one: Line) -> dict[str, Any]:
    said, here = one.said, draft.here
    return {
        "sheet": said.where.sheet, "cell": said.where.cell, "state": one.state,
        "line": one.standing.pk if one.standing else None, "side": said.side, "dong": said.dong,
        "component": here.components.codes.get(said.region.component, ""),
        "body": here.bodies.keys.get(said.region.body, ""), "source": _source(said.region.source),
        "year_origin": said.region.year_origin, "year_use": said.region.year_use, "reason": said.reason,
        "targets": said.targets, "proposed_by": here.bodies.keys.get(one.unit, ""), "paper": said.paper,
        "paper_dated": f"{said.paper_dated}" if said.paper_dated else None,
    }  # fmt: skip


def _source(key: int) -> str:
    return FundingSource.objects.values_list("code", flat=True).get(pk=key)


def _show(result: Lines, *, committing: bool) -> None:
    draft = Draft(result.dossier)
    for side in Side:
        rows = [_cells(draft, one) for one in result.lines if one.said.side == side]
        if rows:
            heads = ("Ô", "Dự án", "Đơn vị", "Nguồn", "Năm nguồn/dùng", "Số tiền", "Lý do", "")
            table(heads, rows, title=_("%(label)s (triệu đồng)") % {"label": _(side.label)}, right=(5,))
    for problem in result.problems:
        console.print(f"✗ {problem}", markup=False, soft_wrap=True)
    if result.must_be_mended:
        console.print(_("Chưa ghi gì: sửa các ô trên rồi đưa lại tệp."), style="bold")
    elif result.committed:
        said = _("Đã ghi vào hồ sơ %(code)s: %(count)s dòng mới, ") % {
            "code": result.dossier.code,
            "count": len(result.of("new")),
        }
        console.print(
            _("%(said)s%(count)s dòng thay, %(same)s dòng đã có.")
            % {"said": said, "count": len(result.of("replaces")), "same": len(result.of("same"))}
        )
    elif not result.changes_something:
        console.print(_("Hồ sơ %(code)s đã có đúng các dòng này, không ghi thêm gì.") % {"code": result.dossier.code})
    elif not committing:
        console.print(_("Mới đọc thử. Thêm --commit để ghi."))


def _cells(draft: Draft, one: Line) -> tuple[str, ...]:
    region = one.said.region
    state = STATES[one.state] + (f" {one.standing.pk}" if one.state == "replaces" and one.standing else "")
    component = draft.here.components.codes.get(region.component, "")
    return (
        one.said.where.cell, component, naming(region.body, draft.on)[0], _source(region.source),
        f"{region.year_origin}/{region.year_use}", amount(one.said.dong), one.said.reason, state,
    )  # fmt: skip
