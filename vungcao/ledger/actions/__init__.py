"""Verbs of the ledger."""

from vungcao.ledger.actions.accounts import contra, open_account
from vungcao.ledger.actions.statements import Overtaken, UnusableStatement, order_reporters, record_statement
from vungcao.ledger.actions.vouchers import Move, NotEnoughLeft, WrongMove, post, reverse

__all__ = [
    "Move",
    "NotEnoughLeft",
    "Overtaken",
    "UnusableStatement",
    "WrongMove",
    "contra",
    "open_account",
    "order_reporters",
    "post",
    "record_statement",
    "reverse",
]
