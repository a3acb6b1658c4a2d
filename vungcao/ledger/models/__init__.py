"""Tables of the ledger, one noun a file."""

from vungcao.ledger.models.accounts import Account, ObjectCode, ObjectKind, SpendingObject
from vungcao.ledger.models.dossiers import (
    DecisionVoucher,
    Dossier,
    DossierDecision,
    DossierKind,
    DossierLine,
    DossierStep,
    OpinionAnswer,
    OpinionAsked,
    PlanAdjusted,
    Reservation,
    Side,
    StepTaken,
    Taken,
    Verdict,
)
from vungcao.ledger.models.extensions import ExtensionAnswer, ExtensionAsked, Outcome
from vungcao.ledger.models.openings import Opening
from vungcao.ledger.models.proposed import ProposedCell
from vungcao.ledger.models.statements import Basis, Measure, OpeningSaid, ReporterOrder, Statement, StatementLine
from vungcao.ledger.models.unspent import Cause, Proposal, Resolver, Unspent
from vungcao.ledger.models.vouchers import Entry, Voucher, VoucherKind

__all__ = [
    "Account",
    "Basis",
    "Cause",
    "DecisionVoucher",
    "Dossier",
    "DossierDecision",
    "DossierKind",
    "DossierLine",
    "DossierStep",
    "Entry",
    "ExtensionAnswer",
    "ExtensionAsked",
    "Measure",
    "ObjectCode",
    "ObjectKind",
    "Opening",
    "OpeningSaid",
    "OpinionAnswer",
    "OpinionAsked",
    "Outcome",
    "PlanAdjusted",
    "Proposal",
    "ProposedCell",
    "ReporterOrder",
    "Reservation",
    "Resolver",
    "Side",
    "SpendingObject",
    "Statement",
    "StatementLine",
    "StepTaken",
    "Taken",
    "Unspent",
    "Verdict",
    "Voucher",
    "VoucherKind",
]
