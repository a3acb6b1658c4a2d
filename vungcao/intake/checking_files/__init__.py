"""File checks: what an official drops on the desk is read in the background, rehearsed, committed at his word."""

from vungcao.intake.checking_files.comparing import Compared, compared
from vungcao.intake.checking_files.handing_in import (
    CannotTake,
    hand_in,
    may_hand_in,
    put_away,
    say_unit,
    sent_before,
    to_commit,
    to_rehearse,
)
from vungcao.intake.checking_files.receiving import (
    BrokenPiece,
    Gone,
    OtherPlace,
    Received,
    all_here,
    begin,
    clear,
    let_go,
    take_piece,
)
from vungcao.intake.checking_files.working import give_back_again, recover, work_once

__all__ = [
    "BrokenPiece", "CannotTake", "Compared", "Gone", "OtherPlace", "Received", "all_here", "begin", "clear", "compared",
    "give_back_again", "hand_in", "let_go", "may_hand_in", "put_away", "recover", "say_unit", "sent_before",
    "take_piece", "to_commit", "to_rehearse", "work_once",
]  # fmt: skip
