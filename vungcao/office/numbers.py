"""Numbers as a clerk gives them: read, never given or mended here."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import fold, nfc

_NUMBER: Final = re.compile(r"0*(\d{1,8})\s*(?:([a-zđ]{1,2})|[-.](\d{1,2}))?\s*(?:/(.+))?", re.IGNORECASE)


class NotANumber(Refusal):
    """What can't be read as a number of a register."""

    code = "document.number"


class Number(NamedTuple):
    """``15a/CV-BDT`` → 15, ``a``, ``CV-BDT``."""

    no: int
    suffix: str
    symbol: str


def read(said: str) -> Number:
    """The parts of a number as said; raises ``NotANumber``."""
    found = _NUMBER.fullmatch(nfc(said))
    if found is None or not int(found[1]):
        raise NotANumber(
            _("Số “%(said)s” không đọc được: ghi như văn thư cấp, ví dụ 15 hoặc 15a.") % {"said": nfc(said)[:40]},
            field="said_no",
        )
    return Number(int(found[1]), (found[2] or found[3] or "").lower(), (found[4] or "").strip())


def key(year: int, series: str, number: Number) -> str:
    """Sorts as the register runs: year, run of numbers, number, what was inserted behind it."""
    return f"{year:04d}|{fold(series)}|{number.no:08d}{number.suffix}"
