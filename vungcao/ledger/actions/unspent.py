"""Recording why money is not spent yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.kernel.refusal import Cell
from vungcao.ledger import unspent
from vungcao.ledger.models import Cause, Proposal, Resolver, Unspent
from vungcao.ledger.regions import Region


@dataclass(frozen=True)
class UnspentLine:
    """One line as read: whole đồng, more than 0."""

    region: Region
    dong: int
    cause: Cause
    where: Cell
    proposal: Proposal = Proposal.NOT_SAID
    resolver: Resolver = Resolver.NOT_SAID
    label: str = ""


def record_unspent(
    *, reporter: int, as_of: date, lines: Sequence[UnspentLine], batch: Batch, by: Signer
) -> list[Unspent]:
    """Record a form of causes; the same lines as stand already change nothing. A later one stands in its place."""
    with acting("ledger.unspent_explained", by=by) as act:
        lock("unspent", reporter, as_of)
        held = unspent.standing(reporter, as_of)
        if held and Counter(map(said, held)) == Counter(map(said, lines)):
            return held
        made = Unspent.objects.bulk_create(
            Unspent(
                act=act,
                batch=batch,
                reporter_id=reporter,
                as_of=as_of,
                dong=line.dong,
                cause=line.cause,
                proposal=line.proposal,
                resolver=line.resolver,
                label=line.label,
                sheet=line.where.sheet,
                cell=line.where.cell,
                **line.region.columns(),
            )
            for line in lines
        )
        record(act, batch, after={"unspent": len(made), "dong": sum(one.dong for one in made)})
    return list(made)


def said(line: UnspentLine | Unspent) -> tuple[Region, int, str, str, str]:
    """What a line says, without where it says it."""
    region = line.region if isinstance(line, UnspentLine) else Region.of(line)
    return region, line.dong, str(line.cause), str(line.proposal), str(line.resolver)
