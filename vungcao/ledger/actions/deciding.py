"""The signed paper turns a dossier into vouchers. It is stored even where our rules call it wrong, and flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vungcao.bodies.actions import hand_in, reach
from vungcao.bodies.models import Batch, BatchState, Body
from vungcao.evidence.actions import Signer, acting, cite, lock, record
from vungcao.evidence.models import SourceKind
from vungcao.kernel.vietnamese import nfc
from vungcao.ledger.actions.dossiers import WrongStep
from vungcao.ledger.actions.reserving import let_go
from vungcao.ledger.actions.vouchers import Move, post
from vungcao.ledger.dossiers import standing
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import Fault, of_decision
from vungcao.ledger.models import DecisionVoucher, Dossier, DossierDecision, StepTaken, Voucher


@dataclass(frozen=True)
class Recorded:
    """The decision as stored, and what our rules say against it."""

    decision: DossierDecision
    faults: Sequence[Fault]


def record_decision(dossier: Dossier, *, number: str, dated: date, decided_by: Body, by: Signer) -> Recorded:
    """Store the paper: what was held is given back, and the lines become one voucher of the dossier's kind, of
    the paper's number and day. What does not balance cannot be an adjustment: it is stored as money added or cancelled
    by the same paper.

    Raises ``WrongStep`` for a dossier that was withdrawn or decided already, or has no lines, or without a number.
    """
    said = nfc(number).strip()
    if not said:
        raise WrongStep(_("Phải ghi số, ký hiệu của văn bản đã ký."))
    with acting("dossier.decided", by=by) as act:
        lock("dossier", dossier.pk)
        if standing.step(dossier) in (StepTaken.WITHDRAWN, standing.DECIDED):
            raise WrongStep(_("Hồ sơ %(code)s đã rút hoặc đã ghi quyết định.") % {"code": dossier.code})
        draft = Draft(dossier, dated)
        if not draft.lines:
            raise WrongStep(_("Hồ sơ %(code)s chưa có dòng nào để ghi.") % {"code": dossier.code})
        let_go(dossier, on=dated, by=by, reason=f"đã có quyết định {said}")
        paper = cite(
            act=act, kind=SourceKind.PAPER, name=said, number=said, dated=dated,
            is_example=dossier.batch.source.is_example,
        )  # fmt: skip
        batch = hand_in(
            body=dossier.drafted_by, kind="decision", period=f"{dated.year}", source=paper, sheet=dossier.code, act=act
        )
        reach(batch, BatchState.RECEIVED, by=by)
        decision = DossierDecision.objects.create(
            act=act, dossier=dossier, number=said, dated=dated, decided_by=decided_by, batch=batch
        )
        for voucher in _post(draft, decision, batch, by):
            DecisionVoucher.objects.create(act=act, decision=decision, voucher=voucher)
        found = of_decision(decision)
        record(act, dossier, after={"number": said, "dated": f"{dated}", "faults": [one.code for one in found]})
    return Recorded(decision, found)


def _post(draft: Draft, decision: DossierDecision, batch: Batch, by: Signer) -> list[Voucher]:
    return [
        post(
            kind=kind, dated=decision.dated, decided_by=decision.decided_by, batch=batch,
            moves=[Move(*move) for move in listed], number=decision.number,
            note=f"Theo hồ sơ {decision.dossier.code}", by=by,
        )
        for kind, listed in draft.way.posted(draft)
        if listed
    ]  # fmt: skip
