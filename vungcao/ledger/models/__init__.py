"""Tables of the ledger, one noun a file."""

from vungcao.ledger.models.accounts import Account, SpendingObject
from vungcao.ledger.models.statements import Basis, ReporterOrder, Statement, StatementLine
from vungcao.ledger.models.vouchers import Entry, Voucher, VoucherKind

__all__ = [
    "Account",
    "Basis",
    "Entry",
    "ReporterOrder",
    "SpendingObject",
    "Statement",
    "StatementLine",
    "Voucher",
    "VoucherKind",
]
