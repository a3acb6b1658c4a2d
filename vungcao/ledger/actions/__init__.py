"""Verbs of the ledger."""

from vungcao.ledger.actions.accounts import open_account, open_accounts, open_object
from vungcao.ledger.actions.codes import CodeDraft, UnusableCodes, bring_codes
from vungcao.ledger.actions.deciding import Recorded, record_decision
from vungcao.ledger.actions.dossiers import (
    DossierRefused,
    LineDraft,
    WrongStep,
    open_dossier,
    propose,
    send_back,
    submit,
    take_back,
    tried,
)
from vungcao.ledger.actions.extending import AnswerSaid, NotAnExtension, answer_extension, ask_extension
from vungcao.ledger.actions.gathering import Gathered, NothingProposed, gather
from vungcao.ledger.actions.openings import OpeningDraft, record_openings
from vungcao.ledger.actions.opinions import Answer, answer_opinion, ask_opinion
from vungcao.ledger.actions.proposed import Said, propose_from_sheet
from vungcao.ledger.actions.reserving import MoneyIsPromised, hold, let_go, release_lapsed, withdraw
from vungcao.ledger.actions.statements import Overtaken, UnusableStatement, order_reporters, record_statement
from vungcao.ledger.actions.unspent import UnspentLine, record_unspent
from vungcao.ledger.actions.vouchers import Move, NotEnoughLeft, WrongMove, post, reverse

__all__ = [
    "Answer",
    "AnswerSaid",
    "CodeDraft",
    "DossierRefused",
    "Gathered",
    "LineDraft",
    "MoneyIsPromised",
    "Move",
    "NotAnExtension",
    "NotEnoughLeft",
    "NothingProposed",
    "OpeningDraft",
    "Overtaken",
    "Recorded",
    "Said",
    "UnspentLine",
    "UnusableCodes",
    "UnusableStatement",
    "WrongMove",
    "WrongStep",
    "answer_extension",
    "answer_opinion",
    "ask_extension",
    "ask_opinion",
    "bring_codes",
    "gather",
    "hold",
    "let_go",
    "open_account",
    "open_accounts",
    "open_dossier",
    "open_object",
    "order_reporters",
    "post",
    "propose",
    "propose_from_sheet",
    "record_decision",
    "record_openings",
    "record_statement",
    "record_unspent",
    "release_lapsed",
    "reverse",
    "send_back",
    "submit",
    "take_back",
    "tried",
    "withdraw",
]
