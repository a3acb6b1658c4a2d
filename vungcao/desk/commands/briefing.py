"""``vungcao briefing``: the leader's page as a Word file, one side of A4."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from vungcao.bodies.reach import Reach
from vungcao.cube.figures import FigureQuery
from vungcao.cube.question import NotAQuestion
from vungcao.desk.briefing import Briefing
from vungcao.desk.briefing_paper import file_name, write_briefing
from vungcao.desk.commands.printing import as_json, console
from vungcao.desk.commands.setting_up import holds_example
from vungcao.desk.questions import days_with_statements, programme_of_latest


def briefing(args: argparse.Namespace) -> int:
    """Write the page for a programme and day; without them, the programme last reported on and its latest day."""
    reach = Reach.all_for_operator()
    programme = args.programme or programme_of_latest(reach)
    days = [args.on] if args.on else days_with_statements(reach, programme)
    if not days:
        raise NotAQuestion(_("Chưa có báo cáo giải ngân nào: nạp bảng tính trước (vungcao import)."))
    brief = Briefing(FigureQuery("disbursement", days[0], programme=programme or None), reach)
    folder = Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(brief)
    write_briefing(brief, path, example=holds_example())
    if args.json:
        as_json(_as_json(brief, path))
    else:
        console.print(_("Đã lập: %(path)s") % {"path": path}, soft_wrap=True, markup=False)
    return 0


def _as_json(brief: Briefing, path: Path) -> dict[str, object]:
    line = brief.there.headline
    return {
        "file": f"{path}",
        "on": f"{brief.query.on}",
        "programme": brief.query.programme,
        "known_on": brief.there.whole.known_on,
        "rate": f"{line.rate}" if line.rate is not None else None,
        "id": line.id,
        "lowest": [
            {"name": one.name, "rank": one.rank, "among": one.among, "rate": f"{one.rate}", "id": one.id}
            for one in brief.lowest
        ],
        "expiring": brief.there.expiry.as_json(),
        "differences": len(brief.there.open_points),
        "not_reported": [gap["body"] for gap in brief.there.not_reported],
    }
