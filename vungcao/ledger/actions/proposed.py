"""Lines of a dossier that a unit's workbook proposed: each remembers its file and cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vungcao.bodies.actions import hand_in, reach
from vungcao.bodies.models import BatchState, Body
from vungcao.evidence.actions import Signer, acting
from vungcao.evidence.models import Source
from vungcao.ledger.actions.dossiers import LineDraft, propose
from vungcao.ledger.models import Dossier, DossierLine, ProposedCell


@dataclass(frozen=True)
class Said:
    """A line as a workbook proposes it, and the cell that says its amount."""

    line: LineDraft
    cell: str


def propose_from_sheet(
    dossier: Dossier, said: Sequence[Said], *, source: Source, sheet: str, unit: Body, by: Signer
) -> list[DossierLine]:
    """Add the lines of one sheet, all or nothing, under a batch of the unit that proposes them.

    Raises what ``propose`` raises.
    """
    with acting("dossier.proposed", by=by) as act:
        batch = hand_in(
            body=unit, kind="dossier_lines", period=f"{dossier.planned_for.year}", source=source, sheet=sheet, act=act
        )
        reach(batch, BatchState.RECEIVED, by=by)
        made = propose(dossier, [one.line for one in said], by=by)
        for line, one in zip(made, said, strict=True):
            ProposedCell.objects.create(act=act, line=line, batch=batch, cell=one.cell)
    return made
