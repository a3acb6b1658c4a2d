"""Tables of the ledger, one noun a file."""

from vungcao.ledger.models.accounts import Account, ObjectCode, ObjectKind, SpendingObject
from vungcao.ledger.models.openings import Opening
from vungcao.ledger.models.statements import Basis, Measure, OpeningSaid, ReporterOrder, Statement, StatementLine
from vungcao.ledger.models.unspent import Cause, Proposal, Resolver, Unspent
from vungcao.ledger.models.vouchers import Entry, Voucher, VoucherKind

__all__ = [
    "Account",
    "Basis",
    "Cause",
    "Entry",
    "Measure",
    "ObjectCode",
    "ObjectKind",
    "Opening",
    "OpeningSaid",
    "Proposal",
    "ReporterOrder",
    "Resolver",
    "SpendingObject",
    "Statement",
    "StatementLine",
    "Unspent",
    "Voucher",
    "VoucherKind",
]
