"""File checks: what an official drops on the desk is read in the background, rehearsed, committed at his word."""

from vungcao.intake.checking_files.comparing import Compared, compared
from vungcao.intake.checking_files.handing_in import (
    CannotTake,
    hand_in,
    may_hand_in,
    put_away,
    say_unit,
    to_commit,
    to_rehearse,
)
from vungcao.intake.checking_files.working import give_back_again, recover, work_once

__all__ = [
    "CannotTake", "Compared", "compared", "give_back_again", "hand_in", "may_hand_in", "put_away", "recover", "say_unit",
    "to_commit", "to_rehearse", "work_once",
]  # fmt: skip
