"""Recording what a reporter said was spent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Refusal
from vungcao.ledger.drafts import DETAILS, StatementDraft
from vungcao.ledger.judging import same_as_held, standing_edition, unusable
from vungcao.ledger.models import ReporterOrder, Statement, StatementLine
from vungcao.programme.models import Component


class UnusableStatement(Refusal):
    """A statement that can't be recorded as it is; ``problems`` name the cells."""

    code = "statement.unusable"


class Overtaken(Refusal):
    """Somebody else has corrected the same statement meanwhile."""

    code = "statement.overtaken"


def record_statement(draft: StatementDraft, *, batch: Batch, by: Signer, seen: int | None = None) -> Statement:
    """Record a statement and its lines. Unusable ones are refused; contradicting ones are stored; the same rows again
    change nothing, and the edition that stands is returned.

    An earlier edition of the same reporter, coverage, basis and day is superseded when the draft ``corrects`` it.
    ``seen`` is the key of the edition that whoever corrects had before him: if another one has come to stand since,
    ``Overtaken`` is raised.
    """
    with acting("ledger.stated", by=by) as act:
        lock("statement", draft.reporter, str(draft.measure), str(draft.basis), draft.as_of, draft.coverage)
        standing = standing_edition(draft)
        if standing and same_as_held(draft, file_sha=batch.source.sha256):
            return standing
        if seen is not None and (standing is None or standing.pk != seen):
            raise Overtaken(_("Báo cáo này vừa được người khác sửa: hãy xem bản mới rồi sửa lại."))
        if kept_out := unusable(draft):
            raise UnusableStatement("; ".join(str(problem) for problem in kept_out), problems=kept_out)
        statement = Statement.objects.create(
            act=act,
            batch=batch,
            reporter_id=draft.reporter,
            measure=draft.measure,
            basis=draft.basis,
            as_of=draft.as_of,
            dated=draft.dated,
            number=draft.number,
            opening=draft.opening,
            supersedes=standing,
            **draft.coverage.columns(),
        )
        StatementLine.objects.bulk_create(
            StatementLine(
                act=act,
                statement=statement,
                disbursed_dong=line.disbursed_dong,
                **{name: getattr(line, name) for name in DETAILS},
                plan_dong=line.plan_dong,
                rate_said=line.rate_said,
                qualifier=line.qualifier,
                label=line.label,
                sheet=line.where.sheet,
                cell=line.where.cell,
                codes=line.codes,
                **line.region.columns(),
            )
            for line in draft.lines
        )
        record(
            act, statement, before={"supersedes": standing.pk} if standing else None, after={"lines": len(draft.lines)}
        )
    return statement


def order_reporters(programme: Component, order: Mapping[str, int], *, since: date | None, by: Signer) -> None:
    """Say whose word figures of ``programme`` use from ``since`` on: kind of body → rank, lowest first.

    What was said for days before ``since`` stands; what was said for later days is replaced.
    """
    with acting("ledger.reporters_ordered", by=by) as act:
        lock("reporters", programme.pk)
        reaching = Q(valid_to=None) | Q(valid_to__gt=since) if since else Q()
        held = list(ReporterOrder.objects.standing().filter(reaching, component=programme))
        ReporterOrder.objects.filter(pk__in=[row.pk for row in held]).end(act)
        rows = [
            ReporterOrder(
                act=act,
                component=programme,
                body_kind=row.body_kind,
                rank=row.rank,
                valid_from=row.valid_from,
                valid_to=since,
            )
            for row in held
            if since and (row.valid_from is None or row.valid_from < since)
        ]
        rows += [
            ReporterOrder(act=act, component=programme, body_kind=kind, rank=rank, valid_from=since)
            for kind, rank in order.items()
        ]
        ReporterOrder.objects.bulk_create(rows)
        record(act, programme, after={"since": f"{since}", "order": dict(order)})
