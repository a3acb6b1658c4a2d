"""Recording what a reporter said was spent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.drafts import StatementDraft
from vungcao.ledger.judging import judge, standing_edition
from vungcao.ledger.models import ReporterOrder, Statement, StatementLine
from vungcao.programme.models import Component


class UnusableStatement(Refusal):
    """A statement that can't be recorded as it is; ``problems`` name the cells."""

    code = "statement.unusable"


def record_statement(draft: StatementDraft, *, batch: Batch, by: Signer) -> Statement:
    """Record a statement and its lines. Unusable ones are refused; contradicting ones are stored.

    An earlier edition of the same reporter, coverage, basis and day is superseded when the draft ``corrects`` it.
    """
    with acting("ledger.stated", by=by) as act:
        lock("statement", draft.reporter, draft.basis, draft.as_of, draft.coverage)
        unusable = [problem for problem in judge(draft) if problem.weight == "unusable"]
        if unusable:
            raise UnusableStatement("; ".join(str(problem) for problem in unusable), problems=unusable)
        earlier = standing_edition(draft)
        statement = Statement.objects.create(
            act=act,
            batch=batch,
            reporter_id=draft.reporter,
            basis=draft.basis,
            as_of=draft.as_of,
            dated=draft.dated,
            number=draft.number,
            supersedes=earlier,
            **draft.coverage.columns(),
        )
        StatementLine.objects.bulk_create(
            StatementLine(
                act=act,
                statement=statement,
                disbursed_dong=line.disbursed_dong,
                plan_dong=line.plan_dong,
                rate_said=line.rate_said,
                qualifier=line.qualifier,
                label=line.label,
                sheet=line.where.sheet,
                cell=line.where.cell,
                **line.region.columns(),
            )
            for line in draft.lines
        )
        record(act, statement, before={"supersedes": earlier.pk} if earlier else None, after={"lines": len(draft.lines)})
    return statement


def order_reporters(programme: Component, order: Mapping[str, int], *, since: date | None, by: Signer) -> None:
    """Say whose word figures of ``programme`` use from ``since`` on: kind of body → rank, lowest first."""
    with acting("ledger.reporters_ordered", by=by) as act:
        ReporterOrder.objects.filter(component=programme, valid_from=since).end(act)
        rows = [
            ReporterOrder(act=act, component=programme, body_kind=kind, rank=rank, valid_from=since)
            for kind, rank in order.items()
        ]
        ReporterOrder.objects.bulk_create(rows)
