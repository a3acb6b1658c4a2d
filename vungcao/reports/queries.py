"""Questions to frozen reports."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from vungcao.bodies import queries as bodies
from vungcao.bodies.reach import Reach
from vungcao.evidence.heads import Head
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.ledger.regions import space
from vungcao.reports.models import FrozenReport


def printed_heads() -> list[Head]:
    """The heads of the chain that frozen reports say they printed."""
    rows = FrozenReport.objects.exclude(head_no=None).order_by("pk")
    return [Head(row.head_no, row.head_digest, f"báo cáo số {row.pk}") for row in rows if row.head_no is not None]


def reports_in_reach(reach: Reach) -> QuerySet[FrozenReport]:
    """Frozen reports within reach, without the letters to single bodies."""
    return papers_in_reach(reach).filter(about="")


def letters_in_reach(reach: Reach) -> QuerySet[FrozenReport]:
    """Frozen letters within reach, each about one body."""
    return papers_in_reach(reach).exclude(about="")


def papers_in_reach(reach: Reach) -> QuerySet[FrozenReport]:
    """Papers of the province's Board: for whoever sees the Board's province as a whole. Others see none."""
    rows = FrozenReport.objects.order_by("-act", "-pk").select_related("act__numbered", "supersedes")
    return rows if sees_the_province(reach, timezone.localdate()) else rows.none()


def sees_the_province(reach: Reach, on: date) -> bool:
    """Whether the asker sees the Board's province as a whole: whoever may read, and write, papers of the province."""
    if reach.everything:
        return True
    rows = sorted((row for life in bodies.lives().values() for row in life), key=lambda row: row.pk)
    star = next((row.body_id for row in rows if row.body.key == NOT_DIVIDED), None)
    board = next((row for row in rows if row.body.key.startswith("BDT-")), None)
    if star is None or board is None or board.place_id is None:
        return False
    return reach.sees(board.place_id, star, space(on).places)
