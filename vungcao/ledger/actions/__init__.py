"""Verbs of the ledger."""

from vungcao.ledger.actions.accounts import open_account, open_accounts, open_object
from vungcao.ledger.actions.codes import CodeDraft, UnusableCodes, bring_codes
from vungcao.ledger.actions.openings import OpeningDraft, record_openings
from vungcao.ledger.actions.statements import Overtaken, UnusableStatement, order_reporters, record_statement
from vungcao.ledger.actions.unspent import UnspentLine, record_unspent
from vungcao.ledger.actions.vouchers import Move, NotEnoughLeft, WrongMove, post, reverse

__all__ = [
    "CodeDraft",
    "Move",
    "NotEnoughLeft",
    "OpeningDraft",
    "Overtaken",
    "UnspentLine",
    "UnusableCodes",
    "UnusableStatement",
    "WrongMove",
    "bring_codes",
    "open_account",
    "open_accounts",
    "open_object",
    "order_reporters",
    "post",
    "record_openings",
    "record_statement",
    "record_unspent",
    "reverse",
]
