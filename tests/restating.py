"""A statement of the example said again: of another day, or corrected; handed in and recorded in one act."""

from __future__ import annotations

from datetime import date

from vungcao.bodies import actions as bodies
from vungcao.evidence.actions import SYSTEM, acting, cite
from vungcao.kernel.refusal import Cell
from vungcao.ledger import actions as ledger
from vungcao.ledger.drafts import DETAILS, LineDraft, StatementDraft
from vungcao.ledger.models import Basis, Measure, OpeningSaid, Statement
from vungcao.ledger.regions import Region


def restate(like: Statement, *, as_of: date | None = None, more: int = 0) -> Statement:
    """Its lines, each by ``more`` đồng higher, as of a day; without a day it corrects the edition that stands."""
    name = f"ví dụ {like.pk} {as_of or 'sửa'} {more}.xlsx"
    cell = Cell(name, "Trang1", "A1")
    lines = [
        LineDraft(
            Region.of(line),
            line.disbursed_dong + more,
            cell,
            label=line.label,
            plan_dong=line.plan_dong,
            **{detail: getattr(line, detail) for detail in DETAILS},
        )
        for line in like.lines.order_by("pk")
    ]
    draft = StatementDraft(
        like.reporter_id,
        Region.of(like),
        Basis(like.basis),
        as_of or like.as_of,
        lines,
        cell,
        corrects=as_of is None,
        measure=Measure(like.measure),
        opening=OpeningSaid(like.opening),
    )
    with acting("test.restated", by=SYSTEM) as act:
        paper = cite(act=act, kind="workbook", name=name)
        period = like.batch.period
        batch = bodies.hand_in(
            body=like.reporter, kind=like.batch.kind, period=period, source=paper, sheet="Trang1", act=act
        )
        bodies.reach(batch, "received", by=SYSTEM)
        return ledger.record_statement(draft, batch=batch, by=SYSTEM)
